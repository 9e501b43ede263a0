"""Publishers' files: each layout, and what is no list."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from georisk.errors import UsageError
from georisk.screens.lists.entries import Entry
from georisk.screens.lists.formats import read_publisher_file
from georisk.screens.lists.kinds import read_matching

RULE = read_matching(Path(__file__).parents[3] / "data")


def read(tmp_path: Path, content: str | bytes, key: str | None = None) -> dict[str, list[Entry]]:
    path = tmp_path / "list"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_publisher_file(path, key, RULE)


def test_ofac_csv_has_no_heads_and_aliases_in_its_remarks(tmp_path: Path) -> None:
    line = '7392,"FOX, Ada","individual","GLOMAG",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"a.k.a. \'FOX, Adah\'."\n'
    assert read(tmp_path, line) == {"ofac-sdn": [Entry("7392", ("FOX, Ada", "FOX, Adah"), "GLOMAG")]}


def test_ofac_xml_with_its_namespace(tmp_path: Path) -> None:
    text = (
        '<sdnList xmlns="https://example.org/sdn"><sdnEntry><uid>1</uid><firstName>Ada</firstName>'
        "<lastName>FOX</lastName><programList><program>GLOMAG</program></programList>"
        "<akaList><aka><lastName>ADAH</lastName></aka></akaList></sdnEntry></sdnList>"
    )
    assert read(tmp_path, text) == {"ofac-sdn": [Entry("1", ("Ada FOX", "ADAH"), "GLOMAG")]}


CSL = {
    "source": "Entity List (EL) - Bureau of Industry and Security", "entity_number": "5", "name": "Fox Ltd",
    "alt_names": ["Fuchs Ltd"], "programs": [], "start_date": "2020-08-26", "end_date": None,
}  # fmt: skip


def test_the_consolidated_list_as_json_and_csv(tmp_path: Path) -> None:
    wanted = {"bis-entity": [Entry("5", ("Fox Ltd", "Fuchs Ltd"), "", date(2020, 8, 26))]}
    assert read(tmp_path, json.dumps({"results": [CSL, {**CSL, "source": "Unverified List (UVL)"}]})) == wanted
    heads = "source,entity_number,name,alt_names,programs,start_date,end_date\n"
    line = '"Entity List (EL) - BIS",5,Fox Ltd,Fuchs Ltd,,2020-08-26,\n'
    assert read(tmp_path, heads + line) == wanted


def test_the_european_list_as_csv_and_xml(tmp_path: Path) -> None:
    table = (
        "fileGenerationDate;Entity_LogicalId;Entity_DesignationDate;Entity_Regulation_Programme;NameAlias_WholeName\n"
        "01/01/2026;13;17/03/2025;COD;Fox Ltd\n01/01/2026;13;17/03/2025;COD;Fuchs\n"
    )
    text = (
        '<export><sanctionEntity logicalId="13" designationDate="2025-03-17"><regulation programme="COD"/>'
        '<nameAlias wholeName="Fox Ltd"/><nameAlias wholeName="Fuchs"/></sanctionEntity></export>'
    )
    wanted = {"eu-consolidated": [Entry("13", ("Fox Ltd", "Fuchs"), "COD", date(2025, 3, 17))]}
    assert read(tmp_path, table) == wanted
    assert read(tmp_path, text) == wanted


def test_the_british_lists(tmp_path: Path) -> None:
    ofsi = "Last Updated,01/01/2026\nName 6,Name 1,Regime,Listed On,Group ID\nFOX,Ada,DRC,09/12/2022,77\n"
    fcdo = "Report Date: 1-Jan-2026\nUnique ID,Name 6,Name 1,Regime Name,Date Designated\nDRC1,FOX,Ada,DRC,09/12/2022\n"
    assert read(tmp_path, ofsi)["uk-sanctions"] == [Entry("77", ("Ada FOX",), "DRC", date(2022, 12, 9))]
    assert read(tmp_path, fcdo)["uk-sanctions"] == [Entry("DRC1", ("Ada FOX",), "DRC", date(2022, 12, 9))]


def test_a_simple_table_needs_to_be_named(tmp_path: Path) -> None:
    text = "name,listed_on,removed_on,aliases\nFox Ltd,2021-06-03,2025-01-07,Fuchs; Fuchs Ltd\n"
    entry = Entry("Fox Ltd", ("Fox Ltd", "Fuchs", "Fuchs Ltd"), "", date(2021, 6, 3), date(2025, 1, 7))
    assert read(tmp_path, text, "us-1260h") == {"us-1260h": [entry]}
    with pytest.raises(UsageError, match="--list KEY"):
        read(tmp_path, text)
    with pytest.raises(UsageError, match="line 2: listed_on"):
        read(tmp_path, "name,listed_on\nFox,soon\n", "us-1260h")
    with pytest.raises(UsageError, match="line 2 has 3 cells"):
        read(tmp_path, "name,listed_on\nFOX, Ada,2020-01-01\n", "us-1260h")


BOMB = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><sdnList><sdnEntry><uid>&d;</uid></sdnEntry></sdnList>'


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\1\2", BOMB, "<sdnList><sdnEntry>", "<a>" * 50_000, "{", "[1, 2]", '{"results": 3}', "[" * 100_000,
     "a,b\n1,2\n", 'name\n"' + "x" * 200_000 + '"\n'],
)  # fmt: skip
def test_what_is_no_list_is_refused_in_a_sentence(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(UsageError):
        read(tmp_path, content, "ofac-sdn")


def test_a_file_of_any_size_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as stream:
        stream.truncate(RULE.largest_bytes + 1)
    with pytest.raises(UsageError, match="larger than"):
        read_publisher_file(path, None, RULE)
    with pytest.raises(UsageError, match="nowhere"):
        read_publisher_file(tmp_path / "nowhere", None, RULE)

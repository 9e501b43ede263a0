from __future__ import annotations

import tomllib

import pytest
from pydantic import ValidationError

from georisk.errors import Fault
from georisk.records import PartyFile, SiteFile, UnresolvedFile, faults_of

PARTY = """
id = "hill-co"
name = "Hill Company"
kind = "company"
compiled = 2026-11-21
[sources.ledger]
title = "Ledger"
publisher = "Registrar"
grade = "A"
published = 2026-06-01
[[statement]]
key = "stake-dragon"
property = "stake"
value = 60.0
sources = ["ledger"]
[[closure]]
key = "end"
closes = ["stake-dragon"]
valid_until = 2026-01-01
sources = ["ledger"]
"""


def faults(text: str) -> list[Fault]:
    table = tomllib.loads(text)
    with pytest.raises(ValidationError) as caught:
        PartyFile.model_validate(table)
    return faults_of(caught.value, "seeds/parties/hill-co.toml", table)


def test_a_good_file_is_read() -> None:
    file = PartyFile.model_validate(tomllib.loads(PARTY))
    assert file.statement[0].value == 60.0
    assert str(file.closure[0].valid_until) == "2026-01-01"
    assert str(file.sources["ledger"].published) == "2026-06-01"


@pytest.mark.parametrize(
    ("old", "new", "where", "found"),
    [
        ("value = 60.0", "worth = 60.0", "[stake-dragon]", "unknown key 'worth'"),
        ('kind = "company"', "", "", "lacks the key 'kind'"),
        ('kind = "company"', 'kind = "company"\ncolour = "red"', "", "unknown key 'colour'"),
        ("compiled = 2026-11-21", 'compiled = "someday"', "", "compiled is 'someday'"),
        ("compiled = 2026-11-21", "compiled = 20261121", "", "compiled is '20261121'"),
        ("published = 2026-06-01", 'published = "2026-31"', "[sources.ledger]", "published is '2026-31'"),
        ("valid_until = 2026-01-01", 'valid_until = "2026-02-30"', "[end]", "valid_until is '2026-02-30'"),
        ('sources = ["ledger"]\n[[closure]]', "[[closure]]", "[stake-dragon]", "lacks the key 'sources'"),
        ('sources = ["ledger"]\n[[closure]]', "sources = []\n[[closure]]", "[stake-dragon]", "sources is '[]'"),
        ('key = "stake-dragon"', 'key = "Stake/Dragon"', "[Stake/Dragon]", "key is 'Stake/Dragon'"),
        ('name = "Hill Company"', 'name = "Hill \\u0007"', "", "name is"),
        ('name = "Hill Company"', "name = 7", "", "name is '7'"),
        ('name = "Hill Company"', 'name = ""', "", "name is ''"),
        ('publisher = "Registrar"', "", "[sources.ledger]", "lacks the key 'publisher'"),
        ('closes = ["stake-dragon"]', "closes = []", "[end]", "closes is '[]'"),
        ('key = "end"\n', "", "[closure 1]", "lacks the key 'key'"),
    ],
)
def test_every_fault_names_file_record_and_what_stands_there(old: str, new: str, where: str, found: str) -> None:
    assert old in PARTY
    [fault] = faults(PARTY.replace(old, new, 1))
    assert fault.where == f"seeds/parties/hill-co.toml {where}".strip()
    assert fault.found.startswith(found)
    assert fault.allowed


def test_all_faults_of_a_file_are_gathered() -> None:
    wrong = PARTY.replace('kind = "company"', 'colour = "red"').replace("value = 60.0", "worth = 60.0")
    assert {one.found for one in faults(wrong)} == {
        "lacks the key 'kind'",
        "unknown key 'colour'",
        "unknown key 'worth'",
    }


def test_tables_of_the_wrong_kind_are_faults_too() -> None:
    assert faults('id = "x"\nname = "x"\nkind = "company"\ncompiled = 2026-11-21\nstatement = "none"\n')
    assert faults('id = "x"\nname = "x"\nkind = "company"\ncompiled = 2026-11-21\nstatement = ["none"]\n')
    assert faults('id = "x"\nname = "x"\nkind = "company"\ncompiled = 2026-11-21\nsources = { a = 1 }\n')


def test_sites_hold_parts_and_mentions_hold_reasons() -> None:
    site = SiteFile.model_validate(
        {
            "id": "hill",
            "name": "Hill",
            "kind": "mine",
            "compiled": "2026-11",
            "part": [{"id": "north", "name": "North"}],
        }
    )
    assert site.part[0].id == "north"
    with pytest.raises(ValidationError, match="why"):
        UnresolvedFile.model_validate({"compiled": "2026", "mention": [{"text": "a mine", "source": "ledger"}]})

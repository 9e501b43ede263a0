"""``georisk geocode``: names to candidates."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

KEYS = ["name", "lat", "lon", "precision_km", "country", "kind", "commodities", "score", "source", "matched"]


@pytest.fixture
def ask(georisk: Callable[..., Any], root: Path) -> Callable[..., Any]:
    return lambda *words: georisk("geocode", *words, "--workspace", root)


def test_json_is_an_object_of_lists(ask: Callable[..., Any]) -> None:
    ran = ask("Ngualla, Tanzania", "Мутанда", "Zzyzx lithium project", "--format", "json")
    assert ran.code == 0
    found = json.loads(ran.out)
    assert list(found) == ["Ngualla, Tanzania", "Мутанда", "Zzyzx lithium project"]
    assert list(found["Ngualla, Tanzania"][0]) == KEYS
    assert found["Мутанда"][0]["source"] == "registry:mutanda-kcc/mutanda"
    assert isinstance(found["Мутанда"][0]["commodities"], list)
    assert found["Zzyzx lithium project"] == []
    assert "nothing found for 1 of 3: Zzyzx lithium project" in ran.err


def test_lines_and_cells_say_which_name_was_asked(ask: Callable[..., Any]) -> None:
    lines = [json.loads(line) for line in ask("Mutanda", "Mount Weld", "--format", "jsonl").out.splitlines()]
    cells = list(csv.DictReader(io.StringIO(ask("Mutanda", "Mount Weld", "--format", "csv").out)))
    assert [line["asked"] for line in lines] == [cell["asked"] for cell in cells]
    assert {line["asked"] for line in lines} == {"Mutanda", "Mount Weld"}


def test_a_table_is_for_people(ask: Callable[..., Any]) -> None:
    ran = ask("White Mesa Mill, Utah")
    assert ran.code == 0
    assert "White Mesa Mill" in ran.out


def test_a_file_brings_names_and_countries(ask: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("id,name,country\n1,Goro,New Caledonia\n2,Goro,Italy\n3,,\n", encoding="utf-8")
    lines = [json.loads(line) for line in ask("--input", path, "--format", "jsonl").out.splitlines()]
    assert [line["country"] for line in lines if line["score"] > 0.8] == ["NCL", "ITA"]


def test_a_country_narrows(ask: Callable[..., Any]) -> None:
    found = json.loads(ask("Goro", "--country", "NCL", "--format", "json").out)["Goro"]
    assert {one["country"] for one in found} == {"NCL"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "no name"),
        (["Goro", "--country", "Atlantis"], "no country is called 'Atlantis'"),
        (["--input", "no-such-file.csv"], "cannot be read"),
    ],
)
def test_bad_requests_leave_one_clear_message(ask: Callable[..., Any], words: list[str], told: str) -> None:
    ran = ask(*words)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_a_file_without_names_is_told(ask: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("site\nGoro\n", encoding="utf-8")
    ran = ask("--input", path)
    assert ran.code == 2
    assert "no column name; found site" in ran.err


def test_hostile_names_are_inert(ask: Callable[..., Any]) -> None:
    ran = ask("\x1b[31mred\x1b[0m {{ 7*7 }}")
    assert "\x1b" not in ran.out + ran.err

"""``lists`` and ``screen`` on a workspace, through the command."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def desk(workspace: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = workspace(tmp_path_factory.mktemp("lists"))
    made.party("fox", kind="person", incorporation="NOR", title="Ada Fox")
    made.site("hill", country="TZA", holder="hill-co", parts=("east", "west"))
    made.party("hill-co", incorporation="TZA")
    made.stake("hill-co", owner="fox", percent=100)
    return Path(made.open().root)


def test_the_panel_has_a_row_a_part_and_a_column_a_rule(georisk: Any, desk: Path) -> None:
    ran = georisk("screen", "--workspace", desk, "--as-of", "2026-11-21", "--rule", "ofac_50", "--rule", "doe_feoc_25")
    assert ran.code == 0
    assert "OFAC 50" in ran.out
    assert "DOE FEOC" in ran.out
    assert [line.split()[0] for line in ran.out.splitlines() if line.strip().startswith(("East", "West"))] == [
        "East",
        "West",
    ]
    assert "undet." in ran.out
    assert "NO SCREENING LIST" in ran.err
    assert "Analysis, not legal advice." in ran.err


def test_json_csv_and_lines_say_the_same(georisk: Any, desk: Path) -> None:
    words = ("screen", "hill", "--workspace", desk, "--as-of", "2026-11-21", "--rule", "doe_feoc_25", "--format")
    document = json.loads(georisk(*words, "json").out)
    assert (document["as_of"], document["warning"]) == ("2026-11-21", "Analysis, not legal advice.")
    assert "no screening list" in document["lists"]["sample"]["warning"]
    lines = [json.loads(line) for line in georisk(*words, "jsonl").out.splitlines()]
    rows = list(csv.DictReader(io.StringIO(georisk(*words, "csv").out)))
    assert lines == document["answers"]
    assert [(row["subject"], row["answer"]) for row in rows] == [("hill/east", "no"), ("hill/west", "no")]


def test_a_list_is_loaded_confirmed_and_told(georisk: Any, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "sdn.csv"
    path.write_text('1,"FOX, Ada",individual,GLOMAG' + ",-0-" * 8 + "\n", encoding="utf-8")
    loaded = georisk("lists", "update", path, "--edition", "2026-11-20", "--workspace", desk)
    assert (loaded.code, "1 new" in loaded.err) == (0, True)
    assert "exact" in loaded.out
    shown = json.loads(georisk("lists", "--format", "json", "--workspace", desk).out)
    assert {one["list"]: one["edition"] for one in shown}["ofac-sdn"] == "2026-11-20"
    assert georisk("lists", "confirm", "ofac-sdn:1:fox", "--workspace", desk).code == 0
    ran = georisk("screen", "hill", "--rule", "ofac_50", "--workspace", desk, "--as-of", "2026-11-21")
    assert "OFAC 50 per cent rule, Hill Co (East): yes." in ran.out
    assert georisk("lists", "reject", "ofac-sdn:1:fox", "--workspace", desk).code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [(("screen", "nowhere"), "no site 'nowhere'"), (("screen", "--rule", "nonsense"), "no rule 'nonsense'"),
     (("screen", "--check"), "--cases FILE"), (("lists", "update", "nowhere.csv"), "nowhere.csv")],
)  # fmt: skip
def test_bad_requests_are_one_sentence(georisk: Any, desk: Path, words: tuple[str, ...], said: str) -> None:
    ran = georisk(*words, "--workspace", desk)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err

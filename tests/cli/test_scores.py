from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from pytest import approx

from georisk.outputs.scores import scores_document

CLOCKS = ("--as-of", "2026-11-21", "--known-by", "2026-11-21")
pytestmark = pytest.mark.usefixtures("scored_once")


def test_scores_as_json_are_those_of_the_library(georisk: Any, sample: Any) -> None:
    ran = georisk("score", "--workspace", sample.workspace.root, *CLOCKS, "--format", "json")
    assert ran.code == 0
    assert json.loads(ran.out) == scores_document(sample.report.assessment)


def test_some_sites_only_and_as_csv(georisk: Any, sample: Any) -> None:
    ran = georisk("score", "twin", "--workspace", sample.workspace.root, *CLOCKS, "--format", "csv")
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert {row["id"] for row in rows} == {"twin"}
    assert [row["part"] for row in rows[4:]] == ["twin/east"] * 4 + ["twin/west"] * 4
    china = next(row for row in rows if row["part"] == "twin/east" and row["dimension"] == "china")
    score = sample.report.assessment.sites["twin"].parts[0].dimensions["china"]
    assert float(china["score"]) == approx(score.score, abs=0.05)
    assert china["band"] == score.band


def test_scores_for_people_say_what_is_not_scored_and_why(georisk: Any, sample: Any) -> None:
    ran = georisk("score", "cloud", "--workspace", sample.workspace.root, *CLOCKS)
    assert "scores as of 2026-11-21, known by 2026-11-21" in ran.out
    assert "not scored" in ran.out
    assert "no score for jurisdiction, china" in ran.out


@pytest.mark.parametrize("command", ["score", "owners"])
def test_an_unknown_site_is_exit_2(georisk: Any, sample: Any, command: str) -> None:
    ran = georisk(command, "nowhere", "--workspace", sample.workspace.root)
    assert (ran.code, ran.err) == (2, "georisk: no site 'nowhere'; known sites: cloud, hill, twin\n")


def test_owners_as_a_tree_up_to_the_last_name(georisk: Any, sample: Any) -> None:
    ran = georisk("owners", "hill", "--workspace", sample.workspace.root, *CLOCKS)
    assert ran.code == 0
    for text in (
        "Hill: Hill Company", "Quarry plc (GBR) 84 % [84 %]", "Ada (NOR) 25 % [21 %]",
        "State of Tanzania (TZA) 16 % [16 %] - free carried", "free float of Quarry plc 63 %",
    ):  # fmt: skip
        assert text in ran.out
    assert ran.err.startswith("owners as of 2026-11-21")


def test_owners_for_scripts_make_up_the_whole(georisk: Any, sample: Any) -> None:
    ran = georisk("owners", "hill", "--workspace", sample.workspace.root, *CLOCKS, "--format", "json")
    rows = json.loads(ran.out)
    shares = {(row["owner"], row["owned"]): row["of_site"] for row in rows}
    # Ada 21 and the free float 63 make up quarry's 84; the State has 16.
    assert shares == approx({
        ("quarry", "hill-co"): 84, ("dodoma", "hill-co"): 16, ("ada", "quarry"): 21, (None, "quarry"): 63,
    })  # fmt: skip
    assert all(row["statements"] for row in rows)


def test_owners_of_a_site_nobody_owns_say_so(georisk: Any, sample: Any) -> None:
    ran = georisk("owners", "cloud", "--workspace", sample.workspace.root, *CLOCKS)
    assert "no owner known" in ran.out
    assert "undisclosed owners of Cloud 100 %" in ran.out


def test_a_key_nobody_knows_is_named_with_its_file(georisk: Any, sample: Any, tmp_path: Path) -> None:
    desk = tmp_path / "desk.toml"
    desk.write_text("[indicator.equity]\nwieght = 3\n")
    for words in (("score",), ("explain", "hill"), ("table",), ("build", "--out", tmp_path / "maps"),
                  ("diff", "--from", "2026-01-01")):  # fmt: skip
        ran = georisk(*words, "--method", desk, "--workspace", sample.workspace.root)
        assert ran.code == 2, words
        assert "desk.toml [indicator.equity.wieght]: is not known" in ran.err
        assert not (tmp_path / "maps").exists()

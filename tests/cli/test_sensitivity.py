from __future__ import annotations

import json
from typing import Any

import pytest

WORDS = ("sensitivity", "--draws", "200")


@pytest.fixture(scope="module")
def desk(sample: Any) -> tuple[str, ...]:
    return ("--workspace", str(sample.workspace.root), "--as-of", "2026-11-21", "--known-by", "2026-11-21")


def test_everything_for_scripts(georisk: Any, desk: tuple[str, ...]) -> None:
    ran = georisk(*WORDS, "--format", "json", *desk)
    assert ran.code == 0, ran.err
    document = json.loads(ran.out)
    assert document["draws"] == 200
    assert [one["id"] for one in document["sites"]] == ["cloud", "hill", "twin"]
    hill = document["sites"][1]
    assert hill["composite"]["low"] <= hill["composite"]["p05"] <= hill["composite"]["p95"] <= hill["composite"]["high"]
    assert len(document["riskier"]["part"]) == len(document["riskier"]["sites"])
    assert {one["dimension"] for one in document["influence"]} == {"jurisdiction", "opacity", "china", "composite"}
    assert georisk(*WORDS, "--format", "json", *desk).out == ran.out


def test_one_site_for_people_stands_beside_all_others(georisk: Any, desk: tuple[str, ...]) -> None:
    ran = georisk(*WORDS, "twin", *desk)
    assert ran.code == 0, ran.err
    assert "200 draws, 90 % intervals" in ran.out
    assert "riskier percent" in ran.out
    assert "influence percent" in ran.out


def test_a_row_a_site(georisk: Any, desk: tuple[str, ...]) -> None:
    lines = georisk(*WORDS, "--format", "csv", *desk).out.splitlines()
    assert lines[0].startswith("id,score,low,high,p05,p95,tried_median")
    assert len(lines) == 4


@pytest.mark.parametrize("words", [("nowhere",), ("--draws", "5"), ("--seed", "-1")])
def test_bad_requests_leave_with_two(georisk: Any, desk: tuple[str, ...], words: tuple[str, ...]) -> None:
    ran = georisk("sensitivity", *words, *desk)
    assert ran.code == 2
    assert ran.out == ""

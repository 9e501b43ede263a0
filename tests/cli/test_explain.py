from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DAY = ("--as-of", "2026-11-21", "--known-by", "2026-11-21")


@pytest.fixture
def desk(sample: Any, georisk: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *words: georisk(*words, "--workspace", sample.made.root)


def test_explain_tells_the_argument_on_stdout_and_the_clocks_on_stderr(desk: Callable[..., Any]) -> None:
    ran = desk("explain", "hill", *DAY)
    assert ran.code == 0
    assert ran.out.startswith("Hill: ")
    assert "What is missing" in ran.out
    assert ran.err.startswith("as of 2026-11-21, known by 2026-11-21; method ")


def test_explain_as_json_is_one_document(desk: Callable[..., Any]) -> None:
    ran = desk("explain", "hill", *DAY, "--format", "json", "--dimension", "china")
    document = json.loads(ran.out)
    assert (ran.code, document["id"]) == (0, "hill")
    assert [one["key"] for one in document["arguments"]] == ["china"]


def test_the_clocks_move_the_argument(desk: Callable[..., Any]) -> None:
    before = json.loads(desk("explain", "hill", "--as-of", "2023-06-01", "--format", "json").out)
    assert before["as_of"] == "2023-06-01"
    offtake = next(one for one in before["arguments"] if one["key"] == "china")
    assert "offtake" in {one["indicator"] for one in offtake["unknown"]}  # the contract began in 2024


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("explain", "moon"), "no site 'moon'; known sites: cloud, hill, twin"),
        (("explain", "hill", "--dimension", "luck"), "no dimension 'luck'; dimensions: jurisdiction, opacity, china"),
        (("explain", "hill", "--format", "csv"), "--format csv is not offered here; allowed: table, json"),
        (("dossier", "moon"), "no site 'moon'"),
        (("method", "--format", "jsonl"), "--format jsonl is not offered here"),
    ],
)
def test_a_wrong_request_says_what_is_allowed(desk: Callable[..., Any], words: tuple[str, ...], said: str) -> None:
    ran = desk(*words)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""


def test_dossier_writes_one_page(desk: Callable[..., Any], tmp_path: Path) -> None:
    ran = desk("dossier", "hill", *DAY, "--out", tmp_path / "hill.html")
    assert ran.code == 0
    assert str(tmp_path / "hill.html") in ran.err
    assert "<h1>Hill</h1>" in (tmp_path / "hill.html").read_text(encoding="utf-8")


def test_dossier_goes_to_the_maps_of_the_workspace_by_default(desk: Callable[..., Any], sample: Any) -> None:
    desk("dossier", "twin", *DAY)
    assert (sample.made.root / "maps" / "sites" / "twin.html").is_file()


def test_method_prints_indicators_and_is_data_on_request(desk: Callable[..., Any]) -> None:
    text, data = desk("method"), desk("method", "--format", "json")
    assert text.code == data.code == 0
    document = json.loads(data.out)
    assert document["fingerprint"] in text.out
    assert {one["key"] for one in document["dimensions"]} == {"jurisdiction", "opacity", "china"}


@pytest.mark.parametrize("command", ["explain", "dossier", "method"])
def test_help_tells_a_stranger_what_it_does(georisk: Callable[..., Any], command: str) -> None:
    ran = georisk(command, "--help")
    assert ran.code == 0
    assert "--workspace" in ran.out

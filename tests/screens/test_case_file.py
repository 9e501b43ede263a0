"""Case files are read strictly, and one bad case leaves the others alone."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from georisk.errors import UsageError
from georisk.screens.case_file import CaseError, checked, read_case_file
from georisk.screens.cases import evaluate
from tests.screens.parties import book

GOOD: dict[str, Any] = {
    "id": "one",
    "rules": ["ofac_50"],
    "parties": [
        {"id": "X", "country": "RU", "kind": "person", "blocked": True},
        {"id": "A", "country": "LU", "kind": "company"},
    ],
    "stakes": [{"owner": "X", "owned": "A", "equity": 50}],
}


def changed(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(GOOD) | changes


def with_stake(**changes: Any) -> dict[str, Any]:
    return changed(stakes=[GOOD["stakes"][0] | changes])


def test_a_good_case_becomes_a_graph_with_alpha_3_codes() -> None:
    graph = checked(GOOD, book().places).graph
    assert graph.holders["X"].country == "RUS"
    assert graph.holders["X"].flags == {"blocked"}
    assert graph.stakes[0].per_cent("voting") == 50


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (changed(surprise=1), "surprise"),
        (
            changed(parties=[*GOOD["parties"], {"id": "X", "country": "RU", "kind": "person"}]),
            "'X' stands more than once",
        ),
        (changed(parties=[{"id": "X", "country": "ru", "kind": "person"}]), "parties[0].country"),
        (changed(parties=[{"id": "X", "country": "RU", "kind": "ghost"}]), "parties[0].kind"),
        (changed(parties=[{"id": "X", "country": "RU", "kind": "person", "blockt": True}]), "parties[0].blockt"),
        (changed(parties=[{"id": "X", "country": "RU", "kind": "person", "blocked": "yes"}]), "parties[0].blocked"),
        (changed(parties=GOOD["parties"][:1]), "'A' not in parties"),
        (changed(remainder={"Z": "listed"}), "'Z' not in parties"),
        (changed(remainder={"A": "hidden"}), "remainder"),
        (changed(holders=["Z"]), "'Z' not in parties"),
        (changed(dilution={"company": "A", "investor": "Z", "share_of_non_carried": 10}), "'Z' not in parties"),
        (changed(dilution={"company": "A", "investor": "X", "share_of_non_carried": 110}), "share_of_non_carried"),
        (changed(as_of="2026-02-30"), "as_of"),
        (changed(costs={"total": 0, "prohibited": 0}), "costs.total"),
        (with_stake(equity=-1), "stakes[0].equity"),
        (with_stake(equity=100.1), "stakes[0].equity"),
        (with_stake(equity="50"), "stakes[0].equity"),
        (with_stake(equity=True), "stakes[0].equity"),
        (with_stake(equity=[10, 20, 30]), "stakes[0].equity"),
        (with_stake(equity=[60, 50]), "upside down"),
        (with_stake(equity=[60, 160]), "stakes[0].equity"),
        (with_stake(board=60, debt=101), "stakes[0].debt"),
        (changed(stakes=[*GOOD["stakes"], {"owner": "A", "owned": "A", "equity": 50.1}]), "add to 100.1"),
        (changed(stakes=[{"owner": "X", "owned": "A", "debt": 60}, {"owner": "A", "owned": "A", "debt": 50}]), "debt"),
        ("no object", "case"),
        (None, "case"),
    ],
)
def test_a_wrong_case_says_what_is_wrong(case: Any, words: str) -> None:
    with pytest.raises(CaseError) as error:
        checked(case, book().places)
    assert words in str(error.value)


def test_exactly_100_is_not_too_much() -> None:
    thirds = [{"owner": "X", "owned": "A", "equity": share} for share in (33.3, 33.4, 33.3)]
    assert len(checked(changed(stakes=thirds), book().places).graph.stakes) == 3


def test_a_band_of_one_figure_is_that_figure() -> None:
    assert checked(with_stake(equity=[50, 50]), book().places).graph.stakes[0].equity == (50, 50, 50)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "cases.json"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cases": {}}', '{"title": "x"}', '{"cases": [NaN]}', "[" * 100_000])
def test_what_is_no_case_file_is_refused_as_a_whole(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match=r"cases\.json"):
        read_case_file(written(tmp_path, text))


def test_bytes_that_are_no_text_and_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    with pytest.raises(UsageError, match="No such file"):
        read_case_file(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not valid JSON"):
        read_case_file(path)


def test_cases_without_or_with_the_same_id(tmp_path: Path) -> None:
    cases = [GOOD, GOOD, {"rules": []}, changed(id="two")]
    found = dict(read_case_file(written(tmp_path, json.dumps({"cases": cases}))))
    answers = {name: evaluate(case, book()) for name, case in found.items()}
    assert set(answers) == {"one", "case 3", "two"}
    assert "stands more than once" in answers["one"]["error"]
    assert "id" in answers["case 3"]["error"]
    assert answers["two"]["ofac_50"]["caught"] == ["A"]


def test_a_key_written_twice_spoils_its_own_case_only(tmp_path: Path) -> None:
    good = json.dumps(changed(id="good"))
    twice = json.dumps(changed(id="bad")).replace('"equity": 50', '"equity": 50, "equity": 60')
    found = dict(read_case_file(written(tmp_path, f'{{"cases": [{good}, {twice}]}}')))
    assert "equity (written twice)" in evaluate(found["bad"], book())["error"]
    assert evaluate(found["good"], book())["ofac_50"]["caught"] == ["A"]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from([*GOOD, "remainder", "holders", "thresholds", "costs", "dilution", "as_of"]), anything)
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_a_case_is_answered(key: str, value: Any) -> None:
    found = evaluate(changed(**{key: value}), book())
    json.dumps(found, allow_nan=False)  # an answer or an error, and always JSON

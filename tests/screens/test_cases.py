"""Every worked case of the project comes out as it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from georisk.errors import Fault
from georisk.screens.cases import Difference, differences, evaluate, evaluate_file
from georisk.screens.rulebook import read_rulebook
from tests.screens.parties import book

CASES = Path(__file__).parents[1] / "cases"
FILES = sorted(CASES.glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_worked_cases(path: Path) -> None:
    assert differences(path, evaluate_file(path, book())) == []


def test_there_are_enough_cases_and_each_says_why() -> None:
    cases = [case for path in FILES for case in json.loads(path.read_text("utf-8"))["cases"]]
    assert len(cases) >= 60 + 28  # the project's own beside the public ones
    assert len({case["id"] for case in cases}) == len(cases)
    for case in cases:
        assert case["expected"], case["id"]
        assert len(case["why"]) > 10, case["id"]
        assert case["source"], case["id"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_without_expected_answers_gives_the_same(path: Path, tmp_path: Path) -> None:
    content = json.loads(path.read_text("utf-8"))
    for case in content["cases"]:
        case.pop("expected")
    bare = tmp_path / "bare.json"
    bare.write_text(json.dumps(content), "utf-8")
    assert evaluate_file(bare, book()) == evaluate_file(path, book())
    assert differences(bare, evaluate_file(bare, book())) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_order_of_stakes_and_parties_never_matters(path: Path) -> None:
    for case in json.loads(path.read_text("utf-8"))["cases"]:
        turned = case | {key: case[key][::-1] for key in ("stakes", "parties") if key in case}
        first, second = evaluate(case, book()), evaluate(turned, book())
        if "error" not in first:
            assert not list(_unlike(first, second)), case["id"]


def _unlike(first: object, second: object) -> list[object]:
    """Return what differs, numbers within a millionth and lists as sets."""
    if isinstance(first, dict) and isinstance(second, dict):
        return [one for key in {*first, *second} for one in _unlike(first.get(key), second.get(key))]
    if isinstance(first, list) and all(isinstance(one, str) for one in first) and isinstance(second, list):
        return [] if set(first) == set(second) else [(first, second)]
    if isinstance(first, float) and isinstance(second, float):
        return [] if abs(first - second) < 1e-6 else [(first, second)]
    return [] if first == second else [(first, second)]


EXPECTED = {
    "id": "x",
    "rules": ["ofac_50"],
    "parties": [
        {"id": "X", "country": "RU", "kind": "person", "blocked": True},
        {"id": "A", "country": "LU", "kind": "company"},
    ],
    "stakes": [{"owner": "X", "owned": "A", "equity": 50}],
}


@pytest.mark.parametrize(
    ("expected", "places"),
    [
        ({"ofac_50": {"caught": ["A"], "counted_pct": {"A": 50.00009}}}, []),
        ({"ofac_50": {"counted_pct": {"A": 50.0002}}}, ["ofac_50 > counted_pct > A"]),
        ({"ofac_50": {"counted_pct": {"X": 0}}}, []),  # absent is at zero
        ({"ofac_50": {"counted_pct": {"X": 1}}}, ["ofac_50 > counted_pct > X"]),
        ({"ofac_50": {"caught": []}}, ["ofac_50 > caught"]),
        ({"ofac_50": {"status": "suspended"}}, ["ofac_50 > status"]),
        ({"eu_50": {"caught": ["A"]}}, ["eu_50 > caught"]),  # a rule that was not asked for has no answer
        ({"error": "something"}, ["error"]),
        ({"ofac_50": {"refused": ["A"]}}, ["ofac_50 > refused"]),
    ],
)
def test_differences_name_their_place(tmp_path: Path, expected: dict[str, object], places: list[str]) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps({"cases": [EXPECTED | {"expected": expected}]}), "utf-8")
    found = differences(path, evaluate_file(path, book()))
    assert [one.place for one in found] == places
    assert all(isinstance(one, Difference) and str(one).startswith("x: ") for one in found)


def test_a_closed_loop_is_refused_and_other_rules_still_answer() -> None:
    case = EXPECTED | {
        "rules": ["integrated_ownership", "ofac_50"],
        "stakes": [{"owner": "X", "owned": "A", "equity": 100}, {"owner": "A", "owned": "X", "equity": 100}],
    }
    found = evaluate(case, book())
    assert found["integrated_ownership"] == {"refused": ["A", "X"]}
    assert found["ofac_50"]["caught"] == ["A"]


def test_a_method_without_its_figures_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "method").mkdir()
    (tmp_path / "method" / "method.toml").write_text("[ownership]\ncontrol_percent = 50.0\n", "utf-8")
    with pytest.raises(Fault, match="float_holder_percent"):
        read_rulebook(tmp_path)

"""Worked cases: evaluate each, compare with what is expected.

A case that cannot be evaluated answers ``{"error": ...}``, a rule that meets a closed ownership loop
``{"refused": [...]}``; everything else is still answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from georisk.errors import GeoriskError
from georisk.ownership.matrix import ClosedLoopError
from georisk.screens.answers import Bench, answer, cost_ratio
from georisk.screens.case_file import Case, CaseError, checked, read_case_file
from georisk.screens.measures import MEASURES, Answer, Asked
from georisk.screens.rulebook import Rulebook
from georisk.screens.rules import CostRatio

TOLERANCE = 1e-4
"""Points by which two numbers may differ and still be equal (the case format's own figure)."""


def evaluate_file(path: Path, book: Rulebook) -> dict[str, Answer]:
    """Return the answers of every case of a file, by case id.

    Raises
    ------
    UsageError
        If the file cannot be read as a case file at all.
    """
    return {name: evaluate(case, book) for name, case in read_case_file(path)}


def evaluate(case: Any, book: Rulebook) -> Answer:
    """Return the answers of one case by rule, or ``{"error": ...}``."""
    try:
        found = checked(case, book.places)
        return {rule: _answered(found, rule, book) for rule in found.record.rules}
    except GeoriskError as error:
        return {"error": str(error)}


def _answered(case: Case, key: str, book: Rulebook) -> Answer:
    try:
        if key in MEASURES:
            return MEASURES[key](case.graph, _asked(case, book))
        if key not in book.rules:
            allowed = ", ".join(sorted({*MEASURES, *book.rules}))
            raise CaseError(f"rules: no rule {key!r}; allowed: {allowed}")
        rule = book.rules[key]
        if isinstance(rule.test, CostRatio):
            return _ratio(case, key)
        return answer(case.graph, rule, Bench(book.rules, case.record.as_of, book.disclosed_from))
    except ClosedLoopError as closed:
        return {"refused": sorted({party for loop in closed.loops for party in loop})}


def _asked(case: Case, book: Rulebook) -> Asked:
    return Asked(
        case.record.holders,
        case.record.thresholds or [],
        book.disclosed_from,
        book.control_from,
    )


def _ratio(case: Case, key: str) -> Answer:
    costs = case.record.costs
    if costs is None:
        raise CaseError(f'{key} needs costs: {{"total": ..., "prohibited": ...}}')
    if costs.prohibited > costs.total:
        raise CaseError(f"costs: prohibited {costs.prohibited:g} is more than the total {costs.total:g}")
    return cost_ratio(costs.total, costs.prohibited, list(case.record.thresholds or []))


@dataclass(frozen=True)
class Difference:
    """One place where an answer is not what its case expects."""

    case: str
    place: str
    expected: Any
    found: Any

    def __str__(self) -> str:
        return f"{self.case}: {self.place}: expected {self.expected!r}, found {self.found!r}"


def differences(path: Path, answers: Mapping[str, Answer]) -> list[Difference]:
    """Return where the answers of a file differ from what its cases expect; what is not asked is not compared."""
    found: list[Difference] = []
    for name, case in read_case_file(path):
        expected = case.get("expected") if isinstance(case, dict) else None
        if expected is not None:
            found += [Difference(name, *one) for one in _compared("", expected, answers[name])]
    return found


def _compared(place: str, expected: Any, found: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, wanted in expected.items():
            if key == "error" and str(wanted) in str(found.get(key, "")):
                continue  # a case may name the words that the message must have
            yield from _compared(f"{place} > {key}" if place else key, wanted, found.get(key, _absent(wanted)))
    elif not _equal(expected, found):
        yield place or "answer", expected, found


def _absent(wanted: Any) -> Any:
    """Return what a missing entry stands for: zero, the empty set, no."""
    if isinstance(wanted, bool) or not isinstance(wanted, int | float | list | dict):
        return False if wanted is False else None
    return 0 if isinstance(wanted, int | float) else type(wanted)()


def _equal(expected: Any, found: Any) -> bool:
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, int | float) and isinstance(found, int | float):
        return abs(expected - found) <= TOLERANCE
    if isinstance(expected, list) and isinstance(found, list):
        return _same_set(expected, found)
    return bool(expected == found)


def _same_set(expected: Sequence[Any], found: Sequence[Any]) -> bool:
    if all(isinstance(one, str) for one in (*expected, *found)):
        return set(expected) == set(found)
    return len(expected) == len(found) and all(_equal(*both) for both in zip(expected, found, strict=True))

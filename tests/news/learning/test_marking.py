from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from georisk.errors import Fault
from georisk.news.events import Event
from georisk.news.learning.marking import agrees, read_marks, score

MARK = {
    "article": "1-00", "start": 10, "end": 50, "also": [], "project": "Serra Azul", "match_names": ["Serra Azul", "Orchid Capital"],
    "event_type": "loan", "event_type_also": ["financing_package"], "amount": 100.0, "currency": "USD", "share_pct": None,
    "figures_soft": [], "modality": "binding", "modality_also": ["completed"], "optional": False,
}  # fmt: skip
TRAP = {"article": "1-00", "start": 100, "end": 140, "trap": True, "why": "hypothesis"}


def event(**told: Any) -> Event:
    given = {
        "project": "the Serra Azul mine",
        "entity": None,
        "event_type": "loan",
        "modality": "completed",
        "start": 10,
        "end": 50,
        "evidence": "x",
        "amount": 100.0,
        "currency": "USD",
    }
    return Event(**({"article": "1-00"} | given | told))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "same"),
    [
        ({}, True),
        ({"amount": 101.9}, True),  # within two per cent
        ({"amount": 102.1}, False),
        ({"currency": "EUR"}, False),
        ({"event_type": "financing_package"}, True),
        ({"event_type": "grant"}, False),
        ({"project": None, "entity": "Orchid Capital Ltd"}, True),
        ({"project": "Kitwe Works"}, False),
        ({"article": "2-00"}, False),
    ],
)
def test_agreement(told: dict[str, Any], same: bool) -> None:
    assert agrees(event(**told), MARK) is same


def test_shares_within_half_a_point_or_inside_a_range() -> None:
    mark = MARK | {"amount": None, "share_pct": [40.0, 50.0]}
    assert [agrees(event(amount=None, share_pct=value), mark) for value in (39.6, 45.0, 50.4, 39.4, None)] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_counts() -> None:
    """One mark found, once more told, one wrong on a trap, one missed: precision 1/2, recall 1/2."""
    other = MARK | {"start": 200, "end": 240, "amount": 7.0}
    wrong = event(start=100, end=140, amount=55.0)
    one = score([event(), event(start=60, end=90), wrong], [MARK, other, TRAP])
    assert (one.found, one.wrong, one.missed, one.traps, one.modality) == (1, 1, 1, 1, 1)
    assert (one.precision, one.recall, one.f1) == (0.5, 0.5, 0.5)


def test_optional_marks_count_neither_way() -> None:
    one = score([event()], [MARK | {"optional": True}])
    assert (one.found, one.wrong, one.missed) == (0, 0, 0)


def test_marks_that_are_no_objects_are_faults(tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_text('{"a": 1}\n[]\n')
    with pytest.raises(Fault, match=r"events\.jsonl line 2: is no object"):
        read_marks(tmp_path / "events.jsonl")
    (tmp_path / "events.jsonl").write_text("x\n")
    with pytest.raises(Fault, match="line 1: is no JSON"):
        read_marks(tmp_path / "events.jsonl")

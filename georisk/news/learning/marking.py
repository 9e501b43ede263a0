"""Proposed events held against what people marked in a text: which agree, what was missed, what is wrong.

An event agrees with a mark when article, target, type and figures do: a sum within two per cent and in the same
currency, a share within half a point; a figure the mark lacks is not compared. Optional marks count neither way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from georisk.errors import Fault
from georisk.news.events import Event
from georisk.news.naming.names import words_of

Mark = Mapping[str, Any]
_SUM_OFF = 0.02
_SHARE_OFF = 0.5
_HALF = 0.5
_FORMS = frozenset(
    (
        "project",
        "mine",
        "mining",
        "the",
        "ltd",
        "limited",
        "inc",
        "corp",
        "corporation",
        "company",
        "co",
        "plc",
        "group",
    )
)


@dataclass(frozen=True, slots=True)
class Score:
    """How events fare against marks: found, wrong and missed, and how many traps a wrong one lies on."""

    found: int
    wrong: int
    missed: int
    traps: int
    modality: int

    @property
    def precision(self) -> float:
        """Share of the events that are right."""
        return self.found / max(1, self.found + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the marks that were found."""
        return self.found / max(1, self.found + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.found / max(1, 2 * self.found + self.wrong + self.missed)


def read_marks(path: Path) -> list[Mark]:
    """Read marks, one JSON object a line.

    Raises
    ------
    Fault
        If a line is no JSON object.
    """
    marks: list[Mark] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            mark = json.loads(line)
        except ValueError as error:
            raise Fault(f"{path.name} line {number}", f"is no JSON: {error}") from None
        if not isinstance(mark, dict):
            raise Fault(f"{path.name} line {number}", "is no object", "write one JSON object a line")
        marks.append(mark)
    return marks


def agrees(event: Event, mark: Mark) -> bool:
    """Tell whether an event is the one that was marked."""
    if mark.get("trap") or event.article != mark["article"]:
        return False
    types = (mark["event_type"], *mark.get("event_type_also", ()))
    return event.event_type in types and _same_target(event, mark) and _same_figures(event, mark)


def score(events: Sequence[Event], marks: Sequence[Mark]) -> Score:
    """Count what agrees, one event to one mark, those with overlapping passages first; repeats are not wrong."""
    pairs = [
        (_rank(event, mark), number, at)
        for at, mark in enumerate(marks)
        for number, event in enumerate(events)
        if agrees(event, mark) and not (is_trapped(event, marks) and overlap(event, mark) < _HALF)
    ]
    taken: dict[int, int] = {}
    for _, number, at in sorted(pairs, key=lambda pair: (pair[0], -pair[2], -pair[1]), reverse=True):
        if number not in taken and at not in taken.values():
            taken[number] = at
    likely = {number for _, number, _ in pairs}
    wrong = [event for number, event in enumerate(events) if number not in likely]
    asked = {at for at, mark in enumerate(marks) if not mark.get("trap") and not mark.get("optional")}
    found = [(events[number], marks[at]) for number, at in taken.items() if at in asked]
    return Score(
        found=len(found),
        wrong=len(wrong),
        missed=len(asked - set(taken.values())),
        traps=sum(any(_lies_on(event, mark) for event in wrong) for mark in marks if mark.get("trap")),
        modality=sum(one.modality in (mark["modality"], *mark.get("modality_also", ())) for one, mark in found),
    )


def is_trapped(event: Event, marks: Iterable[Mark]) -> bool:
    """Tell whether an event lies on a passage that was marked as a trap."""
    return any(_lies_on(event, mark) for mark in marks if mark.get("trap"))


def overlap(event: Event, mark: Mark) -> float:
    """Return the shared part of the passages of an event and a mark, relative to the shorter one."""
    return max(_overlap(event, one) for one in (mark, *mark.get("also", ())))


def _lies_on(event: Event, mark: Mark) -> bool:
    return event.article == mark["article"] and _overlap(event, mark) >= _HALF


def _overlap(event: Event, span: Mark) -> float:
    shorter = min(event.end - event.start, span["end"] - span["start"])
    shared = min(event.end, span["end"]) - max(event.start, span["start"])
    return max(0, shared) / shorter if shorter > 0 else 0.0


def _rank(event: Event, mark: Mark) -> tuple[bool, float, bool, bool, bool]:
    shared = overlap(event, mark)
    figured = mark.get("amount") is not None or mark.get("share_pct") is not None
    return shared >= _HALF, shared, event.event_type == mark["event_type"], figured, not mark.get("optional")


def _same_target(event: Event, mark: Mark) -> bool:
    names = {_plain(name) for name in (*mark["match_names"], mark.get("project")) if name}
    given = {_plain(name) for name in (event.project, event.entity) if name}
    if given & names:
        return True
    return not given and not mark.get("project") and overlap(event, mark) >= _HALF


def _plain(name: str) -> str:
    words = words_of(name)
    return "".join(word for word in words if word not in _FORMS) or "".join(words)


def _same_figures(event: Event, mark: Mark) -> bool:
    soft = mark.get("figures_soft", ())
    amount, share = mark.get("amount"), mark.get("share_pct")
    if amount is not None and "amount" not in soft and not _same_sum(event, amount, mark.get("currency")):
        return False
    if share is None or "share_pct" in soft:
        return True
    low, high = (min(share), max(share)) if isinstance(share, list) else (share, share)
    given = event.share_pct if isinstance(event.share_pct, list) else [event.share_pct]
    return all(one is not None and low - _SHARE_OFF <= one <= high + _SHARE_OFF for one in given)


def _same_sum(event: Event, amount: float, currency: str | None) -> bool:
    if event.amount is None or abs(event.amount - amount) > _SUM_OFF * abs(amount):
        return False
    return None in (currency, event.currency) or event.currency == currency

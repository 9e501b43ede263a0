"""The statement: one dated, cited claim, and what ends it.

A statement is never changed by a later one: a closure ends it, with its own sources and its own date of
publication, so that the past stays as it was known (two clocks: when a fact holds, when it was published).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from georisk.dates import When

GRADES = "ABCD"
COUNTING_STATUSES = frozenset({"confirmed", "claimed", "disputed"})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim was read.

    ``origin`` is the document or interview it goes back to: sources of one origin are one independent source.
    ``published`` is ``None`` where the source shows no date.
    """

    id: str
    title: str
    publisher: str
    grade: str
    url: str | None = None
    published: When | None = None
    published_inferred: bool = False
    retrieved: When | None = None
    locator: str | None = None
    language: str | None = None
    reached_via: str | None = None
    state_linked: bool = False
    origin: str = ""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim about one subject.

    Attributes
    ----------
    subject
        Site, part (``site/part``), party, place (ISO 3166-1 alpha-3) or programme id.
    value, unit
        The value as the vocabulary of properties asks; ``None`` where it is unknown or absent.
    unknown
        Reason code if the value is not known: ``not-sought``, ``not-found``, ``withheld``, ``conflicting``.
    absent
        ``none-found`` (looked for, nothing there) or ``not-applicable``.
    valid_from, valid_until
        Half-open interval ``[valid_from, valid_until)``; ``None``: start unknown, or no end known.
    recorded, recorded_basis
        When it was published, and how that date was found: ``published``, ``reported``, ``inferred``, ``compiled``.
    """

    id: str
    key: str
    subject: str
    property: str
    value: Any
    sources: tuple[str, ...]
    grade: str
    recorded: When
    recorded_basis: str
    unit: str | None = None
    qualifiers: Mapping[str, Any] = field(default_factory=dict)
    unknown: str | None = None
    absent: str | None = None
    valid_from: When | None = None
    valid_until: When | None = None
    status: str = "confirmed"
    force: str = "in-effect"
    see_also: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    timeless: bool = False
    note: str | None = None
    file: str = ""
    ended_by: Closure | None = None

    def holds(self, on: date) -> bool:
        """Say whether the statement holds on a day (half-open; a missing bound is open)."""
        begun = self.valid_from is None or self.valid_from.last <= on
        return begun and (self.valid_until is None or on < self.valid_until.last)

    def known(self, by: date) -> bool:
        """Say whether it had been published by a day; identity and geology always had."""
        return self.timeless or self.recorded.last <= by

    def is_weak(self) -> bool:
        """Say whether only summaries or memory carry it (grades C and D)."""
        return self.grade in "CD"

    def counts(self) -> bool:
        """Say whether it is in effect and nobody denied or retracted it."""
        return self.force == "in-effect" and self.status in COUNTING_STATUSES


@dataclass(frozen=True, slots=True)
class Closure:
    """The end of a statement, known from sources of its own.

    ``terminated``: the sources say the contract is over, so that it has not merely run out.
    """

    id: str
    key: str
    closes: tuple[str, ...]
    valid_until: When
    sources: tuple[str, ...]
    grade: str
    recorded: When
    recorded_basis: str
    note: str | None = None
    file: str = ""
    terminated: bool = False


def statement_id(
    subject: str, name: str, value: Any, unit: str | None, qualifiers: Mapping[str, Any], valid_from: When | None
) -> str:
    """Return the content hash that names a statement.

    A further source confirms a statement and does not make a new one, so sources, grade and dates of
    publication stay out of it.

    Examples
    --------
    >>> statement_id("ngualla", "stage", "permitted", None, {}, None)
    's-54325291cdae'
    """
    content = [subject, name, value, unit, dict(qualifiers), valid_from.text if valid_from else None]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return "s-" + hashlib.sha256(text.encode()).hexdigest()[:12]


def best_grade(grades: Iterable[str]) -> str:
    """Return the best grade of several; D if there is none.

    >>> best_grade(["C", "B", "D"])
    'B'
    """
    return min(grades, default="D")


def independent(sources: Iterable[Source]) -> int:
    """Count sources by origin: copies of one document are one source."""
    return len({source.origin for source in sources})


def closed(statements: Iterable[Statement], closures: Iterable[Closure], known_by: date) -> list[Statement]:
    """Return the statements published by a day, each ended by the latest closure known then.

    A closure that is not yet known leaves its statement open.
    """
    ends: dict[str, Closure] = {}
    for closure in sorted(closures, key=lambda item: (item.recorded.last, item.id)):
        if closure.recorded.last <= known_by:
            ends.update(dict.fromkeys(closure.closes, closure))
    return [_ended(one, ends.get(one.id)) for one in statements if one.known(known_by)]


def _ended(statement: Statement, closure: Closure | None) -> Statement:
    if closure is None:
        return statement
    return replace(statement, valid_until=closure.valid_until, ended_by=closure)

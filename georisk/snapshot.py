"""What was known by one date, and what of it held on another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from georisk.seeds import Seeds
from georisk.statements import COUNTING_STATUSES, Closure, Source, Statement, best_grade, closed, independent

C = TypeVar("C", Statement, Closure)


@dataclass(frozen=True)
class Snapshot:
    """The seeds as known by ``known_by``, looked at on ``as_of``.

    ``known`` holds every statement published by then, past and planned ones too, each with the end that was
    known then; :meth:`holding` gives those that hold on the day.
    """

    seeds: Seeds
    as_of: date
    known_by: date
    known: tuple[Statement, ...]
    weak_used: bool = True

    @classmethod
    def take(cls, seeds: Seeds, as_of: date, known_by: date) -> Snapshot:
        """Look at the seeds with both clocks."""
        return cls(seeds, as_of, known_by, _known(seeds, seeds.closures, known_by))

    def strong(self) -> Snapshot:
        """Return the same without what only summaries or memory carry (grades C and D), closures included."""
        then = (_as_read(one, self.seeds.sources, self.known_by) for one in self.seeds.closures)
        known = _known(self.seeds, [one for one in then if one.grade in "AB"], self.known_by)
        strong = tuple(one for one in known if not one.is_weak())
        return Snapshot(self.seeds, self.as_of, self.known_by, strong, weak_used=False)

    @property
    def projection(self) -> bool:
        """Whether the day lies beyond what could be known."""
        return self.as_of > self.known_by

    @cached_property
    def _index(self) -> dict[tuple[str, str], list[Statement]]:
        index: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for statement in self.known:
            index[statement.subject, statement.property].append(statement)
        return index

    @cached_property
    def by_id(self) -> dict[str, Statement]:
        """Map statement ids to statements."""
        return {statement.id: statement for statement in self.known}

    def known_of(self, subject: str, *names: str) -> list[Statement]:
        """Return all known statements of a subject with one of the properties, in order of their start."""
        found = [one for name in names for one in self._index.get((subject, name), ())]
        return sorted(found, key=_by_start)

    def holding(self, subject: str, *names: str) -> list[Statement]:
        """Return those that hold on the day and are neither denied nor retracted."""
        return [
            one for one in self.known_of(subject, *names) if one.status in COUNTING_STATUSES and one.holds(self.as_of)
        ]

    def every(self, name: str) -> Iterator[Statement]:
        """Yield the known statements of one property, whatever their subject."""
        return (one for one in self.known if one.property == name)

    def sources(self, statement: Statement) -> list[Source]:
        """Return the sources a statement cites."""
        return [self.seeds.sources[key] for key in statement.sources]

    def independent_sources(self, statements: list[Statement]) -> int:
        """Count the sources of several statements by origin."""
        return independent(source for one in statements for source in self.sources(one))

    def name(self, subject: str) -> str:
        """Return the name of a party, site, part, place or programme; the id itself if nobody names it."""
        seeds = self.seeds
        for table in (seeds.parties, seeds.sites, seeds.places, seeds.programmes):
            if subject in table:
                return table[subject].name
        parts = {part.id: part.name for site in seeds.sites.values() for part in site.parts}
        return parts.get(subject, subject)

    def country_of(self, party: str) -> str | None:
        """Return where a party is organised or belongs to, ISO 3166-1 alpha-3; ``None``: not known."""
        for statement in self.holding(party, "incorporation", "nationality"):
            if statement.value is not None:
                return str(statement.value)
        return None

    def listed(self, party: str) -> bool:
        """Say whether a party's shares are listed on the day."""
        return any(one.value is not None for one in self.holding(party, "listing"))


def _known(seeds: Seeds, closures: Iterable[Closure], known_by: date) -> tuple[Statement, ...]:
    statements = closed(seeds.statements, closures, known_by)
    return tuple(one if one.timeless else _as_read(one, seeds.sources, known_by) for one in statements)


def _as_read(one: C, sources: Mapping[str, Source], known_by: date) -> C:
    """Return a claim with the sources published by a day, and the grade they gave it: the past stays as it was."""
    read = tuple(key for key in one.sources if (when := sources[key].published) is None or when.last <= known_by)
    if not read or len(read) == len(one.sources):
        return one
    grades = [best_grade(sources[key].grade for key in keys) for keys in (one.sources, read)]
    return replace(one, sources=read, grade=grades[1] if one.grade == grades[0] else one.grade)


def _by_start(statement: Statement) -> tuple[date, date, str]:
    start = statement.valid_from.last if statement.valid_from else date.min
    return start, statement.recorded.last, statement.id

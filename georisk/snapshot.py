"""What was known by one date, and what of it held on another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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
    known then; :meth:`holding` gives those that hold on the day. ``whole`` is what :meth:`strong` was taken from,
    for saying what summaries or memory would add.
    """

    seeds: Seeds
    as_of: date
    known_by: date
    known: tuple[Statement, ...]
    weak_used: bool = True
    whole: Snapshot | None = field(default=None, compare=False, repr=False)

    @classmethod
    def take(cls, seeds: Seeds, as_of: date, known_by: date) -> Snapshot:
        """Look at the seeds with both clocks."""
        return cls(seeds, as_of, known_by, _known(seeds, seeds.closures, known_by))

    def strong(self) -> Snapshot:
        """Return the same without what only summaries or memory carry (grades C and D), closures included."""
        then = (_as_read(one, self.seeds.sources, self.known_by) for one in self.seeds.closures)
        known = _known(self.seeds, [one for one in then if one.grade in "AB"], self.known_by)
        strong = tuple(one for one in known if not one.is_weak())
        return Snapshot(self.seeds, self.as_of, self.known_by, strong, weak_used=False, whole=self)

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
    def _meant(self) -> dict[tuple[str, str], list[Statement]]:
        """Statements by whom or what they name as recipient or site, and by property; those on a site are its own."""
        found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for one in self.known:
            given = one.qualifiers
            if ("recipient" in given or "site" in given) and one.subject.partition("/")[0] not in self.seeds.sites:
                for name in {given.get("recipient"), given.get("site")} - {None, one.subject}:
                    found[str(name), one.property].append(one)
        return found

    @cached_property
    def by_id(self) -> dict[str, Statement]:
        """Map statement ids to statements."""
        return {statement.id: statement for statement in self.known}

    def known_of(self, subject: str, *names: str) -> list[Statement]:
        """Return all known statements of a subject with one of the properties, in order of their start."""
        found = [one for name in names for one in self._index.get((subject, name), ())]
        return sorted(found, key=_by_start) if len(found) > 1 else found

    def holding(self, subject: str, *names: str) -> list[Statement]:
        """Return those that hold on the day and are neither denied nor retracted."""
        return [
            one for one in self.known_of(subject, *names) if one.status in COUNTING_STATUSES and one.holds(self.as_of)
        ]

    def meant_for(self, subject: str, name: str) -> list[Statement]:
        """Return the statements on parties and programmes that name a subject as recipient or site.

        Those that hold on the day and are neither denied nor retracted, in order of their start.
        """
        found = sorted(self._meant.get((subject, name), ()), key=_by_start)
        return [one for one in found if one.status in COUNTING_STATUSES and one.holds(self.as_of)]

    def every(self, name: str) -> Iterator[Statement]:
        """Yield the known statements of one property, whatever their subject."""
        return iter(self._by_property.get(name, ()))

    @cached_property
    def _by_property(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.known:
            found[statement.property].append(statement)
        return found

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
        return self._part_names.get(subject, subject)

    @cached_property
    def _part_names(self) -> dict[str, str]:
        return {part.id: part.name for site in self.seeds.sites.values() for part in site.parts}

    def country_of(self, party: str) -> str | None:
        """Return where a party is organised or belongs to, ISO 3166-1 alpha-3; ``None``: not known."""
        if party not in self._countries:
            stated = self.holding(party, "incorporation", "nationality")
            self._countries[party] = next((str(one.value) for one in stated if one.value is not None), None)
        return self._countries[party]

    @cached_property
    def _countries(self) -> dict[str, str | None]:
        return {}

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

"""One site with something left out: a source, all sources of one origin, a statement.

A statement stands on the sources that are left to it, with the grade they give; without any it falls. A closure that
falls leaves open what it closed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeVar

from georisk.changes.movers import Game, Pair
from georisk.changes.views import View
from georisk.changes.worlds import World
from georisk.seeds import Seeds
from georisk.snapshot import Snapshot
from georisk.statements import Closure, Source, Statement, best_grade

Kind = Literal["source", "origin", "statement", "series"]
Claim = Statement | Closure
C = TypeVar("C", Statement, Closure)
OFFICIAL = "A"


@dataclass(frozen=True, slots=True)
class Drop:
    """What is left out.

    Attributes
    ----------
    kind, key
        ``source``, ``origin`` (the document or interview that several sources go back to), ``statement`` or ``series``
        (a country series), and its key.
    title
        What it is, for people.
    sources
        Keys of the sources that go.
    official
        Whether an official document or filing is among them; a country series counts as one.
    """

    kind: Kind
    key: str
    title: str
    sources: frozenset[str]
    official: bool


@dataclass(frozen=True, slots=True)
class Fallen:
    """A statement or closure that a drop touches: it ``falls``, ``becomes weak`` (C or D), or ``loses a source``.

    ``property`` is what it speaks of; empty for a closure.
    """

    id: str
    key: str
    property: str
    how: Literal["falls", "becomes weak", "loses a source"]


@dataclass(frozen=True)
class Bench:
    """A site, the parties it leads to and what is said of them: small enough to take apart many times."""

    pair: Pair
    site: str

    @property
    def view(self) -> View:
        """The view the site stands in."""
        return self.pair.after

    @cached_property
    def game(self) -> Game:
        """What the site reaches, and the ground it stands on."""
        return Game(self.pair, self.site)

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Everything said of the site and what it leads to, places and programmes among them, by id."""
        reach = self.game.reach
        return {one.id: one for one in self.view.seeds.statements if one.subject in reach}

    @cached_property
    def closures(self) -> tuple[Closure, ...]:
        """The closures of those statements."""
        return tuple(one for one in self.view.seeds.closures if any(name in self.statements for name in one.closes))

    @cached_property
    def strong(self) -> dict[str, Statement]:
        """What moves scores: A and B evidence as it was known, by id."""
        return self._looked_at(self.statements.values(), self.closures)

    @cached_property
    def claims(self) -> dict[str, list[Claim]]:
        """Statements and closures by each source they cite."""
        found: dict[str, list[Claim]] = {}
        everything: tuple[Claim, ...] = (*self.statements.values(), *self.closures)
        for one in everything:
            for key in one.sources:
                found.setdefault(key, []).append(one)
        return found

    def drops(self) -> Iterator[Drop]:
        """Yield everything that can be left out: sources, origins that several sources share, statements."""
        sources = self.view.seeds.sources
        by_origin: dict[str, list[Source]] = {}
        for key in self.claims:
            source = sources[key]
            by_origin.setdefault(source.origin, []).append(source)
            yield Drop(
                "source", key, f"{source.title} ({source.publisher})", frozenset({key}), source.grade == OFFICIAL
            )
        for origin, group in by_origin.items():
            if len(group) > 1:
                official = any(one.grade == OFFICIAL for one in group)
                yield Drop("origin", origin, origin, frozenset(one.id for one in group), official)
        for one in self.statements.values():
            official = any(sources[key].grade == OFFICIAL for key in one.sources)
            yield Drop("statement", one.id, one.key, frozenset(), official)

    def touched(self, drop: Drop) -> tuple[Fallen, ...]:
        """Return the statements and closures that a drop touches."""
        statements, closures = self._hit(drop)
        return (*(_fallen(one, self._left(one, drop)) for one in statements),
                *(_fallen(one, self._left(one, drop)) for one in closures))  # fmt: skip

    def without(self, drop: Drop) -> dict[str, Statement | None]:
        """Return what a drop changes of :attr:`strong`, by id; ``None``: it is not there any more."""
        statements, closures = self._hit(drop)
        names = [*(one.id for one in statements), *(name for end in closures for name in end.closes)]
        ids = [name for name in dict.fromkeys(names) if name in self.statements]
        left = [self._left(self.statements[name], drop) for name in ids]
        ends = [self._left(end, drop) for end in self.closures if set(end.closes) & set(ids)]
        after = self._looked_at([one for one in left if one], [end for end in ends if end])
        return {name: after.get(name) for name in ids if after.get(name) != self.strong.get(name)}

    def world(self, changed: Mapping[str, Statement | None]) -> World:
        """Return the site with some statements changed."""
        after = ({**self.strong, **changed}).values()
        topics = self.pair.topics
        own = tuple(one for one in after if one is not None and one.subject not in topics)
        return World(self.view.seeds.sites[self.site], self.game.world(0).parties, own)

    def _hit(self, drop: Drop) -> tuple[list[Statement], list[Closure]]:
        if drop.kind == "statement":
            return [self.statements[drop.key]], []
        hit = {one.id: one for key in drop.sources for one in self.claims.get(key, ())}.values()
        statements = [one for one in hit if isinstance(one, Statement)]
        return statements, [one for one in hit if isinstance(one, Closure)]

    def _left(self, one: C, drop: Drop) -> C | None:
        if drop.kind == "statement":
            return None if one.id == drop.key else one
        return _on_the_rest(one, drop.sources, self.view.seeds)

    def _looked_at(self, statements: Iterable[Statement], closures: Iterable[Closure]) -> dict[str, Statement]:
        seeds = replace(self.view.seeds, statements=tuple(statements), closures=tuple(closures))
        return dict(Snapshot.take(seeds, self.view.as_of, self.view.known_by).strong().by_id)


def benches(view: View, sites: Collection[str]) -> list[Bench]:
    """Return a bench for each site; what they share is found once."""
    pair = Pair(view, view)
    return [Bench(pair, site) for site in sites]


def _on_the_rest(one: C, gone: frozenset[str], seeds: Seeds) -> C | None:
    """Return a claim on the sources that are left to it; ``None`` without any."""
    rest = tuple(key for key in one.sources if key not in gone)
    if len(rest) == len(one.sources):
        return one
    if not rest:
        return None
    grades = [best_grade(seeds.sources[key].grade for key in keys) for keys in (one.sources, rest)]
    dated = [when for key in rest if (when := seeds.sources[key].published) is not None]
    recorded = min(dated) if dated and one.recorded_basis == "published" else one.recorded
    return replace(one, sources=rest, grade=grades[1] if one.grade == grades[0] else one.grade, recorded=recorded)


def _fallen(one: Claim, left: Claim | None) -> Fallen:
    about = one.property if isinstance(one, Statement) else ""
    if left is None:
        return Fallen(one.id, one.key, about, "falls")
    weaker = one.grade in "AB" and left.grade not in "AB"
    return Fallen(one.id, one.key, about, "becomes weak" if weaker else "loses a source")

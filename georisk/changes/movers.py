"""What moved between two views, taken apart: each mover can stand as before or as after, one by one.

Movers are statements, closures, the passage of time, and (where they differ) the method, the country series and
the identity records of site and parties. A coalition of movers makes a world (``worlds.py``); the values of the
worlds are what a change is shared out by (``shapley.py``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from georisk.changes.views import Difference, View, as_in, differences, named_in, phase
from georisk.changes.worlds import Ground, World
from georisk.seeds import Site
from georisk.statements import Source, Statement

Kind = Literal["statement", "closure", "time", "reference", "method", "registry", "software", "indicator"]
GroundKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mover:
    """One thing that changed and may have moved a score.

    ``name`` is the id of the statement or closure, else the kind; ``how`` says what happened to it; ``statements``
    are the ids of those it concerns.
    """

    kind: Kind
    name: str
    how: str
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """Two views, and what differs between them at large."""

    before: View
    after: View

    @cached_property
    def differences(self) -> dict[str, Difference]:
        """What differs in A and B evidence, by statement id."""
        return {one.statement.id: one for one in differences(self.before, self.after)}

    @cached_property
    def weak(self) -> list[Difference]:
        """What differs in C and D evidence alone: it moves no score."""
        found = differences(self.before, self.after, strong=False)
        return [one for one in found if one.statement.id not in self.differences]

    @cached_property
    def statements(self) -> dict[str, list[Statement]]:
        """The A and B statements of both views by subject, each once, as it reads now."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for one in {**self.before.strong, **self.after.strong}.values():
            found[one.subject].append(one)
        return found

    @cached_property
    def mentions(self) -> dict[str, set[str]]:
        """By subject: the parties, places and programmes that its statements name, in either view."""
        known = {*self.before.seeds.parties, *self.after.seeds.parties, *self.topics}
        found: dict[str, set[str]] = defaultdict(set)
        for one in (*self.before.strong.values(), *self.after.strong.values()):
            found[one.subject].update(name for name in named_in(one) if name in known)
        return found

    @cached_property
    def topics(self) -> frozenset[str]:
        """Ids of the places and programmes of both views."""
        seeds = (self.before.seeds, self.after.seeds)
        return frozenset(name for one in seeds for name in (*one.places, *one.programmes))

    @cached_property
    def at_large(self) -> tuple[Mover, ...]:
        """The movers that can move every site: time, method, country series."""
        before, after, found = self.before, self.after, []
        if before.as_of != after.as_of:
            found.append(Mover("time", "time", f"from {before.as_of} to {after.as_of}"))
        if before.method.fingerprint != after.method.fingerprint:
            found.append(Mover("method", "method", f"from {_edition(before)} to {_edition(after)}"))
        if before.edition != after.edition:
            found.append(Mover("reference", "reference", f"from edition {before.edition} to {after.edition}"))
        return tuple(found)

    @cached_property
    def topical(self) -> list[Difference]:
        """What differs about places and programmes."""
        return [one for one in self.differences.values() if one.statement.subject in self.topics]

    def topics_standing(self, moved: Container[str], on: date) -> tuple[Statement, ...]:
        """Return what is said of places and programmes on a day, the differences named moved and no others."""
        said = (one for name in sorted(self.topics) for one in self.statements.get(name, ()))
        fixed = [one for one in said if one.id not in self.differences]
        standing = (self.standing(one, one.mover in moved, on) for one in self.topical)
        return (*fixed, *(one for one in standing if one is not None))

    @cached_property
    def old_sources(self) -> dict[str, Source]:
        """Sources of the first view that read otherwise in the second, under names of their own."""
        new = self.after.seeds.sources
        return {f"{key}@before": one for key, one in self.before.seeds.sources.items() if new.get(key) != one}

    def standing(self, one: Difference, moved: bool, on: date) -> Statement | None:
        """Return a statement as it stands on a day, moved or not; ``None`` where it is not known."""
        if moved:
            return one.after and as_in(one.after, phase(one.after, self.after.as_of), on)
        if one.before is None:
            return None
        keys = tuple(f"{key}@before" if f"{key}@before" in self.old_sources else key for key in one.before.sources)
        return replace(as_in(one.before, phase(one.before, self.before.as_of), on), sources=keys)

    def view(self, name: str, moved: Container[str]) -> View:
        """Return the view that a mover at large comes from: the first unless it moved or nothing differs."""
        held_back = any(one.name == name for one in self.at_large) and name not in moved
        return self.before if held_back else self.after


def _edition(view: View) -> str:
    return f"{view.method.version} ({view.method.fingerprint})"


@dataclass(frozen=True)
class Game:
    """The movers of one site, and the worlds they make. The site stands in both views."""

    pair: Pair
    site: str

    @cached_property
    def movers(self) -> tuple[Mover, ...]:
        """Everything that may have moved the site, in a stable order."""
        told = _grouped((*self._own, *self._topical))
        record = (Mover("registry", "registry", "kind, title holder or parts"),) if self._recorded_anew else ()
        return (*told, *record, *self.pair.at_large)

    @cached_property
    def weak(self) -> tuple[Mover, ...]:
        """What changed about the site and its holders in C and D evidence alone."""
        about = self.about
        return _grouped(one for one in self.pair.weak if one.statement.subject in about)

    @cached_property
    def full(self) -> int:
        """The coalition of all movers: the second view."""
        return (1 << len(self.movers)) - 1

    def world(self, mask: int) -> World:
        """Return the world of a coalition: the movers in it stand as after, all others as before."""
        moved, pair = self._moved(mask), self.pair
        view = pair.after if "registry" in moved or not self._recorded_anew else pair.before
        other = {**pair.before.seeds.parties, **pair.after.seeds.parties}
        parties = tuple(view.seeds.parties.get(name, other[name]) for name in self.parties)
        on = pair.view("time", moved).as_of
        standing = (pair.standing(one, one.mover in moved, on) for one in self._own)
        return World(view.seeds.sites[self.site], parties, (*self._fixed, *(one for one in standing if one)))

    def ground(self, mask: int) -> tuple[GroundKey, Ground]:
        """Return what the world of a coalition stands on, and a key that worlds on one ground share."""
        moved, pair = self._moved(mask), self.pair
        view = pair.view("time", moved)
        topical = [one.mover for one in self._topical if one.mover in moved]
        whole = bool(topical) and len(topical) == len(self._topical)
        shifted = {one.mover for one in pair.topical} if whole else set(topical)
        seeds = (pair.before.seeds, pair.after.seeds)
        ground = Ground(
            view.as_of, view.known_by, pair.view("method", moved).method, pair.view("reference", moved).references,
            {**seeds[1].sources, **pair.old_sources}, {**seeds[0].places, **seeds[1].places},
            {**seeds[0].programmes, **seeds[1].programmes}, pair.topics_standing(shifted, view.as_of),
        )  # fmt: skip
        return tuple(sorted({one.name for one in pair.at_large} & moved | shifted)), ground

    @cached_property
    def topical(self) -> int:
        """The coalition of what is said of places and programmes: it moves all sites or none."""
        names = {one.mover for one in self._topical}
        return sum(1 << place for place, one in enumerate(self.movers) if one.name in names)

    def _moved(self, mask: int) -> set[str]:
        return {one.name for place, one in enumerate(self.movers) if mask >> place & 1}

    @cached_property
    def about(self) -> frozenset[str]:
        """The site, its parts and its holders, in either view."""
        records = (self.pair.before.seeds.sites[self.site], self.pair.after.seeds.sites[self.site])
        return frozenset(name for record in records for name in _begins(record))

    @cached_property
    def reach(self) -> frozenset[str]:
        """The site, its parts and holders, and every party, place and programme that statements lead to."""
        todo = set(self.about)
        found = set(todo)
        while todo:
            todo = {name for one in todo for name in self.pair.mentions.get(one, ())} - found
            found |= todo
        return frozenset(found)

    @cached_property
    def parties(self) -> list[str]:
        """The parties among them, in order of their ids."""
        known = {*self.pair.before.seeds.parties, *self.pair.after.seeds.parties}
        return sorted(self.reach & known)

    @cached_property
    def _own(self) -> list[Difference]:
        """What differs about the site and the parties it leads to."""
        reach = self.reach - self.pair.topics
        return [one for one in self.pair.differences.values() if one.statement.subject in reach]

    @cached_property
    def _topical(self) -> list[Difference]:
        """What differs about the places and programmes it leads to."""
        return [one for one in self.pair.topical if one.statement.subject in self.reach]

    @cached_property
    def _fixed(self) -> tuple[Statement, ...]:
        pair, subjects = self.pair, sorted(self.reach - self.pair.topics)
        return tuple(
            one for name in subjects for one in pair.statements.get(name, ()) if one.id not in pair.differences
        )

    @cached_property
    def _recorded_anew(self) -> bool:
        old, new = self.pair.before.seeds, self.pair.after.seeds
        records = [
            (site.kind, site.title_holder, [(one.id, one.kind, one.title_holder) for one in site.parts])
            for site in (old.sites[self.site], new.sites[self.site])
        ]
        both = [name for name in self.parties if name in old.parties and name in new.parties]
        return records[0] != records[1] or any(old.parties[name].kind != new.parties[name].kind for name in both)


def _grouped(found: Iterable[Difference]) -> tuple[Mover, ...]:
    """Return one mover a statement or closure, in a stable order; a closure may end several statements."""
    groups: dict[tuple[Kind, str], list[Difference]] = defaultdict(list)
    for one in found:
        groups["closure" if one.closure else "statement", one.mover].append(one)
    return tuple(
        Mover(kind, name, same[0].how, tuple(one.statement.id for one in same))
        for (kind, name), same in sorted(groups.items())
    )


def _begins(site: Site) -> Iterator[str]:
    yield site.id
    for subject in site.subjects():
        yield subject
        yield site.holder_of(subject)

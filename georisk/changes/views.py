"""Two looks at a registry, and what differs between them: statements, closures, identity records.

A look has two clocks and a method. What differs is found by comparing, never by remembering, so that two dates, two
known-by dates, two versions of the files and two methods are all one question.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from georisk.dates import When
from georisk.method import Method
from georisk.seeds import Seeds
from georisk.snapshot import Snapshot
from georisk.statements import Source, Statement

if TYPE_CHECKING:
    from georisk.workspace import Day, Workspace

Phase = Literal["not-begun", "holding", "ended"]
VERBS: Mapping[tuple[Phase, Phase], str] = {
    ("not-begun", "holding"): "began",
    ("not-begun", "ended"): "began and ended",
    ("holding", "ended"): "ended",
    ("holding", "not-begun"): "had not begun",
    ("ended", "holding"): "had not ended",
    ("ended", "not-begun"): "had not begun",
}
_WORDS = ("note", "key", "file", "see_also", "contradicts", "ended_by", "valid_until", "sources")
"""Fields that say nothing by themselves, or are compared in their own way."""


@dataclass(frozen=True)
class View:
    """A registry on a day, as known by a day, under a method.

    ``references`` is the folder of country series, ``inputs`` a fingerprint of what the view was made from.
    """

    seeds: Seeds
    as_of: date
    known_by: date
    method: Method
    references: Path
    inputs: str = ""

    @classmethod
    def of(cls, workspace: Workspace, as_of: Day = None, known_by: Day = None, inputs: str = "") -> View:
        """Look at a workspace; both days default to today."""
        snapshot = workspace.snapshot(as_of, known_by)
        return cls(workspace.seeds, snapshot.as_of, snapshot.known_by, workspace.method(),
                   workspace.data / "reference", inputs)  # fmt: skip

    @cached_property
    def edition(self) -> str:
        """Fingerprint of the country series: sha256 over the files, first 12 digits."""
        digest = hashlib.sha256()
        for path in sorted(self.references.rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(self.references).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()[:12]

    @cached_property
    def told(self) -> Mapping[str, Statement]:
        """All statements of the files, known by the day or not."""
        return {one.id: one for one in self.seeds.statements}

    @cached_property
    def everything(self) -> Snapshot:
        """All that was known."""
        return Snapshot.take(self.seeds, self.as_of, self.known_by)

    @cached_property
    def strong(self) -> Mapping[str, Statement]:
        """What was known from A and B evidence, by id: all that moves a score."""
        return self.everything.strong().by_id


@dataclass(frozen=True, slots=True)
class Difference:
    """One statement that stands otherwise in the second view.

    Attributes
    ----------
    before, after
        The statement in either view; ``None`` where it was not known.
    closure
        Id of the closure that makes the difference; ``None`` where the statement itself does.
    how
        What happened to it, in a word or two: ``began``, ``ended``, ``became known`` ...
    """

    before: Statement | None
    after: Statement | None
    closure: str | None
    how: str

    @property
    def statement(self) -> Statement:
        """The statement as it stands now, else as it stood."""
        found = self.after or self.before
        assert found is not None  # noqa: S101  a difference has at least one side
        return found

    @property
    def mover(self) -> str:
        """Id of what moved: the closure, else the statement."""
        return self.closure or self.statement.id


def differences(before: View, after: View, *, strong: bool = True) -> list[Difference]:
    """Return the statements that stand otherwise in the second view, in order of their ids.

    Parameters
    ----------
    before, after
        The two views.
    strong
        Only A and B evidence; else all.
    """
    old, new = (view.strong if strong else view.everything.by_id for view in (before, after))
    found = (_difference(old.get(one), new.get(one), before, after) for one in sorted({*old, *new}))
    return [one for one in found if one is not None]


def _difference(old: Statement | None, new: Statement | None, before: View, after: View) -> Difference | None:
    if old is None or new is None:
        one, away = (new, before) if new is not None else (old, after)
        assert one is not None  # noqa: S101  one side is there
        return Difference(old, new, None, _appeared(one.id, away, came=new is not None))
    changed = VERBS.get((phase(old, before.as_of), phase(new, after.as_of)))
    ends = [one.ended_by and one.ended_by.id for one in (old, new)]
    if ends[0] != ends[1] and old.valid_until != new.valid_until and _claim(old) == _claim(new):
        closure = new.ended_by or old.ended_by
        assert closure is not None  # noqa: S101  the ids differ, so one is there
        how = "closed" if new.ended_by else "reopened"
        return Difference(old, new, closure.id, how)
    if changed is not None:
        return Difference(old, new, None, changed)
    if _content(old) != _content(new) or _sources(old, before) != _sources(new, after):
        return Difference(old, new, None, _restated(old, new))
    return Difference(old, new, None, "its end moved") if old.valid_until != new.valid_until else None


def _restated(old: Statement, new: Statement) -> str:
    """Say whether a plan came about or fell back, whether a statement gained or lost sources, or reads otherwise."""
    if old.force != new.force:
        return f"went from {old.force.replace('-', ' ')} to {new.force.replace('-', ' ')}"
    if set(old.sources) < set(new.sources):
        return "got another source" if new.grade == old.grade else "got better evidence"
    if set(old.sources) > set(new.sources):
        return "lost a source" if new.grade == old.grade else "lost its better evidence"
    return "restated"


def _appeared(name: str, away: View, *, came: bool) -> str:
    there = away.told.get(name)
    if there is None:
        return "was added" if came else "was taken out"
    if not there.known(away.known_by):
        return "became known" if came else "was not known yet"
    return "got better evidence" if came else "lost its better evidence"


def _claim(one: Statement) -> tuple[object, ...]:
    """Return what an id stands for; a hypothesis may say something else under the id of what it takes the place of."""
    return one.value, one.unit, dict(one.qualifiers), one.valid_from


def _content(one: Statement) -> Statement:
    blank = {name: getattr(_BLANK, name) for name in _WORDS}
    return replace(one, **blank)


def _sources(one: Statement, view: View) -> list[Source]:
    return [view.seeds.sources[key] for key in one.sources]


_BLANK = Statement("", "", "", "", None, (), "A", When.parse("2000"), "published")


def phase(one: Statement, on: date) -> Phase:
    """Say whether a statement holds on a day, is still to begin, or has ended."""
    if one.holds(on):
        return "holding"
    return "not-begun" if one.valid_from is not None and one.valid_from.last > on else "ended"


def as_in(one: Statement, when: Phase, on: date) -> Statement:
    """Return a statement that stands in a phase on a day, its dates moved no further than that takes.

    So the end of a contract can come without the days before it passing, and the days can pass without the end
    coming: what is left of its term is then almost nothing.
    """
    if when != "not-begun" and one.valid_from is not None and one.valid_from.last > on:
        one = replace(one, valid_from=When.parse(on))
    if when == "ended":
        return _until(one, on) if one.valid_until is None or one.valid_until.last > on else one
    if when == "holding":
        return _until(one, on + timedelta(1)) if one.valid_until is not None and one.valid_until.last <= on else one
    if one.valid_from is None or one.valid_from.last <= on:
        one = replace(one, valid_from=When.parse(on + timedelta(1)))
    late = on + timedelta(2)
    return _until(one, late) if one.valid_until is not None and one.valid_until.last < late else one


def _until(one: Statement, end: date) -> Statement:
    return replace(one, valid_until=When.parse(end))


def named_in(one: Statement) -> Iterator[str]:
    """Yield every text in the value and the qualifiers of a statement: among them the ids of parties."""
    yield from _texts(one.value)
    yield from _texts(one.qualifiers)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one)

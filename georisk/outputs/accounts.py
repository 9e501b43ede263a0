"""What moved a score, in words: which statement, what happened to it, when, and where that was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from georisk.changes.comparing import Changes
from georisk.changes.movers import Mover
from georisk.changes.shifts import Cause, Shift
from georisk.changes.worlds import Reading
from georisk.dates import When
from georisk.explaining.phrases import phrase
from georisk.snapshot import Snapshot
from georisk.statements import Closure, Source, Statement
from georisk.vocabulary import Vocabulary, read_vocabulary

AT_LARGE = {
    "time": "Passage of time",
    "reference": "Reference data",
    "method": "Method",
    "registry": "Identity records",
    "software": "Software",
}
DATED = {"began": "valid_from", "ended": "valid_until", "began and ended": "valid_until"}
"""What happened, and the field that says when; all else is dated by publication."""
RESOURCED = frozenset({"got another source", "got better evidence"})
"""What is dated by its newest source."""


SHOWN = 0.05
"""Points below which a share, written with one digit, is nothing."""


@dataclass(frozen=True, slots=True)
class Account:
    """One mover in words.

    Attributes
    ----------
    kind, name
        As in :class:`georisk.changes.movers.Mover`.
    title
        What it is about: a property, or the passage of time.
    about
        Whom it speaks of; empty where nothing but the site.
    how, when
        What happened to it, and when, in words.
    text
        What it says.
    key
        Readable key of the statement or closure; ``None`` for other movers.
    grade, sources
        Grade of the evidence (``None`` where there is none) and the sources, best first.
    """

    kind: str
    name: str
    title: str
    about: str
    how: str
    when: str
    text: str
    key: str | None = None
    grade: str | None = None
    sources: tuple[Source, ...] = ()

    @property
    def sentence(self) -> str:
        """The account as one line."""
        head = " ".join(part for part in (self.title, self.how, self.when) if part)
        about = f" ({self.about})" if self.about else ""
        return f"{head}: {self.text}{about}" if self.text else f"{head}{about}"


@dataclass(frozen=True)
class Teller:
    """Tells what movers are; ``data`` is the ``data/`` folder."""

    changes: Changes
    data: Path

    @property
    def topics(self) -> Vocabulary:
        """Titles of properties."""
        return read_vocabulary(self.data / "vocabulary", "properties")

    def account(self, mover: Mover, site: str = "") -> Account:
        """Return a mover in words; ``site`` is the one it is told of, so that it need not be named."""
        if mover.kind == "indicator":
            return Account("indicator", mover.name, spoken(mover.name), "", "", "", mover.how)
        if mover.kind not in ("statement", "closure"):
            return Account(mover.kind, mover.name, AT_LARGE[mover.kind], "", "", "", mover.how)
        snapshot, one = self._statement(mover.statements[0])
        closure = self._closure(mover.name) if mover.kind == "closure" else None
        end = closure or (one.ended_by if "ended" in mover.how else None)
        keys = (end or one).sources
        sources = sorted((self._source(key) for key in keys), key=lambda source: (source.grade, source.id))
        return Account(
            mover.kind,
            mover.name,
            self._title(one).capitalize(),
            "" if one.subject.split("/")[0] == site else snapshot.name(one.subject),
            mover.how,
            _when(mover, one, closure, sources),
            self._text(snapshot, mover, one, closure),
            (closure or one).key,
            (closure or one).grade,
            tuple(sources),
        )

    def sentence(self, cause: Cause, site: str = "") -> str:
        """Return a cause in a line; one that is no statement says which indicators it moved."""
        told = self.account(cause.mover, site).sentence
        through = through_text(cause) if cause.mover.kind in AT_LARGE else ""
        return f"{told} ({through})" if through else told

    def _text(self, snapshot: Snapshot, mover: Mover, one: Statement, closure: Closure | None) -> str:
        text = phrase(snapshot, one)
        if closure is None:
            return text
        others = len(mover.statements) - 1
        more = f", and {others} more" if others else ""
        return f"{text}{more}; ends before {closure.valid_until}"

    def _title(self, one: Statement) -> str:
        return self.topics.title(one.property) if one.property in self.topics else one.property

    def _statement(self, name: str) -> tuple[Snapshot, Statement]:
        """Return a statement with the snapshot that knows it, the later one first."""
        for stand in (self.changes.after, self.changes.before):
            if stand.view is not None and name in stand.view.everything.by_id:
                return stand.view.everything, stand.view.everything.by_id[name]
        raise KeyError(name)

    def _source(self, key: str) -> Source:
        views = [stand.view for stand in (self.changes.after, self.changes.before) if stand.view is not None]
        return next(view.seeds.sources[key] for view in views if key in view.seeds.sources)

    def _closure(self, name: str) -> Closure | None:
        views = [stand.view for stand in (self.changes.after, self.changes.before) if stand.view is not None]
        return next((one for view in views for one in view.seeds.closures if one.id == name), None)


def _when(mover: Mover, one: Statement, closure: Closure | None, sources: list[Source]) -> str:
    if closure is not None:
        return str(closure.recorded)
    if mover.how in RESOURCED:
        return str(max((source.published for source in sources if source.published is not None), default=""))
    given = getattr(one, DATED[mover.how]) if mover.how in DATED else one.recorded
    return str(given) if isinstance(given, When) else ""


def spoken(key: str) -> str:
    """Return the key of an indicator or dimension in words.

    >>> spoken("evidence-age")
    'Evidence age'
    """
    return key.replace("-", " ").capitalize()


def titles(changes: Changes) -> Mapping[str, str]:
    """Return the titles of dimensions by key, the composite first."""
    view = changes.after.view or changes.before.view
    named = {one.key: one.title for one in view.method.dimension} if view is not None else {}
    keys = dict.fromkeys(key for site in changes.sites for key in site.shifts)
    return {key: named.get(key, "China linkage" if key == "china" else spoken(key)) for key in keys}


def standing(reading: Reading | None) -> str:
    """Return a score with its band in words: ``39.3 moderate``."""
    if reading is None:
        return "not in the registry"
    return "not scored" if reading.score is None else f"{reading.score:.1f} {reading.band}"


def signed(points: float) -> str:
    """Return points with their sign.

    >>> signed(-2.04), signed(0.0)
    ('-2.0', '0.0')
    """
    return f"{points:+.1f}" if abs(points) >= SHOWN else "0.0"


def share_text(cause: Cause) -> str:
    """Return a share in points, with its error where it was sampled."""
    return f"{signed(cause.share)} ± {cause.error:.1f}" if cause.error >= SHOWN else signed(cause.share)


def through_text(cause: Cause) -> str:
    """Return the indicators a share ran through, the largest first: ``evidence age +1.7, offtake -0.3``."""
    parts = sorted(cause.indicators.items(), key=lambda item: (-abs(item[1]), item[0]))
    return ", ".join(f"{spoken(key).lower()} {signed(points)}" for key, points in parts if abs(points) >= SHOWN)


def told_causes(shift: Shift, most: int | None = None) -> tuple[tuple[Cause, ...], tuple[Cause, ...]]:
    """Return the causes worth a line, at least one and at most so many, and those too small for one."""
    small = sum(abs(cause.share) >= SHOWN for cause in shift.causes)
    count = max(1, small if most is None else min(small, most))
    return shift.causes[:count], shift.causes[count:]


def rest_text(causes: tuple[Cause, ...]) -> str:
    """Return causes too small for a line in one: ``+0.1 from 3 smaller causes``."""
    count = f"{len(causes)} smaller cause{'s' if len(causes) != 1 else ''}"
    return f"{signed(sum(cause.share for cause in causes))} from {count}"


def moved_text(shift: Shift, title: str) -> str:
    """Return one shift in a line: ``China linkage 25.2 moderate to 12.0 low (-13.2)``."""
    delta = f" ({signed(shift.delta)})" if shift.delta is not None else ""
    return f"{title} {standing(shift.before)} to {standing(shift.after)}{delta}"

"""A score before and after, what moved it, and what of a site moved: the shapes a comparison comes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from georisk.changes.movers import Mover
from georisk.changes.worlds import Reading

NOTHING = 1e-9
"""Points below which nothing moved: float noise."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A mover and its share of a delta.

    Attributes
    ----------
    mover
        What moved.
    share
        Points of the delta.
    error
        Half-width of its 95 % interval, points; 0 where all orders were counted.
    indicators
        The share by indicator (in the composite: by dimension).
    """

    mover: Mover
    share: float
    error: float
    indicators: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Shift:
    """One score before and after. ``delta`` is ``None`` where either is not scored; causes add up to it."""

    dimension: str
    before: Reading | None
    after: Reading | None
    delta: float | None
    causes: tuple[Cause, ...] = ()
    orders: int | None = None

    @property
    def moved(self) -> bool:
        """Whether the score moved, or came, or went."""
        return self.band_changed or (self.delta is not None and abs(self.delta) > NOTHING)

    @property
    def band_changed(self) -> bool:
        """Whether the band is another one; not scored is a band of its own here."""
        return band(self.before) != band(self.after)


@dataclass(frozen=True, slots=True)
class SiteChange:
    """What moved of a site, and of its parts."""

    id: str
    name: str
    shifts: Mapping[str, Shift]
    movers: tuple[Mover, ...]
    parts: tuple[SiteChange, ...] = ()

    @property
    def moved(self) -> list[Shift]:
        """The scores that moved, the composite first."""
        return [one for one in self.shifts.values() if one.moved]

    @property
    def idle(self) -> list[Mover]:
        """The statements and closures that changed and moved no score, parts included."""
        shifts = [shift for site in (self, *self.parts) for shift in site.shifts.values()]
        busy = {cause.mover.name for shift in shifts for cause in shift.causes}
        return [one for one in self.movers if one.kind in ("statement", "closure") and one.name not in busy]


def band(reading: Reading | None) -> str:
    """Return the band of a reading; ``not scored`` and ``not in the registry`` count as bands here."""
    if reading is None:
        return "not in the registry"
    return reading.band or "not scored"


def distance(shift: Shift) -> float:
    """Return how far a score moved, in points; infinite where it came or went."""
    if shift.delta is not None:
        return abs(shift.delta)
    none = all(one is None or one.score is None for one in (shift.before, shift.after))
    return 0.0 if none else float("inf")

"""Before and after: what moved, by how much, and which statements caused it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from georisk.changes.movers import Game, Pair
from georisk.changes.sharing import played
from georisk.changes.shifts import SiteChange, distance
from georisk.changes.views import View


@dataclass(frozen=True)
class Stand:
    """What scores stand on: the two clocks and the method; ``view`` is ``None`` where only the scores are known."""

    as_of: str
    known_by: str
    method: str
    fingerprint: str
    view: View | None = None

    @classmethod
    def of(cls, view: View) -> Stand:
        """Return what a view stands on."""
        method = view.method
        return cls(view.as_of.isoformat(), view.known_by.isoformat(), method.version, method.fingerprint, view)


@dataclass(frozen=True)
class Changes:
    """The difference between two stands."""

    before: Stand
    after: Stand
    sites: tuple[SiteChange, ...]

    @property
    def moved(self) -> list[SiteChange]:
        """The sites with a score that moved, in a part or as a whole."""
        return [one for one in self.sites if one.moved or any(part.moved for part in one.parts)]


def compare(
    before: View, after: View, sites: Iterable[str] | None = None, step: Callable[[str], None] = lambda name: None
) -> Changes:
    """Compare two views of a registry.

    Parameters
    ----------
    before, after
        The views: other dates, other files, another method.
    sites
        Ids of the sites to compare; all of both views if ``None``.
    step
        Called with a few words before each longer piece of work.
    """
    known = dict.fromkeys([*after.seeds.sites, *before.seeds.sites])
    chosen = list(known if sites is None else sites)
    pair = Pair(before, after)
    games = {name: Game(pair, name) for name in chosen if name in before.seeds.sites and name in after.seeds.sites}
    shared = played(games, step)
    found = [shared[name] if name in shared else _come_or_gone(before, after, name) for name in chosen]
    return Changes(Stand.of(before), Stand.of(after), tuple(found))


def _come_or_gone(before: View, after: View, site: str) -> SiteChange:
    """Return a site that stands in one of the views alone: its scores there, and nothing to compare them with."""
    came = site in after.seeds.sites
    view = after if came else before
    still = played({site: Game(Pair(view, view), site)}, lambda name: None)[site]
    return _one_sided(still, came=came)


def _one_sided(one: SiteChange, *, came: bool) -> SiteChange:
    shifts = {
        key: replace(shift, before=None, delta=None) if came else replace(shift, after=None, delta=None)
        for key, shift in one.shifts.items()
    }
    return replace(one, shifts=shifts, parts=tuple(_one_sided(part, came=came) for part in one.parts))


def largest_move(before: View, after: View) -> float:
    """Return how far any score of any site or part moves, in points; infinite where one comes or goes."""
    changes = compare(before, after)
    shifts = [shift for site in changes.sites for one in (site, *site.parts) for shift in one.shifts.values()]
    return max((distance(shift) for shift in shifts), default=0.0)

"""Deltas shared out among what changed, by Shapley values, so that shares add up to the delta.

Few movers are counted in all orders. Of many, those that never move the score in some trial orders are set aside; if
more than a handful are left, orders are sampled and every share carries its error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from georisk.changes.movers import Game, GroundKey, Mover
from georisk.changes.shapley import Order, Shares, Vector, along, exact_shares, orders, sampled_shares, subsets
from georisk.changes.shifts import NOTHING, Cause, Shift, SiteChange
from georisk.changes.worlds import Ground, Reading, Readings, score_worlds

FEW = 6
"""Up to so many movers all coalitions are scored."""
HANDFUL = 8
"""So many that move the score, of many more that might, are still counted in all orders."""
TRIAL_PAIRS = 2
SAMPLE_PAIRS = 24
BATCH = 512
"""Orders come in pairs, an order and its reverse; so many worlds are scored in one run."""
Key = tuple[str, str, str]
"""Subject, dimension and indicator of one column of values; ``WHOLE`` for the score itself."""
WHOLE = ""


@dataclass
class _Play:
    """One game in progress: its readings so far, and which movers and orders are still to be counted."""

    game: Game
    readings: dict[int, Readings] = field(default_factory=dict)
    trials: list[Order] = field(default_factory=list)
    sample: list[Order] = field(default_factory=list)
    active: list[int] = field(default_factory=list)
    idle: int = 0

    @property
    def everyone(self) -> list[int]:
        return list(range(len(self.game.movers)))


def played(games: Mapping[str, Game], step: Callable[[str], None]) -> dict[str, SiteChange]:
    """Score the coalitions of all games in as few runs as can be, and share out what they show."""
    plays = [_Play(game) for game in games.values()]
    step("scoring before and after")
    _score(plays, lambda play: _ends(play.game))
    for play in plays:
        _begin(play)
    step("scoring what changed")
    _score(plays, _first_coalitions)
    for play in plays:
        _set_aside(play)
    step("sharing out what moved")
    _score(plays, _counted_coalitions)
    for play in plays:
        _take_back(play)
    _score(plays, _counted_coalitions)
    return {play.game.site: _site_change(play) for play in plays}


def _ends(game: Game) -> Iterable[int]:
    """Return none and all of the movers, each with and without what is said of places and programmes."""
    full = game.full
    return {0, full, game.topical, full & ~game.topical}


def _begin(play: _Play) -> None:
    """Set facts of places and programmes aside where they move nothing at either end; try orders of the many."""
    values, game = _values(play)[1], play.game
    topical, full = game.topical, game.full
    if not _differ(values[0], values[topical]) and not _differ(values[full], values[full & ~topical]):
        play.idle = topical
    play.active = [member for member in play.everyone if not play.idle >> member & 1]
    if len(play.active) > FEW:
        play.trials = orders(play.active, TRIAL_PAIRS, game.site)


def _first_coalitions(play: _Play) -> Iterable[int]:
    if not play.trials:
        return _counted_coalitions(play)
    return {play.idle | mask for order in play.trials for mask in along(order)}


def _counted_coalitions(play: _Play) -> Iterable[int]:
    masks = {mask for order in play.sample for mask in along(order)} if play.sample else set(subsets(play.active))
    return {play.idle | mask for mask in masks}


def _set_aside(play: _Play) -> None:
    """Keep the movers that moved anything in a trial order; sample orders if many are left."""
    if not play.trials:
        return
    values = _values(play)[1]
    steps = [
        (member, play.idle | before, play.idle | after)
        for order in play.trials
        for member, (before, after) in zip(order, pairwise(along(order)), strict=True)
    ]
    play.active = sorted({member for member, before, after in steps if _differ(values[before], values[after])})
    play.idle = sum(1 << member for member in play.everyone if member not in play.active)
    if len(play.active) > HANDFUL:
        play.sample = orders(play.active, SAMPLE_PAIRS, f"{play.game.site}, of many")


def _take_back(play: _Play) -> None:
    """Count every mover again where those set aside move something together after all."""
    values = _values(play)[1]
    if _differ(values[0], values[play.idle]):
        play.active, play.idle = play.everyone, 0
        play.sample = orders(play.active, SAMPLE_PAIRS, f"{play.game.site}, of all")


def _differ(one: Vector, other: Vector) -> bool:
    return bool(np.abs(one - other).max(initial=0.0) > NOTHING)


def _score(plays: Sequence[_Play], wanted: Callable[[_Play], Iterable[int]]) -> None:
    """Score the coalitions that are not scored yet, worlds on one ground in one run."""
    grounds: dict[GroundKey, Ground] = {}
    runs: dict[GroundKey, list[tuple[_Play, int]]] = {}
    for play in plays:
        for mask in sorted(set(wanted(play)) - set(play.readings)):
            key, ground = play.game.ground(mask)
            grounds.setdefault(key, ground)
            runs.setdefault(key, []).append((play, mask))
    for key, todo in runs.items():
        for start in range(0, len(todo), BATCH):
            batch = todo[start : start + BATCH]
            worlds = [play.game.world(mask) for play, mask in batch]
            for (play, mask), readings in zip(batch, score_worlds(grounds[key], worlds), strict=True):
                play.readings[mask] = readings


def _values(play: _Play) -> tuple[list[Key], dict[int, Vector]]:
    """Return every reading as a vector of the same columns: a score, and the points of each indicator."""
    cells = {mask: dict(_cells(one)) for mask, one in play.readings.items()}
    columns = sorted({key for one in cells.values() for key in one})
    return columns, {mask: np.array([one.get(key, 0.0) for key in columns]) for mask, one in cells.items()}


def _cells(readings: Readings) -> Iterator[tuple[Key, float]]:
    for (subject, dimension), reading in readings.items():
        yield (subject, dimension, WHOLE), reading.value
        for indicator, points in reading.points.items():
            yield (subject, dimension, indicator), points


def _site_change(play: _Play) -> SiteChange:
    columns, values = _values(play)
    counted = {mask & ~play.idle: one for mask, one in values.items() if mask & play.idle == play.idle}
    sample = play.sample
    shares = sampled_shares(play.active, sample, counted) if sample else exact_shares(play.active, counted)
    movers = [play.game.movers[member] for member in play.active]
    old, new = play.readings[0], play.readings[play.game.full]
    shifts: dict[str, dict[str, Shift]] = {}
    for key in dict.fromkeys([*new, *old]):
        shift = _shift(key[1], old.get(key), new.get(key))
        if shift.delta is not None and abs(shift.delta) > NOTHING:
            places = {name[2]: number for number, name in enumerate(columns) if name[:2] == key}
            shift = replace(shift, causes=_causes(movers, shares, places), orders=shares.orders)
        shifts.setdefault(key[0], {})[key[1]] = shift
    return _gathered(play.game, shifts)


def _causes(movers: Sequence[Mover], shares: Shares, places: Mapping[str, int]) -> tuple[Cause, ...]:
    causes = []
    for row, mover in enumerate(movers):
        points = {name: float(shares.share[row, place]) for name, place in places.items()}
        moved = {name: point for name, point in points.items() if name != WHOLE and abs(point) > NOTHING}
        if moved:
            causes.append(Cause(mover, points[WHOLE], float(shares.error[row, places[WHOLE]]), moved))
    return tuple(sorted(causes, key=lambda one: (-abs(one.share), one.mover.name)))


def _shift(dimension: str, old: Reading | None, new: Reading | None) -> Shift:
    ends = [None if one is None else one.score for one in (old, new)]
    delta = None if ends[0] is None or ends[1] is None else ends[1] - ends[0]
    return Shift(dimension, old, new, delta)


def _gathered(game: Game, shifts: Mapping[str, Mapping[str, Shift]]) -> SiteChange:
    seeds = (game.pair.after.seeds, game.pair.before.seeds)
    names = {part.id: part.name for one in reversed(seeds) for part in one.sites[game.site].parts}
    movers = (*game.movers, *game.weak)
    parts = tuple(SiteChange(part, name, shifts[part], movers) for part, name in names.items())
    return SiteChange(game.site, seeds[0].sites[game.site].name, shifts[game.site], movers, parts)

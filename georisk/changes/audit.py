"""Which claims, bands and cells stand on which source: everything left out once, and what would change.

All sites with one thing left out are scored side by side in a few runs (``worlds.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from georisk.assessment import Assessment
from georisk.changes.dropping import Bench, Drop, Fallen, benches
from georisk.changes.series import series_drops
from georisk.changes.shifts import NOTHING
from georisk.changes.views import View
from georisk.changes.worlds import Ground, Reading, Readings, World, score_worlds
from georisk.registry import Row
from georisk.statements import Statement

BATCH = 512
"""So many worlds are scored in one run."""
Changed = Mapping[str, Statement | None]
Key = tuple[tuple[str, object], ...]
COUNTS = frozenset({"evidence_newest", "evidence_oldest", "sources", "sources_independent", "sources_official"})
"""Cells that count the evidence: every source changes them, so they are not told."""


PLACES = frozenset({"location", "admin-unit"})
"""Properties that say where a site lies."""


@dataclass(frozen=True, slots=True)
class Move:
    """A score that would change: of the site, or of a part."""

    subject: str
    dimension: str
    before: Reading
    after: Reading

    @property
    def band_changes(self) -> bool:
        """Whether the band would be another one; not scored is a band of its own here."""
        return self.before.band != self.after.band


@dataclass(frozen=True, slots=True)
class Effect:
    """What leaving out one thing would do to one site.

    Attributes
    ----------
    site, drop
        The site, and what is left out.
    claims, moves, cells
        The statements and closures it touches, the scores that would move, the table's cells that would change.
    about
        Properties of the A and B statements that would be gone or stand otherwise.
    """

    site: str
    drop: Drop
    claims: tuple[Fallen, ...]
    moves: tuple[Move, ...]
    cells: tuple[str, ...]
    about: tuple[str, ...] = ()

    @property
    def bands(self) -> list[Move]:
        """The bands of the site itself that would change."""
        return [one for one in self.moves if one.subject == self.site and one.band_changes]

    @property
    def hangs(self) -> bool:
        """Whether a band of the site hangs on this one source (or origin), which is not official.

        A source that only says where the site lies does not count: places are checked against borders instead.
        """
        one_source = self.drop.kind in ("source", "origin") and not self.drop.official
        return one_source and bool(self.bands) and not set(self.about) <= PLACES


@dataclass(frozen=True, slots=True)
class Hang:
    """A band that hangs on one non-official source: what it is today, and what it would be without."""

    site: str
    dimension: str
    kind: str
    source: str
    title: str
    band: str | None
    without: str | None


def audit(
    assessment: Assessment,
    sites: Collection[str],
    rows: Mapping[str, Row] | None = None,
    step: Callable[[str], None] = lambda name: None,
) -> list[Effect]:
    """Leave out each source, origin, statement and country series in turn.

    Parameters
    ----------
    assessment
        The run of today.
    sites
        Ids of the sites.
    rows
        The registry's cells, to tell which would change; none are told without.
    step
        Called with a few words before each longer piece of work.

    Returns
    -------
    list
        One effect a site and drop, by site; drops that change nothing but a source's count are among them.
    """
    step("taking the registry apart")
    asked = [(bench, drop) for bench in benches(view_of(assessment), sites) for drop in bench.drops()]
    found = _effects(asked, rows or {}, step)
    found += [
        Effect(site, drop, (), tuple(Move(*one) for one in moved), ())
        for site, drop, moved in series_drops(assessment, sites)
    ]
    order = {site: place for place, site in enumerate(sites)}
    return sorted(found, key=lambda one: order[one.site])


def hangs_on(assessment: Assessment, sites: Collection[str] | None = None) -> dict[str, tuple[Hang, ...]]:
    """Return by site the bands that hang on one non-official source, or on several that go back to one origin.

    Cheaper than :func:`audit`: only drops that make a claim fall or weaken are looked at.
    """
    chosen = list(assessment.sites if sites is None else sites)
    asked = [
        (bench, drop)
        for bench in benches(view_of(assessment), chosen)
        for drop in bench.drops()
        if drop.kind != "statement" and not drop.official and _weakens(bench, drop)
    ]
    found: dict[str, tuple[Hang, ...]] = dict.fromkeys(chosen, ())
    for effect in _effects(asked, {}, lambda name: None):
        if effect.hangs:
            found[effect.site] += hangs_of(effect)
    return found


def hangs_of(effect: Effect) -> tuple[Hang, ...]:
    """Return the bands that an effect shows to hang on its source."""
    drop = effect.drop
    return tuple(
        Hang(effect.site, one.dimension, drop.kind, drop.key, drop.title, one.before.band, one.after.band)
        for one in (effect.bands if effect.hangs else ())
    )


def view_of(assessment: Assessment) -> View:
    """Return what an assessment looked at."""
    snapshot, references = assessment.snapshot, assessment.evidence.references
    return View(snapshot.seeds, snapshot.as_of, snapshot.known_by, assessment.method, references)


def _weakens(bench: Bench, drop: Drop) -> bool:
    return any(one.how != "loses a source" for one in bench.touched(drop))


def _effects(asked: Sequence[tuple[Bench, Drop]], rows: Mapping[str, Row], step: Callable[[str], None]) -> list[Effect]:
    if not asked:
        return []
    whole = {bench.site: bench for bench, _ in asked}
    ground = next(iter(whole.values())).game.ground(0)[1]
    step("scoring today")
    today = [bench.world({}) for bench in whole.values()]
    base = dict(zip(whole, _scored(ground, today), strict=True))
    bare = _scored(replace(ground, topics=()), today)
    stirred = {site for site, readings in zip(whole, bare, strict=True) if _moves(site, base[site], readings)}
    step(f"scoring {len(asked)} registries with something left out")
    changes = [bench.without(drop) for bench, drop in asked]
    after = _without_each(ground, [bench for bench, _ in asked], changes, stirred)
    found = []
    for (bench, drop), changed, readings in zip(asked, changes, after, strict=True):
        moves = () if readings is None else tuple(_moves(bench.site, base[bench.site], readings))
        about = tuple(dict.fromkeys(bench.statements[name].property for name in changed))
        found.append(_effect(bench, drop, moves, about, rows.get(bench.site, {})))
    return found


def _without_each(
    ground: Ground, asked: Sequence[Bench], changes: Sequence[Changed], stirred: set[str]
) -> list[Readings | None]:
    """Score each site with each change; ``None`` where nothing that moves scores changes.

    Drops that leave the same statements are scored once. Places and programmes matter to ``stirred`` sites alone.
    """
    topics = {one.id: one for one in ground.topics}
    todo: dict[Key, dict[tuple[str, Key], World]] = {}
    other: dict[Key, Changed] = {}
    keys: list[tuple[str, Key, Key] | None] = []
    for bench, each in zip(asked, changes, strict=True):
        told = {name: one for name, one in each.items() if name in topics}
        changed = {name: one for name, one in each.items() if name not in topics}
        far = _key(told) if bench.site in stirred else ()
        other[far] = told if far else {}
        keys.append((bench.site, _key(changed), far) if changed or far else None)
        if changed or far:
            todo.setdefault(far, {}).setdefault((bench.site, _key(changed)), bench.world(changed))
    kept = {}
    for far, worlds in todo.items():
        said = tuple(one for one in {**topics, **other[far]}.values() if one is not None)
        found = _scored(replace(ground, topics=said), list(worlds.values()))
        kept.update({(*key, far): readings for key, readings in zip(worlds, found, strict=True)})
    return [None if key is None else kept[key] for key in keys]


def _key(changed: Changed) -> Key:
    """Return what tells a change from another."""
    return tuple(
        (name, None if one is None else (one.sources, one.grade, one.recorded, one.valid_until))
        for name, one in sorted(changed.items())
    )


def _scored(ground: Ground, worlds: Sequence[World]) -> list[Readings]:
    found: list[Readings] = []
    for start in range(0, len(worlds), BATCH):
        found += score_worlds(ground, worlds[start : start + BATCH])
    return found


def _effect(bench: Bench, drop: Drop, moves: tuple[Move, ...], about: tuple[str, ...], row: Row) -> Effect:
    claims = bench.touched(drop)
    gone = {one.id for one in claims if one.how == "falls"}
    cells = tuple(name for name, cell in row.items() if name not in COUNTS and gone & set(cell.statements))
    return Effect(bench.site, drop, claims, moves, cells, about)


def _moves(site: str, before: Readings, after: Readings) -> list[Move]:
    found = [Move(*key, old, after[key]) for key, old in before.items() if key in after]
    return sorted((one for one in found if _moved(one)), key=lambda one: (one.subject != site, one.subject))


def _moved(one: Move) -> bool:
    return one.band_changes or abs(one.before.value - one.after.value) > NOTHING

"""The rows of the risk table: everything a due-diligence memo asks of a site, one column each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from georisk.assessment import COMPOSITE, Assessment, Scored
from georisk.changes.comparing import Changes
from georisk.explaining.phrases import phrase
from georisk.outputs.law import legal_cells
from georisk.outputs.reasoning import statements_behind, statements_of
from georisk.ownership.holders import Holders
from georisk.registry import COLUMNS, Cell, Row, in_scope, registry_rows
from georisk.screens.exposure import Exposure, exposures
from georisk.screens.opening import open_panel
from georisk.screens.panel import Panel
from georisk.seeds import Site
from georisk.snapshot import Snapshot
from georisk.stages import due, milestones, overdue, stage_of, stage_of_site
from georisk.statements import Statement

DIMENSIONS = ("jurisdiction", "opacity", "china", "composite")
SCORE_COLUMNS = [f"{key}_{name}" for key in DIMENSIONS for name in ("score", "band", "low", "high")]
TABLE_COLUMNS = [
    "id", "name", "kind", "country", "stage", "stage_since", "stage_reported", "operator", "owners", "ultimate_parents",
    "commodities", "finance_disbursed", "finance_committed", "finance_approved", "finance_conditional",
    "finance_nonbinding", "offtake", "offtake_expiry", *SCORE_COLUMNS, "worst_dimension", "drivers", "band_with_weak",
    "legal_yes", "legal_undetermined", "payment_exposure", "unknown", "overdue", "next_check", "evidence_newest",
    "evidence_oldest", "sources", "sources_independent", "sources_official", "last_change", "last_change_cause",
]  # fmt: skip
NO_EVENTS = frozenset({"lookthrough", "production", "capacity"})
"""Properties whose dates mark a check or a period, not an event."""
NOT_COVERED = (
    "Not covered: environmental category, consent of communities, expiry of licences, repayment rank of debt. "
    "Analysis, not legal advice."
)


@dataclass(frozen=True)
class Report:
    """Everything the outputs draw from: one run, its registry, the ownership behind it, and what moved.

    ``changes`` is ``None`` where no earlier build had other inputs; ``data`` is the ``data/`` folder, ``root`` the
    workspace whose loaded lists the legal screens read.
    """

    assessment: Assessment
    holders: Holders
    rows: Mapping[str, Row]
    data: Path
    root: Path | None = None
    changes: Changes | None = None

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot the run looked at."""
        return self.assessment.snapshot

    @property
    def sites(self) -> list[Site]:
        """The sites, in order of their ids."""
        return list(self.snapshot.seeds.sites.values())

    @cached_property
    def law(self) -> Panel:
        """Every legal screen on every site, with what decides it."""
        return open_panel(self.holders, self.data, self.root)

    def payments(self, site: Site) -> list[Exposure]:
        """Return the payments of a site from or to somebody on a list."""
        return exposures(self.holders, self.law.standings, site)


def report(assessment: Assessment, holders: Holders, places: Path, root: Path | None = None) -> Report:
    """Gather what the outputs need.

    Parameters
    ----------
    assessment, holders
        The run, and who owns what.
    places
        The folder ``data/places``.
    root
        The workspace whose loaded lists are read; none are without it.
    """
    return Report(assessment, holders, registry_rows(assessment.snapshot, holders, places), places.parent, root)


def risk_table(found: Report) -> list[dict[str, Cell]]:
    """Return the rows of the risk table, worst composite first, cells with their statements."""
    table = [_table_row(found, site) for site in found.sites]
    return sorted(
        table,
        key=lambda row: (row["composite_score"].value is None, -(row["composite_score"].value or 0.0), row["id"].value),
    )


def _table_row(found: Report, site: Site) -> dict[str, Cell]:
    snapshot, scored = found.snapshot, found.assessment.sites[site.id]
    registry = found.rows[site.id]
    stage = stage_of_site(snapshot, site.id, [part.id for part in site.parts])
    row = {name: registry[name] for name in COLUMNS if name in TABLE_COLUMNS}
    row["country"] = registry["jurisdiction"]
    row["stage_reported"] = Cell(stage.reported, stage.statements)
    row["stage"] = Cell(stage_text(snapshot, site), registry["stage"].statements)
    row["offtake_expiry"] = _expiry(snapshot, site)
    for key in DIMENSIONS:
        row |= _score_cells(scored, key)
    row["worst_dimension"] = Cell(scored.worst)
    row["drivers"] = Cell("; ".join(drivers(scored)) or None)
    row["band_with_weak"] = Cell(weak_bands(scored) or None)
    row["unknown"] = Cell("; ".join(unknowns(scored)) or None)
    row |= legal_cells(found.law, found.payments(site), site)
    late = overdue_texts(snapshot, site)
    row["overdue"] = Cell("; ".join(late) or None)
    row["next_check"] = _next_check(snapshot, site)
    row["last_change"], row["last_change_cause"] = _last_change(snapshot, site)
    return {name: row[name] for name in TABLE_COLUMNS}


def stage_text(snapshot: Snapshot, site: Site) -> str | None:
    """Return the stage of a site; of a site with parts, each part's."""
    if not site.parts:
        return stage_of(snapshot, site.id).code
    stages = {part.name: stage_of(snapshot, part.id).code for part in site.parts}
    if len(set(stages.values())) == 1:
        return next(iter(stages.values()))
    return "; ".join(f"{name}: {code or 'not known'}" for name, code in stages.items())


def drivers(scored: Scored, count: int = 3) -> list[str]:
    """Return the sentences of the indicators that add most points over all dimensions."""
    reasons = [(one.points, one.sentence) for score in scored.dimensions.values() for one in score.contributions]
    return [f"{sentence} (+{points:.1f})" for points, sentence in sorted(reasons, key=lambda one: -one[0])[:count]]


def weak_bands(scored: Scored) -> str:
    """Return the bands that summaries and memory would change, as ``china: low, with them moderate``."""
    changed = [one for one in (*scored.dimensions.values(), scored.composite) if one.weak_band is not None]
    return "; ".join(f"{one.key}: {one.band or 'not scored'}, with C and D evidence {one.weak_band}" for one in changed)


def unknowns(scored: Scored) -> list[str]:
    """Return what no evidence answers, heaviest first within each dimension, with its reason."""
    return [
        f"{one.indicator} ({one.reason.replace('-', ' ')})"
        for score in scored.dimensions.values()
        for one in score.unknown
    ]


def overdue_texts(snapshot: Snapshot, site: Site) -> list[str]:
    """Return the planned events whose date has passed: ``due 2026-Q3, outcome not found: sale closes``."""
    return [f"due {due(one)}, outcome not found: {one.value}" for one in overdue(snapshot, in_scope(site))]


def _score_cells(scored: Scored, key: str) -> dict[str, Cell]:
    score = scored.composite if key == COMPOSITE else scored.dimensions[key]
    statements = statements_behind(scored) if key == COMPOSITE else statements_of(score)
    return {
        f"{key}_score": Cell(None if score.score is None else round(score.score, 1), statements),
        f"{key}_band": Cell(score.band or f"not scored: {score.reason}", statements),
        f"{key}_low": Cell(round(score.low, 1), statements),
        f"{key}_high": Cell(round(score.high, 1), statements),
    }


def _expiry(snapshot: Snapshot, site: Site) -> Cell:
    contracts = [one for subject in in_scope(site) for one in snapshot.holding(subject, "offtake") if one.valid_until]
    soonest = sorted(contracts, key=lambda one: (one.valid_until is None, one.valid_until))
    return Cell(f"before {soonest[0].valid_until}" if soonest else None, tuple(one.id for one in soonest[:1]))


def _next_check(snapshot: Snapshot, site: Site) -> Cell:
    """Return the next day on which something known changes: a planned event falls due or a term ends."""
    coming: list[tuple[date, Statement]] = []
    for subject in in_scope(site):
        for one in snapshot.known:
            if one.subject == subject and one.valid_until is not None and one.valid_until.last > snapshot.as_of:
                coming.append((one.valid_until.last, one))
    for one in milestones(snapshot, in_scope(site)):
        when = due(one)
        if when is not None and when.last >= snapshot.as_of:
            coming.append((when.last, one))
    if not coming:
        return Cell(None)
    day, one = min(coming, key=lambda item: (item[0], item[1].id))
    return Cell(day.isoformat(), (one.id,))


def _last_change(snapshot: Snapshot, site: Site) -> tuple[Cell, Cell]:
    """Return the latest date something about the site began or ended, and what."""
    events: list[tuple[date, str, Statement]] = []
    for subject in in_scope(site):
        for one in (item for item in snapshot.known if item.subject == subject and not item.timeless):
            if one.property in NO_EVENTS:
                continue
            for when, verb in ((one.valid_from, "began"), (one.valid_until, "ended")):
                if when is not None and when.last <= snapshot.as_of:
                    events.append((when.last, verb, one))
    if not events:
        return Cell(None), Cell(None)
    day, verb, one = max(events, key=lambda item: (item[0], item[2].id))
    text = f"{one.property} {verb}: {phrase(snapshot, one)}"
    return Cell(day.isoformat(), (one.id,)), Cell(text, (one.id,))


def texts(row: Mapping[str, Cell], columns: Iterable[str]) -> list[Any]:
    """Return the plain values of some columns of a row."""
    return [row[name].value for name in columns]

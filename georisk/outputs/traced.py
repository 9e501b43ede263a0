"""The rows of the risk table with every cell that tells of the world tied to its statements.

Cells put together from scores or events carry no ids of their own; they get those of what they are made of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from georisk.assessment import Contribution, Scored
from georisk.outputs.reasoning import statements_behind, statements_of
from georisk.outputs.rows import Report, risk_table
from georisk.registry import Cell, in_scope
from georisk.stages import overdue

_DRIVERS = 3


def traced_rows(found: Report) -> list[dict[str, Cell]]:
    """Return the rows of the risk table, worst first, with statements behind every cell that has a figure."""
    return [_traced(found, row) for row in risk_table(found)]


def _traced(found: Report, row: dict[str, Cell]) -> dict[str, Cell]:
    scored = found.assessment.sites[str(row["id"].value)]
    site = found.snapshot.seeds.sites[scored.id]
    made_of: dict[str, Callable[[], Iterable[str]]] = {
        "drivers": lambda: _of(_drivers(scored)),
        "overdue": lambda: (one.id for one in overdue(found.snapshot, in_scope(site))),
        "worst_dimension": lambda: statements_of(scored.dimensions[scored.worst]) if scored.worst else (),
        "band_with_weak": lambda: statements_behind(scored),
    }
    return {
        name: replace(cell, statements=tuple(dict.fromkeys(made_of[name]())))
        if name in made_of and cell.value and not cell.statements
        else cell
        for name, cell in row.items()
    }


def _drivers(scored: Scored) -> list[Contribution]:
    """Return the contributions that the table's drivers are the sentences of."""
    reasons = [one for score in scored.dimensions.values() for one in score.contributions]
    return sorted(reasons, key=lambda one: -one.points)[:_DRIVERS]


def _of(contributions: Iterable[Contribution]) -> Iterable[str]:
    return (name for one in contributions for name in one.statements)

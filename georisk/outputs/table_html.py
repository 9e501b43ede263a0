"""The risk table as one HTML page: sortable, filterable, by keyboard and mouse; it works without scripts too.

Every cell carries the ids of its statements and leads to them in the site's dossier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Template

from georisk.assessment import Score, Scored
from georisk.outputs.page import asset, document, environment
from georisk.outputs.reasoning import figure, interval_text, statements_of
from georisk.outputs.rows import NOT_COVERED, Report, drivers
from georisk.outputs.score_views import rank_of
from georisk.registry import Cell
from georisk.vocabulary import read_vocabulary

STYLES = ("dossier-shell.css", "table.css")
SCRIPTS = ("table.js",)
COMPOSITE = "composite"


class Column(NamedTuple):
    """A column of the page: the table's columns it shows, its title and its group."""

    names: tuple[str, ...]
    title: str
    group: str
    kind: str = "text"


COLUMNS = (
    Column(("country",), "Country", "project"),
    Column(("stage", "stage_since", "stage_reported"), "Stage", "project", "stage"),
    Column(("composite",), "Composite", "scores", "score"),
    Column(("jurisdiction",), "Jurisdiction", "scores", "score"),
    Column(("opacity",), "Opacity", "scores", "score"),
    Column(("china",), "China linkage", "scores", "score"),
    Column(("legal_yes",), "Legal: yes", "law", "list"),
    Column(("legal_undetermined",), "Legal: undetermined", "law", "list"),
    Column(("payment_exposure",), "Payment exposure", "law", "list"),
    Column(("overdue",), "Overdue", "dates", "list"),
    Column(("next_check",), "Next date", "dates"),
    Column(("last_change", "last_change_cause"), "Last change", "dates", "pair"),
    Column(("drivers",), "First drivers", "reasons", "list"),
    Column(("unknown",), "Unknown", "reasons", "list"),
    Column(("operator",), "Operator", "owners", "list"),
    Column(("owners",), "Owners", "owners", "list"),
    Column(("ultimate_parents",), "Ultimate parents", "owners", "list"),
    Column(("finance_disbursed",), "Disbursed", "money", "list"),
    Column(("finance_committed",), "Committed", "money", "list"),
    Column(("finance_approved",), "Approved", "money", "list"),
    Column(("finance_conditional",), "Conditional", "money", "list"),
    Column(("finance_nonbinding",), "Non-binding", "money", "list"),
    Column(("commodities",), "Commodities", "sales", "list"),
    Column(("offtake",), "Offtake", "sales", "list"),
    Column(("offtake_expiry",), "Expiry", "sales"),
    Column(("evidence_newest",), "Newest evidence", "evidence"),
    Column(("evidence_oldest",), "Oldest evidence", "evidence"),
    Column(("sources",), "Sources", "evidence", "number"),
    Column(("sources_independent",), "Independent", "evidence", "number"),
    Column(("sources_official",), "Official", "evidence", "number"),
)  # fmt: skip
"""Columns after the site's name, in order. ``kind`` says how a cell is written and sorted."""

GROUPS = (
    ("project", "Project", True),
    ("scores", "Scores", True),
    ("law", "Law", False),
    ("dates", "Dates", True),
    ("reasons", "Reasons and gaps", False),
    ("owners", "Owners", False),
    ("money", "Money", False),
    ("sales", "Products and sales", False),
    ("evidence", "Evidence", False),
)
"""Groups of columns: key, title, and whether the page opens with them."""


def table_page(found: Report, rows: Sequence[Mapping[str, Cell]], data: Path) -> str:
    """Return the risk table as a page; ``rows`` as :func:`georisk.outputs.rows.risk_table` gives them."""
    writer = _Writer(found, data)
    snapshot, method = found.snapshot, found.assessment.method
    body = _template().render(
        as_of=snapshot.as_of, known_by=snapshot.known_by, projection=snapshot.projection, method=method,
        columns=COLUMNS, groups=[(key, title, shown, _span(key)) for key, title, shown in GROUPS],
        rows=[writer.row(row) for row in rows], starts=[band.start for band in method.band],
        bands=[(number, band.title, band.start) for number, band in enumerate(method.band)],
        weak=[writer.weak(found.assessment.sites[str(row["id"].value)]) for row in rows],
        titles=["Composite", *(dimension.title for dimension in method.dimension)], not_covered=NOT_COVERED,
        changes=found.changes is not None,
    )  # fmt: skip
    styles, scripts = [asset(name) for name in STYLES], [asset(name) for name in SCRIPTS]
    return document("Risk table", body, styles=styles, scripts=scripts)


@lru_cache(maxsize=1)
def _template() -> Template:
    return environment("table.html.j2", "dossier-parts.html.j2").get_template("table.html.j2")


def _span(group: str) -> int:
    return sum(column.group == group for column in COLUMNS)


@dataclass(frozen=True)
class _Writer:
    """Turns the cells of rows into what the template asks for."""

    found: Report
    data: Path

    def row(self, row: Mapping[str, Cell]) -> dict[str, Any]:
        """Return one site: its name, kind and cells."""
        site = str(row["id"].value)
        kinds = read_vocabulary(self.data / "vocabulary", "site-kinds")
        return {
            "id": site,
            "page": f"sites/{site}.html",
            "name": row["name"].value,
            "kind": kinds.title(str(row["kind"].value)),
            "cells": [self._cell(row, column) for column in COLUMNS],
        }

    def _cell(self, row: Mapping[str, Cell], column: Column) -> dict[str, Any]:
        if column.kind == "score":
            return self._score(self.found.assessment.sites[str(row["id"].value)], column)
        cells = [row[name] for name in column.names]
        statements = tuple(dict.fromkeys(one for cell in cells for one in cell.statements))
        value = cells[0].value
        return {
            "kind": column.kind,
            "group": column.group,
            "value": value,
            "more": [cell.value for cell in cells[1:]],
            "lines": str(value or "not known").replace("-", " ").split("; "),
            "items": self._items(row, column) if column.kind == "list" and value else [],
            "sort": "" if value is None else value,
            "statements": statements,
        }

    def _items(self, row: Mapping[str, Cell], column: Column) -> list[str]:
        """Return the lines of a cell; drivers are sentences that may hold the sign the table joins by."""
        if column.names == ("drivers",):
            return drivers(self.found.assessment.sites[str(row["id"].value)])
        return str(row[column.names[0]].value).split("; ")

    def _score(self, scored: Scored, column: Column) -> dict[str, Any]:
        key = column.names[0]
        score = scored.composite if key == COMPOSITE else scored.dimensions[key]
        method = self.found.assessment.method
        return {
            "kind": "score",
            "group": column.group,
            "rank": rank_of(method, score),
            "score": score.score,
            "low": score.low,
            "high": score.high,
            "shown": figure(method, score.score, 0),
            "band": score.band or "not scored",
            "interval": interval_text(score, 0),
            "worst": key == scored.worst,
            "reason": score.reason,
            "sort": "" if score.score is None else f"{score.score:.6f}",
            "statements": statements_of(score),
        }

    def weak(self, scored: Scored) -> dict[str, Any]:
        """Return the bands of a site with and without evidence of grades C and D."""
        return {
            "name": scored.name,
            "cells": [self._bands(one) for one in (scored.composite, *scored.dimensions.values())],
        }

    def _bands(self, score: Score) -> dict[str, Any]:
        method = self.found.assessment.method
        return {
            "without": score.band or "not scored",
            "with": score.weak_band or score.band or "not scored",
            "changed": score.weak_band is not None,
            "from": figure(method, score.score),
            "to": figure(method, score.weak),
            "statements": statements_of(score),
        }

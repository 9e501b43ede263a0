"""The risk table as CSV for scripts and as Markdown short enough for a message."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from georisk.outputs.plain import cell, markdown
from georisk.outputs.rows import NOT_COVERED, TABLE_COLUMNS, Report, texts
from georisk.registry import Cell

TITLES = {"jurisdiction": "Jurisdiction", "opacity": "Opacity", "china": "China linkage", "composite": "Composite"}


def csv_table(rows: Sequence[Mapping[str, Cell]]) -> str:
    """Return the table as CSV: one row a site, empty cells where nothing is known, no formulas."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(TABLE_COLUMNS)
    writer.writerows([cell(value) for value in texts(row, TABLE_COLUMNS)] for row in rows)
    return stream.getvalue()


def markdown_table(found: Report, rows: Sequence[Mapping[str, Cell]]) -> str:
    """Return the table as Markdown: site, country, stage, the scores with bands and intervals, what drives them."""
    snapshot, method = found.snapshot, found.assessment.method
    label = " (projection)" if snapshot.projection else ""
    lines = [
        "# Risk table",
        "",
        f"As of {snapshot.as_of}{label}, as known by {snapshot.known_by}. "
        f"Method {method.version} ({method.fingerprint}). "
        "Scores run from 0 (no risk found) to 100; the interval in brackets puts what is unknown at both ends.",
        "",
        "| Site | Country | Stage | " + " | ".join(TITLES.values()) + " | Worst | First driver |",
        "|---|---|---|" + "---|" * (len(TITLES) + 2),
    ]
    lines += [_line(row) for row in rows]
    notes = [
        f"- **{markdown(row['name'].value)}**: {markdown(row['overdue'].value)}" for row in rows if row["overdue"].value
    ]
    weak = [
        f"- **{markdown(row['name'].value)}**: {markdown(row['band_with_weak'].value)}"
        for row in rows
        if row["band_with_weak"].value
    ]
    lines += ["", "## Overdue", "", *(notes or ["Nothing planned is overdue."])]
    lines += ["", "## Bands that summaries and memory (grades C and D) would change", "", *(weak or ["None."])]
    lines += ["", "## Legal answers that are yes, and payments to or from listed parties", "", *_legal(rows)]
    lines += ["", f"Beside the scores, never in them. {found.law.sample.warning}"]
    return "\n".join([*lines, "", NOT_COVERED, ""])


def _legal(rows: Sequence[Mapping[str, Cell]]) -> list[str]:
    """Return a line a site that has a yes or a payment."""
    told = [
        f"- **{markdown(row['name'].value)}**: {markdown(row[name].value)}"
        for row in rows
        for name in ("legal_yes", "payment_exposure")
        if row[name].value
    ]
    return told or ["None."]


def _line(row: Mapping[str, Cell]) -> str:
    scores = [_score(row, key) for key in TITLES]
    first = str(row["drivers"].value or "").split("; ")[0]
    cells = [row["name"].value, row["country"].value, row["stage"].value, *scores, row["worst_dimension"].value, first]
    return "| " + " | ".join(markdown(one) for one in cells) + " |"


def _score(row: Mapping[str, Cell], key: str) -> str:
    score = row[f"{key}_score"].value
    interval = f"({row[f'{key}_low'].value:.0f} to {row[f'{key}_high'].value:.0f})"
    return f"{score:.0f} {row[f'{key}_band'].value} {interval}" if score is not None else f"not scored {interval}"

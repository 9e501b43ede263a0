"""What a build draws: map, tables, pages, exports. Modules here draw and never compute.

An output is one function and its line in :data:`OUTPUTS`: it gets the report, the workspace and a folder, and
returns the names of the files it wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from georisk.outputs.rows import Report
    from georisk.workspace import Workspace


def draw_map(found: Report, workspace: Workspace, folder: Path) -> list[str]:
    """Write ``index.html``."""
    from georisk.outputs.content import map_data
    from georisk.outputs.map import map_page

    return _write(folder, "index.html", map_page(map_data(found, workspace.data)))


def draw_table(found: Report, workspace: Workspace, folder: Path) -> list[str]:
    """Write ``risk-table.csv`` and ``risk-table.md``."""
    from georisk.outputs.rows import risk_table
    from georisk.outputs.table import csv_table, markdown_table

    rows = risk_table(found)
    return _write(folder, "risk-table.csv", csv_table(rows)) + _write(
        folder, "risk-table.md", markdown_table(found, rows)
    )


def draw_scores(found: Report, workspace: Workspace, folder: Path) -> list[str]:
    """Write ``scores.json``."""
    from georisk.outputs.scores import scores_text

    return _write(folder, "scores.json", scores_text(found.assessment))


def draw_sites(found: Report, workspace: Workspace, folder: Path) -> list[str]:
    """Write ``sites.geojson``."""
    from georisk.outputs.geojson import sites_geojson

    return _write(folder, "sites.geojson", sites_geojson(found))


OUTPUTS: dict[str, Callable[[Report, Workspace, Path], list[str]]] = {
    "map": draw_map,
    "table": draw_table,
    "scores": draw_scores,
    "sites": draw_sites,
}
"""Every output a build makes, in order."""


def _write(folder: Path, name: str, text: str) -> list[str]:
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [name]

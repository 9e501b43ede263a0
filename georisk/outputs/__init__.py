"""What a build draws: map, tables, pages, exports. Modules here draw and never compute.

An output is one function and its line in :data:`OUTPUTS`: it gets the report, the workspace and a folder, and
returns the names of the files it wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from georisk.outputs.map_data import Link
    from georisk.outputs.rows import Report
    from georisk.workspace import Workspace


def draw_map(found: Report, workspace: Workspace, folder: Path) -> list[str]:
    """Write ``index.html``."""
    from georisk.outputs.content import map_data
    from georisk.outputs.map import map_page

    links: list[Link] = [{"title": "Risk table", "href": "risk-table.html"}, {"title": "Method", "href": "method.html"}]
    if found.changes is not None:
        links.insert(1, {"title": "What moved", "href": "changes.html"})
    return _write(folder, "index.html", map_page(map_data(found, workspace.data, links)))


def draw_table(found: Report, workspace: Workspace, folder: Path) -> list[str]:
    """Write ``risk-table.csv`` and ``risk-table.md``."""
    from georisk.outputs.rows import risk_table
    from georisk.outputs.table import csv_table, markdown_table

    rows = risk_table(found)
    return _write(folder, "risk-table.csv", csv_table(rows)) + _write(
        folder, "risk-table.md", markdown_table(found, rows)
    )


def draw_dossiers(found: Report, workspace: Workspace, folder: Path) -> list[str]:
    """Write ``sites/<id>.html``, one a site."""
    from georisk.outputs.dossier import dossier_page
    from georisk.outputs.traced import traced_rows

    (folder / "sites").mkdir(exist_ok=True)
    made = []
    for row in traced_rows(found):
        site = found.snapshot.seeds.sites[str(row["id"].value)]
        made += _write(folder, f"sites/{site.id}.html", dossier_page(found, site, row, workspace.data))
    return made


def draw_sheets(found: Report, workspace: Workspace, folder: Path) -> list[str]:
    """Write ``risk-table.html`` and ``risk-table.xlsx``."""
    from georisk.outputs.table_html import table_page
    from georisk.outputs.traced import traced_rows
    from georisk.outputs.workbook import workbook

    rows = traced_rows(found)
    (folder / "risk-table.xlsx").write_bytes(workbook(found, rows, workspace.data))
    return [*_write(folder, "risk-table.html", table_page(found, rows, workspace.data)), "risk-table.xlsx"]


def draw_layers(found: Report, workspace: Workspace, folder: Path) -> list[str]:
    """Write ``sites.gpkg`` and ``sites.parquet``."""
    from georisk.outputs.exports import write_geopackage, write_geoparquet

    write_geopackage(folder / "sites.gpkg", found)
    write_geoparquet(folder / "sites.parquet", found)
    return ["sites.gpkg", "sites.parquet"]


def draw_method(found: Report, workspace: Workspace, folder: Path) -> list[str]:
    """Write ``method.html``."""
    from georisk.explaining.method_book import method_book
    from georisk.outputs.method_page import method_page

    book = method_book(found.assessment.method, workspace.data)
    return _write(folder, "method.html", method_page(book, changes=found.changes is not None))


def draw_scores(found: Report, workspace: Workspace, folder: Path) -> list[str]:
    """Write ``scores.json``."""
    from georisk.outputs.scores import scores_text

    return _write(folder, "scores.json", scores_text(found.assessment))


def draw_sites(found: Report, workspace: Workspace, folder: Path) -> list[str]:
    """Write ``sites.geojson``."""
    from georisk.outputs.geojson import sites_geojson

    return _write(folder, "sites.geojson", sites_geojson(found))


def draw_changes(found: Report, workspace: Workspace, folder: Path) -> list[str]:
    """Write ``changes.html`` and ``changes.json`` if there was an earlier build with other inputs."""
    from georisk.outputs.changes import changes_text
    from georisk.outputs.changes_page import changes_page

    if found.changes is None:
        return []
    page, text = changes_page(found.changes, workspace.data), changes_text(found.changes, workspace.data)
    return _write(folder, "changes.html", page) + _write(folder, "changes.json", text)


OUTPUTS: dict[str, Callable[[Report, Workspace, Path], list[str]]] = {
    "map": draw_map,
    "table": draw_table,
    "sheets": draw_sheets,
    "dossiers": draw_dossiers,
    "scores": draw_scores,
    "sites": draw_sites,
    "layers": draw_layers,
    "method": draw_method,
    "changes": draw_changes,
}
"""Every output a build makes, in order."""


def _write(folder: Path, name: str, text: str) -> list[str]:
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [name]

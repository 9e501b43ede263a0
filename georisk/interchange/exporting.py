"""Exports: one function a format, and their table."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from georisk.files import atomic_write

if TYPE_CHECKING:
    from georisk.outputs.rows import Report
    from georisk.snapshot import Snapshot
    from georisk.workspace import Day, Workspace


def bods_text(workspace: Workspace, snapshot: Snapshot) -> str:
    """Return the stakes as a JSON array of BODS 0.4 statements."""
    from georisk.interchange.bods import bods_statements
    from georisk.interchange.tables import alpha2_codes, read_bods_tables

    graph = workspace.holders(snapshot).graph
    tables = read_bods_tables(workspace.data)
    statements = bods_statements(snapshot, graph, tables, dict(alpha2_codes(workspace.data)))
    return json.dumps(statements, ensure_ascii=False, indent=1, default=str) + "\n"


def ftm_lines(workspace: Workspace, snapshot: Snapshot) -> str:
    """Return parties, stakes, list entries and sites as FollowTheMoney entities, one a line."""
    from georisk.interchange.ftm import ftm_entities, ftm_text
    from georisk.interchange.tables import alpha2_codes, read_ftm_tables

    return ftm_text(ftm_entities(snapshot, read_ftm_tables(workspace.data), alpha2_codes(workspace.data)))


TEXTS: dict[str, Callable[[Workspace, Snapshot], str]] = {"bods": bods_text, "ftm": ftm_lines}
"""Formats of parties and stakes."""
LAYERS = ("gpkg", "geojson", "geoparquet", "csv")
"""Formats of sites, with their scores."""
BINARY = frozenset({"gpkg", "geoparquet"})


def export_bytes(workspace: Workspace, to: str, as_of: Day = None, known_by: Day = None) -> bytes:
    """Return the registry on a day, as known by a day, in another format.

    Parameters
    ----------
    workspace
        An opened workspace.
    to
        One of ``bods``, ``ftm``, ``gpkg``, ``geojson``, ``geoparquet``, ``csv``.
    as_of, known_by
        The two clocks; today if ``None``.
    """
    if to in TEXTS:
        return TEXTS[to](workspace, workspace.snapshot(as_of, known_by)).encode("utf-8")
    return layer_bytes(_report(workspace, as_of, known_by), to)


def layer_bytes(found: Report, to: str) -> bytes:
    """Return the sites of a report in one of the formats of :data:`LAYERS`."""
    from georisk.interchange.sites_csv import sites_csv
    from georisk.outputs.exports import write_geopackage, write_geoparquet
    from georisk.outputs.geojson import sites_geojson

    if to not in BINARY:
        return (sites_csv(found) if to == "csv" else sites_geojson(found)).encode("utf-8")
    with tempfile.TemporaryDirectory(prefix="georisk-") as folder:
        target = Path(folder) / f"sites.{to}"
        (write_geopackage if to == "gpkg" else write_geoparquet)(target, found)
        return target.read_bytes()


def write_export(target: Path, content: bytes) -> None:
    """Write an export whole or not at all."""
    with atomic_write(target) as stream:
        stream.write(content)


def _report(workspace: Workspace, as_of: Day, known_by: Day) -> Report:
    from georisk.outputs.rows import report

    assessment = workspace.assess(as_of, known_by)
    return report(assessment, workspace.holders(assessment.snapshot), workspace.data / "places", workspace.root)

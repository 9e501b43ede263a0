"""``locate``: points to jurisdiction and zone."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from georisk.cli.formats import Format
from georisk.cli.options import WorkspaceOption, root_of
from georisk.cli.show import show, tell
from georisk.errors import UsageError

SUFFIXES = {".csv": Format.csv, ".json": Format.json, ".jsonl": Format.jsonl}


def locate(
    points: Annotated[
        Path, typer.Option("--input", metavar="FILE", help="CSV file with the columns lat and lon (WGS 84 degrees).")
    ],
    how: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="How to print: table for people (default), csv, json or jsonl for scripts.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help="Write here instead of printing; .csv, .json or .jsonl.",
            show_default=False,
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Tell whose land or sea points lie in.

    The other columns of the input are kept. Added are jurisdiction (ISO 3166-1 alpha-3, XKX, HIGH SEAS,
    DISPUTED or NONE), zone, claimants, border_km (geodesic distance to the nearest other jurisdiction),
    possible (neighbours, where the border is within 5 km), basis, and error for a point without an answer.

    Zones at sea are presumed from the nearest coast (12 and 200 nautical miles), not taken from treaties.
    """
    from georisk.places.jurisdiction import COLUMNS
    from georisk.places.points import located, read_points
    from georisk.workspace import data_folder

    form = how or _form_of(output)
    read = read_points(points)
    rows = list(_with_progress(located(data_folder(root_of(workspace)) / "places", read), len(read.rows)))
    columns = [*read.columns, *COLUMNS]
    if output is None and form is Format.table:
        show(rows, columns, form)
    else:
        _write(_text(rows, columns, form), output)
    failed = sum(row["error"] is not None for row in rows)
    if failed:
        tell(f"{failed} of {len(rows)} points have no answer; see the column error")


def _form_of(output: Path | None) -> Format:
    if output is None:
        return Format.table
    return SUFFIXES.get(output.suffix.lower(), Format.csv)


def _text(rows: Sequence[dict[str, Any]], columns: Sequence[str], form: Format) -> str:
    """Rows as text for scripts; cells that came in go out as they were."""
    if form is Format.json:
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    if form is Format.jsonl:
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if form is Format.table:
        raise UsageError("a table is for the terminal; write csv, json or jsonl into a file")
    text = io.StringIO()
    returns = any("\r" in value for row in rows for value in row.values() if isinstance(value, str))
    quoting: Literal[0, 1] = csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL  # else a lone return is lost
    writer = csv.DictWriter(text, columns, lineterminator="\n", quoting=quoting)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _write(text: str, output: Path | None) -> None:
    from georisk.files import write_text

    if output is None:
        sys.stdout.write(text)
        return
    try:
        write_text(output, text)
    except OSError as error:
        raise UsageError(f"{output}: cannot be written: {error.strerror}") from None


def _with_progress(rows: Iterator[dict[str, Any]], total: int) -> Iterable[dict[str, Any]]:
    if not sys.stderr.isatty():
        return rows
    from rich.console import Console
    from rich.progress import track

    return track(rows, description="locating", total=total, console=Console(stderr=True), transient=True)

"""Points in a CSV file, and the same file with the jurisdiction of each point added."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from georisk.errors import UsageError

__all__ = ["Points", "located", "read_cells", "read_points"]

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
BATCH = 50_000


@dataclass(frozen=True)
class Points:
    """A CSV file of points: column names, rows of text as they were, where ``lat`` and ``lon`` stand."""

    columns: tuple[str, ...]
    rows: list[list[str]]
    lat: int
    lon: int


def read_points(path: Path) -> Points:
    """Read a CSV file with the columns ``lat`` and ``lon``; other columns are kept as they are.

    Raises
    ------
    UsageError
        When the file cannot be read, is no UTF-8 text, lacks a column, names one twice, names one that
        the answer adds, or holds a line with more cells than the header.
    """
    return _points(path, _cells(path, "lat and lon"))


def read_cells(path: Path, needed: tuple[str, ...]) -> tuple[list[str], list[list[str]]]:
    """Read a CSV file as column names and rows of text; its faults are those of :func:`read_points`."""
    header, *rows = _cells(path, " and ".join(needed))
    columns = [name.strip() for name in header]
    missing = [name for name in needed if name not in columns]
    if missing:
        found = ", ".join(columns[:20])
        raise UsageError(f"{path}: no column {' and '.join(missing)}; found {found}")
    return columns, rows


def _cells(path: Path, needed: str) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = list(_lines(csv.reader(stream, strict=True), path))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is no UTF-8 text (byte {error.start}); save it as CSV UTF-8") from None
    except csv.Error as error:
        raise UsageError(f"{path}: is no CSV: {error}") from None
    if not lines:
        raise UsageError(f"{path}: is empty; the first line must name the columns {needed}")
    return lines


def _lines(reader: Iterator[list[str]], path: Path) -> Iterator[list[str]]:
    header: list[str] | None = None
    for number, cells in enumerate(reader, start=1):
        if not cells:
            continue
        header = header or cells
        if len(cells) > len(header):
            raise UsageError(f"{path} [record {number}]: {len(cells)} cells, the header names {len(header)} columns")
        yield cells + [""] * (len(header) - len(cells))


def _points(path: Path, lines: list[list[str]]) -> Points:
    from georisk.places.jurisdiction import COLUMNS

    names = [name.strip() for name in lines[0]]
    missing = [name for name in ("lat", "lon") if name not in names]
    if missing:
        found = ", ".join(names[:20])
        raise UsageError(f"{path}: no column {' and '.join(missing)}; found {found}; columns lat and lon are needed")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UsageError(f"{path}: column {twice[0]!r} stands twice; each column needs a name of its own")
    taken = [name for name in COLUMNS if name in names]
    if taken:
        raise UsageError(f"{path}: column {taken[0]!r} is one the answer adds; rename or drop it")
    return Points(tuple(names), lines[1:], names.index("lat"), names.index("lon"))


def located(places: Path, points: Points) -> Iterator[dict[str, Any]]:
    """Each row with its own cells and the columns of ``georisk.places.jurisdiction.COLUMNS`` added.

    Distances are rounded to metres; what is not known is None.
    """
    from georisk.places.jurisdiction import locate

    for start in range(0, len(points.rows), BATCH):
        rows = points.rows[start : start + BATCH]
        answers = locate(places, [_number(row[points.lon]) for row in rows], [_number(row[points.lat]) for row in rows])
        for row, answer in zip(rows, answers.to_dict("records"), strict=True):
            yield dict(zip(points.columns, row, strict=True)) | _told(answer)


def _told(answer: dict[Any, Any]) -> dict[str, Any]:
    km = answer["border_km"]
    return {**answer, "border_km": None if math.isnan(km) else round(km, 3)}


def _number(text: str) -> float:
    """Return a number, or not-a-number for anything a spreadsheet would not read as one."""
    text = text.strip()
    return float(text) if NUMBER.fullmatch(text) else math.nan

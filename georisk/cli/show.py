"""Printing data: tables for people, JSON, JSON Lines or CSV for scripts. Data goes to stdout, words to stderr."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from georisk.cli.formats import Format
from georisk.outputs.plain import cell, visible


def show(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], how: Format, title: str = "") -> None:
    """Print rows in the form asked for; ``None`` is an empty cell, ``null`` in JSON."""
    if how is Format.json:
        emit(json.dumps([_pick(row, columns) for row in rows], ensure_ascii=False, indent=1, default=str))
    elif how is Format.jsonl:
        for row in rows:
            emit(json.dumps(_pick(row, columns), ensure_ascii=False, default=str))
    elif how is Format.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
    else:
        _table(rows, columns, title)


def emit(text: str) -> None:
    """Print one text to stdout."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """Print one line to stderr, made harmless for a terminal."""
    sys.stderr.write(visible(text) + "\n")


def warn(texts: Iterable[str]) -> None:
    """Print warnings to stderr, one a line."""
    for text in texts:
        tell(f"warning: {text}")


def _pick(row: Mapping[str, Any], columns: Iterable[str]) -> dict[str, Any]:
    return {name: row.get(name) for name in columns}


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], title: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False, emoji=False, markup=False)
    table = Table(
        title=Text(visible(title)) if title else None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False
    )
    for name in columns:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*[Text(visible(_plain(row.get(name)))) for name in columns])
    console.print(table)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)

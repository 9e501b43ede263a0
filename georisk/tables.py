"""The same registry as Parquet tables, for one too large to edit by hand.

``seeds/`` then holds one table a kind of record instead of folders: ``sites``, ``parts``, ``parties``, ``places``,
``programmes``, ``sources``, ``statements``, ``closures``, ``mentions`` (``.parquet``), columns named after the fields
of :mod:`georisk.statements` and :mod:`georisk.seeds`. Dates are text as given (``2026`` or, where it had come by a
day, ``2026 by 2026-11-21``); lists, values and qualifiers, which may be anything, are JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

from georisk.dates import When
from georisk.errors import Fault
from georisk.memory import uncollected
from georisk.seeds import Mention, Part, Party, Seeds, Site, Topic
from georisk.statements import Closure, Source, Statement

if TYPE_CHECKING:
    import pyarrow as pa

R = TypeVar("R")
TABLES: Mapping[str, type] = {
    "sites": Site, "parts": Part, "parties": Party, "places": Topic, "programmes": Topic, "sources": Source,
    "statements": Statement, "closures": Closure, "mentions": Mention,
}  # fmt: skip
JSON_COLUMNS = frozenset({"value", "qualifiers"})
COME_BY = " by "
ELSEWHERE = frozenset({"parts", "ended_by"})
"""Fields that are no column: parts are a table of their own, ends follow from the closures."""


def are_tables(folder: Path) -> bool:
    """Say whether a ``seeds/`` folder holds the registry as tables."""
    return (folder / "statements.parquet").exists()


def read_tables(folder: Path) -> Seeds:
    """Read a registry from its tables.

    Raises
    ------
    Fault
        If a table is missing, is not Parquet or lacks a column, or a cell is not what its column holds.
    """
    found: dict[str, list[Any]] = {name: _read(folder / f"{name}.parquet", kind) for name, kind in TABLES.items()}
    parts: dict[str, list[Part]] = {}
    for part in found["parts"]:
        parts.setdefault(part.id.split("/", 1)[0], []).append(part)
    sites = (_with_parts(site, parts.get(site.id)) for site in found["sites"])
    return Seeds(
        _by_id(sites), _by_id(found["parties"]), _by_id(found["places"]), _by_id(found["programmes"]),
        _by_id(found["sources"]), tuple(found["statements"]), tuple(found["closures"]), tuple(found["mentions"]),
    )  # fmt: skip


def write_tables(seeds: Seeds, folder: Path) -> None:
    """Write a registry as tables into a folder; what :func:`read_tables` reads is the same."""
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    own: dict[str, Iterable[Any]] = {
        "sites": seeds.sites.values(), "parts": [part for site in seeds.sites.values() for part in site.parts],
        "parties": seeds.parties.values(), "places": seeds.places.values(), "programmes": seeds.programmes.values(),
        "sources": seeds.sources.values(), "statements": seeds.statements, "closures": seeds.closures,
        "mentions": seeds.mentions,
    }  # fmt: skip
    for name, kind in TABLES.items():
        pq.write_table(_table(list(own[name]), kind), folder / f"{name}.parquet")


def _with_parts(site: Site, parts: list[Part] | None) -> Site:
    return Site(site.id, site.name, site.kind, site.aliases, site.title_holder, tuple(parts or ()), site.coverage)


def _by_id(records: Iterable[R]) -> dict[str, R]:
    return {str(record.id): record for record in records}  # type: ignore[attr-defined]  # every record but mentions has one


@lru_cache(maxsize=16)
def _columns(kind: type) -> dict[str, Any]:
    """Return the columns of a kind of record with their types, ``None`` taken out."""
    hints = get_type_hints(kind)
    return {one.name: _plain(hints[one.name]) for one in fields(kind) if one.name not in ELSEWHERE}


def _plain(hint: Any) -> Any:
    if isinstance(hint, UnionType):
        return next(one for one in get_args(hint) if one is not type(None))
    return hint


def _table(records: list[Any], kind: type) -> pa.Table:
    import pyarrow as pa

    columns = {}
    for name, hint in _columns(kind).items():
        cells = [_cell(name, getattr(record, name)) for record in records]
        columns[name] = pa.array(cells, pa.bool_() if hint is bool else pa.string())
    return pa.table(columns)


def _cell(name: str, value: Any) -> Any:
    if name in JSON_COLUMNS or isinstance(value, tuple):
        return None if value is None else json.dumps(value, ensure_ascii=False, default=str)
    return _date_text(value) if isinstance(value, When) else value


def _date_text(when: When) -> str:
    """Return a date as given, with the day it had come by where that is earlier than its end."""
    return when.text if when.last == When.parse(when.text).last else f"{when.text}{COME_BY}{when.last}"


def _date(cell: str) -> When:
    text, _, day = cell.partition(COME_BY)
    return When.parse(text).come_by(When.parse(day).last) if day else When.parse(text)


def _read(path: Path, kind: type[R]) -> list[R]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    where, names = f"seeds/{path.name}", _columns(kind)  # type: ignore[arg-type]  # a class can be hashed
    try:
        table = pq.read_table(path, read_dictionary=[name for name, hint in names.items() if hint is not bool])
    except (OSError, pa.ArrowException) as error:
        raise Fault(where, f"cannot be read as Parquet ({error})", "write it with the columns of the project") from None
    missing = [name for name in names if name not in table.column_names]
    if missing:
        raise Fault(where, f"lacks the column {', '.join(missing)}", f"columns are {', '.join(names)}")
    try:
        columns = {name: _cells(name, hint, table.column(name)) for name, hint in names.items()}
    except (ValueError, TypeError, pa.ArrowException) as error:
        raise Fault(where, f"holds a cell that is not of its column: {error}", "see georisk.tables") from None
    nothing = [None] * table.num_rows
    with uncollected():
        return [kind(*row) for row in zip(*(columns.get(one.name, nothing) for one in fields(kind)), strict=True)]  # type: ignore[arg-type]  # a dataclass


def _cells(name: str, hint: Any, column: pa.ChunkedArray) -> list[Any]:
    """Return a column as the fields hold it; equal texts are read once and are one object."""
    if hint is bool:
        return list(column.to_pylist())
    decode, blank = _decoder(name, hint)
    found: list[Any] = []
    for chunk in column.chunks:
        texts = chunk.dictionary.to_pylist()
        told = [*(texts if decode is None else map(decode, texts)), blank]
        found += map(told.__getitem__, chunk.indices.fill_null(len(told) - 1).to_pylist())
    return found


def _decoder(name: str, hint: Any) -> tuple[Callable[[str], Any] | None, Any]:
    """Return what makes a cell of its text, ``None`` if the text is the cell, and what an empty cell is."""
    if name in JSON_COLUMNS:
        return json.loads, {} if name == "qualifiers" else None
    if get_args(hint):
        return lambda text: tuple(json.loads(text)), ()
    return (_date if hint is When else None), None

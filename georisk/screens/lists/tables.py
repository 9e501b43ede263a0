"""Lists published as CSV or JSON: each layout is told by its heads."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from georisk.errors import UsageError
from georisk.screens.lists.entries import Entry, day_of

Row = Mapping[str, str]
CSL_LISTS = {"EL": "bis-entity", "MEU": "bis-meu", "SDN": "ofac-sdn"}
"""Which lists are taken from the Consolidated Screening List, by the abbreviation in its column ``source``."""

_SDN_COLUMNS = 12
_NULL = "-0-"

READ = (
    "OFAC SDN.CSV or SDN.XML, Consolidated Screening List CSV or JSON, EU full list CSV or XML, UK Sanctions List CSV, "
    "OFSI list CSV, or a simple CSV with a column name (and --list)"
)
"""What files are read, in words."""


def read_json_list(text: str, path: Path) -> dict[str, list[Entry]]:
    """Return the entries of the Consolidated Screening List as JSON.

    Raises
    ------
    UsageError
        If it is not that.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not valid JSON: {error}; read are {READ}") from None
    results = content.get("results") if isinstance(content, dict) else content
    if not isinstance(results, list):
        raise UsageError(f"{path} has no list of results; read are {READ}")
    return _screening_list([{key: _joined(value) for key, value in one.items()} for one in results if _is(one)])


def _is(one: Any) -> bool:
    return isinstance(one, dict)


def _joined(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def read_table(text: str, path: Path, key: str | None) -> dict[str, list[Entry]]:
    """Return the entries of a CSV file, its layout told by its heads.

    Raises
    ------
    UsageError
        If its layout is of no list, or it is a simple table and nobody said of which list.
    """
    try:
        lines = list(_lines(text))
    except csv.Error as error:
        raise UsageError(f"{path} is not valid CSV: {error}; read are {READ}") from None
    for start in (0, 1):
        heads = {head.strip() for head in lines[start]} if len(lines) > start else set()
        for marks, read in _LAYOUTS:
            if marks <= heads:
                return read(_rows(lines[start:]))
    if lines and len(lines[0]) == _SDN_COLUMNS and lines[0][0].strip().isdigit():
        return {"ofac-sdn": [_sdn(line) for line in lines if len(line) == _SDN_COLUMNS]}
    if lines and "name" in {head.strip() for head in lines[0]}:
        if key is None:
            raise UsageError(f"{path}: a simple CSV does not say which list it is; add --list KEY")
        for number, line in enumerate(lines, start=1):
            if len(line) != len(lines[0]):
                raise UsageError(f"{path} line {number} has {len(line)} cells, the head {len(lines[0])}; quote commas")
        return {key: list(_simple(_rows(lines), path))}
    raise UsageError(f"{path}: its columns are of no list known here; read are {READ}")


def _lines(text: str) -> Iterator[list[str]]:
    first = text[:4096]
    mark = ";" if first.count(";") > first.count(",") else ","
    return (line for line in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if any(line))


def _rows(lines: list[list[str]]) -> list[Row]:
    heads = [head.strip() for head in lines[0]]
    return [dict(zip(heads, (cell.strip() for cell in line), strict=False)) for line in lines[1:]]


def _sdn(line: list[str]) -> Entry:
    number, name, _, program = (cell.strip() for cell in line[:4])
    aliases = re.findall(r"[afn]\.?k\.?a\.? '([^']+)'", line[11])
    return Entry(number, tuple(dict.fromkeys([name, *aliases])), "" if program == _NULL else program)


def _screening_list(rows: list[Row]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for row in rows:
        abbreviation = re.search(r"\((\w+)\)", row.get("source", ""))
        key = CSL_LISTS.get(abbreviation.group(1)) if abbreviation else None
        if key is not None and row.get("name"):
            program = row.get("programs") or row.get("federal_register_notice") or ""
            number = row.get("entity_number") or row.get("_id") or row.get("id") or row["name"]
            names = _names(row["name"], row.get("alt_names", ""))
            days = day_of(row.get("start_date")), day_of(row.get("end_date"))
            found.setdefault(key, []).append(Entry(number, names, program, *days))
    return found


def _grouped(
    rows: list[Row], number: str, name: Callable[[Row], str], program: str, listed: tuple[str, ...]
) -> list[Entry]:
    """Return entries from a table with one row a name."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.get(number) and name(row):
            groups.setdefault(row[number], []).append(row)
    return [
        Entry(
            key,
            tuple(dict.fromkeys(map(name, mine))),
            mine[0].get(program, ""),
            next((day for row in mine for head in listed if (day := day_of(row.get(head)))), None),
        )
        for key, mine in groups.items()
    ]


def _european(rows: list[Row]) -> dict[str, list[Entry]]:
    name = lambda row: row.get("NameAlias_WholeName", "")  # noqa: E731
    listed = ("Entity_DesignationDate", "Entity_Regulation_PublicationDate")
    return {"eu-consolidated": _grouped(rows, "Entity_LogicalId", name, "Entity_Regulation_Programme", listed)}


def _british(number: str, program: str, listed: tuple[str, ...]) -> Callable[[list[Row]], dict[str, list[Entry]]]:
    def name(row: Row) -> str:
        parts = [row.get(f"Name {place}", "") or row.get(f"name{place}", "") for place in (1, 2, 3, 4, 5, 6)]
        return " ".join(part for part in parts if part)

    return lambda rows: {"uk-sanctions": _grouped(rows, number, name, program, listed)}


def _simple(rows: list[Row], path: Path) -> Iterator[Entry]:
    for line, row in enumerate(rows, start=2):
        if not row.get("name"):
            continue
        days = []
        for head in ("listed_on", "removed_on"):
            days.append(day_of(row.get(head)))
            if row.get(head) and days[-1] is None:
                raise UsageError(f"{path} line {line}: {head} is {row[head]!r}; write YYYY-MM-DD")
        names = _names(row["name"], row.get("aliases", ""))
        yield Entry(row.get("id") or row["name"], names, row.get("program", ""), days[0], days[1])


_LAYOUTS: tuple[tuple[set[str], Callable[[list[Row]], dict[str, list[Entry]]]], ...] = (
    ({"source", "name", "alt_names"}, _screening_list),
    ({"Entity_LogicalId", "NameAlias_WholeName"}, _european),
    ({"Name 6", "Unique ID"}, _british("Unique ID", "Regime Name", ("Date Designated", "Date designated"))),
    ({"Name 6", "Group ID"}, _british("Group ID", "Regime", ("UK Sanctions List Date Designated", "Listed On"))),
)


def _names(name: str, aliases: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in (name, *aliases.split(";")) if one.strip()))

"""Country series and dated country lists from ``data/reference``: looked up by place and date.

Each series is a CSV beside a TOML of the same name that says publisher, edition, publication date and licence.
Rows have ids (``ref:wgi/COD/2023/rl``), so that a score can cite them like statements.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from georisk.dates import When
from georisk.errors import Fault, FaultGroup
from georisk.files import read_csv, read_toml
from georisk.vocabulary import Vocabulary, read_vocabulary

if TYPE_CHECKING:
    import pandas as pd


VALUE_COLUMNS = ("place", "year", "series", "value")
LIST_COLUMNS = ("place", "list", "valid_from", "valid_until", "grade")

_Stamp = tuple[tuple[int, int], ...]


def _dated(text: str) -> str:
    When.parse(text)
    return text


class Edition(BaseModel):
    """What is bundled: publisher, edition and the terms it comes under."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    publisher: str
    edition: str
    published: Annotated[str, AfterValidator(_dated)]
    retrieved: Annotated[str, AfterValidator(_dated)]
    url: str
    licence: str
    attribution: str
    reached_via: str
    unit: str
    direction: str
    note: str = ""


@dataclass(frozen=True, eq=False)
class Series:
    """A table of country values or of list entries, and its edition."""

    key: str
    edition: Edition
    table: pd.DataFrame

    def is_early(self, known_by: date) -> bool:
        """Say whether the edition came out after ``known_by``: it is used all the same, and marked."""
        return When.parse(self.edition.published).first > known_by


def read_series(folder: Path, key: str) -> Series:
    """Read ``folder/<key>.csv`` and ``folder/<key>.toml``; unchanged files are read once.

    Raises
    ------
    FaultGroup
        With everything :func:`series_faults` finds.
    """
    return _series(folder, key, _stamp(folder, key))


@lru_cache(maxsize=32)
def _series(folder: Path, key: str, stamp: _Stamp) -> Series:
    import pandas as pd

    faults = series_faults(folder, key)
    if faults:
        raise FaultGroup(f"{len(faults)} faults in data/reference/{key}", faults)
    edition = Edition.model_validate(read_toml(folder / f"{key}.toml", f"{key}.toml"))
    blanks = {"stderr": [""], "value": [""], "low": [""], "high": [""]}
    table = pd.read_csv(folder / f"{key}.csv", encoding="utf-8", keep_default_na=False, na_values=blanks)
    return Series(key, edition, table)


def series_faults(folder: Path, key: str) -> list[Fault]:
    """Return what is wrong in a series: its edition, an unknown place, a bad year, number or date, a row twice."""
    return list(_faults(folder, key, _stamp(folder, key)))


def _stamp(folder: Path, key: str) -> _Stamp:
    """Return when the files of a series, and the country codes it may use, were last written, and their sizes."""
    files = (folder / f"{key}.csv", folder / f"{key}.toml", folder.parent / "vocabulary" / "countries.csv")
    found = [file.stat() for file in files if file.exists()]
    return tuple((one.st_mtime_ns, one.st_size) for one in found)


@lru_cache(maxsize=64)
def _faults(folder: Path, key: str, stamp: _Stamp) -> tuple[Fault, ...]:
    return tuple(_series_faults(folder, key))


def _series_faults(folder: Path, key: str) -> list[Fault]:
    where, faults = f"data/reference/{key}", []
    try:
        Edition.model_validate(read_toml(folder / f"{key}.toml", f"{where}.toml"))
    except Fault as fault:
        faults.append(fault)
    except ValidationError as error:
        for one in error.errors():
            faults.append(Fault(f"{where}.toml", f"{one['loc'][0]}: {one['msg']}", "see the other editions"))
    try:
        rows = read_csv(folder / f"{key}.csv", f"{where}.csv", ("place",))
        columns = LIST_COLUMNS if rows and "list" in rows[0] else VALUE_COLUMNS
        missing = [name for name in columns if rows and name not in rows[0]]
        if missing:
            text = f"lacks the column {', '.join(missing)}"
            return [*faults, Fault(f"{where}.csv", text, f"columns are {', '.join(columns)}")]
        return faults + _row_faults(rows, f"{where}.csv", read_vocabulary(folder.parent / "vocabulary", "countries"))
    except Fault as fault:
        return [*faults, fault]


def _row_faults(rows: list[dict[str, str]], where: str, countries: Vocabulary) -> list[Fault]:
    faults, seen = [], set()
    for number, row in enumerate(rows, start=2):
        spot = f"{where} line {number}"
        if row["place"] not in countries:
            faults.append(Fault(spot, f"place {row['place']!r} is not known", countries.allowed()))
        for name, cell in row.items():
            found = _cell_fault(name, cell)
            if found:
                faults.append(Fault(spot, f"{name} {cell!r}", found))
        key = tuple(row[column] for column in ("place", "year", "series", "list", "valid_from") if column in row)
        if key in seen:
            faults.append(Fault(spot, f"row {', '.join(key)} stands twice", "each row stands once"))
        seen.add(key)
    return faults


def _cell_fault(name: str, cell: str) -> str:
    """Return what may stand in a cell, or nothing if it is fine."""
    if name == "year" and not (cell.isascii() and cell.isdigit() and len(cell) == 4):
        return "a year"
    if name in ("value", "stderr", "low", "high") and cell:
        try:
            return "" if math.isfinite(float(cell)) else "a number"
        except ValueError:
            return "a number"
    if name == "valid_from" or (name == "valid_until" and cell):
        try:
            When.parse(cell)
        except ValueError as error:
            return str(error)
    return "A, B, C or D" if name == "grade" and cell not in ("A", "B", "C", "D") else ""


def latest_years(series: Series, members: Iterable[str], as_of: date) -> pd.DataFrame:
    """Return the rows of the latest year not after ``as_of`` for each place; callers share the table.

    Before the first year of a place its earliest one is used. Columns: place, year, series, value, stderr
    where the series has it, and ``row`` (the row's id).
    """
    return _latest_years(series, tuple(members), as_of.year)


@lru_cache(maxsize=256)
def _latest_years(series: Series, members: tuple[str, ...], year: int) -> pd.DataFrame:
    table = series.table[series.table["series"].isin(members)]
    past = table[table["year"] <= year]
    years = past.groupby("place")["year"].max()
    years = years.combine_first(table.groupby("place")["year"].min()).rename("used").reset_index()
    chosen = table.merge(years, on="place")
    chosen = chosen[chosen["year"] == chosen["used"]].drop(columns="used")
    rows = [f"ref:{series.key}/{r.place}/{r.year}/{r.series}" for r in chosen.itertuples()]
    return chosen.assign(row=rows)


@lru_cache(maxsize=64)
def years_before(series: Series, as_of: date, count: int) -> pd.DataFrame:
    """Return the rows of the last ``count`` years the series covers, not after ``as_of``."""
    covered = sorted(year for year in series.table["year"].unique() if year <= as_of.year)[-count:]
    chosen = series.table[series.table["year"].isin(covered or sorted(series.table["year"].unique())[:count])]
    rows = [f"ref:{series.key}/{r.place}/{r.year}/{r.series}" for r in chosen.itertuples()]
    return chosen.assign(row=rows)


@lru_cache(maxsize=64)
def listed_on(series: Series, as_of: date, *, weak: bool) -> pd.DataFrame:
    """Return the list entries in force on a day: place, list, valid_from, row.

    Entries known only from memory are left out unless ``weak``. Before the first edition of a list its
    earliest one is used.
    """
    table = series.table if weak else series.table[series.table["grade"].isin(["A", "B"])]
    first = table.groupby("list")["valid_from"].transform("min").map(lambda text: When.parse(text).last)
    starts = table["valid_from"].map(lambda text: When.parse(text).last)
    ends = table["valid_until"].map(lambda text: When.parse(text).last if text else date.max)
    edition_only = (table["valid_until"] == "") & (starts == first) & (first > as_of)
    chosen = table[((starts <= as_of) | edition_only) & (ends > as_of)]
    rows = [f"ref:{series.key}/{r.place}/{r.valid_from}/{r.list}" for r in chosen.itertuples()]
    return chosen.assign(row=rows)

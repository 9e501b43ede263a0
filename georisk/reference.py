"""Country series and dated country lists from ``data/reference``: looked up by place and date.

Each series is a CSV beside a TOML of the same name that says publisher, edition, publication date and licence.
Rows have ids (``ref:wgi/COD/2023/rl``), so that a score can cite them like statements.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from georisk.dates import When
from georisk.errors import Fault
from georisk.files import read_toml

if TYPE_CHECKING:
    import pandas as pd


class Edition(BaseModel):
    """What is bundled: publisher, edition and the terms it comes under."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    publisher: str
    edition: str
    published: str
    retrieved: str
    url: str
    licence: str
    attribution: str
    reached_via: str
    unit: str
    direction: str
    note: str = ""


@dataclass(frozen=True)
class Series:
    """A table of country values or of list entries, and its edition."""

    key: str
    edition: Edition
    table: pd.DataFrame

    def is_early(self, known_by: date) -> bool:
        """Say whether the edition came out after ``known_by``: it is used all the same, and marked."""
        return When.parse(self.edition.published).first > known_by


@lru_cache(maxsize=32)
def read_series(folder: Path, key: str) -> Series:
    """Read ``folder/<key>.csv`` and ``folder/<key>.toml``.

    Raises
    ------
    Fault
        If either is missing or the edition lacks a key.
    """
    import pandas as pd

    where = f"data/reference/{key}"
    try:
        edition = Edition.model_validate(read_toml(folder / f"{key}.toml", f"{where}.toml"))
        table = pd.read_csv(folder / f"{key}.csv", keep_default_na=False, na_values={"stderr": [""], "value": [""]})
    except (OSError, ValueError) as error:
        raise Fault(where, f"cannot be read: {error}", "restore it from the starter registry") from None
    return Series(key, edition, table)


def latest_years(series: Series, members: list[str], as_of: date) -> pd.DataFrame:
    """Return the rows of the latest year not after ``as_of`` for each place.

    Before the first year of a place its earliest one is used. Columns: place, year, series, value, stderr
    where the series has it, and ``row`` (the row's id).
    """
    table = series.table[series.table["series"].isin(members)]
    past = table[table["year"] <= as_of.year]
    years = past.groupby("place")["year"].max()
    years = years.combine_first(table.groupby("place")["year"].min()).rename("used").reset_index()
    chosen = table.merge(years, on="place")
    chosen = chosen[chosen["year"] == chosen["used"]].drop(columns="used")
    rows = [f"ref:{series.key}/{r.place}/{r.year}/{r.series}" for r in chosen.itertuples()]
    return chosen.assign(row=rows)


def years_before(series: Series, as_of: date, count: int) -> pd.DataFrame:
    """Return the rows of the last ``count`` years the series covers, not after ``as_of``."""
    covered = sorted(year for year in series.table["year"].unique() if year <= as_of.year)[-count:]
    chosen = series.table[series.table["year"].isin(covered or sorted(series.table["year"].unique())[:count])]
    rows = [f"ref:{series.key}/{r.place}/{r.year}/{r.series}" for r in chosen.itertuples()]
    return chosen.assign(row=rows)


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

"""The bundled gazetteer: mines and deposits, towns, regions and names of countries, read when first asked for.

Positions are WGS 84, longitude first. ``data/gazetteer/README.md`` tells where the entries come from and how large
their radius is.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from georisk.errors import UsageError
from georisk.files import read_csv
from georisk.places.names import Word, fold, read_words

__all__ = ["Entry", "Gazetteer", "Keys", "Region", "load_gazetteer"]


LARGER_TOWN = 50_000  # people


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer; the true place lies within ``precision_km``. ``country`` is ISO 3166-1 alpha-3."""

    name: str
    lon: float
    lat: float
    precision_km: float
    country: str
    kind: str
    commodities: tuple[str, ...]
    source: str
    record: str
    population: int = 0


@dataclass(frozen=True, slots=True)
class Region:
    """A first-level unit as a circle that holds it, with its country."""

    country: str
    lon: float
    lat: float
    radius_km: float


@dataclass(frozen=True)
class Keys:
    """Compact names in alphabetical order, the row each leads to, whether it is another name of that row."""

    keys: Sequence[str]
    rows: Sequence[int]
    alias: Sequence[bool]

    @cached_property
    def _by_end(self) -> dict[tuple[int, str], list[str]]:
        """Names by length and first letter, and by length and last letter (marked by a dash)."""
        found: dict[tuple[int, str], list[str]] = {}
        for key in dict.fromkeys(self.keys):
            found.setdefault((len(key), key[0]), []).append(key)
            found.setdefault((len(key), "-" + key[-1]), []).append(key)
        return found

    def resembling(self, key: str, share: float) -> list[str]:
        """Names that may share that part of their letters with a name: of like length, of one beginning or end."""
        lengths = range(math.ceil(len(key) * share / (2 - share)), math.floor(len(key) * (2 - share) / share) + 1)
        found: list[str] = []
        for length in lengths:
            found += self._by_end.get((length, key[0]), [])
            found += [one for one in self._by_end.get((length, "-" + key[-1]), []) if one[0] != key[0]]
        return found

    def exact(self, key: str) -> Iterator[tuple[int, bool]]:
        """Rows that bear a name, and whether as another name."""
        place = bisect_left(self.keys, key)
        while place < len(self.keys) and self.keys[place] == key:
            yield self.rows[place], self.alias[place]
            place += 1

    def beginning(self, start: str, most: int) -> Iterator[tuple[str, int, bool]]:
        """At most ``most`` names that begin with a text and go on."""
        place = bisect_left(self.keys, start)
        for _ in range(most):
            if place >= len(self.keys) or not self.keys[place].startswith(start):
                return
            yield self.keys[place], self.rows[place], self.alias[place]
            place += 1


class Gazetteer:
    """The tables of one folder such as ``data/gazetteer``; each is read when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def words(self) -> dict[str, Word]:
        """What common words of names mean."""
        return read_words(self.folder)

    @cached_property
    def countries(self) -> dict[str, frozenset[str]]:
        """ISO 3166-1 alpha-3 codes by folded name of a country, in many languages."""
        rows = self._csv("country-names.csv", ("name", "codes"))
        return {row["name"]: frozenset(row["codes"].split(";")) for row in rows}

    @cached_property
    def regions(self) -> dict[str, list[Region]]:
        """First-level units by folded name."""
        found: dict[str, list[Region]] = {}
        for row in self._csv("regions.csv", ("name", "country", "lon", "lat", "radius_km")):
            circle = Region(row["country"], float(row["lon"]), float(row["lat"]), float(row["radius_km"]))
            found.setdefault(row["name"], []).append(circle)
        return found

    @cached_property
    def radii(self) -> dict[str, float]:
        """Radius in km of the classes of towns."""
        rows = self._csv("precision.csv", ("source", "class", "precision_km", "kind", "reason"))
        return {row["class"]: float(row["precision_km"]) for row in rows if row["source"] == "geonames"}

    @cached_property
    def site_keys(self) -> Keys:
        """Names of mines and deposits."""
        return self._keys("site-keys.parquet")

    @cached_property
    def town_keys(self) -> Keys:
        """Names of towns."""
        return self._keys("town-keys.parquet")

    def site(self, row: int) -> Entry:
        """Return a mine or deposit."""
        cells = {name: column[row] for name, column in self._sites.items()}
        cells["commodities"] = tuple(filter(None, cells["commodities"].split(";")))
        return Entry(**cells)

    def town(self, row: int) -> Entry:
        """Return a town; its radius goes by its population."""
        one = {name: column[row] for name, column in self._towns.items()}
        size = "town" if one["population"] < 50_000 else "city" if one["population"] < 1_000_000 else "metropolis"
        return Entry(
            one["name"], one["lon"], one["lat"], self.radii[size], one["country"], "town", (), "geonames", "",
            one["population"],
        )  # fmt: skip

    def town_keys_of(self, countries: frozenset[str] | None) -> Keys:
        """Names of the towns of some countries, or of the larger towns of all."""
        if countries not in self._by_country:
            country, people, keys = self._towns["country"], self._towns["population"], self.town_keys
            kept = [
                place
                for place, row in enumerate(keys.rows)
                if (country[row] in countries if countries is not None else people[row] >= LARGER_TOWN)
            ]
            self._by_country[countries] = Keys(
                [keys.keys[place] for place in kept],
                [keys.rows[place] for place in kept],
                [keys.alias[place] for place in kept],
            )
        return self._by_country[countries]

    @cached_property
    def _by_country(self) -> dict[frozenset[str] | None, Keys]:
        return {}

    def codes_of(self, text: str) -> frozenset[str]:
        """ISO codes a country's name or code may mean; none if it names no country."""
        name = fold(text)
        if len(text) == 3 and text.isupper() and frozenset({text}) in self._single:
            return frozenset({text})
        return self.countries.get(name, frozenset())

    @cached_property
    def _single(self) -> frozenset[frozenset[str]]:
        return frozenset(codes for codes in self.countries.values() if len(codes) == 1)

    @cached_property
    def _sites(self) -> dict[str, list[Any]]:
        return self._columns("sites.parquet")

    @cached_property
    def _towns(self) -> dict[str, list[Any]]:
        return self._columns("towns.parquet")

    def _keys(self, name: str) -> Keys:
        columns = self._columns(name)
        return Keys(columns["key"], columns["row"], columns["alias"])

    def _columns(self, name: str) -> dict[str, list[Any]]:
        import pyarrow.parquet as pq

        path = self.folder / name
        if not path.is_file():
            raise UsageError(f"{path}: no such file; data/gazetteer/README.md tells how it is made")
        table = pq.read_table(path)
        return {column: table.column(column).to_pylist() for column in table.column_names}

    def _csv(self, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
        path = self.folder / name
        if not path.is_file():
            raise UsageError(f"{path}: no such file; data/gazetteer/README.md tells how it is made")
        return read_csv(path, name, columns)


@lru_cache(maxsize=4)
def load_gazetteer(folder: Path) -> Gazetteer:
    """Return the gazetteer of a folder, once a process; its tables load when they are used."""
    return Gazetteer(folder)

"""A table of sites read by a mapping into seeds: one folder a site; cells that are not understood are reported."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from georisk.dates import When
from georisk.files import read_csv
from georisk.gate.seedfile import SeedText
from georisk.interchange.arrivals import Outcome, Trouble
from georisk.interchange.mapping import Mapping
from georisk.matching.folding import fold
from georisk.places.geojson import ShapeError, from_geojson
from georisk.seeds import Seeds
from georisk.vocabulary import read_vocabulary

CODED = {"kind": "site-kinds", "country": "countries", "geometry_basis": "geometry-bases", "stage": "stages"}
"""Fields that hold a code, and the list it is of."""
_ZONED = re.compile(r"([A-Z]{3}) \([^()]*\)")
"""A jurisdiction as the registry writes it at sea: "JPN (EEZ)"."""
_GUARDED = re.compile(r"^'(?=[=+\-@|%])")


@dataclass
class TableOfSites:
    """A table on its way into seeds: texts by path, what was done, what was not understood."""

    mapping: Mapping
    seeds: Seeds
    data: Path
    compiled: date
    texts: dict[str, str] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def cell(self, row: Table[str, str], name: str) -> str:
        """Return the text of a field: its column's cell, else its constant; words are put into our codes."""
        column = self.mapping.columns.get(name)
        given = _clean(row.get(column, "")) if column is not None else ""
        given = given or str(self.mapping.constants.get(name, ""))
        return self.mapping.values.get(name, {}).get(given, given)

    def coded(self, spot: str, row: Table[str, str], name: str) -> str:
        """Return a field's code; one that its list does not know is reported and left out."""
        given = self.cell(row, name)
        zoned = _ZONED.fullmatch(given) if name == "country" else None
        given = zoned[1] if zoned is not None else given
        terms = read_vocabulary(self.data / "vocabulary", CODED[name])
        if given and given not in terms:
            self.troubles.append(Trouble(spot, name, f"{given[:60]!r} is not known; {terms.allowed()}"))
            return ""
        return given

    def number(self, spot: str, row: Table[str, str], name: str) -> float | None:
        """Return a field's number; one that is no finite number is reported."""
        given = self.cell(row, name)
        try:
            found = float(given) if given else None
        except ValueError:
            found = math.nan
        if found is not None and not math.isfinite(found):
            self.troubles.append(Trouble(spot, name, f"{given[:60]!r} is no number"))
            return None
        return found


def read_sites(path: Path, table: TableOfSites) -> None:
    """Read a CSV of sites into the texts of seeds files.

    Parameters
    ----------
    path
        The table, UTF-8, with a header.
    table
        How to read it; gathers what was found.

    Raises
    ------
    Fault
        If it is no CSV, not UTF-8, larger than 64 MiB, or lacks the column of the names.
    """
    columns = tuple(table.mapping.columns[name] for name in ("name",) if name in table.mapping.columns)
    key = _source_key(table.mapping)
    for number, row in enumerate(read_csv(path, path.name, columns), start=2):
        _take_row(table, f"line {number}", row, key)


def _take_row(table: TableOfSites, spot: str, row: Table[str, str], key: str) -> None:
    name = table.cell(row, "name")
    site = slug(table.cell(row, "id") or name)
    if not name or not site:
        table.troubles.append(Trouble(spot, "name", "a site needs a name; the row is left out"))
        return
    path = f"seeds/sites/{site}/site.toml"
    if site in table.seeds.sites or path in table.texts:
        table.outcomes.append(Outcome(spot, site, "known", "there is a site of this id; nothing is changed"))
        return
    kind = table.coded(spot, row, "kind")
    if not kind:
        table.outcomes.append(Outcome(spot, site, "left out", "its kind is not known"))
        table.troubles.append(Trouble(spot, "kind", "a site needs a kind; the row is left out"))
        return
    table.texts[path] = _site_text(table, spot, row, site, kind, key)
    shape = _shape(table, spot, row, key)
    if shape is not None:
        text = json.dumps(shape, ensure_ascii=False, indent=2) + "\n"
        table.texts[f"seeds/sites/{site}/shape.geojson"] = text
    table.outcomes.append(Outcome(spot, site, "written", "" if shape is not None else "without place"))


def _site_text(table: TableOfSites, spot: str, row: Table[str, str], site: str, kind: str, key: str) -> str:
    head: dict[str, Any] = {"id": site, "name": table.cell(row, "name")[:400], "kind": kind, "compiled": table.compiled}
    aliases = _several(table.cell(row, "aliases"))
    head |= {"aliases": aliases} if aliases else {}
    text = SeedText.of_head(head)
    if key not in table.seeds.sources and len(table.texts) == 0:
        source = table.mapping.source
        text = text.with_source(key, {name: getattr(source, name) for name in type(source).model_fields
                                      if name in source.model_fields_set})  # fmt: skip
    for record in _statements(table, spot, row, key):
        text = text.with_record("statement", record)
    return str(text)


def _statements(table: TableOfSites, spot: str, row: Table[str, str], key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    commodities = _several(table.cell(row, "commodity"))
    if commodities:
        found.append({"key": "commodity", "property": "commodity", "value": commodities, "sources": [key]})
    stage = table.coded(spot, row, "stage")
    if stage:
        record: dict[str, Any] = {"key": f"stage-{stage}", "property": "stage", "value": stage}
        since = _when(table, spot, table.cell(row, "stage_since"))
        found.append(record | ({"valid_from": since} if since is not None else {}) | {"sources": [key]})
    return found


def _when(table: TableOfSites, spot: str, given: str) -> When | None:
    try:
        return When.parse(given) if given else None
    except ValueError as error:
        table.troubles.append(Trouble(spot, "stage_since", str(error)))
        return None


def _shape(table: TableOfSites, spot: str, row: Table[str, str], key: str) -> dict[str, Any] | None:
    """Return the place as a feature collection; ``None`` where the row gives none that is understood."""
    geometry = _geometry(table, spot, row)
    if geometry is None:
        return None
    given = {name: table.coded(spot, row, name) for name in ("country", "geometry_basis")}
    precision = table.number(spot, row, "precision_km")
    lacking = [name for name, value in (*given.items(), ("precision_km", precision)) if value in ("", None)]
    if lacking:
        table.troubles.append(Trouble(spot, ", ".join(lacking), "a place needs it; the place is left out"))
        return None
    properties = {"key": "location", **given, "precision_km": precision, "sources": [key],
                  "stands_for": table.cell(row, "stands_for") or "the place the table gives"}  # fmt: skip
    return {"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": geometry, "properties": properties},
    ]}  # fmt: skip


def _geometry(table: TableOfSites, spot: str, row: Table[str, str]) -> dict[str, Any] | None:
    lon, lat = table.number(spot, row, "lon"), table.number(spot, row, "lat")
    if lon is not None and lat is not None:
        found: dict[str, Any] | None = {"type": "Point", "coordinates": [lon, lat]}
    else:
        found = _of_wkt(table, spot, table.cell(row, "geometry"))
    try:
        if found is not None:
            from_geojson(found)
    except ShapeError as error:
        table.troubles.append(Trouble(spot, "geometry", str(error)))
        return None
    return found


def _of_wkt(table: TableOfSites, spot: str, given: str) -> dict[str, Any] | None:
    from shapely import from_wkt
    from shapely.errors import ShapelyError
    from shapely.geometry import mapping

    if not given:
        return None
    try:
        return json.loads(json.dumps(mapping(from_wkt(given))))  # type: ignore[no-any-return]  # tuples become lists
    except ShapelyError:
        table.troubles.append(Trouble(spot, "geometry", f"{given[:60]!r} is no WKT"))
        return None


def slug(text: str) -> str:
    """Return a text as a site's id.

    >>> slug("Norra Kärr (project)")
    'norra-karr-project'
    """
    return fold(text).replace(" ", "-")[:60].strip("-")


def _several(text: str) -> list[str]:
    return [one.strip() for one in text.split(";") if one.strip()]


def _clean(text: str) -> str:
    """Return a cell without control characters, and without the apostrophe that guards a formula's start."""
    plain = "".join(sign for sign in text if ord(sign) >= 32).strip()
    return _GUARDED.sub("", plain)[:4000]


def _source_key(mapping: Mapping) -> str:
    content = repr([getattr(mapping.source, name) for name in type(mapping.source).model_fields])
    return f"table_{hashlib.sha256(content.encode()).hexdigest()[:10]}"

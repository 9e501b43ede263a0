"""Which column of a table is which field of a site, and what its words mean: a mapping file, checked."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError

from georisk.errors import Fault, FaultGroup
from georisk.files import read_toml
from georisk.records import Record, SourceRecord, faults_of

FIELDS = ("id", "name", "aliases", "kind", "country", "lon", "lat", "geometry", "precision_km", "geometry_basis",
          "stands_for", "commodity", "stage", "stage_since")  # fmt: skip
"""Fields of a site that a column may hold. aliases and commodity: texts parted by ``;``. lon, lat: degrees, WGS84.
geometry: WKT, longitude first. precision_km: kilometres within which the true place lies."""


class Mapping(Record):
    """A mapping file.

    ``columns``: field to column. ``constants``: field to a value for every row. ``values``: field to a table of
    words of the file and our codes. ``source``: what every statement cites.
    """

    columns: dict[str, str]
    constants: dict[str, str | float | int] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    source: SourceRecord


def read_mapping(path: Path, where: str) -> Mapping:
    """Read a mapping file.

    Raises
    ------
    FaultGroup
        With every fault: unknown keys and fields, a missing source.
    Fault
        If it cannot be read or is not TOML.
    """
    table = read_toml(path, where)
    try:
        found = Mapping.model_validate(table)
    except ValidationError as error:
        raise FaultGroup(f"{where} is no mapping", faults_of(error, where, table)) from None
    named = {*found.columns, *found.constants, *found.values} - set(FIELDS)
    if named:
        allowed = f"fields are {', '.join(FIELDS)}"
        raise FaultGroup(f"{where} is no mapping", [Fault(where, f"names {one!r}", allowed) for one in sorted(named)])
    return found

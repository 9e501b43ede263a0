"""Entries of several tables about one place made into one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from georisk.places.geometry import distance_km
from georisk.places.names import Word, read_name

SAME_KM = 30.0  # entries of one name in one country this close are one place
AGREE_KM = 5.0  # two independent tables this close bear each other out
ORDER = {"additions": 0, "icmm": 1}
Entry = dict[str, Any]


def merged(rows: pd.DataFrame, words: dict[str, Word]) -> pd.DataFrame:
    """One row a place: the position with the smallest radius, all names and commodities together."""
    entries = sorted(
        rows.to_dict("records"),
        key=lambda one: (ORDER.get(one["source"], 2), one["precision_km"], one["source"], one["record"]),
    )
    groups: dict[tuple[str, str], list[Entry]] = {}
    for one in entries:
        groups.setdefault((one["country"], read_name(one["name"], words).core or one["name"]), []).append(one)
    found = [place for group in groups.values() for place in _places(group)]
    return pd.DataFrame(found).sort_values(["country", "name", "record"]).reset_index(drop=True)


def _places(left: list[Entry]) -> list[Entry]:
    found = []
    while left:
        first = left[0]
        lon, lat = (np.array([one[axis] for one in left]) for axis in ("lon", "lat"))
        km = distance_km(first["lon"], first["lat"], lon, lat) if len(left) > 1 else np.zeros(1)
        near = km <= max(SAME_KM, first["precision_km"])
        found.append(_one(first, [(one, away) for one, away, is_near in zip(left, km, near, strict=True) if is_near]))
        left = [one for one, is_near in zip(left, near, strict=True) if not is_near]
    return found


def _one(first: Entry, same: list[tuple[Entry, float]]) -> Entry:
    borne_out = any(_table(one) != _table(first) and away <= AGREE_KM for one, away in same)
    radius = first["precision_km"]
    if borne_out and first["source"] != "additions":
        radius = min(radius, AGREE_KM)
    names = [n.strip() for one, _ in same for n in [one["name"], *one["aliases"].replace("|", ";").split(";")]]
    kinds = [one["kind"] for one, _ in same if one["kind"] != "deposit"]
    return {
        "name": first["name"], "aliases": [n for n in dict.fromkeys(names) if n and n != first["name"]],
        "lon": first["lon"], "lat": first["lat"], "precision_km": radius, "country": first["country"],
        "kind": first["kind"] if first["source"] == "additions" else (kinds[0] if kinds else "deposit"),
        "commodities": ";".join(dict.fromkeys(c for one, _ in same for c in one["commodities"].split(";") if c)),
        "source": first["source"], "record": first["record"],
    }  # fmt: skip


def _table(entry: Entry) -> str:
    """The USGS tables draw on each other and count as one."""
    return entry["source"] if entry["source"] in ORDER else "usgs"

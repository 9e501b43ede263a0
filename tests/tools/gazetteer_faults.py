"""Entries of the gazetteer that lie outside the country they state, and what would explain it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from georisk.places.borders import country_distance_km
from georisk.places.jurisdiction import locate
from georisk.places.names import fold

NEAR_KM = 25.0  # closer than this to the stated country the layer or the rounding may err
TURNS = {
    "the latitude lacks its minus sign or has one too many": lambda lat, lon: (-lat, lon),
    "the longitude lacks its minus sign or has one too many": lambda lat, lon: (lat, -lon),
    "both signs are wrong": lambda lat, lon: (-lat, -lon),
    "latitude and longitude are swapped": lambda lat, lon: (lon, lat),
    "latitude and longitude are swapped and the longitude lacks its sign": lambda lat, lon: (lon, -lat),
    "latitude and longitude are swapped and the latitude lacks its sign": lambda lat, lon: (-lon, lat),
    "the longitude lost its first digit (1)": lambda lat, lon: (lat, lon + np.copysign(100.0, lon)),
}


def stated(rows: pd.DataFrame, names: pd.DataFrame) -> list[list[str]]:
    """ISO codes each entry's country text may stand for; none where it states no country."""
    codes = dict(zip(names.name, names.codes, strict=True))
    known = set(";".join(names.codes).split(";"))
    texts = {t: _codes(t, codes, known) for t in set(rows.country_text)}
    return [[c] if c else texts[t] for c, t in zip(rows.country, rows.country_text, strict=True)]


def _codes(text: str, codes: dict[str, str], known: set[str]) -> list[str]:
    if text in known:
        return [text]
    folded = fold(text)
    if not folded:
        return []
    if folded not in codes:
        raise SystemExit(f"country-words.csv: {text!r} stands in a source and names no country here")
    return codes[folded].split(";")


def examined(rows: pd.DataFrame, names: pd.DataFrame, places: Path) -> pd.DataFrame:
    """Entries with the codes they state, where they lie, and whether that agrees."""
    found = locate(places, rows.lon.to_numpy(), rows.lat.to_numpy())
    given = stated(rows, names)
    parties = [{a, *b.split(";")} for a, b in zip(found.jurisdiction, found.claimants, strict=True)]
    at_sea = found.zone.isin(["EEZ", "high seas"]).to_numpy() & (rows.source != "additions").to_numpy()
    agrees = [not g or bool(p & set(g)) for p, g in zip(parties, given, strict=True)]
    return rows.assign(codes=given, lies=found.jurisdiction.to_numpy(), zone=found.zone.to_numpy(),
                       agrees=np.array(agrees) & ~at_sea)  # fmt: skip


def settle_countries(rows: pd.DataFrame, names: pd.DataFrame, places: Path) -> pd.DataFrame:
    """Entries with one country: where they lie if that is what they state or they state none, else what they state."""
    seen = examined(rows, names, places)
    inside = [
        lies if not codes or lies in codes else codes[0] for lies, codes in zip(seen.lies, seen.codes, strict=True)
    ]
    return rows.assign(country=inside)


def fault_rows(rows: pd.DataFrame, names: pd.DataFrame, places: Path) -> pd.DataFrame:
    """Proposals for corrections.csv: move where one turn of the numbers explains it, else drop."""
    seen = examined(rows, names, places)
    wrong = seen[~seen.agrees & (seen.precision_km.notna())]
    proposals = [row for entry in wrong.itertuples() if (row := _proposal(entry, places)) is not None]
    return pd.DataFrame(proposals, columns=["source", "record", "action", "lat", "lon", "country", "reason"])


def _proposal(entry: object, places: Path) -> tuple[object, ...] | None:
    from shapely.geometry import Point

    point = Point(entry.lon, entry.lat)
    away = min((country_distance_km(places, point, code) for code in entry.codes), default=np.inf)
    on_land = entry.zone not in ("EEZ", "high seas")
    if away <= NEAR_KM and on_land:
        return None
    where = entry.lies if on_land else f"the sea ({entry.lies})"
    text = f"{entry.name}: stated {'/'.join(entry.codes) or 'no country'}, lies in {where}"
    fits = []
    for why, turn in TURNS.items():
        lat, lon = turn(entry.lat, entry.lon)
        if abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (entry.lat, entry.lon):
            there = locate(places, [lon], [lat]).iloc[0]
            if there.jurisdiction in entry.codes and there.zone == "land":
                fits.append((why, lat, lon))
    if len(fits) == 1:
        why, lat, lon = fits[0]
        return entry.source, entry.record, "move", lat, lon, "", f"{text}: {why}"
    if not on_land and away <= NEAR_KM and "EEZ" in entry.zone:
        coast = "more than 12 nautical miles out at sea"
        return entry.source, entry.record, "drop", "", "", "", f"{text}: {coast}"
    return entry.source, entry.record, "drop", "", "", "", f"{text}, {away:.0f} km off, and no sign or swap explains it"

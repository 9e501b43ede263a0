"""``geocode`` on well-known sites whose positions come from elsewhere: coverage, error, radius, speed."""

from __future__ import annotations

import csv
import statistics
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITES = ROOT / "tests" / "places" / "known-sites.csv"


def run() -> dict[str, object]:
    """Return figures over the list, with the registry and with the gazetteer alone."""
    from georisk.places.gazetteer import load_gazetteer
    from georisk.places.geocoding import Geocoder
    from georisk.places.known import known_places
    from georisk.workspace import open_workspace

    found = open_workspace(ROOT)
    gazetteer = load_gazetteer(found.data / "gazetteer")
    whole = Geocoder(gazetteer, known_places(found.seeds, gazetteer.words))
    started = time.perf_counter()
    whole.places("Zzyzx")
    loading = time.perf_counter() - started
    with SITES.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    started = time.perf_counter()
    for number in range(1000):
        whole.places(rows[number % len(rows)]["name"] + ("" if number < 500 else "e"))
    thousand = time.perf_counter() - started
    figures: dict[str, object] = {
        "load the gazetteer, once a process, s": loading,
        "1,000 names, half misspelt, s": thousand,
    }
    for label, geocoder in (("registry and gazetteer", whole), ("gazetteer alone", Geocoder(gazetteer))):
        figures |= {f"{label}: {name}": value for name, value in judged(geocoder, rows).items()}
    return figures


def judged(geocoder: object, rows: list[dict[str, str]]) -> dict[str, object]:
    """Judge the best candidate of each name against the position the list gives."""
    from georisk.places.geometry import distance_km

    errors, radii, within, any_within, missing, misses = [], [], 0, 0, [], []
    for row in rows:
        candidates = geocoder.places(row["name"])
        if not candidates:
            missing.append(row["name"])
            continue
        away = [float(distance_km(c.lon, c.lat, float(row["lon"]), float(row["lat"]))) for c in candidates]
        allowed = float(row["tolerance_km"])
        good = [km <= c.precision_km + allowed for km, c in zip(away, candidates, strict=True)]
        errors.append(away[0])
        radii.append(candidates[0].precision_km)
        within += good[0]
        any_within += any(good)
        if not good[0]:
            misses.append(f"{row['name']} ({away[0]:.0f} km)")
    return {
        "names": len(rows),
        "  found": len(errors),
        "  best candidate right (within its radius and the list's tolerance)": within,
        "  some candidate right": any_within,
        "  error of the best candidate, median km": statistics.median(errors),
        "  error, 90th percentile km": sorted(errors)[int(0.9 * len(errors))],
        "  precision_km, median": statistics.median(radii),
        "  not found": "; ".join(missing) or "-",
        "  best candidate wrong": "; ".join(misses) or "-",
    }

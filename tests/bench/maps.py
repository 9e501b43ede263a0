"""How long the overview map takes to write, and how large it is, beside the usual ways with folium.

Made-up sites, the same facts in each popup. ``python -m tests.bench`` prints the figures.
"""

from __future__ import annotations

import html
import json
import random
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd

from georisk.outputs.map import MapData, map_page

SIZES = (8, 1_000, 10_000)
FEW = (8, 1_000)  # plain markers take minutes at more
SAMPLE = Path(__file__).resolve().parents[1] / "outputs" / "sample-map.json"
BASEMAP = Path(__file__).resolve().parents[2] / "data" / "places" / "basemap-110m.json"
LAYERS = ("composite", "jurisdiction", "opacity", "china")
STAGES = ("exploration", "feasibility", "construction", "production")
COUNTRIES = (
    ("TZA", "Tanzania"),
    ("USA", "United States"),
    ("BRA", "Brazil"),
    ("COD", "DR Congo"),
    ("AUS", "Australia"),
)


def made_up_sites(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Return point sites with the facts a popup shows; the same for the same seed."""
    chance = random.Random(seed)
    return [_site(number, chance) for number in range(count)]


def _site(number: int, chance: random.Random) -> dict[str, Any]:
    code, country = chance.choice(COUNTRIES)
    stage = chance.choice(STAGES)
    holder = f"Holder {chance.randrange(400)} Ltd"
    precision = chance.choice((0.5, 2.0, 10.0))
    point = {"type": "Point", "coordinates": [chance.uniform(-170, 175), chance.uniform(-50, 70)]}
    shape = {"part": None, "precision_km": precision, "caption": "deposit", "planned": False, "basis": "gazetteer"}
    nothing: dict[str, Any] = {
        key: [] for key in ("aliases", "finance", "offtake", "facts", "overdue", "parts", "unknown")
    }
    unknown: dict[str, Any] = dict.fromkeys(("stage_reported", "dossier", "changed"))
    return {
        **nothing,
        **unknown,
        "id": f"site-{number}",
        "name": f"Made-up site {number}",
        "kind": "mine",
        "kind_title": "mine",
        "country": [code],
        "country_names": [country],
        "stage": stage,
        "stage_title": stage,
        "stage_since": str(2005 + number % 20),
        "operator": f"Operator {chance.randrange(900)}",
        "owners": [{"name": holder, "share": f"{chance.randrange(10, 101)} %", "note": None}],
        "ultimate": [{"name": holder, "share": "100.0 %", "low": None, "high": None}],
        "commodities": [chance.choice(("copper", "cobalt", "rare earths", "nickel"))],
        "scores": {layer: _score(layer, chance) for layer in LAYERS},
        "worst": chance.choice(LAYERS[1:]),
        "shapes": [{"geometry": point, **shape}],
    }


def _score(layer: str, chance: random.Random) -> dict[str, Any]:
    score = round(chance.uniform(5, 95), 1)
    band = ("low", "moderate", "high", "severe")[int(score // 25)]
    reason = {"points": score, "sentence": f"Reason {chance.randrange(60)} of {layer}.", "sources": []}
    return {
        "score": score,
        "low": round(score - 5, 1),
        "high": round(score + 5, 1),
        "band": band,
        "known_weight": chance.choice((0.6, 0.75, 0.9)),
        "reason": None,
        "with_weak_band": None,
        "reasons": [reason],
        "missing": [],
    }


def made_up_map(count: int) -> MapData:
    """Return map data with that many made-up sites on the bundled base map (the sample's if there is none)."""
    frame = json.loads(SAMPLE.read_text(encoding="utf-8"))
    if BASEMAP.is_file():
        frame["basemap"] = json.loads(BASEMAP.read_text(encoding="utf-8"))
    return MapData(**{**frame, "sites": made_up_sites(count)})


def _lines(site: dict[str, Any]) -> list[str]:
    scores = [
        f"{layer}: {score['score']} {score['band']}, {score['reasons'][0]['sentence']}"
        for layer, score in site["scores"].items()
    ]
    owner = site["owners"][0]
    return [site["name"], site["stage"], site["operator"], f"{owner['name']} {owner['share']}", *scores]


def plain_markers(sites: list[dict[str, Any]]) -> str:
    """Return a plain folium map: one marker and popup per site, libraries and tiles left online."""
    view = folium.Map(location=(10, 10), zoom_start=2)
    for site in sites:
        lon, lat = site["shapes"][0]["geometry"]["coordinates"]
        text = "<br>".join(html.escape(line) for line in _lines(site))
        folium.Marker((lat, lon), popup=folium.Popup(text, max_width=300), tooltip=site["name"]).add_to(view)
    return str(view.get_root().render())


def explored(sites: list[dict[str, Any]]) -> str:
    """Return the map that ``geopandas.explore`` makes of the same sites and texts."""
    points = [site["shapes"][0]["geometry"]["coordinates"] for site in sites]
    longitudes, latitudes = zip(*points, strict=True)
    columns = {
        "band": [site["scores"]["composite"]["band"] for site in sites],
        "text": [" / ".join(_lines(site)) for site in sites],
    }
    frame = gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(longitudes, latitudes), crs="EPSG:4326")
    return str(frame.explore("band", popup=["text"], tooltip=["band"]).get_root().render())


def _measured(figures: dict[str, object], label: str, write: Callable[[], str]) -> None:
    begun = time.perf_counter()
    text = write()
    figures[f"{label}, s"] = time.perf_counter() - begun
    figures[f"{label}, MB"] = len(text.encode("utf-8")) / 1e6


def run() -> dict[str, object]:
    """Return seconds to write and megabytes, by way and number of sites; georisk's page holds its libraries."""
    map_page(made_up_map(1))  # imports and packaged assets are read once
    figures: dict[str, object] = {}
    for count in SIZES:
        data = made_up_map(count)
        _measured(figures, f"georisk map, {count} sites", lambda data=data: map_page(data))
        sites = [dict(site) for site in data.sites]
        if count in FEW:
            _measured(figures, f"folium markers, {count} sites", lambda sites=sites: plain_markers(sites))
        if find_spec("mapclassify"):
            _measured(figures, f"geopandas explore, {count} sites", lambda sites=sites: explored(sites))
        else:
            figures[f"geopandas explore, {count} sites"] = "not measured: it needs mapclassify"
    return figures

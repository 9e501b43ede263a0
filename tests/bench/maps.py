"""How long the overview map takes to write, how large it is and how it moves, beside the usual ways with folium.

Made-up sites, the same facts in each popup. ``python -m tests.bench`` prints the figures. Where Chromium is found,
the page of each of ours is opened and moved, and the longest frames are told.
"""

from __future__ import annotations

import html
import json
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
from folium.plugins import FastMarkerCluster
from playwright.sync_api import sync_playwright

from georisk.outputs.map import MapData, map_page
from georisk.outputs.map_base import outlines
from georisk.outputs.map_table import site_table
from tests.collecting import chromium_path

SIZES = (1_000, 10_000, 100_000)
MOST = {"folium markers": 1_000, "geopandas explore": 10_000}  # they take minutes at more
SAMPLE = Path(__file__).resolve().parents[1] / "outputs" / "sample-map.json"
PLACES = Path(__file__).resolve().parents[2] / "data" / "places"
LAYERS = ("composite", "jurisdiction", "opacity", "china")
BANDS = ("low", "moderate", "high", "severe")
STAGES = ("exploration", "feasibility", "construction", "production")
COUNTRIES = {"TZA": "Tanzania", "USA": "United States", "BRA": "Brazil", "COD": "DR Congo", "AUS": "Australia"}
COMMODITIES = ("copper", "cobalt", "rare earths", "nickel")
FRAMES = """() => new Promise(done => {
    const gaps = [];
    let last = performance.now();
    const end = last + 4000;
    const tick = now => {
        gaps.push(now - last);
        last = now;
        if (now < end) requestAnimationFrame(tick);
        else done(gaps.sort((a, b) => a - b));
    };
    requestAnimationFrame(tick);
    [300, 900, 1500].forEach((at, k) => setTimeout(() => Base.map.panBy([200 - 150 * k, 120]), at));
    [2100, 2800].forEach(at => setTimeout(() => Base.map.zoomIn(1), at));
    setTimeout(() => Base.map.zoomOut(1.5), 3400);
})"""


def made_up_tables(count: int, seed: int = 1) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return sites, scores, reasons and stakes of that many made-up sites; the same for the same seed."""
    chance = np.random.default_rng(seed)
    number = np.arange(count)
    ids = pd.Series(np.char.add("site-", number.astype(str)))
    code = pd.Series(chance.choice(list(COUNTRIES), count))
    stage = pd.Series(chance.choice(STAGES, count))
    sites = pd.DataFrame({
        "id": ids, "name": np.char.add("Made-up site ", number.astype(str)), "kind": "mine", "kind_title": "mine",
        "country": code, "country_name": code.map(COUNTRIES), "stage": stage, "stage_title": stage,
        "stage_since": (2005 + number % 20).astype(str), "commodity": chance.choice(COMMODITIES, count),
        "operator": np.char.add("Operator ", chance.integers(0, 900, count).astype(str)),
        "worst": chance.choice(LAYERS[1:], count), "lon": chance.uniform(-170, 175, count),
        "lat": chance.uniform(-50, 70, count), "precision_km": chance.choice((0.5, 2.0, 10.0), count),
        "basis": "gazetteer",
    })  # fmt: skip
    scores = pd.concat([_scores(layer, ids, chance) for layer in LAYERS])
    sentence = np.char.add("Reason ", chance.integers(0, 60, len(scores)).astype(str))
    reasons = scores[["site", "layer"]].assign(
        points=scores["score"], sentence=pd.Series(sentence, scores.index) + " of " + scores["layer"] + "."
    )
    owner = np.char.add(np.char.add("Holder ", chance.integers(0, 400, count).astype(str)), " Ltd")
    share = np.char.add(chance.integers(10, 101, count).astype(str), " %")
    return sites, scores, reasons, pd.DataFrame({"site": ids, "owner": owner, "share": share})


def _scores(layer: str, ids: pd.Series[str], chance: np.random.Generator) -> pd.DataFrame:
    score = np.round(chance.uniform(5, 95, len(ids)), 1)
    band = np.array(BANDS)[(score // 25).astype(int)]
    return pd.DataFrame({
        "site": ids, "layer": layer, "score": score, "low": np.round(score - 5, 1), "high": np.round(score + 5, 1),
        "band": band, "known_weight": chance.choice((0.6, 0.75, 0.9), len(ids)), "reason": None,
    })  # fmt: skip


def made_up_map(tables: tuple[pd.DataFrame, ...]) -> MapData:
    """Return map data with made-up sites on the bundled base maps."""
    frame = json.loads(SAMPLE.read_text(encoding="utf-8")) | {"countries": {}, "tiles": None, "note": None}
    frame |= {"basemap": outlines(PLACES / "basemap-110m.json"), "detail": outlines(PLACES / "basemap-50m.json")}
    values = {"stage": STAGES, "commodity": COMMODITIES}
    frame["choices"] = [
        {"key": key, "title": key.capitalize(), "question": "Made up.", "ordered": False,
         "values": [{"key": one, "title": one, "short": one[:3]} for one in found]}
        for key, found in values.items()
    ]  # fmt: skip
    return MapData(**{**frame, "sites": site_table(*tables)})


def popups(tables: tuple[pd.DataFrame, ...]) -> list[list[str]]:
    """Return the lines of each site's popup: what our panel shows of it."""
    sites, scores, reasons, stakes = tables
    told = scores.assign(text=scores["layer"] + ": " + scores["score"].astype(str) + " " + scores["band"])
    told["text"] = told["text"] + ", " + reasons["sentence"]
    parts = [told.loc[told["layer"] == layer, "text"].tolist() for layer in LAYERS]
    held = (stakes["owner"] + " " + stakes["share"]).tolist()
    facts = [sites[name].tolist() for name in ("name", "stage", "operator")]
    return [list(lines) for lines in zip(*facts, held, *parts, strict=True)]


def _markup(tables: tuple[pd.DataFrame, ...]) -> list[str]:
    return ["<br>".join(map(html.escape, lines)) for lines in popups(tables)]


def _points(tables: tuple[pd.DataFrame, ...]) -> list[tuple[float, float]]:
    return list(zip(tables[0]["lat"].tolist(), tables[0]["lon"].tolist(), strict=True))


def plain_markers(tables: tuple[pd.DataFrame, ...]) -> str:
    """Return a plain folium map: one marker and popup per site, libraries and tiles left online."""
    view = folium.Map(location=(10, 10), zoom_start=2)
    for point, text in zip(_points(tables), _markup(tables), strict=True):
        folium.Marker(point, popup=folium.Popup(text, max_width=300)).add_to(view)
    return str(view.get_root().render())


def fast_cluster(tables: tuple[pd.DataFrame, ...]) -> str:
    """Return folium's cluster for many markers, with the same text in each popup; libraries and tiles online."""
    view = folium.Map(location=(10, 10), zoom_start=2)
    rows = [[*point, text] for point, text in zip(_points(tables), _markup(tables), strict=True)]
    callback = "function (row) { return L.marker(new L.LatLng(row[0], row[1])).bindPopup(row[2]); }"
    FastMarkerCluster(rows, callback=callback).add_to(view)
    return str(view.get_root().render())


def explored(tables: tuple[pd.DataFrame, ...]) -> str:
    """Return the map that ``geopandas.explore`` makes of the same sites and texts."""
    points = gpd.points_from_xy(tables[0]["lon"], tables[0]["lat"])
    frame = gpd.GeoDataFrame({"text": _markup(tables)}, geometry=points, crs="EPSG:4326")
    return str(frame.explore(popup=["text"], tooltip=False).get_root().render())


def ours(tables: tuple[pd.DataFrame, ...]) -> str:
    """Return georisk's page."""
    return map_page(made_up_map(tables))


def moved(page_html: str) -> dict[str, object]:
    """Return seconds to the first paint of a page and to its map, and the length of its frames while it moves."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "index.html"
        file.write_text(page_html, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        begun = time.perf_counter()
        page.goto(file.as_uri())
        ready = time.perf_counter() - begun
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN")
        gaps = page.evaluate(FRAMES)
        browser.close()
    middle, late = gaps[len(gaps) // 2], gaps[int(len(gaps) * 0.95)]
    return {
        "first paint, s": paint / 1000,
        "page ready, s": ready,
        "frames while moving, ms (median, 95 %, longest)": f"{middle:.0f}, {late:.0f}, {gaps[-1]:.0f}",
    }


WAYS: dict[str, Callable[[tuple[pd.DataFrame, ...]], str]] = {
    "georisk map": ours,
    "folium markers": plain_markers,
    "FastMarkerCluster": fast_cluster,
    "geopandas explore": explored,
}


def run() -> dict[str, object]:
    """Return seconds to write and megabytes, by way and number of sites; georisk's page holds its libraries."""
    ours(made_up_tables(10))  # imports and packaged assets are read once
    figures: dict[str, object] = {}
    for count in SIZES:
        tables = made_up_tables(count)
        for way, write in WAYS.items():
            label = f"{way}, {count} sites"
            if count > MOST.get(way, count):
                figures[label] = "not measured: minutes"
            elif write is explored and not find_spec("mapclassify"):
                figures[label] = "not measured: it needs matplotlib and mapclassify"
            else:
                begun = time.perf_counter()
                text = write(tables)
                figures[f"{label}, s"] = time.perf_counter() - begun
                figures[f"{label}, MB"] = len(text.encode("utf-8")) / 1e6
                if write is ours and chromium_path():
                    figures |= {f"{label}: {name}": value for name, value in moved(text).items()}
    return figures

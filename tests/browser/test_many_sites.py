"""A hundred thousand made-up sites in one page: it opens, counts, filters and moves without a stall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from georisk.files import bundled_root
from georisk.outputs.map import MapData, map_page
from georisk.outputs.map_base import outlines
from georisk.outputs.map_table import SiteTable, site_table

COUNT = 100_000
BANDS = np.array(["low", "moderate", "high", "severe"])
# How long the page's own scripts take to answer a move, milliseconds, middle of nine moves.
MOVES = """() => {
    const took = [];
    for (let k = 0; k < 9; k += 1) {
        const begun = performance.now();
        Base.map.setView([10 + 5 * k, 20 * k - 80], 2 + (k % 4), { animate: false });
        took.push(performance.now() - begun);
    }
    return took.sort((a, b) => a - b)[4];
}"""
LATER = "() => new Promise(done => setTimeout(done, 400))"
INKED = """canvas => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, place) => place % 4 === 3 && value > 0).length;
}"""


def made_up(count: int) -> SiteTable:
    number = np.arange(count)
    ids = pd.Series(np.char.add("site-", number.astype(str)))
    score = (number * 7 % 1000) / 10
    sites = pd.DataFrame({
        "id": ids, "name": np.char.add("Site ", number.astype(str)), "kind": "mine", "kind_title": "mine",
        "country": np.where(number % 10, "USA", "TZA"), "country_name": np.where(number % 10, "United States", "Tanzania"),
        "stage": "production", "stage_title": "production", "commodity": "copper", "operator": "Somebody",
        "lon": (number * 37 % 34_000) / 100 - 170, "lat": (number * 17 % 11_000) / 100 - 50, "precision_km": 1.0,
    })  # fmt: skip
    layers = ("composite", "jurisdiction", "opacity", "china")
    scores = pd.concat([pd.DataFrame({
        "site": ids, "layer": layer, "score": score, "low": score, "high": 100.0,
        "band": BANDS[np.minimum(3, score // 25).astype(int)], "known_weight": 0.75, "reason": None,
    }) for layer in layers])  # fmt: skip
    reasons = pd.DataFrame({"site": ids, "layer": "composite", "points": score, "sentence": "A reason."})
    return site_table(sites, scores, reasons, pd.DataFrame({"site": ids, "owner": "A holder", "share": "51 %"}))


@pytest.fixture(scope="module")
def seen(stay: Any, map_fields: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    places = bundled_root() / "data" / "places"
    maps = {"basemap": outlines(places / "basemap-110m.json"), "detail": outlines(places / "basemap-50m.json")}
    path = tmp_path_factory.mktemp("many") / "index.html"
    path.write_text(map_page(MapData(**{**map_fields, **maps, "sites": made_up(COUNT)})), encoding="utf-8")
    assert path.stat().st_size < 12e6
    return stay(path)


@pytest.fixture
def page(seen: Any) -> Iterator[Page]:
    yield seen.page
    seen.assert_quiet()


def counted(page: Page) -> int:
    """Return how many sites the signs in view stand for."""
    page.evaluate("Base.map.setView([10, 0], 0, { animate: false })")
    cells = page.evaluate("Many.cells(0, L.bounds([-300, -300], [600, 600])).map(cell => cell.count)")
    return sum(cells)


def test_all_are_counted_and_each_has_a_dot(page: Page) -> None:
    assert counted(page) == COUNT
    page.evaluate(LATER)
    assert page.locator("canvas.dots").evaluate(INKED) > 5_000


def test_a_cluster_shows_its_worst_band_and_leads_nearer(page: Page) -> None:
    names = page.locator(".mark").evaluate_all("marks => marks.map(mark => mark.getAttribute('aria-label'))")
    assert any(re.match(r"\d+ sites, worst band severe", name) for name in names)
    before = page.evaluate("Base.map.getZoom()")
    page.locator(".mark:has(.cluster)").first.press("Enter")
    page.wait_for_function(f"Base.map.getZoom() > {before}")


def test_a_filter_and_a_search_reach_all_of_them(page: Page) -> None:
    page.evaluate("location.hash = '#country=TZA'")
    expect(page.locator(".count")).to_have_text("10000 of 100000 sites")
    assert counted(page) == COUNT // 10
    page.evaluate("location.hash = '#'")
    page.get_by_role("combobox").fill("site 77777")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text("Site 77777")
    expect(page.locator(".panel")).to_contain_text("51 %")
    page.keyboard.press("Escape")


def test_a_move_is_answered_before_it_is_felt(page: Page) -> None:
    # a fifth of a second is where waiting is noticed; a free machine needs a tenth of it
    assert page.evaluate(MOVES) < 200

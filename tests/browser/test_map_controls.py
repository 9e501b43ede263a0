"""Layers of words, filters, shades and flow lines of the overview map, by mouse and by keyboard, on one open page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from georisk.outputs.map import MapData, map_page
from georisk.outputs.map_base import outlines

PLACES = Path(__file__).resolve().parents[2] / "data" / "places"
NAMES = "rows => rows.map(row => row.querySelector('.site').textContent)"
LOOKS = "paths => paths.map(path => path.getAttribute('class'))"
TRACKS = "() => Flows.cut(Flows.circle([150, -30], [-120, 40]))"
RESET = (
    "() => { location.hash = '#'; document.querySelectorAll('details[open]').forEach(one => { one.open = false; }); }"
)


@pytest.fixture(scope="module")
def seen(stay: Any, map_fields: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    fields = {**map_fields, "detail": outlines(PLACES / "basemap-110m.json")}
    path = tmp_path_factory.mktemp("controls") / "index.html"
    path.write_text(map_page(MapData(**fields)), encoding="utf-8")
    return stay(path)


@pytest.fixture
def page(seen: Any) -> Iterator[Page]:
    """The page as it opens, without a filter or a site; nothing may have gone wrong on it after a test."""
    seen.page.evaluate(RESET)
    expect(seen.page.locator(".count")).to_have_text("8 sites")
    yield seen.page
    seen.assert_quiet()


def listed(page: Page) -> set[str]:
    return set(page.locator(".sites tbody tr").evaluate_all(NAMES))


def named(map_fields: dict[str, Any], **wanted: str) -> set[str]:
    [(key, value)] = wanted.items()
    return {site["name"] for site in map_fields["sites"] if value == site[key] or value in (site[key] or ())}


def open_facet(page: Page, facet: str) -> None:
    page.locator(".filters > summary").click()
    page.locator(f"[data-facet={facet}] summary").click()


def tick(page: Page, facet: str, title: str) -> None:
    page.locator(f"[data-facet={facet}] label", has_text=title).locator("input").click()


@pytest.mark.parametrize(
    ("facet", "title", "wanted"),
    [
        ("stage", "production", {"stage": "production"}),
        ("country", "Tanzania", {"country": "TZA"}),
        ("commodity", "Copper", {"commodity_groups": "copper"}),
        ("owner", "Ridge Materials Corp.", {"owner_names": "Ridge Materials Corp."}),
    ],
)
def test_a_filter_cuts_list_map_and_legend(
    page: Page, map_fields: dict[str, Any], facet: str, title: str, wanted: dict[str, str]
) -> None:
    open_facet(page, facet)
    tick(page, facet, title)
    kept = named(map_fields, **wanted)
    expect(page.locator(".count")).to_have_text(f"{len(kept)} of 8 sites")
    assert listed(page) == kept
    total = page.locator(".bands .count-of").evaluate_all("all => all.map(one => parseInt(one.textContent))")
    assert sum(total) == len(kept)
    assert f"{facet}=" in page.url


def test_filters_combine_and_their_counts_follow(page: Page, map_fields: dict[str, Any]) -> None:
    open_facet(page, "stage")
    tick(page, "stage", "production")
    page.locator("[data-facet=country] summary").click()
    american = page.locator("[data-facet=country] label", has_text="United States")
    # of the three American sites of the sample two produce
    expect(american.locator(".number")).to_have_text("2")
    american.locator("input").click()
    assert listed(page) == named(map_fields, stage="production") & named(map_fields, country="USA")
    page.get_by_role("button", name="Clear all").click()
    assert len(listed(page)) == 8
    assert page.evaluate("document.activeElement.textContent") == "Filter"


def test_bands_are_filtered_in_the_score_shown(page: Page, map_fields: dict[str, Any]) -> None:
    page.evaluate("location.hash = '#layer=china&band=severe'")
    severe = {site["name"] for site in map_fields["sites"] if site["scores"]["china"]["band"] == "severe"}
    expect(page.locator(".count")).to_have_text(f"{len(severe)} of 8 sites")
    assert listed(page) == severe
    page.get_by_role("button", name="Take away the filter severe").click()
    assert len(listed(page)) == 8


def test_filters_by_keyboard_alone(page: Page) -> None:
    page.locator(".filters > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Stage"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".count")).to_have_text("1 of 8 sites")  # the first stage is that of one site
    expect(page.locator(".met")).to_have_text("1 of 8 sites shown")
    page.get_by_role("button", name="Take away the filter").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".count")).to_have_text("8 sites")


def test_a_filter_nobody_meets_is_passed_over(page: Page) -> None:
    page.evaluate("location.hash = '#stage=__proto__&owner=nobody&band=constructor&also=x'")
    expect(page.locator(".count")).to_have_text("8 sites")


def test_a_filtered_site_loses_its_sign_and_its_shapes(page: Page) -> None:
    page.evaluate("location.hash = '#country=BRA'")
    expect(page.locator(".mark")).to_have_count(1)
    assert page.locator("path.shape.line").count() == 0


def test_stage_colours_signs_and_legend(page: Page, map_fields: dict[str, Any]) -> None:
    page.locator(".mark").first.evaluate("mark => { mark.dataset.same = 'yes' }")
    page.get_by_role("radio", name="Stage").check(force=True)
    stages = {site["stage"] for site in map_fields["sites"]}
    assert page.locator(".bands li").count() == len(stages)
    hill = page.locator(".mark[aria-label='Example Hill: Stage construction'] text")
    expect(hill).to_have_text("con")
    assert page.locator(".mark[data-same=yes]").count() == 1
    assert "layer=stage" in page.url


def test_legal_answers_by_rule(page: Page, map_fields: dict[str, Any]) -> None:
    page.get_by_role("radio", name="Legal answers").check(force=True)
    expect(page.get_by_label("Rule", exact=True)).to_be_visible()
    expect(page.locator(".legend h2")).to_have_text("Example rule")
    for site in map_fields["sites"]:
        answer = site["groups"]["legal:example"] or "not asked"
        assert page.locator(f".mark[aria-label$='{site['name']}: Example rule {answer}']").count() == 1
    page.evaluate("location.hash = '#site=example-hill'")
    expect(page.locator(".panel")).to_contain_text("Legal answers, not part of any score")
    expect(page.locator(".panel")).to_contain_text("Owned from China: Parent 0, 51.0 %")


def test_countries_are_shaded_when_asked(page: Page) -> None:
    assert page.locator("path.land.shaded").count() == 0
    page.get_by_role("checkbox", name="Country risk").check()
    looks = page.locator("path.land.shaded").evaluate_all(LOOKS)
    assert sorted(look.split()[-1] for look in looks if "shaded" in look) == ["band-1", "band-3"]
    expect(page.locator(".shade-key")).to_be_visible()
    assert "also=shade" in page.url


def test_flows_are_drawn_on_demand_and_for_one_site_alone(page: Page, map_fields: dict[str, Any]) -> None:
    assert page.locator("path.flow").count() == 0
    page.get_by_role("checkbox", name="Owner lines").focus()
    page.keyboard.press("Space")
    abroad = {
        (site["id"], flow["country"])
        for site in map_fields["sites"]
        for flow in site["flows"]
        if flow["kind"] == "owner" and flow["country"] not in site["country"]
    }
    expect(page.locator("path.flow.owner")).to_have_count(len(abroad))
    page.evaluate("location.hash = '#also=owners&site=example-hill'")
    expect(page.locator("path.flow.owner")).to_have_count(1)
    expect(page.locator(".home-name")).to_have_text("China")


def test_a_line_across_the_180th_meridian_is_cut_in_two(page: Page) -> None:
    first, second = page.evaluate(TRACKS)
    assert first[-1][0] == 180
    assert second[0][0] == -180
    assert first[-1][1] == second[0][1]
    for piece in (first, second):
        assert max(abs(one[0] - other[0]) for one, other in zip(piece, piece[1:], strict=False)) < 180


def test_a_great_circle_passes_its_highest_point_midway(page: Page) -> None:
    points = page.evaluate("() => Flows.circle([-60, 45], [60, 45])")
    # tan(latitude midway) = tan 45 / cos 60 = 2
    assert points[len(points) // 2] == pytest.approx([0, 63.4349], abs=1e-3)


def test_the_near_view_has_the_finer_outlines(page: Page) -> None:
    far = page.locator("path.land").count()
    page.evaluate("Base.map.setZoom(6, { animate: false })")
    assert page.locator("path.land").count() > far
    page.evaluate("Base.map.setZoom(2, { animate: false })")
    assert page.locator("path.land").count() == far


def test_the_list_turns_round_and_keeps_the_unscored_last(page: Page) -> None:
    composite = page.locator(".sites thead th[data-key=composite] button")
    downward = page.locator(".sites tbody tr").evaluate_all(NAMES)
    composite.click()
    upward = page.locator(".sites tbody tr").evaluate_all(NAMES)
    assert upward[-1] == downward[-1] == "Unscored Flats"
    assert upward[:-1] == downward[-2::-1]
    assert page.locator("th[data-key=composite]").get_attribute("aria-sort") == "ascending"
    composite.click()


def test_a_moved_score_is_marked(page: Page) -> None:
    assert page.locator(".mark[aria-label^='Example Hill'] .moved").count() == 1
    assert page.locator(".mark .moved").count() == 1


def test_a_crowd_is_one_sign_in_its_worst_band(visit: Any, map_fields: dict[str, Any], tmp_path: Path) -> None:
    hill, flats = (json.loads(json.dumps(map_fields["sites"][place])) for place in (0, -1))
    for site in (hill, flats):
        site["shapes"] = [{**hill["shapes"][0], "geometry": {"type": "Point", "coordinates": [30, -6]}}]
    sites = [{**(flats if number else hill), "id": f"site-{number}", "name": f"Site {number}"} for number in range(12)]
    path = tmp_path / "crowd.html"
    path.write_text(map_page(MapData(**{**map_fields, "sites": sites})), encoding="utf-8")
    page = visit(path, "#at=30,-6,5", reduced_motion="reduce").page
    names = page.locator(".mark").evaluate_all("marks => marks.map(mark => mark.getAttribute('aria-label'))")
    crowds = [name for name in names if " sites, worst band " in name]
    assert sum(int(name.split()[0]) for name in crowds) + len(names) - len(crowds) == 12
    assert len(names) < 12
    # the only scored one among them is Example Hill
    assert sum("worst band high" in name or name.startswith("Site 0:") for name in names) == 1
    page.locator(".mark[aria-label*=' sites, ']").first.press("Enter")
    expect(page.locator("#panel-title")).to_contain_text("sites in one place")

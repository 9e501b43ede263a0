import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from georisk.outputs.map import MapData, map_page

LAYERS = ("composite", "jurisdiction", "opacity", "china")
BANDS = ("low", "moderate", "high", "severe")
VIEW = "[Base.map.getCenter().lng, Base.map.getCenter().lat, Base.map.getZoom()]"
FOREIGN = "iframe, object, embed, form, base, img, math, body link, [onerror], [onload], [onclick], [onfocus]"
BOXES = "selectors => selectors.map(each => document.querySelector(each).getBoundingClientRect().toJSON())"
CENTRES = """marks => marks.map(mark => mark.getBoundingClientRect())
    .map(box => [box.x + box.width / 2, box.y + box.height / 2])"""
WIDTHS_ON_MAP = """paths => {
    const map = document.querySelector('.folium-map').getBoundingClientRect();
    const boxes = paths.map(path => path.getBoundingClientRect());
    return boxes.filter(box => box.width > 0 && box.right > map.left && box.left < map.right).map(box => box.width);
}"""
NAMELESS = """() => [...document.querySelectorAll('button, a[href], [role=button], input')]
    .filter(each => !(each.getAttribute('aria-label') || each.textContent.trim() || each.labels?.length))
    .map(each => each.outerHTML)"""
INKED = """canvas => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, place) => place % 4 === 3 && value > 0).length;
}"""
CUT_TEXTS = """() => {
    const places = 'header *, .layers *, .legend *, .search *, .sites *, .panel *, footer *';
    const isText = each => !each.closest('svg, .hidden-text') && !each.querySelector(':not(bdi)')
        && each.clientWidth > 0 && getComputedStyle(each).display !== 'inline';
    return [...document.querySelectorAll(places)].filter(isText)
        .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.textContent.slice(0, 60));
}"""


def names_of_marks(page: Page) -> list[str]:
    return page.locator(".mark").evaluate_all("marks => marks.map(mark => mark.getAttribute('aria-label'))")


def focused(page: Page, attribute: str = "aria-label") -> str | None:
    return page.evaluate("name => document.activeElement.getAttribute(name)", attribute)


# Drawing


def test_all_eight_sites_are_drawn_without_a_request(visit: Any, map_file: Path, map_fields: dict[str, Any]) -> None:
    seen = visit(map_file)
    names = sorted(name.split(":")[0] for name in names_of_marks(seen.page))
    assert names == sorted(site["name"] for site in map_fields["sites"])
    seen.page.wait_for_timeout(300)
    seen.assert_quiet()


def test_title_language_and_policy(visit: Any, map_file: Path, map_fields: dict[str, Any]) -> None:
    page = visit(map_file).page
    assert page.title() == map_fields["title"]
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("meta[http-equiv='Content-Security-Policy']").count() == 1
    expect(page.locator("h1")).to_have_text(map_fields["title"])


def test_each_kind_of_geometry_is_drawn_in_its_own_way(visit: Any, map_file: Path) -> None:
    page = visit(map_file).page
    # the sample: two built legs and one planned feeder; one polygon
    assert page.locator("path.shape.line:not(.planned)").count() == 2
    assert page.locator("path.shape.line.planned").count() == 1
    assert page.locator("path.shape.area").count() == 1
    # the two ends of the planned section; six point sites or parts
    assert page.locator("path.shape.dot.planned").count() == 2
    assert page.locator("path.shape.dot:not(.planned)").count() == 7
    dashes = page.locator("path.shape.line.planned").evaluate("path => getComputedStyle(path).strokeDasharray")
    assert dashes != "none"


def test_doubt_is_drawn_as_circles_and_bands(visit: Any, map_file: Path, map_fields: dict[str, Any]) -> None:
    page = visit(map_file).page
    circles = bands = 0
    for site in map_fields["sites"]:
        for shape in site["shapes"]:
            if shape["precision_km"] is not None:
                kind = shape["geometry"]["type"]
                bands += kind == "LineString"
                circles += {"Point": 1, "Polygon": 1, "MultiPoint": len(shape["geometry"]["coordinates"])}.get(kind, 0)
    assert page.locator("path.doubt").count() == circles
    assert page.locator("path.casing").count() == bands


def test_the_circle_of_doubt_has_the_size_it_says(visit: Any, map_file: Path) -> None:
    page = visit(map_file, "#at=-48.45,-13.53,8").page
    width = max(page.locator("path.doubt").evaluate_all(WIDTHS_ON_MAP))
    # 2 x 10 km; a pixel at zoom 8 is 40075 km x cos(13.53 deg) / (256 x 2^8) = 0.5945 km; and the stroke
    assert width == pytest.approx(20 / 0.5945, abs=2.5)


def test_parts_come_apart_when_the_map_is_near(visit: Any, map_file: Path) -> None:
    page = visit(map_file, "#at=25.6,-10.75,8").page
    names = names_of_marks(page)
    assert "Twin Pits: North Pit: Composite 73, high" in names
    assert "Twin Pits: West Pit: Composite 79, severe" in names


def test_signs_do_not_cover_each_other(visit: Any, map_file: Path) -> None:
    for size in ((1280, 900), (390, 844), (320, 640)):
        page = visit(map_file, size=size).page
        centres = page.locator(".mark").evaluate_all(CENTRES)
        gaps = [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for k, a in enumerate(centres) for b in centres[:k]]
        assert min(gaps) > 32  # the size of a sign


def test_columns_are_read_back_as_they_were_written(visit: Any, map_file: Path, map_fields: dict[str, Any]) -> None:
    page = visit(map_file).page
    read = page.evaluate("Array.from({ length: Sites.count }, (_, row) => Sites.whole(row))")
    for was, now in zip(map_fields["sites"], read, strict=True):
        now["shapes"] = was["shapes"]  # coordinates are rounded; test_map.py looks at that
        now["parts"] = [{key: value for key, value in part.items() if value is not None} for part in now["parts"]]
        assert now == was


# Layers


@pytest.mark.parametrize("layer", LAYERS)
def test_signs_legend_and_table_follow_the_layer(
    visit: Any, map_file: Path, map_fields: dict[str, Any], layer: str
) -> None:
    page = visit(map_file).page
    titles = {each["key"]: each["title"] for each in (map_fields["composite"], *map_fields["dimensions"])}
    page.get_by_role("radio", name=titles[layer]).check(force=True)
    expect(page.locator(".legend h2")).to_have_text(titles[layer])
    ranks = [BANDS.index(band) if (band := site["scores"][layer]["band"]) else None for site in map_fields["sites"]]
    counts = page.locator(".bands .count-of").evaluate_all("all => all.map(each => parseInt(each.textContent))")
    assert counts == [ranks.count(rank) for rank in (0, 1, 2, 3, None)]
    for site, rank in zip(map_fields["sites"], ranks, strict=True):
        sign = page.locator(f".mark[aria-label^='{site['name']}: {titles[layer]}'] svg")
        expect(sign).to_have_class(re.compile(f"band-{'none' if rank is None else rank}"))
    scores = [site["scores"][layer]["score"] for site in map_fields["sites"]]
    first = map_fields["sites"][scores.index(max(score for score in scores if score is not None))]
    expect(page.locator("tbody tr").first).to_contain_text(first["name"])


def test_layers_switch_with_arrow_keys_without_making_the_map_anew(visit: Any, map_file: Path) -> None:
    seen = visit(map_file)
    page = seen.page
    for kept in (".folium-map", ".mark"):
        page.locator(kept).first.evaluate("element => { element.dataset.same = 'yes' }")
    page.get_by_role("radio", name="Composite").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".legend h2")).to_have_text("Jurisdiction")
    assert page.locator("[data-same=yes]").count() == 2
    assert "layer=jurisdiction" in page.url
    seen.assert_quiet()


def test_a_band_differs_in_shape_not_only_in_colour(visit: Any, map_file: Path) -> None:
    page = visit(map_file).page
    faces = page.locator(".bands .face").evaluate_all("faces => faces.map(face => face.getAttribute('d'))")
    assert len(faces) == len(set(faces)) == 5


def test_the_leg_of_a_corridor_has_the_colour_of_its_own_score(visit: Any, map_file: Path) -> None:
    page = visit(map_file, "#layer=jurisdiction").page
    classes = page.locator("path.shape.line").evaluate_all("all => all.map(each => each.getAttribute('class'))")
    # the sample: 58.8 high, 79.1 severe, and a planned section without a score
    assert [re.search(r"band-\w+", each)[0] for each in classes] == ["band-2", "band-3", "band-none"]


# Panel


def test_panel_tells_what_is_known(visit: Any, map_file: Path) -> None:
    seen = visit(map_file, "#site=example-hill&layer=china")
    panel = seen.page.locator(".panel")
    for text in (
        "Example Hill",
        "Kilima cha Mfano",
        "construction since 2025-09",
        "Example Minerals (T) Ltd",
        "United Republic (free-carried)",
        "84.0 %",
        "between 78.0 % and 84.0 %",
        "USD 553,000,000 loan, Example Development Bank, 2025-12-17",
        "100 % of concentrate to Specimen Resources",
        "84.0 % of the effective equity ends at holders domiciled in China.",
        "between 69.6 and 90.6 · 94 % of the weight known",
        "worst dimension",
        "true place within 5 km",
        "Who holds the 5.9 % behind the nominee",
        "Annual report 2025, note 12",
        "Example Minerals Ltd, 2026-03-31, grade B",
    ):
        expect(panel).to_contain_text(text)
    shown = panel.locator("details[open] .grounds").first
    expect(shown).to_contain_text("separated in China")
    seen.assert_quiet()


def test_finance_keeps_its_states_apart(visit: Any, map_file: Path) -> None:
    page = visit(map_file, "#site=example-hill").page
    groups = page.locator(".group")
    assert groups.locator("h4").all_text_contents() == ["committed", "non-binding"]
    expect(groups.nth(0)).not_to_contain_text("120,000,000")


def test_a_site_without_a_score_says_what_is_missing(visit: Any, map_file: Path) -> None:
    page = visit(map_file, "#site=unscored-flats").page
    panel = page.locator(".panel")
    expect(panel).to_contain_text("not scored")
    expect(panel).to_contain_text("Only 41 % of the applicable weight is known")
    expect(panel).to_contain_text("Percentages of the four shareholders")
    expect(panel).to_contain_text("With weak evidence (grades C and D) counted: severe")
    expect(panel).to_contain_text("share not published")
    sign = page.locator(".mark[aria-label='Unscored Flats: Composite not scored'] .face")
    expect(sign).to_have_css("fill", re.compile("hatch"))


def test_citations_lead_to_their_source(visit: Any, map_file: Path) -> None:
    page = visit(map_file, "#site=example-hill&layer=china").page
    page.locator(".score.shown .cite").first.click()
    assert "Annual report 2025" in page.evaluate("document.activeElement.textContent")
    link = page.locator(".sources a", has_text="Annual report 2025")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert page.locator(".sources li", has_text="Recalled, not looked up").locator("a").count() == 0


def test_reasons_open_with_the_layer(visit: Any, map_file: Path) -> None:
    page = visit(map_file, "#site=example-hill").page
    page.get_by_role("radio", name="Opacity").check(force=True)
    opened = page.locator(".score:has(details[open])").evaluate_all("all => all.map(each => each.dataset.layer)")
    assert opened == ["opacity"]


# Keyboard


def test_tab_reaches_every_sign_and_enter_and_escape_return(
    visit: Any, map_file: Path, map_fields: dict[str, Any]
) -> None:
    seen = visit(map_file)
    page = seen.page
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        name = focused(page)
        if name and "Composite" in name:
            reached.add(name.split(":")[0])
            width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
            assert width >= 2
    assert reached == {site["name"] for site in map_fields["sites"]}
    page.locator(".mark").nth(2).focus()
    name = focused(page)
    page.keyboard.press("Enter")
    expect(page.locator(".panel")).to_be_visible()
    assert focused(page, "id") == "panel-title"
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_be_hidden()
    assert focused(page) == name
    seen.assert_quiet()


def test_every_site_opens_from_the_table_by_keyboard(visit: Any, map_file: Path, map_fields: dict[str, Any]) -> None:
    page = visit(map_file).page
    for site in map_fields["sites"]:
        page.get_by_role("button", name=site["name"], exact=True).and_(page.locator("tbody button")).focus()
        page.keyboard.press("Space")
        expect(page.locator("#panel-title")).to_have_text(site["name"])
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.textContent") == site["name"]


def test_skip_leads_past_the_map(visit: Any, map_file: Path) -> None:
    page = visit(map_file).page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page, "id") == "search"


def test_controls_have_names_and_ids_are_unique(visit: Any, map_file: Path) -> None:
    page = visit(map_file, "#site=example-hill").page
    nameless = page.evaluate(NAMELESS)
    assert nameless == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(ids) == len(set(ids))


# Search


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("example hill", "Example Hill"),
        ("ÉXAMPLE HÎLL", "Example Hill"),
        ("示例", "Example Hill"),
        ("пример", "Example Hill"),
        ("みほん", "Specimen Seamount Muds"),
        ("planicie nao", "Unscored Flats"),
        ("sample pa", "Sample Ridge"),
        ("mill", "White Example Mill"),
    ],
)
def test_search_finds_names_and_aliases_in_any_script(visit: Any, map_file: Path, typed: str, found: str) -> None:
    page = visit(map_file).page
    page.get_by_role("combobox").fill(typed)
    expect(page.get_by_role("option").first).to_contain_text(found)
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text(found)


def test_search_by_arrow_keys_and_escape(visit: Any, map_file: Path) -> None:
    page = visit(map_file).page
    box = page.get_by_role("combobox")
    box.press_sequentially("spec")
    options = page.get_by_role("option")
    assert options.count() == 2  # Specimen Seamount Muds by its start, Round Specimen by a word
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    box.fill("no such place")
    expect(page.locator("#told")).to_have_text("No site has that name")


# State


def test_the_address_restores_layer_site_and_view(visit: Any, map_file: Path) -> None:
    page = visit(map_file).page
    page.get_by_role("radio", name="China linkage").check(force=True)
    page.get_by_role("button", name="Test Corridor", exact=True).and_(page.locator("tbody button")).click()
    page.wait_for_timeout(900)
    fragment = "#" + page.url.split("#")[1]
    assert "layer=china" in fragment
    assert "site=test-corridor" in fragment
    again = visit(map_file, fragment).page
    expect(again.locator("#panel-title")).to_have_text("Test Corridor")
    expect(again.locator(".legend h2")).to_have_text("China linkage")
    assert again.get_by_role("radio", name="China linkage").is_checked()
    assert again.evaluate(VIEW) == pytest.approx(page.evaluate(VIEW), abs=0.02)


def test_the_page_follows_when_the_address_changes(visit: Any, map_file: Path) -> None:
    page = visit(map_file).page
    page.evaluate("location.hash = '#layer=opacity&site=sample-ridge'")
    expect(page.locator("#panel-title")).to_have_text("Sample Ridge")
    assert page.get_by_role("radio", name="Opacity").is_checked()


@pytest.mark.parametrize(
    "fragment",
    [
        "#layer=__proto__&site=constructor&at=NaN,1,2",
        "#at=1e999,0,3",
        "#site=%3Cimg src=x onerror=window.__hostile=1%3E",
        "#%",
        "#at=1,2,99",
    ],
)
def test_a_senseless_address_is_passed_over(visit: Any, map_file: Path, fragment: str) -> None:
    seen = visit(map_file, fragment)
    expect(seen.page.locator(".mark")).to_have_count(8)
    expect(seen.page.locator(".panel")).to_be_hidden()
    seen.assert_quiet()


def test_a_projection_is_labelled(visit: Any, map_fields: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "projection.html"
    path.write_text(map_page(MapData(**{**map_fields, "projection": True, "as_of": "2027-01-31"})), encoding="utf-8")
    expect(visit(path).page.locator(".clocks")).to_have_text("As of 2027-01-31 · known by 2026-11-21 Projection")


def test_credits_method_and_caution_are_on_the_page(visit: Any, map_file: Path) -> None:
    footer = visit(map_file).page.locator("footer")
    for text in ("Made with Natural Earth", "Method 1.0.0 (0123456789ab)", "not legal advice"):
        expect(footer).to_contain_text(text)


# Looks


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(320, 640), (390, 844), (768, 1024), (1280, 720), (1920, 1080)])
def test_nothing_runs_over_the_side(visit: Any, map_file: Path, size: tuple[int, int], scheme: str) -> None:
    for fragment in ("#layer=opacity", "#site=example-hill&layer=china"):
        seen = visit(map_file, fragment, size=size, color_scheme=scheme)
        page = seen.page
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        cut = page.evaluate(CUT_TEXTS)
        assert cut == []
        seen.assert_quiet()


def test_dark_follows_the_system_and_the_button(visit: Any, map_file: Path) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = (visit(map_file, color_scheme=scheme).page for scheme in ("light", "dark"))
    assert light.evaluate(ground) != dark.evaluate(ground)
    button = light.get_by_role("button", name="Dark")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert light.evaluate(ground) == dark.evaluate(ground)


def test_motion_stops_for_those_who_ask(visit: Any, map_file: Path) -> None:
    page = visit(map_file, "#site=example-hill", reduced_motion="reduce").page
    assert page.evaluate("Base.map.options.zoomAnimation") is False
    assert page.locator(".panel").evaluate("panel => getComputedStyle(panel).animationName") == "none"


def test_paper_shows_map_table_and_panel_without_controls(visit: Any, map_file: Path) -> None:
    page = visit(map_file, "#site=example-hill", color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".search", ".layers", ".theme", ".panel .close"):
        expect(page.locator(hidden)).to_be_hidden()
    for shown in (".stage", ".sites table", ".panel", "footer"):
        expect(page.locator(shown)).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    boxes = page.evaluate(BOXES, [".stage", ".sites", ".panel", "footer"])
    assert all(above["bottom"] <= below["top"] + 1 for above, below in pairwise(boxes)), boxes


# Hostile data


def poisoned(value: Any, text: str, key: str = "") -> Any:
    """The same data with a text in place of every string that is not a code; parts stay joined to their shapes."""
    if isinstance(value, dict):
        return {name: poisoned(inner, text, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, text, key) for inner in value]
    if not isinstance(value, str) or key in ("type", "key", "band", "with_weak_band", "worst", "iso3"):
        return value
    return f"{text}/{value}" if key in ("id", "part") else text


def test_hostile_data_is_inert_wherever_it_stands(
    visit: Any, map_fields: dict[str, Any], hostile_strings: list[str], tmp_path: Path
) -> None:
    page_text = "".join(hostile_strings[:12]) + "{{ 7*7 }}"
    frame = poisoned({**map_fields, "sites": []}, page_text)
    templates = map_fields["sites"]
    frame["sites"] = [poisoned(templates[k % len(templates)], text) for k, text in enumerate(hostile_strings)]
    path = tmp_path / "hostile.html"
    path.write_text(map_page(MapData(**frame)), encoding="utf-8")
    seen = visit(path)
    page = seen.page
    assert page.title() == page_text.strip() or page_text.split()[0] in page.title()
    for layer in LAYERS:
        page.evaluate("layer => State.set({ layer })", layer)
    for row, text in enumerate(hostile_strings):
        page.evaluate("row => State.set({ site: Sites.id(row) })", row)
        shown = page.locator("#panel-title").text_content()
        assert shown == re.sub("[\u202a-\u202e\u2066-\u2069]", "\ufffd", text)
        addresses = page.locator("main a[href], header a[href]").evaluate_all(
            "all => all.map(each => each.getAttribute('href'))"
        )
        unsafe = [each for each in addresses if each != "#" and not re.match(r"https?://|[\w.-]+(/[\w.-]+)*$", each)]
        assert unsafe == []
    assert page.locator(FOREIGN).count() == 0
    page.keyboard.press("Escape")
    page.get_by_role("combobox").fill("window")
    page.locator(".mark").first.focus()
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    seen.assert_quiet()


# Many sites


def test_ten_thousand_sites_are_clustered_by_their_worst_band(
    visit: Any, map_fields: dict[str, Any], tmp_path: Path
) -> None:
    point = next(site for site in map_fields["sites"] if site["id"] == "example-hill")
    place = {"part": None, "precision_km": 1.0, "caption": None, "planned": False, "basis": None}

    def moved(number: int) -> dict[str, Any]:
        lon, lat = (number * 37) % 340 - 170, (number * 17) % 110 - 50
        geometry = {"type": "Point", "coordinates": [lon + number / 1e5, lat]}
        return {**point, "id": f"site-{number}", "name": f"Site {number}", "shapes": [{"geometry": geometry, **place}]}

    path = tmp_path / "many.html"
    path.write_text(
        map_page(MapData(**{**map_fields, "sites": [moved(number) for number in range(10_000)]})), encoding="utf-8"
    )
    seen = visit(path)
    page = seen.page
    counts = [
        int(re.match(r"(\d+) sites", name)[1]) for name in names_of_marks(page) if " sites, worst band high" in name
    ]
    assert len(counts) > 20
    assert sum(counts) + sum(name.startswith("Site ") for name in names_of_marks(page)) == 10_000
    assert page.locator("canvas.dots").evaluate(INKED) > 1_000  # each site also has a dot of 3 x 3 pixels
    page.get_by_role("combobox").fill("site 7777")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text("Site 7777")
    page.get_by_role("button", name="Close").click()
    before = page.evaluate("Base.map.getZoom()")
    page.locator(".mark:has(.cluster)").first.press("Enter")
    page.wait_for_timeout(600)
    assert page.evaluate("Base.map.getZoom()") > before
    assert page.locator("tbody tr").count() == 200
    page.locator(".more").click()
    assert page.locator("tbody tr").count() == 400
    seen.assert_quiet()


def test_sites_in_one_place_are_offered_as_a_list(visit: Any, map_fields: dict[str, Any], tmp_path: Path) -> None:
    point = map_fields["sites"][0]
    path = tmp_path / "one-place.html"
    sites = [{**point, "id": f"site-{number}", "name": f"Site {number}"} for number in range(130)]
    path.write_text(map_page(MapData(**{**map_fields, "sites": sites})), encoding="utf-8")
    lon, lat = point["shapes"][0]["geometry"]["coordinates"]
    page = visit(path, f"#at={lon},{lat},12").page
    page.locator(".mark").first.press("Enter")
    expect(page.locator("#panel-title")).to_have_text("130 sites in one place")
    page.locator(".panel .site").nth(3).click()
    expect(page.locator("#panel-title")).to_have_text("Site 3")


def test_a_map_without_sites_opens(visit: Any, map_fields: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text(map_page(MapData(**{**map_fields, "sites": []})), encoding="utf-8")
    seen = visit(path)
    expect(seen.page.locator(".count")).to_have_text("0 sites")
    seen.assert_quiet()


def test_a_site_without_a_place_is_listed(visit: Any, map_fields: dict[str, Any], tmp_path: Path) -> None:
    sites = json.loads(json.dumps(map_fields["sites"]))
    sites[0]["shapes"] = []
    path = tmp_path / "placeless.html"
    path.write_text(map_page(MapData(**{**map_fields, "sites": sites})), encoding="utf-8")
    seen = visit(path)
    expect(seen.page.locator(".mark")).to_have_count(7)
    seen.page.get_by_role("button", name="Example Hill", exact=True).click()
    expect(seen.page.locator("#panel-title")).to_have_text("Example Hill")
    seen.assert_quiet()

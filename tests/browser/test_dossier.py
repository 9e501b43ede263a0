"""The dossier in Chromium: quiet, reachable by keyboard, readable on a phone, in the dark and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from georisk.outputs.dossier import dossier_page
from georisk.outputs.rows import Report, report
from georisk.outputs.traced import traced_rows

pytestmark = pytest.mark.long

Visitor = Callable[..., Any]
SCREENS = [((1280, 900), "light"), ((390, 844), "dark"), ((320, 700), "light")]
OUT_OF_BOX = """[...document.querySelectorAll('.tree .box')].flatMap(box => {
    const frame = box.querySelector('.frame').getBBox();
    return [...box.querySelectorAll('text')].filter(text => {
        const own = text.getBBox();
        return own.x < frame.x || own.x + own.width > frame.x + frame.width + 0.5
            || own.y < frame.y || own.y + own.height > frame.y + frame.height + 0.5;
    }).map(text => text.textContent);
})"""
COVERED = """(() => {
    const labels = [...document.querySelectorAll('.placemap .country')].map(text => [text, text.getBBox()]);
    return labels.flatMap(([one, a], place) => labels.slice(place + 1).filter(([, b]) =>
        a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
    ).map(([other]) => one.textContent + ' / ' + other.textContent));
})()"""
CUT_ON_PAPER = """[...document.querySelectorAll('main table, main svg, main p, main li')]
    .filter(one => one.offsetParent !== null || one instanceof SVGElement)
    .filter(one => one.getBoundingClientRect().right > 721)
    .map(one => one.textContent.slice(0, 60))"""


def written(found: Report, data: Path, folder: Path) -> dict[str, Path]:
    for row in traced_rows(found):
        site = found.snapshot.seeds.sites[row["id"].value]
        (folder / f"{site.id}.html").write_text(dossier_page(found, site, row, data), encoding="utf-8")
    return {path.stem: path for path in sorted(folder.glob("*.html"))}


@pytest.fixture(scope="module")
def pages(repository: Any, reported: Report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return written(reported, repository.data, tmp_path_factory.mktemp("sites"))


def test_every_dossier_is_quiet_and_fits_every_screen_and_paper(pages: dict[str, Path], visit: Visitor) -> None:
    visited = visit(pages["ngualla"])
    faults = []
    for site, path in pages.items():
        visited.page.goto(path.as_uri())
        faults += [f"{site}: {fault}" for fault in (*misfits(visited.page), *misprints(visited.page))]
        visited.assert_quiet()
    assert faults == []


def misfits(page: Any) -> Iterator[str]:
    """What is wider than the screen, runs out of its box, or covers another."""
    for (width, height), scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(media="screen", color_scheme=scheme)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"wider than {width} px"
    yield from (f"out of its box: {text}" for text in page.evaluate(OUT_OF_BOX))
    yield from (f"labels of the small map: {pair}" for pair in page.evaluate(COVERED))


def misprints(page: Any) -> Iterator[str]:
    """What is cut or missing on A4 without margins at 96 dpi."""
    page.set_viewport_size({"width": 720, "height": 1000})
    page.emulate_media(media="print")
    yield from (f"cut on paper: {text}" for text in page.evaluate(CUT_ON_PAPER))
    if not page.locator("#sources li").first.is_visible():
        yield "no sources on paper"
    if page.locator("nav.contents").is_visible():
        yield "contents on paper"


def test_a_dossier_prints_to_a_file(pages: dict[str, Path], visit: Visitor) -> None:
    assert len(visit(pages["ngualla"]).page.pdf(format="A4")) > 10_000


def test_the_first_stop_of_the_keyboard_skips_to_the_dossier(pages: dict[str, Path], visit: Visitor) -> None:
    page = visit(pages["ngualla"]).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the dossier"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#dossier"


def test_boxes_of_the_tree_lead_to_what_is_said_of_the_party(pages: dict[str, Path], visit: Visitor) -> None:
    page = visit(pages["ngualla"]).page
    links = page.locator(".tree a")
    assert links.count() > 3
    links.nth(1).focus()
    target = links.nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    assert page.evaluate("decodeURIComponent(location.hash)") == target
    assert page.locator(f'[id="{target[1:]}"]').is_visible()


def test_the_tree_can_be_read_as_a_list_and_its_text_selected(pages: dict[str, Path], visit: Visitor) -> None:
    page = visit(pages["ngualla"]).page
    names = page.evaluate(
        """[...document.querySelectorAll('.tree .box:not(.rest):not(.root)')].map(box =>
            [...box.querySelectorAll('text.name')].map(text => text.textContent).join(' '))"""
    )
    page.locator(".as-list summary").first.press("Enter")
    told = page.locator(".as-list").first.inner_text()
    assert names != []
    for name in names:
        assert name in told
    assert page.evaluate("getComputedStyle(document.querySelector('.tree text')).userSelect") != "none"


def test_a_citation_leads_to_its_source(pages: dict[str, Path], visit: Visitor) -> None:
    page = visit(pages["ngualla"]).page
    link = page.locator(".lead .cite").first
    target = str(link.get_attribute("href"))
    link.click()
    page.wait_for_timeout(100)
    top = page.locator(target).bounding_box()["y"]
    assert 0 <= top < 900


def test_the_theme_can_be_chosen_by_keyboard(pages: dict[str, Path], visit: Visitor) -> None:
    page = visit(pages["ngualla"], color_scheme="light").page
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".theme").press("Enter")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert page.locator(".theme").get_attribute("aria-pressed") == "true"


def test_nothing_of_a_hostile_workspace_runs(made: Any, visit: Visitor, hostile_strings: list[str]) -> None:
    texts = [one for one in hostile_strings if all(ord(sign) >= 32 for sign in one) and 0 < len(one) < 1000]
    made.site("hill", country="TZA", at=(35.0, -6.0), holder="hill-co", title=texts[0], aliases=texts[:20])
    for number, text in enumerate(texts):
        made.source(f"source-{number}", title=text, publisher=text, url=text, locator=text, note=text)
        made.party(f"party-{number}", title=text)
        made.stake("hill-co", owner=f"party-{number}", percent=0.25, note=text, sources=[f"source-{number}"])
        made.say("hill", "milestone", text, force="planned", due="2026-01", sources=[f"source-{number}"])
        made.say("hill", "finance", 5, unit="USD", lender=f"party-{number}", instrument=text)
    opened = made.open()
    assessment = opened.assess(made.day, made.day)
    found = report(assessment, opened.holders(assessment.snapshot), opened.data / "places")
    visited = visit(written(found, opened.data, made.root)["hill"])
    for link in visited.page.locator("summary").all():
        link.press("Enter")
    visited.assert_quiet()
    assert visited.page.locator("h1").text_content() == texts[0]

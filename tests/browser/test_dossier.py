"""The dossier in Chromium: quiet, reachable by keyboard, readable on a phone, in the dark and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from georisk.outputs.dossier import dossier_page
from georisk.outputs.rows import Report, report
from georisk.outputs.traced import traced_rows

Visitor = Callable[..., Any]
SCREENS = [((1280, 900), "light"), ((390, 844), "dark"), ((320, 700), "light")]


def write(found: Report, data: Path, site: str, folder: Path) -> Path:
    row = next(one for one in traced_rows(found) if one["id"].value == site)
    path = folder / f"{site}.html"
    path.write_text(dossier_page(found, found.snapshot.seeds.sites[site], row, data), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def pages(repository: Any, assessed: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    found = report(assessed, repository.holders(assessed.snapshot), repository.data / "places")
    folder = tmp_path_factory.mktemp("sites")
    return {site: write(found, repository.data, site, folder) for site in assessed.sites}


@pytest.mark.parametrize(("size", "scheme"), SCREENS)
def test_every_dossier_is_quiet_and_fits_the_screen(
    pages: dict[str, Path], visit: Visitor, size: tuple[int, int], scheme: str
) -> None:
    for path in pages.values():
        visited = visit(path, size=size, color_scheme=scheme)
        visited.assert_quiet()
        assert visited.page.evaluate("document.documentElement.scrollWidth") <= size[0], path.name


def test_no_text_runs_out_of_its_box_and_no_boxes_touch(pages: dict[str, Path], visit: Visitor) -> None:
    for path in pages.values():
        visited = visit(path)
        out = visited.page.evaluate(
            """[...document.querySelectorAll('.tree .box')].flatMap(box => {
                const frame = box.querySelector('.frame').getBBox();
                return [...box.querySelectorAll('text')].filter(text => {
                    const own = text.getBBox();
                    return own.x < frame.x || own.x + own.width > frame.x + frame.width + 0.5
                        || own.y < frame.y || own.y + own.height > frame.y + frame.height + 0.5;
                }).map(text => text.textContent);
            })"""
        )
        assert out == [], path.name


def test_labels_of_the_small_map_do_not_cover_one_another(pages: dict[str, Path], visit: Visitor) -> None:
    for path in pages.values():
        visited = visit(path)
        covered = visited.page.evaluate(
            """(() => {
                const labels = [...document.querySelectorAll('.placemap .country')].map(text => [text, text.getBBox()]);
                return labels.flatMap(([one, a], place) => labels.slice(place + 1).filter(([, b]) =>
                    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
                ).map(([other]) => one.textContent + ' / ' + other.textContent));
            })()"""
        )
        assert covered == [], path.name


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


def test_on_paper_nothing_is_cut_and_the_evidence_is_there(pages: dict[str, Path], visit: Visitor) -> None:
    for path in pages.values():
        page = visit(path, size=(720, 1000)).page  # A4 without margins at 96 dpi
        page.emulate_media(media="print")
        wide = page.evaluate(
            """[...document.querySelectorAll('main table, main svg, main p, main li')]
                .filter(one => one.offsetParent !== null || one instanceof SVGElement)
                .filter(one => one.getBoundingClientRect().right > 721).length"""
        )
        assert wide == 0, path.name
        assert page.locator("#sources li").first.is_visible()
        assert not page.locator("nav.contents").is_visible()
        assert len(page.pdf(format="A4")) > 10_000


def test_nothing_of_a_hostile_workspace_runs(made: Any, visit: Visitor, hostile_strings: list[str]) -> None:
    texts = [one for one in hostile_strings if all(ord(sign) >= 32 for sign in one) and 0 < len(one) < 1000]
    made.site("hill", country="TZA", at=(35.0, -6.0), holder="hill-co", title=texts[0], aliases=texts[:20])
    for number, text in enumerate(texts):
        made.source(f"source-{number}", title=text, publisher=text, url=text, locator=text, note=text)
        made.party(f"party-{number}", title=text)
        made.stake("hill-co", owner=f"party-{number}", percent=0.5, note=text, sources=[f"source-{number}"])
        made.say("hill", "milestone", text, force="planned", due="2026-01", sources=[f"source-{number}"])
        made.say("hill", "finance", 5, unit="USD", lender=f"party-{number}", instrument=text)
    opened = made.open()
    assessment = opened.assess(made.day, made.day)
    found = report(assessment, opened.holders(assessment.snapshot), opened.data / "places")
    visited = visit(write(found, opened.data, "hill", made.root))
    for link in visited.page.locator("summary").all():
        link.press("Enter")
    visited.assert_quiet()
    assert visited.page.locator("h1").text_content() == texts[0]

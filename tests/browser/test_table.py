"""The risk table in Chromium: sorted, filtered and folded by mouse and keyboard, quiet, and whole without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from georisk.outputs.rows import Report, report
from georisk.outputs.table_html import COLUMNS, GROUPS, table_page
from georisk.outputs.traced import traced_rows

Visitor = Callable[..., Any]
SHOWN = "[...document.querySelectorAll('#table tbody tr')].filter(row => !row.hidden).map(row => row.dataset.site)"


@pytest.fixture(scope="module")
def registry(reported: Report) -> Report:
    return reported


@pytest.fixture(scope="module")
def table(registry: Report, repository: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("table") / "risk-table.html"
    path.write_text(table_page(registry, traced_rows(registry), repository.data), encoding="utf-8")
    return path


def by_score(registry: Report, key: str, *, falling: bool) -> list[float]:
    scores = [one.dimensions[key].score for one in registry.assessment.sites.values()]
    return sorted((one for one in scores if one is not None), reverse=falling)


def shown_scores(page: Any, column: str) -> list[float]:
    place = [one.title for one in COLUMNS].index(column) + 1
    script = "place => [...document.querySelectorAll('#table tbody tr')].map(row => row.cells[place].dataset.sort)"
    return [float(one) for one in page.evaluate(script, place) if one]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 900), (390, 844), (320, 700)])
def test_it_is_quiet_and_fits_the_screen(table: Path, visit: Visitor, size: tuple[int, int], scheme: str) -> None:
    visited = visit(table, size=size, color_scheme=scheme)
    visited.assert_quiet()
    assert visited.page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_click_sorts_and_a_second_click_turns_the_order(table: Path, visit: Visitor, registry: Report) -> None:
    page = visit(table).page
    head = page.get_by_role("button", name="China linkage")
    head.click()
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    assert shown_scores(page, "China linkage") == pytest.approx(by_score(registry, "china", falling=True), abs=1e-5)
    head.click()
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    assert shown_scores(page, "China linkage") == pytest.approx(by_score(registry, "china", falling=False), abs=1e-5)


def test_the_keyboard_sorts_names_from_a_to_z(table: Path, visit: Visitor, registry: Report) -> None:
    page = visit(table).page
    page.get_by_role("button", name="Site", exact=True).press("Enter")
    names = {site.id: site.name for site in registry.sites}
    assert page.evaluate(SHOWN) == sorted(names, key=lambda site: names[site].casefold())


def test_the_filter_folds_case_and_accents_and_says_how_many_are_left(table: Path, visit: Visitor) -> None:
    page = visit(table).page
    box = page.get_by_label("Filter sites")
    box.fill("NGUÁLLA")
    assert page.evaluate(SHOWN) == ["ngualla"]
    assert page.get_by_role("status").inner_text().startswith("1 of ")
    box.fill("no such site anywhere")
    assert page.evaluate(SHOWN) == []
    assert page.locator(".nothing").is_visible()
    box.fill("")
    assert len(page.evaluate(SHOWN)) > 1
    assert not page.locator(".nothing").is_visible()


def test_groups_of_columns_fold_by_keyboard(table: Path, visit: Visitor) -> None:
    page = visit(table).page
    heads = {key: page.locator(f'tr.groups th[data-group="{key}"]') for key, _, _ in GROUPS}
    assert [key for key, head in heads.items() if head.is_visible()] == [key for key, _, shown in GROUPS if shown]
    money = page.get_by_label("Money")
    money.focus()
    page.keyboard.press("Space")
    assert heads["money"].is_visible()
    assert page.locator('td[data-group="money"]').first.is_visible()


def test_heads_and_sites_stay_in_sight(table: Path, visit: Visitor) -> None:
    page = visit(table, size=(800, 420)).page
    frame = page.locator(".frame")
    frame.evaluate("one => one.scrollTo(200, 300)")
    top = frame.bounding_box()
    head = page.locator("tr.heads th.site").bounding_box()
    assert 0 <= head["y"] - top["y"] < 60
    assert 0 <= head["x"] - top["x"] < 5
    cell = page.locator("tbody th.site").nth(4).bounding_box()
    assert 0 <= cell["x"] - top["x"] < 5


def test_every_site_leads_to_its_dossier(table: Path, visit: Visitor) -> None:
    page = visit(table).page
    for link in page.locator("tbody th a").all():
        site = link.evaluate("one => one.closest('tr').dataset.site")
        assert link.get_attribute("href") == f"sites/{site}.html"


def test_a_phone_opens_with_the_scores_alone(table: Path, visit: Visitor) -> None:
    page = visit(table, size=(390, 844)).page
    assert page.locator('td[data-group="scores"]').first.is_visible()
    assert not page.locator('td[data-group="project"]').first.is_visible()


def test_without_scripts_every_column_is_there(table: Path, visit: Visitor, registry: Report) -> None:
    page = visit(table, java_script_enabled=False).page
    assert page.locator("#table tbody tr").count() == len(registry.sites)
    for key, _, _ in GROUPS:
        assert page.locator(f'tr.groups th[data-group="{key}"]').is_visible()
    assert not page.locator(".tools").is_visible()


def test_nothing_of_a_hostile_workspace_runs(made: Any, visit: Visitor, hostile_strings: list[str]) -> None:
    texts = [one for one in hostile_strings if all(ord(sign) >= 32 for sign in one) and 0 < len(one) < 1000]
    made.site("hill", country="TZA", holder="hill-co", title=texts[0])
    for number, text in enumerate(texts):
        made.party(f"party-{number}", title=text)
        made.stake("hill-co", owner=f"party-{number}", percent=0.25)
        made.say("hill", "finance", 5, unit="USD", lender=f"party-{number}", instrument=text)
    made.say("hill", "commodity", texts)
    opened = made.open()
    assessment = opened.assess(made.day, made.day)
    found = report(assessment, opened.holders(assessment.snapshot), opened.data / "places")
    path = made.root / "risk-table.html"
    path.write_text(table_page(found, traced_rows(found), opened.data), encoding="utf-8")
    visited = visit(path)
    for box in visited.page.locator('input[type="checkbox"]').all():
        box.check()
    visited.page.get_by_label("Filter sites").fill("{{ 7*7 }}<script>")
    visited.assert_quiet()

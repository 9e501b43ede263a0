"""Every kind of page under the standard rules of axe-core, light and dark, wide and narrow; nothing may be found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from georisk.changes.comparing import compare
from georisk.changes.views import View
from georisk.outputs.changes_page import changes_page

pytestmark = pytest.mark.long

STANDARD: dict[str, Any] = {}
STRICT = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
REST = "Promise.all(document.getAnimations().map(one => one.finished))"
FOUND = "{id} ({impact}): {target} {summary}"
OPEN = """() => document.querySelectorAll('.filters, .facets details').forEach(one => { one.open = true; })"""


def violations(seen: Any, rules: dict[str, Any] = STANDARD) -> list[str]:
    """Return what axe-core finds on a page that has come to rest."""
    seen.page.evaluate(REST)
    found = Axe().run(seen.page, options=rules).response["violations"]
    return [
        FOUND.format(
            id=one["id"], impact=one["impact"], target=node["target"], summary=node.get("failureSummary", "")[:300]
        )
        for one in found
        for node in one["nodes"]
    ]


def at_rest(
    visit: Any, path: Path, fragment: str = "", size: tuple[int, int] = (1280, 900), scheme: str = "light"
) -> Any:
    # axe-core is put into the page by its debugger, which the policy of the page would else forbid
    return visit(path, fragment, size=size, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)


@pytest.mark.parametrize(
    ("fragment", "size", "scheme"),
    [
        ("", (1280, 900), "light"),
        ("#site=example-hill&layer=china", (1280, 900), "dark"),
        ("#layer=legal:example&also=shade,owners&stage=production", (390, 844), "light"),
        ("#site=test-corridor&layer=stage", (320, 640), "dark"),
    ],
)
def test_the_map_breaks_no_rule(visit: Any, map_file: Path, fragment: str, size: tuple[int, int], scheme: str) -> None:
    seen = at_rest(visit, map_file, fragment, size, scheme)
    if "site=" not in fragment:
        seen.page.evaluate(OPEN)
    assert violations(seen, STRICT) == []


@pytest.mark.parametrize("name", ["index.html", "sites/hill.html", "risk-table.html", "method.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_a_build_break_no_rule(visit: Any, built: Path, name: str, scheme: str) -> None:
    assert violations(at_rest(visit, built / name, scheme=scheme)) == []


def test_what_moved_breaks_no_rule(visit: Any, made: Any, tmp_path: Path) -> None:
    made.source("press", published="2025-01-02", url="https://example.org/a")
    made.site("hill", country="TZA", holder="hill-co")
    made.party("east", incorporation="CHN")
    made.stake("hill-co", owner="east", percent=60, since="2025-01-01", sources=["press"])
    opened = made.open()
    changes = compare(View.of(opened, made.day, "2025-01-01"), View.of(opened, made.day, made.day))
    path = tmp_path / "changes.html"
    path.write_text(changes_page(changes, opened.data), encoding="utf-8")
    assert violations(at_rest(visit, path)) == []


def test_no_text_of_the_filters_is_cut_on_the_narrowest_screen(visit: Any, map_file: Path) -> None:
    page = at_rest(visit, map_file, size=(320, 640)).page
    page.evaluate(OPEN)
    expect(page.locator("[data-facet=owner] label").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

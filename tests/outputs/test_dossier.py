"""The dossier page: every figure leads to its statement, every statement to its sources, and nothing runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from georisk.outputs.dossier import dossier_page
from georisk.outputs.rows import Report, report
from georisk.outputs.traced import traced_rows

VOID = {"meta", "link", "input", "br", "img", "path", "rect", "circle"}
TOLD = {"data-statements", "data-source", "data-method", "data-clock", "data-count", "data-name", "data-place",
        "data-coverage"}  # fmt: skip
"""What may carry a figure: statements, a source's own words, the method, the clocks, counts of the page, names,
the grid of the map, and the note on how far the search went."""
NUMBERED = re.compile(r"^\[\d+\]$|^\+\d+$")


@dataclass
class Piece:
    """A text of the page with the elements round it, outermost first."""

    text: str
    way: list[tuple[str, dict[str, str | None]]]

    def within(self, name: str) -> bool:
        return any(tag == name for tag, _ in self.way)

    def marks(self) -> set[str]:
        return {key for _, attributes in self.way for key in attributes} & TOLD


@dataclass
class Reading(HTMLParser):
    """The texts of a page, its ids and its statements."""

    pieces: list[Piece] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.way: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag not in VOID:
            self.way.append((tag, given))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self.way and self.way.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.pieces.append(Piece(data.strip(), list(self.way)))


def read(page: str) -> Reading:
    found = Reading()
    found.feed(page)
    return found


def pages_of(found: Report, data: Path) -> Iterator[tuple[str, str]]:
    for row in traced_rows(found):
        site = found.snapshot.seeds.sites[row["id"].value]
        yield site.id, dossier_page(found, site, row, data)


@pytest.fixture(scope="module")
def registry(reported: Report) -> Report:
    return reported


@pytest.fixture(scope="module")
def pages(registry: Report, repository: Any) -> dict[str, Reading]:
    return {site: read(page) for site, page in pages_of(registry, repository.data)}


@pytest.fixture(scope="module")
def hill(sample: Any) -> str:
    return dict(pages_of(sample.report, sample.workspace.data))["hill"]


def test_every_figure_stands_in_something_that_is_cited(pages: dict[str, Reading], registry: Report) -> None:
    seeds = registry.snapshot.seeds
    names = [one.name for one in (*seeds.parties.values(), *seeds.sites.values()) if re.search(r"\d", one.name)]
    for site, page in pages.items():
        loose = _loose(page, names)
        assert loose == [], (site, loose[:5])


def _loose(page: Reading, names: list[str]) -> list[str]:
    """Return texts with a figure that no statement, source, clock or rule of method stands behind; names are free."""
    found = []
    for piece in page.pieces:
        free = any(piece.within(tag) for tag in ("script", "style", "title", "code", "h1", "nav", "header"))
        text = reduce(lambda rest, name: rest.replace(name, ""), names, piece.text)
        if free or not any(sign.isdigit() for sign in text) or NUMBERED.match(text):
            continue
        if not piece.marks():
            found.append(piece.text)
    return found


def test_every_id_of_a_statement_is_a_row_of_the_page(pages: dict[str, Reading], registry: Report) -> None:
    for site, page in pages.items():
        named = {one for _, given in page.tags for one in str(given.get("data-statements") or "").split()}
        assert named, site
        assert named <= set(page.ids), (site, sorted(named - set(page.ids))[:5])
        for one in named:
            assert one.startswith("ref:") or one in registry.snapshot.by_id


def test_every_link_within_the_page_leads_somewhere_and_no_id_stands_twice(pages: dict[str, Reading]) -> None:
    for site, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), site
        inside = {str(given["href"])[1:] for tag, given in page.tags if str(given.get("href", "")).startswith("#")}
        assert inside <= set(page.ids), (site, sorted(inside - set(page.ids))[:5])


def test_amounts_and_shares_are_those_of_their_statements(pages: dict[str, Reading], registry: Report) -> None:
    checked = 0
    for page in pages.values():
        for piece in page.pieces:
            amount = re.fullmatch(r"([A-Z]{3}) ([\d,]+)", piece.text)
            if amount is None or not any(given.get("class") == "number" for _, given in piece.way):
                continue
            ids = next(str(given["data-statements"]) for _, given in reversed(piece.way) if "data-statements" in given)
            (one,) = (registry.snapshot.by_id[name] for name in ids.split())
            assert (one.unit, f"{one.value:,.0f}") == (amount[1], amount[2])
            checked += 1
    assert checked > 5


def test_points_on_the_page_are_those_of_the_run(pages: dict[str, Reading], registry: Report) -> None:
    for site, page in pages.items():
        scored = registry.assessment.sites[site]
        expected = [f"{one.points:+.1f}" for score in (scored.composite, *scored.dimensions.values())
                    for one in score.contributions]  # fmt: skip
        shown = [piece.text for piece in page.pieces if piece.way[-1][1].get("class") == "points" and piece.text != "?"]
        assert shown == expected


def test_all_sections_are_there_even_where_nothing_is_known(sample: Any) -> None:
    cloud = read(dict(pages_of(sample.report, sample.workspace.data))["cloud"])
    assert {"place", "owners", "money", "sales", "scores", "law", "missing", "conflicts", "china", "proceedings", "statements",
            "sources"} <= set(cloud.ids)  # fmt: skip
    words = " ".join(piece.text for piece in cloud.pieces)
    assert "No place was found." in words
    assert "No owner of Cloud is known." in words


def test_states_of_finance_are_never_in_one_table(made: Any) -> None:
    made.site("hill", country="TZA")
    for amount, force in ((1, "in-effect"), (2, "binding"), (3, "approved"), (4, "conditional"), (5, "nonbinding")):
        made.say("hill", "finance", amount, unit="USD", force=force)
    opened = made.open()
    assessment = opened.assess(made.day, made.day)
    found = report(assessment, opened.holders(assessment.snapshot), opened.data / "places")
    page = dict(pages_of(found, opened.data))["hill"]
    tables = re.findall(r'<table class="money">.*?</table>', page, re.DOTALL)
    assert [re.findall(r"USD \d", table) for table in tables] == [[f"USD {number}"] for number in range(1, 6)]


def test_a_conflict_shows_its_sides_beside_each_other(made: Any) -> None:
    made.site("hill", country="TZA")
    made.say("hill", "extent", "5 km2", key="small")
    made.say("hill", "extent", "6 km2", contradicts=["small"])
    opened = made.open()
    assessment = opened.assess(made.day, made.day)
    found = report(assessment, opened.holders(assessment.snapshot), opened.data / "places")
    page = dict(pages_of(found, opened.data))["hill"]
    (sides,) = re.findall(r'<div class="sides">.*?</div>', page, re.DOTALL)
    assert "5 km2" in sides
    assert "6 km2" in sides


def test_a_projection_says_so(sample: Any) -> None:
    opened = sample.workspace
    assessment = opened.assess("2030-01-01", "2026-11-21")
    found = report(assessment, opened.holders(assessment.snapshot), opened.data / "places")
    assert "(projection)" in dict(pages_of(found, opened.data))["hill"]


def test_the_same_run_gives_the_same_bytes(sample: Any, hill: str) -> None:
    assert dict(pages_of(sample.report, sample.workspace.data))["hill"] == hill


def test_only_its_own_scripts_and_no_request(hill: str) -> None:
    page = read(hill)
    assert [tag for tag, given in page.tags if tag in ("img", "iframe", "object", "embed", "base", "form")] == []
    assert [given for tag, given in page.tags if tag == "script" and "src" in given] == []
    assert [key for _, given in page.tags for key in given if key.startswith("on")] == []


def test_hostile_text_stays_text(made: Any, hostile_strings: list[str]) -> None:
    plain = [one for one in hostile_strings if all(ord(sign) >= 32 for sign in one) and 0 < len(one) < 1000]
    page = read(_hostile(made, [" ".join(plain[start : start + 5]) for start in range(0, len(plain), 5)]))
    scripts = [given for tag, given in page.tags if tag == "script"]
    assert len(scripts) == 2  # the data block, and what every page shares
    assert [key for _, given in page.tags for key in given if key.startswith("on")] == []
    links = [str(given["href"]) for tag, given in page.tags if tag == "a"]
    assert [one for one in links if not one.startswith(("#", "../", "http://", "https://"))] == []
    assert [tag for tag, _ in page.tags if tag in ("img", "iframe", "object", "embed", "base", "form", "math")] == []


def _hostile(made: Any, texts: list[str]) -> str:
    made.site("hill", country="TZA", at=(35.0, -6.0), holder="hill-co", title=texts[0], aliases=texts[:20])
    for number, text in enumerate(texts):
        made.source(f"source-{number}", title=text, publisher=text, url=text, locator=text, note=text, origin=text)
        made.party(f"party-{number}", title=text)
        made.stake("hill-co", owner=f"party-{number}", percent=0.25, via=[f"party-{number}"], note=text,
                   sources=[f"source-{number}"])  # fmt: skip
        made.say("hill", "milestone", text, force="planned", due="2026-01", sources=[f"source-{number}"])
    made.say("hill", "finance", 5, unit=texts[1], lender="party-1", instrument=texts[2], conditions=texts[3])
    opened = made.open()
    assessment = opened.assess(made.day, made.day)
    found = report(assessment, opened.holders(assessment.snapshot), opened.data / "places")
    return dict(pages_of(found, opened.data))["hill"]

"""The risk table as a page: every figure leads to its statement, cells say what the table says, nothing runs."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from georisk.outputs.reasoning import figure
from georisk.outputs.rows import SCORE_COLUMNS, TABLE_COLUMNS, Report, report
from georisk.outputs.table_html import COLUMNS, GROUPS, table_page
from georisk.outputs.traced import traced_rows

SCORES = ("composite", "jurisdiction", "opacity", "china")


class Cells(HTMLParser):
    """The cells of the table: by site and column, attributes and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: dict[str, list[tuple[dict[str, str | None], list[str]]]] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._site: str | None = None
        self._open = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag == "tr":
            self._site = given.get("data-site")
            if self._site is not None:
                self.rows[self._site] = []
        if tag == "td" and self._site is not None:
            self.rows[self._site].append((given, []))
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._open = False
        if tag == "tr":
            self._site = None

    def handle_data(self, data: str) -> None:
        if self._open and self._site is not None and data.strip():
            self.rows[self._site][-1][1].append(data.strip())


@pytest.fixture(scope="module")
def registry(reported: Report) -> Report:
    return reported


@pytest.fixture(scope="module")
def page(registry: Report, repository: Any) -> str:
    return table_page(registry, traced_rows(registry), repository.data)


def test_every_column_of_the_table_is_on_the_page() -> None:
    shown = {name for column in COLUMNS for name in column.names}
    elsewhere = {"id", "name", "kind", "worst_dimension", "band_with_weak", *SCORE_COLUMNS}  # the heads, tags and notes
    assert shown | elsewhere == {*TABLE_COLUMNS, *SCORES}


def test_columns_stand_in_the_order_of_their_groups() -> None:
    keys = [key for key, _, _ in GROUPS]
    order = [keys.index(column.group) for column in COLUMNS]
    assert order == sorted(order)


def test_every_cell_with_a_figure_leads_to_known_statements(page: str, registry: Report) -> None:
    for site, cells in Cells(page).rows.items():
        assert len(cells) == len(COLUMNS)
        for (given, texts), column in zip(cells, COLUMNS, strict=True):
            ids = str(given.get("data-statements") or "").split()
            has_figure = any(sign.isdigit() for text in texts for sign in text)
            assert ids or not has_figure or "data-method" in given, (site, column.title, texts)
            assert all(one.startswith("ref:") or one in registry.snapshot.by_id for one in ids)


def test_every_cell_links_to_its_first_statement_in_the_dossier(page: str) -> None:
    for site, cells in Cells(page).rows.items():
        for given, texts in cells:
            ids = str(given.get("data-statements") or "").split()
            if ids:
                assert texts[-1].startswith(f"{len(ids)} statement")
                assert f'href="sites/{site}.html#{ids[0]}"' in page


def test_scores_sort_by_their_value_and_show_it_whole(page: str, registry: Report) -> None:
    place = {column.names[0]: number for number, column in enumerate(COLUMNS)}
    for site, cells in Cells(page).rows.items():
        scored = registry.assessment.sites[site]
        for key in SCORES:
            score = scored.composite if key == "composite" else scored.dimensions[key]
            given, texts = cells[place[key]]
            assert texts[0] == figure(registry.assessment.method, score.score, 0)
            assert score.score is None or float(str(given["data-sort"])) == pytest.approx(score.score, abs=1e-5)
            assert any(text.startswith(f"{score.low:.0f} to {score.high:.0f}") for text in texts)


def test_texts_are_those_of_the_table(page: str, registry: Report) -> None:
    cells = Cells(page).rows
    for row in traced_rows(registry):
        for (_, texts), column in zip(cells[row["id"].value], COLUMNS, strict=True):
            if column.kind in ("text", "number", "list") and row[column.names[0]].value is not None:
                shown = "; ".join(text for text in texts if not re.fullmatch(r"\d+ statements?", text))
                assert shown == unescape(str(row[column.names[0]].value)), (row["id"].value, column.title)


def test_rows_stand_worst_first_and_the_page_says_so(page: str, registry: Report) -> None:
    assert list(Cells(page).rows) == [row["id"].value for row in traced_rows(registry)]
    heads = [given for tag, given in Cells(page).tags if tag == "th" and "aria-sort" in given]
    assert [given["aria-sort"] for given in heads] == ["descending"]


def test_notes_compare_bands_with_and_without_weak_evidence(made: Any) -> None:
    """A digest of grade C puts all of the site into Chinese hands; official papers name no owner from there."""
    made.source("digest", grade="C")
    made.party("dragon", incorporation="CHN")
    made.party("quarry", listed=True, incorporation="GBR")
    made.site("hill", country="TZA", holder="hill-co")
    made.stake("hill-co", owner="quarry", percent=100)
    made.say("hill", "chinese-link", absent="none-found", channels=["debt", "contractor", "control"])
    made.say("hill", "offtake", 100, unit="percent", buyer="dragon", sources=["digest"])
    made.say("hill", "processing", 100, unit="percent", country="CHN", sources=["digest"])
    opened = made.open()
    assessment = opened.assess(made.day, made.day)
    china = assessment.sites["hill"].dimensions["china"]
    assert china.weak_band is not None
    found = report(assessment, opened.holders(assessment.snapshot), opened.data / "places")
    notes = table_page(found, traced_rows(found), opened.data).split("<h2>Bands")[1]
    text = " ".join(re.sub(r"<[^>]+>", " ", notes).split())
    assert f"{china.band} {figure(assessment.method, china.score)} → {china.weak_band}" in unescape(text)


def test_nothing_of_the_data_runs(made: Any, hostile_strings: list[str]) -> None:
    plain = [one for one in hostile_strings if all(ord(sign) >= 32 for sign in one) and 0 < len(one) < 1000]
    made.site("hill", country="TZA", holder="hill-co", title=plain[0])
    for number, text in enumerate(plain):
        made.party(f"party-{number}", title=text)
        made.stake("hill-co", owner=f"party-{number}", percent=0.25)
        made.say("hill", "finance", 5, unit="USD", lender=f"party-{number}", instrument=text)
    made.say("hill", "commodity", plain)
    opened = made.open()
    assessment = opened.assess(made.day, made.day)
    found = report(assessment, opened.holders(assessment.snapshot), opened.data / "places")
    tags = Cells(table_page(found, traced_rows(found), opened.data)).tags
    assert sum(tag == "script" for tag, _ in tags) == 3  # the data block, the shared script, the table's own
    assert [key for _, given in tags for key in given if key.startswith("on")] == []
    assert [tag for tag, _ in tags if tag in ("img", "iframe", "object", "embed", "base", "math")] == []
    assert [given for tag, given in tags if tag == "a" and "javascript" in str(given.get("href"))] == []


def test_the_same_run_gives_the_same_bytes(page: str, registry: Report, repository: Any) -> None:
    assert table_page(registry, traced_rows(registry), Path(repository.data)) == page

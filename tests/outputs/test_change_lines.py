from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from georisk.changes.comparing import Changes, compare
from georisk.changes.views import View
from georisk.outputs.change_lines import (
    PREVIEW,
    TABLE,
    between,
    changed_sentence,
    changes_markdown,
    preview_rows,
    table_rows,
    told_shifts,
)

TODAY = "2026-11-21"
CHANNELS = ["offtake", "processing", "debt", "contractor"]
NASTY = "East](https://evil.example) *Ltd* <img src=x>"


@pytest.fixture(scope="module")
def changes(workspace: Any, tmp_path_factory: pytest.TempPathFactory) -> Changes:
    made = workspace(tmp_path_factory.mktemp("lines") / "desk")
    made.source("ledger", published="2020-01-01")
    made.source("press", published="2025-01-02", url="https://example.org/a")
    made.source("trap", published="2025-01-03", url="https://example.org/a)(x")
    made.site("hill", country="TZA", holder="hill-co", parts=("north",))
    made.say("hill", "chinese-link", absent="none-found", channels=CHANNELS)
    made.site("dale", country="TZA")
    made.party("east", incorporation="CHN", title=NASTY)
    made.stake("hill-co", owner="east", percent=60, since="2025-01-01", key="stake", sources=["press"])
    opened = made.open()
    return compare(View.of(opened, "2025-01-01", "2025-01-01"), View.of(opened, "2025-01-01", TODAY))


@pytest.fixture(scope="module")
def data(changes: Changes) -> Path:
    assert changes.after.view is not None
    return changes.after.view.references.parent


def test_a_message_names_score_cause_and_link(changes: Changes, data: Path) -> None:
    text = changes_markdown(changes, data)
    assert "- **Hill**: China linkage" in text
    assert "**band changed**" in text
    assert "Stake became known 2025-01-02: 60 %" in text
    assert "](https://example.org/a))" in text
    assert "1 of 2 sites did not move." in text


def test_text_from_data_is_no_markup_in_a_message(changes: Changes, data: Path) -> None:
    text = changes_markdown(changes, data)
    assert NASTY not in text
    assert "\\](https" in text
    assert "\\<img" in text


def test_an_address_that_would_end_the_link_is_left_out(made: Any) -> None:
    made.source("ledger", published="2020-01-01")
    made.source("trap", published="2025-01-03", url="https://example.org/a)(x")
    made.site("hill", country="TZA", holder="hill-co")
    made.say("hill", "chinese-link", absent="none-found", channels=CHANNELS)
    made.party("east", incorporation="CHN")
    made.stake("hill-co", owner="east", percent=60, since="2025-01-01", sources=["trap"])
    opened = made.open()
    changes = compare(View.of(opened, TODAY, "2025-01-01"), View.of(opened, TODAY, TODAY))
    text = changes_markdown(changes, opened.data)
    assert "trap press" in text
    assert "example.org" not in text


def test_nothing_moved_is_said(made: Any) -> None:
    made.site("hill", country="TZA")
    view = View.of(made.open(), TODAY, TODAY)
    assert "No score moved." in changes_markdown(compare(view, view), view.references.parent)


def test_a_part_that_moved_as_its_site_is_told_once(changes: Changes) -> None:
    hill = next(site for site in changes.sites if site.id == "hill")
    assert [one.id for one, _ in told_shifts(hill)] == ["hill"] * len(hill.moved)


def test_the_table_names_a_score_once_and_then_its_causes(changes: Changes, data: Path) -> None:
    rows = table_rows(changes, data)
    assert all(set(row) <= set(TABLE) for row in rows)
    heads = [row for row in rows if "site" in row]
    assert [row["site"] for row in heads] == ["Hill"] * len(heads)
    china = next(row for row in heads if row["score"] == "China linkage")
    assert china["before"] == "0.0 low"
    assert china["cause"].startswith("Stake became known 2025-01-02: 60 %")
    assert china["delta"].startswith("+")
    assert china["delta"].endswith(" band")


def test_a_preview_shows_intervals_and_bands(changes: Changes, data: Path) -> None:
    rows = {row["dimension"]: row for row in preview_rows(changes, data) if row["site"] == "hill"}
    assert set(rows["china"]) == set(PREVIEW)
    assert " (" in rows["china"]["before"]
    assert " to " in rows["china"]["after"]
    assert "hill-co:stake" in rows["china"]["causes"]


def test_the_map_says_it_in_a_sentence(changes: Changes) -> None:
    text = changed_sentence(changes, "hill")
    assert text is not None
    assert text.startswith("since the build of 2025-01-01: ")
    assert "; China linkage 0.0 low to " in text
    assert changed_sentence(changes, "dale") is None
    assert changed_sentence(changes, "nowhere") is None
    assert changed_sentence(None, "hill") is None


def test_days_that_pass_are_no_news_for_the_map(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.stake("hill-co", owner="rest", percent=100, since="2020-01-01")
    opened = made.open()
    changes = compare(View.of(opened, TODAY, TODAY), View.of(opened, "2026-12-21", TODAY))
    assert {cause.mover.kind for shift in changes.sites[0].moved for cause in shift.causes} == {"time"}
    assert changed_sentence(changes, "hill") is None


def test_what_two_stands_differ_in(changes: Changes) -> None:
    assert between(changes) == "as of 2025-01-01, known by 2025-01-01 to 2026-11-21"

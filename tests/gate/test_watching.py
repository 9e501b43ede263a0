from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from georisk.gate.watching import watched_feeds, watched_sites, watched_sources, watched_statements
from georisk.news.fetching import Limits, read_limits
from georisk.news.pulling import Feed, Kept
from georisk.news.tables import reading_tables

DAY = date(2026, 11, 21)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Invented Press</title>
<item><title>Copper</title><pubDate>Mon, 02 Nov 2026 08:00:00 +0000</pubDate><description>It runs.</description></item>
</channel></rss>"""


def limits(root: Path) -> Limits:
    return read_limits(root / "data" / "news")


def test_the_newest_evidence_of_a_site_is_that_of_its_holder_too(made: Any) -> None:
    made.source("paper", grade="B", published="2026-11-01", url="https://example.org/a")
    made.site("hill", country="TZA", holder="hill-co")
    made.stake("hill-co", owner="quarry", percent=60, since="2020-01-01", sources=["paper"])
    made.site("dale", country="TZA")
    found = {one.name: one for one in watched_sites(made.snapshot())}
    assert (found["hill"].newest, found["hill"].age_days) == (date(2026, 11, 1), 20)
    assert found["hill"].text == "paper press: paper report"
    assert (found["dale"].newest, found["dale"].age_days) == (
        date(2026, 6, 1),
        173,
    )  # 29 in June, 31 + 31 + 30 + 31, 21


def test_what_was_published_later_is_not_known_yet(made: Any) -> None:
    made.source("paper", grade="B", published="2026-11-01")
    made.site("hill", country="TZA")
    made.say("hill", "profile", "a hill", sources=["ledger", "paper"])
    (found,) = watched_sites(made.snapshot(known_by="2026-10-01"))
    assert found.newest == date(2026, 6, 1)


def test_publishers_are_listed_with_their_newest_source(made: Any) -> None:
    made.source("paper", published="2026-10-01", publisher="Invented Press")
    made.source("later", published="2026-11-11", publisher="Invented Press")
    made.site("hill", country="TZA")
    made.say("hill", "profile", "a hill", sources=["paper", "later"])
    found = {one.name: one for one in watched_sources(made.snapshot())}
    assert (found["Invented Press"].newest, found["Invented Press"].age_days) == (date(2026, 11, 11), 10)
    assert found["Invented Press"].text == "later report; cited 2 times"


def test_planned_events_past_their_day_and_old_holdings_are_late(made: Any) -> None:
    made.source("old", published="2023-01-01")
    made.site("hill", country="TZA", holder="hill-co")
    made.say("hill", "milestone", "first metal", force="planned", due="2026-Q3", key="metal")
    made.say("hill", "milestone", "second line", force="planned", due="2027", key="line")
    made.stake("hill-co", owner="quarry", percent=60, key="old", sources=["old"])
    made.stake("hill-co", owner="ada", percent=20, key="fresh")
    made.stake("hill-co", owner="state", percent=16, key="law", statutory=True, sources=["old"])
    found = {one.name: one for one in watched_statements(made.snapshot(), 24)}
    assert set(found) == {"hill:metal", "hill-co:old"}
    assert all(one.late for one in found.values())
    assert found["hill:metal"].text == "due 2026-Q3, outcome not found"
    assert found["hill-co:old"].newest == date(2023, 1, 1)


def test_a_feed_is_silent_after_its_days(root: Path, tmp_path: Path) -> None:
    (tmp_path / "press.xml").write_text(FEED)
    kept = {"press": Kept("https://example.org/feed", "press.xml", changed="2026-11-02T09:00:00Z")}
    tables = reading_tables(root / "data" / "news")

    def look(feeds: dict[str, Feed], today: date) -> Any:
        return {one.name: one for one in watched_feeds(feeds, kept, tmp_path, limits(root), tables, today)}

    fresh = look({}, date(2026, 11, 10))["press"]
    assert (fresh.newest, fresh.age_days, fresh.late) == (date(2026, 11, 2), 8, False)
    assert look({}, DAY)["press"].late  # 19 days, 14 are allowed
    patient = {"press": Feed(url="https://example.org/feed", silent_after_days=30)}
    assert not look(patient, DAY)["press"].late


def test_a_feed_that_fails_or_was_never_fetched_is_late(root: Path, tmp_path: Path) -> None:
    (tmp_path / "press.xml").write_text(FEED)
    kept = {"press": Kept("https://example.org/feed", "press.xml", failing="since 2026-11-03: answered 500")}
    feeds = {"other": Feed(url="https://example.org/other")}
    tables = reading_tables(root / "data" / "news")
    found = {one.name: one for one in watched_feeds(feeds, kept, tmp_path, limits(root), tables, date(2026, 11, 5))}
    assert (found["press"].late, found["press"].text) == (True, "failing since 2026-11-03: answered 500")
    assert (found["other"].late, found["other"].text) == (True, "was never fetched; run georisk news pull")

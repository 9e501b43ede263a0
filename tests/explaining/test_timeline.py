from __future__ import annotations

from typing import Any

import pytest

from georisk.explaining.citations import Citations
from georisk.explaining.timeline import Event, latest_of, timeline_of
from georisk.files import bundled_root


@pytest.fixture
def hill(made: Any) -> Any:
    made.site("hill", country="TZA")
    return made


def events(made: Any) -> list[Event]:
    snapshot = made.snapshot()
    citations = Citations(snapshot, bundled_root() / "data")
    return timeline_of(snapshot, map(citations.statement, snapshot.known))


def told(made: Any) -> list[tuple[str, str, Any]]:
    return [(str(one.when), one.what, one.support.statement and one.support.statement.value) for one in events(made)]


def test_begins_and_ends_in_order_of_their_last_day_ends_first(hill: Any) -> None:
    hill.say("hill", "stage", "production", since="2024")
    hill.say("hill", "stage", "construction", since="2020-01-01", until="2024-12-31")
    assert told(hill) == [
        ("2020-01-01", "begins", "construction"),
        ("2024-12-31", "ends", "construction"),
        ("2024", "begins", "production"),  # a year sorts at its last day
    ]


def test_a_plan_is_due_and_overdue_once_its_date_has_passed(hill: Any) -> None:
    hill.say("hill", "milestone", "late", force="planned", due="2026-Q3", since="2026-01-01")
    hill.say("hill", "milestone", "ahead", force="planned", due="2026-Q4")
    hill.say("hill", "milestone", "done", since="2026-02-01")
    hill.say("hill", "milestone", "replaced", force="planned", due="2025-01", until="2025-05-01")
    assert told(hill) == [
        ("2025-01", "due", "replaced"),
        ("2026-02-01", "begins", "done"),
        ("2026-Q3", "overdue", "late"),
        ("2026-Q4", "due", "ahead"),
    ]


def test_what_has_no_date_or_is_bound_to_none_is_no_event(hill: Any) -> None:
    hill.say("hill", "operator", "ada")
    hill.say("hill", "commodity", ["gold"], since="2020-01-01")
    assert told(hill) == []


def test_the_latest_change_is_the_last_main_event_that_has_happened(hill: Any) -> None:
    hill.say("hill", "stage", "production", since="2026-03-01")
    hill.say("hill", "offtake", 40, unit="percent", until="2026-03-01")
    hill.say("hill", "capex", 5, unit="USD", since="2026-06-01")
    hill.say("hill", "tenure", "licence", until="2040-01-01")
    found = latest_of(hill.snapshot(), events(hill))
    assert [(str(one.when), one.what) for one in found] == [("2026-03-01", "begins"), ("2026-03-01", "ends")]
    assert {one.support.topic: one.is_main for one in events(hill)} == {
        "stage": True, "offtake": True, "capital cost": False, "tenure": True,
    }  # fmt: skip


def test_what_a_country_does_is_not_the_sites_own_story(hill: Any) -> None:
    hill.place("TZA", "Tanzania")
    hill.say("tza", "finance", 5, unit="USD", since="2026-06-01")
    found = events(hill)
    assert [one.is_main for one in found] == [False]
    assert latest_of(hill.snapshot(), found) == ()


def test_nothing_dated_has_no_latest_change(hill: Any) -> None:
    assert latest_of(hill.snapshot(), events(hill)) == ()

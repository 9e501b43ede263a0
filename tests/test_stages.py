from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from georisk.stages import ORDER, due, milestones, only_planned, overdue, stage_of, stage_of_site
from georisk.vocabulary import read_vocabulary


@pytest.fixture
def hill(made: Any) -> Any:
    made.site("hill", parts=("north", "south"))
    return made


def test_every_stage_has_its_place_in_the_order(root: Path) -> None:
    assert set(ORDER) == set(read_vocabulary(root / "data" / "vocabulary", "stages"))
    assert len(ORDER) == len(set(ORDER))


def test_the_latest_open_stage_stands(hill: Any) -> None:
    hill.say("hill", "stage", "exploration", since="2010-01-01")
    hill.say("hill", "stage", "permitted", since="2023-04-01")
    stage = stage_of(hill.snapshot(), "hill")
    assert (stage.code, str(stage.since), stage.reported) == ("permitted", "2023-04-01", None)
    assert stage_of(hill.snapshot(as_of="2020-01-01"), "hill").code == "exploration"


def test_a_disputed_stage_shows_the_last_undisputed_one_and_what_is_reported(hill: Any) -> None:
    hill.say("hill", "stage", "permitted", since="2023-04-01")
    hill.say("hill", "stage", "construction", since="2025-01-01", status="disputed")
    stage = stage_of(hill.snapshot(), "hill")
    assert (stage.code, str(stage.since), stage.reported) == ("permitted", "2023-04-01", "construction (disputed)")
    assert len(stage.statements) == 2


def test_where_all_is_disputed_no_stage_stands(hill: Any) -> None:
    hill.say("hill", "stage", "construction", since="2025-01-01", status="disputed")
    stage = stage_of(hill.snapshot(), "hill")
    assert (stage.code, stage.since, stage.reported) == (None, None, "construction (disputed)")


def test_a_dispute_that_is_over_is_not_shown(hill: Any) -> None:
    hill.say("hill", "stage", "construction", since="2024-01-01", status="disputed")
    hill.say("hill", "stage", "commissioning", since="2025-01-01")
    assert stage_of(hill.snapshot(), "hill").reported is None


def test_no_statement_no_stage(hill: Any) -> None:
    stage = stage_of(hill.snapshot(), "hill")
    assert (stage.code, stage.since, stage.reported, stage.statements) == (None, None, None, ())


def test_what_is_only_announced_is_planned(hill: Any) -> None:
    hill.say("hill/north", "stage", "construction", force="planned", since="2026-01-01")
    hill.say("hill/south", "stage", "construction", since="2026-01-01")
    snapshot = hill.snapshot()
    assert stage_of(snapshot, "hill/north").code == "planned"
    assert only_planned(snapshot, "hill/north")
    assert not only_planned(snapshot, "hill/south")
    assert not only_planned(snapshot, "hill")


def test_a_site_shows_its_own_stage_else_its_most_advanced_part_s(hill: Any) -> None:
    hill.say("hill/north", "stage", "production", since="2020-01-01")
    hill.say("hill/south", "stage", "exploration", since="2024-01-01")
    parts = ["hill/north", "hill/south"]
    assert stage_of_site(hill.snapshot(), "hill", parts).code == "production"
    hill.say("hill", "stage", "care-and-maintenance", since="2026-01-01")
    assert stage_of_site(hill.snapshot(), "hill", parts).code == "care-and-maintenance"


def test_planned_events_come_by_their_due_date_and_those_past_are_overdue(hill: Any) -> None:
    hill.say("hill", "milestone", "first metal", force="planned", due="2027-Q2")
    hill.say("hill", "milestone", "sale closes", force="planned", due="2026-Q3")
    hill.say("hill", "milestone", "study out", force="planned")
    hill.say("hill", "milestone", "road built", force="in-effect", due="2020")
    snapshot = hill.snapshot()
    assert [one.value for one in milestones(snapshot, ["hill"])] == ["sale closes", "first metal", "study out"]
    assert [one.value for one in overdue(snapshot, ["hill"])] == ["sale closes"]
    assert [due(one) and str(due(one)) for one in milestones(snapshot, ["hill"])] == ["2026-Q3", "2027-Q2", None]


def test_an_event_is_overdue_from_the_day_after_its_last_day(hill: Any) -> None:
    hill.say("hill", "milestone", "sale closes", force="planned", due="2026-09")
    assert overdue(hill.snapshot(as_of="2026-09-30"), ["hill"]) == []
    assert len(overdue(hill.snapshot(as_of="2026-10-01"), ["hill"])) == 1


def test_an_event_whose_outcome_is_known_is_not_overdue(hill: Any) -> None:
    hill.say("hill", "milestone", "sale closes", key="sale", force="planned", due="2026-09")
    hill.close("hill", "sale", until="2026-08-15")
    assert overdue(hill.snapshot(), ["hill"]) == []

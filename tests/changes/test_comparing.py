from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from georisk.changes.comparing import Changes, Stand, compare, largest_move
from georisk.changes.views import View
from georisk.workspace import Workspace

pytestmark = pytest.mark.long

TODAY = "2026-11-21"


def between(workspace: Workspace, before: tuple[str, str], after: tuple[str, str], *sites: str) -> Changes:
    return compare(View.of(workspace, *before), View.of(workspace, *after), sites or None)


def assert_adds_up(changes: Changes) -> None:
    for site in changes.sites:
        for shift in (shift for one in (site, *site.parts) for shift in one.shifts.values()):
            if shift.delta is None:
                assert shift.causes == ()
            else:
                assert sum(cause.share for cause in shift.causes) == pytest.approx(shift.delta, abs=1e-9)


def test_two_looks_that_are_the_same_show_no_change(made: Any) -> None:
    made.site("hill", country="TZA")
    made.say("hill", "stage", "production", since="2020-01-01")
    opened = made.open()
    changes = between(opened, (TODAY, TODAY), (TODAY, TODAY))
    assert changes.moved == []
    assert changes.sites[0].movers == ()
    assert largest_move(View.of(opened, TODAY, TODAY), View.of(opened, TODAY, TODAY)) == 0.0


def test_the_ends_are_the_scores_of_either_look(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("east", incorporation="CHN")
    made.stake("hill-co", owner="east", percent=60, since="2025-01-01")
    made.say("hill", "chinese-link", absent="none-found", channels=["offtake", "processing", "debt", "contractor"])
    opened = made.open()
    changes = between(opened, ("2024-01-01", TODAY), (TODAY, TODAY))
    for day, end in (("2024-01-01", "before"), (TODAY, "after")):
        scored = opened.assess(day, TODAY).sites["hill"]
        for key, score in scored.dimensions.items():
            assert getattr(changes.sites[0].shifts[key], end).score == score.score
    assert_adds_up(changes)
    assert changes.before == Stand.of(View.of(opened, "2024-01-01", TODAY))


def test_going_back_is_going_there_with_the_sign_turned(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("east", incorporation="CHN")
    made.stake("hill-co", owner="east", percent=60, since="2025-01-01")
    made.say("hill", "chinese-link", absent="none-found", channels=["offtake", "processing", "debt", "contractor"])
    opened = made.open()
    there = between(opened, ("2024-01-01", TODAY), (TODAY, TODAY)).sites[0]
    back = between(opened, (TODAY, TODAY), ("2024-01-01", TODAY)).sites[0]
    for key, shift in there.shifts.items():
        turned = {cause.mover.name: -cause.share for cause in back.shifts[key].causes}
        assert {cause.mover.name: cause.share for cause in shift.causes} == pytest.approx(turned)


def test_the_end_of_a_contract_and_the_days_until_then_are_told_apart(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("east", incorporation="CHN")
    made.stake("hill-co", owner="rest", percent=100, since="2020-01-01")
    made.say("hill", "chinese-link", absent="none-found", channels=["processing", "debt", "contractor"])
    made.say("hill", "offtake", 100, key="sold", unit="percent", buyer="east", since="2020-01-01", until="2027-01-01")
    opened = made.open()
    (site,) = between(opened, (TODAY, TODAY), ("2027-01-31", TODAY)).sites
    offtake = {cause.mover.kind: cause for cause in site.shifts["china"].causes if "offtake" in cause.indicators}
    # What was left of the term shrinks with the days; the contract that has run out counts half of what it did.
    assert offtake["time"].indicators["offtake"] < 0
    assert offtake["statement"].indicators["offtake"] < 0
    assert offtake["statement"].mover.how == "ended"


def test_a_site_that_comes_has_no_before_and_no_causes(made: Any) -> None:
    made.site("hill", country="TZA")
    before = View.of(made.open(), TODAY, TODAY)
    made.site("dale", country="TZA", parts=("north",))
    after = View.of(made.open(), TODAY, TODAY)
    changes = compare(before, after)
    (dale,) = (one for one in changes.sites if one.id == "dale")
    assert {(shift.before, shift.delta, shift.causes) for shift in dale.shifts.values()} == {(None, None, ())}
    assert [part.id for part in dale.parts] == ["dale/north"]
    (gone,) = (one for one in compare(after, before).sites if one.id == "dale")
    assert all(shift.after is None for shift in gone.shifts.values())
    assert largest_move(before, after) == (float("inf") if dale.moved else 0.0)


def test_only_the_sites_asked_for(made: Any) -> None:
    for name in ("hill", "dale"):
        made.site(name, country="TZA")
    assert [one.id for one in between(made.open(), (TODAY, TODAY), (TODAY, TODAY), "dale").sites] == ["dale"]


# The registry itself, through time


def test_ngualla_across_the_purchase_of_its_owner(repository: Workspace) -> None:
    changes = between(repository, ("2025-06-01", TODAY), (TODAY, TODAY), "ngualla")
    shift = changes.sites[0].shifts["china"]
    assert_adds_up(changes)
    assert shift.delta is not None
    assert shift.delta > 0
    told = repository.seeds.statements
    bought = {one.id for one in told if one.property == "stake" and one.qualifiers.get("owner") == "shenghe-resources"}
    assert shift.causes[0].mover.name in bought
    assert shift.causes[0].mover.how == "began"


def test_mountain_pass_year_by_year_adds_up_to_the_whole(repository: Workspace) -> None:
    days = ["2025-01-01", "2026-01-01", TODAY]
    steps = [between(repository, (first, TODAY), (last, TODAY), "mountain-pass") for first, last in pairwise(days)]
    ends = [repository.assess(day, TODAY).sites["mountain-pass"].dimensions["china"].score for day in (days[0], TODAY)]
    for step in steps:
        assert_adds_up(step)
    deltas = [step.sites[0].shifts["china"].delta for step in steps]
    assert sum(delta or 0.0 for delta in deltas) == pytest.approx((ends[1] or 0.0) - (ends[0] or 0.0))


def test_what_february_2026_told_is_named_as_what_became_known(repository: Workspace) -> None:
    changes = between(repository, (TODAY, "2026-01-31"), (TODAY, "2026-03-01"), "pela-ema", "round-top")
    assert_adds_up(changes)
    told = {one.id: one for one in (*repository.seeds.statements, *repository.seeds.closures)}
    for site in changes.sites:
        for mover in site.movers:
            assert mover.kind in ("statement", "closure")
            recorded = told[mover.name].recorded.last.isoformat()
            assert "2026-01-31" < recorded <= "2026-03-01" or mover.how in ("got another source", "got better evidence")


def test_kamoto_on_the_day_its_shares_changed(repository: Workspace) -> None:
    changes = between(repository, ("2023-12-31", TODAY), ("2024-01-01", TODAY), "mutanda-kcc")
    assert_adds_up(changes)
    hows = {mover.how.split()[0] for mover in changes.sites[0].movers if mover.kind != "time"}
    assert hows <= {"began", "ended"}
    assert hows

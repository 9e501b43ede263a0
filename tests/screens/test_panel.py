"""The panel on invented registries: hosts, lists, dates, loops."""

from __future__ import annotations

from typing import Any

import pytest

from georisk.screens.finding import Finding
from georisk.screens.opening import open_panel


def panel_of(made: Any, day: str = "2026-11-21", root: Any = None, **asked: Any) -> dict[str, Finding]:
    """Return the findings on the site ``hill`` by rule."""
    opened = made.open()
    found = open_panel(opened.holders(opened.snapshot(day, day)), opened.data, root or opened.root, **asked)
    return {one.rule.key: one for one in found.findings if one.site == "hill"}


def owned(made: Any, percent: float | list[float], country: str = "CHN", host: str = "TZA", **more: Any) -> None:
    """Tell of a mine whose company a state holds a part of; the rest is a person's of another country."""
    made.party("state", kind="state", incorporation=country)
    made.party("zoe", kind="person", incorporation="NOR")
    made.site("hill", country=host, at=None, holder="hill-co")
    made.party("hill-co", incorporation=host)
    made.stake("hill-co", owner="state", percent=percent, **more)
    if not isinstance(percent, list):
        made.stake("hill-co", owner="zoe", percent=100 - percent)


@pytest.mark.parametrize(("percent", "answer"), [(24.999999, "no"), (25, "yes"), (25.000001, "yes")])
def test_exactly_at_the_gate_of_a_government(made: Any, percent: float, answer: str) -> None:
    owned(made, percent)
    found = panel_of(made, rules=["doe_feoc_25"])["doe_feoc_25"]
    assert (found.answer, found.status) == (answer, "in-force")
    assert found.bounds == pytest.approx((percent, percent))


def test_bounds_that_straddle_the_gate_are_undetermined(made: Any) -> None:
    owned(made, [20, 30])
    found = panel_of(made, rules=["doe_feoc_25"])["doe_feoc_25"]
    assert found.answer == "undetermined"
    assert found.bounds == pytest.approx((20, 100))  # the unlisted rest of hill-co may be the state's too


def test_the_host_state_is_never_a_foreign_government(made: Any) -> None:
    owned(made, 60, country="TZA")
    found = panel_of(made)
    assert found["ca_state_investor"].answer == "no"
    assert found["au_foreign_government"].answer == "no"
    assert found["tz_free_carried_16"].answer == "no"  # 60 per cent, but not recorded as free carried


def test_the_same_state_elsewhere_is_foreign(made: Any) -> None:
    owned(made, 60, country="ZMB")
    assert panel_of(made, rules=["ca_state_investor"])["ca_state_investor"].answer == "yes"


def test_a_free_carried_interest_at_its_figure(made: Any) -> None:
    owned(made, 16, country="TZA", carried=True)
    found = panel_of(made, rules=["tz_free_carried_16", "cd_free_carried_10"])
    assert (found["tz_free_carried_16"].answer, found["tz_free_carried_16"].applies) == ("yes", True)
    assert (found["cd_free_carried_10"].answer, found["cd_free_carried_10"].applies) == ("no", False)


def test_without_its_list_a_rule_says_so_and_not_no(made: Any) -> None:
    owned(made, 60)
    found = panel_of(made)
    for key in ("ofac_50", "eu_50", "uk_50", "us_1260h", "us_uflpa"):
        assert (found[key].answer, found[key].listless) == ("undetermined", True), key
        assert "no list loaded" in found[key].why[0]
        assert found[key].bounds[1] is None
    assert found["obbba_sfe"].answer == "yes"  # by nationality; no list is needed for a yes


def test_a_known_entry_is_enough_for_a_yes_and_ends_on_its_day(made: Any) -> None:
    made.source("early", published="2020-01-01")
    owned(made, 60, sources=["early"], statutory=True)  # does not age
    made.say("state", "list-entry", "The State", list="ofac-sdn", since="2020-01-01", until="2026-01-01",
             sources=["early"])  # fmt: skip
    assert panel_of(made, "2025-12-31", rules=["ofac_50"])["ofac_50"].answer == "yes"
    gone = panel_of(made, "2026-11-21", rules=["ofac_50"])["ofac_50"]
    assert (gone.answer, gone.listed) == ("undetermined", ())


def test_an_entry_of_subsidiaries_marks_nobody(made: Any) -> None:
    owned(made, 60)
    made.say("state", "list-entry", "Daughters", list="ofac-sdn", covers="two subsidiaries", since="2020-01-01")
    assert panel_of(made, rules=["ofac_50"])["ofac_50"].listed == ()


@pytest.mark.parametrize(
    ("day", "answer", "status"),
    [("2025-09-28", "no", "not-yet"), ("2025-09-29", "yes", "in-force"), ("2025-11-09", "yes", "in-force"),
     ("2025-11-10", "no", "suspended"), ("2026-11-09", "no", "suspended"), ("2026-11-10", "undetermined", "unverified")],
)  # fmt: skip
def test_a_rule_that_sleeps_catches_nobody(made: Any, day: str, answer: str, status: str) -> None:
    made.source("early", published="2020-01-01")
    owned(made, 60, sources=["early"], statutory=True)  # does not age
    made.say("state", "list-entry", "The State", list="bis-entity", since="2020-01-01", sources=["early"])
    opened = made.open()
    found = open_panel(
        opened.holders(opened.snapshot(day, "2026-11-21")), opened.data, None, rules=["bis_affiliates_50"]
    ).findings[0]
    assert (found.answer, found.status, found.test) == (answer, status, "yes")


def test_a_closed_loop_is_refused_by_name_and_other_sites_answer(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.stake("hill-co", owner="ring", percent=100)
    made.stake("ring", owner="hill-co", percent=100)
    made.site("plain", country="TZA", holder="plain-co")
    made.party("zoe", kind="person", incorporation="NOR")
    made.stake("plain-co", owner="zoe", percent=100)
    opened = made.open()
    found = open_panel(opened.holders(opened.snapshot(made.day, made.day)), opened.data, None, rules=["doe_feoc_25"])
    by_site = {one.site: one for one in found.findings}
    assert by_site["hill"].answer == "undetermined"
    assert "Hill Co and Ring own each other" in by_site["hill"].why[0]
    assert by_site["plain"].answer == "no"


def test_a_us_business_is_asked_whether_it_is_sensitive(made: Any) -> None:
    owned(made, 60, host="USA")
    found = panel_of(made, rules=["cfius_parent_100"])["cfius_parent_100"]
    assert (found.answer, found.applies) == ("undetermined", True)
    assert "sensitive data" in found.why[0]


def test_a_head_office_in_a_covered_nation_counts(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("hill-co", incorporation="SGP")
    made.say("hill-co", "domicile", "CHN")
    found = panel_of(made, rules=["obbba_sfe"])["obbba_sfe"]
    assert (found.answer, found.bounds) == ("yes", (None, None))  # caught by what it is, whatever is held in it
    assert found.verdict is not None
    assert found.verdict.reason is not None


def test_costs_are_asked_for_in_a_worked_case(made: Any) -> None:
    owned(made, 60)
    assert "worked case" in panel_of(made, rules=["obbba_macr"])["obbba_macr"].why[0]

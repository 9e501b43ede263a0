from __future__ import annotations

from typing import Any

import pytest
from pytest import approx

SERIES = (
    "place,year,series,value,low,high\nCHN,2024,copper,40,38,44\nCHL,2024,copper,10,10,10\nCHN,2024,cobalt,80,80,80\n"
)
CONTROLS = "place,list,valid_from,valid_until,grade,note\nCHN,cobalt,2025-01-01,,B,licence\nTZA,graphite,2024-01-01,2025-06-01,B,ban\n"


@pytest.fixture
def desk(made: Any) -> Any:
    reference = made.data() / "reference"
    (reference / "next-step-shares.csv").write_text(SERIES, encoding="utf-8")
    (reference / "export-controls.csv").write_text(CONTROLS, encoding="utf-8")
    made.site("hill", country="TZA", holder="hill-co")
    return made


def bounds(found: Any) -> tuple[float, float, float]:
    return found["low"], found["value"], found["high"]


def test_a_share_whose_holder_restricts_nothing_counts_half(desk: Any) -> None:
    # The largest foreign holder of copper's next step has 40 (38 to 44): half of it.
    desk.say("hill", "commodity", ["copper concentrate", "cobalt"])
    assert bounds(desk.finding("dependence", "hill")) == approx((19, 20, 22))


def test_a_control_in_force_makes_it_whole_and_not_before_its_day(desk: Any) -> None:
    desk.say("hill", "commodity", ["cobalt hydroxide"])
    assert desk.finding("dependence", "hill")["value"] == 80
    assert desk.finding("dependence", "hill", as_of="2024-12-31")["value"] == 40
    assert desk.finding("dependence", "hill", known_by="2024-12-31")["value"] == 40


def test_the_host_is_no_foreign_country(desk: Any) -> None:
    desk.site("dale", country="CHN", holder="dale-co")
    desk.say("dale", "commodity", ["copper"])
    assert desk.finding("dependence", "dale")["value"] == 5  # Chile's 10, unrestricted


def test_a_limit_of_the_host_on_any_product_counts_half_while_it_lasts(desk: Any) -> None:
    desk.say("hill", "commodity", ["gold", "graphite"])
    assert desk.finding("dependence", "hill", as_of="2025-05-31")["value"] == 50
    assert desk.finding("dependence", "hill")["reason"] == "not-found"


def test_a_stated_route_a_railway_and_a_laboratory_are_not_asked(desk: Any) -> None:
    desk.say("hill", "commodity", ["copper"])
    desk.say("hill", "processing", 99, unit="percent", country="TZA", force="planned")
    assert desk.finding("dependence", "hill")["value"] == 20  # a plan is no route
    desk.say("hill", "processing", 100, unit="percent", country="TZA")
    desk.site("line", kind="rail-corridor", country="TZA")
    desk.site("bench", kind="laboratory", country="TZA")
    assert [desk.finding("dependence", one)["reason"] for one in ("hill", "line", "bench")] == ["not-applicable"] * 3


def test_a_plant_and_an_untold_product_are_unknown(desk: Any) -> None:
    desk.site("works", kind="refinery", country="TZA")
    desk.say("works", "commodity", ["copper"])
    assert [desk.finding("dependence", one)["reason"] for one in ("works", "hill")] == ["not-found", "not-found"]

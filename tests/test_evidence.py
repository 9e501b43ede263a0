from __future__ import annotations

from typing import Any

import pytest

from georisk.evidence import FINDING, findings, known, unknown


@pytest.fixture
def desk(made: Any) -> Any:
    made.site("hill", country="TZA", holder="hill-co", parts=("north", "south"))
    made.site("dale", country="NOR")
    made.party("runner", title="Runner Ltd")
    made.say("hill", "operator", "runner", since="2020-01-01")
    return made


def test_subjects_are_parts_or_sites_with_their_owned_node(desk: Any) -> None:
    rows = desk.evidence().subjects.itertuples(index=False, name=None)
    assert list(rows) == [
        ("dale", "dale", "dale"),
        ("hill/north", "hill", "hill-co"),
        ("hill/south", "hill", "hill-co"),
    ]


def test_host_countries_come_from_places_once_each(made: Any) -> None:
    made.site("line", kind="rail-corridor", country="AGO", at=(13.5, -12.3))
    made.shape("line", {"type": "Point", "coordinates": [22.0, -11.0]}, country="COD")
    made.say("line", "admin-unit", "a province", country="AGO")
    table = made.evidence().places
    assert [(row.subject, row.place) for row in table.itertuples()] == [("line", "AGO"), ("line", "COD")]


def test_what_speaks_of_a_part_speaks_of_itself_its_site_its_holder_and_its_operator(desk: Any) -> None:
    desk.party("hill-co")
    desk.say("hill/north", "history", "of north")
    desk.say("hill/south", "history", "of south")
    desk.say("hill", "history", "of hill")
    desk.say("hill-co", "history", "of the company")
    desk.say("runner", "history", "of the operator")
    desk.say("dale", "history", "of dale")
    found = {one.value for one in desk.evidence().holding("hill/north", "history")}
    assert found == {"of north", "of hill", "of the company", "of the operator"}


def test_what_is_over_is_known_but_does_not_hold(desk: Any) -> None:
    desk.say("hill", "history", "over", until="2025-01-01")
    evidence = desk.evidence()
    assert evidence.holding("hill/north", "history") == []
    assert [one.value for one in evidence.known_of("hill/north", "history")] == ["over"]


def test_a_party_is_chinese_by_its_place_or_by_who_controls_it(desk: Any) -> None:
    desk.party("dragon", incorporation="CHN")
    desk.party("harbour", incorporation="HKG")
    desk.party("bear", incorporation="RUS")
    desk.stake("daughter", owner="dragon", percent=51)
    desk.stake("cousin", owner="dragon", percent=50)
    evidence = desk.evidence()
    names = ("dragon", "harbour", "bear", "daughter", "cousin", None, "somebody")
    assert [evidence.is_chinese(name) for name in names] == [True, True, False, True, False, False, False]


def test_names_of_countries_and_parties(desk: Any) -> None:
    evidence = desk.evidence()
    assert (evidence.place_name("TZA"), evidence.place_name("???")) == ("Tanzania", "???")
    assert evidence.name("runner") == "Runner Ltd"


def test_findings_have_all_columns_and_numbers() -> None:
    table = findings([known("a", 5, 2, 9, ["s-1", "s-1", "s-2"], value="5 %"), unknown("b", "not-found", ["s-3"])])
    assert list(table.columns) == FINDING
    first, second = table.itertuples(index=False)
    assert (first.value, first.low, first.high, first.reason) == (5.0, 2.0, 9.0, "")
    assert first.statements == ("s-1", "s-2")
    assert first.detail == {"value": "5 %"}
    assert second.value != second.value  # NaN: not known
    assert (second.reason, second.statements) == ("not-found", ("s-3",))
    assert findings([]).empty


def test_bounds_always_hold_the_value() -> None:
    row = known("a", 5, 7, 3, [])
    assert (row["low"], row["value"], row["high"]) == (5, 5, 5)

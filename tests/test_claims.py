from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from georisk.claims import recorded_on
from georisk.dates import When
from georisk.errors import Fault, FaultGroup
from georisk.statements import Source


def faults(made: Any) -> list[Fault]:
    with pytest.raises(FaultGroup) as caught:
        made.open()
    return [one for one in caught.value.exceptions if isinstance(one, Fault)]


def only(found: list[Fault]) -> Fault:
    assert len(found) == 1, [str(one) for one in found]
    return found[0]


def test_a_further_source_confirms_a_statement_and_keeps_its_id(workspace: Any, tmp_path: Path) -> None:
    ids = []
    for sources in (["ledger"], ["ledger", "gazette"]):
        made = workspace(tmp_path / str(len(sources)))
        made.source("gazette", grade="B", published="2026-07-01")
        made.stake("hill-co", owner="dragon", percent=60, sources=sources)
        [stake] = [one for one in made.open().seeds.statements if one.property == "stake"]
        ids.append(stake.id)
        assert stake.recorded == When.parse("2026-06-01")
    assert ids[0] == ids[1]


def dated(published: str | None) -> Source:
    return Source("s", "t", "p", "B", published=When.parse(published) if published else None)


@pytest.mark.parametrize(
    ("published", "reported", "mentioned", "expected"),
    [
        (["2025-03-01", "2024-12-01", None], "2020-01-01", "2020-01-01", ("2024-12-01", "published")),
        ([None], "2024-05", "2020-01-01", ("2024-05", "reported")),
        ([None], None, "2023", ("2023", "inferred")),
        ([], None, None, ("2026-11-21", "compiled")),
    ],
)
def test_recorded_is_published_else_reported_else_mentioned_else_compiled(
    published: list[str | None], reported: str | None, mentioned: str | None, expected: tuple[str, str]
) -> None:
    when, basis = recorded_on(
        [dated(one) for one in published],
        When.parse(reported) if reported else None,
        When.parse(mentioned) if mentioned else None,
        When.parse("2026-11-21"),
    )
    assert (str(when), basis) == expected


def test_background_does_not_date_a_statement(made: Any) -> None:
    made.source("old", published="1999-01-01")
    made.stake("hill-co", owner="dragon", percent=60, see_also=["old"])
    [stake] = [one for one in made.open().seeds.statements if one.property == "stake"]
    assert (str(stake.recorded), stake.sources, stake.see_also) == ("2026-06-01", ("ledger",), ("old",))


def test_the_grade_is_the_best_source_s_unless_a_reason_is_given(made: Any) -> None:
    made.source("digest", grade="C")
    made.party("hill-co")
    made.say("hill-co", "profile", "a digger", sources=["digest"], key="weak")
    made.say("hill-co", "profile", "an old digger", sources=["digest", "ledger"], key="best")
    made.say("hill-co", "profile", "a careful digger", sources=["ledger"], key="worse", grade="D")
    made.say("hill-co", "profile", "a bold digger", sources=["digest"], key="better", grade="B", grade_reason="seen")
    grades = {one.key: one.grade for one in made.open().seeds.statements}
    assert [grades[f"hill-co:{key}"] for key in ("weak", "best", "worse", "better")] == ["C", "A", "D", "B"]


def test_a_better_grade_than_its_sources_carry_needs_a_reason(made: Any) -> None:
    made.source("digest", grade="C")
    made.party("hill-co")
    made.say("hill-co", "profile", "a digger", sources=["digest"], key="bold", grade="A")
    fault = only(faults(made))
    assert fault.where == "seeds/parties/hill-co.toml [bold]"
    assert "grade_reason" in fault.allowed


def test_properties_that_identify_are_timeless(made: Any) -> None:
    made.party("hill-co", incorporation="TZA", listed=True)
    timeless = {one.property: one.timeless for one in made.open().seeds.statements}
    assert timeless == {"incorporation": True, "listing": False}


def test_names_are_resolved_within_the_file_and_across(made: Any) -> None:
    made.party("hill-co")
    made.say("hill-co", "profile", "big", key="big")
    made.say("hill-co", "profile", "small", key="small", contradicts=["big"])
    made.party("mill-co")
    made.close("mill-co", "hill-co:big", until="2026-01-01", key="ends")
    seeds = made.open().seeds
    big, small = (next(one for one in seeds.statements if one.value == value) for value in ("big", "small"))
    assert small.contradicts == (big.id,)
    [closure] = seeds.closures
    assert closure.closes == (big.id,)
    assert closure.key == "mill-co:ends"


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("name", "colour", "property 'colour' is not known"),
        ("status", "rumoured", "status 'rumoured' is not known"),
        ("force", "hoped", "force 'hoped' is not known"),
        ("qualifiers", {"colour": "red"}, "qualifier 'colour' is not known"),
        ("grade", "E", "grade 'E' where its sources carry A"),
        ("sources", ["nowhere"], "cites the source 'nowhere'"),
        ("see_also", ["nowhere"], "cites the source 'nowhere'"),
        ("contradicts", ["nothing"], "names the statement 'nothing'"),
        ("unknown", "not-found", "has not exactly one of value, unknown and absent"),
        ("until", "2019-01-01", "ends 2019-01-01 before it begins 2020-01-01"),
        ("until", "2020-01-01", "ends 2020-01-01 before it begins 2020-01-01"),
    ],
)
def test_each_wrong_field_of_a_statement_is_named(made: Any, field: str, value: Any, found: str) -> None:
    made.party("hill-co")
    given: dict[str, Any] = {"name": "profile", "value": "digger", "key": "odd", "since": "2020-01-01", field: value}
    made.say("hill-co", given.pop("name"), given.pop("value"), **given)
    fault = only(faults(made))
    assert fault.where == "seeds/parties/hill-co.toml [odd]"
    assert fault.found.startswith(found)


@pytest.mark.parametrize(("unknown", "absent"), [("dunno", None), (None, "gone")])
def test_reasons_are_codes(made: Any, unknown: str | None, absent: str | None) -> None:
    made.party("hill-co")
    made.say("hill-co", "profile", key="odd", **({"unknown": unknown} if unknown else {"absent": absent}))
    assert "is not known" in only(faults(made)).found


def test_the_same_statement_twice_is_a_fault(made: Any) -> None:
    made.stake("hill-co", owner="dragon", percent=60, key="one")
    made.stake("hill-co", owner="dragon", percent=60, key="two")
    fault = only(faults(made))
    assert fault.where == "seeds/parties/hill-co.toml [two]"
    assert "says the same as hill-co:one" in fault.found


def test_a_key_twice_is_a_fault(made: Any) -> None:
    made.stake("hill-co", owner="dragon", percent=60, key="one")
    made.stake("hill-co", owner="bear", percent=40, key="one")
    assert only(faults(made)).found == "key stands twice"


def test_a_source_is_defined_once(made: Any) -> None:
    made.party("hill-co")
    made._files["party", "hill-co"]["sources"]["ledger"] = {"title": "t", "publisher": "p", "grade": "Z"}
    found = {str(one) for one in faults(made)}
    assert any("[sources.ledger]: is defined in seeds/parties/hill-co.toml too" in one for one in found)
    assert any("[sources.ledger]: grade 'Z'" in one for one in found)


@pytest.mark.parametrize("precision", [None, "near", -1, True, [5]])
def test_a_place_says_how_exactly_it_is_known(made: Any, precision: Any) -> None:
    made.site("hill", at=(32.8, -7.7), country="TZA")
    made._shapes["hill"][0]["properties"]["precision_km"] = precision
    assert "precision_km" in only(faults(made)).found


@pytest.mark.parametrize(("name", "code"), [("geometry_basis", "guessed"), ("country", "XYZ"), ("country", None)])
def test_a_place_s_codes_are_checked(made: Any, name: str, code: str | None) -> None:
    made.site("hill", at=(32.8, -7.7), country="TZA")
    made._shapes["hill"][0]["properties"][name] = code
    assert only(faults(made)).found == f"{name} {code or 'nothing'!r} is not known"


def test_a_partial_date_of_what_was_read_ends_with_the_day_it_was_read(made: Any) -> None:
    # Compiled on 2026-11-21: "2026" had come by then; the month after has not.
    made.source("yearbook", published="2026")
    made.source("almanac", published="2026-12")
    made.party("hill-co")
    made.say("hill-co", "profile", "a digger", sources=["yearbook"], key="then")
    made.say("hill-co", "profile", "a late digger", sources=["almanac"], key="later")
    recorded = {one.key: one.recorded for one in made.open().seeds.statements}
    assert recorded["hill-co:then"].last.isoformat() == "2026-11-21"
    assert str(recorded["hill-co:then"]) == "2026"
    assert recorded["hill-co:later"].last.isoformat() == "2026-12-31"


@pytest.mark.parametrize(("force", "begun"), [("in-effect", "2026-06-01"), ("planned", "2026-12-31")])
def test_what_is_stated_as_done_had_begun_when_it_was_published(made: Any, force: str, begun: str) -> None:
    made.party("hill-co")
    made.say("hill-co", "listing", "INV: HILL", since="2026", force=force)  # the ledger came out on 2026-06-01
    [one] = made.open().seeds.statements
    assert one.valid_from.last.isoformat() == begun

from __future__ import annotations

from typing import Any

import pytest

from georisk.changes.comparing import Changes, compare
from georisk.changes.movers import Mover
from georisk.changes.shifts import Cause, Shift
from georisk.changes.views import View
from georisk.changes.worlds import Reading
from georisk.outputs.accounts import (
    Teller,
    moved_text,
    rest_text,
    share_text,
    signed,
    standing,
    titles,
    told_causes,
)

TODAY = "2026-11-21"


@pytest.fixture
def changes(made: Any) -> Changes:
    made.source("ledger", published="2020-01-01")
    made.source("spring", published="2026-03-01", url="https://example.org/spring", grade="B")
    made.site("hill", country="TZA", holder="hill-co")
    made.party("hill-co", title="Hill Company")
    made.party("east", incorporation="CHN", title="East Limited")
    made.stake("hill-co", owner="east", percent=60, since="2026-02-01", key="stake", sources=["spring"])
    made.say("hill", "offtake", 30, key="sold", unit="percent", buyer="east", since="2020-01-01")
    made.close("hill", "sold", key="sold-ends", until="2026-02-15", sources=["spring"])
    opened = made.open()
    return compare(View.of(opened, "2026-01-01", "2026-02-15"), View.of(opened, TODAY, TODAY))


def sentences(changes: Changes) -> dict[str, str]:
    teller = Teller(changes, changes.after.view.references.parent)  # type: ignore[union-attr]
    return {
        (found := teller.account(mover, "hill")).key or found.kind: found.sentence for mover in changes.sites[0].movers
    }


def test_every_mover_is_told_in_a_sentence(changes: Changes) -> None:
    assert sentences(changes) == {
        "hill-co:stake": "Stake became known 2026-03-01: 60 %, owner East Limited (Hill Company)",
        "hill:sold-ends": "Offtake closed 2026-03-01: 30 %, buyer East Limited; ends before 2026-02-15",
        "time": "Passage of time: from 2026-01-01 to 2026-11-21",
    }


def test_a_closure_is_read_in_its_own_sources(changes: Changes) -> None:
    teller = Teller(changes, changes.after.view.references.parent)  # type: ignore[union-attr]
    closure = next(mover for mover in changes.sites[0].movers if mover.kind == "closure")
    account = teller.account(closure, "hill")
    assert [source.id for source in account.sources] == ["spring"]
    assert account.grade == "B"


def test_what_began_or_ended_is_dated_by_it(made: Any) -> None:
    made.site("hill", country="TZA")
    made.say("hill", "offtake", 30, key="old", unit="percent", since="2020-01-01", until="2026-02-01")
    made.say("hill", "offtake", 20, key="new", unit="percent", since="2026-02-01")
    opened = made.open()
    found = sentences(compare(View.of(opened, "2026-01-01", TODAY), View.of(opened, TODAY, TODAY)))
    assert found["hill:old"].startswith("Offtake ended 2026-02-01: 30 %")
    assert found["hill:new"].startswith("Offtake began 2026-02-01: 20 %")


def test_movers_at_large_and_indicators_need_no_statement(changes: Changes) -> None:
    teller = Teller(changes, changes.after.view.references.parent)  # type: ignore[union-attr]
    assert teller.account(Mover("method", "method", "from 1 to 2")).sentence == "Method: from 1 to 2"
    assert teller.account(Mover("indicator", "evidence-age", "12 months")).sentence == "Evidence age: 12 months"
    assert teller.account(Mover("software", "software", "from a to b")).title == "Software"


def test_titles_put_the_composite_first(changes: Changes) -> None:
    assert next(iter(titles(changes).items())) == ("composite", "Composite")
    assert titles(changes)["china"] == "China linkage"


def reading(score: float | None, band: str | None) -> Reading:
    return Reading(score, score or 0.0, 1.0, 99.0, band, 1.0, "", {})


def test_figures_in_words() -> None:
    low, high = reading(10.04, "low"), reading(30.0, "moderate")
    assert [standing(one) for one in (low, reading(None, None), None)] == [
        "10.0 low",
        "not scored",
        "not in the registry",
    ]
    assert [signed(points) for points in (1.25, -0.06, 0.04, -0.04)] == ["+1.2", "-0.1", "0.0", "0.0"]
    assert (
        moved_text(Shift("china", low, high, 19.96), "China linkage")
        == "China linkage 10.0 low to 30.0 moderate (+20.0)"
    )
    assert moved_text(Shift("china", None, high, None), "X") == "X not in the registry to 30.0 moderate"
    mover = Mover("time", "time", "")
    assert share_text(Cause(mover, -2.0, 0.26, {})) == "-2.0 ± 0.3"
    assert share_text(Cause(mover, -2.0, 0.01, {})) == "-2.0"


def test_what_is_no_statement_says_what_it_moved(changes: Changes) -> None:
    teller = Teller(changes, changes.after.view.references.parent)  # type: ignore[union-attr]
    indicators = {"offtake": -0.31, "evidence-age": 1.7, "conflict": 0.001}
    assert teller.sentence(Cause(Mover("time", "time", "from a to b"), 1.4, 0.0, indicators)) == (
        "Passage of time: from a to b (evidence age +1.7, offtake -0.3)"
    )
    stake = next(mover for mover in changes.sites[0].movers if mover.kind == "statement")
    assert teller.sentence(Cause(stake, 1.4, 0.0, indicators)) == teller.account(stake).sentence


def test_small_causes_share_a_line_and_the_first_never_does() -> None:
    mover = Mover("time", "time", "")
    causes = tuple(Cause(mover, share, 0.0, {}) for share in (3.0, 2.0, 0.04, -0.01))
    shift = Shift("china", None, None, 5.03, causes)
    assert [len(part) for part in told_causes(shift)] == [2, 2]
    assert [len(part) for part in told_causes(shift, 1)] == [1, 3]
    assert rest_text(told_causes(shift, 1)[1]) == "+2.0 from 3 smaller causes"
    tiny = Shift("china", None, None, 0.01, causes[2:])
    assert [len(part) for part in told_causes(tiny)] == [1, 1]
    assert told_causes(Shift("china", None, None, None)) == ((), ())

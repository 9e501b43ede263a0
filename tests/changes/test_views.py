from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from georisk.changes.views import View, as_in, differences, named_in, phase
from georisk.dates import When
from georisk.statements import Statement

DAY = date(2026, 6, 15)


def told(start: str | None, end: str | None) -> Statement:
    when = [None if text is None else When.parse(text) for text in (start, end)]
    return Statement("s-1", "hill:x", "hill", "offtake", 10, ("ledger",), "A", When.parse("2020"), "published",
                     valid_from=when[0], valid_until=when[1])  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-06-16", None, "not-begun"),
        ("2026-06-15", None, "holding"),
        (None, "2026-06-16", "holding"),
        (None, "2026-06-15", "ended"),
        (None, None, "holding"),
    ],
)
def test_the_phase_of_a_statement_on_a_day(start: str | None, end: str | None, expected: str) -> None:
    assert phase(told(start, end), DAY) == expected


INTERVALS = [
    (None, None), (None, "2026-01-01"), (None, "2026-06-16"), ("2025-01-01", None), ("2025-01-01", "2026-01-01"),
    ("2025-01-01", "2030-01-01"), ("2026-06-16", None), ("2026-06-16", "2030-01-01"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end"), INTERVALS)
@pytest.mark.parametrize("wanted", ["not-begun", "holding", "ended"])
def test_a_statement_can_be_put_into_any_phase(start: str | None, end: str | None, wanted: Any) -> None:
    assert phase(as_in(told(start, end), wanted, DAY), DAY) == wanted


def test_dates_move_no_further_than_they_must() -> None:
    running = told("2020-01-01", "2030-01-01")
    assert as_in(running, "holding", DAY) is running
    # Days pass but the end does not come: one day is left.
    assert as_in(told(None, "2026-01-01"), "holding", DAY).valid_until == When.parse("2026-06-16")
    assert as_in(running, "ended", DAY).valid_until == When.parse("2026-06-15")


def views(made: Any, before: dict[str, str], after: dict[str, str]) -> tuple[View, View]:
    workspace = made.open()
    return View.of(workspace, **before), View.of(workspace, **after)


def how(found: Any) -> dict[str, str]:
    return {one.statement.key: one.how for one in found}


def test_what_the_days_change(made: Any) -> None:
    made.site("hill", country="TZA")
    made.say("hill", "offtake", 50, key="ends", unit="percent", until="2026-03-01")
    made.say("hill", "offtake", 20, key="begins", unit="percent", since="2026-03-01")
    made.say("hill", "offtake", 10, key="both", unit="percent", since="2026-02-01", until="2026-02-10")
    made.say("hill", "operator", "hill-co", key="stays", since="2020-01-01")
    made.party("hill-co")
    before, after = views(made, {"as_of": "2026-01-01"}, {"as_of": "2026-06-01"})
    expected = {"hill:ends": "ended", "hill:begins": "began", "hill:both": "began and ended"}
    assert how(differences(before, after)) == expected
    back = {"hill:ends": "had not ended", "hill:begins": "had not begun", "hill:both": "had not begun"}
    assert how(differences(after, before)) == back
    assert differences(after, after) == []


def test_what_becoming_known_changes(made: Any) -> None:
    made.source("spring", published="2026-03-01")
    made.site("hill", country="TZA")
    made.say("hill", "offtake", 50, key="old", unit="percent", since="2020-01-01")
    made.say("hill", "offtake", 20, key="news", unit="percent", since="2026-02-01", sources=["spring"])
    made.close("hill", "old", key="old-ends", until="2026-02-01", sources=["spring"])
    made.source("ledger", published="2020-01-01")
    before, after = views(made, {"known_by": "2026-02-15"}, {"known_by": "2026-04-01"})
    found = {one.statement.key: one for one in differences(before, after)}
    assert {key: one.how for key, one in found.items()} == {"hill:old": "closed", "hill:news": "became known"}
    closure = made.open().seeds.closures[0]
    assert found["hill:old"].mover == closure.id
    assert found["hill:news"].mover == found["hill:news"].statement.id
    assert how(differences(after, before)) == {"hill:old": "reopened", "hill:news": "was not known yet"}


def test_weak_evidence_is_a_difference_of_its_own(made: Any) -> None:
    made.source("rumour", grade="D")
    made.site("hill", country="TZA")
    before = View.of(made.open(), made.day, made.day)
    made.say("hill", "offtake", 50, key="rumoured", unit="percent", sources=["rumour"])
    after = View.of(made.open(), made.day, made.day)
    assert differences(before, after) == []
    assert how(differences(before, after, strong=False)) == {"hill:rumoured": "was added"}


def test_a_better_source_and_a_reworded_one(made: Any) -> None:
    made.source("rumour", grade="C")
    made.site("hill", country="TZA")
    made.say("hill", "offtake", 50, key="rumoured", unit="percent", sources=["rumour"])
    made.say("hill", "operator", "hill-co", key="operator", sources=["ledger"])
    made.party("hill-co")
    before = View.of(made.open(), made.day, made.day)
    made.source("rumour", grade="B")
    made.source("ledger", published="2026-07-01")
    after = View.of(made.open(), made.day, made.day)
    found = how(differences(before, after))
    assert found["hill:rumoured"] == "got better evidence"
    assert found["hill:operator"] == "restated"


def test_a_further_source_is_named_as_one(made: Any) -> None:
    made.source("autumn", published="2026-10-01")
    made.site("hill", country="TZA")
    made.say("hill", "operator", "hill-co", key="operator", sources=["ledger"])
    made.party("hill-co")
    before = View.of(made.open(), made.day, made.day)
    made._of("hill")["statement"][-1]["sources"].append("autumn")
    after = View.of(made.open(), made.day, made.day)
    assert how(differences(before, after)) == {"hill:operator": "got another source"}
    assert how(differences(after, before)) == {"hill:operator": "lost a source"}


def test_a_note_or_a_moved_record_is_no_difference(made: Any) -> None:
    made.site("hill", country="TZA")
    made.say("hill", "offtake", 50, key="sold", unit="percent")
    before = View.of(made.open(), made.day, made.day)
    seeds = before.seeds
    statements = tuple(replace(one, note="a note", file="elsewhere", key="hill:renamed") for one in seeds.statements)
    assert differences(before, replace(before, seeds=replace(seeds, statements=statements))) == []


def test_everything_named_in_a_statement() -> None:
    one = replace(told(None, None), value=["a", 3], qualifiers={"owner": "b", "via": ["c"], "terms": {"payer": "d"}})
    assert set(named_in(one)) == {"a", "b", "c", "d"}

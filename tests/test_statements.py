from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.dates import When
from georisk.statements import Closure, Source, Statement, best_grade, closed, independent, statement_id


def statement(**given: Any) -> Statement:
    blank: dict[str, Any] = {
        "id": "s-1", "key": "hill-co:stake", "subject": "hill-co", "property": "stake", "value": 60.0,
        "sources": ("ledger",), "grade": "A", "recorded": When.parse("2020-05-01"), "recorded_basis": "published",
    }  # fmt: skip
    return Statement(**{**blank, **{name: _when(value) for name, value in given.items()}})


def _when(value: Any) -> Any:
    return When.parse(value) if isinstance(value, str) and value[:2] == "20" else value


def closure(**given: Any) -> Closure:
    blank: dict[str, Any] = {
        "id": "c-1", "key": "hill-co:end", "closes": ("s-1",), "valid_until": When.parse("2024-01-01"),
        "sources": ("ledger",), "grade": "A", "recorded": When.parse("2024-02-01"), "recorded_basis": "published",
    }  # fmt: skip
    return Closure(**{**blank, **{name: _when(value) for name, value in given.items()}})


@pytest.mark.parametrize(
    ("start", "end", "day", "holds"),
    [
        ("2020-01-01", "2024-01-01", date(2019, 12, 31), False),
        ("2020-01-01", "2024-01-01", date(2020, 1, 1), True),  # the first day belongs to it
        ("2020-01-01", "2024-01-01", date(2023, 12, 31), True),
        ("2020-01-01", "2024-01-01", date(2024, 1, 1), False),  # the end is the first day after
        (None, "2024-01-01", date(1900, 1, 1), True),
        ("2020-01-01", None, date(2999, 1, 1), True),
        (None, None, date(2000, 1, 1), True),
        ("2020-02", None, date(2020, 2, 28), False),  # a partial date sorts at its last day
        ("2020-02", None, date(2020, 2, 29), True),
    ],
)
def test_an_interval_is_half_open(start: str | None, end: str | None, day: date, holds: bool) -> None:
    assert statement(valid_from=start, valid_until=end).holds(day) is holds


def test_it_is_known_from_its_publication_on() -> None:
    one = statement(recorded="2020-05")
    assert not one.known(date(2020, 5, 30))
    assert one.known(date(2020, 5, 31))
    assert statement(timeless=True).known(date(1900, 1, 1))


@pytest.mark.parametrize(
    ("force", "status", "counts"),
    [
        ("in-effect", "confirmed", True), ("in-effect", "claimed", True), ("in-effect", "disputed", True),
        ("in-effect", "denied", False), ("in-effect", "retracted", False), ("planned", "confirmed", False),
        ("binding", "confirmed", False), ("nonbinding", "confirmed", False),
    ],
)  # fmt: skip
def test_only_what_is_in_effect_and_not_denied_counts(force: str, status: str, counts: bool) -> None:
    assert statement(force=force, status=status).counts() is counts


def test_summaries_and_memory_are_weak() -> None:
    assert [statement(grade=grade).is_weak() for grade in "ABCD"] == [False, False, True, True]


def test_the_id_is_its_content_and_leaves_sources_grade_and_dates_of_publication_out() -> None:
    given = ("hill-co", "stake", 60.0, "percent", {"owner": "dragon"}, When.parse("2020-01-01"))
    assert statement_id(*given) == statement_id(*given)
    for place, other in enumerate(
        ["mill-co", "board-right", 60.1, "shares", {"owner": "bear"}, When.parse("2020-01")], start=0
    ):
        changed = (*given[:place], other, *given[place + 1 :])
        assert statement_id(*changed) != statement_id(*given), given[place]


def test_the_order_of_qualifiers_does_not_matter() -> None:
    one = {"owner": "dragon", "via": ["a", "b"]}
    assert statement_id("x", "stake", 1, None, one, None) == statement_id(
        "x", "stake", 1, None, dict(reversed(one.items())), None
    )


def test_grades_and_origins() -> None:
    assert best_grade([]) == "D"
    assert best_grade("CAB") == "A"
    sources = [Source(id=str(n), title="t", publisher="p", grade="B", origin=o) for n, o in enumerate("aab")]
    assert independent(sources) == 2


def test_a_closure_ends_what_it_names_once_it_is_known() -> None:
    one, end = statement(), closure()
    [before] = closed([one], [end], date(2024, 1, 31))
    [after] = closed([one], [end], date(2024, 2, 1))
    assert before.valid_until is None
    assert before == one
    assert after.valid_until == When.parse("2024-01-01")
    assert after.ended_by == end
    assert (after.holds(date(2023, 12, 31)), after.holds(date(2024, 1, 1))) == (True, False)


def test_the_latest_closure_known_wins() -> None:
    first, second = closure(), closure(id="c-2", valid_until="2025-01-01", recorded="2025-02-01")
    for order in ([first, second], [second, first]):
        assert closed([statement()], order, date(2024, 12, 31))[0].valid_until == When.parse("2024-01-01")
        assert closed([statement()], order, date(2025, 2, 1))[0].valid_until == When.parse("2025-01-01")


def test_what_is_not_published_yet_is_not_there() -> None:
    assert closed([statement()], [], date(2020, 4, 30)) == []


DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2027, 12, 31))


@given(DAYS, DAYS, DAYS, st.lists(DAYS, max_size=3))
def test_the_past_as_known_never_changes_by_what_is_published_later(
    recorded: date, known_by: date, start: date, closures: list[date]
) -> None:
    one = statement(recorded=When.parse(recorded), valid_from=When.parse(start))
    ends = [
        closure(id=f"c-{n}", recorded=When.parse(day), valid_until=When.parse(day)) for n, day in enumerate(closures)
    ]
    then = [end for end in ends if end.recorded.last <= known_by]
    assert closed([one], ends, known_by) == closed([one], then, known_by)
    assert closed([one], ends, known_by)[:1] == ([] if recorded > known_by else closed([one], then, known_by))


def test_statements_are_frozen() -> None:
    with pytest.raises(AttributeError):
        statement().value = 61.0  # type: ignore[misc]
    assert replace(statement(), value=61.0).value == 61.0

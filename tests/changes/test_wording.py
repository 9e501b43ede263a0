from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from georisk.changes.wording import SOURCE, read_wish, stated
from georisk.errors import FaultGroup, UsageError


@pytest.fixture(scope="module")
def data(root: Path) -> Path:
    return root / "data"


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("stake=40,owner=a", {"property": "stake", "value": 40.0, "unit": "percent", "qualifiers": {"owner": "a"}}),
        ("stake=20..30,owner=a", {"property": "stake", "value": [20.0, 30.0], "unit": "percent", "qualifiers": {"owner": "a"}}),
        ("stake=not-found,owner=a,via=b+c", {"property": "stake", "unknown": "not-found", "qualifiers": {"owner": "a", "via": ["b", "c"]}}),
        ("offtake=not-applicable", {"property": "offtake", "absent": "not-applicable", "qualifiers": {}}),
        ("stage=production,since=2026-01", {"property": "stage", "value": "production", "valid_from": "2026-01", "qualifiers": {}}),
        ("finance=5,unit=USD,kind=loan,force=binding", {"property": "finance", "value": 5.0, "unit": "USD", "force": "binding", "qualifiers": {"kind": "loan"}}),
        ("commodity=gold+copper", {"property": "commodity", "value": ["gold", "copper"], "qualifiers": {}}),
        ("stake=5,owner=a,carried=true", {"property": "stake", "value": 5.0, "unit": "percent", "qualifiers": {"owner": "a", "carried": True}}),
    ],
)  # fmt: skip
def test_words_become_a_record(data: Path, text: str, table: dict[str, Any]) -> None:
    assert read_wish(text, data / "vocabulary").table == table


def test_who_sells_and_whom_it_speaks_of_stand_apart(data: Path) -> None:
    wish = read_wish("stake=40,owner=a,of=b,subject=mine-co", data / "vocabulary")
    assert (wish.subject, wish.of, wish.taken_from, wish.seller) == ("mine-co", "b", None, "b")
    assert read_wish("stake=40,owner=a,from=b", data / "vocabulary").seller == "b"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("stake", "not of the form"),
        ("stake=", "not of the form"),
        ("=4", "not of the form"),
        ("stake=4,owner", "not of the form"),
        ("stakes=4", "property 'stakes' is not known"),
        ("stake=4,onwer=a", "'onwer' is neither a field nor a qualifier"),
        ("stake=4,owner=a,owner=b", "'owner' stands twice"),
        ("offtake=4,buyer=a,of=b", "goes with a stake"),
        ("stake=4,owner=a,of=b,from=c", "one of of and from"),
    ],
)
def test_words_that_make_no_sense_are_refused(data: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_wish(text, data / "vocabulary")
    assert str(caught.value).startswith(f"--set {text}: ")
    assert told in str(caught.value)


def test_a_statement_cites_the_hypothesis_and_is_known_on_the_day(made: Any, data: Path) -> None:
    made.site("hill", holder="hill-co")
    made.party("ada", kind="person")
    seeds = made.open().seeds
    wish = read_wish("stake=40,owner=ada", data / "vocabulary")
    one = stated(wish, "hill-co", None, 1, seeds, data, date(2026, 11, 21))
    assert (one.subject, one.value, one.sources, one.grade) == ("hill-co", 40.0, (SOURCE.id,), "B")
    assert one.recorded.last == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("stake=140,owner=ada", "a number from 0 to 100"),
        ("stake=40", "a stake without an owner"),
        ("stake=40,owner=nobody", "owner 'nobody' is no party"),
        ("stake=40,owner=ada,since=soon", "'soon' is not a date"),
        ("stake=40,owner=ada,force=maybe", "force 'maybe' is not known"),
        ("finance=5,kind=loan", "an ISO 4217 currency code"),
    ],
)
def test_a_value_that_cannot_be_is_a_fault_as_in_a_file(made: Any, data: Path, text: str, told: str) -> None:
    made.site("hill", holder="hill-co")
    made.party("ada", kind="person")
    with pytest.raises(FaultGroup) as caught:
        stated(read_wish(text, data / "vocabulary"), "hill-co", None, 1, made.open().seeds, data, date(2026, 11, 21))
    assert told in " ".join(map(str, caught.value.exceptions))
    assert all(str(one).startswith(f"--set {text}") for one in caught.value.exceptions)

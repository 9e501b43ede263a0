from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

DAY = "10 March 2026"


def closures(newsroom: Any, *lines: str) -> list[dict[str, Any]]:
    taken = newsroom.take("\n\n".join(["Sales", DAY, *lines]) + "\n")
    return [dict(one.record) for item in taken.items for one in item.proposals if one.closure is not None]


@pytest.mark.parametrize(
    ("sentence", "until"),
    [
        ("The Chinese offtake of Kilima Hill will end on 30 June 2026.", "2026-07-01"),
        ("The offtake agreement of Kilima Hill with Red River Smelting will end on 31 December 2026.", "2027-01-01"),
    ],
)
def test_the_end_is_the_first_day_without(newsroom: Any, sentence: str, until: str) -> None:
    (record,) = closures(newsroom, sentence)
    assert record["closes"] == ["kilima-hill:sold"]
    assert str(record["valid_until"]) == until


def test_a_headline_with_an_earlier_end_is_outdone_by_the_text(newsroom: Any, tell: Callable[..., str]) -> None:
    text = tell(
        "Sales", DAY, "The Chinese offtake of Kilima Hill ended in December 2025.",
        "In fact the contract was shortened; the Chinese offtake of Kilima Hill will end on 31 December 2026.",
    )  # fmt: skip
    taken = newsroom.take(text)
    ends = [str(one.record["valid_until"]) for item in taken.items for one in item.proposals if one.closure is not None]
    assert ends == ["2027-01-01"]
    assert "the article itself gives a later end" in [one.why for one in taken.left]


def test_a_contract_of_people_the_registry_does_not_sell_to_ends_nothing(newsroom: Any) -> None:
    assert closures(newsroom, "The Japanese offtake of Kilima Hill will end on 30 June 2026.") == []


def test_an_end_that_is_known_is_confirmed_as_it_stands(newsroom: Any, made: Any, tell: Callable[..., str]) -> None:
    made.say("kilima-hill", "processing", 70, unit="percent", country="CHN", key="refined", since="2022-01-01")
    made.close("kilima-hill", "sold", "refined", until="2026-07-01", key="both-end")
    made.write()
    taken = newsroom.take(tell("Sales", DAY, "The Chinese offtake of Kilima Hill will end on 30 June 2026."))
    (proposal,) = taken.items[0].proposals
    found = newsroom.desk().compared(proposal)
    assert found.kind == "confirms"
    assert "kilima-hill:both-end" in found.text

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from georisk.gate.drafting import Drafted

DAY = "10 March 2026"


def records(newsroom: Any, *lines: str) -> list[dict[str, Any]]:
    text = "\n\n".join(["News", DAY, *lines]) + "\n"
    return [dict(one.record) for one in newsroom.drafts(text) if isinstance(one, Drafted)]


def test_a_signed_loan_is_binding_finance_of_the_site(newsroom: Any) -> None:
    (record,) = records(
        newsroom,
        "On 1 March 2026 the US International Development Finance Corporation signed a $45 million loan agreement with "
        "Kilima Mining for its Kilima Hill mine.",
    )
    assert record["property"] == "finance"
    assert (record["value"], record["unit"], record["force"]) == (45_000_000, "USD", "binding")
    assert record["qualifiers"] == {"lender": "us-dfc", "kind": "loan"}
    assert record["valid_from"].text == "2026-03-01"


def test_a_binding_offtake_names_its_buyer(newsroom: Any) -> None:
    (record,) = records(
        newsroom,
        "Kilima Mining signed a binding offtake agreement with Harbour Resources on 2 March 2026 for 20% of the output "
        "of the Kilima Hill mine.",
    )
    assert (record["property"], record["value"], record["unit"]) == ("offtake", 20, "percent")
    assert record["qualifiers"] == {"buyer": "harbour"}
    assert record["force"] == "binding"


@pytest.mark.parametrize(
    ("sentence", "force"),
    [
        ("Harbour Resources completed the acquisition of a 25% stake in Kilima Mining on 4 March 2026.", "in-effect"),
        ("Harbour Resources has agreed to buy a 25% stake in Kilima Mining.", "planned"),
    ],
)
def test_a_stake_counts_only_when_it_has_changed_hands(newsroom: Any, sentence: str, force: str) -> None:
    (record,) = records(newsroom, sentence)
    assert (record["property"], record["value"], record["force"]) == ("stake", 25, force)
    assert record["qualifiers"] == {"owner": "harbour"}


def test_a_share_of_somebodys_holding_is_no_share_of_the_company(newsroom: Any) -> None:
    """Forty per cent of a holding of sixty are twenty-four of the company; the text says neither."""
    (record,) = records(
        newsroom,
        "Harbour Resources would buy a 40% stake in Quarry Capital's interest in Kilima Mining under an offer.",
    )
    assert record["property"] == "transaction"
    assert record["qualifiers"] == {"buyer": "harbour", "percent": 40}
    assert record["force"] not in ("in-effect", "binding")


def test_an_inquiry_into_a_licence_is_a_proceeding_against_the_permit(newsroom: Any) -> None:
    (record,) = records(
        newsroom, "The government of Tanzania has opened an investigation into the mining licence of Kilima Hill."
    )
    assert (record["property"], record["force"]) == ("proceeding", "in-effect")
    assert record["qualifiers"]["against"] == "permit"


def test_a_stage_that_was_reached_is_a_stage_and_one_to_come_a_milestone(newsroom: Any) -> None:
    (reached,) = records(newsroom, "Kilima Hill entered commercial production on 1 March 2026.")
    assert (reached["property"], reached["value"], reached["force"]) == ("stage", "production", "in-effect")
    (hoped,) = records(newsroom, "Kilima Hill is expected to start commercial production in December 2027.")
    assert (hoped["property"], hoped["qualifiers"], hoped["force"]) == ("milestone", {"due": "2027-12"}, "planned")


def test_what_was_announced_for_later_is_not_in_effect(newsroom: Any, tell: Callable[..., str]) -> None:
    """An act dated after the day of publication cannot have happened, whatever the tense."""
    for one in newsroom.drafts(tell("Later", DAY, "Kilima Hill entered commercial production on 1 June 2026.")):
        assert isinstance(one, str) or one.record["force"] in ("planned", "speculative")


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The board of Kilima Mining appointed Ann Other as its chairman on 1 March 2026.", "is no property"),
        ("Zebra Metals Ltd signed a $10 million loan agreement for its Zebra Creek project.", "names no site"),
    ],
)
def test_what_cannot_be_a_statement_says_why(newsroom: Any, sentence: str, why: str) -> None:
    reasons = [one for one in newsroom.drafts(f"News\n\n{DAY}\n\n{sentence}\n") if isinstance(one, str)]
    assert any(why in one for one in reasons)

"""How real an event is, when it was, what it moves, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from georisk.news.events import Event
from georisk.news.judging.confidence import chance

Told = Callable[..., list[Event]]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("DFC lent Serra Azul $25 million.", "completed"),
        ("DFC signed a loan of $25 million with Serra Azul.", "binding"),
        ("DFC approved a loan of $25 million for Serra Azul.", "approved"),
        ("DFC proposed a loan of $25 million to Serra Azul.", "proposed-nonbinding"),
        ("A letter of interest from DFC names a loan of $25 million for Serra Azul.", "proposed-nonbinding"),
        ("DFC's loan of $25 million to Serra Azul is subject to a vote.", "conditional"),
        ("Serra Azul plans to borrow $25 million as a loan from DFC.", "claimed"),
        ("Serra Azul is in talks with DFC on a loan of $25 million.", "speculative"),
        ("DFC refused a loan of $25 million to Serra Azul.", "denied"),
        ("DFC has not approved a loan of $25 million to Serra Azul.", "denied"),
        ("DFC has a target of $25 million in loans to Serra Azul.", "claimed"),
    ],
)  # fmt: skip
def test_how_real_a_loan_is(text: str, modality: str, told: Told) -> None:
    assert [one.modality for one in told(text) if one.amount == 25e6] == [modality]


def test_a_first_right_of_refusal_refuses_nothing(told: Told) -> None:
    (one,) = told(
        "Dragon Ridge Metals keeps a first right of refusal for offtake of 30% of the oxide of Serra Azul under a binding agreement."
    )
    assert one.modality != "denied"


def test_a_wish_with_a_date_is_a_plan_and_one_without_is_none(told: Told) -> None:
    assert [one.effective_date for one in told("Falcão Terras hopes to open the Serra Azul mine in 2027.")] == ["2027"]
    assert told("Falcão Terras hopes to open the Serra Azul mine.") == []


@pytest.mark.parametrize(
    ("text", "dimension", "polarity"),
    [
        ("Dragon Ridge Metals agreed to buy 60% of Serra Azul's output.", "china", "raises"),
        ("Serra Azul's offtake agreement with Dragon Ridge Metals ended in April.", "china", "lowers"),
        ("Dragon Ridge Metals sold its 12% stake in Falcão Terras.", "china", "lowers"),
        ("The ministry revoked the mining licence of Serra Azul.", "jurisdictional", "raises"),
        ("The ministry renewed the mining licence of Serra Azul.", "jurisdictional", "lowers"),
        ("Villagers sued Kitwe Smelting on Friday.", "jurisdictional", "raises"),
        ("Kitwe Works was placed on care and maintenance.", "jurisdictional", "raises"),
        ("An undisclosed buyer acquired a 12% stake in Falcão Terras through a shell company.", "opacity", "raises"),
    ],
)  # fmt: skip
def test_what_an_event_moves_and_why(text: str, dimension: str, polarity: str, told: Told) -> None:
    (one,) = [event for event in told(text) if event.risk[dimension] != "neutral"]
    assert one.risk[dimension] == polarity
    assert one.reasons[dimension]


def test_chances_lie_between_nothing_and_certainty() -> None:
    assert chance({"bias": 1.0}, {}) == 0.5
    assert chance({"bias": 1.0, "new": 1.0}, {"bias": math.log(3)}) == pytest.approx(0.75)  # odds of three to one
    assert 0 < chance({"bias": 1.0}, {"bias": -1e9}) < chance({"bias": 1.0}, {"bias": 1e9}) <= 1


def test_a_trap_is_trusted_less(told: Told) -> None:
    (plain,) = told("DFC lent Serra Azul $25 million.")
    assert plain.confidence is not None
    assert plain.confidence > 0.5

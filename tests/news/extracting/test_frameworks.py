"""What only the whole article shows."""

from __future__ import annotations

from collections.abc import Callable

from georisk.news.events import Event

Told = Callable[..., list[Event]]


def test_the_parts_of_a_framework_are_no_firmer_than_it(told: Told) -> None:
    """A letter of intent of $60 million made of a loan of $45 million and a grant of $15 million: 45 + 15 = 60."""
    text = (
        "DFC signed a non-binding letter of intent of $60 million with Serra Azul. "
        "Serra Azul has a loan of $45 million in it. Serra Azul has a grant of $15 million in it."
    )
    assert {one.amount: one.modality for one in told(text)} == {
        60e6: "proposed-nonbinding",
        45e6: "proposed-nonbinding",
        15e6: "proposed-nonbinding",
    }


def test_a_timetable_is_one_plan(told: Told) -> None:
    text = "Timetable of Serra Azul, from 2025:\n- drilling\n- feasibility study\n- construction\n"
    assert ("stage_change", "claimed") in {(one.event_type, one.modality) for one in told(text)}

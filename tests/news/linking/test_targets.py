from __future__ import annotations

from collections.abc import Callable
from typing import Any

from georisk.news.events import Event
from georisk.news.extracting.knowledge import Knowledge
from georisk.news.linking.registry import described_in

Told = Callable[..., list[Event]]


def test_the_holder_stands_before_its_share(told: Told) -> None:
    text = "Orchid Capital keeps 45% of Serra Azul, and Dragon Ridge Metals owns the other 20%."
    assert {one.share_pct: one.entity for one in told(text)} == {45: "Orchid Capital", 20: "Dragon Ridge Metals"}


def test_the_head_of_a_row_is_what_the_row_is_about(told: Told) -> None:
    text = "The week:\n- Monte Feo (antimony, Italy): first metal poured on 10 May\n- Red Gulch (nickel): put on care and maintenance\n"
    found = told(text, title="Round-up")
    assert [(one.project or one.entity, one.event_type) for one in found] == [
        ("Monte Feo", "stage_change"),
        ("Red Gulch", "stage_change"),
    ]


def test_another_project_is_not_the_one_named_before(told: Told) -> None:
    text = "The Serra Azul mine is new. DFC offered a loan of $9 million to Pallas Antimony for another mining project."
    assert [(one.project, one.entity) for one in told(text) if one.event_type == "loan"] == [(None, "Pallas Antimony")]


def test_the_company_itself_speaks(told: Told) -> None:
    text = "Where does it stand?\n\nWe signed a loan of $9 million with the European Investment Bank."
    (one,) = told(text, title="A talk with Kitwe Smelting")
    assert (one.entity, one.amount) == ("Kitwe Smelting", 9e6)


def test_a_description_ties_only_if_one_site_fits(knowledge: Knowledge) -> None:
    assert described_in("the Brazilian ionic clay producer", knowledge.registry) == ["serra-azul"]
    assert described_in("the Brazilian copper producer", knowledge.registry) == []
    assert described_in("the largest Brazilian mine", knowledge.registry) == []


def test_a_party_stands_for_the_sites_it_holds_through_others(knowledge: Knowledge) -> None:
    held: Any = knowledge.registry.sites_of
    assert (held["orchid"], held["falcao"], held["kitwe"]) == ({"serra-azul"}, {"serra-azul"}, {"kitwe-works"})
    assert "dragon" not in held

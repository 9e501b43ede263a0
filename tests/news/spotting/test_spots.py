"""Sums, shares and tonnages: what the words beside a figure say it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from georisk.news.events import Event

Told = Callable[..., list[Event]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kitwe Smelting took a loan of $25 million.", "loan"),
        ("Kitwe Smelting won a grant of $25 million.", "grant"),
        ("Kitwe Smelting drew down $25 million.", "loan"),
        ("Kitwe Smelting sold $25 million of new shares.", "equity_investment"),
        ("Kitwe Smelting paid a fine of $25 million.", "dispute"),
        ("Kitwe Smelting still has to find the $25 million it needs.", "capex"),
        ("The state gave Kitwe Smelting a guarantee of $25 million.", "guarantee"),
    ],
)
def test_what_a_sum_is(text: str, kind: str, told: Told) -> None:
    assert [(one.event_type, one.amount) for one in told(text) if one.amount is not None] == [(kind, 25e6)]


@pytest.mark.parametrize(
    "text",
    [
        "Kitwe Smelting made a profit of $25 million.",
        "Kitwe Smelting has a market value of $25 million.",
        "Kitwe Smelting had sales of $25 million.",
        "Kitwe Smelting pays $25 a tonne.",
    ],
)
def test_turnover_and_prices_are_no_deals(text: str, told: Told) -> None:
    assert [one for one in told(text) if one.amount is not None] == []


@pytest.mark.parametrize(
    ("text", "kind", "share"),
    [
        ("Orchid Capital holds 80% of Falcão Terras.", "ownership", 80),
        ("After the deal Orchid Capital indirectly holds 17.6% of Falcão Terras.", "ownership", 17.6),
        ("Dragon Ridge Metals raised its stake in Falcão Terras from 8% to 12%.", "stake_purchase", 12),
        ("Falcão Terras is a venture of Orchid Capital (80%) with a fund.", "ownership", 80),
        ("The state receives a free-carried interest of 13% in Serra Azul.", "stake_purchase", 13),
        ("Dragon Ridge Metals is to take 60% of the mine's spodumene concentrate from Serra Azul.", "offtake", 60),
        ("Falcão Terras turned down an offer for 30% of the company.", "stake_purchase", 30),
    ],
)
def test_what_a_share_is(text: str, kind: str, share: float, told: Told) -> None:
    assert [(one.event_type, one.share_pct) for one in told(text) if one.share_pct is not None] == [(kind, share)]


@pytest.mark.parametrize(
    "text",
    [
        "Serra Azul's ore grew in price by 8%.",
        "Serra Azul pays a royalty of 5%.",
        "The loan to Serra Azul bears 9% interest rate.",
    ],
)
def test_growth_royalties_and_rates_are_no_holdings(text: str, told: Told) -> None:
    assert [one for one in told(text) if one.share_pct is not None] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Serra Azul is to make 5,000 tonnes of oxide a year.", "capacity"),
        ("Serra Azul is expected to produce 5,000 tonnes of oxide annually.", "capacity"),
        ("The study puts annual production of Serra Azul at 5,000 tonnes.", "capacity"),
        ("Serra Azul produced 5,000 tonnes of oxide in 2023.", "output"),
        ("Production at the Serra Azul mine was 5,000 tonnes of oxide.", "output"),
        ("Serra Azul contains 5,000 tonnes of oxide.", "resource"),
    ],
)
def test_what_a_tonnage_is(text: str, kind: str, told: Told) -> None:
    assert [(one.event_type, one.quantities[0]["value"]) for one in told(text) if one.quantities] == [(kind, 5000.0)]

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from georisk.financing import STATES, amount, finance_of
from georisk.registry import registry_rows


@pytest.fixture
def hill(made: Any) -> Any:
    made.site("hill", country="TZA")
    made.party("bank", title="The Bank")
    return made


def lend(made: Any, value: Any, **more: Any) -> None:
    given = {"unit": "USD", "lender": "bank", "kind": "loan", "instrument": "senior loan"} | more
    made.say("hill", "finance", value, **given)


@pytest.mark.parametrize(("force", "state"), list(STATES.items()))
def test_how_real_money_is_decides_its_column(hill: Any, force: str, state: str) -> None:
    lend(hill, 5_000_000, force=force)
    [item] = finance_of(hill.snapshot(), ["hill"])
    assert (item.state, item.amount, item.currency, item.lender) == (state, 5_000_000.0, "USD", "The Bank")
    assert item.text == "USD 5,000,000 senior loan, The Bank"


@pytest.mark.parametrize("force", ["planned", "speculative"])
def test_money_that_is_hoped_for_is_not_listed(hill: Any, force: str) -> None:
    lend(hill, 5_000_000, force=force)
    assert finance_of(hill.snapshot(), ["hill"]) == []


def test_an_unpublished_amount_a_band_and_a_doubt_are_said(hill: Any) -> None:
    lend(hill, None, unknown="not-found", since="2021")
    lend(hill, [1_000_000, 2_000_000], status="claimed", since="2022")
    lend(hill, 7_000_000, part_of="hill:frame", since="2023")
    items = finance_of(hill.snapshot(), ["hill"])
    assert [item.text for item in items] == [
        "amount not published senior loan, The Bank",
        "USD 1,000,000 to 2,000,000 senior loan, The Bank, claimed",
        "USD 7,000,000 senior loan, The Bank (part of a framework)",
    ]
    assert [amount(item.statement) for item in items] == [None, 1_500_000.0, 7_000_000.0]


def test_money_that_ran_out_or_was_denied_is_gone(hill: Any) -> None:
    lend(hill, 1, until="2025-01-01")
    lend(hill, 2, status="denied")
    assert finance_of(hill.snapshot(), ["hill"]) == []


def test_nothing_is_ever_added_up(hill: Any, root: Path) -> None:
    """Same state, same currency, a framework and its parts, two currencies: every item stays an item of its own."""
    lend(hill, 100, force="binding", key="frame", since="2024-01-01")
    lend(hill, 40, force="binding", part_of="frame", since="2024-02-01")
    lend(hill, 30, force="binding", unit="EUR", since="2024-03-01")
    lend(hill, 20, force="in-effect", since="2024-04-01")
    opened = hill.open()
    snapshot = opened.snapshot(hill.day, hill.day)
    row = registry_rows(snapshot, opened.holders(snapshot), root / "data" / "places")["hill"]
    assert row["finance_committed"].value == (
        "USD 100 senior loan, The Bank; USD 40 senior loan, The Bank (part of a framework); EUR 30 senior loan, The Bank"
    )
    assert row["finance_disbursed"].value == "USD 20 senior loan, The Bank"
    shown = " ".join(str(cell.value) for cell in row.values())
    for total in ("140", "120", "160", "130", "170", "190", "60"):  # every sum of two or more of 100, 40, 30, 20
        assert f" {total} " not in shown

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

from georisk.gate.itemwriting import item_text

FRAMEWORK = (
    "The US International Development Finance Corporation has offered Kilima Mining a non-binding letter of intent worth "
    "$160 million for the Kilima Hill mine. It would consist of a grant of $27 million and a senior secured loan of $130 "
    "million."
)


def test_an_items_text_reads_back_as_it_was_told() -> None:
    table: dict[str, Any] = {
        "id": "2026-03-10-a", "title": 'A "loan" \\ with\ttabs', "compiled": date(2026, 3, 10),
        "sources": {"s": {"title": "T", "published": date(2026, 3, 9)}},
        "propose": [{"file": "sites/hill", "value": [1, 2.5], "qualifiers": {"kind": "loan", "approx": True}}],
    }  # fmt: skip
    assert tomllib.loads(item_text(table)) == table


def test_parts_of_a_framework_name_it_and_are_as_weak(newsroom: Any, tell: Callable[..., str]) -> None:
    """27 and 130 make 157, which is 1.9 % from 160."""
    (item,) = newsroom.take(tell("An offer", "10 March 2026", FRAMEWORK)).items
    told = {one.record["value"]: one for one in item.proposals}
    assert {one.record["force"] for one in told.values()} == {"nonbinding"}
    whole = told[160_000_000].record["key"]
    assert "part_of" not in told[160_000_000].record["qualifiers"]
    assert {told[part].record["qualifiers"]["part_of"] for part in (27_000_000, 130_000_000)} == {whole}


def test_a_lender_the_registry_does_not_know_is_introduced(newsroom: Any, tell: Callable[..., str]) -> None:
    text = "Export Finance Australia signed a $20 million loan agreement with Kilima Mining for its Kilima Hill mine."
    (item,) = newsroom.take(tell("A loan", "10 March 2026", text)).items
    (proposal,) = item.proposals
    assert proposal.record["qualifiers"]["lender"] == "efa"
    assert proposal.parties["efa"].name == "Export Finance Australia"


def test_keys_of_one_item_differ(newsroom: Any, tell: Callable[..., str]) -> None:
    (item,) = newsroom.take(tell("An offer", "10 March 2026", FRAMEWORK)).items
    keys = [one.record["key"] for one in item.proposals]
    assert len(set(keys)) == len(keys) == 3

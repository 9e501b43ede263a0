from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from georisk.gate.concerned import buyer_and_owned, subject_of


@pytest.mark.parametrize(
    ("sentence", "buyer", "owned"),
    [
        ("Harbour Resources completed the acquisition of a 25% stake in Kilima Mining on 4 March 2026.", "harbour",
         "kilima-mining"),
        ("A 15% stake in Kilima Mining was bought by Red River Smelting on 8 March 2026.", "red-river", "kilima-mining"),
        ("Quarry Capital sold a 10% stake in Kilima Mining to Harbour Resources on 4 March 2026.", "harbour",
         "kilima-mining"),
        ("The mine belongs to the Government of Tanzania, which holds 16% of Kilima Hill.", "state-tza",
         "kilima-mining"),
    ],
)  # fmt: skip
def test_who_buys_and_whose_shares(
    newsroom: Any, tell: Callable[..., str], sentence: str, buyer: str, owned: str
) -> None:
    articles, events = newsroom.read(tell("Shares", "9 March 2026", sentence))
    drafter = newsroom.drafter()
    event = next(one for one in events if one.share_pct is not None)
    scene = drafter.register.scene(event, articles[0], drafter.rules.patterns)
    found, whose = buyer_and_owned(event, scene, drafter.rules.patterns, drafter.register)
    assert found is not None
    assert (found.id, whose) == (buyer, owned)


def test_the_sentence_around_a_passage_names_its_parties_in_order(newsroom: Any, tell: Callable[..., str]) -> None:
    text = "The day was fine. Quarry Capital lent $5 million to Kilima Mining for its Kilima Hill mine. Nobody minded."
    articles, events = newsroom.read(tell("Loan", "9 March 2026", text))
    drafter = newsroom.drafter()
    scene = drafter.register.scene(events[0], articles[0], drafter.rules.patterns)
    assert scene.sentence == "Quarry Capital lent $5 million to Kilima Mining for its Kilima Hill mine."
    assert [one.id for one in scene.parties][:2] == ["quarry", "kilima-mining"]


def test_a_party_leads_to_its_only_site_as_an_inference(newsroom: Any, tell: Callable[..., str]) -> None:
    _, events = newsroom.read(
        tell("Offtake", "9 March 2026", "Kilima Mining signed a binding offtake agreement with Harbour Resources.")
    )
    drafter = newsroom.drafter()
    rule = drafter.rules.events["offtake"]
    assert subject_of(events[0], rule, drafter.register) == ("sites/kilima-hill", True)


def test_what_no_file_knows_is_said(newsroom: Any, tell: Callable[..., str]) -> None:
    text = "Zebra Metals Ltd signed a $10 million loan agreement for its Zebra Creek project on 1 March 2026."
    taken = newsroom.take(tell("Zebra", "9 March 2026", text))
    assert taken.items == ()
    assert any("names no site of the registry; Zebra" in one.why for one in taken.left)


def test_the_holder_of_title_stands_for_a_site(newsroom: Any) -> None:
    assert newsroom.drafter().register.holder("kilima-hill") == "kilima-mining"

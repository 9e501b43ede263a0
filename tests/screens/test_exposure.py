"""Payments that lead to a listed party, apart from ownership."""

from __future__ import annotations

from typing import Any

from georisk.screens.exposure import exposures
from georisk.screens.opening import open_standings
from georisk.screens.wording import exposure_sentence


def paid(made: Any, *, listed: str, stake: float | None) -> Any:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("fox", kind="person", title="Fox")
    made.stake("shell", owner="fox", percent=stake)
    made.say("hill", "royalty", 2, unit="percent", payee="shell", payer="hill-co", since="2020-01-01")
    made.say(listed, "list-entry", listed.title(), list="ofac-sdn", since="2019-01-01")
    opened = made.open()
    holders = opened.holders(opened.snapshot(made.day, made.day))
    standings = open_standings(holders, opened.data, None)
    return holders, exposures(holders, standings, holders.snapshot.seeds.sites["hill"])


def test_a_listed_payee(made: Any) -> None:
    _, (one,) = paid(made, listed="shell", stake=10)
    assert (one.kind, one.direction, one.party, one.through) == ("royalty", "to", "shell", ("shell",))


def test_a_listed_owner_of_the_payee_whatever_the_share(made: Any) -> None:
    holders, (one,) = paid(made, listed="fox", stake=None)
    assert (one.through, one.shares) == (("fox", "shell"), ("share not published",))
    text = exposure_sentence(one, holders.snapshot.name)
    assert text.startswith("Payment exposure, apart from ownership: royalty to Shell")
    assert "Fox stands on the list ofac-sdn since 2019-01-01." in text


def test_a_listed_title_holder_is_ownership_and_no_payment(made: Any) -> None:
    assert paid(made, listed="hill-co", stake=10)[1] == []

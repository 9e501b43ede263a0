"""Lists and places of secrecy beside the names of owners."""

from __future__ import annotations

from typing import Any

from georisk.outputs.owner_marks import marks

TITLES = {"us-1260h": "Chinese military companies"}


def told(made: Any) -> Any:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("fox", incorporation="PAN")
    made.party("hare", incorporation="TZA")
    made.stake("hill-co", owner="fox", percent=60)
    made.stake("hill-co", owner="hare", percent=40)
    made.say("fox", "list-entry", "Fox Ltd", list="us-1260h", since="2021-06-03")
    made.say("hare", "list-entry", "two units of Hare", list="us-1260h", covers="two units, not the company")
    return made.open().assess(made.day, made.day)


def test_a_list_is_named_with_its_day_and_a_place_of_secrecy_with_its_list(made: Any) -> None:
    of = marks(told(made), TITLES)
    assert "listed: Chinese military companies, 2021-06-03" in of("fox")
    assert any(text.startswith("place on a list of secrecy: eu-") for text in of("fox"))  # Panama


def test_an_entry_for_others_and_a_plain_place_mark_nobody(made: Any) -> None:
    assert marks(told(made), TITLES)("hare") == ()


def test_an_unknown_list_keeps_its_key(made: Any) -> None:
    assert "listed: us-1260h, 2021-06-03" in marks(told(made), {})("fox")

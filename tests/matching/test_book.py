"""Parties under all their names: aliases and identifiers before words."""

import pytest

from georisk.matching.book import Entry, PartyBook
from georisk.matching.deciding import DIFFERENT, SAME, UNSURE, Named
from georisk.matching.words import Words


@pytest.fixture
def book(words: Words) -> PartyBook:
    return PartyBook.of(
        [
            Entry("glencore", ("Glencore plc", "Glencore", "嘉能可")),
            Entry("glencore-ag", ("Glencore AG",)),
            Entry("cmoc", ("CMOC Group", "China Molybdenum"), {"XI-LEI": "X1"}),
            Entry("emg", ("Energy and Minerals Group", "EMG")),
            Entry("twin-a", ("Twin",)),
            Entry("twin-b", ("Twin",)),
        ],
        words,
    )


def test_an_alias_decides(book: PartyBook) -> None:
    assert book.decide("China Molybdenum", "CMOC Group").verdict == SAME
    apart = book.decide("Glencore", "Glencore AG")
    assert (apart.verdict, apart.rule) == (DIFFERENT, "alias")


def test_a_name_like_an_alias_is_that_party(book: PartyBook) -> None:
    found = book.decide("CMOC Group", "China Molybdenum Co., Ltd.")
    assert (found.verdict, found.rule) == (SAME, "alias, core")


def test_an_abbreviated_alias_brings_no_stranger_in(book: PartyBook) -> None:
    assert book.decide("Energy and Minerals Group", "Eastern Metals Gold").verdict == DIFFERENT


def test_a_shorter_alias_merges_no_subsidiary(book: PartyBook) -> None:
    found = book.decide("Glencore plc", "Glencore Copper plc")
    assert (found.verdict, found.rule) == (DIFFERENT, "trade")


def test_the_very_name_of_one_party_is_no_other(book: PartyBook) -> None:
    found = {one.party: one.decision for one in book.match("Glencore")}
    assert (found["glencore"].verdict, found["glencore"].rule) == (SAME, "alias")
    assert found["glencore-ag"].verdict == DIFFERENT


def test_a_name_two_parties_bear_is_told_for_both(book: PartyBook) -> None:
    assert book.known_as("Twin") is None
    assert [one.party for one in book.match("Twin") if one.decision.verdict == SAME] == ["twin-a", "twin-b"]


def test_of_several_parties_the_likest_is_meant(book: PartyBook) -> None:
    found = {one.party: one.decision.verdict for one in book.match("Гленкор")}
    assert (found["glencore"], found["glencore-ag"]) == (SAME, UNSURE)


def test_an_identifier_goes_before_the_name(book: PartyBook) -> None:
    assert book.known_as(Named("Glencore", {"XI-LEI": "x1"})) == "cmoc"


def test_strangers_are_left_out(book: PartyBook) -> None:
    assert book.match("Wholly Other Potash") == []

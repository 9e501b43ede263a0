"""Names compared: exact means the same words, anything else is for a person to look at."""

from __future__ import annotations

from pathlib import Path

from georisk.screens.lists.kinds import read_matching
from georisk.screens.lists.names import Match, matches

RULE = read_matching(Path(__file__).parents[3] / "data")
PARTIES = {"fox": ("Ada Fox", "Société Fox S.A."), "short": ("ABC",)}


def compared(*listed: str) -> list[Match]:
    return list(matches(PARTIES, [(str(number), name) for number, name in enumerate(listed)], RULE))


def test_order_case_accents_and_punctuation_do_not_matter() -> None:
    assert [one.kind for one in compared("FOX, Ada", "SOCIETE FOX SA", "abc")] == ["exact"] * 3
    assert "same words" in compared("FOX, Ada")[0].why


def test_another_legal_form_or_a_letter_is_a_candidate() -> None:
    (one,) = compared("Societe Fox Ltd")
    assert (one.kind, one.score) == ("candidate", 100.0)  # legal forms left out the words are the same
    (other,) = compared("Societe Foxe")
    assert other.kind == "candidate"
    assert RULE.candidate_from <= other.score < 100


def test_strangers_and_abbreviations_are_no_candidates() -> None:
    assert compared("Completely Other", "ABD") == []


def test_one_match_for_a_party_and_an_entry() -> None:
    found = list(matches(PARTIES, [("7", "Ada Fox"), ("7", "Ada Foxx")], RULE))
    assert [(one.entry, one.kind) for one in found] == [("7", "exact")]

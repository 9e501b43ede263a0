"""Rules in order, each with its reason; symmetry and identity for any names."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.matching.deciding import DIFFERENT, SAME, UNSURE, Named, decide
from georisk.matching.words import Words

PAIRS = Path(__file__).with_name("pairs.csv")
CASES = [
    ("Glencore plc", "Glencore International AG", DIFFERENT, "part of a group"),
    ("Peak Rare Earths", "Peak Minerals", DIFFERENT, "trade"),
    ("Rio Tinto plc", "Rio Tinto Limited", DIFFERENT, "legal form"),
    ("Vale S.A.", "Vale Canada Limited", DIFFERENT, "place"),
    ("China Communications Construction Company", "China Communications Construction Group", DIFFERENT, "kind"),
    ("Trafigura Group", "Trafigura Mining Group", DIFFERENT, "trade"),
    ("Black Rock Mining", "BlackRock", DIFFERENT, "core"),
    ("Peak", "Peak Minerals", UNSURE, "common word"),
    ("Lynas", "Lynas Rare Earths Ltd", SAME, "core"),
    ("紫金矿业集团股份有限公司", "Zijin Mining Group Co., Ltd.", SAME, "core"),
    ("QIA", "Qatar Investment Authority", SAME, "abbreviation"),
    ("Éramet", "ERAMET", SAME, "letters"),
    ("", "Glencore", UNSURE, "letters"),
]


@pytest.mark.parametrize(("one", "other", "verdict", "rule"), CASES)
def test_rules(one: str, other: str, verdict: str, rule: str, words: Words) -> None:
    decision = decide(one, other, words)
    assert (decision.verdict, decision.rule) == (verdict, rule)
    assert decision.because


def test_identifiers_decide_first(words: Words) -> None:
    lei, other = "529900ODI3047E2LIV03", "213800JMGIQ0M6ZVVJ09"
    same = decide(Named("Alpha", {"XI-LEI": lei}), Named("Beta", {"XI-LEI": lei.lower()}), words)
    assert (same.verdict, same.rule) == (SAME, "identifier")
    apart = decide(Named("Alpha", {"XI-LEI": lei}), Named("Alpha", {"XI-LEI": other}), words)
    assert (apart.verdict, apart.rule) == (DIFFERENT, "identifier")
    assert decide(Named("Alpha", {"XI-LEI": lei}), Named("Alpha", {"ASX": "ALP"}), words).rule == "letters"


def test_a_reason_names_the_words_it_went_by(words: Words) -> None:
    assert "international / none" in decide("Glencore International", "Glencore plc", words).because


@given(one=st.text(max_size=40), other=st.text(max_size=40))
def test_a_decision_knows_no_order_and_a_name_is_itself(one: str, other: str, words: Words) -> None:
    assert decide(one, other, words).verdict == decide(other, one, words).verdict
    assert decide(one, one, words).verdict in (SAME, UNSURE)


def test_the_public_pairs_are_many_labelled_and_parted_by_their_hash() -> None:
    import hashlib

    with PAIRS.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert len(rows) >= 240
    assert {row["label"] for row in rows} == {"same", "different"}
    assert len({(row["one"], row["other"]) for row in rows}) == len(rows)
    assert {"spelling", "short-name", "abbreviation", "script", "rename", "subsidiary", "similar-name"} <= {
        row["why"] for row in rows
    }
    for row in rows:
        third = hashlib.sha256(f"{row['one']}|{row['other']}".encode()).digest()[0] % 3 == 0
        assert row["part"] == ("unseen" if third else "seen")


def test_no_pair_that_was_seen_merges_a_subsidiary(words: Words) -> None:
    """By the words alone; "Glencore" and "Glencore AG" need the aliases of the registry and are left out."""
    with PAIRS.open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["part"] == "seen" and row["why"] == "subsidiary"]
    merged = {(row["one"], row["other"]) for row in rows if decide(row["one"], row["other"], words).verdict == SAME}
    assert merged <= {("Glencore", "Glencore AG")}
    assert len(rows) > 30

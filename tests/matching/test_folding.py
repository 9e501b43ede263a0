"""Names of parties folded, and heard across scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.matching.folding import LONGEST, fold, is_unspaced, skeleton


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Gécamines S.A.", "gecamines sa"),
        ("Mota-Engil, SGPS, S.A.", "mota engil sgps sa"),
        ("Ma'aden", "maaden"),
        ("Energy & Minerals Group", "energy and minerals group"),
        ("АЛРОСА (ПАО)", "alrosa pao"),
        ("A/S Norsk Hydro", "as norsk hydro"),
        ("  Rio\tTinto  ", "rio tinto"),
        ("", ""),
        ("—…!", ""),
    ],
)
def test_folding(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=80))
def test_a_folded_name_is_plain_and_folds_to_itself(name: str) -> None:
    folded = fold(name)
    assert folded.isascii()
    assert folded == folded.strip().lower()
    assert fold(folded) == folded


def test_a_long_name_is_cut() -> None:
    assert len(fold("a" * (LONGEST * 3))) == LONGEST


def test_scripts_that_part_no_words() -> None:
    assert is_unspaced("紫金矿业")
    assert is_unspaced("고려아연")
    assert not is_unspaced("Русал")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("glenkor", "glencore", True),
        ("kaztsink", "kazzinc", True),
        ("friport", "freeport", True),
        ("lynas", "lundin", False),
    ],
)
def test_what_is_heard_alike(one: str, other: str, alike: bool) -> None:
    assert (skeleton(one) == skeleton(other)) is alike

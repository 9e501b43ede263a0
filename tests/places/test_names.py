"""Names folded and read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.errors import UsageError
from georisk.places.names import Word, compact, fold, read_name, read_words, spellings

WORDS = {
    "mine": Word("kind", "mine"),
    "refinery": Word("kind", "refinery"),
    "copper": Word("commodity", "copper"),
    "rare": Word("commodity", "rare-earths"),
    "earths": Word("commodity", "rare-earths"),
    "project": Word("drop", ""),
    "port": Word("kind", "port"),
    "of": Word("drop", ""),
    "mt": Word("same", "mount"),
    "铜矿": Word("tail", "copper"),
    "矿": Word("tail", ""),
}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Norra  Kärr", "norra karr"),
        ("Voisey's Bay", "voiseys bay"),
        ("Kamoa–Kakula", "kamoa kakula"),
        ("Мутанда", "mutanda"),
        ("ムタンダ", "mutanda"),
        ("Núi Pháo", "nui phao"),
        ("(KCC)", "kcc"),
        ("—", ""),
    ],
)
def test_any_script_folds_to_plain_letters(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_compact_names_meet_across_scripts() -> None:
    assert compact("白云鄂博") == compact("Bai Yun E Bo")


@given(st.text(max_size=300))
def test_folding_is_total_and_settled(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded.isascii()


@pytest.mark.parametrize(
    ("name", "core", "kinds", "commodities"),
    [
        ("Mutanda Mine", "mutanda", {"mine"}, set()),
        ("Longonjo rare earths project", "longonjo", set(), {"rare-earths"}),
        ("Mt Weld", "mountweld", set(), set()),
        ("Copper Hill", "copperhill", set(), set()),  # a name may begin with a commodity
        ("穆坦达铜矿", "mutanda" and compact("穆坦达"), set(), {"copper"}),
        ("Port Pirie refinery", "portpirie", {"refinery"}, set()),
        ("Port of Lobito", "lobito", {"port"}, set()),
        ("Lobito port", "lobito", {"port"}, set()),
        ("Kwinana refinery", "kwinana", {"refinery"}, set()),
        ("Mine project", "", {"mine"}, set()),
    ],
)
def test_common_words_become_hints(name: str, core: str, kinds: set[str], commodities: set[str]) -> None:
    read = read_name(name, WORDS)
    assert (read.core, read.kinds, read.commodities) == (core, kinds, commodities)


def test_the_whole_name_keeps_its_common_words() -> None:
    assert read_name("Mt Weld mine", WORDS).whole == "mountweldmine"


def test_one_entry_may_write_several_names() -> None:
    assert spellings("Morro do Ouro (Paracatu) / RPM") == [
        "Morro do Ouro (Paracatu) / RPM", "Morro do Ouro   / RPM", "Paracatu", "Morro do Ouro", "RPM",
    ]  # fmt: skip


def test_a_folder_without_words_says_so(tmp_path) -> None:
    with pytest.raises(UsageError, match=r"words\.csv: no such file"):
        read_words(tmp_path)

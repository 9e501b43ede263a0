"""A name parted into its core and the words with a role."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.matching.names import read_name
from georisk.matching.words import Words


def test_the_words_of_a_name(words: Words) -> None:
    name = read_name("Zijin International Mining Group (Hong Kong) Co., Ltd.", words)
    assert name.core == ("zijin",)
    assert name.trades == {"mining"}
    assert name.aparts == {"international"}
    assert name.places == {"hong kong"}
    assert name.kinds == {"group"}
    assert [one.family for one in name.forms] == ["limited"]
    assert not name.bare


def test_scripts_that_part_no_words_are_cut_at_known_words(words: Words) -> None:
    name = read_name("盛和资源控股股份有限公司", words)
    assert (name.core, name.trades, name.kinds) == (("shenghe",), {"resources"}, {"holding"})
    assert [one.family for one in name.forms] == ["limited"]


def test_a_name_of_trades_and_places_alone_has_those_as_its_core(words: Words) -> None:
    name = read_name("Korea Zinc", words)
    assert (sorted(name.core), name.trades, name.places) == (["korea", "zinc"], set(), set())


def test_short_letters_are_a_form_only_at_an_end(words: Words) -> None:
    assert not read_name("SA Copper", words).forms
    assert read_name("АО Казахмыс", words).core == ("kazakhmys",)
    assert read_name("Eramet SA", words).forms


def test_a_common_word_is_known_as_such(words: Words) -> None:
    assert read_name("Peak", words).common
    assert not read_name("Lynas", words).common


def test_a_misspelt_trade_is_still_one(words: Words) -> None:
    assert read_name("Vulcan Resurces", words).trades == {"resources"}


@pytest.mark.parametrize("text", ["", "...", "Ltd", "SA", "有限公司"])
def test_names_of_nothing_are_read(text: str, words: Words) -> None:
    assert read_name(text, words).text == text


@given(text=st.text(max_size=60))
def test_any_text_is_read(text: str, words: Words) -> None:
    read_name(text, words)

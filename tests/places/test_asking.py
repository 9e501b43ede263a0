"""What a name says beside the name."""

from pathlib import Path

import pytest

from georisk.places.asking import ask, without_country
from georisk.places.gazetteer import Gazetteer, load_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(Path(__file__).resolve().parents[2] / "data" / "gazetteer")


@pytest.mark.parametrize(
    ("text", "core", "countries"),
    [
        ("Ngualla, Tanzania", "ngualla", {"TZA"}),
        ("Kolwezi，刚果（金）", "kolwezi", {"COD"}),
        ("Balama (Mozambique)", "balama", {"MOZ"}),
        ("Weda Bay", "wedabay", None),
        ("Weda Bay, Nowhereland", "wedabay", None),
    ],
)
def test_a_country_may_follow(gazetteer: Gazetteer, text: str, core: str, countries: set[str] | None) -> None:
    question = ask(text, gazetteer)
    assert (question.name.core, question.countries) == (core, countries)


def test_a_state_names_its_country_and_a_circle(gazetteer: Gazetteer) -> None:
    question = ask("White Mesa Mill, Utah", gazetteer)
    assert question.countries == {"USA"}
    assert question.name.kinds == {"mill"}
    (utah,) = question.regions
    assert 200 < utah.radius_km < 500  # Utah measures 430 by 560 km


def test_a_state_that_is_a_country_too_means_either(gazetteer: Gazetteer) -> None:
    assert ask("Madneuli, Georgia", gazetteer).countries == {"GEO", "USA"}


def test_what_follows_and_is_neither_is_kept(gazetteer: Gazetteer) -> None:
    assert ask("Mutanda, Kolwezi", gazetteer).places == ("Kolwezi",)


def test_another_name_may_stand_in_brackets(gazetteer: Gazetteer) -> None:
    assert [one.core for one in ask("Kamoto (KCC)", gazetteer).others] == ["kcc"]


@pytest.mark.parametrize(
    ("text", "core", "code"),
    [
        ("Ngualla Tanzania", "ngualla", "TZA"),
        ("Tanzania Ngualla project", "ngualla", "TZA"),
        ("刚果穆坦达", "mutanda", None),
    ],
)
def test_a_country_may_stand_beside_without_a_comma(
    gazetteer: Gazetteer, text: str, core: str, code: str | None
) -> None:
    question = without_country(ask(text, gazetteer), gazetteer)
    if code is None:
        assert question is None or question.countries
    else:
        assert question is not None
        assert (question.name.core, question.countries) == (core, {code})


def test_a_country_alone_is_no_place(gazetteer: Gazetteer) -> None:
    assert without_country(ask("Tanzania", gazetteer), gazetteer) is None


def test_a_country_asked_for_beside_narrows(gazetteer: Gazetteer) -> None:
    assert ask("Goro", gazetteer, frozenset({"NCL"})).countries == {"NCL"}

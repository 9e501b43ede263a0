from __future__ import annotations

from typing import Any

import pytest

from georisk.news.extracting.knowledge import Knowledge
from georisk.news.naming.names import countries_of, fold, words_of


def found(text: str, knowledge: Knowledge) -> list[tuple[str, str]]:
    return [(text[a:b], name.entity.id) for a, b, name in knowledge.names.find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Falcão Terras sold it", [("Falcão Terras", "falcao")]),
        ("FALCAO TERRAS LTDA sold it", [("FALCAO TERRAS LTDA", "falcao")]),
        ("the Blue Range mine", [("Blue Range", "serra-azul")]),
        ("a blue range of hills", []),  # names begin with a capital
        ("隼土的股份", [("隼土", "falcao")]),
        ("OrchidCapital lent", [("OrchidCapital", "orchid")]),  # the space between two words was lost
        ("Orchid (Capital) lent", []),  # a bracket ends a name
        ("Project Sky Vault", [("Project Sky Vault", "sky-vault")]),
    ],
)
def test_names_in_every_writing(text: str, names: list[tuple[str, str]], knowledge: Knowledge) -> None:
    assert found(text, knowledge) == names


def test_words_are_compared_without_accents_and_plurals() -> None:
    assert [fold("Goiás"), fold("Metals"), fold("Brass"), fold("Mina")] == ["goia", "metal", "brass", "mina"]
    assert words_of("Kitwe-Smelting, Ltd.") == ("kitwe", "smelting", "ltd")


def test_countries_come_from_statements(registry: Any) -> None:
    assert {name: countries_of(registry)[name] for name in ("serra-azul", "dragon", "orchid")} == {
        "serra-azul": "BRA",
        "dragon": "CHN",
        "orchid": "USA",
    }

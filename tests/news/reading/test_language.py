from __future__ import annotations

import pytest

from georisk.news.reading.language import language_of
from georisk.news.tables import ReadingTables


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The company said that it will open the mine and the mill in the valley.", "en"),
        ("La société a annoncé que la mine et les usines seront ouvertes dans la vallée avec l'État.", "fr"),
        ("A empresa disse que a mina não vai abrir em junho, mas que o governo do estado não foi ouvido.", "pt"),
        ("La empresa dijo que la mina no se abrirá en junio y que los trabajos de la planta siguen.", "es"),
        ("稀土公司宣布收购矿山股份", "zh"),
        ("鉱山のテストが始まりました", "ja"),
        ("Компания объявила о покупке", "ru"),
        ("12345", None),
        ("", None),
    ],
)
def test_languages(text: str, code: str | None, tables: ReadingTables) -> None:
    assert language_of(text, tables.languages) == code

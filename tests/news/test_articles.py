from __future__ import annotations

from typing import Any

import pytest

from georisk.news.articles import article_id, clean, stem_of


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("001_feed.txt", "001"),
        ("42.html", "42"),
        ("notes.2026.md", "notes.2026"),
        ("plain", "plain"),
        (".hidden", ".hidden"),
        ("2026-01-04-brief.md", "2026"),
    ],
)
def test_ids_begin_with_the_leading_number_else_the_stem(name: str, stem: str) -> None:
    assert stem_of(name) == stem
    assert article_id(name, 7) == f"{stem}-07"


def test_names_are_cleaned_of_control_and_bidirectional_characters() -> None:
    assert clean("Acme\u202e\x07 Ltd\n\tof  Perth\u200b") == "Acme Ltd of Perth"


def test_a_row_says_where_title_and_text_stand(article: Any) -> None:
    one = article("The mill runs.", title="Mill notes")
    row = one.row()
    file = "Mill notes\n\n14 May 2024\n\nThe mill runs.\n"
    assert file[row["title_start"] : row["title_end"]] == row["title"] == "Mill notes"
    assert "The mill runs." in file[row["body_start"] : row["body_end"]]
    assert (row["published"], row["published_precision"], row["group"], row["offsets"]) == (
        "2024-05-14",
        "day",
        "900-00",
        "file",
    )
    assert one.day().isoformat() == "2024-05-14"

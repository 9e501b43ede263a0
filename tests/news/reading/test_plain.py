from __future__ import annotations

import pytest

from georisk.news.articles import Article
from georisk.news.reading.files import read_bytes
from georisk.news.tables import ReadingTables


def read(text: str, tables: ReadingTables, name: str = "1_note.txt") -> Article:
    return read_bytes(name, text.encode(), tables).articles[0]


@pytest.mark.parametrize(
    ("head", "published", "precision"),
    [
        ("14 May 2024", "2024-05-14", "day"),
        ("May 14, 2024 9:32 AM", "2024-05-14T09:32:00", "minute"),
        ("2024-05-14 16:05 UTC", "2024-05-14T16:05:00+00:00", "minute"),
        ("LUSAKA, 14 May 2024 (Ore Wire) - The mill restarted.", "2024-05-14", "day"),
        ("Published: 14 May 2024", "2024-05-14", "day"),
        ("The mine was sold on 14 May 2004 to its workers.", None, None),  # a date told is no date of publication
        ("No date here.", None, None),
    ],
)  # fmt: skip
def test_the_day_of_publication(head: str, published: str | None, precision: str | None, tables: ReadingTables) -> None:
    one = read(
        f"Mill restarts\n\n{head}\n\nThe mill restarted after two years and will run on, said its owner.\n", tables
    )
    assert (one.published, one.precision) == (published, precision)
    assert one.title is not None
    assert one.title.text == "Mill restarts"


def test_a_day_without_its_year_takes_it_from_the_text(tables: ReadingTables) -> None:
    text = "Mill restarts\n\nMay 14, 9:32 a.m. EDT\n\nThe owner had closed the mill in November 2023, after a fire.\n"
    assert read(text, tables).published == "2024-05-14T09:32:00-04:00"  # the first 14 May after November 2023


def test_the_head_of_a_release_is_no_title(tables: ReadingTables) -> None:
    one = read("ASX Announcement\n14 May 2024\n\nMill restarts\n\nThe mill restarted.\n", tables)
    assert one.title is not None
    assert one.title.text == "Mill restarts"


def test_wire_and_cited_source(tables: ReadingTables) -> None:
    one = read(
        "Mill restarts\n\nLUSAKA (Ore Wire) - The mill restarted after two years of works.\n\nSource: Hill Gazette\n",
        tables,
    )
    assert (one.publisher, one.cited) == ("Ore Wire", "Hill Gazette")


def test_markdown_marks_are_taken_out_in_place(tables: ReadingTables) -> None:
    text = "# Mill *restarts*\n\n14 May 2024\n\nThe **mill** [restarted](https://ore.example/x) on _Sunday_.\n"
    one = read(text, tables, "1_note.md")
    assert "The mill restarted on Sunday." in one.body.text
    at = one.body.text.index("restarted")
    assert text[slice(*one.body.span(at, at + 9))] == "restarted"


def test_lines_broken_inside_a_sentence_are_joined(tables: ReadingTables) -> None:
    text = "Mill restarts\n\nThe owner of the mill in the valley said that it\nrestarted on Sunday after two years.\n"
    one = read(text, tables)
    assert "that it restarted on Sunday" in one.body.text
    at = one.body.text.index("restarted")
    assert text[slice(*one.body.span(at, at + 9))] == "restarted"


def test_what_follows_the_text_is_left_out(tables: ReadingTables) -> None:
    text = "Mill restarts\n\nThe owner of the mill in the valley said that it restarted on Sunday.\n\nRelated articles\nBeta was fined $3 million\n"
    assert "fined" not in read(text, tables).body.text


def test_a_text_that_rests_on_state_linked_media_is_marked(tables: ReadingTables) -> None:
    text = "Mill restarts\n\nThe mill restarted, the company said at its meeting on Sunday in the town.\n\nDisclaimer: this item is translated from the media of a state-owned enterprise.\n"
    assert read(text, tables).state_linked
    assert not read(text.split("Disclaimer")[0], tables).state_linked

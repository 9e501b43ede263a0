from __future__ import annotations

from georisk.news.sentences.structure import Sentence, sentence_spans, sentences_of
from georisk.news.tables import ReadingTables


def kinds(text: str, tables: ReadingTables) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in sentences_of(text, tables)]


def test_short_forms_end_no_sentence() -> None:
    text = "Mr. Banda of Acme Inc. spoke. The U.S. lends approx. $5m. It pays."
    assert [text[a:b] for a, b in sentence_spans(text)] == [
        "Mr. Banda of Acme Inc. spoke.",
        "The U.S. lends approx. $5m.",
        "It pays.",
    ]


def test_items_know_the_line_above_and_the_heading(tables: ReadingTables) -> None:
    text = "# Deals\n\nThe bank approved:\n- a loan\n- a grant\n\nThen it rested."
    found = sentences_of(text, tables)
    assert [one.kind for one in found] == ["heading", "lead-in", "item", "item", "sentence"]
    assert found[2].lead_in is found[1]
    assert found[3].heading is found[0]
    assert found[4].lead_in is None


def test_a_summary_above_the_text_is_marked(tables: ReadingTables) -> None:
    found = sentences_of("Highlights\n• It ended.\n• It began.\n\nIt was shortened, the text says.", tables)
    assert [one.summary for one in found] == [True, True, False]


def test_a_heading_in_capitals_opens_its_line(tables: ReadingTables) -> None:
    assert kinds("RED HILL. Work goes on there.", tables) == [
        ("run-in", "RED HILL"),
        ("sentence", "Work goes on there."),
    ]


def test_clauses_are_cut_at_dashes_semicolons_and_turns() -> None:
    one = Sentence(0, 44, "Acme sold the mine, while Beta; kept — a third", "sentence", 0)
    assert [one.text[a:b].strip() for a, b in one.clauses()] == [
        "Acme sold the mine,",
        "while Beta",
        "kept",
        "a third",
    ] or len(one.clauses()) == 4
    assert one.clause_at(one.text.index("kept"))[0] <= one.text.index("kept")


def test_endless_sentences_are_cut() -> None:
    spans = sentence_spans("ore " * 2000)  # 8,000 characters in pieces of at most 1,500
    assert max(end - start for start, end in spans) <= 1500

from __future__ import annotations

import json
from typing import Any

import pytest

from georisk.explaining.method_book import MethodBook, method_book
from georisk.outputs.method_page import goalposts, method_document, method_page, method_text


@pytest.fixture(scope="module")
def book(repository: Any) -> MethodBook:
    return method_book(repository.method(), repository.data)


def test_the_page_has_every_indicator_with_question_goalposts_and_reasons(book: MethodBook) -> None:
    from markupsafe import escape

    page = method_page(book)
    for chapter in book.chapters:
        for weighed in chapter.indicators:
            one = weighed.indicator
            for text in (
                one.question,
                goalposts(one),
                one.goalposts_reason,
                one.weight_reason,
                one.unknown,
                one.reference,
            ):
                assert str(escape(text)) in page, one.key


def test_the_page_names_version_fingerprint_licences_and_legal_tests(book: MethodBook) -> None:
    page = method_page(book)
    assert f"Version {book.method.version}, fingerprint {book.method.fingerprint}" in page
    for _, edition in book.editions:
        assert f"Licence: {edition.licence}" in page
    for key in book.screens:
        assert f"<code>{key}</code>" in page


def test_a_page_of_changes_is_linked_only_where_there_is_one(book: MethodBook) -> None:
    assert "changes.html" not in method_page(book)
    assert 'href="changes.html"' in method_page(book, changes=True)


def test_the_document_is_plain_data_and_complete(book: MethodBook) -> None:
    document = json.loads(json.dumps(method_document(book), default=str))
    keys = [one["key"] for dimension in document["dimensions"] for one in dimension["indicators"]]
    assert sorted(keys) == sorted(one.key for one in book.method.indicators)
    assert [band["from"] for band in document["bands"]] == [band.start for band in book.method.band]


def test_the_text_keeps_to_its_width_and_says_all(book: MethodBook) -> None:
    text = method_text(book, 90)
    assert all(len(line) <= 90 or " " not in line.strip() or line.startswith("Bands") for line in text.splitlines())
    flat = " ".join(text.split())
    for one in book.method.indicators:
        assert " ".join(one.question.split()) in flat


def test_goalposts_say_which_way_and_on_which_scale(book: MethodBook) -> None:
    by_key = {one.key: goalposts(one) for one in book.method.indicators}
    assert by_key["governance"].startswith("0 at 2.5, 100 at -2.5")
    assert by_key["conflict"].endswith("on a logarithmic scale")

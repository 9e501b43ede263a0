from __future__ import annotations

from base64 import b64encode

import pytest

from georisk.news.reading.files import read_bytes
from georisk.news.tables import ReadingTables

HEAD = "From: Ore Desk <desk@ore.example>\nTo: you@example.org\nDate: Mon, 13 May 2024 08:30:00 +0200\nSubject: Mill restarts\nMIME-Version: 1.0\n"
TEXT = "The mill restarted on Sunday after two years of works, said its owner in the valley.\n\nYou received this letter because you asked for it.\n"


def test_a_plain_letter_keeps_its_places(tables: ReadingTables) -> None:
    file = HEAD + "Content-Type: text/plain; charset=utf-8\n\n" + TEXT
    (one,) = read_bytes("6_mail.eml", file.encode(), tables).articles
    assert (one.kind, one.published, one.offsets) == ("letter", "2024-05-13T08:30:00+02:00", "file")
    assert one.title is not None
    assert one.title.text == "Mill restarts"
    at = one.body.text.index("restarted")
    assert file[slice(*one.body.span(at, at + 9))] == "restarted"
    assert "because you asked" not in one.body.text


def test_quoted_printable_is_read_in_place(tables: ReadingTables) -> None:
    file = (
        HEAD
        + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nG=C3=A9camines sold the m=\nill.\n"
    )
    (one,) = read_bytes("6_mail.eml", file.encode(), tables).articles
    assert "Gécamines sold the mill." in one.body.text
    at = one.body.text.index("é")
    assert file[slice(*one.body.span(at, at + 1))] == "=C3=A9"


def test_base64_has_no_places_in_the_file(tables: ReadingTables) -> None:
    file = (
        HEAD
        + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        + b64encode(TEXT.encode()).decode()
        + "\n"
    )
    (one,) = read_bytes("6_mail.eml", file.encode(), tables).articles
    assert (one.offsets, "The mill restarted" in one.body.text) == ("text", True)


def test_the_html_half_of_a_letter(tables: ReadingTables) -> None:
    file = HEAD + "Content-Type: text/html; charset=utf-8\n\n<p>The mill <b>restarted</b> on Sunday.</p>\n"
    (one,) = read_bytes("6_mail.eml", file.encode(), tables).articles
    assert "The mill restarted on Sunday." in one.body.text


@pytest.mark.parametrize(
    "body",
    [
        "Content-Type: multipart/mixed; boundary=x\n\n" + "--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 300,
        "Content-Type: text/plain; charset=no-such\n\n\u00ff",
        "Content-Type: ;;;=\nContent-Transfer-Encoding: base64\n\n!!!!",
        "Content-Type: multipart/alternative\n\nnothing",
    ],
)
def test_a_malformed_letter_is_read_or_reported(body: str, tables: ReadingTables) -> None:
    read = read_bytes("6_bad.eml", (HEAD + body).encode(), tables)
    assert read.articles or read.troubles

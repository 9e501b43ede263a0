from __future__ import annotations

import io

import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from georisk.news.reading.files import read_bytes
from georisk.news.tables import ReadingTables


def paper(*lines: str) -> bytes:
    """Return a PDF of one page with these lines."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(612, 792)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    stream = DecodedStreamObject()
    stream.set_data(("BT /F1 12 Tf 72 720 Td 16 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET").encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_text_of_a_paper(tables: ReadingTables) -> None:
    read = read_bytes("2_paper.pdf", paper("Quarterly notes", "14 May 2024", "The mill restarted on Sunday."), tables)
    (one,) = read.articles
    assert (one.kind, one.offsets) == ("pdf", "text")
    assert "The mill restarted on Sunday." in one.body.text
    at = one.body.text.index("restarted")
    assert read.texts["2_paper.pdf"][slice(*one.body.span(at, at + 9))] == "restarted"


def test_a_broken_or_empty_paper_is_reported(tables: ReadingTables) -> None:
    for raw in (b"%PDF-1.7\n garbage", paper()[:200], paper()):
        read = read_bytes("2_bad.pdf", raw, tables)
        assert read.articles == ()
        assert any("PDF" in one.found for one in read.troubles)

from __future__ import annotations

import pytest

from georisk.news.reading.decoding import decode, looks_binary


@pytest.mark.parametrize(
    ("raw", "encoding", "text"),
    [
        ("Gécamines".encode(), "utf-8", "Gécamines"),
        (b"\xef\xbb\xbfOre", "utf-8", "\ufeffOre"),
        ("Ngualla".encode("utf-16"), "utf-16", "Ngualla"),
        ("Ngualla".encode("utf-32"), "utf-32", "Ngualla"),
        ('<?xml version="1.0" encoding="iso-8859-1"?><a>Goiás</a>'.encode("latin-1"), "iso8859-1", None),
    ],
)
def test_encodings_by_mark_declaration_or_look(raw: bytes, encoding: str, text: str | None) -> None:
    found = decode(raw)
    assert found.encoding == encoding
    assert text is None or found.text == text
    assert "\ufffd" not in found.text


def test_an_undeclared_encoding_is_found_and_reported() -> None:
    found = decode(
        "La société minière a signé l'accord avec l'État à Kinshasa, après des années de débats.".encode("cp1252")
    )
    assert "société minière a signé" in found.text
    assert any("not UTF-8" in one for one in found.troubles)


def test_single_bad_bytes_become_marks_and_are_counted() -> None:
    found = decode(
        "The mine at Goiás, São Paulo, Minaçu and Niquelândia: ".encode() + b"\xff closed".replace(b"\n", b"")
    )
    assert (found.encoding, found.text.count("\ufffd")) == ("utf-8", 1)
    assert found.troubles == ("1 places could not be decoded as utf-8",)


@pytest.mark.parametrize("raw", [b"\x00\x01\x02", b"PK\x03\x04" + bytes(range(32)) * 4, b"ore\x00"])
def test_what_is_no_text_is_said_to_be_none(raw: bytes) -> None:
    assert looks_binary(raw)
    assert decode(raw).text == ""
    assert decode(raw).troubles == ("is not text",)


@pytest.mark.parametrize(
    "name", ["idna", "punycode", "undefined", "unicode_escape", "no-such-code", "rot13", "base64", "hex"]
)
def test_no_declared_name_runs_anything_odd(name: str) -> None:
    found = decode(f'<?xml encoding="{name}"?>'.encode() + b"\xe9t\xe9 de la mine")
    assert "de la mine" in found.text

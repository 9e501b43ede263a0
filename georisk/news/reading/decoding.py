"""Bytes to text: the encoding found, and what could not be read."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:encoding|charset)\s{0,8}=\s{0,8}["']?\s{0,8}([A-Za-z0-9_.:-]{2,40})""")
_NO_CHARSETS = ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem")
_HEAD = 2048
_SAMPLE = 65536


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text.

    Attributes
    ----------
    text
        The text; empty for a file that holds none.
    encoding
        How it was decoded; offsets count characters of the file decoded so.
    troubles
        What could not be read, in sentences.
    """

    text: str
    encoding: str
    troubles: tuple[str, ...] = field(default=())


def decode(raw: bytes) -> Decoded:
    """Decode a file: UTF-8 where it can be, else by its mark, its own declaration, or its look.

    Bytes that are no text in the encoding found become U+FFFD and are reported; a file that is not text at
    all yields none.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _leniently(raw, encoding)
    if looks_binary(raw):
        return Decoded("", "none", ("is not text",))
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        broken = error
    declared = _declared(raw)
    if declared not in (None, "utf-8"):
        return _leniently(raw, str(declared))
    if _mostly_utf8(raw, broken):
        return _leniently(raw, "utf-8")
    return _leniently(raw, _guessed(raw))


def looks_binary(raw: bytes) -> bool:
    """Tell whether bytes are no text: a NUL, or more than a tenth control characters, in the first 64 KiB."""
    head = raw[:_SAMPLE]
    if b"\x00" in head:
        return True
    controls = sum(head.count(bytes([code])) for code in range(32) if code not in (9, 10, 12, 13, 27))
    return controls * 10 > len(head)


def _declared(raw: bytes) -> str | None:
    found = _DECLARED.search(raw[:_HEAD])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    return None if name in _NO_CHARSETS else name


def _mostly_utf8(raw: bytes, error: UnicodeDecodeError) -> bool:
    head = raw[:_SAMPLE]
    text = head.decode("utf-8", errors="replace")
    good = sum(ord(char) > 127 and char != "\ufffd" for char in text)
    return good > 2 * text.count("\ufffd") or (error.end >= len(raw) and error.start > 0)


def _guessed(raw: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:_SAMPLE]).best()
    return best.encoding if best is not None else "cp1252"


def _leniently(raw: bytes, encoding: str) -> Decoded:
    try:
        text = raw.decode(encoding, errors="replace")
    except (LookupError, UnicodeError):
        text, encoding = raw.decode("latin-1"), "latin-1"
    lost = text.count("\ufffd")
    troubles = [] if encoding in ("utf-8", "utf_8") else [f"is {encoding}, not UTF-8; offsets count its characters"]
    if lost:
        troubles.append(f"{lost} places could not be decoded as {encoding}")
    return Decoded(text, encoding, tuple(troubles))

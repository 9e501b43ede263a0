"""Files nobody meant to write: each is read or reported, in little time and memory, and offsets stay in the file."""

from __future__ import annotations

import time
import tracemalloc
import zlib
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.news.articles import Read
from georisk.news.extracting.knowledge import Knowledge
from georisk.news.extracting.rules import extract
from georisk.news.reading.files import read_bytes
from georisk.news.tables import ReadingTables

MEBIBYTE = 1 << 20
SECONDS = 10  # far above what any of these takes; a quadratic reader takes minutes
ITEM = "<item><title>Mill</title><link>https://ore.example/1</link><description>The mill of Serra Azul opened.</description></item>"
LAUGHS = (
    "<!DOCTYPE r [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '&a{n - 1};&a{n - 1};&a{n - 1};&a{n - 1};'>" for n in range(1, 30))
    + "]>"
)

FILES: dict[str, tuple[str, bytes]] = {
    "nothing": ("1_a.txt", b""),
    "one byte": ("1_a.txt", b"\xff"),
    "zero bytes": ("1_a.txt", b"\x00" * 100_000),
    "text with zero bytes": ("1_a.txt", b"The mill\x00 opened." * 500),
    "noise": ("1_a.txt", Random(7).randbytes(200_000)),
    "compressed": ("1_a.txt", zlib.compress(b"The mill opened." * 9_999)),
    "one long line": ("1_a.txt", b"The mill of Serra Azul opened. " * (MEBIBYTE // 310)),
    "one word of a mebibyte": ("1_a.txt", b"A" * MEBIBYTE),
    "a mebibyte of digits": ("1_a.txt", b"9" * MEBIBYTE),
    "sums without end": ("1_a.txt", b"$5 million, " * 8_000),
    "shares without end": ("1_a.txt", b"owns 5% and " * 8_000),
    "capitals without end": ("1_a.txt", b"Mining Company " * 8_000),
    "bullets without end": ("1_a.txt", b"- a\n" * 20_000),
    "blank lines": ("1_a.txt", b"a\n" + b"\n" * MEBIBYTE),
    "brackets": ("1_a.md", b"[" * 50_000),
    "stars": ("1_a.md", b"*_`" * 100_000),
    "addresses": ("1_a.txt", b"https://ore.example/x " * 8_000),
    "dates": ("1_a.txt", b"Mon, 13 May 2024 08:30:00 +0000 " * 5_000),
    "heads of a flattened feed": ("1_a.txt", b"T https://o.example/x Mon, 13 May 2024 08:30:00 +0000 " * 3_000),
    "a bomb of entities": ("1_a.xml", (LAUGHS + "<rss><channel>" + ITEM.replace("opened", "&a29;") + "</channel></rss>").encode()),
    "an entity from outside": ("1_a.xml", ("<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><rss>" + ITEM.replace("opened", "&x;") + "</rss>").encode()),
    "a document type without end": ("1_a.xml", b"<!DOCTYPE r [" + b"<!ENTITY a 'b'>" * 6_000 + b"<rss>"),
    "a feed nested deep": ("1_a.xml", b"<rss><channel><item><description>" + b"<b>" * 20_000),
    "a feed in a feed": ("1_a.xml", (b"<rss>" + ITEM.encode()) * 500),
    "a feed cut off": ("1_a.xml", ("<rss><channel>" + ITEM * 3)[:-40].encode()),
    "a feed of other brackets": ("1_a.xml", b"<feed" + b" a='b'" * 50_000),
    "characters without sections": ("1_a.xml", b"<rss><item><description><![CDATA[" + b"]]" * 50_000),
    "a page nested deep": ("1_a.html", b"<html><body>" + b"<div><span>" * 8_000),
    "a page of tables": ("1_a.html", b"<html><table>" * 20_000),
    "comments without end": ("1_a.html", b"<html><!--" + b"<!--" * 60_000),
    "attributes without end": ("1_a.html", b"<html " + b"a=b " * 20_000),
    "scripts without end": ("1_a.html", b"<html><script>" * 20_000),
    "UTF-16 cut in a character": ("1_a.txt", "The mill of Serra Azul opened.".encode("utf-16")[:-1]),
    "UTF-8 with surrogates": ("1_a.txt", b"The mill \xed\xa0\x80 opened. " * 1_000),
    "characters that combine": ("1_a.txt", ("The mill e" + "\u0301" * 100_000).encode()),
    "right to left": ("1_a.txt", ("\u202eThe mill of Serra Azul\u202c opened. " * 2_000).encode()),
    "a letter in letters": ("1_a.eml", b"From: a\nTo: b\nDate: c\nSubject: d\nContent-Type: message/rfc822\n\n" * 400),
    "a head without a body": ("1_a.eml", b"From: a\nTo: b\nSubject: " + b"d" * 100_000),
    "a paper of nothing": ("1_a.pdf", b"%PDF-1.7\n" + b"obj << /Type /Page >> " * 10_000),
}  # fmt: skip


def places_hold(read: Read) -> bool:
    """Tell whether every article's text stands inside its file, in order."""
    for one in read.articles:
        length = len(read.texts[one.file])
        spans = list(zip(one.body.starts, one.body.ends, strict=True))
        if any(not 0 <= start <= end <= length for start, end in spans) or list(one.body.starts) != sorted(
            one.body.starts
        ):
            return False
    return True


@pytest.mark.parametrize("what", FILES)
def test_a_malformed_file_is_read_or_reported_within_bounds(
    what: str, tables: ReadingTables, knowledge: Knowledge
) -> None:
    name, raw = FILES[what]
    started = time.process_time()
    read = read_bytes(name, raw, tables)
    found = extract(read, knowledge)
    assert time.process_time() - started < SECONDS
    assert read.articles or read.troubles
    assert places_hold(read)
    assert found.refused == ()
    assert all(read.texts[name][one.start : one.end] for one in found.events)


@pytest.mark.parametrize(
    "what", ["a bomb of entities", "one long line", "a page nested deep", "a document type without end"]
)
def test_memory_stays_bounded(what: str, tables: ReadingTables) -> None:
    name, raw = FILES[what]
    read_bytes("0_warm.xml", b"<rss><item><title>a</title></item></rss>", tables)
    tracemalloc.start()
    try:
        read_bytes(name, raw, tables)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 150 * MEBIBYTE  # the bomb would be 2 * 4**29 characters; a view costs 17 bytes a character and copy


PIECES = st.sampled_from(
    ["<rss>", "<item>", "</item>", "<title>", "<p>", "</p>", "<![CDATA[", "]]>", "&amp;", "&#x110000;", "&a;", "<!DOCTYPE x [", "<script>", "<html>",
     "From: a@b\n", "Subject: c\n", "Date: Mon, 13 May 2024 08:30:00 +0000\n", "\n\n", "- ", "# ", "Serra Azul", "Orchid Capital bought 12% of ", "$25 million ",
     "on Friday ", "https://o.example/x ", "Mon, 13 May 2024 08:30:00 +0000 ", "é", "\ufeff", "\u202e", "â€™", "(", "%", "5-", ".", " "]
)  # fmt: skip
NAMES = st.sampled_from(["1_a.txt", "1_a.xml", "1_a.html", "1_a.md", "1_a.eml"])


@given(
    name=NAMES,
    pieces=st.lists(PIECES | st.text(max_size=8), max_size=40),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1252", "shift_jis"]),
)
def test_any_mixture_is_read_and_its_events_stand_in_it(
    name: str, pieces: list[str], encoding: str, tables_once: Callable[[], tuple[ReadingTables, Knowledge]]
) -> None:
    tables, knowledge = tables_once()
    read = read_bytes(name, "".join(pieces).encode(encoding, errors="replace"), tables)
    assert places_hold(read)
    found = extract(read, knowledge)
    assert found.refused == ()
    for one in found.events:
        assert 0 <= one.start < one.end <= len(read.texts[name])


@given(name=NAMES, raw=st.binary(max_size=300))
def test_any_bytes_are_read_or_reported(
    name: str, raw: bytes, tables_once: Callable[[], tuple[ReadingTables, Knowledge]]
) -> None:
    tables, _ = tables_once()
    read = read_bytes(name, raw, tables)
    assert read.articles or read.troubles
    assert places_hold(read)


@pytest.fixture(scope="module")
def tables_once(tables: ReadingTables, knowledge: Knowledge) -> Callable[[], tuple[ReadingTables, Knowledge]]:
    return lambda: (tables, knowledge)

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.news.reading.markup import attribute, unescaped, without_tags
from georisk.news.views import View


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "\nOne\n\nTwo\n"),
        ("a &amp; b &#8217; &#x2014; &nosuch; &", "a & b ’ — &nosuch; &"),
        ("<script>if (a < b) alert('<p>')</script>ore", "ore"),
        ("<style>p{}</style><!-- <p>gone</p> -->ore", "ore"),
        ("<li>one<li>two", "\n• one\n• two"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("<![CDATA[<p>raw]]>", "<p>raw"),
        ("<h2>Head</h2>", "\n# Head\n"),
        ("<b>un</b>closed <i", "unclosed i"),
    ],
)
def test_tags_go_and_blocks_end_lines(html: str, text: str) -> None:
    assert without_tags(View.of(html)).text == text


@given(st.text(alphabet="<>/!-[]CDAT&#;x12 pscript\n\"'", max_size=120))
def test_any_soup_is_read_and_keeps_its_places(soup: str) -> None:
    view = without_tags(View.of(soup))
    assert len(view.starts) == len(view.ends) == len(view.text)
    assert all(0 <= start <= end <= len(soup) for start, end in zip(view.starts, view.ends, strict=True))
    assert list(view.starts) == sorted(view.starts)


@pytest.mark.parametrize(
    "soup", ["<" * 200_000, "<!--" * 50_000, "<script>" * 30_000, "<div>" * 100_000, "&" * 200_000]
)
def test_repeated_openings_cost_no_more_than_their_length(soup: str) -> None:
    started = time.process_time()
    without_tags(View.of(soup))
    assert time.process_time() - started < 5


def test_attributes_and_one_layer_of_entities() -> None:
    assert attribute("<meta content='a &lt; b' name=date>", "content") == "a < b"
    assert attribute("<meta>", "content") is None
    assert unescaped(View.of("&amp;lt;")).text == "&lt;"

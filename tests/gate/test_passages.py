from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest

from georisk.gate.passages import passage_links, with_passage

LONG = "one two three four five six seven eight nine ten eleven twelve thirteen"


def test_a_long_passage_is_found_by_its_ends() -> None:
    assert with_passage("https://example.org/a", LONG) == (
        "https://example.org/a#:~:text=one%20two%20three%20four%20five%20six,"
        "eight%20nine%20ten%20eleven%20twelve%20thirteen"
    )


@pytest.mark.parametrize("passage", ["50% - or more, they say & mean", "a) [b](c) <d>", "“quoted”"])
def test_what_means_something_in_an_address_is_encoded(passage: str) -> None:
    found = with_passage("https://example.org/a", passage).removeprefix("https://example.org/a#:~:text=")
    assert unquote(found) == passage
    assert not set(found) & set(" ()[]<>,&-\"'")


def test_without_a_passage_or_a_web_address_the_address_stays() -> None:
    assert with_passage("https://example.org/a", None) == "https://example.org/a"
    assert with_passage("javascript:alert(1)", "words") == "javascript:alert(1)"
    assert with_passage("https://example.org/a#part", "words") == "https://example.org/a#part:~:text=words"


def test_links_are_by_claim_and_source(newsroom: Any, tell: Callable[..., str]) -> None:
    text = "Kilima Hill entered commercial production on 1 March 2026."
    newsroom.place(
        "<html><head><title>Copper</title><link rel='canonical' href='https://press.example.org/a'>"
        "<meta property='article:published_time' content='2026-03-10'></head>"
        f"<body><article><h1>Copper</h1><p>{text}</p></article></body></html>"
    )
    (proposal,) = newsroom.desk().proposals
    assert proposal.statement is not None
    (source,) = proposal.statement.sources
    found = passage_links(newsroom.desk())[proposal.statement.id][source]
    assert found == with_passage("https://press.example.org/a", text)

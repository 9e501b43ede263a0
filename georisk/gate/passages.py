"""Addresses that lead to the very words a statement rests on, for messages about what moved."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from georisk.gate.desk import Desk

EDGE = 6
"""Words at each end of a passage that find it in a page; short passages are given whole."""


def passage_links(desk: Desk) -> Mapping[str, Mapping[str, str]]:
    """Return, by id of statement or closure, the addresses of the passages it was read in, by id of their source."""
    found: dict[str, dict[str, str]] = {}
    for one in desk.proposals:
        claim = one.statement or one.closure
        for source in one.cited:
            if claim is not None and source.url is not None:
                found.setdefault(claim.id, {})[source.id] = with_passage(source.url, one.passage)
    return found


def with_passage(url: str, passage: str | None) -> str:
    """Return an address with a text fragment: a browser scrolls to the words and marks them.

    References
    ----------
    URL Fragment Text Directives, Web Incubator Community Group.

    Examples
    --------
    >>> with_passage("https://example.org/a", "The loan - at last - is signed")
    'https://example.org/a#:~:text=The%20loan%20%2D%20at%20last%20%2D%20is%20signed'
    """
    words = (passage or "").split()
    if not words or not url.startswith(("http://", "https://")):
        return url
    ends = [words] if len(words) <= 2 * EDGE else [words[:EDGE], words[-EDGE:]]
    text = ",".join(_quoted(" ".join(part)) for part in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={text}"


def _quoted(text: str) -> str:
    """Percent-encode all but letters and digits: hyphen, comma and ampersand mean something in a text directive."""
    return quote(text, safe="").replace("-", "%2D")

"""Shares in a sentence: percentages, ranges of two, and halves and thirds in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FRACTIONS = {
    "half": 50.0,
    "a third": 100 / 3,
    "a quarter": 25.0,
    "two thirds": 200 / 3,
    "two-thirds": 200 / 3,
    "three quarters": 75.0,
}
_SHARE = re.compile(
    r"(?P<low>\d+(?:\.\d+)?)\s?(?:%|per ?cent)?\s?(?:–|—|-|to|and)\s?~?"
    r"(?P<high>\d+(?:\.\d+)?)\s?(?:%|per ?cent\b|percent\b)"
    r"|(?P<one>\d+(?:\.\d+)?)[ -]?(?:%|per ?cent\b|percent\b)",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:about |some |roughly |~)?$")
_WORDED = re.compile(
    r"\b(?P<word>half|a third|a quarter|two[ -]thirds|three quarters)(?= of\b|[ -]owned| stake| interest| share)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage, or a range of two."""

    start: int
    end: int
    low: float
    high: float
    worded: bool = False


def find_shares(text: str) -> list[Share]:
    """Find percentages; "from 8% to 3%" gives two, "8-16%" one range.

    Examples
    --------
    >>> [(one.low, one.high) for one in find_shares("a 40% stake, ~8%–16% diluted, half of the output")]
    [(40.0, 40.0), (8.0, 16.0), (50.0, 50.0)]
    """
    found = list(_percentages(text))
    for match in _WORDED.finditer(text):
        share = _FRACTIONS[match["word"].lower()]
        found.append(Share(match.start(), match.end(), share, share, worded=True))
    return sorted(found, key=lambda one: one.start)


def _percentages(text: str) -> Iterator[Share]:
    for match in _SHARE.finditer(text):
        if match["one"] is not None:
            yield Share(match.start(), match.end(), float(match["one"]), float(match["one"]))
            continue
        low, high = float(match["low"]), float(match["high"])
        between = text[match.end("low") : match.start("high")]
        if re.search(r"\bto\b|\band\b", between) and (
            "%" in between or "cent" in between or _FROM.search(text, 0, match.start())
        ):
            if "and" in between:
                yield Share(match.start(), match.end("low") + 1, low, low)
            yield Share(match.start() if "to" in between else match.start("high"), match.end(), high, high)
        elif low <= high:
            yield Share(match.start(), match.end(), low, high)
        else:
            yield Share(match.start("high"), match.end(), high, high)

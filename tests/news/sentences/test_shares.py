from __future__ import annotations

import pytest

from georisk.news.sentences.shares import find_shares


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("a 40% stake", [(40, 40)]),
        ("40 per cent and 12.5 percent", [(40, 40), (12.5, 12.5)]),
        ("between 8% and 16%", [(8, 8), (16, 16)]),
        ("8-16%", [(8, 16)]),
        ("from 8% to 3%", [(3, 3)]),
        ("half of the output", [(50, 50)]),
        ("two-thirds of it", [(200 / 3, 200 / 3)]),
        ("40 tonnes", []),
    ],
)
def test_percentages_ranges_and_words(text: str, shares: list[tuple[float, float]]) -> None:
    assert [(one.low, one.high) for one in find_shares(text)] == [pytest.approx(pair) for pair in shares]

"""How one link is traced."""

from __future__ import annotations

import pytest

from georisk.ownership.links import Link, TierRule


@pytest.mark.parametrize(
    ("rule", "link", "merged"),
    [
        (TierRule(50), (50.0, 0.0, 0.0), True),
        (TierRule(50, strict=True), (50.0, 0.0, 0.0), False),
        (TierRule(50, strict=True), (50.01, 0.0, 0.0), True),
        (TierRule(50), (10.0, 60.0, 0.0), False),  # asked about equity alone
        (TierRule(50, any_metric=True), (10.0, 60.0, 0.0), True),
        (TierRule(None), (100.0, 100.0, 100.0), False),
    ],
)
def test_a_link_is_large_or_not(rule: TierRule, link: tuple[float, float, float], merged: bool) -> None:
    assert rule.merged(link, 0) is merged


def test_what_passes_a_link() -> None:
    small, large = (30.0, 30.0, 30.0), (60.0, 60.0, 60.0)
    assert (TierRule(50).tier(small, 0), TierRule(50).tier(large, 0)) == (0.3, 1.0)
    assert TierRule(50, multiplies=False).tier(small, 0) == 0.0


def test_first_and_last_links_may_keep_their_number() -> None:
    large, counted, other = (60.0, 60.0, 60.0), -1, 0
    assert TierRule(50).through(counted, large, 0) == 1.0
    assert TierRule(50, first_keeps=True).through(counted, large, 0) == 0.6
    assert TierRule(50, first_keeps=True).through(other, large, 0) == 1.0
    assert TierRule(50).held(counted, large, 0) == 0.6  # a direct holding is what it is
    assert TierRule(50).held(other, large, 0) == 1.0
    assert TierRule(50, last_keeps=True).held(other, large, 0) == 0.6


def test_a_link_has_two_ends() -> None:
    assert Link((1, 2, 3), (4, 5, 6)).high == (4, 5, 6)

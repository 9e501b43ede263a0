"""A new investor, and interests that do not shrink."""

from __future__ import annotations

import pytest

from georisk.ownership.dilution import diluted
from georisk.ownership.graph import Share, Stake
from tests.ownership.graphs import graph_of, stake


def test_carried_interests_keep_theirs() -> None:
    carried = Stake("G", "T", Share.exact(16), carried=True)
    after = diluted(graph_of([stake("A", "T", 67.2), stake("B", "T", 16.8), carried], None, "N"), "T", "N", 40)
    assert [one.per_cent("equity") for one in after.stakes] == pytest.approx([40.32, 10.08, 16, 33.6])


def test_votes_shrink_and_board_seats_stay() -> None:
    after = diluted(graph_of([stake("A", "T", 50, 80, 60)], None, "N"), "T", "N", 50)
    old, new = after.stakes
    assert [old.per_cent(metric) for metric in ("equity", "voting", "board")] == [25, 40, 60]
    assert (new.per_cent("equity"), new.per_cent("voting"), new.board) == (50, 50, None)


def test_a_band_of_a_carried_interest_leaves_a_band() -> None:
    carried = Stake("G", "T", Share.band(10, 20), carried=True)
    after = diluted(graph_of([carried], None, "N"), "T", "N", 50)
    assert after.stakes[-1].equity == Share(40, 45, 45)  # half of 80 to 90; the point takes G at 10


def test_other_companies_are_left_alone() -> None:
    before = graph_of([stake("A", "U", 50), stake("A", "T", 50)], None, "N")
    assert diluted(before, "T", "N", 50).stakes[0] is before.stakes[0]

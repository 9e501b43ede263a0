"""What may carry value into a party, and how it is filled."""

from __future__ import annotations

import numpy as np
import pytest

from georisk.ownership.bands import best_fill, bounded_entries
from georisk.ownership.graph import Share, Stake
from tests.ownership.graphs import graph_of, stake


def test_entries_are_bands_and_hidden_rests() -> None:
    graph = graph_of([Stake("X", "T", Share.band(20, 50)), stake("Y", "T", 10)], {"T": "listed", "Y": "undisclosed"})
    entries = bounded_entries(graph, 5.0)
    assert entries.width.tolist() == pytest.approx([0.3, 0.0, 0.05, 1.0])
    assert entries.listed.tolist() == [False, False, True, False]
    assert entries.free.tolist() == pytest.approx([0.7, 1.0, 1.0])  # T, X, Y
    assert bounded_entries(graph, 5.0, hidden=False).owner.tolist() == [1, 2]


def test_no_rest_where_everything_is_listed() -> None:
    entries = bounded_entries(graph_of([stake("X", "T", 100)], {"T": "undisclosed"}), 5.0)
    assert entries.owner.tolist() == [1]  # X alone; the group would stand at 2


def test_room_is_filled_with_the_worthiest_first() -> None:
    bands = [Stake(owner, "T", Share.band(10, 60)) for owner in "XYZ"]
    entries = bounded_entries(graph_of(bands), 5.0)
    worth = np.array([0.0, 0.2, 0.9, 0.5, 1.0])  # T, X, Y, Z, and the group itself
    assert best_fill(entries, worth).tolist() == pytest.approx([0.0, 0.5, 0.2])  # of 0.7 free


def test_owners_worth_nothing_take_no_room() -> None:
    entries = bounded_entries(graph_of([Stake("X", "T", Share.band(10, 60))]), 5.0)
    assert best_fill(entries, np.array([0.0, 0.0, 1.0])).tolist() == [0.0]

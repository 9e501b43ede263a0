from __future__ import annotations

import pytest

from georisk.changes.movers import Mover
from georisk.changes.shifts import Cause, Shift, SiteChange, band, distance
from georisk.changes.worlds import Reading


def reading(score: float | None, name: str | None = None) -> Reading:
    return Reading(score, score or 0.0, 0.0, 100.0, name, 1.0, "", {})


LOW, MORE, HIGH = reading(10.0, "low"), reading(12.0, "low"), reading(30.0, "moderate")
NONE = reading(None)


@pytest.mark.parametrize(
    ("before", "after", "moved", "banded", "far"),
    [
        (LOW, LOW, False, False, 0.0),
        (LOW, MORE, True, False, 2.0),
        (LOW, HIGH, True, True, 20.0),
        (NONE, HIGH, True, True, float("inf")),
        (NONE, NONE, False, False, 0.0),
        (None, HIGH, True, True, float("inf")),
        (LOW, None, True, True, float("inf")),
    ],
)
def test_what_counts_as_moved(
    before: Reading | None, after: Reading | None, moved: bool, banded: bool, far: float
) -> None:
    ends = [None if one is None else one.score for one in (before, after)]
    delta = None if None in ends else (ends[1] or 0.0) - (ends[0] or 0.0)
    shift = Shift("china", before, after, delta)
    assert (shift.moved, shift.band_changed, distance(shift)) == (moved, banded, far)


def test_bands_have_words_where_there_is_no_score() -> None:
    assert [band(one) for one in (None, NONE, HIGH)] == ["not in the registry", "not scored", "moderate"]


def test_what_moved_no_score_of_site_or_part_is_idle() -> None:
    movers = (*(Mover("statement", name, "began") for name in ("s-1", "s-2", "s-3")), Mover("time", "time", ""))
    causes = [(Cause(mover, 1.0, 0.0, {}),) for mover in movers]
    part = SiteChange("hill/pit", "Pit", {"china": Shift("china", LOW, MORE, 2.0, causes[1])}, movers)
    site = SiteChange("hill", "Hill", {"china": Shift("china", LOW, MORE, 2.0, causes[0])}, movers, (part,))
    assert [one.name for one in site.idle] == ["s-3"]
    assert [one.dimension for one in site.moved] == ["china"]

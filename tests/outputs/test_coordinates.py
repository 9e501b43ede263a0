from __future__ import annotations

import numpy as np

from georisk.outputs.coordinates import drawn, rounded


def test_points_are_rounded_each_by_its_own_precision() -> None:
    # 20 x 111.32 / 10 km = 223: 3 decimals; / 0.001 km: more than 5, so 5; not known: 5
    found = rounded(np.array([1.23456789, 1.23456789, 1.23456789]), np.array([10.0, 0.001, np.nan]))
    assert found.tolist() == [1.235, 1.23457, 1.23457]


def test_lines_are_rounded_to_ten_metres() -> None:
    line = {"type": "LineString", "coordinates": [[1.234567, 2.345678], [3, 4]]}
    assert drawn(line, 50.0)["coordinates"] == [[1.2346, 2.3457], [3, 4]]

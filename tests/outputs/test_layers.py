from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from georisk.outputs.layers import Layout, layered

WIDTH, ACROSS, DOWN = 100.0, 40.0, 10.0


def laid(heights: dict[str, float], lines: list[tuple[str, str]]) -> Layout:
    return layered(heights, lines, "root", width=WIDTH, across=ACROSS, down=DOWN)


def test_a_box_alone_fills_its_drawing() -> None:
    found = laid({"root": 60.0}, [])
    assert (found.centres, found.width, found.height) == ({"root": (50.0, 30.0)}, 100.0, 60.0)


def test_owners_stand_one_column_beyond_all_they_hold() -> None:
    found = laid(dict.fromkeys(("root", "a", "b"), 50.0), [("root", "a"), ("a", "b"), ("root", "b")])
    columns = {key: x for key, (x, _) in found.centres.items()}
    assert columns == {"root": 50.0, "a": 190.0, "b": 330.0}  # a step is 140
    assert found.width == 380.0
    assert len(found.routes["root", "b"]) == 1  # it passes the column of a
    assert found.routes["root", "a"] == ()


@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30),
    st.lists(st.floats(30, 200), min_size=13, max_size=13),
)
def test_boxes_of_a_column_never_touch(pairs: list[tuple[int, int]], sizes: list[float]) -> None:
    """Any graph without cycles: lines lead from a smaller to a larger number, and the root to all."""
    names = [f"n{number}" for number in range(12)]
    lines = [("root", name) for name in names]
    lines += [(names[min(pair)], names[max(pair)]) for pair in pairs if pair[0] != pair[1]]
    lines = list(dict.fromkeys(lines))
    heights = dict(zip(["root", *names], sizes, strict=True))
    found = laid(heights, lines)
    for one, other in combinations(found.centres, 2):
        (x1, y1), (x2, y2) = found.centres[one], found.centres[other]
        apart = abs(y1 - y2) - (heights[one] + heights[other]) / 2
        assert x1 != x2 or apart >= DOWN - 1e-6
    for start, end in lines:
        assert found.centres[start][0] < found.centres[end][0]
    for key, (_, y) in found.centres.items():
        assert y - heights[key] / 2 >= -1e-6
        assert y + heights[key] / 2 <= found.height + 1e-6

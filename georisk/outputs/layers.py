"""Boxes in columns: a layered drawing of a small directed graph, from left to right.

The columns and the order within them come from grandalf's Sugiyama layout; boxes that it sets too close are
moved apart here.

References
----------
Sugiyama, Tagawa and Toda (1981), Methods for visual understanding of hierarchical system structures.
Brandes and Koepf (2001), Fast and simple horizontal coordinate assignment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Layout:
    """Where boxes stand and how lines run; pixels, origin at the top left.

    Attributes
    ----------
    centres
        Horizontal and vertical centre of each box.
    routes
        For each line the vertical positions at which it crosses the columns between its ends.
    width, height
        Of the whole drawing.
    """

    centres: Mapping[str, tuple[float, float]]
    routes: Mapping[tuple[str, str], tuple[tuple[float, float], ...]]
    width: float
    height: float


def layered(
    heights: Mapping[str, float],
    lines: Sequence[tuple[str, str]],
    root: str,
    *,
    width: float,
    across: float,
    down: float,
) -> Layout:
    """Lay boxes out in columns, the root in the first.

    Parameters
    ----------
    heights
        Height of each box by its key, pixels.
    lines
        Pairs of keys, from a column to one further right. They form no cycle, and every box is reached from
        the root.
    root
        Key of the first box.
    width
        Of every box.
    across, down
        Space between columns, and between boxes of one column.
    """
    if not lines:
        return Layout({root: (width / 2, heights[root] / 2)}, {}, width, heights[root])
    sugiyama, boxes, edges = _drawn(heights, lines, root, down)
    columns = [[(one, _place(sugiyama, one), one.view.w) for one in layer] for layer in sugiyama.layers]
    spread = {one: place for column in columns for one, place in _apart(column, down).items()}
    top = min(spread[one] - one.view.w / 2 for one in spread)
    step = width + across
    rank = {one: number for number, layer in enumerate(sugiyama.layers) for one in layer}
    points = {one: (rank[one] * step + width / 2, spread[one] - top) for one in spread}
    return Layout(
        centres={key: points[box] for key, box in boxes.items()},
        routes={pair: tuple(points[one] for one in _between(sugiyama, edge)) for pair, edge in edges.items()},
        width=len(sugiyama.layers) * step - across,
        height=max(points[one][1] + one.view.w / 2 for one in points),
    )


def _drawn(heights: Mapping[str, float], lines: Sequence[tuple[str, str]], root: str, down: float) -> Any:
    """Run the layout on its side: what it calls width is our height."""
    from grandalf.graphs import Edge, Graph, Vertex
    from grandalf.layouts import SugiyamaLayout, VertexViewer

    boxes = {key: Vertex(key) for key in heights}
    for key, box in boxes.items():
        box.view = VertexViewer(w=heights[key], h=1)
    edges = {(start, end): Edge(boxes[start], boxes[end]) for start, end in lines}
    sugiyama = SugiyamaLayout(Graph(list(boxes.values()), list(edges.values())).C[0])
    sugiyama.xspace, sugiyama.dw = down, down
    sugiyama.init_all(roots=[boxes[root]], inverted_edges=[])
    sugiyama.draw(4)
    return sugiyama, boxes, edges


def _place(sugiyama: Any, one: Any) -> float:
    return float(one.view.xy[0])


def _between(sugiyama: Any, edge: Any) -> list[Any]:
    controls = sugiyama.ctrls.get(edge, {})
    ranks = sorted(controls)
    return [controls[rank] for rank in ranks[1:-1]]


def _apart(column: list[tuple[Any, float, float]], down: float) -> dict[Any, float]:
    """Move the boxes of a column apart until none touch, keeping their order and their middle."""
    ordered = sorted(column, key=lambda item: item[1])
    places = [ordered[0][1]]
    for (_, _, height), (_, wanted, own) in pairwise(ordered):
        places.append(max(wanted, places[-1] + (height + own) / 2 + down))
    shift = sum(wanted - place for (_, wanted, _), place in zip(ordered, places, strict=True)) / len(places)
    return {one: place + shift for (one, _, _), place in zip(ordered, places, strict=True)}

"""Edges of coasts and borders, and the nearest of them to any point on the ellipsoid.

Edges are straight in longitude and latitude, as the polygons they bound; they are cut into pieces
short enough that chord and geodesic agree to metres, and found by the chord between earth-centred
positions, for which neither the antimeridian nor the poles are special.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from georisk.places.antimeridian import Floats
from georisk.places.geometry import distance_km, from_cartesian, nearest_on_chords, to_cartesian

__all__ = ["EdgeIndex", "Edges", "shared_and_single"]

Integers = NDArray[np.intp]

PIECE_KM = 2.0
CANDIDATES = 8
GRID_PER_DEGREE = 100_000  # the layers are rounded to 1e-5 degrees


@dataclass(frozen=True)
class Edges:
    """Edges as rows ``lon1, lat1, lon2, lat2`` in degrees, with the number of what lies either side.

    ``left`` and ``right`` hold row numbers of a table the caller keeps; equal where only one side
    matters.
    """

    ends: Floats
    left: Integers
    right: Integers

    def __len__(self) -> int:
        return len(self.ends)

    def where(self, rows: NDArray[np.bool_]) -> Edges:
        """Return the chosen rows alone."""
        return Edges(self.ends[rows], self.left[rows], self.right[rows])

    def joined(self, other: Edges) -> Edges:
        """Return both sets as one."""
        return Edges(
            np.vstack([self.ends, other.ends]),
            np.concatenate([self.left, other.left]),
            np.concatenate([self.right, other.right]),
        )


class EdgeIndex:
    """The nearest edge to a point, by geodesic distance.

    Parameters
    ----------
    edges
        Edges to search; kept in pieces of at most 2 km.
    """

    def __init__(self, edges: Edges) -> None:
        self.edges = _in_pieces(edges)
        self.start = to_cartesian(*self.edges.ends[:, :2].T)
        self.end = to_cartesian(*self.edges.ends[:, 2:].T)
        self.tree = cKDTree((self.start + self.end) / 2) if len(edges) else None

    def nearest(self, lon: Floats, lat: Floats, within_km: float = np.inf) -> tuple[Floats, Integers]:
        """Distance in km to the nearest edge of each point, and the edge's row in ``self.edges``.

        Without any edge, or none within ``within_km``, the distance is infinite and the row -1.
        """
        km, row = np.full(len(lon), np.inf), np.full(len(lon), -1)
        if self.tree is None or len(lon) == 0:
            return km, row
        here = to_cartesian(lon, lat)
        wanted = range(1, min(CANDIDATES, len(self.edges)) + 1)
        query = self.tree.query(here, k=wanted, distance_upper_bound=within_km + PIECE_KM, workers=-1)
        found = np.asarray(query[1], dtype=np.intp)
        near = np.flatnonzero(found[:, 0] < len(self.edges))
        here, rows = here[near, None], np.minimum(found[near], len(self.edges) - 1)
        feet = nearest_on_chords(here, self.start[rows], self.end[rows])
        pick = np.arange(len(near)), np.argmin(((feet - here) ** 2).sum(axis=-1), axis=1)
        km[near], row[near] = distance_km(lon[near], lat[near], *from_cartesian(feet[pick])), rows[pick]
        return km, row

    def within(self, lon: float, lat: float, km: float) -> Integers:
        """Rows of all edges that come within ``km`` of one point."""
        if self.tree is None:
            return np.empty(0, dtype=np.intp)
        here = to_cartesian(lon, lat)
        rows = np.asarray(self.tree.query_ball_point(here, km + PIECE_KM), dtype=np.intp)
        feet = nearest_on_chords(here, self.start[rows], self.end[rows])
        near: Integers = rows[np.linalg.norm(feet - here, axis=1) <= km]
        return near


def _in_pieces(edges: Edges) -> Edges:
    start, end = edges.ends[:, :2], edges.ends[:, 2:]
    chord = np.linalg.norm(to_cartesian(*end.T) - to_cartesian(*start.T), axis=1)
    count = np.maximum(1, np.ceil(chord / PIECE_KM)).astype(int)
    row = np.repeat(np.arange(len(edges)), count)
    piece = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    step = ((end - start) / count[:, None])[row]
    first = start[row] + piece[:, None] * step
    return Edges(np.hstack([first, first + step]), edges.left[row], edges.right[row])


def shared_and_single(polygons: Sequence[shapely.Polygon], kind: Integers) -> tuple[Edges, Edges]:
    """Part the outlines of a layer into edges two kinds share and edges that face no polygon.

    Parameters
    ----------
    polygons
        A layer without overlaps whose neighbours share their vertices.
    kind
        What each polygon counts as; an edge between two polygons of one kind is neither shared nor
        single and is left out, as are edges along the antimeridian and at the poles.

    Returns
    -------
    shared
        ``left`` and ``right`` are the rows of the polygons on either side.
    single
        ``left`` and ``right`` are both the row of the only polygon.
    """
    rings, owner = shapely.get_rings(polygons, return_index=True)
    vertices, ring = shapely.get_coordinates(rings, return_index=True)
    follows = ring[:-1] == ring[1:]
    ends = np.hstack([vertices[:-1], vertices[1:]])[follows]
    polygon = owner[ring[:-1][follows]]
    at_edge = (np.abs(ends[:, [0, 2]]) >= 180.0).all(axis=1) | (np.abs(ends[:, [1, 3]]) >= 90.0).all(axis=1)
    ends, polygon = ends[~at_edge], polygon[~at_edge]
    order, fresh = _grouped(ends)
    ends, polygon = ends[order], polygon[order]
    first = np.flatnonzero(fresh)
    last = np.append(first[1:], len(ends)) - 1
    edges = Edges(ends[first], polygon[first], polygon[last])
    return edges.where(kind[edges.left] != kind[edges.right]), edges.where(first == last)


def _grouped(ends: Floats) -> tuple[Integers, NDArray[np.bool_]]:
    """Order that brings equal edges together whatever their direction, and where each group starts."""
    grid = np.rint(ends * GRID_PER_DEGREE).astype(np.int64)
    corner = (grid[:, 0::2] + 180 * GRID_PER_DEGREE) << 32 | (grid[:, 1::2] + 90 * GRID_PER_DEGREE)
    corner.sort(axis=1)
    order = np.lexsort((corner[:, 1], corner[:, 0]))
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (corner[order][1:] != corner[order][:-1]).any(axis=1)
    return order, fresh

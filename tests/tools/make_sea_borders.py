"""Draw the borders at sea that follow from the layers in data/places, as data/places/sea-borders.parquet.

    python tests/tools/make_sea_borders.py [--places data/places]

The jurisdiction is asked at the corners of cells of a tenth of a degree (a fortieth where coasts of two
jurisdictions are near); where it changes along a side the place is found by halving to metres, and the
places found on one cell's sides are joined by straight edges. Run it after make_places.py.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from made_from import note_inputs

from georisk.places.geometry import wrap_longitude
from georisk.places.layers import HIGH_SEAS, Layers, load_layers
from georisk.places.zones import zones_of

PLACES = Path(__file__).parents[2] / "data" / "places"
PER_DEGREE = 10
FINER = 4
NEAR_CELLS = 3
HALVINGS = 12
BATCH = 400_000
ENDS = ["lon1", "lat1", "lon2", "lat2"]


@dataclass(frozen=True)
class Answers:
    """What each point counts as, whether it is land, and whether it is land without any zone at sea."""

    kind: np.ndarray
    land: np.ndarray
    bare: np.ndarray


def ask(lon: np.ndarray, lat: np.ndarray, layers: Layers) -> Answers:
    bare = set(layers.land.jurisdiction[layers.land.reach_km == 0])
    kinds, lands = [], []
    for start in range(0, len(lon), BATCH):
        found = zones_of(wrap_longitude(lon[start : start + BATCH]), lat[start : start + BATCH], layers)
        kinds.append(found.jurisdiction.to_numpy(dtype="U10"))
        lands.append(found.zone.isin(["land"]).to_numpy())
    kind, land = np.concatenate(kinds), np.concatenate(lands)
    return Answers(kind, land, land & np.isin(kind, list(bare)))


def changes(first: Answers, second: Answers) -> np.ndarray:
    """Sides along which a border at sea runs: not within land, nor where bare land meets the high seas."""
    differ = (first.kind != second.kind) & ~(first.land & second.land)
    shore = (first.bare & (second.kind == HIGH_SEAS)) | (second.bare & (first.kind == HIGH_SEAS))
    return differ & ~shore


def halve(start: np.ndarray, end: np.ndarray, first: np.ndarray, layers: Layers) -> np.ndarray:
    """The place between two points of differing kind where the kind of the first one ends."""
    start, end = start.copy(), end.copy()
    for _ in range(HALVINGS):
        middle = (start + end) / 2
        same = ask(middle[:, 0], middle[:, 1], layers).kind == first
        start[same], end[~same] = middle[same], middle[~same]
    return (start + end) / 2


def borders_in_cells(column: np.ndarray, row: np.ndarray, per_degree: int, layers: Layers) -> pd.DataFrame:
    """Edges of the borders in cells given by the whole numbers of their south-western corners."""
    corners = np.stack([[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]]).transpose(2, 0, 1)
    nodes, node = np.unique(corners.reshape(-1, 2), axis=0, return_inverse=True)
    node = node.reshape(-1, 4)
    place = nodes / per_degree
    answers = ask(place[:, 0], place[:, 1], layers)
    sides = np.sort(np.stack([node, np.roll(node, -1, axis=1)], axis=-1), axis=-1)
    pairs, pair = np.unique(sides.reshape(-1, 2), axis=0, return_inverse=True)
    first, second = (Answers(answers.kind[p], answers.land[p], answers.bare[p]) for p in pairs.T)
    crossed = changes(first, second)
    crossing = np.full((len(pairs), 2), np.nan)
    crossing[crossed] = halve(place[pairs[crossed, 0]], place[pairs[crossed, 1]], first.kind[crossed], layers)
    crossings = crossing[pair.reshape(-1, 4)]
    kinds = np.stack([first.kind, second.kind], axis=-1)[pair.reshape(-1, 4)]
    return joined(crossings, kinds)


def joined(crossings: np.ndarray, kinds: np.ndarray) -> pd.DataFrame:
    """Two crossings of a cell are joined; three or four meet in the middle; one stands alone."""
    found = ~np.isnan(crossings[:, :, 0])
    count = found.sum(axis=1)
    pieces = []
    two = np.flatnonzero(count == 2)
    order = np.argsort(~found[two], axis=1, kind="stable")[:, :2]
    both = np.take_along_axis(crossings[two], order[..., None], axis=1)
    pieces.append((both[:, 0], both[:, 1], kinds[two, order[:, 0]]))
    others = np.flatnonzero((count == 1) | (count > 2))
    if len(others):
        middle = np.nanmean(crossings[others], axis=1)
        cell, side = np.nonzero(found[others])
        pieces.append((crossings[others[cell], side], middle[cell], kinds[others[cell], side]))
    ends = np.vstack([np.hstack([start, end]) for start, end, _ in pieces])
    sides = np.sort(np.vstack([pair for _, _, pair in pieces]), axis=1)
    return pd.DataFrame(ends.astype("float32"), columns=ENDS).assign(left=sides[:, 0], right=sides[:, 1])


def crowded_cells(layers: Layers) -> np.ndarray:
    """Cells with coasts of two jurisdictions within three cells of latitude of them."""
    found = []
    for index in (layers.coasts, layers.bare_coasts):
        kind = pd.factorize(layers.land.jurisdiction)[0][index.edges.left]
        cell = np.floor(index.edges.ends[:, :2] * PER_DEGREE).astype(int)
        found.append(np.unique(np.column_stack([cell, kind]), axis=0))
    coast = np.vstack(found)
    wide = np.minimum(np.ceil(NEAR_CELLS / np.cos(np.radians(coast[:, 1] / PER_DEGREE))), 30).astype(int)
    spread = []
    for north in range(-NEAR_CELLS, NEAR_CELLS + 1):
        for east in range(-wide.max(), wide.max() + 1):
            within = coast[wide >= abs(east)] + np.array([east, north, 0])
            spread.append(np.unique(within, axis=0))
        spread = [np.unique(np.vstack(spread), axis=0)]
    cells, number = np.unique(spread[0][:, :2], axis=0, return_counts=True)
    cells = cells[number > 1]
    half = 180 * PER_DEGREE
    cells[:, 0] = (cells[:, 0] + half) % (2 * half) - half
    return np.unique(cells[np.abs(cells[:, 1] + 0.5) < 90 * PER_DEGREE], axis=0)


def sea_borders(layers: Layers) -> pd.DataFrame:
    column, row = np.meshgrid(
        np.arange(-180 * PER_DEGREE, 180 * PER_DEGREE), np.arange(-90 * PER_DEGREE, 90 * PER_DEGREE), indexing="ij"
    )
    cells = np.column_stack([column.ravel(), row.ravel()])
    crowded = crowded_cells(layers)
    key = cells[:, 0] * 10_000 + cells[:, 1]
    coarse = cells[~np.isin(key, crowded[:, 0] * 10_000 + crowded[:, 1])]
    offset = np.stack(np.meshgrid(range(FINER), range(FINER)), axis=-1).reshape(-1, 2)
    fine = (crowded[:, None, :] * FINER + offset).reshape(-1, 2)
    tables = [
        borders_in_cells(*coarse.T, PER_DEGREE, layers),
        borders_in_cells(*fine.T, PER_DEGREE * FINER, layers),
    ]
    return pd.concat(tables).sort_values([*ENDS, "left", "right"]).reset_index(drop=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=Path, default=PLACES)
    places = parser.parse_args().places
    target = places / "sea-borders.parquet"
    empty = dict.fromkeys(ENDS, pd.Series(dtype=float)) | dict.fromkeys(["left", "right"], pd.Series(dtype=str))
    pd.DataFrame(empty).to_parquet(target)
    layers = load_layers(places)
    sharp = replace(layers, limits=replace(layers.limits, shore_km=0.0))  # land here means the polygons alone
    table = sea_borders(sharp)
    table.to_parquet(target, index=False, compression="zstd", compression_level=19)
    note_inputs(places, "sea-borders.parquet")


if __name__ == "__main__":
    main()

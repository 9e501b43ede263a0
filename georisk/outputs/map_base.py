"""The base map of a page, small: outlines of countries as short texts that the page's script reads back.

Coordinates are rounded to a hundredth of a degree, about a kilometre, which is what the bundled outlines hold. Each
ring is a text of the differences from point to point, in the polyline encoding.

Reference: Google, Encoded Polyline Algorithm Format; here longitude comes first and the unit is 0.01 degree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

PER_DEGREE = 100
_CHUNK_BITS = 5
_MOST_CHUNKS = 4  # a difference of 360 degrees has 18 bits with its sign
_FIRST_SIGN = 63


@lru_cache(maxsize=4)
def outlines(path: Path) -> dict[str, Any]:
    """Return bundled outlines of countries, a GeoJSON FeatureCollection with ``iso3`` and ``name``."""
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def packed(countries: Mapping[str, Any]) -> dict[str, Any]:
    """Return outlines as a page carries them: ISO 3166-1 alpha-3 codes, names, and rings as texts.

    Parameters
    ----------
    countries
        GeoJSON FeatureCollection of polygons, longitude first, with ``iso3`` and, where known, ``name``.
    """
    features = [feature for feature in countries["features"] if feature["geometry"] is not None]
    rings = [list(_rings(feature["geometry"])) for feature in features]
    texts = iter(_texts([ring for each in rings for ring in each]))
    return {
        "iso3": [feature["properties"]["iso3"] for feature in features],
        "name": [feature["properties"].get("name") for feature in features],
        "rings": [[next(texts) for _ in each] for each in rings],
    }


def _rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    """Yield every ring, outer and inner; the page fills them by the even-odd rule."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon


def _texts(rings: Sequence[Sequence[Sequence[float]]]) -> list[str]:
    import numpy as np

    if not rings:
        return []
    points = np.concatenate([np.asarray(ring, dtype=float)[:, :2] for ring in rings])
    places = np.rint(points * PER_DEGREE).astype(np.int64)
    ends = np.cumsum([len(ring) for ring in rings])
    steps = np.diff(places, axis=0, prepend=0)
    steps[ends[:-1]] = places[ends[:-1]]  # each ring begins with its own place
    values = steps.ravel()
    values = np.where(values < 0, ~(values << 1), values << 1)
    chunks = (values[:, None] >> (_CHUNK_BITS * np.arange(_MOST_CHUNKS))) & 31
    rest = values[:, None] >> (_CHUNK_BITS * np.arange(1, _MOST_CHUNKS + 1))
    used = np.concatenate([np.ones((len(values), 1), bool), rest[:, :-1] > 0], axis=1)
    signs = (chunks + np.where(rest > 0, 32, 0) + _FIRST_SIGN).astype(np.uint8)
    text = signs[used].tobytes().decode("ascii")
    lengths = np.cumsum(used.sum(axis=1))[2 * ends - 1]
    return [text[start:end] for start, end in zip([0, *lengths[:-1]], lengths, strict=True)]

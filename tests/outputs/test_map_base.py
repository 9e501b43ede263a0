from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.files import bundled_root
from georisk.outputs.map_base import outlines, packed

PLACES = bundled_root() / "data" / "places"
degrees = st.tuples(st.integers(-18000, 18000), st.integers(-9000, 9000)).map(lambda one: [one[0] / 100, one[1] / 100])


def read(text: str) -> list[list[float]]:
    """The reader of assets/map-land.js, in Python."""
    signs: Iterator[str] = iter(text)
    points, at, axis = [], [0, 0], 0
    for sign in signs:
        bits, value, shift = ord(sign) - 63, 0, 0
        while bits >= 32:
            value |= (bits & 31) << shift
            shift += 5
            bits = ord(next(signs)) - 63
        value |= bits << shift
        at[axis] += ~(value >> 1) if value & 1 else value >> 1
        axis = 1 - axis
        if axis == 0:
            points.append([at[0] / 100, at[1] / 100])
    return points


def collection(*polygons: list[list[list[float]]]) -> dict[str, object]:
    geometry = {"type": "MultiPolygon", "coordinates": [[ring] for rings in polygons for ring in rings]}
    return {"features": [{"geometry": geometry, "properties": {"iso3": "AAA", "name": "A"}}]}


def test_the_published_example_of_the_encoding() -> None:
    # 0.38 and -1.21 degrees in hundredths: 38 -> 76 = 2*32 + 12 -> "k" "A"; -121 -> ~(-242) = 241 = 7*32 + 17 -> "p" "F"
    assert packed(collection([[[0.38, -1.21]]]))["rings"] == [["kApF"]]


@given(st.lists(st.lists(degrees, min_size=1, max_size=6), min_size=1, max_size=4))
def test_rings_read_back_as_they_were(rings: list[list[list[float]]]) -> None:
    assert [read(text) for text in packed(collection(rings))["rings"][0]] == rings


def test_no_countries_are_no_rings() -> None:
    assert packed({"features": []}) == {"iso3": [], "name": [], "rings": []}


@pytest.mark.parametrize("name", ["basemap-110m.json", "basemap-50m.json"])
def test_the_bundled_outlines_lose_nothing(name: str) -> None:
    countries = outlines(PLACES / name)
    carried = packed(countries)
    for feature, texts in zip(countries["features"], carried["rings"], strict=True):
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        assert [read(text) for text in texts] == [ring for polygon in polygons for ring in polygon]

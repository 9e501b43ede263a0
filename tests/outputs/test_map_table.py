from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from georisk.outputs.map import MapData, map_page
from georisk.outputs.map_table import SiteTable, site_table

KINDS = {1: "<u1", 2: "<u2", 4: "<i4"}


def whole(column: dict[str, Any]) -> list[int]:
    return np.frombuffer(base64.b64decode(column["n"]), KINDS[column["w"]]).tolist()


def at(column: dict[str, Any], row: int, top: dict[str, Any]) -> Any:
    """The reader of assets/columns.js, in Python, with packed numbers and columns named by their place."""
    if "r" in column:
        found = top
        for key in column["r"]:
            found = found["o"][key] if key in found.get("o", {}) else found[key]
        return at(found, row, top)
    if "c" in column:
        return column["c"]
    if "v" in column:
        return column.get("b", "") + column["v"][row] if "b" in column else column["v"][row]
    if "d" in column:
        return column["d"][column["i"][row] if isinstance(column["i"], list) else whole(column["i"])[row]]
    if "w" in column:
        number = whole(column)[row]
        return None if number == (2**31 - 1 if column["w"] == 4 else 256 ** column["w"] - 1) else number / column["s"]
    if "o" in column:
        return {key: at(inner, row, top) for key, inner in column["o"].items()}
    start = sum(int(at(column["l"], before, top)) for before in range(row))
    return [at(column["e"], start + place, top) for place in range(int(at(column["l"], row, top)))]


def tables(count: int = 3) -> tuple[pd.DataFrame, ...]:
    ids = [f"site-{number}" for number in range(count)]
    sites = pd.DataFrame({
        "id": ids, "name": [f"Site {number}" for number in range(count)], "kind": "mine", "country": "TZA",
        "country_name": "Tanzania", "stage": ["production", None, "closed"] * (count // 3), "commodity": "copper",
        "lon": np.linspace(30, 33.3333333, count), "lat": -6.0, "precision_km": [10.0, 2.0, 10.0] * (count // 3),
        "basis": "surveyed",
    })  # fmt: skip
    score = [12.5, np.nan, 80.0] * (count // 3)
    scores = pd.DataFrame({
        "site": ids, "layer": "composite", "score": score, "low": 0.0, "high": 100.0,
        "band": ["low", None, "severe"] * (count // 3), "known_weight": 0.75, "reason": [None, "too little", None] * (count // 3),
    })  # fmt: skip
    reasons = pd.DataFrame({
        "site": [ids[0], ids[0], ids[2]], "layer": "composite", "points": [10.0, 2.5, 80.0],
        "sentence": ["one", "two", "three"],
    })  # fmt: skip
    return (
        sites,
        scores,
        reasons,
        pd.DataFrame({"site": ids, "owner": "Holder", "share": [f"{k} %" for k in range(count)]}),
    )


def site(made: SiteTable, row: int) -> Any:
    written = json.loads(json.dumps(made.of))
    return at(written, row, written)


@pytest.mark.parametrize("count", [3, 900])  # below and above the size from which numbers are packed
def test_a_site_reads_back_with_all_that_was_told(count: int) -> None:
    made = site_table(*tables(count))
    assert len(made) == count
    assert made.countries == {"TZA"}
    first, second, third = (site(made, row) for row in range(3))
    assert (first["id"], third["name"]) == ("site-0", "Site 2")
    assert [one["stage"] for one in (first, second, third)] == ["production", None, "closed"]
    assert second["scores"]["composite"] == {
        "score": None, "low": 0, "high": 100, "known_weight": 0.75, "band": None, "reason": "too little",
        "with_weak_band": None, "missing": [], "reasons": [],
    }  # fmt: skip
    assert [one["sentence"] for one in first["scores"]["composite"]["reasons"]] == ["one", "two"]
    assert third["scores"]["composite"]["reasons"][0]["points"] == 80
    assert second["owners"] == [{"name": "Holder", "share": "1 %", "note": None}]
    assert first["owner_names"] == ["Holder"]
    assert first["groups"] == {"stage": "production", "commodity": "copper"}
    assert first["shapes"][0]["geometry"] == {"type": "Point", "coordinates": [30, -6]}


def test_points_are_not_written_more_exactly_than_they_are_known() -> None:
    # 10 km allows 3 decimals of a degree
    assert site(site_table(*tables()), 2)["shapes"][0]["geometry"]["coordinates"] == [33.333, -6]


def test_a_hundred_thousand_make_a_page_of_less_than_twelve_megabytes(map_fields: dict[str, Any]) -> None:
    html = map_page(MapData(**{**map_fields, "sites": site_table(*tables(99_999))}))
    assert len(html.encode()) < 12e6

import base64
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.outputs.columns import columns, number_column, text_column

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=20,
)


def at(column: dict[str, Any], row: int) -> Any:
    """The reader of assets/columns.js, in Python."""
    if "c" in column:
        return column["c"]
    if "v" in column:
        return column["v"][row]
    if "d" in column:
        return column["d"][column["i"][row]]
    if "o" in column:
        return {key: at(inner, row) for key, inner in column["o"].items()}
    start = sum(at(column["l"], before) for before in range(row))
    return [at(column["e"], start + place) for place in range(at(column["l"], row))]


def filled(records: list[Any]) -> list[Any]:
    """Records as they read back: where all are records, or all lists of records, each has every key."""
    if records and all(isinstance(record, dict) for record in records):
        keys = {key for record in records for key in record}
        per_key = {key: filled([record.get(key) for record in records]) for key in keys}
        return [{key: per_key[key][row] for key in keys} for row in range(len(records))]
    if records and all(isinstance(record, list) for record in records):
        elements = iter(filled([element for record in records for element in record]))
        return [[next(elements) for _ in record] for record in records]
    return records


def same(one: Any, other: Any) -> bool:
    """Equal as JSON: true is not 1, the order of keys does not matter."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@given(st.lists(values, max_size=6))
def test_reads_back_as_written(records: list[Any]) -> None:
    column = json.loads(json.dumps(columns(records)))
    assert same([at(column, row) for row in range(len(records))], filled(records))


@given(
    st.lists(st.fixed_dictionaries({"name": st.text(max_size=3), "scores": st.lists(scalars, max_size=3)}), min_size=1)
)
def test_records_of_one_shape_read_back_exactly(records: list[Any]) -> None:
    column = json.loads(json.dumps(columns(records)))
    assert same([at(column, row) for row in range(len(records))], records)


def test_a_repeated_text_is_carried_once() -> None:
    written = json.dumps(columns([{"stage": "construction"}, {"stage": "production"}] * 50))
    assert written.count("construction") == 1
    assert written.count("production") == 1


def test_true_and_one_stay_apart() -> None:
    assert columns([True, 1, 1.0]) == {"v": [True, 1, 1.0]}


def test_nothing_gives_an_empty_column() -> None:
    assert columns([]) == {"v": []}


def test_many_numbers_are_packed_exactly_and_small() -> None:
    written = columns([None, 12.5, 0.0] * 300)
    # tenths up to 125 fit into a byte; 255 stands for null
    assert (written["w"], written["s"]) == (1, 10)
    assert list(base64.b64decode(written["n"]))[:3] == [255, 125, 0]


@pytest.mark.parametrize(("numbers", "width"), [([0, 254], 1), ([0, 255], 2), ([0, 65535], 4), ([-1, 0], 4)])
def test_the_largest_that_fits_is_kept_for_null(numbers: list[float], width: int) -> None:
    found = number_column(np.array(numbers, dtype=float))
    assert found is not None
    assert found["w"] == width


def test_numbers_that_would_lose_decimals_are_not_packed() -> None:
    assert number_column(np.array([1 / 3])) is None
    assert columns([1 / 3] * 600 + [0.5])["v"][0] == 1 / 3


def test_a_value_that_is_not_a_number_is_left_for_json_to_refuse() -> None:
    assert "v" in columns([float("nan"), 1.0] * 300)


def test_texts_that_begin_alike_carry_their_beginning_once() -> None:
    assert text_column(pd.Series(["site-1", "site-2", "site-30"])) == {"v": ["1", "2", "30"], "b": "site-"}
    assert text_column(pd.Series(["a", None, "b"])) == {"v": ["a", None, "b"]}
    assert text_column(pd.Series([None, None])) == {"c": None}
    assert text_column(pd.Series(["a", "a", None, "a"])) == {"d": ["a", None], "i": [0, 0, 1, 0]}

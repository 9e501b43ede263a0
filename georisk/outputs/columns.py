"""Many records of one shape, written as columns, so that a page carries each repeated text once.

A column is one of these plain objects::

    {"c": value}                       the same value everywhere
    {"v": [value, ...]}                value by value
    {"d": [value, ...], "i": [...]}    distinct values, most frequent first, and which one stands where
    {"o": {key: column, ...}}          records: a column per key; a key that a record lacks reads as null
    {"l": column, "e": column}         lists: their lengths, and all their elements on end

The page's script reads them back (``assets/columns.js``).

References
----------
The same ideas as in the Apache Arrow columnar format: dictionary encoding and variable-size lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

Column = dict[str, Any]
_TEXT = {str, type(None)}
_NUMBERS = {int, float, bool}


def columns(records: Sequence[Any]) -> Column:
    """Return JSON-able records as one column.

    Parameters
    ----------
    records
        Plain data: text, numbers, booleans, ``None``, lists and dicts with text keys.

    Examples
    --------
    >>> columns([{"kind": "mine", "score": 3.5}, {"kind": "mine", "score": None}])
    {'o': {'kind': {'c': 'mine'}, 'score': {'v': [3.5, None]}}}
    >>> columns([["a"], [], ["b", "c"]])
    {'l': {'v': [1, 0, 2]}, 'e': {'v': ['a', 'b', 'c']}}
    """
    return _column(list(records))


def _column(records: list[Any]) -> Column:
    if records and isinstance(records[0], str | None) and _is_constant(records):
        return {"c": records[0]}
    kinds = set(map(type, records))
    if kinds == {dict}:
        return {"o": {key: _column(values) for key, values in _by_key(records)}}
    if kinds and kinds <= {list, tuple}:
        return {"l": _column(list(map(len, records))), "e": _column(list(chain.from_iterable(records)))}
    if len(kinds) == 1 and kinds <= _NUMBERS and _is_constant(records):
        return {"c": records[0]}
    if str in kinds and kinds <= _TEXT:
        return _shared(records)
    return {"v": records}


def _is_constant(values: list[Any]) -> bool:
    return bool(values[0] == values[-1]) and values.count(values[0]) == len(values)


def _by_key(records: list[dict[str, Any]]) -> Iterable[tuple[str, list[Any]]]:
    """Yield each key with its values; fast where all records have the same keys in the same order."""
    keys = list(chain.from_iterable(records))
    first = list(records[0])
    if keys == first * len(records):
        cells = list(chain.from_iterable(map(dict.values, records)))
        return ((key, cells[place :: len(first)]) for place, key in enumerate(first))
    return ((key, [record.get(key) for record in records]) for key in dict.fromkeys(keys))


def _shared(values: list[str | None]) -> Column:
    counts = Counter(values)
    if 2 * len(counts) > len(values):
        return {"v": values}
    distinct = [value for value, _ in counts.most_common()]
    place = {value: number for number, value in enumerate(distinct)}
    return {"d": distinct, "i": [place[value] for value in values]}

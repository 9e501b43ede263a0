"""Many records of one shape, written as columns, so that a page carries each repeated text once.

A column is one of these plain objects::

    {"c": value}                       the same value everywhere
    {"v": [value, ...]}                value by value
    {"v": [text, ...], "b": text}      texts that all begin alike, without their beginning
    {"d": [value, ...], "i": [...]}    distinct values, most frequent first, and which one stands where
    {"n": text, "w": bytes, "s": scale}  many numbers: base64 of whole ones, so many bytes each, to be divided
    {"r": [key, ...]}                  the same column as the one found by following these keys from the top
    {"o": {key: column, ...}}          records: a column per key; a key that a record lacks reads as null
    {"l": column, "e": column}         lists: their lengths, and all their elements on end

The page's script reads them back (``assets/columns.js``). In ``"n"`` the numbers stand low byte first, signed if four
bytes wide, and the largest that fits stands for null. ``"i"`` may be such a column too.

References
----------
The same ideas as in the Apache Arrow columnar format: dictionary encoding and variable-size lists.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

Column = dict[str, Any]
_TEXT = {str, type(None)}
_NUMBERS = {int, float, bool}
_PACKED = {int, float, type(None)}
FEW = 512
"""Below this many numbers a list of them is shorter to read and no longer to write."""
_MOST_DIGITS = 6


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
    if len(records) >= FEW and kinds <= _PACKED:
        return _packed(records)
    return {"v": records}


def _packed(values: list[float | None]) -> Column:
    import numpy as np

    numbers = np.array([np.nan if value is None else value for value in values], dtype=float)
    honest = np.isnan(numbers).sum() == values.count(None)  # a value that is not a number is for JSON to refuse
    return (number_column(numbers) if honest else None) or {"v": values}


def number_column(numbers: np.ndarray) -> Column | None:
    """Return numbers as a column, exactly; ``nan`` reads as null.

    Returns
    -------
    dict or None
        ``None`` where they have more than six decimals or do not fit into four bytes.
    """
    import numpy as np

    unknown = np.isnan(numbers)
    known = numbers[~unknown]
    for digits in range(_MOST_DIGITS + 1):
        scale = 10**digits
        whole = np.rint(known * scale)
        if not len(known) or (np.abs(whole).max() < 2**31 - 1 and np.array_equal(whole / scale, known)):
            every = np.full(len(numbers), -1, dtype=np.int64)
            every[~unknown] = whole.astype(np.int64)
            return _whole_numbers(every, unknown) | {"s": scale}
    return None


def _whole_numbers(numbers: np.ndarray, unknown: np.ndarray | None = None) -> Column:
    import numpy as np

    known = numbers if unknown is None else numbers[~unknown]
    low, high = (int(known.min()), int(known.max())) if len(known) else (0, 0)
    width = 4 if low < 0 or high >= 0xFFFF else 2 if high >= 0xFF else 1
    if unknown is not None:
        numbers = np.where(unknown, 2**31 - 1 if width == 4 else 256**width - 1, numbers)
    written = numbers.astype({1: "<u1", 2: "<u2", 4: "<i4"}[width]).tobytes()
    return {"n": base64.b64encode(written).decode("ascii"), "w": width}


def text_column(values: pd.Series[Any]) -> Column:
    """Return a series of texts as a column; a missing value reads as null."""
    import numpy as np
    import pandas as pd

    codes, distinct = pd.factorize(values)
    if len(distinct) == 0:
        return {"c": None}
    if len(distinct) == 1 and (codes == 0).all():
        return {"c": str(distinct[0])}
    if 2 * len(distinct) > len(values):
        return _begun_alike(values.astype(object).where(values.notna(), None).tolist())
    known: list[str | None] = [str(each) for each in distinct]
    if (codes < 0).any():
        codes, known = np.where(codes < 0, len(known), codes), [*known, None]
    return {"d": known, "i": _places(codes)}


def _begun_alike(values: list[str | None]) -> Column:
    """Return texts value by value, without what they all begin with."""
    known = [value for value in values if value is not None]
    if len(known) < len(values) or not known:
        return {"v": values}
    first, last = min(known), max(known)
    alike = next(
        (place for place, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first)
    )
    return {"v": [value[alike:] for value in known], "b": first[:alike]} if alike else {"v": values}


def _places(codes: np.ndarray) -> Column | list[int]:
    return [int(code) for code in codes] if len(codes) < FEW else _whole_numbers(codes)


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
    import numpy as np

    counts = Counter(values)
    if 2 * len(counts) > len(values):
        return {"v": values}
    distinct = [value for value, _ in counts.most_common()]
    place = {value: number for number, value in enumerate(distinct)}
    return {"d": distinct, "i": _places(np.array([place[value] for value in values], dtype=np.int64))}

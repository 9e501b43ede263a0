"""Degrees as a page carries them: not written more exactly than they are known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_KM_PER_DEGREE = 111.32
_SHAPE_DIGITS = 4  # decimals of lines and outlines, about 10 m
_LEAST, _MOST = 2, 5


def drawn(geometry: Mapping[str, Any], precision_km: float | None) -> dict[str, Any]:
    """Return a GeoJSON geometry with rounded coordinates: points by their precision, lines and outlines to 10 m."""
    pointlike = geometry["type"] in ("Point", "MultiPoint")
    digits = digits_for(precision_km) if pointlike else _SHAPE_DIGITS
    return {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"], digits)}


def digits_for(precision_km: float | None) -> int:
    """Return decimals of a degree that keep rounding below a fortieth of the precision, at least 2 and at most 5."""
    if precision_km is None or precision_km <= 0:
        return _MOST
    return min(_MOST, max(_LEAST, math.ceil(math.log10(20 * _KM_PER_DEGREE / precision_km))))


def rounded(degrees: np.ndarray, precision_km: np.ndarray) -> np.ndarray:
    """Return degrees, each rounded to the decimals its precision allows; ``nan`` is a precision not known."""
    import numpy as np

    result = np.round(degrees, _MOST)
    for precision in np.unique(precision_km[~np.isnan(precision_km)]):
        here = precision_km == precision
        result[here] = np.round(degrees[here], digits_for(float(precision)))
    return result


def _rounded(coordinates: Any, digits: int) -> Any:
    if isinstance(coordinates[0], (int, float)):
        return [round(degrees, digits) for degrees in coordinates]
    return [_rounded(each, digits) for each in coordinates]

"""A user's own weights and goalposts: a file that is laid over the method for one run.

::

    [aggregation]
    exponent = 1.0

    [dimension.china]
    weight = 40

    [indicator.governance]
    weight = 20
    goalposts = { zero = 2.5, hundred = -1.5 }
    reason = "our desk weighs the site above the country"

Whatever it touches, the outputs say so: the version names the file, and the fingerprint is another one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from math import isfinite
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from georisk.errors import Fault, FaultGroup
from georisk.files import read_toml
from georisk.method import Dimension, Goalposts, Indicator, Method


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Aggregation(_Strict):
    exponent: float | None = Field(default=None, ge=1, allow_inf_nan=False)
    floor_dimension_percent: float | None = Field(default=None, ge=0, le=100)
    floor_composite_percent: float | None = Field(default=None, ge=0, le=100)


class _Weight(_Strict):
    weight: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    reason: str | None = None


class _Indicator(_Weight):
    goalposts: Goalposts | None = None


class _Override(_Strict):
    aggregation: _Aggregation = _Aggregation()
    dimension: Mapping[str, _Weight] = Field(default_factory=dict)
    indicator: Mapping[str, _Indicator] = Field(default_factory=dict)


def overridden(method: Method, path: Path) -> Method:
    """Return the method with a user's weights and goalposts laid over it.

    Parameters
    ----------
    method
        The method of the workspace.
    path
        A TOML file of the shape above.

    Returns
    -------
    Method
        Its version is the old one ``+`` the file's name, its fingerprint covers both.

    Raises
    ------
    FaultGroup
        With every key that is unknown, every value that cannot be, every indicator and dimension there is none of.
    """
    where = path.name
    given = _read(path, where)
    faults = [*_strangers(where, "dimension", given.dimension, [one.key for one in method.dimension]),
              *_strangers(where, "indicator", given.indicator, [one.key for one in method.indicators]),
              *_flat(where, given)]  # fmt: skip
    if faults:
        raise FaultGroup(f"{len(faults)} faults in {where}", faults)
    return method.model_copy(
        update={
            "version": f"{method.version} + {where}",
            "fingerprint": hashlib.sha256(method.fingerprint.encode() + b"\0" + path.read_bytes()).hexdigest()[:12],
            "aggregation": method.aggregation.model_copy(update=given.aggregation.model_dump(exclude_none=True)),
            "dimension": [_dimension(one, given) for one in method.dimension],
            "indicators": tuple(_indicator(one, given) for one in method.indicators),
        }
    )


def _read(path: Path, where: str) -> _Override:
    try:
        return _Override.model_validate(read_toml(path, where))
    except ValidationError as error:
        faults = [_fault(where, one) for one in error.errors()]
        raise FaultGroup(f"{len(faults)} faults in {where}", faults) from None
    except Fault as fault:
        raise FaultGroup(f"1 fault in {where}", [fault]) from None


def _fault(where: str, error: Any) -> Fault:
    key = ".".join(map(str, error["loc"]))
    if error["type"] != "extra_forbidden":
        return Fault(f"{where} [{key}]", f"{repr(error.get('input'))[:80]}: {error['msg']}", "see georisk method")
    allowed: dict[str, type[BaseModel]] = {
        "dimension": _Weight, "indicator": _Indicator, "aggregation": _Aggregation,
    }  # fmt: skip
    shape = allowed.get(str(error["loc"][0]), _Override) if len(error["loc"]) > 1 else _Override
    return Fault(f"{where} [{key}]", "is not known", f"allowed: {', '.join(shape.model_fields)}")


def _strangers(where: str, kind: str, given: Iterable[str], known: list[str]) -> Iterable[Fault]:
    for key in given:
        if key not in known:
            yield Fault(f"{where} [{kind}.{key}]", f"there is no {kind} {key!r}", f"allowed: {', '.join(known)}")


def _flat(where: str, given: _Override) -> Iterable[Fault]:
    for key, one in given.indicator.items():
        posts = one.goalposts
        if posts is not None and not (isfinite(posts.zero) and isfinite(posts.hundred) and posts.zero != posts.hundred):
            text = f"goalposts {posts.zero:g} and {posts.hundred:g}"
            yield Fault(f"{where} [indicator.{key}]", text, "two different numbers: the values that score 0 and 100")


def _dimension(one: Dimension, given: _Override) -> Dimension:
    change = given.dimension.get(one.key, _Weight())
    return one.model_copy(update=_update(change))


def _indicator(one: Indicator, given: _Override) -> Indicator:
    change = given.indicator.get(one.key, _Indicator())
    goalposts = {} if change.goalposts is None else {"goalposts": change.goalposts}
    return one.model_copy(update=_update(change) | goalposts)


def _update(change: _Weight) -> dict[str, Any]:
    found: dict[str, Any] = {} if change.weight is None else {"weight": change.weight}
    return found if change.reason is None else found | {"weight_reason": change.reason}

"""The method: read ``data/method``, refuse misfits, and fingerprint it.

Every number of the method is in the files; code holds none. An indicator is one file and names its function.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from georisk.errors import Fault, FaultGroup
from georisk.files import read_toml


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Dimension(_Strict):
    """One of the three dimensions and its weight in the composite."""

    key: str
    title: str
    question: str
    weight: float = Field(gt=0)
    weight_reason: str


class Band(_Strict):
    """A band of scores: from its lower bound up to the next."""

    key: str
    title: str
    start: float = Field(alias="from", ge=0, le=100)


class Aggregation(_Strict):
    """The power mean and the floors below which nothing is scored."""

    exponent: float = Field(ge=1)
    floor_dimension_percent: float
    floor_composite_percent: float


class AgeingRule(_Strict):
    """How percentages that nobody restates grow a band."""

    grace_months: float
    per_year: float


class OwnershipRule(_Strict):
    """What counts as Chinese, as control and as material."""

    chinese_places: list[str]
    control_percent: float
    float_holder_percent: float
    material_percent: float


class Goalposts(_Strict):
    """The raw values that score 0 and 100; fixed, never taken from the sites at hand."""

    zero: float
    hundred: float


class Indicator(_Strict):
    """The definition of one indicator (``data/method/indicators/<key>.toml``)."""

    key: str
    question: str
    dimension: str
    function: str
    unit: str
    goalposts: Goalposts
    goalposts_reason: str
    scale: Literal["linear", "log"] = "linear"
    weight: float = Field(gt=0)
    weight_reason: str
    reference: str
    unknown: str
    sentence: str
    parameters: Mapping[str, Any] = Field(default_factory=dict)


class Lean(_Strict):
    """How often a record is drawn as it stands, and a bounded value leans on its figure: by grade, halved with age."""

    as_read: float = Field(ge=0, le=1)
    lean: Mapping[Literal["A", "B", "C", "D"], Annotated[float, Field(ge=0, le=1)]]
    half_life_months: float = Field(gt=0)


class Guess(_Strict):
    """What an unanswered indicator is drawn as: 0 or 100 in these parts of the draws, else anything between."""

    none: float = Field(ge=0, le=0.5)
    all: float = Field(ge=0, le=0.5)


class Concentration(_Strict):
    """How closely drawn weights stay with the stated ones."""

    concentration: float = Field(gt=0)


class CapRule(_Strict):
    """A composite is at least ``at_least`` while a dimension stands at ``start`` or more."""

    start: float = Field(alias="from", ge=0, le=100)
    at_least: float = Field(ge=0, le=100)


class Choices(_Strict):
    """The choices of the method that are tried out; the first of each is the method's own."""

    normalisation: list[Literal["goalposts", "minmax", "rank"]] = Field(min_length=1)
    unknown: list[Literal["left-out", "drawn"]] = Field(min_length=1)
    aggregation: list[Literal["power", "arithmetic", "geometric", "worst"]] = Field(min_length=1)
    cap: list[Literal["none", "severe"]] = Field(min_length=1)
    cap_rule: CapRule


class SobolRule(_Strict):
    """Base samples, realisations a source of doubt picks from, and resamples for the error of the indices."""

    samples: int = Field(ge=2)
    realisations: int = Field(ge=2)
    resamples: int = Field(ge=2)


class Simulation(_Strict):
    """How doubt is simulated (``data/method/sensitivity.toml``)."""

    draws: int = Field(ge=2)
    seed: int = Field(ge=0)
    interval_percent: float = Field(gt=0, lt=100)
    evidence: Lean
    unknown: Guess
    weights: Concentration
    choices: Choices
    sobol: SobolRule


class Method(_Strict):
    """Everything ``data/method`` says, and its fingerprint (sha256 over the files, first 12 digits).

    ``simulation`` is ``None`` for a method that says nothing of it: scores then have no simulated interval.
    """

    version: str
    aggregation: Aggregation
    dimension: list[Dimension]
    band: list[Band]
    ageing: AgeingRule
    ownership: OwnershipRule
    indicators: tuple[Indicator, ...] = ()
    simulation: Simulation | None = None
    fingerprint: str = ""

    def of(self, dimension: str) -> list[Indicator]:
        """Return the indicators of a dimension, heaviest first."""
        found = [one for one in self.indicators if one.dimension == dimension]
        return sorted(found, key=lambda one: (-one.weight, one.key))

    def band_of(self, score: float | None) -> str | None:
        """Return the key of the band a score lies in; ``None`` for no score."""
        if score is None:
            return None
        return max((band for band in self.band if band.start <= score), key=lambda band: band.start).key


@lru_cache(maxsize=8)
def read_method(folder: Path, functions: frozenset[str]) -> Method:
    """Read ``data/method``.

    Parameters
    ----------
    folder
        The method's folder: ``method.toml``, ``indicators/*.toml`` and, if it is there, ``sensitivity.toml``.
    functions
        Names of the functions an indicator may ask for.

    Raises
    ------
    FaultGroup
        With every misfit: an unknown key, dimension or function, a weight of zero.
    """
    faults: list[Fault] = []
    indicators = []
    for path in sorted((folder / "indicators").glob("*.toml")):
        where = f"data/method/indicators/{path.name}"
        try:
            indicators.append(Indicator.model_validate({"key": path.stem, **read_toml(path, where)}))
        except ValidationError as error:
            faults += [_misfit(where, one) for one in error.errors()]
        except Fault as fault:
            faults.append(fault)
    simulation = _simulation(folder, faults)
    try:
        table = read_toml(folder / "method.toml", "data/method/method.toml")
        more = {"indicators": indicators, "simulation": simulation, "fingerprint": _fingerprint(folder)}
        method = Method.model_validate({**table, **more})
    except ValidationError as error:
        faults += [_misfit("data/method/method.toml", one) for one in error.errors()]
    except Fault as fault:
        faults.append(fault)
    else:
        faults += _misfits(method, functions)
    if faults:
        raise FaultGroup(f"{len(faults)} faults in data/method/", faults)
    return method


def _simulation(folder: Path, faults: list[Fault]) -> Simulation | None:
    path, where = folder / "sensitivity.toml", "data/method/sensitivity.toml"
    try:
        return Simulation.model_validate(read_toml(path, where)) if path.exists() else None
    except ValidationError as error:
        faults += [_misfit(where, one) for one in error.errors()]
    except Fault as fault:
        faults.append(fault)
    return None


def _misfit(where: str, error: Any) -> Fault:
    return Fault(where, f"{'.'.join(map(str, error['loc']))}: {error['msg']}", "see the other files of the folder")


def _misfits(method: Method, functions: frozenset[str]) -> list[Fault]:
    faults = []
    dimensions = {dimension.key for dimension in method.dimension}
    for one in method.indicators:
        where = f"data/method/indicators/{one.key}.toml"
        if one.dimension not in dimensions:
            faults.append(Fault(where, f"dimension {one.dimension!r}", f"allowed: {', '.join(sorted(dimensions))}"))
        if one.function not in functions:
            faults.append(Fault(where, f"function {one.function!r}", f"allowed: {', '.join(sorted(functions))}"))
        if one.goalposts.zero == one.goalposts.hundred:
            faults.append(Fault(where, "both goalposts are the same", "they are the values that score 0 and 100"))
    if min((band.start for band in method.band), default=None) != 0:
        faults.append(Fault("data/method/method.toml", "no band begins at 0", "the lowest band starts from = 0.0"))
    return faults


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]

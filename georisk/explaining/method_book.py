"""The method as a book: everything ``data/method`` and the editions of ``data/reference`` say, in reading order.

Nothing is written here that the files do not hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from georisk.files import read_toml
from georisk.method import Band, Dimension, Indicator, Method
from georisk.reference import Edition
from georisk.screens.rules import Period, Rule, read_rules


@dataclass(frozen=True, slots=True)
class Weighed:
    """An indicator and its weight in its dimension, per cent."""

    indicator: Indicator
    percent: float


@dataclass(frozen=True, slots=True)
class Chapter:
    """A dimension, its weight in the composite, per cent, and its indicators, heaviest first."""

    dimension: Dimension
    percent: float
    indicators: tuple[Weighed, ...]


@dataclass(frozen=True)
class MethodBook:
    """The whole method: chapters, bands with their ends, rules of thumb as text, screens, editions."""

    method: Method
    chapters: tuple[Chapter, ...]
    bands: tuple[tuple[Band, float], ...]
    rules: tuple[tuple[str, str], ...]
    screens: Mapping[str, Rule]
    editions: tuple[tuple[str, Edition], ...]


def method_book(method: Method, data: Path) -> MethodBook:
    """Gather the method.

    Parameters
    ----------
    method
        As read from ``data/method``.
    data
        The ``data/`` folder.
    """
    ends = [*(band.start for band in method.band[1:]), 100.0]
    return MethodBook(
        method=method,
        chapters=tuple(_chapter(method, dimension) for dimension in method.dimension),
        bands=tuple(zip(method.band, ends, strict=True)),
        rules=tuple(_rules(method)),
        screens=read_rules(data / "method" / "screens"),
        editions=tuple(_editions(data / "reference")),
    )


def _chapter(method: Method, dimension: Dimension) -> Chapter:
    total = sum(one.weight for one in method.dimension)
    indicators = method.of(dimension.key)
    whole = sum(one.weight for one in indicators)
    weighed = tuple(Weighed(one, 100 * one.weight / whole) for one in indicators)
    return Chapter(dimension, 100 * dimension.weight / total, weighed)


def _rules(method: Method) -> list[tuple[str, str]]:
    mean, ageing, owners = method.aggregation, method.ageing, method.ownership
    places = ", ".join(owners.chinese_places)
    return [
        ("A dimension", "The weighted mean of its known indicators; points are what each adds. Low and high put "
         "everything unknown at 0 and at 100, and bounded values at their bounds."),
        ("The composite", f"The power mean of the dimensions with exponent {mean.exponent:g}: a bad dimension is not "
         "hidden by good ones. None if one of them has no score."),
        ("Too little known", f"Under {mean.floor_dimension_percent:g} % of the applicable weight known, a dimension "
         f"has no score; under {mean.floor_composite_percent:g} %, the composite has none. The interval stays."),
        ("Evidence", "Grades A and B move scores. C and D are run beside them, shown where they would change a band."),
        ("Ageing", f"A percentage that no source restates for {ageing.grace_months:g} months gets a band, its "
         f"half-width {100 * ageing.per_year:g} % of the figure per further year. Statutory stakes and 100 % do not "
         "age."),
        ("Chinese", f"Organised or domiciled in {places}, or controlled from there: more than "
         f"{owners.control_percent:g} % at each step of a chain."),
        ("Hidden holders", f"One hidden holder of a listed company stays below {owners.float_holder_percent:g} %. "
         f"Chains are followed while {owners.material_percent:g} % of the asset can run through them."),
    ]  # fmt: skip


def period_text(one: Period) -> str:
    """Return how a legal test stands from one day to another: ``in force from 2014-08-13``."""
    until = f" until before {one.until}" if one.until else ""
    return f"{one.status.replace('-', ' ')} from {one.start}{until}"


def _editions(folder: Path) -> list[tuple[str, Edition]]:
    files = sorted(folder.glob("*.toml"))
    return [(path.stem, Edition.model_validate(read_toml(path, f"data/reference/{path.name}"))) for path in files]

"""Which missing fact would settle most: what a score would be if one more thing were known.

For an indicator nobody could answer the fact may lie anywhere from 0 to 100; for a bounded one anywhere between
its bounds. All others stay as they are. The two means are the ones that made the score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from georisk.assessment import Assessment, Score, Scored
from georisk.explaining.citations import PREFIX
from georisk.method import Method
from georisk.scoring import PowerMeanPoints
from georisk.stages import only_planned

UNKNOWN, BOUNDED, ESTIMATE = "unknown", "bounded", "estimate"
_TRACE = 0.05


@dataclass(frozen=True, slots=True)
class Swing:
    """What one fact can do to the scores of a site.

    Attributes
    ----------
    part
        The part of the site it belongs to; ``None`` for a site without parts.
    dimension, indicator, question
        What is asked.
    kind
        ``unknown``; ``bounded``: answered between bounds; ``estimate``: the publisher's own error of
        measurement, which asking cannot remove.
    reason, sentence
        Why it is unknown; what stands today for the others. The one that does not apply is empty.
    low, high, composite_low, composite_high
        The site's score in the dimension and its composite with the fact at its two ends; ``None``: not
        scored even then.
    width, composite_width
        Points that knowing the fact takes off the interval of the dimension, and of the composite (mean of
        both ends).
    bands, composite_bands
        Bands, other than today's, that the two ends lead to.
    """

    part: str | None
    dimension: str
    indicator: str
    question: str
    kind: str
    reason: str
    sentence: str
    low: float | None
    high: float | None
    composite_low: float | None
    composite_high: float | None
    width: float
    composite_width: float
    bands: tuple[str, ...]
    composite_bands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Open:
    """An indicator that is unknown or bounded: its weight, and its risk now and at its ends, 0 to 100."""

    indicator: str
    weight: float
    now: float
    low: float
    high: float
    kind: str
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Case:
    """One open fact of one part, with the part's dimensions at both ends of the fact."""

    part: Scored
    dimension: str
    fact: _Open
    width: float
    ends: tuple[Mapping[str, Score], Mapping[str, Score]]


@dataclass(frozen=True, slots=True)
class _Sum:
    """A dimension as sums: weight known, weight that applies, weight times risk, and the same at the ends."""

    known: float
    total: float
    risk: float
    low: float
    high: float


def swings_of(assessment: Assessment, scored: Scored, method: Method) -> tuple[Swing, ...]:
    """Return the open facts of a site: those that can change a band first, then by the width they remove.

    Facts that move nothing by a twentieth of a point are left out; so are those of a part that cannot come to
    stand above the part the site shows.
    """
    real = _scored_parts(assessment, scored)
    cases = [case for part in real for key in part.dimensions for case in _cases(method, part, key)]
    means = iter(_means(method, [end for case in cases for end in case.ends]))
    swings = [_swing(method, scored, real, case, (next(means), next(means))) for case in cases]
    return tuple(sorted((one for one in swings if _moves(one)), key=_rank))


def _moves(one: Swing) -> bool:
    ends = (one.low or 0.0, one.high or 0.0), (one.composite_low or 0.0, one.composite_high or 0.0)
    return max(one.width, one.composite_width, *(high - low for low, high in ends)) >= _TRACE


def _rank(one: Swing) -> tuple[bool, bool, bool, float, float, str, str]:
    return (one.kind == ESTIMATE, not one.composite_bands, not one.bands, -round(one.composite_width, 6),
            -round(one.width, 6), one.dimension, one.indicator)  # fmt: skip


def _scored_parts(assessment: Assessment, scored: Scored) -> list[Scored]:
    if not scored.parts:
        return [scored]
    return [one for one in scored.parts if not only_planned(assessment.snapshot, one.id)] or list(scored.parts)


def _cases(method: Method, part: Scored, key: str) -> Iterator[_Case]:
    weights = {one.key: one.weight for one in method.of(key)}
    score = part.dimensions[key]
    sums = _sums(weights, score)
    floor = method.aggregation.floor_dimension_percent
    for fact in _open(weights, score):
        ends = [_at(score, sums, fact, at, floor) for at in (fact.low, fact.high)]
        width = fact.weight * (fact.high - fact.low) / sums.total
        yield _Case(part, key, fact, width, ({**part.dimensions, key: ends[0]}, {**part.dimensions, key: ends[1]}))


def _open(weights: Mapping[str, float], score: Score) -> Iterator[_Open]:
    known = sum(weights[one.indicator] for one in score.contributions)
    for missing in score.unknown:
        yield _Open(missing.indicator, weights[missing.indicator], 0.0, 0.0, 100.0, UNKNOWN, missing.reason, "")
    for one in score.contributions:
        if one.high > one.low:
            kind = ESTIMATE if any(name.startswith(PREFIX) for name in one.statements) else BOUNDED
            weight = weights[one.indicator]
            yield _Open(one.indicator, weight, one.points * known / weight, one.low, one.high, kind, "", one.sentence)


def _sums(weights: Mapping[str, float], score: Score) -> _Sum:
    known = sum(weights[one.indicator] for one in score.contributions)
    open_ = sum(weights[one.indicator] for one in score.unknown)
    low = sum(weights[one.indicator] * one.low for one in score.contributions)
    high = sum(weights[one.indicator] * one.high for one in score.contributions) + 100 * open_
    return _Sum(known, known + open_, known * sum(one.points for one in score.contributions), low, high)


def _at(score: Score, sums: _Sum, fact: _Open, at: float, floor: float) -> Score:
    """Return a dimension with one fact known: its score, and its interval without that fact's doubt."""
    known = sums.known + (fact.weight if fact.kind == UNKNOWN else 0.0)
    value = (sums.risk + fact.weight * (at - fact.now)) / known
    return replace(
        score,
        score=value if 100 * known / sums.total >= floor else None,
        low=(sums.low + fact.weight * (at - fact.low)) / sums.total,
        high=(sums.high - fact.weight * (fact.high - at)) / sums.total,
        known_weight=known / sums.total,
    )


def _means(method: Method, ends: Sequence[Mapping[str, Score]]) -> list[tuple[float | None, float]]:
    """Return the composite of each set of dimensions, ``None`` if it has none, and the width of its interval."""
    if not ends:
        return []
    keys = [one.key for one in method.dimension]
    mean = PowerMeanPoints([one.weight for one in method.dimension], method.aggregation.exponent)
    triples = [[(end[key].score or 0.0, end[key].low, end[key].high) for key in keys] for end in ends]
    rows = [row for triple in triples for row in zip(*triple, strict=True)]
    table = pd.DataFrame(rows, columns=keys)
    found = mean.fit(table).transform(table).sum(axis=1).reshape(-1, 3).tolist()
    return [
        (score if _is_scored(method, end) else None, high - low)
        for end, (score, low, high) in zip(ends, found, strict=True)
    ]


def _is_scored(method: Method, dimensions: Mapping[str, Score]) -> bool:
    weights = {one.key: one.weight for one in method.dimension}
    known = sum(weights[key] * one.known_weight for key, one in dimensions.items()) / sum(weights.values())
    enough = 100 * known >= method.aggregation.floor_composite_percent
    return enough and all(one.score is not None for one in dimensions.values())


def _swing(
    method: Method,
    scored: Scored,
    real: list[Scored],
    case: _Case,
    composites: tuple[tuple[float | None, float], tuple[float | None, float]],
) -> Swing:
    key, fact, part = case.dimension, case.fact, case.part
    shown, whole = scored.dimensions[key], scored.composite
    others = [one for one in real if one.id != part.id]
    values = [_worst(end[key].score, [one.dimensions[key].score for one in others]) for end in case.ends]
    totals = [_worst(score, [one.composite.score for one in others]) for score, _ in composites]
    left = sum(width for _, width in composites) / len(composites)
    return Swing(
        part=part.id if scored.parts else None,
        dimension=key,
        indicator=fact.indicator,
        question=next(one.question for one in method.indicators if one.key == fact.indicator),
        kind=fact.kind,
        reason=fact.reason,
        sentence=fact.sentence,
        low=values[0],
        high=values[1],
        composite_low=totals[0],
        composite_high=totals[1],
        width=case.width if shown.part in (None, part.id) else 0.0,
        composite_width=whole.high - whole.low - left if whole.part in (None, part.id) else 0.0,
        bands=_bands(method, shown.band, values),
        composite_bands=_bands(method, whole.band, totals),
    )


def _worst(own: float | None, others: Sequence[float | None]) -> float | None:
    """Return the site's score with one part changed: the worst of its parts."""
    return max((one for one in (own, *others) if one is not None), default=None)


def _bands(method: Method, today: str | None, values: Sequence[float | None]) -> tuple[str, ...]:
    found = [method.band_of(value) for value in values]
    return tuple(dict.fromkeys(band for band in found if band is not None and band != today))

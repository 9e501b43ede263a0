"""The scores without one country series: what reads it becomes unknown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import numpy as np

from georisk.assessment import COMPOSITE, Assessment, Score, Scored
from georisk.changes.dropping import Drop
from georisk.changes.shifts import NOTHING
from georisk.changes.worlds import Reading
from georisk.method import Method
from georisk.scoring import PowerMeanPoints
from georisk.stages import only_planned

Moved = tuple[str, str, Reading, Reading]


def series_drops(assessment: Assessment, sites: Collection[str]) -> Iterator[tuple[str, Drop, list[Moved]]]:
    """Yield what each site's scores would be without each country series: site, drop, and the scores that move."""
    method = assessment.method
    for key in sorted({str(one.parameters["series"]) for one in method.indicators if "series" in one.parameters}):
        gone = {one.key for one in method.indicators if one.parameters.get("series") == key}
        title = assessment.evidence.series(key).edition.title
        drop = Drop("series", key, title, frozenset(), official=True)
        for site in sites:
            yield site, drop, _moved(assessment, assessment.sites[site], gone)


def _moved(assessment: Assessment, site: Scored, gone: Collection[str]) -> list[Moved]:
    method = assessment.method
    parts = {one.id: (_readings(method, one, ()), _readings(method, one, gone)) for one in (site.parts or (site,))}
    found = [(name, *ends) for name, ends in parts.items()]
    if site.parts:
        real = [one.id for one in site.parts if not only_planned(assessment.snapshot, one.id)] or list(parts)
        shown = tuple(
            {key: _worst(parts[name][end][key] for name in real) for key in parts[real[0]][0]} for end in (0, 1)
        )
        found.insert(0, (site.id, shown[0], shown[1]))
    return [
        (name, key, before[key], after[key])
        for name, before, after in found
        for key in before
        if before[key].band != after[key].band or abs(before[key].value - after[key].value) > NOTHING
    ]


def _readings(method: Method, scored: Scored, gone: Collection[str]) -> dict[str, Reading]:
    found = {key: _reading(method, score, gone) for key, score in scored.dimensions.items()}
    return {COMPOSITE: _composite(method, found), **found}


def _reading(method: Method, score: Score, gone: Collection[str]) -> Reading:
    """Return a dimension with some indicators unknown: points are shared out anew over what is still known."""
    weights = {one.key: one.weight for one in method.of(score.key)}
    was = sum(weights[one.indicator] for one in score.contributions)
    left = [one for one in score.contributions if one.indicator not in gone]
    known = sum(weights[one.indicator] for one in left)
    total = was + sum(weights[one.indicator] for one in score.unknown)
    points = {one.indicator: one.points * was / known for one in left}
    value, share = sum(points.values()), known / total if total else 0.0
    low = sum(weights[one.indicator] * one.low for one in left) / total if total else 0.0
    high = (sum(weights[one.indicator] * one.high for one in left) + 100 * (total - known)) / total if total else 0.0
    scored = value if 100 * share >= method.aggregation.floor_dimension_percent else None
    return Reading(
        scored, value, low, high, method.band_of(scored), share, "" if scored is not None else "unknown", points
    )


def _composite(method: Method, found: Mapping[str, Reading]) -> Reading:
    weights = [one.weight for one in method.dimension]
    table = np.array([[getattr(found[one.key], name) for one in method.dimension] for name in ("value", "low", "high")])
    points = PowerMeanPoints(weights, method.aggregation.exponent).fit(table).transform(table)
    value, low, high = points.sum(axis=1).tolist()
    share = sum(found[one.key].known_weight * one.weight for one in method.dimension) / sum(weights)
    enough = 100 * share >= method.aggregation.floor_composite_percent
    scored = value if enough and all(one.score is not None for one in found.values()) else None
    named = dict(zip(found, points[0].tolist(), strict=True))
    return Reading(
        scored, value, low, high, method.band_of(scored), share, "" if scored is not None else "unknown", named
    )


def _worst(readings: Iterator[Reading]) -> Reading:
    return replace(max(readings, key=lambda one: (one.score is not None, one.score or 0.0, one.high)))

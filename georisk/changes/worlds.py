"""Many hypothetical registries scored in one run of the method, side by side.

A world is one site with everything that lies above it, as it would be. In the run every world's site, parties and
statements carry names of their own (``name~7``), so that the method's long tables answer for all worlds at once
and no second way of scoring exists. Only the run with A and B evidence is made: it alone moves printed scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np

from georisk.assessment import COMPOSITE
from georisk.evidence import Evidence
from georisk.method import Method
from georisk.scoring import PowerMeanPoints, Scores, score_subjects
from georisk.seeds import Party, Seeds, Site, Topic
from georisk.snapshot import Snapshot
from georisk.stages import only_planned
from georisk.statements import Source, Statement

_FIELDS = tuple(field.name for field in fields(Statement))
_VALUES = attrgetter(*_FIELDS)
_PLACE = {name: place for place, name in enumerate(_FIELDS)}


@dataclass(frozen=True, slots=True)
class World:
    """One site, the parties above and beside it, and what is said of them."""

    site: Site
    parties: tuple[Party, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Ground:
    """What all worlds of one run share.

    Attributes
    ----------
    as_of, known_by
        The two clocks.
    method, references
        The method and the folder of country series.
    sources
        Sources by key; those of all worlds.
    places, programmes, topics
        Places and programmes, and the statements about them.
    """

    as_of: date
    known_by: date
    method: Method
    references: Path
    sources: Mapping[str, Source]
    places: Mapping[str, Topic]
    programmes: Mapping[str, Topic]
    topics: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One score of a site or part in one world.

    Attributes
    ----------
    score
        0 to 100; ``None`` below the floor, ``reason`` says why.
    value
        The same where there is a score; below the floor the score of what little is known, 0 if nothing is.
    low, high
        With the unknown at 0 and at 100.
    points
        What each indicator adds (in the composite: each dimension); they add up to ``value``.
    part
        The part of the site it comes from.
    """

    score: float | None
    value: float
    low: float
    high: float
    band: str | None
    known_weight: float
    reason: str
    points: Mapping[str, float]
    part: str | None = None


Readings = Mapping[tuple[str, str], Reading]
"""Readings by subject (site or part, under its real name) and dimension (``composite`` among them)."""


def score_worlds(ground: Ground, worlds: Sequence[World]) -> list[Readings]:
    """Score every world.

    Parameters
    ----------
    ground
        What the worlds share.
    worlds
        The worlds; the same site may stand in many.

    Returns
    -------
    list
        Readings of each world, in order.
    """
    if not worlds:
        return []
    snapshot = _joined(ground, worlds)
    run = score_subjects(Evidence(snapshot, ground.method, ground.references))
    found = _readings(run, ground.method)
    keys = [COMPOSITE, *(dimension.key for dimension in ground.method.dimension)]
    return [_of_world(snapshot, found, keys, world.site, number) for number, world in enumerate(worlds)]


def _joined(ground: Ground, worlds: Sequence[World]) -> Snapshot:
    sites: dict[str, Site] = {}
    parties: dict[str, Party] = {}
    statements: list[Statement] = list(ground.topics)
    for number, world in enumerate(worlds):
        names = _names(world, number, ground)
        sites[names[world.site.id]] = _renamed_site(world.site, names)
        parties.update((names[one.id], replace(one, id=names[one.id])) for one in world.parties)
        statements += (_renamed(one, names, number) for one in world.statements)
    seeds = Seeds(sites, parties, ground.places, ground.programmes, ground.sources, (), (), ())
    return Snapshot(seeds, ground.as_of, ground.known_by, tuple(statements), weak_used=False)


def _names(world: World, number: int, ground: Ground) -> dict[str, str]:
    """Map every id of a world to its name in the run; countries and programmes keep theirs."""
    mark = f"~{number}"
    names = {one.id: one.id + mark for one in world.parties}
    names |= {one.subject: one.subject + mark for one in world.statements}
    site = world.site.id
    names[site] = site + mark
    names |= {part.id: site + mark + part.id.removeprefix(site) for part in world.site.parts}
    for shared in (*ground.places, *ground.programmes):
        names.pop(shared, None)
    return names


def _renamed_site(site: Site, names: Mapping[str, str]) -> Site:
    def holder(given: str | None) -> str | None:
        return None if given is None else names.get(given, given)

    parts = tuple(replace(one, id=names[one.id], title_holder=holder(one.title_holder)) for one in site.parts)
    return replace(site, id=names[site.id], title_holder=holder(site.title_holder), parts=parts)


def _renamed(one: Statement, names: Mapping[str, str], number: int) -> Statement:
    values = list(_VALUES(one))
    values[_PLACE["id"]] = f"{one.id}~{number}"
    values[_PLACE["subject"]] = names[one.subject]
    values[_PLACE["value"]] = _renamed_value(one.value, names)
    values[_PLACE["qualifiers"]] = {key: _renamed_value(value, names) for key, value in one.qualifiers.items()}
    return Statement(*values)


def _renamed_value(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_renamed_value(one, names) for one in value]
    if isinstance(value, dict):
        return {key: _renamed_value(one, names) for key, one in value.items()}
    return value


def _readings(run: Scores, method: Method) -> dict[tuple[str, str], Reading]:
    points = _points(run)
    found: dict[tuple[str, str], Reading] = {}
    for row in run.dimensions.itertuples(index=False):
        own = points.get((row.subject, row.dimension), {})
        score = None if np.isnan(row.score) else float(row.score)
        value = sum(own.values()) if score is None else score
        found[row.subject, row.dimension] = Reading(
            score, value, float(row.low), float(row.high), row.band if score is not None else None,
            float(row.known_weight), row.reason, own,
        )  # fmt: skip
    return found | _composites(found, method)


def _points(run: Scores) -> dict[tuple[str, str], dict[str, float]]:
    known = run.marks[run.marks["reason"] == ""]
    found: dict[tuple[str, str], dict[str, float]] = {}
    columns = (known[name].tolist() for name in ("subject", "dimension", "indicator", "points"))
    for subject, dimension, indicator, points in zip(*columns, strict=True):
        found.setdefault((subject, dimension), {})[indicator] = points
    return found


def _composites(found: Mapping[tuple[str, str], Reading], method: Method) -> dict[tuple[str, str], Reading]:
    """Return the composites with their points by dimension; below the floor, that of what little is known."""
    keys = [dimension.key for dimension in method.dimension]
    subjects = [subject for subject, key in found if key == COMPOSITE]
    table = np.array([[found[subject, key].value for key in keys] for subject in subjects]).reshape(-1, len(keys))
    mean = PowerMeanPoints([dimension.weight for dimension in method.dimension], method.aggregation.exponent)
    points = mean.fit(table).transform(table).tolist()
    return {
        (subject, COMPOSITE): replace(
            found[subject, COMPOSITE], value=sum(row), points=dict(zip(keys, row, strict=True))
        )
        for subject, row in zip(subjects, points, strict=True)
    }


def _of_world(
    snapshot: Snapshot, found: Mapping[tuple[str, str], Reading], keys: Sequence[str], site: Site, number: int
) -> Readings:
    name = f"{site.id}~{number}"
    if not site.parts:
        return {(site.id, key): found[name, key] for key in keys}
    inside = {part.id: name + part.id.removeprefix(site.id) for part in site.parts}
    readings = {(part, key): found[named, key] for part, named in inside.items() for key in keys}
    real = [part for part, named in inside.items() if not only_planned(snapshot, named)] or list(inside)
    for key in keys:
        readings[site.id, key] = _worst(replace(readings[part, key], part=part) for part in real)
    return readings


def _worst(readings: Iterator[Reading]) -> Reading:
    return max(readings, key=lambda one: (one.score is not None, one.score or 0.0, one.high))

"""How well a place answers a question: likeness of name, source, kind, commodity and where it lies."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from georisk.errors import UsageError
from georisk.places.asking import Question
from georisk.places.gazetteer import Entry
from georisk.places.geometry import distance_km

__all__ = ["WORKS", "Match", "Rules", "distinct", "read_rules", "scored", "shares_commodity"]

WORKS = frozenset({"refinery", "smelter", "plant", "mill", "alloy-plant", "magnet-plant", "laboratory"})
PITS = frozenset({"mine", "deposit", "seabed-deposit"})
LARGEST = 6.0  # decimal logarithm of a million people


@dataclass(frozen=True, slots=True)
class Match:
    """A place that bears, or nearly bears, the name: likeness 0 to 1, in which way, and the score once it has one."""

    entry: Entry
    likeness: float
    how: str
    score: float = 0.0


@dataclass(frozen=True)
class Rules:
    """The numbers of ``ranking.toml``."""

    settled: float
    most: int
    least: float
    within: float
    same_km: float
    likeness: dict[str, float]
    source: dict[str, float]
    doubt: dict[str, float]


@lru_cache(maxsize=4)
def read_rules(folder: Path) -> Rules:
    """Read ``ranking.toml`` of a gazetteer's folder."""
    path = folder / "ranking.toml"
    if not path.is_file():
        raise UsageError(f"{path}: no such file; the gazetteer's folder holds ranking.toml")
    return Rules(**tomllib.loads(path.read_text(encoding="utf-8")))


def scored(match: Match, question: Question, beside: Sequence[Entry] | None, rules: Rules) -> Match:
    """Give a match its score.

    Parameters
    ----------
    beside
        Towns that follow the name in the question; ``None`` where none does, empty where none was found.
    """
    factors = [
        _source(match.entry, rules),
        *_hints(match.entry, question, rules),
        *_where(match.entry, question, beside, rules),
    ]
    return replace(match, score=round(match.likeness * math.prod(factors), 4))


def _source(entry: Entry, rules: Rules) -> float:
    if entry.source != "geonames":
        return rules.source.get(entry.source, rules.source["usgs"])
    share = min(math.log10(max(entry.population, 1)) / LARGEST, 1.0) ** 2
    return rules.source["hamlet"] + share * (rules.source["geonames"] - rules.source["hamlet"])


def _hints(entry: Entry, question: Question, rules: Rules) -> list[float]:
    kinds, commodities = question.name.kinds, question.name.commodities
    factors = []
    if kinds and entry.kind == "town":
        factors.append(1.0 if "town" in kinds else rules.doubt["works"])
    elif (kinds & WORKS and entry.kind in PITS) or (kinds & PITS and entry.kind in WORKS) or "town" in kinds:
        factors.append(rules.doubt["kind"])
    if commodities and entry.commodities and not shares_commodity(commodities, entry.commodities):
        factors.append(rules.doubt["commodity"])
    return factors


def shares_commodity(asked: frozenset[str], had: Sequence[str]) -> bool:
    """Say whether a place has a commodity that is asked for, whatever form of words it has it in."""
    return any(one.replace("-", " ")[:6] in other.replace("-", " ") for one in asked for other in had)


def _where(entry: Entry, question: Question, beside: Sequence[Entry] | None, rules: Rules) -> list[float]:
    factors = []
    if question.regions and not any(
        distance_km(entry.lon, entry.lat, one.lon, one.lat) <= one.radius_km + entry.precision_km
        for one in question.regions
    ):
        factors.append(rules.doubt["region"])
    if beside is not None and not beside:
        factors.append(rules.doubt["unplaced"])
    elif beside and not any(
        distance_km(entry.lon, entry.lat, town.lon, town.lat) <= rules.doubt["beside_km"] for town in beside
    ):
        factors.append(rules.doubt["beside"])
    return factors


def distinct(matches: Sequence[Match], rules: Rules) -> list[Match]:
    """Return the matches worth giving, best first, each place once.

    A place within the radius of a better one counts as the same place.
    """
    kept: list[Match] = []
    for match in sorted(
        matches, key=lambda one: (-one.score, one.entry.precision_km, one.entry.name, one.entry.record)
    ):
        if match.score < max(rules.least, kept[0].score - rules.within if kept else 0.0):
            break
        if not any(_same(match.entry, better.entry, rules) for better in kept):
            kept.append(match)
    return kept[: rules.most]


def _same(entry: Entry, better: Entry, rules: Rules) -> bool:
    if (entry.source, entry.record) == (better.source, better.record) and entry.record:
        return True
    reach = max(rules.same_km, better.precision_km, entry.precision_km)
    return bool(distance_km(entry.lon, entry.lat, better.lon, better.lat) <= reach)

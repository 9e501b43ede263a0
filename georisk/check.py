"""What must hold across the files of a workspace: references, values, sums of stakes, places.

Faults stop a build; warnings are printed and stop nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from georisk.errors import Fault
from georisk.ownership.stakes import best_first, in_effect, percents
from georisk.seeds import Seeds
from georisk.snapshot import Snapshot
from georisk.statements import Statement
from georisk.vocabulary import Vocabulary, read_vocabulary

PARTY_QUALIFIERS = (
    "owner", "holder", "lender", "recipient", "buyer", "supplier", "processor", "payee", "payer", "partner", "claimant",
    "party",
)  # fmt: skip
CODED_QUALIFIERS = {
    "country": "countries", "channel": "channels", "channels": "channels", "against": "proceeding-targets",
    "geometry_basis": "geometry-bases",
}  # fmt: skip
FREE_TEXT_PARTIES = frozenset({"partner", "claimant", "party", "buyer", "supplier"})
"""Qualifiers that may also hold plain words ("twenty groups"); all others must be ids of parties."""


@dataclass(frozen=True)
class Findings:
    """What a check found."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def check_seeds(seeds: Seeds, data: Path) -> Findings:
    """Check everything that reading one file alone cannot see.

    Parameters
    ----------
    seeds
        The seeds as read.
    data
        The ``data/`` folder: vocabularies and the layers of places.
    """
    faults = [fault for statement in seeds.statements for fault in _statement_faults(statement, seeds, data)]
    faults += _title_holder_faults(seeds)
    faults += _sum_faults(seeds)
    faults += _closure_faults(seeds)
    place_faults, warnings = _place_faults(seeds, data)
    return Findings(tuple(faults + place_faults), tuple(warnings))


def _spot(statement: Statement) -> str:
    return f"{statement.file} [{statement.key.split(':', 1)[1]}]"


def _statement_faults(statement: Statement, seeds: Seeds, data: Path) -> Iterator[Fault]:
    vocabulary = data / "vocabulary"
    kind = read_vocabulary(vocabulary, "properties")[statement.property].more.get("value", "any")
    if statement.value is not None:
        yield from _value_faults(statement, kind, seeds, vocabulary)
    for name, value in statement.qualifiers.items():
        yield from _qualifier_faults(statement, name, value, seeds, vocabulary)
    if statement.property == "stake" and statement.absent is None and "owner" not in statement.qualifiers:
        yield Fault(_spot(statement), "is a stake without an owner", 'add qualifiers = { owner = "<party id>" }')


def _value_faults(statement: Statement, kind: str, seeds: Seeds, vocabulary: Path) -> Iterator[Fault]:
    value, spot = statement.value, _spot(statement)
    if kind == "percent" and not _is_percent(value):
        yield Fault(spot, f"value {value!r}", "a number from 0 to 100, or [low, high]")
    if kind in ("number", "money") and not _is_number(value):
        yield Fault(spot, f"value {value!r}", "a plain number, or [low, high]")
    if kind == "money" and not _is_currency(statement.unit):
        yield Fault(spot, f"unit {statement.unit!r}", "an ISO 4217 currency code such as USD")
    if kind == "country":
        yield from _code_faults(spot, "value", value, read_vocabulary(vocabulary, "countries"))
    if kind == "stage":
        yield from _code_faults(spot, "value", value, read_vocabulary(vocabulary, "stages"))
    if kind == "party" and value not in seeds.parties:
        yield Fault(spot, f"value {value!r} is no party", "add seeds/parties/<id>.toml")
    if kind == "list" and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        yield Fault(spot, f"value {value!r}", "a list of texts")
    if kind == "text" and not isinstance(value, str):
        yield Fault(spot, f"value {value!r}", "a text")


def _is_number(value: Any) -> bool:
    ends = value if isinstance(value, list) else [value]
    if any(isinstance(one, bool) or not isinstance(one, (int, float)) for one in ends):
        return False
    return len(ends) in (1, 2) and all(math.isfinite(one) for one in ends) and ends[0] <= ends[-1]


def _is_percent(value: Any) -> bool:
    return _is_number(value) and all(0 <= one <= 100 for one in (value if isinstance(value, list) else [value]))


def _is_currency(unit: str | None) -> bool:
    return unit is not None and len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()


def _code_faults(spot: str, name: str, value: Any, terms: Vocabulary) -> Iterator[Fault]:
    for code in value if isinstance(value, list) else [value]:
        if code not in terms:
            yield Fault(spot, f"{name} {code!r} is not known", terms.allowed())


def _qualifier_faults(statement: Statement, name: str, value: Any, seeds: Seeds, vocabulary: Path) -> Iterator[Fault]:
    spot = _spot(statement)
    if name in ("via", "includes"):
        for party in value if isinstance(value, list) else [value]:
            if party not in seeds.parties:
                yield Fault(spot, f"{name} names {party!r}, which is no party", "add seeds/parties/<id>.toml")
    elif name in PARTY_QUALIFIERS and name not in FREE_TEXT_PARTIES:
        if value not in seeds.parties and value not in seeds.sites:
            yield Fault(spot, f"{name} {value!r} is no party", "add seeds/parties/<id>.toml")
    elif name in CODED_QUALIFIERS:
        yield from _code_faults(spot, name, value, read_vocabulary(vocabulary, CODED_QUALIFIERS[name]))
    elif name == "kind" and statement.property == "finance":
        yield from _code_faults(spot, name, value, read_vocabulary(vocabulary, "finance-kinds"))


def _title_holder_faults(seeds: Seeds) -> list[Fault]:
    faults = []
    for site in seeds.sites.values():
        for holder in (site.title_holder, *(part.title_holder for part in site.parts)):
            if holder is not None and holder not in seeds.parties:
                where = f"seeds/sites/{site.id}/site.toml"
                faults.append(Fault(where, f"title_holder {holder!r} is no party", "add seeds/parties/<id>.toml"))
    subjects = {one for site in seeds.sites.values() for one in (site.id, *(part.id for part in site.parts))}
    for statement in seeds.statements:
        if statement.file.startswith("seeds/sites/") and statement.subject not in subjects:
            faults.append(
                Fault(_spot(statement), f"part of {statement.subject!r} is not known", "add it under [[part]]")
            )
    return faults


def _sum_faults(seeds: Seeds) -> list[Fault]:
    """Name the stakes in one company whose best figures add to more than 100 at some moment."""
    faults: dict[tuple[str, ...], Fault] = {}
    stakes = [one for one in seeds.statements if one.property == "stake"]
    known = Snapshot.take(seeds, date.max, date.max).known
    ends = {one.valid_until.last for one in known if one.property == "stake" and one.valid_until is not None}
    for moment in sorted(ends | {one.valid_from.last for one in stakes if one.valid_from is not None} | {date.max}):
        by_owned: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
        for one in in_effect(Snapshot(seeds, moment, date.max, known)):
            by_owned[one.subject][str(one.qualifiers["owner"])].append(one)
        for owned, holders in by_owned.items():
            best = _best_figures(holders)
            total = sum(percents(one.value)[1] or 0.0 for one in best)
            if total > 100 + 1e-9:
                names = tuple(sorted(one.key for one in best))
                on = "today and later" if moment == date.max else f"on {moment}"
                text = f"stakes in {owned} add to {total:g} % {on}: {', '.join(names)}"
                faults.setdefault(
                    names, Fault(best[0].file, text, "close what was superseded; shares are never rescaled")
                )
    return list(faults.values())


def _best_figures(holders: dict[str, list[Statement]]) -> list[Statement]:
    best = []
    for owner, found in holders.items():
        figured = best_first(one for one in found if one.value is not None and one.qualifiers.get("basis") != "voting")
        if figured and not any(
            member in holders for member in figured[0].qualifiers.get("includes", ()) if member != owner
        ):
            best.append(figured[0])
    return best


def _closure_faults(seeds: Seeds) -> list[Fault]:
    starts = {one.id: one.valid_from for one in seeds.statements}
    faults = []
    for closure in seeds.closures:
        for target in closure.closes:
            start = starts.get(target)
            if start is not None and closure.valid_until.last < start.first:
                text = f"ends {closure.valid_until}, before the statement begins ({start})"
                faults.append(
                    Fault(f"{closure.file} [{closure.key.split(':', 1)[1]}]", text, "the end is the first day after")
                )
    return faults


def _place_faults(seeds: Seeds, data: Path) -> tuple[list[Fault], list[Fault]]:
    from georisk.geojson import ShapeError, from_geojson
    from georisk.places.borders import country_distance_km

    faults: list[Fault] = []
    warnings: list[Fault] = []
    for statement in seeds.statements:
        if statement.property != "location" or not isinstance(statement.value, dict):
            continue
        country = str(statement.qualifiers.get("country"))
        precision = float(statement.qualifiers.get("precision_km", 0.0))
        try:
            away = country_distance_km(data / "places", from_geojson(statement.value), country)
        except ShapeError as error:
            faults.append(Fault(_spot(statement), f"geometry: {error}", "write GeoJSON as in RFC 7946"))
            continue
        if away > precision:
            text = f"lies {away:.1f} km outside {country}, its precision is {precision:g} km"
            line = statement.qualifiers.get("geometry_basis") == "schematic"
            (warnings if line else faults).append(
                Fault(_spot(statement), text, "mend the place, the country or the precision")
            )
    return faults, warnings


def print_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults ordered by file and record."""
    return sorted(faults, key=lambda fault: (fault.where, fault.found))

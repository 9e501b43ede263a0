"""What must hold across the files of a workspace: references, values, sums of stakes, places.

Faults stop a build; warnings are printed and stop nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from georisk.errors import Fault, FaultGroup
from georisk.indicators import NAMES
from georisk.method import read_method
from georisk.ownership.stakes import best_first, in_effect, percents
from georisk.reference import series_faults
from georisk.screens.lists.kinds import read_kinds, read_matching
from georisk.screens.rules import read_rules
from georisk.seeds import Seeds, gather_seeds
from georisk.snapshot import Snapshot
from georisk.statements import Statement
from georisk.values import spot, statement_faults
from georisk.vocabulary import Vocabulary, read_vocabulary


@dataclass(frozen=True)
class Findings:
    """What a check found."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def check_workspace(folder: Path, data: Path) -> tuple[Seeds | None, Findings]:
    """Check every file of a workspace; what can be read is checked even where another file cannot be read.

    Parameters
    ----------
    folder
        The ``seeds/`` folder.
    data
        The ``data/`` folder.

    Returns
    -------
    Seeds or None, Findings
        What could be read (``None`` where a vocabulary or layer is broken), and all faults.
    """
    faults = data_faults(data)
    try:
        seeds, unread = gather_seeds(folder, data / "vocabulary")
        found = check_seeds(seeds, data)
    except Fault as fault:
        return None, Findings(_once([*faults, fault]), ())
    return seeds, Findings(_once([*faults, *unread, *found.faults]), found.warnings)


def _once(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple({(fault.where, fault.found): fault for fault in faults}.values())


def data_faults(data: Path) -> list[Fault]:
    """Return what is wrong in the method, the vocabularies and the country series."""
    faults: list[Fault] = []
    try:
        read_method(data / "method", NAMES)
    except FaultGroup as group:
        faults += [one for one in group.exceptions if isinstance(one, Fault)]
    except Fault as fault:
        faults.append(fault)
    for read in (
        lambda: read_rules(data / "method" / "screens"),
        lambda: read_kinds(data),
        lambda: read_matching(data),
    ):
        try:
            read()
        except FaultGroup as group:
            faults += [one for one in group.exceptions if isinstance(one, Fault)]
        except Fault as fault:
            faults.append(fault)
    for path in sorted((data / "vocabulary").glob("*.csv")):
        try:
            read_vocabulary(path.parent, path.stem)
        except Fault as fault:
            faults.append(fault)
    for path in sorted((data / "reference").glob("*.csv")):
        faults += series_faults(path.parent, path.stem)
    return faults


def check_seeds(seeds: Seeds, data: Path) -> Findings:
    """Check everything that reading one file alone cannot see.

    Parameters
    ----------
    seeds
        The seeds as read.
    data
        The ``data/`` folder: vocabularies and the layers of places.
    """
    faults = record_faults(seeds, data)
    place_faults, warnings = _place_faults(seeds, data)
    return Findings(tuple(faults + place_faults), tuple(warnings))


def record_faults(seeds: Seeds, data: Path) -> list[Fault]:
    """Return what is wrong in the records; where places lie is not looked at, which takes longer."""
    own = {statement.id: list(statement_faults(statement, seeds, data)) for statement in seeds.statements}
    faults = [fault for found in own.values() for fault in found]
    sound = replace(seeds, statements=tuple(one for one in seeds.statements if not own[one.id]))
    listed = list(_list_faults(seeds, data))
    return faults + listed + _title_holder_faults(seeds) + _sum_faults(sound) + _closure_faults(seeds)


def _list_faults(seeds: Seeds, data: Path) -> Iterator[Fault]:
    """Yield list entries that name no known list."""
    entries = [one for one in seeds.statements if one.property == "list-entry"]
    kinds = read_kinds(data) if entries else {}
    for one in entries:
        if one.qualifiers.get("list") not in kinds:
            yield Fault(spot(one), f"list is {one.qualifiers.get('list')!r}", f"allowed: {', '.join(kinds)}")


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
                Fault(spot(statement), f"part of {statement.subject!r} is not known", "add it under [[part]]")
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
    from georisk.places.borders import country_distance_km
    from georisk.places.geojson import ShapeError, from_geojson

    faults: list[Fault] = []
    warnings: list[Fault] = []
    countries = read_vocabulary(data / "vocabulary", "countries")
    for statement in seeds.statements:
        if statement.property != "location" or not _is_place(statement, countries):
            continue
        country, precision = str(statement.qualifiers["country"]), float(statement.qualifiers["precision_km"])
        try:
            away = country_distance_km(data / "places", from_geojson(statement.value), country)
        except ShapeError as error:
            faults.append(Fault(spot(statement), f"geometry: {error}", "write GeoJSON as in RFC 7946"))
            continue
        if away > precision:
            text = f"lies {away:.1f} km outside {country}, its precision is {precision:g} km"
            drawn = "Line" in str(statement.value.get("type"))
            line = drawn and statement.qualifiers.get("geometry_basis") == "schematic"
            (warnings if line else faults).append(
                Fault(spot(statement), text, "mend the place, the country or the precision")
            )
    return faults, warnings


def _is_place(statement: Statement, countries: Vocabulary) -> bool:
    """Say whether a location can be measured; what keeps it from being so is a fault of its own."""
    given = statement.qualifiers
    numbered = isinstance(given.get("precision_km"), (int, float))
    return isinstance(statement.value, dict) and given.get("country") in countries and numbered


def print_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults ordered by file and record."""
    return sorted(faults, key=lambda fault: (fault.where, fault.found))

"""Long tables that indicators read: subjects, places, statements in scope, stakes and what lies above them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from georisk.method import Method
from georisk.ownership.blocs import BLOC, as_bloc
from georisk.ownership.bounds import Bounds, joint_bounds
from georisk.ownership.chains import Link, links_above
from georisk.ownership.graph import OwnershipGraph
from georisk.ownership.nationality import nationals, placed
from georisk.ownership.shares import group_shares
from georisk.ownership.stakes import Ageing, ownership_graph
from georisk.ownership.unresolved import unresolved_shares
from georisk.places.geojson import from_geojson
from georisk.places.reach import Circle, enclosing, reached
from georisk.reference import Series, read_series
from georisk.snapshot import Snapshot
from georisk.statements import Statement
from georisk.vocabulary import Vocabulary, read_vocabulary

FINDING = ["subject", "value", "low", "high", "reason", "statements", "detail"]
"""Columns of a table of findings.

subject
    Site or part.
value, low, high
    In the indicator's unit; the point is NaN where it is unknown.
reason
    Code why it is unknown or ``not-applicable``; ``""`` where it is known.
statements
    Ids of the statements and reference rows behind it.
detail
    What the sentence of the indicator needs, as text by name.
"""


@dataclass(frozen=True, slots=True)
class Joint:
    """What a group holds in every party, per cent; ``of_state``: what ends at its state; bounds of those outside it."""

    value: Mapping[str, float]
    of_state: Mapping[str, float]
    bounds: Bounds


@dataclass(frozen=True)
class Evidence:
    """Everything the indicators of one run look at."""

    snapshot: Snapshot
    method: Method
    references: Path

    def series(self, key: str) -> Series:
        """Return a reference series."""
        return read_series(self.references, key)

    @cached_property
    def subjects(self) -> pd.DataFrame:
        """Sites and parts that are scored: subject, site, root (the owned node)."""
        rows = [
            (subject, site.id, site.holder_of(subject))
            for site in self.snapshot.seeds.sites.values()
            for subject in site.subjects()
        ]
        return pd.DataFrame(rows, columns=["subject", "site", "root"], dtype=object)

    @cached_property
    def places(self) -> pd.DataFrame:
        """Host countries of each subject: subject, place (ISO 3166-1 alpha-3), statement."""
        rows = [
            (subject, str(one.qualifiers["country"]), one.id)
            for subject in self.subjects["subject"]
            for one in self.snapshot.holding(subject, "location", "admin-unit")
            if "country" in one.qualifiers
        ]
        table = pd.DataFrame(rows, columns=["subject", "place", "statement"], dtype=object)
        return table.drop_duplicates(["subject", "place"])

    @cached_property
    def hosts(self) -> pd.DataFrame:
        """Stated hosts, and those the radius of a position reaches beside them: also ``radius_km``, 0 if stated.

        Schematic lines stray and count with the country they state. Without the layers of places none is reached.
        """
        layers = self.references.parent / "places"
        shapes = list(self._shapes()) if layers.is_dir() else []
        found = reached(layers.resolve(), [circle for _, _, circle in shapes])
        rows = [
            (subject, place, statement, circle.radius_km)
            for (subject, statement, circle), places in zip(shapes, found, strict=True)
            for place in places
        ]
        beside = pd.DataFrame(rows, columns=["subject", "place", "statement", "radius_km"])
        table = pd.concat([self.places.assign(radius_km=0.0), beside.astype({"radius_km": float})])
        return table.drop_duplicates(["subject", "place"]).reset_index(drop=True)

    def _shapes(self) -> Iterator[tuple[str, str, Circle]]:
        for subject in self.subjects["subject"]:
            for one in self.snapshot.holding(subject, "location"):
                if isinstance(one.value, dict) and one.qualifiers.get("geometry_basis") != "schematic":
                    doubt = float(one.qualifiers.get("precision_km", 0.0))
                    yield subject, one.id, enclosing(from_geojson(one.value), doubt)

    @cached_property
    def abouts(self) -> dict[str, list[str]]:
        """Whose statements speak of a subject: itself, its site, its title holder, its operators."""
        found = {}
        for row in self.subjects.itertuples(index=False):
            names = [row.subject, row.site, row.root]
            names += [str(one.value) for name in (row.subject, row.site) for one in self._operators(name)]
            found[row.subject] = list(dict.fromkeys(names))
        return found

    def _operators(self, subject: str) -> list[Statement]:
        return [one for one in self.snapshot.holding(subject, "operator") if one.value is not None]

    def holding(self, subject: str, *names: str) -> list[Statement]:
        """Return statements in scope of a subject that hold on the day."""
        if len(names) == 1:
            return self.said(names[0]).get(subject, [])
        return [one for about in self.abouts[subject] for one in self.snapshot.holding(about, *names)]

    def said(self, name: str) -> Mapping[str, list[Statement]]:
        """Return by subject the statements of one property in scope that hold on the day, where there are any."""
        if name not in self._said:
            spoken = {subject for one in self.snapshot.every(name) for subject in self._scopes.get(one.subject, ())}
            found = {
                subject: [one for about in self.abouts[subject] for one in self.snapshot.holding(about, name)]
                for subject in spoken
            }
            self._said[name] = {subject: statements for subject, statements in found.items() if statements}
        return self._said[name]

    @cached_property
    def _said(self) -> dict[str, Mapping[str, list[Statement]]]:
        return {}

    @cached_property
    def _scopes(self) -> dict[str, list[str]]:
        """The subjects that a site, part or party speaks of."""
        found: dict[str, list[str]] = defaultdict(list)
        for subject, abouts in self.abouts.items():
            for about in abouts:
                found[about].append(subject)
        return found

    def known_of(self, subject: str, *names: str) -> list[Statement]:
        """Return all statements in scope of a subject that were known, past and planned ones too."""
        return [one for about in self.abouts[subject] for one in self.snapshot.known_of(about, *names)]

    @cached_property
    def graph(self) -> OwnershipGraph:
        """The stakes in effect on the day."""
        ageing = Ageing(self.method.ageing.grace_months, self.method.ageing.per_year)
        return ownership_graph(self.snapshot, ageing)

    @cached_property
    def links(self) -> dict[str, list[Link]]:
        """The material links above each owned node."""
        roots = dict.fromkeys(self.subjects["root"])
        return links_above(self.graph, roots, self.method.ownership.material_percent)

    @cached_property
    def unresolved(self) -> Mapping[str, float]:
        """Per cent of every party that ends with holders nobody names, or at shares nobody published."""
        return unresolved_shares(self.graph)

    @cached_property
    def chinese_shares(self) -> Joint:
        """What Chinese parties hold in every party, jointly and at the Chinese state, per cent with bounds."""
        graph, group = self.graph, sorted(self.chinese_placed)
        state = [party for party in group if graph.holders[party].kind in ("government", "party_state_organ")]
        return Joint(
            group_shares(graph, group).value,
            group_shares(graph, state).value,
            joint_bounds(as_bloc(graph, group), [BLOC], self.method.ownership.float_holder_percent),
        )

    @cached_property
    def chinese_placed(self) -> frozenset[str]:
        """Parties organised or domiciled in a Chinese place: where Chinese equity ends."""
        return placed(self.snapshot, self.graph, self.method.ownership)

    @cached_property
    def chinese(self) -> frozenset[str]:
        """Parties organised or domiciled in a Chinese place, or controlled from there."""
        return nationals(self.snapshot, self.graph, self.method.ownership)

    def is_chinese(self, party: Any) -> bool:
        """Say whether a named party counts as Chinese, holders and trading partners alike."""
        if not isinstance(party, str):
            return False
        places = set(self.method.ownership.chinese_places)
        return party in self.chinese or self.snapshot.country_of(party) in places

    def place_name(self, code: str) -> str:
        """Return the English name of a country code."""
        return self._countries.title(code) if code in self._countries else code

    @cached_property
    def _countries(self) -> Vocabulary:
        return read_vocabulary(self.references.parent / "vocabulary", "countries")

    @cached_property
    def roots(self) -> list[tuple[str, str]]:
        """Every subject with its owned node."""
        return list(zip(self.subjects["subject"].tolist(), self.subjects["root"].tolist(), strict=True))

    @cached_property
    def home_of(self) -> Mapping[str, frozenset[str]]:
        """The stated host countries of each subject that has one."""
        found: dict[str, set[str]] = defaultdict(set)
        for subject, place in zip(self.places["subject"].tolist(), self.places["place"].tolist(), strict=True):
            found[subject].add(place)
        return {subject: frozenset(places) for subject, places in found.items()}

    def name(self, party: Any) -> str:
        """Return the name of a party."""
        return self.snapshot.name(str(party))


def findings(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a table of findings with all columns; missing cells get their neutral value."""
    told = list(rows)
    columns: dict[str, Any] = {"subject": pd.Series([row["subject"] for row in told], dtype=object)}
    for name in ("value", "low", "high"):
        columns[name] = np.array([row.get(name) for row in told], dtype=float)
    for name, neutral in (("reason", ""), ("statements", ()), ("detail", {})):
        columns[name] = pd.Series([row.get(name, neutral) for row in told], dtype=object)
    return pd.DataFrame(columns, columns=FINDING)


def known(
    subject: str, value: float, low: float, high: float, statements: Iterable[str], /, **detail: str
) -> dict[str, Any]:
    """Return one finding whose value is known."""
    return {"subject": subject, "value": value, "low": min(low, value), "high": max(high, value),
            "statements": tuple(dict.fromkeys(statements)), "detail": detail}  # fmt: skip


def unknown(subject: str, reason: str, statements: Iterable[str] = ()) -> dict[str, Any]:
    """Return one finding whose value is not known, with the reason."""
    return {"subject": subject, "reason": reason, "statements": tuple(statements)}

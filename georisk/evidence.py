"""Long tables that indicators read: subjects, places, statements in scope, stakes and what lies above them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from georisk.method import Method
from georisk.ownership.chains import Link, links_above
from georisk.ownership.graph import OwnershipGraph
from georisk.ownership.nationality import nationals, placed
from georisk.ownership.stakes import Ageing, ownership_graph
from georisk.reference import Series, read_series
from georisk.snapshot import Snapshot
from georisk.statements import Statement
from georisk.vocabulary import read_vocabulary

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
        return pd.DataFrame(rows, columns=["subject", "site", "root"])

    @cached_property
    def places(self) -> pd.DataFrame:
        """Host countries of each subject: subject, place (ISO 3166-1 alpha-3), statement."""
        rows = [
            (subject, str(one.qualifiers["country"]), one.id)
            for subject in self.subjects["subject"]
            for one in self.snapshot.holding(subject, "location", "admin-unit")
            if "country" in one.qualifiers
        ]
        table = pd.DataFrame(rows, columns=["subject", "place", "statement"])
        return table.drop_duplicates(["subject", "place"])

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
        return [one for about in self.abouts[subject] for one in self.snapshot.holding(about, *names)]

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
        countries = read_vocabulary(self.references.parent / "vocabulary", "countries")
        return countries.title(code) if code in countries else code

    def name(self, party: Any) -> str:
        """Return the name of a party."""
        return self.snapshot.name(str(party))


def findings(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a table of findings with all columns; missing cells get their neutral value."""
    complete = [
        {"value": None, "low": None, "high": None, "reason": "", "statements": (), "detail": {}} | dict(row)
        for row in rows
    ]
    table = pd.DataFrame(complete, columns=FINDING)
    return table.astype({"value": float, "low": float, "high": float})


def known(
    subject: str, value: float, low: float, high: float, statements: Iterable[str], /, **detail: str
) -> dict[str, Any]:
    """Return one finding whose value is known."""
    return {"subject": subject, "value": value, "low": min(low, value), "high": max(high, value),
            "statements": tuple(dict.fromkeys(statements)), "detail": detail}  # fmt: skip


def unknown(subject: str, reason: str, statements: Iterable[str] = ()) -> dict[str, Any]:
    """Return one finding whose value is not known, with the reason."""
    return {"subject": subject, "reason": reason, "statements": tuple(statements)}

"""Contracts over output, feed and treatment, royalties and pledges: with whom, how much, until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from georisk.dates import When
from georisk.explaining.citations import Support
from georisk.snapshot import Snapshot
from georisk.statements import Statement

AGREEMENTS = ("offtake", "feedstock", "processing", "royalty", "stream", "pledge")
_ROLES = ("buyer", "supplier", "processor", "payee", "holder")


@dataclass(frozen=True, slots=True)
class Agreement:
    """A contract over output, feed or treatment. ``state`` is ``in force``, ``ended``, or the force in words."""

    kind: str
    subject: str
    party: str
    country: str | None
    share: str
    product: str
    expiry: When | None
    state: str
    support: Support


def agreements_of(snapshot: Snapshot, subjects: Iterable[str], by_id: Mapping[str, Support]) -> list[Agreement]:
    """Return the contracts of some subjects, past ones too, kind by kind; ``by_id`` holds the statements told."""
    found = []
    for kind in AGREEMENTS:
        for subject in subjects:
            for one in snapshot.known_of(subject, kind):
                if one.id in by_id:
                    found.append(_agreement(snapshot, kind, one, by_id[one.id]))
    return found


def _agreement(snapshot: Snapshot, kind: str, one: Statement, support: Support) -> Agreement:
    given = one.qualifiers
    party = next((str(given[role]) for role in _ROLES if role in given), "")
    country = given.get("country") or (snapshot.country_of(party) if party else None)
    return Agreement(
        kind=kind,
        subject=snapshot.name(one.subject),
        party=snapshot.name(party) if party else "",
        country=str(country) if country else None,
        share=share_of(one),
        product=str(given.get("product", "")),
        expiry=one.valid_until,
        state=_state(one, snapshot.as_of),
        support=support,
    )


def share_of(one: Statement) -> str:
    """Return the share a contract is over, in words; nothing stated: says so."""
    if one.absent is not None:
        return one.absent.replace("-", " ")
    if one.unknown is not None or one.value is None:
        return "share not stated"
    if isinstance(one.value, (list, tuple)):
        return f"{one.value[0]:g} to {one.value[1]:g} %"
    return f"{one.value:g} %" if isinstance(one.value, (int, float)) else str(one.value)


def _state(one: Statement, on: date) -> str:
    if one.status in ("denied", "retracted"):
        return one.status
    if one.valid_until is not None and one.valid_until.last <= on:
        return "ended"
    if one.valid_from is not None and one.valid_from.last > on:
        return "not yet begun"
    return {"in-effect": "in force", "nonbinding": "non-binding"}.get(one.force, one.force)

"""Statements in words: one short, neutral phrase each, for tables, dossiers and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from georisk.snapshot import Snapshot
from georisk.statements import Statement

FORCES = {"in-effect": "", "binding": "binding", "approved": "approved", "conditional": "conditional",
          "nonbinding": "non-binding", "planned": "planned", "speculative": "speculative"}  # fmt: skip
ROLES = (
    "owner",
    "buyer",
    "supplier",
    "lender",
    "holder",
    "processor",
    "payee",
    "partner",
    "claimant",
    "forum",
    "country",
)
DETAILS = ("product", "instrument", "scope", "purpose", "conditions", "due", "reported", "period", "range", "target",
           "material", "measure", "against", "channel", "categories")  # fmt: skip


def phrase(snapshot: Snapshot, one: Statement) -> str:
    """Return a statement in a phrase: what, how much, with whom, since when and how sure.

    Unknown and absent values say so with their reason.
    """
    parts = [value_text(snapshot, one), *_roles(snapshot, one.qualifiers), *_details(one.qualifiers)]
    marks = [FORCES[one.force], one.status if one.status != "confirmed" else ""]
    text = ", ".join(part for part in parts if part)
    doubt = ", ".join(mark for mark in marks if mark)
    return f"{text} ({doubt})" if doubt else text


def _band(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(end, (int, float)) for end in value)


def value_text(snapshot: Snapshot, one: Statement) -> str:
    """Return the value of a statement as text with its unit."""
    if one.unknown is not None:
        return f"unknown ({one.unknown.replace('-', ' ')})"
    if one.absent is not None:
        return one.absent.replace("-", " ")
    if one.property == "location":
        return f"{one.qualifiers.get('stands_for', 'place')}, within {one.qualifiers.get('precision_km')} km"
    if _band(one.value):
        return f"{plain(snapshot, one.value[0])} to {plain(snapshot, one.value[1])}{_unit(one.unit)}"
    return f"{plain(snapshot, one.value)}{_unit(one.unit)}"


def plain(snapshot: Snapshot, value: Any) -> str:
    """Return any value as text; ids of parties become names."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, list):
        return ", ".join(plain(snapshot, one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key.replace('_', ' ')} {plain(snapshot, one)}" for key, one in value.items())
    return snapshot.name(value) if isinstance(value, str) else str(value)


def number_text(value: float) -> str:
    """Return a number with thousands apart and no more decimals than it has, four at most.

    >>> number_text(10_000_000_000), number_text(51.8), number_text(7.3086)
    ('10,000,000,000', '51.8', '7.3086')
    """
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def period(one: Statement) -> str:
    """Return when a statement holds: ``2024-01-01 to before 2027-01-01``; open ends are said."""
    start = str(one.valid_from) if one.valid_from else "start not stated"
    return f"{start} to before {one.valid_until}" if one.valid_until else f"since {start}" if one.valid_from else start


def _unit(unit: str | None) -> str:
    if unit is None:
        return ""
    return " %" if unit == "percent" else f" {unit}"


def _roles(snapshot: Snapshot, given: Mapping[str, Any]) -> list[str]:
    found = [f"{role} {plain(snapshot, given[role])}" for role in ROLES if role in given]
    if given.get("via"):
        found.append(f"through {plain(snapshot, given['via'])}")
    marks = [name.replace("_", " ") for name in ("carried", "as_converted", "option", "take_or_pay") if given.get(name)]
    return found + ["free carried" if mark == "carried" else mark for mark in marks]


def _details(given: Mapping[str, Any]) -> list[str]:
    found = {name: given[name] for name in DETAILS if name in given}
    words = {name: ", ".join(map(str, one)) if isinstance(one, list) else one for name, one in found.items()}
    return [f"{name.replace('_', ' ')}: {one}" for name, one in words.items()]

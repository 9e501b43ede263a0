"""A drafted record beside what is known: the same claim takes the known one's words, so that it confirms it.

Sources word one fact differently; a statement is named by its content. So a draft that says what the registry (or an
item still open) says already takes over its value, qualifiers and date. What is firmer or newer than a known claim of
the same question ends it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from georisk.dates import When
from georisk.gate.drafting import Drafted
from georisk.gate.rules import Rules, firmer
from georisk.statements import COUNTING_STATUSES, Statement

ROLES: Mapping[str, tuple[str, ...]] = {
    "finance": ("lender", "kind"), "stake": ("owner",), "offtake": ("buyer",), "transaction": ("buyer", "partner"),
    "proceeding": ("against",), "support": ("measure", "party"), "production": ("period",), "tenure": ("holder",),
    "milestone": ("due",),
}  # fmt: skip
"""Qualifiers that make a question, by property: where both give one and they differ, it is another question."""
RESTATED = frozenset({"stake", "stage", "offtake", "operator", "capacity", "resource", "capex"})
"""Properties that go on holding: said again later, it is the same claim."""
WORDED = frozenset({"transaction", "proceeding", "support", "tenure", "milestone"})
"""Properties whose value is a phrase: two wordings of one act are one claim."""
NEAR = timedelta(days=45)
"""How far apart the dates of one act may lie in two reports of it: a month given for a day, and its weeks after."""
PROPOSED = "seeds/news/"
"""Where what is only proposed so far was read."""
PACKAGES = frozenset({"package", "loan"})


@dataclass(frozen=True, slots=True)
class Firmer:
    """The registry holds the same claim, and holds it for more real than the article does."""

    statement: Statement

    def __str__(self) -> str:
        return f"{self.statement.key} says so already, and more firmly ({self.statement.force})"


def matched(drafted: Drafted, known: Iterable[Statement], rules: Rules) -> Drafted | Firmer:
    """Return a draft in the words of the claim it repeats, or with what it supersedes; as it is where neither.

    Parameters
    ----------
    drafted
        The draft.
    known
        Statements of the registry with their ends, and those that open items propose.
    rules
        How close two figures count as one.
    """
    same = [one for one in known if _same_question(drafted, one)]
    force = str(drafted.record["force"])
    for one in same:
        if not _same_answer(drafted, one, rules) or not _same_time(drafted, one):
            continue
        if one.force == force:
            repeated = _in_the_words_of(drafted, one)
            return _superseding(repeated, same, rules) if one.file.startswith(PROPOSED) else repeated
        if firmer(one.force, force):
            return Firmer(one)
    return _superseding(drafted, same, rules)


def _superseding(drafted: Drafted, same: Iterable[Statement], rules: Rules) -> Drafted:
    ended = [one.key for one in same if not one.file.startswith(PROPOSED) and _supersedes(drafted, one, rules)]
    return replace(drafted, supersedes=tuple(ended))


def _same_question(drafted: Drafted, one: Statement) -> bool:
    record = drafted.record
    if (one.subject, one.property) != (drafted.subject, record["property"]) or one.status not in COUNTING_STATUSES:
        return False
    mine = record.get("qualifiers", {})
    return all(_agree(role, mine.get(role), one.qualifiers.get(role)) for role in ROLES.get(one.property, ()))


def _agree(role: str, mine: Any, other: Any) -> bool:
    if mine is None or other is None or mine == other:
        return True
    return role == "kind" and {mine, other} == PACKAGES


def _same_answer(drafted: Drafted, one: Statement, rules: Rules) -> bool:
    record = drafted.record
    if one.property in WORDED:
        told = [(record.get("qualifiers", {}).get(name), one.qualifiers.get(name)) for name in ("percent", "due")]
        shared = {
            role
            for role in ROLES[one.property]
            if record.get("qualifiers", {}).get(role) is not None and role in one.qualifiers
        }
        return bool(shared) and all(a is None or b is None or a == b for a, b in told)
    if record.get("unit") != one.unit and one.property not in ("stage", "operator", "offtake", "stake"):
        return False
    return same_value(record.get("value"), one.value, rules.limits.same_figure)


def same_value(mine: Any, other: Any, within: float) -> bool:
    """Say whether two values are one, figures within a share of each other.

    >>> same_value(565000000, 570000000, 0.02), same_value("production", "closed", 0.02), same_value(None, 3, 0.02)
    (True, False, False)
    """
    if isinstance(mine, (int, float)) and isinstance(other, (int, float)):
        return abs(mine - other) <= within * max(abs(mine), abs(other))
    return bool(mine == other)


def _same_time(drafted: Drafted, one: Statement) -> bool:
    begun: When | None = drafted.record.get("valid_from")
    if begun is None or one.valid_from is None:
        return (
            one.valid_until is None
            or begun is None
            or one.property not in RESTATED
            or begun.last < one.valid_until.last
        )
    if one.property in RESTATED:
        return one.valid_from.first <= begun.last and (one.valid_until is None or begun.last < one.valid_until.last)
    return one.valid_from.first - NEAR <= begun.last and begun.first <= one.valid_from.last + NEAR


def _in_the_words_of(drafted: Drafted, one: Statement) -> Drafted:
    record = {key: value for key, value in drafted.record.items() if key in ("property", "force")}
    record |= {"value": one.value} if one.value is not None else {}
    record |= {"unknown": one.unknown} if one.unknown is not None else {}
    record |= {"unit": one.unit} if one.unit is not None else {}
    record |= {"qualifiers": dict(one.qualifiers)} if one.qualifiers else {}
    record |= {"valid_from": one.valid_from} if one.valid_from is not None else {}
    return replace(drafted, record=record | {"status": one.status}, parties=(), restates=one.key)


def _supersedes(drafted: Drafted, one: Statement, rules: Rules) -> bool:
    """Say whether a draft takes the place of a claim: a firmer or later word on the same question."""
    record, begun = drafted.record, drafted.record.get("valid_from")
    if (
        begun is None
        or one.valid_until is not None
        or (one.valid_from is not None and one.valid_from.last >= begun.first)
    ):
        return False
    if one.property == "finance":
        alike = one.qualifiers.get("lender") == record.get("qualifiers", {}).get("lender") is not None
        return alike and firmer(str(record["force"]), one.force) and one.unit == record.get("unit")
    if one.property not in ("stake", "offtake") or record["force"] != "in-effect" or one.value is None:
        return False
    role = ROLES[one.property][0]
    return one.qualifiers.get(role) is not None and one.qualifiers[role] == record.get("qualifiers", {}).get(role)

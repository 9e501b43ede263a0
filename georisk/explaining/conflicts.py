"""Statements that do not agree, set side by side: contradictions, rival figures of one stake, disputed claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from georisk.statements import COUNTING_STATUSES, Statement

CONTRADICTION, RIVAL, DISPUTED = "contradiction", "rival", "disputed"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements that cannot all be true.

    ``kind`` is ``contradiction`` (one names the other), ``rival`` (figures for the same owner and owned that
    hold at one time) or ``disputed`` (marked so, with no rival among the statements).
    """

    kind: str
    sides: tuple[Statement, ...]


def conflicts_among(statements: Iterable[Statement], on: date) -> list[Conflict]:
    """Return the conflicts among statements, in the order of their first side.

    Parameters
    ----------
    statements
        What is known, past and planned ones too. Contradictions are kept whenever they were; rivals and lone
        disputed claims only while they hold.
    on
        The day.
    """
    by_id = {one.id: one for one in statements}
    groups = _joined(by_id, on)
    found = [Conflict(kind, tuple(by_id[name] for name in names)) for kind, names in groups]
    taken = {one.id for conflict in found for one in conflict.sides}
    alone = [one for one in by_id.values() if one.status == "disputed" and one.id not in taken and one.holds(on)]
    found += [Conflict(DISPUTED, (one,)) for one in alone]
    order = {name: place for place, name in enumerate(by_id)}
    return sorted(found, key=lambda one: order[one.sides[0].id])


def _joined(by_id: Mapping[str, Statement], on: date) -> list[tuple[str, list[str]]]:
    """Return groups of ids that hang together by contradiction or rivalry, with what holds them together."""
    pairs = [(one.id, other) for one in by_id.values() for other in one.contradicts if other in by_id]
    named = {name for pair in pairs for name in pair}
    pairs += _rivals(by_id.values(), on)
    groups = {name: {name} for pair in pairs for name in pair}
    for first, second in pairs:
        whole = groups[first] | groups[second]
        groups.update(dict.fromkeys(whole, whole))
    order = {name: place for place, name in enumerate(by_id)}
    found = []
    for whole in {id(group): group for group in groups.values()}.values():
        kind = CONTRADICTION if whole & named else RIVAL
        found.append((kind, sorted(whole, key=lambda name: order[name])))
    return found


def _rivals(statements: Iterable[Statement], on: date) -> list[tuple[str, str]]:
    """Return pairs of stakes of one owner in one party that hold on the day with different figures."""
    stakes: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for one in statements:
        counted = one.property == "stake" and one.value is not None and one.status in COUNTING_STATUSES
        if counted and one.force == "in-effect" and one.holds(on) and not _is_hypothetical(one):
            stakes[one.subject, str(one.qualifiers.get("owner")), _basis(one)].append(one)
    return [
        (first.id, other.id)
        for first, *others in stakes.values()
        for other in others
        if str(other.value) != str(first.value)
    ]


def _basis(one: Statement) -> str:
    return str(one.qualifiers.get("basis", "equity"))


def _is_hypothetical(one: Statement) -> bool:
    return bool(one.qualifiers.get("as_converted") or one.qualifiers.get("option"))

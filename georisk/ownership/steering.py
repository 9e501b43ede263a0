"""Who is said to steer a company where no published majority shows it: named control, and sole known parents.

Control that a source states (a ``control`` statement with a holder) counts as such. A company whose only known
owner holds an unpublished share may be that owner's: it is not certain, and counts between nothing and control.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from georisk.method import OwnershipRule
from georisk.ownership.graph import OwnershipGraph, Stake
from georisk.snapshot import Snapshot
from georisk.statements import Statement

MAJORITY, STATED, SOLE = "majority", "stated", "sole-parent"


@dataclass(frozen=True, slots=True)
class Grip:
    """Why a company counts as steered by a group.

    Attributes
    ----------
    kind
        ``majority`` (its members hold more than the control percentage), ``stated`` or ``sole-parent``.
    holder
        The party through which the group steers.
    sure
        False where a step on the way is disputed or has no published share.
    statements
        Ids behind the last step.
    """

    kind: str
    holder: str
    sure: bool
    statements: tuple[str, ...]


def grips(snapshot: Snapshot, graph: OwnershipGraph, rule: OwnershipRule, group: Iterable[str]) -> Mapping[str, Grip]:
    """Return every party outside a group that the group steers, with the last step that makes it so.

    Parameters
    ----------
    snapshot, graph
        What held on the day, and the stakes in effect.
    rule
        Names the percentage of control.
    group
        Ids of the parties that steer.

    Notes
    -----
    Least fixed point, certain steps first: what is steered for certain is never called uncertain.
    """
    named = _named(snapshot)
    owned = graph.stakes_in(treasury=False)
    members, found = set(group), dict[str, Grip]()

    def majority(party: str) -> Grip | None:
        held = [stake for stake in owned.get(party, []) if stake.owner in members]
        if sum(stake.per_cent("equity", "low") for stake in held) <= rule.control_percent:
            return None
        largest = max(held, key=lambda stake: stake.per_cent("equity"))
        return Grip(MAJORITY, largest.owner, _sure(found, held), _ids(held))

    def stated(party: str) -> Grip | None:
        said = [one for one in named.get(party, []) if one.qualifiers["holder"] in members]
        firm = [one for one in said if one.status != "disputed"]
        best = (firm or said)[:1]
        holder = str(best[0].qualifiers["holder"]) if best else ""
        sure = bool(firm) and (holder not in found or found[holder].sure)
        return Grip(STATED, holder, sure, (best[0].id,)) if best else None

    def sole(party: str) -> Grip | None:
        stakes = owned.get(party, [])
        equity = stakes[0].equity if len(stakes) == 1 else None
        if equity is None or equity.point is not None or stakes[0].owner not in members:
            return None
        return Grip(SOLE, stakes[0].owner, False, stakes[0].statements)

    _grow(members, found, sorted({*owned, *named}), (majority, stated), sure=True)
    _grow(members, found, sorted({*owned, *named}), (majority, stated, sole), sure=False)
    return found


def _grow(
    members: set[str],
    found: dict[str, Grip],
    parties: Iterable[str],
    steps: tuple[Callable[[str], Grip | None], ...],
    *,
    sure: bool,
) -> None:
    """Add to the members whom they steer until nobody is added; in the first round only what is sure."""
    grown = True
    while grown:
        grown = False
        for party in parties:
            if party in members:
                continue
            grip = next((grip for step in steps if (grip := step(party)) is not None and (grip.sure or not sure)), None)
            if grip is not None:
                found[party] = grip
                members.add(party)
                grown = True


def _named(snapshot: Snapshot) -> dict[str, list[Statement]]:
    """Return the control that is stated to be in effect on the day, by the party controlled."""
    found: dict[str, list[Statement]] = {}
    for one in snapshot.every("control"):
        if one.counts() and one.value is not None and one.qualifiers.get("holder") and one.holds(snapshot.as_of):
            found.setdefault(one.subject, []).append(one)
    return found


def _sure(found: Mapping[str, Grip], held: Iterable[Stake]) -> bool:
    return all(stake.owner not in found or found[stake.owner].sure for stake in held)


def _ids(held: Iterable[Stake]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for stake in held for one in stake.statements))

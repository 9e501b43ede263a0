"""Statements to stakes: who holds what of whom on a day, with bounds where sources disagree or grow old."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from georisk.dates import months_between
from georisk.ownership.graph import Holder, OwnershipGraph, Share, Stake
from georisk.snapshot import Snapshot
from georisk.statements import Statement

KINDS = {
    "state": "government",
    "agency": "party_state_organ",
    "state-company": "state_company",
    "company": "company",
    "partnership": "partnership",
    "fund": "fund",
    "person": "person",
    "group": "company",
}
"""Kinds of parties in seeds, by the kinds of holders that the legal screens read."""


@dataclass(frozen=True, slots=True)
class Ageing:
    """How a percentage that nobody restates grows uncertain (``data/method/method.toml``).

    ``grace_months`` pass without a band; then its half-width grows by ``per_year`` of the figure a year.
    """

    grace_months: float
    per_year: float

    def half_width(self, percent: float, restated: date, on: date) -> float:
        """Return half the band, in points; statutory stakes and 100 % are the caller's to spare.

        >>> round(Ageing(24, 0.1).half_width(32.41, date(2021, 10, 31), date(2026, 10, 31)), 2)
        9.72
        """
        beyond = max(0.0, months_between(restated, on) - self.grace_months)
        return percent * self.per_year * beyond / 12


def stakes_on(snapshot: Snapshot, ageing: Ageing) -> list[Stake]:
    """Return the stakes in effect on the snapshot's day, one an owner and owned party.

    The latest A or B figure is the point (C, then D, only without one); rivals widen the band and never add.
    Planned, optional, as-converted and non-binding stakes are left out.
    """
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in in_effect(snapshot):
        groups[str(statement.qualifiers["owner"]), statement.subject].append(statement)
    stakes = [_stake(owner, owned, found, snapshot, ageing) for (owner, owned), found in sorted(groups.items())]
    return _without_doubles(stakes, snapshot)


def in_effect(snapshot: Snapshot) -> list[Statement]:
    """Return the stake statements that count on the day."""
    return [one for one in snapshot.every("stake") if is_counted(one) and one.holds(snapshot.as_of)]


def is_counted(statement: Statement) -> bool:
    """Say whether a stake is in effect and real: not planned, optional or as-converted."""
    if statement.property != "stake" or not statement.counts() or "owner" not in statement.qualifiers:
        return False
    return not (statement.qualifiers.get("as_converted") or statement.qualifiers.get("option"))


def ownership_graph(snapshot: Snapshot, ageing: Ageing) -> OwnershipGraph:
    """Return the directed graph of stakes on the snapshot's day.

    The rest of a listed party is ``listed`` (free float), of a state, agency or person nothing, of any other
    party ``undisclosed``.
    """
    stakes = stakes_on(snapshot, ageing)
    nodes = {stake.owner for stake in stakes} | {stake.owned for stake in stakes} | _title_holders(snapshot)
    holders = {node: _holder(snapshot, node) for node in sorted(nodes)}
    remainder = {node: rest for node in sorted(nodes) if (rest := rest_of(snapshot, node)) is not None}
    return OwnershipGraph(holders=holders, stakes=tuple(stakes), remainder=remainder)


def rest_of(snapshot: Snapshot, node: str) -> str | None:
    """Return what the unnamed rest of a node is.

    ``None`` for states, agencies, persons and groups of them (a family, the insiders of a company), who have no
    owners, and for state companies that are not listed, whose rest is their state's.
    """
    party = snapshot.seeds.parties.get(node)
    if party is not None and party.kind in ("state", "agency", "person", "group"):
        return None
    if snapshot.listed(node):
        return "listed"
    return None if party is not None and party.kind == "state-company" else "undisclosed"


def best_first(statements: Iterable[Statement]) -> list[Statement]:
    """Order statements of one stake: A or B first, then C, then D; the latest published first."""

    def rank(one: Statement) -> tuple[int, date, date, str]:
        tier = {"A": 2, "B": 2, "C": 1}.get(one.grade, 0)
        start = one.valid_from.last if one.valid_from else date.min
        return tier, one.recorded.last, start, one.id

    return sorted(statements, key=rank, reverse=True)


def restated(snapshot: Snapshot, statement: Statement) -> date:
    """Return the last day a source stated the figure: the latest date among its sources.

    In a run without summaries and memory only the dates of A and B sources count.
    """
    sources = [one for one in snapshot.sources(statement) if snapshot.weak_used or one.grade in "AB"]
    dates = [source.published.last for source in sources if source.published is not None]
    return max([*dates, statement.recorded.last])


def percents(value: Any) -> tuple[float, float | None, float]:
    """Return low, point and high of a stake's value; an unknown share is anything from 0 to 100."""
    if value is None:
        return 0.0, None, 100.0
    if isinstance(value, (list, tuple)):
        return float(value[0]), (float(value[0]) + float(value[1])) / 2, float(value[1])
    return float(value), float(value), float(value)


def _stake(owner: str, owned: str, found: list[Statement], snapshot: Snapshot, ageing: Ageing) -> Stake:
    figured = best_first(one for one in found if one.value is not None)
    used = tuple(one.id for one in (figured or found))
    if not figured:
        return Stake(owner, owned, Share(0.0, None, 100.0), None, None, None, False, used)
    best = figured[0]
    low, point, high = percents(best.value)
    assert point is not None  # noqa: S101  a figured stake has a point
    if best.qualifiers.get("basis") == "voting":
        return Stake(owner, owned, None, Share(low, point, high), None, None, False, used)
    if best.qualifiers.get("basis") == "board":
        return Stake(owner, owned, None, None, Share(low, point, high), None, False, used)
    if not best.qualifiers.get("statutory") and point < 100:
        width = ageing.half_width(point, restated(snapshot, best), snapshot.as_of)
        low, high = low - width, high + width
    for rival in figured[1:]:
        if (rival.grade in "AB") == (best.grade in "AB"):
            rival_low, _, rival_high = percents(rival.value)
            low, high = min(low, rival_low), max(high, rival_high)
    share = Share(max(0.0, low), point, min(100.0, high))
    return Stake(owner, owned, share, None, None, None, bool(best.qualifiers.get("carried")), used)


def _without_doubles(stakes: list[Stake], snapshot: Snapshot) -> list[Stake]:
    """Drop group holdings whose members have stakes of their own: they join no sum twice."""
    held = {(stake.owner, stake.owned) for stake in stakes}
    doubles = set()
    for stake in stakes:
        included = {
            member
            for statement in stake.statements
            for member in snapshot.by_id[statement].qualifiers.get("includes", ())
        }
        if any((member, stake.owned) in held for member in included if member != stake.owner):
            doubles.add((stake.owner, stake.owned))
    return [stake for stake in stakes if (stake.owner, stake.owned) not in doubles]


def _title_holders(snapshot: Snapshot) -> set[str]:
    sites = snapshot.seeds.sites.values()
    return {site.holder_of(subject) for site in sites for subject in site.subjects()}


def _holder(snapshot: Snapshot, node: str) -> Holder:
    party = snapshot.seeds.parties.get(node)
    if party is None:
        return Holder(node, None, "asset")
    kind = "listed_company" if party.kind == "company" and snapshot.listed(node) else KINDS[party.kind]
    return Holder(node, snapshot.country_of(node), kind)

"""Opacity: what of the chain of owners is missing, deep, hidden, old or thinly evidenced.

A missing holder or share is the measurement here, never an unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from georisk.dates import months_between
from georisk.evidence import Evidence, findings, known, unknown
from georisk.method import Indicator
from georisk.ownership.chains import Link
from georisk.ownership.graph import Stake
from georisk.ownership.stakes import restated
from georisk.ownership.unresolved import unresolved_bounds
from georisk.reference import listed_on

_TRACE = 1e-9

REFUSED = "closed-loop"
"""Reason where a ring of companies owns itself and the chain cannot be followed."""


def unresolved_share(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of the asset that ends with undisclosed holders, or at owners whose share nobody published."""
    through = evidence.unresolved
    low, high = unresolved_bounds(evidence.graph)
    rows = []
    for subject, root in evidence.roots:
        value = through.get(root, 100.0)
        if pd.isna(value):
            rows.append(unknown(subject, REFUSED))
            continue
        ids = ids_of(evidence.links[root])
        text = f"{value:.1f} %"
        rows.append(known(subject, value, low.get(root, value), high.get(root, value), ids, value=text))
    return findings(rows)


def missing_figures(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of the material links above the asset that have no published percentage."""
    rows = []
    for subject, root in evidence.roots:
        links = evidence.links[root]
        missing = [link for link in links if link.stake.equity is not None and link.stake.equity.point is None]
        if not links:
            rows.append(_without_links(evidence, subject, root))
            continue
        value, text = 100.0 * len(missing) / len(links), f"{len(missing)} of {len(links)}"
        detail = f"{text} links of the chain of owners have no published percentage."
        rows.append(known(subject, value, value, value, ids_of(missing or links), value=text, detail=detail))
    return findings(rows)


def _without_links(evidence: Evidence, subject: str, root: str) -> dict[str, Any]:
    """Return that nobody is named: of a listed company or a state nobody need be, of any other all is missing."""
    if evidence.graph.remainder.get(root) == "undisclosed":
        text = "No owner is known, and so no percentage either."
        return known(subject, 100.0, 100.0, 100.0, (), value="All (no owner is known)", detail=text)
    why = "is listed and its shares are spread" if evidence.snapshot.listed(root) else "has no owners"
    text = f"{evidence.name(root)} {why}: no holder has to be named."
    return known(subject, 0.0, 0.0, 0.0, chain_ids(evidence, root), value="none", detail=text)


def chain_depth(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Links from the owned node up to its furthest named owner; vehicles that a stake runs through count."""
    rows = []
    for subject, root in evidence.roots:
        links = evidence.links[root]
        lengths = {link: link.level + _vehicles_between(evidence, link) for link in links}
        furthest = max(links, key=lambda link: lengths[link], default=None)
        value = float(lengths[furthest]) if furthest else 1.0
        text = f"{value:.0f} link{'s' if value != 1 else ''}"
        rows.append(known(subject, value, value, value, ids_of([furthest] if furthest else []), value=text))
    return findings(rows)


def secrecy_share(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of the asset that runs through vehicles in listed places, or in places nobody states.

    Parameters: ``series``, ``levels`` (weight of a list, per cent), ``unstated`` (part of the share counted at
    the point where a vehicle's place is not known).
    """
    parameters = indicator.parameters
    snapshot = evidence.snapshot
    on = min(snapshot.as_of, snapshot.known_by)  # lists are published on the day they begin
    entries = listed_on(evidence.series(parameters["series"]), on, weak=snapshot.weak_used)
    entries = entries.assign(level=entries["list"].map(parameters["levels"])).dropna(subset=["level"])
    levels = entries.groupby("place")["level"].max().to_dict()
    rows = []
    for subject, root in evidence.roots:
        ways = list(ways_up(evidence, root, evidence.home_of.get(subject, frozenset())))
        listed = (
            sum(
                way.share * max((levels.get(place or "", 0.0) for _, place in way.vehicles), default=0.0)
                for way in ways
            )
            / 100
        )
        unstated = sum(way.share for way in ways if any(place is None for _, place in way.vehicles))
        unstated = min(unstated, 100.0 - listed)
        value = listed + parameters["unstated"] * unstated
        places = dict.fromkeys(pair for way in ways for pair in way.vehicles)
        named = [
            f"{evidence.name(vehicle)}: {evidence.place_name(place) if place else _placeless(evidence, vehicle)}"
            for vehicle, place in places
        ]
        detail = "; ".join(named) or "no vehicle between the host country and the owners"
        ids = ids_of(evidence.links[root])
        rows.append(known(subject, value, listed, listed + unstated, ids, value=f"{value:.1f} %", detail=detail))
    return findings(rows)


def evidence_age(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Months since the links of the chain were last stated, weighted by the share that can run through them."""
    rows = []
    for subject, root in evidence.roots:
        links = evidence.links[root]
        if not links:
            rows.append(unknown(subject, "not-found"))
            continue
        ages = [max(0.0, months_between(_last_stated(evidence, link), evidence.snapshot.as_of)) for link in links]
        value = weighted(ages, links)
        rows.append(known(subject, value, value, value, ids_of(links), value=f"{value:.0f} months"))
    return findings(rows)


def evidence_grade(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of the chain, weighted by share, that rests on no official document or filing (grade A)."""
    rows = []
    for subject, root in evidence.roots:
        links = evidence.links[root]
        if not links:
            rows.append(unknown(subject, "not-found"))
            continue
        value = weighted([0.0 if _official(evidence, link) else 100.0 for link in links], links)
        rows.append(known(subject, value, value, value, ids_of(links), value=f"{value:.0f} %"))
    return findings(rows)


def ids_of(links: Iterable[Link]) -> list[str]:
    """Return the statements behind some links."""
    return [statement for link in links for statement in link.stake.statements]


def _vehicles_between(evidence: Evidence, link: Link) -> int:
    by_id = evidence.snapshot.by_id
    return max((len(by_id[one].qualifiers.get("via", ())) for one in link.stake.statements), default=0)


@dataclass(frozen=True, slots=True)
class Way:
    """One way up from an asset to an end of a chain: its share, per cent, and the vehicles on it with their places."""

    share: float
    vehicles: tuple[tuple[str, str | None], ...]


def ways_up(evidence: Evidence, root: str, hosts: Set[str]) -> Iterator[Way]:
    """Yield every way up from an owned node; together they carry the whole asset.

    A vehicle is a company above the host-country company that is itself held: neither listed nor a state
    company nor organised in a host country. Stakes without a figure share what is left of their company.
    """
    stakes = evidence.graph.stakes_in(treasury=False)

    def climb(
        owned: str, share: float, vehicles: tuple[tuple[str, str | None], ...], seen: frozenset[str]
    ) -> Iterator[Way]:
        left = share
        for stake, part in _parts(stakes.get(owned, [])):
            if stake.owner in seen:
                continue
            through = share * part
            left -= through
            above = (*vehicles, *_vehicles(evidence, stake, hosts, held=stake.owner in stakes))
            yield from climb(stake.owner, through, above, seen | {stake.owner})
        if left > _TRACE:
            yield Way(left, vehicles)

    return climb(root, 100.0, (), frozenset({root}))


def _parts(stakes: list[Stake]) -> Iterator[tuple[Stake, float]]:
    stated = sum(stake.per_cent("equity") for stake in stakes)
    open_ = [stake for stake in stakes if stake.equity is not None and stake.equity.point is None]
    for stake in stakes:
        part = (100.0 - stated) / len(open_) if stake in open_ else stake.per_cent("equity")
        yield stake, max(0.0, part) / 100


def _vehicles(evidence: Evidence, stake: Stake, hosts: Set[str], *, held: bool) -> Iterator[tuple[str, str | None]]:
    by_id, snapshot = evidence.snapshot.by_id, evidence.snapshot
    between = [one for statement in stake.statements for one in by_id[statement].qualifiers.get("via", ())]
    if held and evidence.graph.holders[stake.owner].kind == "company":
        between.append(stake.owner)
    for vehicle in dict.fromkeys(between):
        place = snapshot.country_of(vehicle)
        if place not in hosts:
            yield vehicle, place


def _placeless(evidence: Evidence, vehicle: str) -> str:
    """Return that the place of a vehicle does not count, and what summaries or memory say of it."""
    whole = evidence.snapshot.whole
    place = None if whole is None else whole.country_of(vehicle)
    return "place not stated" if place is None else f"{evidence.place_name(place)}, known only from summaries or memory"


def _last_stated(evidence: Evidence, link: Link) -> date:
    snapshot = evidence.snapshot
    return max(restated(snapshot, snapshot.by_id[one]) for one in link.stake.statements)


def _official(evidence: Evidence, link: Link) -> bool:
    return any(evidence.snapshot.by_id[one].grade == "A" for one in link.stake.statements)


def chain_ids(evidence: Evidence, root: str) -> list[str]:
    """Return the statements a chain of owners rests on: its links, or the listing of a company held widely."""
    return ids_of(evidence.links[root]) or [one.id for one in evidence.snapshot.holding(root, "listing")]


def weighted(values: list[float], links: list[Link]) -> float:
    """Return the mean of values, weighted by the share that runs, or can run, through their links."""
    weights = [link.reach if link.share is None else link.share for link in links]
    total = sum(weights)
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / total if total else max(values)

"""Opacity: what of the chain of owners is missing, deep, hidden, old or thinly evidenced.

A missing holder or share is the measurement here, never an unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from georisk.dates import months_between
from georisk.evidence import Evidence, findings, known, unknown
from georisk.method import Indicator
from georisk.ownership.chains import Link
from georisk.ownership.stakes import restated
from georisk.ownership.unresolved import unresolved_bounds, unresolved_shares
from georisk.reference import listed_on

REFUSED = "closed-loop"
"""Reason where a ring of companies owns itself and the chain cannot be followed."""


def unresolved_share(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of the asset that ends with undisclosed holders, or at owners whose share nobody published."""
    through = unresolved_shares(evidence.graph)
    low, high = unresolved_bounds(evidence.graph)
    rows = []
    for subject, root in _roots(evidence):
        value = through.get(root, 100.0)
        if pd.isna(value):
            rows.append(unknown(subject, REFUSED))
            continue
        ids = _statements(evidence.links[root])
        text = f"{value:.1f} %"
        rows.append(known(subject, value, low.get(root, value), high.get(root, value), ids, value=text))
    return findings(rows)


def missing_figures(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of the material links above the asset that have no published percentage."""
    rows = []
    for subject, root in _roots(evidence):
        links = evidence.links[root]
        missing = [link for link in links if link.stake.equity is not None and link.stake.equity.point is None]
        value = 100.0 * len(missing) / len(links) if links else 100.0
        text = f"{len(missing)} of {len(links)}" if links else "All (no owner is known)"
        rows.append(known(subject, value, value, value, _statements(missing or links), value=text))
    return findings(rows)


def chain_depth(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Links from the owned node up to its furthest named owner; vehicles that a stake runs through count."""
    rows = []
    for subject, root in _roots(evidence):
        links = evidence.links[root]
        lengths = {link: link.level + _vehicles_between(evidence, link) for link in links}
        furthest = max(links, key=lambda link: lengths[link], default=None)
        value = float(lengths[furthest]) if furthest else 1.0
        text = f"{value:.0f} link{'s' if value != 1 else ''}"
        rows.append(known(subject, value, value, value, _statements([furthest] if furthest else []), value=text))
    return findings(rows)


def secrecy_share(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of the asset that runs through vehicles in listed places, or in places nobody states.

    Parameters: ``series``, ``levels`` (weight of a list, per cent), ``unstated`` (part of the share counted at
    the point where a vehicle's place is not known).
    """
    parameters = indicator.parameters
    entries = listed_on(
        evidence.series(parameters["series"]), evidence.snapshot.as_of, weak=evidence.snapshot.weak_used
    )
    entries = entries.assign(level=entries["list"].map(parameters["levels"])).dropna(subset=["level"])
    levels = entries.groupby("place")["level"].max().to_dict()
    rows = []
    for subject, root in _roots(evidence):
        places = [(vehicle, reach, evidence.snapshot.country_of(vehicle)) for vehicle, reach in _vehicles(evidence, root)]
        listed = sum(reach * levels.get(place, 0.0) / 100 for _, reach, place in places if place is not None)
        unstated = sum(reach for _, reach, place in places if place is None)
        value = min(100.0, listed + parameters["unstated"] * unstated)
        named = [f"{evidence.name(vehicle)}: {place or 'place not stated'}" for vehicle, _, place in places]
        detail = "; ".join(named) or "no vehicle above the company that holds the title"
        ids = _statements(evidence.links[root])
        rows.append(
            known(subject, value, min(100.0, listed), min(100.0, listed + unstated), ids, value=f"{value:.1f} %", detail=detail)
        )
    return findings(rows)


def evidence_age(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Months since the links of the chain were last stated, weighted by the share that can run through them."""
    rows = []
    for subject, root in _roots(evidence):
        links = evidence.links[root]
        if not links:
            rows.append(unknown(subject, "not-found"))
            continue
        ages = [max(0.0, months_between(_last_stated(evidence, link), evidence.snapshot.as_of)) for link in links]
        value = _weighted(ages, links)
        rows.append(known(subject, value, value, value, _statements(links), value=f"{value:.0f} months"))
    return findings(rows)


def evidence_grade(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of the chain, weighted by share, that rests on no official document or filing (grade A)."""
    rows = []
    for subject, root in _roots(evidence):
        links = evidence.links[root]
        if not links:
            rows.append(unknown(subject, "not-found"))
            continue
        value = _weighted([0.0 if _official(evidence, link) else 100.0 for link in links], links)
        rows.append(known(subject, value, value, value, _statements(links), value=f"{value:.0f} %"))
    return findings(rows)


def _roots(evidence: Evidence) -> list[tuple[str, str]]:
    return list(zip(evidence.subjects["subject"], evidence.subjects["root"], strict=True))


def _statements(links: Iterable[Link]) -> list[str]:
    return [statement for link in links for statement in link.stake.statements]


def _vehicles_between(evidence: Evidence, link: Link) -> int:
    by_id = evidence.snapshot.by_id
    return max((len(by_id[one].qualifiers.get("via", ())) for one in link.stake.statements), default=0)


def _vehicles(evidence: Evidence, root: str) -> list[tuple[str, float]]:
    """Companies above the title holder that are held by others, and what can run through each, per cent."""
    links = evidence.links[root]
    owned = {link.stake.owned for link in links}
    reach: dict[str, float] = {}
    for link in links:
        between = {v for one in link.stake.statements for v in evidence.snapshot.by_id[one].qualifiers.get("via", ())}
        owner = link.stake.owner
        if owner in owned and not evidence.snapshot.listed(owner):
            between.add(owner)
        for vehicle in sorted(between):
            reach[vehicle] = min(100.0, reach.get(vehicle, 0.0) + (link.reach if link.share is None else link.share))
    return sorted(reach.items())


def _last_stated(evidence: Evidence, link: Link) -> date:
    snapshot = evidence.snapshot
    return max(restated(snapshot, snapshot.by_id[one]) for one in link.stake.statements)


def _official(evidence: Evidence, link: Link) -> bool:
    return any(evidence.snapshot.by_id[one].grade == "A" for one in link.stake.statements)


def _weighted(values: list[float], links: list[Link]) -> float:
    weights = [link.reach if link.share is None else link.share for link in links]
    total = sum(weights)
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / total if total else max(values)

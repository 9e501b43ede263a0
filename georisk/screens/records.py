"""Findings as plain data for scripts: one record a site or part and rule."""

from __future__ import annotations

from typing import Any

from georisk.ownership.graph import METRICS, Stake
from georisk.screens.exposure import Exposure
from georisk.screens.finding import Finding
from georisk.screens.panel import Panel
from georisk.screens.wording import chain_text, exposure_sentence, told
from georisk.snapshot import Snapshot

COLUMNS = (
    "site", "subject", "name", "party", "party_name", "rule", "title", "answer", "test", "applies", "low_pct",
    "high_pct", "gate", "strict", "metric", "distance", "status", "unverified_rule", "flip_owner", "flip_owned",
    "flip_points", "paths", "unknown", "lists", "not_loaded", "why", "statements", "sources", "citation", "sentence",
)  # fmt: skip
"""Columns of a flat table; lists are joined by ``; ``."""


def record(finding: Finding, panel: Panel) -> dict[str, Any]:
    """Return a finding with everything it hangs on; percentages in per cent, distances in points."""
    verdict, snapshot, rule = finding.verdict, panel.snapshot, finding.rule
    low, high = finding.bounds
    figure = verdict.nearest if verdict is not None and low is not None else None
    paths = verdict.paths if verdict is not None else ()
    statements = list(dict.fromkeys(one for path in paths for stake in path.stakes for one in stake.statements))
    statements += [one for hit in finding.listed for one in hit.statements if one not in statements]
    flip = verdict.flip if verdict is not None else None
    return {
        "site": finding.site, "subject": finding.subject, "name": finding.name,
        "party": finding.party, "party_name": finding.party_name,
        "rule": rule.key, "title": rule.title,
        "answer": finding.answer, "test": finding.test, "applies": finding.applies,
        "low_pct": _rounded(low), "high_pct": _rounded(high),
        "gate": figure and figure.gate, "strict": figure and figure.strict, "metric": figure and figure.label,
        "distance": None if figure is None or low is None else _rounded(figure.distance),
        "status": finding.status, "unverified_rule": rule.unverified, "evidence": rule.evidence,
        "text_version": rule.text_version, "law": rule.law, "citation": rule.citation,
        "consequence": rule.consequence,
        "reason": verdict.reason if verdict is not None else None,
        "flip": flip and {"owner": flip.stake.owner, "owned": flip.stake.owned, "points": flip.points},
        "paths": [
            {"cash_pct": _rounded(path.cash_pct), "stakes": [_stake(one, snapshot) for one in path.stakes]}
            for path in paths
        ],
        "unknown": [
            {"party": one.party, "cause": one.cause, "points": _rounded(one.points), "statements": list(one.statements)}
            for one in (verdict.unknown if verdict is not None else ())
        ],
        "lists": [
            {"party": hit.party, "list": hit.list, "listed": hit.listed, "since": hit.since, "confirmed": hit.sure,
             "basis": hit.basis}
            for hit in finding.listed
        ],
        "not_loaded": [one.key for one in finding.not_loaded],
        "why": list(finding.why),
        "statements": statements,
        "sources": _sources(statements, snapshot),
        "sentence": told(finding, snapshot),
    }  # fmt: skip


def flat(finding: Finding, panel: Panel) -> dict[str, Any]:
    """Return a finding as one row of :data:`COLUMNS`."""
    found = record(finding, panel)
    verdict, flip = finding.verdict, found["flip"] or {}
    chains = [chain_text(path.stakes, panel.snapshot) for path in (verdict.paths if verdict is not None else ())]
    return {
        **{name: found.get(name) for name in COLUMNS},
        "flip_owner": flip.get("owner"),
        "flip_owned": flip.get("owned"),
        "flip_points": flip.get("points"),
        "paths": "; ".join(chains),
        "unknown": "; ".join(f"{one['party']}: {one['cause']} {one['points']:g}" for one in found["unknown"]),
        "lists": "; ".join(f"{one['party']} on {one['list']} since {one['since']}" for one in found["lists"]),
        "not_loaded": "; ".join(found["not_loaded"]),
        "why": "; ".join(found["why"]),
        "statements": "; ".join(found["statements"]),
        "sources": "; ".join(found["sources"]),
    }


def exposure_record(one: Exposure, snapshot: Snapshot) -> dict[str, Any]:
    """Return a payment from or to a listed party as plain data."""
    return {
        "site": one.site, "subject": one.subject, "kind": one.kind, "direction": one.direction, "party": one.party,
        "listed_party": one.hit.party, "list": one.hit.list, "since": one.hit.since, "confirmed": one.hit.sure,
        "through": list(one.through), "shares": list(one.shares),
        "statements": [one.statement.id, *one.hit.statements],
        "sentence": exposure_sentence(one, snapshot.name),
    }  # fmt: skip


def _stake(stake: Stake, snapshot: Snapshot) -> dict[str, Any]:
    known = [snapshot.by_id[one] for one in stake.statements if one in snapshot.by_id]
    shares = {metric: share for metric in METRICS if (share := getattr(stake, metric)) is not None}
    return {
        "owner": stake.owner,
        "owned": stake.owned,
        **{name: [_rounded(share.low), _rounded(share.point), _rounded(share.high)] for name, share in shares.items()},
        "carried": stake.carried,
        "since": next((str(one.valid_from) for one in known if one.valid_from is not None), None),
        "statements": list(stake.statements),
        "sources": _sources(stake.statements, snapshot),
    }


def _sources(statements: Any, snapshot: Snapshot) -> list[str]:
    known = [snapshot.by_id[one] for one in statements if one in snapshot.by_id]
    return list(dict.fromkeys(source for one in known for source in one.sources))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 9)

"""How the chain of owners is built and evidenced: wedge, rings, lone sources, contradictions."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any

import pandas as pd

from georisk.evidence import Evidence, findings, known, unknown
from georisk.indicators.opacity import chain_ids, ids_of, weighted
from georisk.method import Indicator
from georisk.ownership.chains import Link
from georisk.ownership.graph import OwnershipGraph, Stake
from georisk.ownership.matrix import loops_of, share_matrix
from georisk.statements import Statement


def control_wedge(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Points between the control at the top of the majority chain, 100, and the cash that runs up it.

    Parameters: ``resolved_percent`` (of an asset of which less is resolved nothing can be said).
    """
    stakes, gate = evidence.graph.stakes_in(treasury=False), evidence.method.ownership.control_percent
    seen = _resolved(evidence, indicator)
    rows = []
    for subject, root in evidence.roots:
        if root not in seen:
            rows.append(unknown(subject, "not-found", ids_of(evidence.links[root])))
            continue
        chain = _majority_chain(stakes, root, gate)
        cash = 100.0
        for stake in chain:
            cash *= stake.per_cent("equity") / 100.0
        ids = [one for stake in chain for one in stake.statements] or chain_ids(evidence, root)
        text = "Nobody holds a published majority."
        if chain:
            text = f"{evidence.name(chain[-1].owner)} tops the majority chain with {cash:.1f} % of the cash."
        value = 100.0 - cash if chain else 0.0
        rows.append(known(subject, value, value, value, ids, value=f"{value:.1f}", detail=text))
    return findings(rows)


def circular_share(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of the asset that can run through stakes between companies of one ring.

    Parameters: ``resolved_percent``. A ring without an outside owner leaves nothing resolved: unknown.
    """
    ring, seen = _rings(evidence.graph), _resolved(evidence, indicator)
    rows = []
    for subject, root in evidence.roots:
        if root not in seen:
            rows.append(unknown(subject, "not-found", ids_of(evidence.links[root])))
            continue
        inside = [link for link in evidence.links[root] if _same(ring, link)]
        if not inside:
            cited = chain_ids(evidence, root)
            rows.append(
                known(subject, 0.0, 0.0, 0.0, cited, detail="No company of the chain owns itself through others.")
            )
            continue
        value = max(link.reach if link.share is None else link.share for link in inside)
        names = ", ".join(dict.fromkeys(evidence.name(link.stake.owned) for link in inside))
        text = f"{value:.1f} % of the asset runs through companies that own each other: {names}."
        rows.append(known(subject, value, 0.0 if any(one.share is None for one in inside) else value,
                          max(link.reach for link in inside), ids_of(inside), detail=text))  # fmt: skip
    return findings(rows)


def single_source(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of the chain, weighted by share, that rests on one independent source."""
    snapshot = evidence.snapshot
    asked = {root for _, root in evidence.roots}
    return _of_links(evidence, lambda said: snapshot.independent_sources(said) < 2, asked)


def contradicted_share(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of the chain, weighted by share, whose statements are disputed or have a rival that counts.

    Parameters: ``resolved_percent``. Where the owners are hidden nobody can contradict anybody: unknown.
    """
    by_id, on = evidence.snapshot.by_id, evidence.snapshot.as_of

    def stands(name: str) -> bool:
        return name in by_id and by_id[name].counts() and by_id[name].holds(on)

    def disputed(said: list[Statement]) -> bool:
        return any(one.status == "disputed" or any(map(stands, one.contradicts)) for one in said)

    return _of_links(evidence, disputed, _resolved(evidence, indicator))


def _resolved(evidence: Evidence, indicator: Indicator) -> set[str]:
    """Return the owned nodes of which enough is resolved to look for what is wrong in the chain."""
    hidden = evidence.unresolved
    most = 100.0 - indicator.parameters["resolved_percent"]
    return {root for _, root in evidence.roots if hidden.get(root, 100.0) <= most}


def _of_links(evidence: Evidence, holds: Callable[[list[Statement]], bool], asked: Set[str]) -> pd.DataFrame:
    by_id, told = evidence.snapshot.by_id, dict[tuple[str, ...], bool]()
    rows: list[dict[str, Any]] = []
    for subject, root in evidence.roots:
        links = evidence.links[root]
        if not links or root not in asked:
            rows.append(unknown(subject, "not-found"))
            continue
        for link in links:
            said = link.stake.statements
            if said not in told:
                told[said] = holds([by_id[one] for one in said])
        value = weighted([100.0 * told[link.stake.statements] for link in links], links)
        cited = [link for link in links if told[link.stake.statements]] or links
        rows.append(known(subject, value, value, value, ids_of(cited), value=f"{value:.0f} %"))
    return findings(rows)


def _majority_chain(stakes: Any, root: str, gate: float) -> list[Stake]:
    """Return the stakes up from an owned node, each a published majority by itself; a ring is walked once."""
    chain: list[Stake] = []
    seen, node = {root}, root
    while True:
        above = [stake for stake in stakes.get(node, ()) if stake.per_cent("equity", "low") > gate]
        if not above or above[0].owner in seen:
            return chain
        chain.append(above[0])
        node = above[0].owner
        seen.add(node)


def _rings(graph: OwnershipGraph) -> dict[str, int]:
    """Return for each party that stands in a ring which one it is."""
    matrix = share_matrix(graph, treasury=False)
    labels = loops_of(matrix.direct).tolist()
    size: dict[int, int] = {}
    for label in labels:
        size[label] = size.get(label, 0) + 1
    return {party: label for party, label in zip(matrix.ids, labels, strict=True) if size[label] > 1}


def _same(ring: dict[str, int], link: Link) -> bool:
    label = ring.get(link.stake.owner)
    return label is not None and label == ring.get(link.stake.owned)

"""China linkage by channel: equity, control, sales, processing, debt, works.

Legal status stands beside these values and never enters them. A search that found nothing counts as zero with
the grade of its source; a channel nobody looked at is unknown.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd

from georisk.evidence import Evidence, findings, known, unknown
from georisk.financing import amount
from georisk.indicators.contracts import Term, current_and_lapsed, remaining_years
from georisk.indicators.opacity import REFUSED
from georisk.method import Indicator
from georisk.ownership.bounds import joint_bounds
from georisk.ownership.cascade import Gates, arranged, cascade
from georisk.ownership.chains import links_above
from georisk.ownership.shares import group_shares
from georisk.ownership.unresolved import unresolved_shares
from georisk.statements import Statement


def chinese_equity(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of the asset that ends at Chinese parties; bounds from bands and hidden holders.

    Parameters: ``resolved_percent`` (under this much of the asset resolved and nobody having looked, unknown).
    """
    group = sorted(evidence.chinese_placed)
    state = [party for party in group if evidence.graph.holders[party].kind in ("government", "party_state_organ")]
    found = group_shares(evidence.graph, group).value
    of_state = group_shares(evidence.graph, state).value
    unresolved = unresolved_shares(evidence.graph)
    bounds = joint_bounds(evidence.graph, group, evidence.method.ownership.float_holder_percent)
    rows = []
    for subject, root in zip(evidence.subjects["subject"], evidence.subjects["root"], strict=True):
        value, looked = found.get(root, 0.0), _none_found(evidence, subject, "equity")
        if pd.isna(value):
            rows.append(unknown(subject, REFUSED))
            continue
        ids = [one for link in evidence.links[root] for one in link.stake.statements]
        hidden = unresolved.get(root, 100.0) > 100 - indicator.parameters["resolved_percent"]
        if hidden and not value and not looked:
            rows.append(unknown(subject, "not-found", ids))
            continue
        most = value if looked and not value else bounds.high.get(root, 100.0)
        holders = _chinese_holders(evidence, root)
        detail = ", ".join(holders) or ("looked for, none found" if looked else "none among the known holders")
        if of_state.get(root, 0.0) > 0:
            detail += f"; {of_state[root]:.2f} % ends at the Chinese state as far as its chain is published"
        cited = [one.id for one in looked] if looked and not value else ids
        row = known(subject, value, bounds.low.get(root, 0.0), most, cited, value=f"{value:.2f} %", detail=detail)
        rows.append(row)
    return findings(rows)


def chinese_control(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Strength of Chinese control over the owned node: majority chain, or right to appoint directors.

    Parameters: ``majority``, ``board_direct``, ``board_above``, and ``resolved_percent`` as for equity. At most a
    majority chain, where bands and hidden rests leave room for one at every step.
    """
    parameters = indicator.parameters
    equity = chinese_equity(evidence, indicator).set_index("subject")
    possible = _possibly_controlled(evidence)
    rows = []
    for subject, root in zip(evidence.subjects["subject"], evidence.subjects["root"], strict=True):
        holding = equity.loc[subject]
        room = root in possible and holding["high"] != 0  # no Chinese share at all leaves no room for control
        most = parameters["majority"] if room else 0.0
        ids = list(holding["statements"])
        looked = _none_found(evidence, subject, "control")
        seats = _board_rights(evidence, root)
        if root in evidence.chinese:
            text = f"{evidence.name(root)} is held by Chinese parties through a majority chain."
            rows.append(
                known(subject, parameters["majority"], parameters["majority"], parameters["majority"], ids, detail=text)
            )
        elif seats:
            value = max(parameters["board_direct"] if direct else parameters["board_above"] for _, direct in seats)
            names = ", ".join(
                f"{evidence.name(one.qualifiers['holder'])} in {evidence.name(one.subject)}" for one, _ in seats
            )
            text = f"No Chinese majority chain; right to appoint directors: {names}."
            rows.append(
                known(
                    subject,
                    value,
                    value,
                    max(value, most),
                    [one.id for one, _ in seats],
                    detail=text,
                )
            )
        elif looked:
            rows.append(
                known(subject, 0, 0, 0, [one.id for one in looked], detail="Looked for, no Chinese control found.")
            )
        elif holding["reason"]:
            rows.append(unknown(subject, holding["reason"], ids))
        else:
            text = "No Chinese majority chain and no known right to appoint directors."
            rows.append(known(subject, 0, 0, most, ids, detail=text))
    return findings(rows)


def chinese_offtake(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of output under contract to Chinese buyers, weighted by remaining term.

    Parameters: ``flow`` (weight of the flow itself), ``full_term_years`` (a term this long counts full).
    """
    return _contracts(evidence, indicator, "offtake", "buyer", "Sold to", _offtake_weight)


def chinese_processing(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of the site's own product that is separated or refined in China."""
    return _contracts(
        evidence, indicator, "processing", "country", "Processed in", lambda term, evidence, indicator: (1.0, 1.0)
    )


def chinese_debt(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of debt owed to Chinese lenders, in one currency and one state of commitment; the largest counts.

    Parameters: ``kinds`` (kinds of finance that are debt), ``host_loan`` (weight of a loan to the host state,
    applied to the share as far as it counts, that is up to the upper goalpost).
    """
    kinds = set(indicator.parameters["kinds"])
    rows = []
    for subject in evidence.subjects["subject"]:
        loans = [one for one in evidence.holding(subject, "finance") if one.qualifiers.get("kind") in kinds]
        loans = [one for one in loans if one.force in ("in-effect", "binding") and one.qualifiers.get("lender")]
        looked = _none_found(evidence, subject, "debt")
        chinese = [one for one in loans if evidence.is_chinese(one.qualifiers["lender"])]
        if chinese:
            value, least = _debt_share(evidence, indicator, loans, chinese)
            names = ", ".join(sorted({evidence.name(one.qualifiers["lender"]) for one in chinese}))
            rows.append(known(subject, value, least, value, [one.id for one in chinese], detail=f"Owed to {names}."))
        elif loans or looked:
            ids = [one.id for one in (looked or loans)]
            rows.append(known(subject, 0, 0, 0, ids, detail="No Chinese lender among those known."))
        else:
            rows.append(unknown(subject, "not-sought"))
    return findings(rows)


def chinese_contractor(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Whether Chinese parties build, equip or run the site: in force, intended, or not.

    Parameters: ``in_force``, ``intended``.
    """
    parameters = indicator.parameters
    rows = []
    for subject in evidence.subjects["subject"]:
        works = [one for one in evidence.holding(subject, "contractor") if one.value is not None]
        ties = [
            one for one in evidence.holding(subject, "chinese-link") if one.qualifiers.get("channel") == "contractor"
        ]
        ties = [one for one in ties if one.value is not None] + [one for one in works if evidence.is_chinese(one.value)]
        looked = _none_found(evidence, subject, "contractor")
        if ties:
            value = max(parameters["in_force" if one.force in ("in-effect", "binding") else "intended"] for one in ties)
            text = "; ".join(
                evidence.name(one.value) if one.property == "contractor" else str(one.value) for one in ties
            )
            least = 0.0 if all(one.status == "disputed" for one in ties) else value
            rows.append(known(subject, value, least, value, [one.id for one in ties], detail=f"{text.rstrip('.')}."))
        elif looked or works:
            rows.append(
                known(
                    subject,
                    0,
                    0,
                    0,
                    [one.id for one in (looked or works)],
                    detail="No Chinese contractor among those known.",
                )
            )
        else:
            rows.append(unknown(subject, "not-sought"))
    return findings(rows)


def _contracts(evidence: Evidence, indicator: Indicator, name: str, role: str, verb: str, weight: Any) -> pd.DataFrame:
    rows = []
    for subject in evidence.subjects["subject"]:
        terms = current_and_lapsed(evidence, subject, name)
        if terms is None:
            rows.append(unknown(subject, "not-applicable"))
            continue
        terms = [term for term in terms if term.share is not None or role in term.statement.qualifiers]
        looked = _none_found(evidence, subject, name)
        chinese = [term for term in terms if _is_chinese_term(evidence, term, role)]
        if not terms and not looked:
            rows.append(unknown(subject, "not-found"))
        elif not chinese:
            ids = [term.statement.id for term in terms] + [one.id for one in looked]
            rows.append(known(subject, 0, 0, 0, ids, detail=_no_chinese(evidence, terms, role, verb)))
        else:
            rows.append(_chinese_contracts(evidence, indicator, subject, chinese, terms, role, verb, weight))
    return findings(rows)


def _chinese_contracts(
    evidence: Evidence,
    indicator: Indicator,
    subject: str,
    chinese: list[Term],
    terms: list[Term],
    role: str,
    verb: str,
    weight: Any,
) -> dict[str, Any]:
    others = sum(term.share or 0.0 for term in terms if term not in chinese and not term.lapsed)
    room = max(0.0, 100.0 - others)
    low = point = high = 0.0
    stated = [term for term in chinese if term.share is not None]
    firmest = max(chinese, key=lambda term: sum(weight(term, evidence, indicator)))
    for term in stated or [firmest]:  # buyers without a figure share one room
        least, most = weight(term, evidence, indicator)
        share_low, share, share_high = term.bounds(room)
        low, high = low + share_low * least, high + share_high * most
        point += share * (least + most) / 2
    if len(stated) < len(chinese):
        high = max(high, room)
    texts = "; ".join(dict.fromkeys(_term_text(evidence, term, role, verb) for term in chinese))
    ids = [term.statement.id for term in chinese]
    return known(subject, min(point, 100.0), min(low, 100.0), min(high, 100.0), ids, detail=f"{texts}.")


def _offtake_weight(term: Term, evidence: Evidence, indicator: Indicator) -> tuple[float, float]:
    flow, full = indicator.parameters["flow"], indicator.parameters["full_term_years"]
    if term.lapsed:
        return flow, flow
    years = remaining_years(term.statement, evidence.snapshot.as_of)
    if years is None:
        return flow, 1.0
    weight = flow + (1 - flow) * min(1.0, years / full)
    return weight, weight


def _is_chinese_term(evidence: Evidence, term: Term, role: str) -> bool:
    if term.share == 0:
        return False
    party = term.statement.qualifiers.get(role)
    return party in evidence.method.ownership.chinese_places if role == "country" else evidence.is_chinese(party)


def _term_text(evidence: Evidence, term: Term, role: str, verb: str) -> str:
    statement = term.statement
    party = statement.qualifiers.get(role)
    who = evidence.place_name(str(party)) if role == "country" else evidence.snapshot.name(str(party))
    share = "an unstated share" if term.share is None else f"{term.share:g} %"
    end = statement.valid_until
    if term.lapsed:
        return f"{verb} {who}: {share} until {end}, no successor known"
    return f"{verb} {who}: {share}" + (f", ends before {end}" if end else ", end not stated")


def _no_chinese(evidence: Evidence, terms: list[Term], role: str, verb: str) -> str:
    if not terms:
        return "Looked for, none found."
    names = [_party_text(evidence, term, role) for term in terms]
    return f"{verb} {', '.join(dict.fromkeys(names))}; nothing to Chinese parties among them."


def _party_text(evidence: Evidence, term: Term, role: str) -> str:
    party = str(term.statement.qualifiers.get(role, "parties not named"))
    name = evidence.place_name(party) if role == "country" else evidence.snapshot.name(party)
    return name if term.share is None else f"{name} ({term.share:g} %)"


def _none_found(evidence: Evidence, subject: str, channel: str) -> list[Statement]:
    links = evidence.holding(subject, "chinese-link")
    found = [one for one in links if one.absent == "none-found" and channel in one.qualifiers.get("channels", ())]
    own = [one for one in evidence.holding(subject, channel) if one.absent == "none-found"]
    return found + own


def _chinese_holders(evidence: Evidence, root: str) -> list[str]:
    """Return the Chinese parties at which shares end, with what of the asset each way carries."""
    group = evidence.chinese_placed
    shares: dict[str, list[float | None]] = defaultdict(list)
    for link in links_above(evidence.graph, [root], 0.0)[root]:
        if link.stake.owner in group and link.stake.owned not in group:
            shares[link.stake.owner].append(link.share)
    return [f"{evidence.name(owner)} {_share_text(found)}" for owner, found in shares.items()]


def _share_text(shares: list[float | None]) -> str:
    if None in shares:
        return "with a share that is not published"
    return f"{sum(one for one in shares if one is not None):.2f} %"


def _board_rights(evidence: Evidence, root: str) -> list[tuple[Statement, bool]]:
    nodes = [root, *dict.fromkeys(link.stake.owner for link in evidence.links[root])]
    found = [(one, node == root) for node in nodes for one in evidence.snapshot.holding(node, "board-right")]
    return [
        (one, direct)
        for one, direct in found
        if one.force == "in-effect" and evidence.is_chinese(one.qualifiers.get("holder"))
    ]


def _possibly_controlled(evidence: Evidence) -> set[str]:
    """Return the parties a Chinese majority chain could reach if every band and hidden rest were Chinese."""
    rule = evidence.method.ownership
    links = arranged(evidence.graph, ["equity"], rule.float_holder_percent)
    gates: Gates = {"equity": rule.control_percent}
    return cascade(links, evidence.chinese_placed, gates, strict=True, at="high").caught


def _debt_share(
    evidence: Evidence, indicator: Indicator, loans: list[Statement], chinese: list[Statement]
) -> tuple[float, float]:
    best, least = 0.0, 100.0
    for one in chinese:
        like = [other for other in loans if (other.force, other.unit) == (one.force, one.unit)]
        frames = {name for other in like for name in (other.key, other.key.split(":", 1)[1])}
        total = sum(amount(other) or 0.0 for other in like if other.qualifiers.get("part_of") not in frames)
        own = amount(one)
        share = 100.0 if own is None or not total else 100.0 * own / total
        share = min(share, indicator.goalposts.hundred)
        recipient = evidence.snapshot.seeds.parties.get(str(one.qualifiers.get("recipient")))
        if recipient is not None and recipient.kind == "state":
            share *= indicator.parameters["host_loan"]
        best = max(best, share)
        vague = any(amount(other) is None for other in like)
        least = min(least, 0.0 if one.status == "disputed" or vague else share)
    return best, min(least, best)

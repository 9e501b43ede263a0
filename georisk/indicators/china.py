"""China linkage by channel: equity, control, sales, processing, debt, works.

Legal status stands beside these values and never enters them. A search that found nothing counts as zero with
the grade of its source; a channel nobody looked at is unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from georisk.evidence import Evidence, findings, known, unknown
from georisk.financing import amount, finance_statements
from georisk.indicators.contracts import Term, current_and_lapsed, remaining_years
from georisk.indicators.opacity import REFUSED
from georisk.method import Indicator
from georisk.ownership.cascade import Gates, arranged, cascade
from georisk.ownership.chains import links_above
from georisk.ownership.steering import SOLE, STATED, Grip, grips
from georisk.ownership.upstream import downstream
from georisk.statements import Statement


def chinese_equity(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Per cent of the asset that ends at Chinese parties; bounds from bands and hidden holders.

    Parameters: ``resolved_percent`` (under this much of the asset resolved and nobody having looked, unknown).
    """
    return findings(_equities(evidence, indicator))


def _equities(evidence: Evidence, indicator: Indicator) -> Iterator[dict[str, Any]]:
    group, joint = evidence.chinese_placed, evidence.chinese_shares
    found, of_state, bounds, unresolved = joint.value, joint.of_state, joint.bounds, evidence.unresolved
    reached = downstream(evidence.graph, group).holders
    for subject, root in evidence.roots:
        value, looked = found.get(root, 0.0), _none_found(evidence, subject, "equity")
        if pd.isna(value):
            yield unknown(subject, REFUSED)
            continue
        ids = [one for link in evidence.links[root] for one in link.stake.statements]
        hidden = unresolved.get(root, 100.0) > 100 - indicator.parameters["resolved_percent"]
        if hidden and not value and not looked:
            yield unknown(subject, "not-found", ids)
            continue
        sure = (looked and not value) or root in group
        low, most = (value, value) if sure else (bounds.low.get(root, 0.0), bounds.high.get(root, 100.0))
        holders = _chinese_holders(evidence, root) if root in reached else []
        nobody = "looked for, none found" if looked else "none among the known holders"
        itself = f"{evidence.name(root)} is itself organised in China" if root in evidence.chinese_placed else ""
        detail = ", ".join([itself] * bool(itself) + holders) or nobody
        if of_state.get(root, 0.0) > 0:
            detail += f"; {of_state[root]:.2f} % ends at the Chinese state as far as its chain is published"
        cited = [one.id for one in looked] if looked and not value else ids
        yield known(subject, value, low, most, cited, value=f"{value:.2f} %", detail=detail)


def chinese_control(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Strength of Chinese control over the owned node: majority chain, stated control, or right to appoint directors.

    Parameters: ``majority``, ``stated`` (a source names who controls), ``sole_parent`` (the only known owner, whose
    share nobody published, is steered from China: between nothing and a majority), ``board_direct``, ``board_above``,
    and ``resolved_percent`` as for equity. At most a majority chain, where bands and hidden rests leave room for one
    at every step.
    """
    equity = {row["subject"]: row for row in _equities(evidence, indicator)}
    possible = _possibly_controlled(evidence)
    named = {str(one.qualifiers.get("holder")) for one in evidence.snapshot.every("control")}
    group = evidence.chinese_placed | {holder for holder in named if evidence.is_chinese(holder)}
    steered = grips(evidence.snapshot, evidence.graph, evidence.method.ownership, group)
    rows = []
    for subject, root in evidence.roots:
        holding = equity[subject]
        room = root in possible and holding.get("high") != 0  # no Chinese share at all leaves no room for control
        most = indicator.parameters["majority"] if room else 0.0
        rows.append(
            _majority(evidence, indicator, subject, root, list(holding["statements"]))
            or _steered(evidence, indicator, subject, root, steered)
            or _seated(evidence, indicator, subject, root, most)
            or _uncontrolled(evidence, subject, holding, most)
        )
    return findings(rows)


def _majority(
    evidence: Evidence, indicator: Indicator, subject: str, root: str, ids: list[str]
) -> dict[str, Any] | None:
    if root not in evidence.chinese:
        return None
    full, itself = indicator.parameters["majority"], root in evidence.chinese_placed
    how = "is itself organised in China" if itself else "is held by Chinese parties through a majority chain"
    return known(subject, full, full, full, ids, detail=f"{evidence.name(root)} {how}.")


def _steered(
    evidence: Evidence, indicator: Indicator, subject: str, root: str, steered: Mapping[str, Grip]
) -> dict[str, Any] | None:
    grip = steered.get(root)
    if grip is None:
        return None
    full, name = indicator.parameters["majority"], evidence.name(root)
    through = f"{evidence.name(grip.holder)}, {_hold_text(evidence, grip.holder, steered)},"
    if grip.kind == SOLE:
        text = f"The only known owner of {name} is {through} with a share that nobody published."
        return known(subject, indicator.parameters["sole_parent"], 0.0, full, grip.statements, detail=text)
    value = indicator.parameters["stated" if grip.kind == STATED else "majority"]
    said = "is said to control" if grip.kind == STATED else "holds the majority of"
    doubt = "" if grip.sure else "; a step on the way is disputed or has no published share"
    text = f"{through} {said} {name}{doubt}."
    return known(subject, value, value if grip.sure else 0.0, full, grip.statements, detail=text)


def _hold_text(evidence: Evidence, holder: str, steered: Mapping[str, Grip]) -> str:
    """Return why a holder counts as Chinese, in words."""
    grip = steered.get(holder)
    return "itself Chinese" if grip is None else f"in the hands of {evidence.name(grip.holder)}"


def _seated(evidence: Evidence, indicator: Indicator, subject: str, root: str, most: float) -> dict[str, Any] | None:
    seats, parameters = _board_rights(evidence, root), indicator.parameters
    if not seats:
        return None
    value = max(parameters["board_direct"] if direct else parameters["board_above"] for _, direct in seats)
    names = ", ".join(f"{evidence.name(one.qualifiers['holder'])} in {evidence.name(one.subject)}" for one, _ in seats)
    text = f"No Chinese majority chain; right to appoint directors: {names}."
    return known(subject, value, value, max(value, most), [one.id for one, _ in seats], detail=text)


def _uncontrolled(evidence: Evidence, subject: str, holding: Mapping[str, Any], most: float) -> dict[str, Any]:
    looked, ids = _none_found(evidence, subject, "control"), list(holding["statements"])
    if looked:
        cited = [one.id for one in looked]
        return known(subject, 0, 0, 0, cited, detail="Looked for, no Chinese control found.")
    if "reason" in holding:
        return unknown(subject, holding["reason"], ids)
    return known(subject, 0, 0, most, ids, detail="No Chinese majority chain and no known right to appoint directors.")


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
    for subject, _ in evidence.roots:
        money = finance_statements(evidence.snapshot, evidence.abouts[subject])
        loans = [one for one in money if one.qualifiers.get("kind") in kinds]
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
    for subject, _ in evidence.roots:
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
    for subject, _ in evidence.roots:
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
            rows.append(_none_chinese(evidence, indicator, subject, terms, looked, role, verb))
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


def _none_chinese(
    evidence: Evidence,
    indicator: Indicator,
    subject: str,
    terms: list[Term],
    looked: list[Statement],
    role: str,
    verb: str,
) -> dict[str, Any]:
    """Return nothing for what is not Chinese among the known; what nobody has stated may be, unless somebody looked."""
    ids = [term.statement.id for term in terms] + [one.id for one in looked]
    denied = bool(looked) or any(term.share == 0 and _names_china(evidence, term, role) for term in terms)
    stated = sum(term.share or 0.0 for term in terms if not term.lapsed)
    if not denied and stated < indicator.parameters["resolved_percent"]:
        return unknown(subject, "not-found", ids)
    rest = 0.0 if denied else max(0.0, 100.0 - stated)
    text = _no_chinese(evidence, terms, role, verb)
    text += f" Where the other {rest:g} % go nobody states." if rest else ""
    return known(subject, 0, 0, rest, ids, detail=text)


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
    return term.share != 0 and _names_china(evidence, term, role)


def _names_china(evidence: Evidence, term: Term, role: str) -> bool:
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
    none = [term for term in terms if term.share == 0 and _names_china(evidence, term, role)]
    if none:
        who = ", ".join(dict.fromkeys(_party_text(evidence, term, role).removesuffix(" (0 %)") for term in none))
        return f"{verb} {who}: nothing, as a source states."
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

"""What an article says twice: kept once, with the other passages beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from georisk.news.extracting.assembling import Proposal
from georisk.news.extracting.knowledge import Knowledge
from georisk.news.linking.scenes import LENDERS


def distinct(proposals: Sequence[Proposal], knowledge: Knowledge) -> list[Proposal]:
    """Drop what an article says twice: the same event again, or without the figures it has elsewhere."""
    kept: list[Proposal] = []
    for one in sorted(proposals, key=_weight, reverse=True):
        twin = next((number for number, other in enumerate(kept) if _repeats(one, other, knowledge)), None)
        if twin is None:
            kept.append(one)
        else:
            other = kept[twin]
            also = (*other.event.also, (one.event.start, one.event.end))
            kept[twin] = replace(other, event=replace(other.event, also=also))
    return sorted(kept, key=lambda one: one.event.start)


def _weight(one: Proposal) -> tuple[bool, float, int]:
    return one.spot.figured, one.event.confidence or 0.0, -one.event.start


def _repeats(one: Proposal, other: Proposal, knowledge: Knowledge) -> bool:
    """Tell whether a proposal adds nothing to another."""
    a, b = one.event, other.event
    if one.spot.sentence is other.spot.sentence and one.spot.figured and other.spot.figured:
        return False
    alike = a.event_type == b.event_type or knowledge.lexicon.family(a.event_type) == knowledge.lexicon.family(
        b.event_type
    )
    if not alike or not _same_target(one, other):
        return False
    if a.amount is not None or a.share_pct is not None or a.quantities:
        same = (a.amount, a.currency, a.share_pct, a.quantities) == (b.amount, b.currency, b.share_pct, b.quantities)
        return same and a.event_type == b.event_type
    if knowledge.lexicon.family(a.event_type) == "finance":
        return (b.amount is not None or b.event_type == a.event_type) and _lenders(one) <= _lenders(other)
    if a.event_type != b.event_type:
        return False
    if other.spot.figured and a.event_type in _NAMED_BY_FIGURE:
        return True
    return a.modality == b.modality and _told_again(a.event_date or a.effective_date, b.event_date or b.effective_date)


def _lenders(one: Proposal) -> set[str]:
    begin, finish = (one.spot.sentence.start + at for at in one.spot.sentence.clause_at(one.spot.start))
    return {m.entity.id for m in one.target.parties if m.entity.kind in LENDERS and begin <= m.start < finish}


_NAMED_BY_FIGURE = frozenset(
    ("acquisition", "stake_purchase", "ownership", "price_floor", "capacity", "resource", "capex")
)


def _told_again(date: str | None, other: str | None) -> bool:
    return date is None or date == other


def _same_target(one: Proposal, other: Proposal) -> bool:
    return bool(_about(one) & _about(other))


def _about(one: Proposal) -> set[tuple[str, str]]:
    return {(mention.entity.source, mention.entity.id) for mention in one.target.about()}

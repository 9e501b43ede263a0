"""Passages that look like news of a project and are none: hypotheses, advice, statistics, sums, calls, questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from georisk.news.linking.references import above
from georisk.news.linking.targets import Target
from georisk.news.sentences.figures import Amount
from georisk.news.sentences.moments import find_moments
from georisk.news.spotting.lexicon import Lexicon, Trap
from georisk.news.spotting.spots import Spot

_BEFORE_REACH = 75
_CLOSE_SUM = 0.012
_SUBJECT_REACH = 14
_STATISTIC = frozenset(("output", "capacity", "ownership", "stake_purchase", "resource"))
_NATIONAL = _STATISTIC | frozenset(
    ("investment", "capex", "offtake", "offtake_ended", "financing_package", "price_floor", "fund_formation")
)
_NO_NEWS_IF_DENIED = frozenset(
    ("stage_change", "study", "capacity", "output", "ownership", "governance", "operator", "permit", "land", "probe")
)
_SECOND_PARTIES = ("company", "fund", "lender", "agency", "state", "country")
_WOULD = re.compile(r"(?:[’']s)?(?: also| then)? would\b")


def trap_of(spot: Spot, target: Target, modality: str, published: date | None, lexicon: Lexicon) -> str | None:
    """Return the code of the trap a spot falls into, ``None`` if it falls into none.

    Parameters
    ----------
    spot, target, modality
        The event as it would be.
    published
        The day of the article, ``None`` where not known.
    lexicon
        The traps.
    """
    for trap in lexicon.traps:
        if trap.code == "would" and _is_told(spot, target, lexicon):
            continue
        if trap.code == "wish" and _is_dated(spot, published, lexicon):
            continue
        if _blocks(trap, spot, target) and _stands(trap, spot):
            return trap.code
    if _is_national(spot, target):
        return "national"
    if not spot.figured and lexicon.patterns["recognising-back"].search(spot.sentence.text, 0, spot.start):
        return "told-before"
    if _is_not_so(spot, modality, lexicon):
        return "absence"
    return "wish" if modality == "speculative" and _is_idle(spot, target, published, lexicon) else None


def _is_told(spot: Spot, target: Target, lexicon: Lexicon) -> bool:
    """Tell whether "would" says what a named party does or gets under a proposal, or what somebody announced."""
    text, base = spot.sentence.text, spot.sentence.start
    if lexicon.patterns["traps-reported"].search(text):
        return True
    return any(_WOULD.match(text, one.end - base) for one in target.parties)


def _is_dated(spot: Spot, published: date | None, lexicon: Lexicon) -> bool:
    """Tell whether the clause of a wish gives a date: then it is a plan."""
    begin, finish = spot.sentence.clause_at(spot.start)
    return bool(find_moments(spot.sentence.text[begin:finish], published, lexicon.reading.months))


def _blocks(trap: Trap, spot: Spot, target: Target) -> bool:
    """Tell whether a kind of trap concerns a spot at all."""
    named = target.basis in ("clause", "sentence") and bool(target.about())
    figured = spot.share is not None or bool(spot.quantities)
    return {
        "all": True,
        "amount": spot.amount is not None,
        "unfigured": not spot.figured,
        "statistic": spot.type in _STATISTIC and figured and not named,
        "unnamed-site": target.project is None or not named,
        "unnamed": not named and target.basis != "reference",
    }[trap.blocks]


def _stands(trap: Trap, spot: Spot) -> bool:
    text = spot.sentence.text
    begin, finish = spot.sentence.clause_at(spot.start)
    if trap.scope == "before":
        low = max(begin, spot.start - _BEFORE_REACH)
        return any(low <= hit.start() < spot.end for hit in trap.pattern.finditer(text, 0, spot.end))
    if trap.scope == "clause":
        return trap.pattern.search(text[begin:finish]) is not None
    lines = [text, *(one.text for one in above(spot.sentence))] if trap.scope == "unit" else [text]
    return any(trap.pattern.search(line) for line in lines)


def _is_national(spot: Spot, target: Target) -> bool:
    """Tell whether a sentence is about a country and names no project or company."""
    if spot.type not in _NATIONAL or target.basis not in ("article", "reference") or spot.sentence.kind == "item":
        return False
    if not target.parties or any(one.entity.kind in ("project", "company", "fund") for one in target.parties):
        return False
    first = target.parties[0]
    return first.entity.kind == "country" and first.start - spot.sentence.start < _SUBJECT_REACH


def _is_not_so(spot: Spot, modality: str, lexicon: Lexicon) -> bool:
    """Tell whether a sentence only says that something has not happened: no news of a stage or a holding."""
    if spot.figured or spot.type not in _NO_NEWS_IF_DENIED:
        return False
    not_done = lexicon.patterns["recognising-not-done"].search(spot.sentence.text, spot.end, spot.end + 30)
    return modality == "denied" or not_done is not None


def _is_idle(spot: Spot, target: Target, published: date | None, lexicon: Lexicon) -> bool:
    """Tell whether a passage is a wish without date, figure or a second party."""
    if spot.figured or spot.sentence.kind == "item" or spot.type == "dispute":
        return False
    named = {one.entity for one in target.parties if one.entity.kind in _SECOND_PARTIES}
    return len(named) < 2 and not find_moments(spot.sentence.text, published, lexicon.reading.months)


def is_sum_of_others(spot: Spot, spots: Sequence[Spot], lexicon: Lexicon) -> bool:
    """Tell whether a sum only adds up others: those of the list below it, or by its words and by arithmetic."""
    if spot.amount is None:
        return False
    if spot.sentence.kind == "lead-in":
        items = [one for one in spots if one.sentence.lead_in is spot.sentence and one.amount is not None]
        if len(items) > 1:
            return True
    if not lexicon.patterns["recognising-adds"].search(spot.sentence.text):
        return False
    return is_total(spot.amount, [one.amount for one in spots if one.amount is not None])


def is_total(amount: Amount, others: Iterable[Amount]) -> bool:
    """Tell whether a sum is, within rounding, the total of two or three others of its currency."""
    values = sorted({one.value for one in others if one.currency == amount.currency and not one.unit_price})[-24:]
    return any(
        amount.value not in parts and abs(amount.value - sum(parts)) <= _CLOSE_SUM * amount.value
        for size in (2, 3)
        for parts in combinations(values, size)
    )

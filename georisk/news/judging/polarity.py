"""Which of the three risks an event moves, which way, and why; neutral unless a rule of the table says more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from georisk.news.events import NEUTRAL
from georisk.news.linking.scenes import COMPANIES, LENDERS
from georisk.news.naming.names import Entity
from georisk.news.spotting.lexicon import Lexicon, RiskRule
from georisk.news.spotting.spots import Spot

_CHINESE = frozenset(("CHN", "HKG", "MAC"))
_SELLS = re.compile(r"\b(?:sold|sells?|selling|cut|reduced|trimm\w+|exit\w*)\b")
_SALES = ("stake_purchase", "ownership_change")


def risk_of(
    spot: Spot, modality: str, entities: Sequence[Entity], allies: frozenset[str], lexicon: Lexicon
) -> tuple[dict[str, str], dict[str, str]]:
    """Return polarity and reason by dimension.

    Parameters
    ----------
    spot, modality
        The event.
    entities
        All that its sentence names, and the lender above its list.
    allies
        Countries (ISO alpha-3) whose public lenders and buyers lower the linkage to China.
    lexicon
        The rules.
    """
    polarity: dict[str, str] = dict(NEUTRAL)
    reasons: dict[str, str] = {}
    for rule in lexicon.risks:
        if rule.dimension in reasons or spot.type not in rule.types or modality not in rule.modalities:
            continue
        if _fits(rule, spot, entities, allies, lexicon):
            polarity[rule.dimension] = rule.polarity
            reasons[rule.dimension] = rule.reason
    return polarity, reasons


def _fits(rule: RiskRule, spot: Spot, entities: Sequence[Entity], allies: frozenset[str], lexicon: Lexicon) -> bool:
    kind, _, what = rule.who.partition(":")
    if not kind:
        return True
    if kind == "text":
        return lexicon.patterns[f"polarity-{what}"].search(spot.sentence.text) is not None
    countries = _CHINESE if what == "CHN" else allies
    if kind == "lender":
        return any(one.kind in LENDERS and one.country in countries for one in entities)
    sells = spot.type in _SALES and _SELLS.search(spot.sentence.text) is not None
    if (kind == "seller") != sells:
        return False
    if any(one.kind in COMPANIES and one.country in countries for one in entities):
        return True
    return what == "CHN" and _names_chinese(spot, lexicon)


def _names_chinese(spot: Spot, lexicon: Lexicon) -> bool:
    """Tell whether a sentence speaks of Chinese parties without naming them."""
    text = spot.sentence.text
    if lexicon.patterns["polarity-chinese-party"].search(text):
        return True
    return spot.type.startswith("offtake") and lexicon.patterns["polarity-to-china"].search(text) is not None

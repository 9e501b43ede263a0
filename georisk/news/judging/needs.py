"""What must stand beside telling words before they count: somebody named, an act, a figure."""

from __future__ import annotations

from georisk.news.linking.scenes import ABOUT, COMPANIES, LENDERS
from georisk.news.linking.targets import PROGRAMME_TYPES, Target
from georisk.news.spotting.spots import Spot
from georisk.news.tables import Patterns

_LISTED_DEALS = frozenset(("partnership", "offtake", "mou", "loan", "financing_package", "equity_investment"))
_NAMED = (*ABOUT, *LENDERS)
_ABOUT = (*COMPANIES, "project", "unknown", "line-head")
_WEAK_BASES = ("article", "list")
_SUBJECT_REACH = 40


def meets_needs(spot: Spot, target: Target, patterns: Patterns) -> bool:
    """Tell whether a spot has beside it what its rule asks for."""
    text = spot.sentence.text
    if "act" in spot.needs and not patterns["needs-act"].search(text):
        return False
    if "act-name" in spot.needs:
        return patterns["needs-act-name"].search(text) is not None
    kinds = [one.entity.kind for one in target.parties]
    if "country" in spot.needs and "country" in kinds:
        return True
    if target.basis == "description":
        return spot.figured or spot.strength > 1
    return _has_parties(spot, target, kinds) and bool(target.about()) and _target_will_do(spot, target)


def _has_parties(spot: Spot, target: Target, kinds: list[str]) -> bool:
    if "party" in spot.needs and not spot.figured and sum(kind in _NAMED for kind in kinds) < 2:
        return False
    if "near" in spot.needs and (target.basis not in ("clause", "sentence") or not _has_subject(spot, target)):
        return False
    return "lender" not in spot.needs or any(kind in LENDERS for kind in kinds)


def _has_subject(spot: Spot, target: Target) -> bool:
    """Tell whether a project or company stands closely before the telling words."""
    at = spot.sentence.start + spot.start
    return any(0 <= at - one.end <= _SUBJECT_REACH for one in target.parties if one.entity.kind in ABOUT)


def _target_will_do(spot: Spot, target: Target) -> bool:
    """Tell whether a target is good enough: a weak one needs a figure or telling words."""
    kinds = [one.entity.kind for one in target.about()]
    if any(kind in _ABOUT for kind in kinds):
        weak = target.basis in _WEAK_BASES and not spot.figured
        return not weak or spot.strength > 1 or "lender" in spot.needs
    if "programme" in kinds:
        return spot.type in PROGRAMME_TYPES
    if spot.type == "probe":
        return True
    return (spot.amount is not None and spot.strength > 1) or (target.basis == "list" and spot.type in _LISTED_DEALS)

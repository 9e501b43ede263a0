"""Spots of one event made one: a purchase with its price and share, a plan with its tonnage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from georisk.news.sentences.structure import Sentence
from georisk.news.spotting.spots import HELD, Spot

_PURCHASE = frozenset(("acquisition", "stake_purchase", "ownership_change"))
_BOUGHT = _PURCHASE | {"ownership", "equity_investment"}
_ALIKE: tuple[frozenset[str], ...] = (
    _BOUGHT,
    frozenset(("loan", "grant", "guarantee", "financing_package", "investment", "equity_investment", "mou", "capex")),
    frozenset(("capacity", "output")),
    frozenset(("resource", "study")),
    frozenset(("offtake", "offtake_ended", "capacity", "output")),
    _PURCHASE | {"equity_option"},
    _PURCHASE | {"offtake"},
    frozenset(("equity_option", "equity_investment")),
    frozenset(("dispute", "loan", "financing_package", "equity_investment")),
    frozenset(("price_floor",)),
    frozenset(("partnership", "mou")),
    frozenset(("permit", "stage_change")),
)


def merged(spots: Sequence[Spot], sentence: Sentence) -> list[Spot]:
    """Let spots of one event be one, in the order of the sentence."""
    kept: list[Spot] = []
    for spot in sorted(spots, key=lambda one: (not one.figured, -one.strength, one.start)):
        twin = next((number for number, other in enumerate(kept) if _one_event(spot, other, sentence)), None)
        if twin is None:
            kept.append(spot)
        else:
            kept[twin] = _joined(kept[twin], spot)
    return sorted(kept, key=lambda one: one.start)


def _one_event(spot: Spot, other: Spot, sentence: Sentence) -> bool:
    crossing = spot.start < other.end and other.start < spot.end
    both = spot.figured and other.figured
    if spot.type == other.type and crossing and not both:
        return True
    if {spot.type, other.type} == {"mou", "partnership"} and not (spot.figured or other.figured):
        return True
    if sentence.clause_at(spot.start) != sentence.clause_at(other.start) or not _alike(spot, other):
        return False
    if both:
        return _fit_together(spot, other)
    if not spot.figured and not other.figured:
        return spot.type == other.type or crossing or "equity_option" in (spot.type, other.type)
    return _bought_first(spot, other)


def _alike(spot: Spot, other: Spot) -> bool:
    """Tell whether two spots can be one event: shares counted as paid in are none of a purchase."""
    counted = any(one.quantities and one.type == "equity_investment" for one in (spot, other))
    if counted and spot.type != other.type:
        return False
    return any(spot.type in group and other.type in group for group in _ALIKE)


def _bought_first(spot: Spot, other: Spot) -> bool:
    """Tell whether a holding that stands beside a purchase is what was bought: the purchase must come first."""
    if spot.type == other.type or "ownership" not in (spot.type, other.type):
        return True
    held, bought = (spot, other) if spot.type == "ownership" else (other, spot)
    return bought.start < held.start


def _fit_together(spot: Spot, other: Spot) -> bool:
    """Two figures belong to one event if one is a price, the other a share, and nobody just holds the share."""
    if HELD in (spot.rule, other.rule) or not {spot.type, other.type} <= _BOUGHT or spot.quantities or other.quantities:
        return False
    return (spot.amount is None) != (other.amount is None) and (spot.share is None) != (other.share is None)


def _joined(spot: Spot, other: Spot) -> Spot:
    """Return one spot with the figures of both and the more telling type."""
    event_type = _type_of_both(spot, other)
    return replace(
        spot,
        type=event_type,
        start=min(spot.start, other.start),
        end=max(spot.end, other.end),
        strength=max(spot.strength, other.strength),
        amount=spot.amount or other.amount,
        share=spot.share or other.share,
        quantities=spot.quantities or other.quantities,
        modality=spot.modality or (other.modality if event_type == other.type else ""),
    )


def _type_of_both(spot: Spot, other: Spot) -> str:
    types = {spot.type, other.type}
    if types == {"permit", "stage_change"}:
        return "permit"
    if "settle" in other.sentence.text and other.type == "dispute":
        return "dispute"
    if "offtake_ended" in types:
        return "offtake_ended"
    if "equity_option" in types and spot.amount is None:
        return "equity_option"
    if "equity_investment" in types and types <= _BOUGHT:
        return "equity_investment"
    if types <= _PURCHASE | {"ownership"} and (len(types) > 1 or spot.type != "ownership"):
        return "stake_purchase" if "ownership" in types or (spot.share or other.share) is not None else spot.type
    return spot.type

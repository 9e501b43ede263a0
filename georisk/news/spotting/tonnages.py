"""Quantities that tell of capacity, output or a resource."""

from __future__ import annotations

import re
from collections.abc import Iterator

from georisk.news.sentences.figures import Quantity
from georisk.news.spotting.spots import Spot, Told
from georisk.news.tables import Patterns

_NEEDS = frozenset(("quantity",))
_COUNT = {"shares": "equity_investment", "warrants": "equity_option"}
_BEFORE = 70
_BEHIND = 50
_FOR = re.compile(r"\b(?:for|over|covers?|covering)(?: (?:about|some|roughly|up to|at least))? $")

Clause = tuple[int, int]


def quantity_spots(told: Told, patterns: Patterns) -> Iterator[Spot]:
    """Find what the quantities of a sentence tell; those of one clause and kind are one event."""
    groups: dict[tuple[Clause, str], list[Quantity]] = {}
    for quantity in told.figures.quantities:
        clause = told.sentence.clause_at(quantity.start)
        event_type = _type_of(told, quantity, clause, patterns)
        if event_type is not None:
            groups.setdefault((clause, event_type), []).append(quantity)
    for (clause, event_type), found in groups.items():
        kind = _contracted(told, clause, patterns) if event_type in ("capacity", "output") else None
        for part in _parts(found, event_type, told.sentence.text):
            start, end = part[0].start, part[-1].end
            if event_type == "capacity" and _FOR.search(told.sentence.text, 0, start):
                kind = kind or _paper_in(told, clause, ("offtake", "mou"))
            rule = f"quantity-{event_type}"
            yield Spot(told.sentence, kind or event_type, start, end, rule, 2, _NEEDS, "", quantities=tuple(part))


def _parts(found: list[Quantity], event_type: str, text: str) -> Iterator[list[Quantity]]:
    """Keep "from 5 to 6" together, and "5 of copper and 6 of cobalt"; give each other quantity its own event."""
    masses = [one for one in found if one.kind == "mass"]
    if event_type == "resource" and len(masses) > 1:
        yield from ([one] for one in masses)
    elif event_type in ("capacity", "resource") or len(found) == 1 or _is_pair(found, text):
        yield found
    else:
        yield from ([one] for one in found)


def _is_pair(found: list[Quantity], text: str) -> bool:
    materials = {one.of for one in found}
    return len(materials) > 1 and None not in materials and " and " in text[found[0].end : found[-1].start]


def _contracted(told: Told, clause: Clause, patterns: Patterns) -> str | None:
    """Return the kind of contract under which a quantity is sold, where its clause tells of one."""
    if patterns["tonnages-traded"].search(told.sentence.text, *clause) is None:
        return None
    return _paper_in(told, clause, ("offtake", "offtake_ended"))


def _paper_in(told: Told, clause: Clause, types: tuple[str, ...]) -> str | None:
    inside = (one.type for one in told.triggered if clause[0] <= one.start < clause[1])
    return next((one for one in inside if one in types), None)


def _type_of(told: Told, quantity: Quantity, clause: Clause, patterns: Patterns) -> str | None:
    text = told.sentence.text[clause[0] : clause[1]]
    low, high = max(clause[0], quantity.start - _BEFORE), min(clause[1], quantity.end + _BEHIND)
    near = told.sentence.text[low:high]
    made = patterns["tonnages-made"].search(near) is not None
    if quantity.kind == "rate" or (
        quantity.kind == "mass" and _is_yearly(told.sentence.text, quantity, clause, patterns)
    ):
        done = made and not patterns["tonnages-traded"].search(near) and not patterns["tonnages-planned"].search(near)
        return "output" if done else "capacity"
    if quantity.kind == "mass":
        return _type_of_mass(told, made, text, near, patterns)
    if quantity.kind == "grade":
        return "resource"
    if quantity.kind == "count" and patterns["tonnages-issued"].search(text):
        return _COUNT[quantity.unit]
    return None


def _is_yearly(text: str, quantity: Quantity, clause: Clause, patterns: Patterns) -> bool:
    """Tell whether a mass is one for each year: "annual production of 5 tonnes", "5 tonnes of oxide a year"."""
    low = max(clause[0], quantity.start - _BEFORE)
    before = patterns["tonnages-yearly"].search(text, low, quantity.start)
    return before is not None or patterns["tonnages-each-year"].match(text, quantity.end, clause[1]) is not None


def _type_of_mass(told: Told, made: bool, text: str, near: str, patterns: Patterns) -> str | None:
    if patterns["tonnages-ground"].search(near) and not made:
        return "resource"
    listed = told.sentence.kind == "item" and ":" in text and not patterns["tonnages-traded"].search(text)
    return "output" if made or listed else None

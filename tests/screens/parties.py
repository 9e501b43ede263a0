"""Small graphs for screens, written as lawyers draw them."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from georisk.ownership.graph import Holder, OwnershipGraph, Share, Stake
from georisk.screens.engines import judge
from georisk.screens.judgement import Judgement
from georisk.screens.rulebook import Rulebook, read_rulebook
from georisk.screens.rules import Rule

DATA = Path(__file__).parents[2] / "data"
DAY = date(2026, 11, 21)
DISCLOSED = 5.0


@cache
def book() -> Rulebook:
    """Return the project's own rules and figures."""
    return read_rulebook(DATA)


def rule(key: str) -> Rule:
    """Return one of the project's rules."""
    return book().rules[key]


def party(spec: str) -> Holder:
    """Return a party from ``id:country:kind:flag...``."""
    name, country, kind, *flags = spec.split(":")
    return Holder(name, country or None, kind, frozenset(flags))


def graph(parties: str, *stakes: Stake, remainder: dict[str, str] | None = None) -> OwnershipGraph:
    """Return a graph of parties (separated by spaces) and stakes."""
    found = [party(spec) for spec in parties.split()]
    return OwnershipGraph({one.id: one for one in found}, stakes, remainder or {})


def stake(owner: str, owned: str, equity: float, voting: float | None = None, board: float | None = None) -> Stake:
    """Return a stake of exact figures."""
    return Stake(owner, owned, *(None if one is None else Share.exact(one) for one in (equity, voting, board)))


def judged(key: str, on: OwnershipGraph) -> Judgement:
    """Return what one of the project's rules finds."""
    return judge(on, rule(key), book().rules, DISCLOSED)

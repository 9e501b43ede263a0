"""Verdicts remembered while a program runs: the same owners under the same rule on the same day need no second look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from georisk.ownership.graph import OwnershipGraph
from georisk.ownership.upstream import upstream
from georisk.screens.rules import Rule
from georisk.screens.verdict import Verdict, screen_party

_MOST = 8192


@dataclass(frozen=True)
class _Question:
    """A question told apart by what the answer depends on; the objects behind it live as long as it is kept."""

    key: tuple[Any, ...]
    graph: OwnershipGraph = field(compare=False)
    rule: Rule = field(compare=False)
    rules: Mapping[str, Rule] = field(compare=False)


def remembered_verdict(
    graph: OwnershipGraph,
    party: str,
    rule: Rule,
    rules: Mapping[str, Rule],
    as_of: date,
    disclosed_from: float,
    *,
    explained: bool = True,
) -> Verdict:
    """Return what :func:`georisk.screens.verdict.screen_party` does, once for each question.

    Two questions are one if party, day, figures and everything above the party are the same, under the very same rules.
    """
    above = upstream(graph, party)
    whole = (above.stakes, tuple(above.holders.values()), tuple(sorted(above.remainder.items())))
    key = (party, as_of, disclosed_from, explained, id(rule), id(rules), *whole)
    return _answered(_Question(key, above, rule, rules))


@lru_cache(maxsize=_MOST)
def _answered(asked: _Question) -> Verdict:
    party, as_of, disclosed_from, explained = asked.key[:4]
    return screen_party(asked.graph, party, asked.rule, asked.rules, as_of, disclosed_from, explained=explained)

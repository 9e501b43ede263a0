"""``backtest``: whether scores saw events coming."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from georisk.cli.formats import Format
from georisk.cli.options import AsOf, FormatOption, KnownBy, MethodOption, WorkspaceOption, opened
from georisk.cli.show import emit, show, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from georisk.changes.backtest import Case, Tally

COLUMNS = ("on", "site", "event", "direction", "dimension", "score", "others", "above_percent", "seen", "statements")


def backtest(
    as_of: AsOf = None,
    known_by: KnownBy = None,
    method: MethodOption = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Hold every dated event of the registry against the scores of the day before, as known then.

    For each probe, transfer of control, lost licence, ended contract and the like: was the score of the dimension that
    speaks of it higher than that of the other sites (lower, for a favourable event)? "above" is the part of the other
    scored sites that stood lower. Which statements are events is in data/method/backtest.toml.
    """
    from georisk.changes.backtest import backtest as held
    from georisk.changes.backtest import read_backtest, tallies
    from georisk.changes.views import View
    from georisk.cli.outputs import progress

    found = opened(workspace, method)
    rules = read_backtest(found.data / "method", [one.key for one in found.method().dimension])
    with progress() as step:
        cases = held(View.of(found, as_of, known_by), rules, step)
    sums = tallies(cases, rules.least_for_percentile)
    if how is Format.json:
        emit(json.dumps(_document(cases, sums), ensure_ascii=False, indent=1))
        return
    show([_row(one) for one in cases], COLUMNS, how, "events, and the day before")
    for one in sums:
        tell(_sum_text(one, rules.least_for_percentile))


def _document(cases: Sequence[Case], sums: Sequence[Tally]) -> dict[str, Any]:
    return {
        "cases": [_row(one) for one in cases],
        "tallies": [
            {"direction": one.direction, "cases": one.cases, "scored": one.scored, "seen": one.seen,
             "mean_percentile": one.percentile}
            for one in sums
        ],
    }  # fmt: skip


def _row(one: Case) -> dict[str, Any]:
    return {
        "on": one.on.isoformat(),
        "site": one.site,
        "event": one.rule.title,
        "direction": one.rule.direction,
        "dimension": one.rule.dimension,
        "score": None if one.score is None else round(one.score, 1),
        "others": one.others,
        "above_percent": None if one.above is None else round(100 * one.above, 1),
        "seen": {True: "yes", False: "no", None: "not scored"}[one.seen],
        "statements": ";".join(one.statements),
    }


def _sum_text(one: Tally, least: int) -> str:
    text = f"{one.direction}: n = {one.cases}, scored the day before {one.scored}, seen {one.seen}"
    if one.percentile is None:
        return f"{text}; under {least} scored cases no percentile is given, the cases are listed"
    return f"{text}; mean percentile among the other sites {one.percentile:.0f}"

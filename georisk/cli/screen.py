"""``screen``: legal tests on worked cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli.options import Format, FormatOption, WorkspaceOption, root_of
from georisk.cli.show import emit, show, tell
from georisk.errors import UsageError

if TYPE_CHECKING:
    from georisk.screens.cases import Difference

CasesOption = Annotated[
    Path | None,
    typer.Option("--cases", metavar="FILE", help="Worked cases (JSON) to evaluate.", show_default=False),
]
CheckOption = Annotated[
    bool, typer.Option("--check", help="Compare with what the cases expect; exit 1 on a difference.")
]


def screen(
    cases: CasesOption = None,
    check: CheckOption = False,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Answer legal tests on ownership for a file of worked cases.

    Every case names parties, stakes and rules; the answer gives percentages, who is caught, and "undetermined" where
    bands or hidden owners leave it open. A case that cannot be evaluated answers with what is wrong; the others are
    answered all the same. Analysis, not legal advice.
    """
    if cases is None:
        raise UsageError("name a file of worked cases: georisk screen --cases FILE")
    screen_cases(cases, check, how, workspace)


def screen_cases(cases: Path, check: bool, how: Format, workspace: Path | None) -> None:
    """Evaluate a case file, print its answers, and compare them with what it expects if asked to."""
    from georisk.screens.cases import differences, evaluate_file, read_desk
    from georisk.workspace import data_folder

    answers = evaluate_file(cases, read_desk(data_folder(root_of(workspace))))
    _print(answers, how)
    if check:
        _report(differences(cases, answers), len(answers))


def _print(answers: dict[str, dict[str, Any]], how: Format) -> None:
    """Print the answers: one object as JSON, one row a case and rule otherwise."""
    if how is Format.json:
        emit(json.dumps(answers, ensure_ascii=False, indent=1))
        return
    rows = [
        {"case": case, "rule": rule, "answer": json.dumps(found, ensure_ascii=False)}
        for case, by_rule in answers.items()
        for rule, found in by_rule.items()
    ]
    show(rows, ("case", "rule", "answer"), how)


def _report(found: list[Difference], number: int) -> None:
    """Say on stderr how the answers compare and leave with 1 if any differs."""
    for difference in found:
        tell(str(difference))
    wrong = len({difference.case for difference in found})
    tell(f"{number} cases, {wrong} with a difference" if wrong else f"{number} cases, all as expected")
    if wrong:
        raise typer.Exit(1)

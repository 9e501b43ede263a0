"""``screen``: legal tests on the registry's sites, or on worked cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli.formats import Format
from georisk.cli.options import AsOf, FormatOption, KnownBy, WorkspaceOption, opened, root_of
from georisk.cli.show import emit, show, tell
from georisk.errors import UsageError

if TYPE_CHECKING:
    from georisk.screens.cases import Difference
    from georisk.screens.exposure import Exposure
    from georisk.screens.panel import Panel

SitesArgument = Annotated[list[str] | None, typer.Argument(metavar="[SITE...]", help="Sites; all if none is named.")]
RulesOption = Annotated[
    list[str] | None,
    typer.Option("--rule", metavar="KEY", help="A rule; may stand more than once (default: all).", show_default=False),
]
CasesOption = Annotated[
    Path | None,
    typer.Option("--cases", metavar="FILE", help="Worked cases (JSON) to evaluate.", show_default=False),
]
CheckOption = Annotated[
    bool, typer.Option("--check", help="Compare with what the cases expect; exit 1 on a difference.")
]


def screen(
    sites: SitesArgument = None,
    rule: RulesOption = None,
    cases: CasesOption = None,
    check: CheckOption = False,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Answer legal tests on who owns the sites: yes, no or undetermined, with what decides it.

    Every answer comes with the least and greatest percentage, the chains of stakes it rests on, the distance to the
    gate, the stake that would turn it, the rule's standing on the day, and a sentence with its citation. The table has
    a row a site (its parts below it) and a column a rule; name sites to read the sentences too. A rule that needs a
    list is undetermined until the list is loaded (georisk lists). With --cases a file of worked cases is answered
    instead. Analysis, not legal advice.
    """
    if cases is not None:
        if sites or rule:
            raise UsageError("--cases answers the cases of a file; sites and --rule are for the registry")
        screen_cases(cases, check, how, workspace)
    elif check:
        raise UsageError("--check compares worked cases: georisk screen --cases FILE --check")
    else:
        screen_sites(sites or [], rule or [], as_of, known_by, how, workspace)


def screen_sites(
    sites: list[str], rules: list[str], as_of: str | None, known_by: str | None, how: Format, workspace: Path | None
) -> None:
    """Screen sites of the registry and print the panel."""
    from georisk.screens.exposure import exposures
    from georisk.screens.opening import open_panel

    found = opened(workspace)
    snapshot = found.snapshot(as_of, known_by)
    holders = found.holders(snapshot)
    panel = open_panel(
        holders, found.data, found.root, sites=sites, rules=rules, explained=how is not Format.table or bool(sites)
    )
    chosen = [site for site in snapshot.seeds.sites.values() if not sites or site.id in sites]
    payments = [one for site in chosen for one in exposures(holders, panel.standings, site)]
    _PRINT[how](panel, payments, bool(sites))
    _warn(panel)


def _warn(panel: Panel) -> None:
    """Say on stderr what the answers are not."""
    from georisk.screens.wording import WARNING

    day = panel.snapshot.as_of
    tell(f"As of {day}{' (projection)' if panel.snapshot.projection else ''}. {WARNING}")
    loaded = [f"{key} (edition of {edition})" for key, edition in panel.standings.editions.items()]
    tell(f"Lists loaded: {', '.join(loaded) or 'none'}.")
    tell(f"NO SCREENING LIST: {panel.sample.warning}")


def _print_table(panel: Panel, payments: list[Exposure], told: bool) -> None:
    from georisk.cli.panel_table import print_panel
    from georisk.screens.wording import exposure_sentence, sentences

    print_panel(panel, payments)
    if told:
        for finding in panel.findings:
            emit("\n" + "\n".join(_visible(one) for one in sentences(finding, panel.snapshot)))
        for payment in payments:
            emit("\n" + _visible(exposure_sentence(payment, panel.snapshot.name)))


def _visible(text: str) -> str:
    from georisk.outputs.plain import visible

    return visible(text)


def _print_json(panel: Panel, payments: list[Exposure], told: bool) -> None:
    from georisk.screens.records import exposure_record, record
    from georisk.screens.wording import WARNING

    snapshot = panel.snapshot
    document = {
        "as_of": str(snapshot.as_of),
        "known_by": str(snapshot.known_by),
        "projection": snapshot.projection,
        "warning": WARNING,
        "lists": {"loaded": {key: str(edition) for key, edition in panel.standings.editions.items()},
                  "sample": {"edition": str(panel.sample.edition), "warning": panel.sample.warning}},
        "answers": [record(one, panel) for one in panel.findings],
        "payment_exposure": [exposure_record(one, snapshot) for one in payments],
    }  # fmt: skip
    emit(json.dumps(document, ensure_ascii=False, indent=1))


def _print_jsonl(panel: Panel, payments: list[Exposure], told: bool) -> None:
    from georisk.screens.records import record

    for one in panel.findings:
        emit(json.dumps(record(one, panel), ensure_ascii=False))


def _print_csv(panel: Panel, payments: list[Exposure], told: bool) -> None:
    from georisk.screens.records import COLUMNS, flat

    show([flat(one, panel) for one in panel.findings], COLUMNS, Format.csv)


_PRINT = {Format.table: _print_table, Format.json: _print_json, Format.jsonl: _print_jsonl, Format.csv: _print_csv}


def screen_cases(cases: Path, check: bool, how: Format, workspace: Path | None) -> None:
    """Evaluate a case file, print its answers, and compare them with what it expects if asked to."""
    from georisk.screens.cases import differences, evaluate_file
    from georisk.screens.rulebook import read_rulebook
    from georisk.workspace import data_folder

    answers = evaluate_file(cases, read_rulebook(data_folder(root_of(workspace))))
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

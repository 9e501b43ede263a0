"""``georisk news``: what a piece of news would add to the registry, and the gate it has to pass."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli.options import AsOf, Format, FormatOption, KnownBy, WorkspaceOption, root_for_writing, root_of
from georisk.cli.show import show, tell

if TYPE_CHECKING:
    from georisk.gate.desk import Desk
    from georisk.gate.newsfile import Proposal
    from georisk.gate.session import Done

news = typer.Typer(
    name="news",
    help="From news to statements: propose, review, accept, reject, undo. Nothing counts before it is accepted.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)
COLUMNS = ("id", "state", "comparison", "file", "property", "what", "grade", "sources", "against")
DETAILS = (*COLUMNS, "key", "force", "status", "valid_from", "valid_until", "passage", "locator", "item", "title")
DONE = ("proposal", "result", "text")
Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of proposals, as news review prints them.")]
Who = Annotated[
    str | None,
    typer.Option(
        "--who", envvar="GEORISK_WHO", help="Who acts, for the ledger (default: your user name).", show_default=False
    ),
]


@news.command("propose")
def propose(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="News items (TOML); see seeds/news/README.md.")
    ],
    preview: Annotated[
        bool, typer.Option("--preview", help="Show what accepting them would move; write nothing.")
    ] = False,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Check news items, put them into seeds/news, and hold each proposal against what is known.

    An item that lies there already is taken as it is. With --preview nothing is written: the scores before and
    after are printed instead, with intervals, bands and what causes each difference.
    """
    from georisk.gate.desk import read_desk
    from georisk.gate.newsitems import place_items, read_item

    root = root_of(workspace) if preview else root_for_writing(workspace)
    desk = read_desk(root)
    vocabulary = desk.workspace.data / "vocabulary"
    proposals = [one for path in files for one in read_item(path, desk.workspace.seeds, vocabulary)]
    if not preview:
        for name in place_items(root, files):
            tell(f"{name} put into seeds/news")
    show([_row(desk, one) for one in proposals], COLUMNS if how is Format.table else DETAILS, how)
    if preview:
        _show_preview(desk, proposals, as_of, known_by)


@news.command("review")
def review(
    every: Annotated[bool, typer.Option("--all", help="List decided proposals too.")] = False,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """List the open proposals with their ids, evidence, and how they stand to what is known."""
    from georisk.gate.desk import read_desk

    desk = read_desk(root_of(workspace))
    chosen = list(desk.proposals) if every else desk.open()
    show([_row(desk, one) for one in chosen], COLUMNS if how is Format.table else DETAILS, how)
    if how is Format.table:
        for one in chosen:
            _tell_evidence(one)
    for fault in desk.faults:
        tell(f"fault: {fault}")
    decided = len(desk.proposals) - len(desk.open())
    tell(f"{len(desk.open())} open, {decided} decided" + ("" if every or not decided else " (--all lists them)"))


@news.command("accept")
def accept(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[ID...]", help="Ids of proposals.", show_default=False)
    ] = None,
    policy: Annotated[
        Path | None,
        typer.Option(
            "--policy", metavar="FILE", help="Accept what a written policy allows (TOML).", show_default=False
        ),
    ] = None,
    who: Who = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Accept proposals: their statements go into the files of their sites and parties, as one act.

    Either name ids, or give a policy: it is asked about every open proposal, and what it does not allow stays
    open. Accepting twice changes nothing.
    """
    from georisk.errors import UsageError
    from georisk.gate.acts import accept as act
    from georisk.gate.acts import accept_by_policy
    from georisk.gate.policy import read_policy

    if bool(names) == (policy is not None):
        raise UsageError("name the ids of proposals, or give --policy FILE; georisk news review lists what is open")
    root = root_for_writing(workspace)
    if policy is None:
        _show_done(act(root, names or [], _actor(who)), how)
    else:
        rules = read_policy(policy)
        _show_done(accept_by_policy(root, rules, who or f"policy {policy.name}", as_of, known_by), how)


@news.command("reject")
def reject(names: Ids, who: Who = None, how: FormatOption = Format.table, workspace: WorkspaceOption = None) -> None:
    """Reject proposals: they stay in their items and are no longer open."""
    from georisk.gate.acts import reject as act

    _show_done(act(root_for_writing(workspace), names, _actor(who)), how)


@news.command("undo")
def undo(names: Ids, who: Who = None, how: FormatOption = Format.table, workspace: WorkspaceOption = None) -> None:
    """Undo acceptances.

    A file nobody edited since gets its earlier bytes back; in one that a person edited the statement is marked
    retracted, or the closure taken out, and their edits stay.
    """
    from georisk.gate.acts import undo as act

    _show_done(act(root_for_writing(workspace), names, _actor(who)), how)


def _actor(who: str | None) -> str:
    """Return who acts; a process without a user's name says so."""
    try:
        return who or getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unnamed"


def _show_done(done: list[Done], how: Format) -> None:
    show([{"proposal": one.proposal, "result": one.result, "text": one.text} for one in done], DONE, how)
    counted = {
        result: sum(one.result == result for one in done) for result in dict.fromkeys(one.result for one in done)
    }
    tell(", ".join(f"{count} {result}" for result, count in counted.items()) or "nothing to decide on")


def _row(desk: Desk, one: Proposal) -> dict[str, Any]:
    from georisk.statements import independent

    comparison = desk.compared(one)
    claim = one.statement or one.closure
    more = {name: str(one.record[name]) for name in ("valid_from", "valid_until") if name in one.record}
    return {
        "id": one.id, "state": desk.ledger.state(one.id), "comparison": comparison.kind, "file": one.file,
        "property": one.statement.property if one.statement else "closure", "what": _what(desk, one),
        "grade": one.grade, "sources": independent(one.cited), "against": comparison.text,
        "key": claim.key.split(":", 1)[1] if claim else None, "force": one.statement.force if one.statement else None,
        "status": one.statement.status if one.statement else None, "passage": one.passage, "locator": one.locator,
        "item": one.item, "title": one.title, **more,
    }  # fmt: skip


def _what(desk: Desk, one: Proposal) -> str:
    from georisk.explaining.phrases import period, phrase

    if one.statement is not None:
        return f"{phrase(desk.workspace.snapshot(), one.statement)}; {period(one.statement)}"
    return f"ends before {one.closure.valid_until}" if one.closure else ""


def _tell_evidence(one: Proposal) -> None:
    tell(f"{one.id}  {one.title}")
    if one.passage:
        tell(f"  \u201c{one.passage}\u201d" + (f" ({one.locator})" if one.locator else ""))
    for source in one.cited:
        linked = ", state-linked" if source.state_linked else ""
        head = f"[{source.grade}{linked}] {source.publisher}, {source.published or 'undated'}"
        tell(f"  {head}: {source.title} {source.url or ''}")


def _show_preview(desk: Desk, proposals: list[Proposal], as_of: str | None, known_by: str | None) -> None:
    from georisk.gate.acts import preview
    from georisk.outputs.change_lines import PREVIEW, preview_rows

    waiting = [one for one in proposals if desk.ledger.state(one.id) != "accepted"]
    changes = preview(desk, waiting, as_of, known_by)
    rows = preview_rows(changes, desk.workspace.data)
    show(rows, PREVIEW, Format.table, title="what accepting would move; nothing was written")
    if not rows:
        tell("no score would move")

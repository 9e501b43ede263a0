"""``georisk news``: what a piece of news would add to the registry, and the gate it has to pass."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli import reading, watching
from georisk.cli.formats import Format
from georisk.cli.options import AsOf, FormatOption, KnownBy, WorkspaceOption, root_for_writing, root_of
from georisk.cli.show import show, tell

if TYPE_CHECKING:
    from georisk.gate.acts import Preview
    from georisk.gate.desk import Desk
    from georisk.gate.drafting import Left
    from georisk.gate.incoming import Incoming
    from georisk.gate.newsfile import Proposal
    from georisk.gate.session import Done

news = typer.Typer(
    name="news",
    help="From news to statements: pull, read, extract, propose, review, edit, accept, reject, undo, status. Nothing "
    "counts before it is accepted.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)
COLUMNS = ("id", "state", "comparison", "file", "property", "what", "grade", "sources", "against")
DETAILS = (*COLUMNS, "key", "force", "status", "valid_from", "valid_until", "passage", "locator", "context", "event",
           "modality", "confidence", "inferred", "source_kind", "item", "title")  # fmt: skip
DONE = ("proposal", "result", "text")
LEFT = ("article", "event", "why", "passage")
EACH = ("proposal", "item", "moves")
news.command("pull")(watching.pull)
news.command("read")(reading.read)
news.command("extract")(reading.extract)
news.command("status")(watching.status)
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
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Feeds, pages, texts; or items written by hand (TOML, see seeds/news/README.md)."
        ),
    ],
    preview: Annotated[
        bool, typer.Option("--preview", help="Show what accepting them would move; write nothing.")
    ] = False,
    left: Annotated[
        bool, typer.Option("--left", help="Print what became no proposal, and why, instead of the proposals.")
    ] = False,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Read news into seeds/news, one item an article, and hold each proposal against what is known.

    Articles are read and their events extracted offline; what cannot become a statement is told with the reason. An
    item that lies there already is taken as it is. With --preview nothing is written: the scores before and after
    are printed, with intervals, bands, causes, and what each proposal would move.
    """
    from georisk.gate.desk import read_desk
    from georisk.gate.newsitems import place_items, place_texts, read_item

    root = root_of(workspace) if preview else root_for_writing(workspace)
    desk = read_desk(root)
    vocabulary = desk.workspace.data / "vocabulary"
    written = [path for path in files if path.suffix == ".toml"]
    proposals = [one for path in written for one in read_item(path, desk.workspace.seeds, vocabulary)]
    taken = _taken_in(desk, [path for path in files if path.suffix != ".toml"])
    proposals += [one for item in taken.items for one in item.proposals]
    proposals += [one for one in desk.proposals if one.item in taken.known]
    if not preview:
        texts = {f"{item.id}.toml": item.text.encode() for item in taken.items}
        for name in [*place_items(root, written), *place_texts(root, texts)]:
            tell(f"{name} put into seeds/news")
    if left:
        show([_left_row(one) for one in taken.left], LEFT, how)
        return
    show([_row(desk, one) for one in proposals], COLUMNS if how is Format.table else DETAILS, how)
    for one in taken.left:
        about = f" {one.event}" if one.event else ""
        tell(f"left: {one.article}{about}: {one.why}" + (f" \u201c{one.passage}\u201d" if one.passage else ""))
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


@news.command("edit")
def edit(
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of an open proposal, as news review prints it.")],
    changes: Annotated[
        list[str],
        typer.Option("--set", metavar="FIELD=VALUE", help="As in the item's file; may be given again."),
    ],
    who: Who = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Change an open proposal before it is accepted.

    The item's file is changed and checked as ever, and the ledger notes who changed what. A qualifier is written
    qualifiers.buyer=east; an empty value takes a field out. What was read and where cannot be edited.
    """
    from georisk.gate.editing import edit as act

    _show_done(act(root_for_writing(workspace), name, changes, _actor(who)), how)


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
        "item": one.item, "title": one.title, "context": one.context, **_reading(one), **more,
    }  # fmt: skip


def _reading(one: Proposal) -> dict[str, Any]:
    names = ("event", "modality", "confidence", "inferred", "source_kind")
    return {name: None if one.reading is None else getattr(one.reading, name) for name in names}


def _left_row(one: Left) -> dict[str, Any]:
    return {name: getattr(one, name) for name in LEFT}


def _taken_in(desk: Desk, files: list[Path]) -> Incoming:
    """Read articles and make items of them; what of the files cannot be read is told."""
    from datetime import UTC, datetime

    from georisk.gate.concerned import Register
    from georisk.gate.drafting import Drafter
    from georisk.gate.incoming import Incoming, take_in
    from georisk.gate.rules import news_folder, read_rules
    from georisk.news.extracting.knowledge import read_knowledge
    from georisk.news.extracting.rules import candidates_of, extract
    from georisk.news.reading.files import read_files
    from georisk.news.tables import reading_tables

    if not files:
        return Incoming((), (), ())
    folder = news_folder(desk.workspace.data)
    knowledge = read_knowledge(desk.workspace.seeds, folder)
    found = read_files(files, reading_tables(folder))
    for trouble in found.troubles:
        tell(f"not read: {trouble}")
    drafter = Drafter.of(read_rules(folder), Register.of(desk.workspace.seeds, knowledge.names), folder)
    taken = take_in(desk, found.articles, extract(found, knowledge).events, drafter, datetime.now(UTC).date())
    for article, name, kind in candidates_of(found.articles, knowledge):
        tell(f"candidate: {name} ({kind}), in {article}")
    return taken


def _what(desk: Desk, one: Proposal) -> str:
    from georisk.explaining.phrases import period, phrase

    if one.statement is not None:
        return f"{phrase(desk.workspace.snapshot(), one.statement)}; {period(one.statement)}"
    return f"ends before {one.closure.valid_until}" if one.closure else ""


def _tell_evidence(one: Proposal) -> None:
    tell(f"{one.id}  {one.title}")
    if one.passage:
        tell(f"  {_in_context(one)}" + (f" ({one.locator})" if one.locator else ""))
    if one.reading is not None:
        sure = "" if one.reading.confidence is None else f", confidence {one.reading.confidence:.2f}"
        guess = "; the text does not name the subject" if one.reading.inferred else ""
        tell(f"  read as {one.reading.event}, {one.reading.modality}{sure}{guess}")
    for source in one.cited:
        linked = ", state-linked" if source.state_linked else ""
        head = f"[{source.grade}{linked}] {source.publisher}, {source.published or 'undated'}"
        tell(f"  {head}: {source.title} {source.url or ''}")


def _in_context(one: Proposal) -> str:
    """Return the passage between marks within the words around it, on one line."""
    passage = " ".join((one.passage or "").split())
    before, found, after = " ".join((one.context or "").split()).partition(passage)
    return f"{before}\u201c{passage}\u201d{after}" if found else f"\u201c{passage}\u201d"


def _show_preview(desk: Desk, proposals: list[Proposal], as_of: str | None, known_by: str | None) -> None:
    from georisk.gate.acts import preview
    from georisk.outputs.change_lines import PREVIEW, preview_rows

    waiting = [one for one in proposals if desk.ledger.state(one.id) != "accepted"]
    found = preview(desk, waiting, as_of, known_by)
    rows = preview_rows(found.changes, desk.workspace.data)
    show(rows, PREVIEW, Format.table, title="what accepting would move; nothing was written")
    each = [{"proposal": one.id, "item": one.item, "moves": _moves(found, one)} for one in waiting]
    show(each, EACH, Format.table, title="what each would move, in points")
    if not rows:
        tell("no score would move")


def _moves(found: Preview, one: Proposal) -> str:
    from georisk.outputs.accounts import SHOWN

    if one.id in found.refused:
        return f"cannot be accepted: {found.refused[one.id]}"
    moved = [(site, dimension, share) for site, dimension, share in found.moves(one) if abs(share) >= SHOWN]
    return "; ".join(f"{site} {dimension} {share:+.1f}" for site, dimension, share in moved) or "no score"

"""``lists``: legal lists loaded from publishers' files, and the name matches that wait for a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli.formats import Format
from georisk.cli.options import FormatOption, WorkspaceOption, opened, root_for_writing, root_of
from georisk.cli.show import show, tell

if TYPE_CHECKING:
    from georisk.screens.lists.store import Decided

lists = typer.Typer(
    name="lists",
    help="Show legal lists and load them from publishers' files.\n\n"
    "Without a command: what is loaded with its edition, and the name matches that wait for a person.",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)

LIST_COLUMNS = ("list", "title", "edition", "entries", "on_it_now", "matches", "to_confirm", "file", "formats")
MATCH_COLUMNS = ("id", "party", "name", "listed", "kind", "score", "decision", "why")
IdsArgument = Annotated[list[str], typer.Argument(metavar="ID...", help="Name matches, as georisk lists shows them.")]


@lists.callback(invoke_without_command=True)
def lists_(context: typer.Context, how: FormatOption = Format.table, workspace: WorkspaceOption = None) -> None:
    """Show legal lists and load them from publishers' files.

    Without a command: what is loaded with its edition, and the name matches that wait for a person.
    """
    if context.invoked_subcommand is None:
        show_lists(how, workspace)


def show_lists(how: Format, workspace: Path | None) -> None:
    """Print what is loaded, and the matches."""
    from georisk.screens.lists.kinds import read_kinds, read_matching
    from georisk.screens.lists.store import read_lists
    from georisk.workspace import data_folder

    root = root_of(workspace)
    found, kinds = read_lists(root), read_kinds(data_folder(root))
    rows: list[dict[str, Any]] = []
    for key, kind in kinds.items():
        loaded = found.loaded.get(key)
        mine = [one for one in found.matches if one.list == key]
        rows.append({
            "list": key, "title": kind.title, "formats": kind.formats,
            "edition": None if loaded is None else str(loaded.edition),
            "entries": None if loaded is None else len(loaded.entries),
            "on_it_now": None if loaded is None else sum(
                one.entry.removed_on is None for one in loaded.entries.values()
            ),
            "matches": len(mine) if loaded is not None else None,
            "to_confirm": sum(one.decision == "" for one in mine) if loaded is not None else None,
            "file": None if loaded is None else loaded.file,
        })  # fmt: skip
    show(rows, LIST_COLUMNS, how)
    if how is Format.table:
        print_matches([one for one in found.matches if one.decision != "rejected"], how)
    tell(f"NO SCREENING LIST: {read_matching(data_folder(root)).sample.warning}")


def print_matches(found: list[Decided], how: Format) -> None:
    """Print name matches, one a row."""
    rows = [{**{name: getattr(one, name) for name in MATCH_COLUMNS}} for one in found]
    if rows:
        show(rows, MATCH_COLUMNS, how, "Name matches; exact: proposed, candidate: somebody has to look")


@lists.command("update")
def update(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A publisher's file.")],
    key: Annotated[
        str | None, typer.Option("--list", metavar="KEY", help="Which list it is, if the file does not say.")
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option("--edition", metavar="DATE", help="Date of the edition (default: today).", show_default=False),
    ] = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Load a publisher's file of a legal list into the workspace.

    Read are OFAC SDN.CSV and SDN.XML, the US Consolidated Screening List as CSV or JSON (BIS Entity List and Military
    End User list, SDN), the EU full list as CSV or XML, the UK Sanctions List and the OFSI list as CSV, and for any
    list a simple CSV with the column name and, if known, aliases, listed_on, removed_on, program, id. An entry that
    the new edition no longer has is closed on its day. Names are compared with the parties of the registry; no match
    counts until somebody confirms it.
    """
    from georisk.screens.lists.loading import update as load
    from georisk.workspace import day

    root = root_for_writing(workspace)
    found = opened(workspace)
    names = {party.id: (party.name, *party.aliases) for party in found.seeds.parties.values()}
    made = load(root, found.data, file, names, key, day(edition))
    for one in made:
        tell(
            f"{one.loaded.key}: edition of {one.loaded.edition}, {len(one.loaded.entries)} entries, "
            f"{one.added} new, {one.closed} closed"
        )
    print_matches([match for one in made for match in one.matches], how)


@lists.command("confirm")
def confirm(ids: IdsArgument, workspace: WorkspaceOption = None) -> None:
    """Say that name matches are right: the parties stand on the lists and count in the screens."""
    _decide(ids, "confirmed", workspace)


@lists.command("reject")
def reject(ids: IdsArgument, workspace: WorkspaceOption = None) -> None:
    """Say that name matches are wrong: another party of a like name stands on the list."""
    _decide(ids, "rejected", workspace)


def _decide(ids: list[str], decision: str, workspace: Path | None) -> None:
    from georisk.screens.lists.loading import decide

    for one in decide(root_for_writing(workspace), ids, decision):
        tell(f"{decision}: {one.id} ({one.name} is {one.listed})")

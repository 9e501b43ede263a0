"""``diff`` and ``rescore``: what moved, by how much, and what caused it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli.formats import Format
from georisk.cli.options import AsOf, KnownBy, MethodOption, WorkspaceOption, opened, out_path
from georisk.cli.show import emit, show, tell

if TYPE_CHECKING:
    from georisk.changes.comparing import Changes
    from georisk.changes.views import View
    from georisk.workspace import Workspace


class ChangeFormat(StrEnum):
    """How changes are printed."""

    table = "table"
    json = "json"
    md = "md"


How = Annotated[ChangeFormat, typer.Option("--format", help="For people, for scripts, or for a chat channel.")]


def _day(name: str, text: str) -> Any:
    return typer.Option(name, metavar="DATE", help=text, show_default=False)


def _file(name: str, text: str, kind: str = "FILE") -> Any:
    return typer.Option(name, metavar=kind, help=text, show_default=False)


What = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SITE... | BEFORE.json AFTER.json]",
        help="Sites (default: all), or two scores.json.",
        show_default=False,
    ),
]
FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="band|points:N",
        help="Exit 1 if a band changed, or a score moved by N points or more.",
        show_default=False,
    ),
]


def diff(
    what: What = None,
    as_of_from: Annotated[str | None, _day("--from", "Compare this day (default: today) ...")] = None,
    as_of_to: Annotated[str | None, _day("--to", "... with this day (default: today).")] = None,
    known_by_from: Annotated[str | None, _day("--known-by-from", "As known by this day, before (today).")] = None,
    known_by_to: Annotated[str | None, _day("--known-by-to", "As known by this day, after (today).")] = None,
    method: MethodOption = None,
    method_from: Annotated[Path | None, _file("--from-method", "This file of own weights, before ...")] = None,
    method_to: Annotated[Path | None, _file("--to-method", "... and this one, after (default: the method).")] = None,
    against: Annotated[Path | None, _file("--against", "Compare another workspace with this one.", "DIR")] = None,
    how: How = ChangeFormat.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Print what moved between two days, two known-by days, two methods, two registries, or two scores.json.

    Every difference is shared out among the statements, closures, the passage of time and the method that caused it;
    shares add up to the difference. Two scores.json alone tell the indicators that moved, not the statements.
    """
    from georisk.changes.comparing import compare
    from georisk.changes.views import View
    from georisk.errors import UsageError

    found, words = opened(workspace, method), what or []
    sides = (as_of_from, as_of_to, known_by_from, known_by_to, method_from, method_to, against)
    if len(words) == 2 and all(word.endswith(".json") for word in words):
        if any(sides):
            raise UsageError("two scores.json have their own dates and methods; leave out the options that name others")
        changes = _of_files(*words)
    elif not any(sides):
        raise UsageError(
            "say which days or what else to compare: --from and --to, --known-by-from and --known-by-to, "
            "--from-method and --to-method, --against DIR; or two scores.json"
        )
    else:
        other = opened(against, method) if against is not None else found
        sides_of = _laid(other, method_from), _laid(found, method_to)
        before, after = View.of(sides_of[0], as_of_from, known_by_from), View.of(sides_of[1], as_of_to, known_by_to)
        changes = compare(before, after, _sites(words, before, after))
    _print(changes, found.data, how)


def _laid(workspace: Workspace, method: Path | None) -> Workspace:
    """Return a workspace under a user's own weights and goalposts."""
    return workspace if method is None else replace(workspace, override=method.expanduser().resolve())


def _sites(words: list[str], before: View, after: View) -> list[str] | None:
    """Return the sites asked for: each stands on one side at least."""
    from georisk.cli.registry import known_site

    known = list(dict.fromkeys([*after.seeds.sites, *before.seeds.sites]))
    return [known_site(site, known) for site in words] or None


def rescore(
    fail_on: FailOn = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    out: Annotated[Path, typer.Option("--out", help="Folder of the outputs.")] = Path("maps"),
    how: How = ChangeFormat.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Build everything, then print what moved since the last build.

    A second run of unchanged inputs changes no file and finds nothing moved. With --fail-on the exit code is 1
    where what it names has happened.
    """
    from georisk.build import build
    from georisk.cli.outputs import progress

    limit = _limit(fail_on)
    found = opened(workspace)
    with progress() as step:
        built = build(found, as_of=as_of, known_by=known_by, out=out_path(found, out), step=step)
    changes = built.report.changes if built.fresh else None
    if changes is None:
        tell("the first build: nothing to compare with" if built.fresh else "no input changed since the last build")
        _print_nothing(how)
        return
    _print(changes, found.data, how, found.root)
    tell(f"written to {built.folder}; see {built.folder / 'changes.html'}")
    if _met(changes, limit):
        raise typer.Exit(1)


def _of_files(before: str, after: str) -> Changes:
    from georisk.changes.recorded import between_documents
    from georisk.errors import UsageError
    from georisk.files import read_json

    for path in (before, after):
        if not Path(path).is_file():
            raise UsageError(f"{path} is no file; name two scores.json that georisk build wrote")
    return between_documents(read_json(Path(before), before), read_json(Path(after), after))


def _links(root: Path | None) -> Mapping[str, Mapping[str, str]]:
    """Return where the passages stand that statements of a workspace were read in."""
    from georisk.gate.desk import read_desk
    from georisk.gate.passages import passage_links

    return passage_links(read_desk(root)) if root is not None else {}


def _print(changes: Changes, data: Path, how: ChangeFormat, root: Path | None = None) -> None:
    from georisk.outputs.change_lines import TABLE, between, changes_markdown, table_rows
    from georisk.outputs.changes import changes_text

    if how is ChangeFormat.json:
        emit(changes_text(changes, data).rstrip("\n"))
    elif how is ChangeFormat.md:
        emit(changes_markdown(changes, data, _links(root)).rstrip("\n"))
    elif changes.moved:
        show(table_rows(changes, data), TABLE, Format.table, title=f"what moved: {between(changes)}")
    else:
        tell(f"no score moved: {between(changes)}")


def _print_nothing(how: ChangeFormat) -> None:
    if how is ChangeFormat.json:
        emit(json.dumps({"before": None, "after": None, "sites": []}))
    elif how is ChangeFormat.md:
        emit("No score moved.")


def _limit(given: str | None) -> float | None:
    """Return how far a score may move in points; 0 for any band change, ``None`` for no limit."""
    from georisk.errors import UsageError

    if given is None or given == "band":
        return None if given is None else 0.0
    kind, _, number = given.partition(":")
    try:
        points = float(number)
    except ValueError:
        points = 0.0
    if kind != "points" or not 0 < points <= 100:
        raise UsageError(f"--fail-on {given!r}; allowed: band, or points:N with N above 0 and at most 100")
    return points


def _met(changes: Changes, limit: float | None) -> bool:
    from georisk.changes.shifts import distance

    shifts = [shift for site in changes.sites for one in (site, *site.parts) for shift in one.moved]
    if limit is None:
        return False
    return any(shift.band_changed if limit == 0 else distance(shift) >= limit for shift in shifts)

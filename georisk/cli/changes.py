"""``diff`` and ``rescore``: what moved, by how much, and what caused it."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli.options import AsOf, Format, KnownBy, WorkspaceOption, opened, out_path
from georisk.cli.show import emit, show, tell

if TYPE_CHECKING:
    from georisk.changes.comparing import Changes


class ChangeFormat(StrEnum):
    """How changes are printed."""

    table = "table"
    json = "json"
    md = "md"


How = Annotated[ChangeFormat, typer.Option("--format", help="For people, for scripts, or for a chat channel.")]


def _day(name: str, text: str) -> Any:
    return typer.Option(name, metavar="DATE", help=text, show_default=False)


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
    how: How = ChangeFormat.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Print what moved between two days, between two known-by days, or between two scores.json.

    Every difference is shared out among the statements, closures and the passage of time that caused it; shares
    add up to the difference. Two scores.json alone tell the indicators that moved, not the statements.
    """
    from georisk.changes.comparing import compare
    from georisk.changes.views import View
    from georisk.cli.registry import known_site
    from georisk.errors import UsageError

    found, words = opened(workspace), what or []
    days = (as_of_from, as_of_to, known_by_from, known_by_to)
    if len(words) == 2 and all(word.endswith(".json") for word in words):
        if any(days):
            raise UsageError("two scores.json have their own dates; leave out --from, --to and the known-by days")
        changes = _of_files(*words)
    elif not any(days):
        raise UsageError("say which days: --from and --to, or --known-by-from and --known-by-to; or two scores.json")
    else:
        sites = [known_site(site, list(found.seeds.sites)) for site in words] or None
        before, after = View.of(found, as_of_from, known_by_from), View.of(found, as_of_to, known_by_to)
        changes = compare(before, after, sites)
    _print(changes, found.data, how)


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
    _print(changes, found.data, how)
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


def _print(changes: Changes, data: Path, how: ChangeFormat) -> None:
    from georisk.outputs.change_lines import TABLE, between, changes_markdown, table_rows
    from georisk.outputs.changes import changes_text

    if how is ChangeFormat.json:
        emit(changes_text(changes, data).rstrip("\n"))
    elif how is ChangeFormat.md:
        emit(changes_markdown(changes, data).rstrip("\n"))
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

"""``georisk news pull`` and ``georisk news status``: feeds into the cache, and what has gone quiet."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli.formats import Format
from georisk.cli.options import AsOf, FormatOption, KnownBy, WorkspaceOption, opened, root_for_writing, root_of
from georisk.cli.show import show, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from georisk.gate.watching import Watched
    from georisk.workspace import Workspace

PULLED = ("feed", "result", "bytes", "path", "text")
WATCHED = ("kind", "name", "newest", "age_days", "late", "text")
Out = Annotated[
    Path | None,
    typer.Option("--out", help="Folder of the cache (default: .georisk/feeds of the workspace).", show_default=False),
]
FeedsFile = typer.Argument(metavar="FEEDS.toml", help="[feeds.<name>] with url, silent_after_days.")


class Kind(StrEnum):
    """What is watched."""

    site = "site"
    source = "source"
    feed = "feed"
    statement = "statement"


def pull(
    feeds: Annotated[Path, FeedsFile],
    out: Out = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Fetch feeds into a cache, each with one conditional request.

    This is the news command that uses the network. What a server did not change is not fetched again; where nothing
    changed, no file does. A feed that fails keeps its last copy and is told; the others are still asked, and the exit
    code is 1.
    """
    from georisk.cli.outputs import progress
    from georisk.gate.rules import news_folder
    from georisk.news.fetching import read_limits
    from georisk.news.pulling import CACHE, read_feeds
    from georisk.news.pulling import pull as fetch
    from georisk.workspace import data_folder

    asked = read_feeds(feeds)
    root = root_of(workspace)
    cache = out if out is not None else root_for_writing(workspace) / CACHE
    with progress() as step:
        done = fetch(asked, cache, read_limits(news_folder(data_folder(root))), step=step)
    show([{name: getattr(one, name) for name in PULLED} for one in done], PULLED, how)
    failed = sum(one.result == "failed" for one in done)
    tell(f"{len(done)} feeds, {sum(one.result == 'new' for one in done)} with news, {failed} failed")
    if failed:
        raise typer.Exit(1)


def status(
    feeds: Annotated[
        Path | None, typer.Option("--feeds", metavar="FEEDS.toml", help="Also watch these feeds.", show_default=False)
    ] = None,
    out: Out = None,
    only: Annotated[
        list[Kind] | None, typer.Option("--only", help="Watch this alone; may be given again.", show_default=False)
    ] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Tell how old the newest evidence is, by site and by publisher, and what is late.

    Late are feeds that have gone silent or fail, planned events past their day, and holdings nobody has restated for
    so long that they age.
    """
    found = opened(workspace)
    rows = [_row(one) for one in _watched(found, feeds, out, as_of, known_by, only or list(Kind))]
    show(rows, WATCHED, how)
    tell(f"{sum(row['late'] is True for row in rows)} late")


def _watched(
    found: Workspace, feeds: Path | None, out: Path | None, as_of: str | None, known_by: str | None, kinds: list[Kind]
) -> Iterator[Watched]:
    from georisk.gate import watching

    snapshot = found.snapshot(as_of, known_by)
    if Kind.site in kinds:
        yield from watching.watched_sites(snapshot)
    if Kind.source in kinds:
        yield from watching.watched_sources(snapshot)
    if Kind.feed in kinds:
        yield from _feeds(found, feeds, out, as_of)
    if Kind.statement in kinds:
        yield from watching.watched_statements(snapshot, found.method().ageing.grace_months)


def _feeds(found: Workspace, feeds: Path | None, out: Path | None, as_of: str | None) -> Iterator[Watched]:
    from georisk.gate.rules import news_folder
    from georisk.gate.watching import watched_feeds
    from georisk.news.fetching import read_limits
    from georisk.news.pulling import CACHE, read_feeds, read_kept
    from georisk.news.tables import reading_tables
    from georisk.workspace import day

    tables, cache = news_folder(found.data), out if out is not None else found.root / CACHE
    asked = read_feeds(feeds) if feeds is not None else {}
    limits = read_limits(tables)
    yield from watched_feeds(asked, read_kept(cache), cache, limits, reading_tables(tables), day(as_of))


def _row(one: Watched) -> dict[str, Any]:
    return {name: getattr(one, name) for name in WATCHED}

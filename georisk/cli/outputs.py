"""``build``, ``map`` and ``table``: what the registry is drawn into."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli.formats import Format
from georisk.cli.options import AsOf, FormatOption, KnownBy, MethodOption, WorkspaceOption, opened, out_path
from georisk.cli.show import show, tell, warn

if TYPE_CHECKING:
    from collections.abc import Callable

    from georisk.outputs.rows import Report
    from georisk.workspace import Workspace

Out = Annotated[Path, typer.Option("--out", help="Folder of the outputs.")]


class Size(StrEnum):
    """How much of what is known a map carries."""

    full = "full"
    small = "small"


def build(
    as_of: AsOf = None,
    known_by: KnownBy = None,
    out: Out = Path("maps"),
    method: MethodOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Do everything: check, registry, scores, map and tables, written to maps/ as a whole."""
    from georisk.build import build as make

    found = opened(workspace, method)
    with progress() as step:
        built = make(found, as_of=as_of, known_by=known_by, out=out_path(found, out), step=step)
    warn([*map(str, built.findings.warnings), *built.report.holders.refused])
    _print_risk_table(built.report)
    tell(f"{len(built.files)} files in {built.folder}; open {built.folder / 'index.html'}")


def map_(
    as_of: AsOf = None,
    known_by: KnownBy = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="File to write (default: maps/index.html, or as the options name it)."),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Sites to draw; may be repeated.", show_default=False)
    ] = None,
    size: Annotated[
        Size, typer.Option("--size", help="small: a shorter page to send by mail, without sources and further facts.")
    ] = Size.full,
    tiles: Annotated[
        str | None,
        typer.Option(
            "--tiles",
            metavar="NAME",
            help="Another page with online map pictures, such as OpenStreetMap.Mapnik; it alone asks the network.",
            show_default=False,
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Write the map alone, whole or cut to some sites, by itself or over online pictures."""
    from georisk.cli.registry import known_site
    from georisk.files import write_text
    from georisk.outputs.content import map_data
    from georisk.outputs.map import map_page
    from georisk.outputs.map_options import for_mail, on_tiles, only_sites, tiles_named

    online = None if tiles is None else tiles_named(tiles)
    found = opened(workspace)
    chosen = [known_site(site, list(found.seeds.sites)) for site in only or ()]
    data = map_data(_report(found, as_of, known_by), found.data)
    data = only_sites(data, chosen) if chosen else data
    data = for_mail(data) if size is Size.small else data
    data = data if online is None else on_tiles(data, online)
    name = "map-tiles.html" if online else "map-small.html" if size is Size.small else "index.html"
    target = out_path(found, out or Path("maps") / name)
    written = map_page(data)
    write_text(target, written)
    tell(f"map of {len(data.sites)} sites written to {target}, {len(written.encode()) / 1e6:.2f} MB")
    if online:
        tell(f"the page asks {', '.join(online['hosts'])} for pictures when it is opened")


def table(
    as_of: AsOf = None,
    known_by: KnownBy = None,
    columns: Annotated[
        str | None, typer.Option("--columns", help="Columns to print, comma-separated.", show_default=False)
    ] = None,
    sort: Annotated[
        str | None, typer.Option("--sort", help="Column to sort by; a leading - sorts downward.", show_default=False)
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Sites to print; may be repeated.", show_default=False)
    ] = None,
    method: MethodOption = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Print the risk table."""
    from georisk.errors import UsageError
    from georisk.outputs.rows import TABLE_COLUMNS, risk_table

    brief = BRIEF if how is Format.table else tuple(TABLE_COLUMNS)
    chosen = tuple(columns.split(",")) if columns else brief
    wrong = [name for name in (*chosen, *([sort.lstrip("-")] if sort else [])) if name not in TABLE_COLUMNS]
    if wrong:
        raise UsageError(f"no column {', '.join(wrong)}; columns: {', '.join(TABLE_COLUMNS)}")
    found = opened(workspace, method)
    rows = [{name: cell.value for name, cell in row.items()} for row in risk_table(_report(found, as_of, known_by))]
    if only:
        from georisk.cli.registry import known_site

        kept = {known_site(site, list(found.seeds.sites)) for site in only}
        rows = [row for row in rows if row["id"] in kept]
    if sort:
        rows = _sorted(rows, sort)
    show(rows, chosen, how)


BRIEF = (
    "name", "country", "stage", "composite_score", "composite_band", "jurisdiction_score", "opacity_score",
    "china_score", "worst_dimension",
)  # fmt: skip


def _sorted(rows: list[dict[str, Any]], sort: str) -> list[dict[str, Any]]:
    name = sort.lstrip("-")
    known = sorted(
        (row for row in rows if row[name] is not None), key=lambda row: row[name], reverse=sort.startswith("-")
    )
    return known + [row for row in rows if row[name] is None]


def _report(found: Workspace, as_of: str | None, known_by: str | None) -> Report:
    from georisk.outputs.rows import report

    assessment = found.assess(as_of, known_by)
    return report(assessment, found.holders(assessment.snapshot), found.data / "places", found.root)


def _print_risk_table(found: Report) -> None:
    from georisk.outputs.rows import risk_table

    snapshot = found.snapshot
    rows = []
    for row in risk_table(found):
        values: dict[str, Any] = {
            "site": row["name"].value,
            "country": row["country"].value,
            "stage": row["stage"].value,
        }
        for key in ("jurisdiction", "opacity", "china", "composite"):
            score, low, high = (row[f"{key}_{name}"].value for name in ("score", "low", "high"))
            band = row[f"{key}_band"].value if score is not None else "not scored"
            values[key] = f"{'' if score is None else f'{score:.0f} '}{band} ({low:.0f} to {high:.0f})"
        values["overdue"] = row["overdue"].value
        rows.append(values)
    label = " (projection)" if snapshot.projection else ""
    title = f"risk table as of {snapshot.as_of}{label}, 0 no risk found to 100, interval with the unknown at both ends"
    show(
        rows,
        ("site", "country", "stage", "jurisdiction", "opacity", "china", "composite", "overdue"),
        Format.table,
        title,
    )


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show the stage at work if a terminal is attached; silence when piped."""
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console

    with Console(stderr=True).status("opening") as status:
        yield lambda name: status.update(name)

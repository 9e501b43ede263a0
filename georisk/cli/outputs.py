"""``build``, ``map`` and ``table``: what the registry is drawn into."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli.options import AsOf, Format, FormatOption, KnownBy, WorkspaceOption, opened, out_path
from georisk.cli.show import show, tell, warn

if TYPE_CHECKING:
    from collections.abc import Callable

    from georisk.outputs.rows import Report
    from georisk.workspace import Workspace

Out = Annotated[Path, typer.Option("--out", help="Folder of the outputs.")]


def build(
    as_of: AsOf = None, known_by: KnownBy = None, out: Out = Path("maps"), workspace: WorkspaceOption = None
) -> None:
    """Do everything: check, registry, scores, map and tables, written to maps/ as a whole."""
    from georisk.build import build as make

    found = opened(workspace)
    with progress() as step:
        built = make(found, as_of=as_of, known_by=known_by, out=out_path(found, out), step=step)
    warn([*map(str, built.findings.warnings), *built.report.holders.refused])
    _print_risk_table(built.report)
    tell(f"{len(built.files)} files in {built.folder}; open {built.folder / 'index.html'}")


def map_(
    as_of: AsOf = None,
    known_by: KnownBy = None,
    out: Annotated[Path, typer.Option("--out", help="File to write.")] = Path("maps/index.html"),
    workspace: WorkspaceOption = None,
) -> None:
    """Write the map alone."""
    from georisk.files import write_text
    from georisk.outputs.content import map_data
    from georisk.outputs.map import map_page

    found = opened(workspace)
    target = out_path(found, out)
    write_text(target, map_page(map_data(_report(found, as_of, known_by), found.data)))
    tell(f"map written to {target}")


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
    found = opened(workspace)
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
    return report(assessment, found.holders(assessment.snapshot), found.data / "places")


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

"""``check``, ``init`` and ``sites``: the files of a workspace and the registry they make."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli.formats import Format
from georisk.cli.options import AsOf, FormatOption, KnownBy, WorkspaceOption, opened, root_of
from georisk.cli.show import show, tell
from georisk.errors import UsageError

if TYPE_CHECKING:
    from georisk.registry import Row
    from georisk.snapshot import Snapshot

BRIEF = (
    "id",
    "name",
    "kind",
    "stage",
    "stage_since",
    "jurisdiction",
    "owners",
    "commodities",
    "sources",
    "sources_independent",
)
CITED = ("cell", "value", "statement", "source", "published", "grade", "url")


def check(workspace: WorkspaceOption = None) -> None:
    """Check every file of the workspace and list all faults at once.

    Exit 1 if there are any. Warnings (a schematic line that strays across a border) change nothing.
    """
    from georisk.check import check_workspace, print_order
    from georisk.gate.desk import news_faults
    from georisk.journal import read_settled
    from georisk.workspace import data_folder, seeds_folder

    root = root_of(workspace)
    seeds, findings = read_settled(root, lambda: check_workspace(seeds_folder(root), data_folder(root)))
    faults = [*findings.faults, *(news_faults(root, seeds, data_folder(root)) if seeds is not None else ())]
    for warning in print_order(findings.warnings):
        tell(f"warning: {warning}")
    for fault in print_order(faults):
        typer.echo(_safe(str(fault)))
    if faults or seeds is None:
        count = len(faults)
        tell(f"{count} fault{'s' if count != 1 else ''} in {root}")
        raise typer.Exit(1)
    tell(
        f"no faults: {len(seeds.sites)} sites, {len(seeds.parties)} parties, {len(seeds.statements)} statements, "
        f"{len(seeds.closures)} closures, {len(seeds.sources)} sources"
    )


def init(
    folder: Annotated[Path, typer.Argument(help="Where to make the workspace; it must not hold seeds/ or data/ yet.")],
) -> None:
    """Copy the bundled registry (seeds/ and data/) into a workspace of your own."""
    from georisk.files import bundled_root

    target = folder.expanduser().resolve()
    taken = [name for name in ("seeds", "data") if (target / name).exists()]
    if taken:
        raise UsageError(f"{target} already holds {' and '.join(taken)}; choose another folder")
    target.mkdir(parents=True, exist_ok=True)
    for name in ("data", "seeds"):
        half = target / f".{name}-new"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(bundled_root() / name, half, ignore=shutil.ignore_patterns("__pycache__"))
        half.rename(target / name)
    tell(f"workspace made in {target}; next: cd there and run georisk build")


def sites(
    site: Annotated[
        str | None, typer.Argument(help="One site: every cell with what it cites.", show_default=False)
    ] = None,
    unresolved: Annotated[bool, typer.Option("--unresolved", help="List mentions that name no site.")] = False,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Print the registry, or one site with every cell's citation."""
    from georisk.registry import COLUMNS, registry_rows

    found = opened(workspace)
    if unresolved:
        mentions = [
            {"text": m.text, "why": m.why, "source": m.source, "candidates": "; ".join(m.candidates)}
            for m in found.seeds.mentions
        ]
        show(mentions, ("text", "why", "source", "candidates"), how)
        return
    snapshot = found.snapshot(as_of, known_by)
    rows = registry_rows(snapshot, found.holders(snapshot), found.data / "places")
    if site is not None:
        show(_citations(snapshot, rows[known_site(site, list(rows))]), CITED, how, title=site)
        return
    columns = BRIEF if how is Format.table else tuple(name for name in COLUMNS if name != "geometry")
    label = f"registry as of {snapshot.as_of}, known by {snapshot.known_by}" + (
        " (projection)" if snapshot.projection else ""
    )
    show([{name: row[name].value for name in columns} for row in rows.values()], columns, how, title=label)


def known_site(site: str, known: list[str]) -> str:
    """Return the site if it is known, else say which are."""
    if site not in known:
        raise UsageError(f"no site {site!r}; known sites: {', '.join(known)}")
    return site


def _citations(snapshot: Snapshot, row: Row) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for name, cell in row.items():
        value = cell.value.wkt if name == "geometry" and cell.value is not None else cell.value
        if name.startswith(("evidence", "sources")) or not cell.statements:
            lines.append({"cell": name, "value": value})
            continue
        for number, statement in enumerate(cell.statements):
            one = snapshot.by_id[statement]
            for source in snapshot.sources(one):
                lines.append({
                    "cell": name, "value": value if number == 0 else None, "statement": one.id, "source": source.title,
                    "published": str(source.published or ""), "grade": source.grade, "url": source.url,
                })  # fmt: skip
    return lines


def _safe(text: str) -> str:
    from georisk.outputs.plain import visible

    return visible(text)

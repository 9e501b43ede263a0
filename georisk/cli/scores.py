"""``score`` and ``owners``: how risky a site is, and whose it is."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli.formats import Format
from georisk.cli.options import AsOf, FormatOption, KnownBy, MethodOption, WorkspaceOption, opened
from georisk.cli.registry import known_site
from georisk.cli.show import emit, show, tell, warn

if TYPE_CHECKING:
    from georisk.assessment import Assessment, Score
    from georisk.ownership.holders import Branch, Holders
    from georisk.seeds import Site
    from georisk.workspace import Workspace

COLUMNS = (
    "id", "part", "dimension", "score", "band", "low", "high", "p05", "p95", "known_weight", "with_weak", "reason",
)  # fmt: skip
CHANGE_COLUMNS = (
    "site", "how", "owner", "owned", "before", "after", "of_site_before", "of_site_after", "statements",
)  # fmt: skip
OWNER_COLUMNS = ("site", "level", "owner", "owned", "share", "of_site", "low", "high", "country", "note", "statements")


def score(
    sites: Annotated[
        list[str] | None, typer.Argument(help="Sites to score (default: all).", show_default=False)
    ] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    method: MethodOption = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Print scores with bands, intervals and known weight.

    low and high put the unknown at both ends; p05 and p95 hold nine tenths of what the evidence leaves open.
    """
    from georisk.outputs.scores import scores_document

    found = opened(workspace, method)
    chosen = [known_site(site, list(found.seeds.sites)) for site in sites or found.seeds.sites]
    assessment = found.assess(as_of, known_by)
    warn(found.holders(assessment.snapshot).refused)
    if how is Format.json:
        document = scores_document(assessment)
        document["sites"] = [one for one in document["sites"] if one["id"] in chosen]
        emit(json.dumps(document, ensure_ascii=False, indent=1))
        return
    snapshot = assessment.snapshot
    label = f"scores as of {snapshot.as_of}, known by {snapshot.known_by}" + (
        " (projection)" if snapshot.projection else ""
    )
    label += f"; method {assessment.method.version}"
    show(_score_rows(assessment, chosen), COLUMNS, how, title=label)


def _score_rows(assessment: Assessment, chosen: list[str]) -> list[dict[str, Any]]:
    rows = []
    for site in chosen:
        scored = assessment.sites[site]
        for one, part in [(scored, ""), *((part, part.id) for part in scored.parts)]:
            rows += [_score_row(site, part, dimension) for dimension in (one.composite, *one.dimensions.values())]
    return rows


def _score_row(site: str, part: str, one: Score) -> dict[str, Any]:
    return {
        "id": site, "part": part or (one.part or ""), "dimension": one.key,
        "score": None if one.score is None else round(one.score, 1),
        "band": one.band or "not scored", "low": round(one.low, 1), "high": round(one.high, 1),
        "p05": None if one.p05 is None else round(one.p05, 1), "p95": None if one.p95 is None else round(one.p95, 1),
        "known_weight": round(one.known_weight, 2), "with_weak": one.weak_band or "", "reason": one.reason,
    }  # fmt: skip


def owners(
    site: Annotated[str, typer.Argument(help="A site of the registry.")],
    as_of: AsOf = None,
    known_by: KnownBy = None,
    since: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="With --to: what changed from this day.", show_default=False),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--to", metavar="DATE", help="With --from: what changed up to this day.", show_default=False),
    ] = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Print the ownership tree up to ultimate parents, with bounds and the unexplained rest.

    With --from and --to: the stakes that began, ended or changed between two days.
    """
    found = opened(workspace)
    chosen = found.seeds.sites[known_site(site, list(found.seeds.sites))]
    if since is not None or until is not None:
        _print_changes(found, chosen, since, until, known_by, how)
        return
    snapshot = found.snapshot(as_of, known_by)
    holders = found.holders(snapshot)
    subjects = chosen.subjects()
    warn(holders.refused)
    if how is not Format.table:
        show([row for one in subjects for row in _owner_rows(holders, one, chosen.holder_of(one))], OWNER_COLUMNS, how)
        return
    tell(f"owners as of {snapshot.as_of}, known by {snapshot.known_by}; per cent of the site in brackets")
    for one in subjects:
        _print_tree(holders, snapshot.name(one), chosen.holder_of(one))


def _print_changes(
    found: Workspace, site: Site, since: str | None, until: str | None, known_by: str | None, how: Format
) -> None:
    from georisk.errors import UsageError
    from georisk.ownership.history import stake_changes

    if since is None or until is None:
        raise UsageError("--from and --to go together: georisk owners SITE --from DATE --to DATE")
    before, after = (found.holders(found.snapshot(day, known_by)) for day in (since, until))
    rows = [
        {
            "site": subject, "how": one.how, "owner": after.snapshot.name(one.owner),
            "owned": after.snapshot.name(one.owned), "before": one.before, "after": one.after,
            "of_site_before": one.of_site_before, "of_site_after": one.of_site_after,
            "statements": ";".join(one.statements),
        }
        for subject in site.subjects()
        for one in stake_changes(before, after, site.holder_of(subject))
    ]  # fmt: skip
    columns = CHANGE_COLUMNS[:-1] if how is Format.table else CHANGE_COLUMNS
    show(rows, columns, how, f"owners of {site.name} from {before.snapshot.as_of} to {after.snapshot.as_of}")
    tell(f"{len(rows)} change{'s' if len(rows) != 1 else ''} in stakes")


def _owner_rows(holders: Holders, subject: str, root: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []

    def visit(branches: tuple[Branch, ...]) -> None:
        for branch in branches:
            link = branch.link
            rows.append({
                "site": subject, "level": link.level, "owner": link.stake.owner, "owned": link.stake.owned,
                "share": None if link.stake.equity is None else link.stake.equity.point, "of_site": link.share,
                "low": link.least, "high": link.reach, "country": branch.country, "note": _note(branch),
                "statements": ";".join(link.stake.statements),
            })  # fmt: skip
            visit(branch.above)

    visit(holders.tree(root))
    for end in holders.ultimate(root):
        if end.kind != "owner":
            rows.append({"site": subject, "level": None, "owner": None, "owned": end.party, "share": None,
                         "of_site": end.share,
                         "low": end.low, "high": end.high, "country": None, "note": end.kind.replace("-", " "),
                         "statements": ";".join(end.statements)})  # fmt: skip
    return rows


def _print_tree(holders: Holders, name: str, root: str) -> None:
    from rich.console import Console
    from rich.text import Text
    from rich.tree import Tree

    from georisk.outputs.plain import visible
    from georisk.ownership.holders import conservation_text

    title = name if holders.snapshot.name(root) == name else f"{name}: {holders.snapshot.name(root)}"
    tree = Tree(Text(visible(title)))

    def grow(at: Tree, branches: tuple[Branch, ...]) -> None:
        for branch in branches:
            grow(at.add(Text(visible(_branch_text(branch)))), branch.above)

    branches = holders.tree(root)
    grow(tree, branches)
    if not branches:
        tree.add(Text("no owner known"))
    ends = tree.add(Text("ends with"))
    found = holders.ultimate(root)
    for end in found:
        ends.add(Text(visible(holders.terminal_text(end))))
    if branches:
        ends.add(Text(conservation_text(found)))
    Console(width=None if sys.stdout.isatty() else 240, highlight=False, emoji=False, markup=False).print(tree)


def _branch_text(branch: Branch) -> str:
    from georisk.ownership.holders import bounds_text, share_text

    link = branch.link
    note = _note(branch)
    return (
        f"{branch.name} ({branch.country or 'place not known'}) {share_text(link.stake)} "
        f"[{bounds_text(link.share, link.least, link.reach)}]" + (f" - {note}" if note else "")
    )


def _note(branch: Branch) -> str:
    notes = ["free carried"] if branch.link.stake.carried else []
    if branch.via:
        notes.append(f"through {', '.join(branch.via)}")
    if branch.again:
        notes.append("shown above already")
    return "; ".join(notes)

"""``explain``, ``dossier`` and ``method``: why a score is what it is, all that is known, and by which rules."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from georisk.cli.formats import Format
from georisk.cli.options import AsOf, FormatOption, KnownBy, MethodOption, WorkspaceOption, opened, out_path, root_of
from georisk.cli.registry import known_site
from georisk.cli.show import emit, tell
from georisk.errors import UsageError

SiteArgument = Annotated[str, typer.Argument(help="A site of the registry.")]
_PIPED_WIDTH = 120


def explain(
    site: SiteArgument,
    dimension: Annotated[
        str | None, typer.Option("--dimension", metavar="KEY", help="Explain one dimension alone.", show_default=False)
    ] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    method: MethodOption = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Say why a site is scored as it is: ordered reasons with their evidence, and what would change the answer.

    Each reason has its points, its sentence, the statements behind it and their sources. What is unknown follows
    with the reason why, and then the missing facts, the one that would settle most first.
    """
    from georisk.explaining.citations import Citations
    from georisk.explaining.reasons import explain as reasons_of
    from georisk.outputs.explain_json import explanation_document
    from georisk.outputs.explain_text import explanation_text

    _only(how, Format.table, Format.json)
    found = opened(workspace, method)
    known_site(site, list(found.seeds.sites))
    keys = [one.key for one in found.method().dimension]
    if dimension is not None and dimension not in keys:
        raise UsageError(f"no dimension {dimension!r}; dimensions: {', '.join(keys)}")
    assessment = found.assess(as_of, known_by)
    explanation = reasons_of(assessment, site, Citations(assessment.snapshot, found.data))
    if how is Format.json:
        emit(json.dumps(explanation_document(explanation, dimension), ensure_ascii=False, indent=1))
        return
    snapshot = assessment.snapshot
    label = " (projection)" if snapshot.projection else ""
    tell(f"as of {snapshot.as_of}{label}, known by {snapshot.known_by}; method {assessment.method.version}")
    sys.stdout.write(explanation_text(explanation, width=_width(), only=dimension))


def dossier(
    site: SiteArgument,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="File to write (default: maps/sites/SITE.html).", show_default=False
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Write everything known of one site as one HTML page.

    Place, stage, owners, money, sales, scores with their reasons, disagreements, statements and sources.
    """
    from georisk.files import write_text
    from georisk.outputs.dossier import dossier_page
    from georisk.outputs.rows import report
    from georisk.outputs.traced import traced_rows

    found = opened(workspace)
    known_site(site, list(found.seeds.sites))
    assessment = found.assess(as_of, known_by)
    made = report(assessment, found.holders(assessment.snapshot), found.data / "places", found.root)
    row = next(one for one in traced_rows(made) if one["id"].value == site)
    target = out_path(found, out or Path("maps/sites") / f"{site}.html")
    write_text(target, dossier_page(made, found.seeds.sites[site], row, found.data))
    tell(f"dossier written to {target}")


def method(how: FormatOption = Format.table, workspace: WorkspaceOption = None) -> None:
    """Print the method: dimensions, indicators, goalposts, weights and their reasons, legal tests, series."""
    from georisk.explaining.method_book import method_book
    from georisk.indicators import NAMES
    from georisk.method import read_method
    from georisk.outputs.method_page import method_document, method_text
    from georisk.workspace import data_folder

    _only(how, Format.table, Format.json)
    data = data_folder(root_of(workspace))
    book = method_book(read_method(data / "method", NAMES), data)
    if how is Format.json:
        emit(json.dumps(method_document(book), ensure_ascii=False, indent=1, default=str))
    else:
        sys.stdout.write(method_text(book, _width()))


def _width() -> int:
    return max(60, shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPED_WIDTH)


def _only(how: Format, *allowed: Format) -> None:
    if how not in allowed:
        raise UsageError(f"--format {how.value} is not offered here; allowed: {', '.join(allowed)}")

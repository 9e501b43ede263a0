"""``export``, ``import`` and ``parties``: the registry in the formats of others, theirs in it, names of parties."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from georisk.cli.formats import Format
from georisk.cli.options import AsOf, FormatOption, KnownBy, WorkspaceOption, opened, root_for_writing
from georisk.cli.show import show, tell
from georisk.errors import UsageError


class To(StrEnum):
    """Formats of an export."""

    bods = "bods"
    ftm = "ftm"
    gpkg = "gpkg"
    geojson = "geojson"
    geoparquet = "geoparquet"
    csv = "csv"


class From(StrEnum):
    """Formats of an import."""

    bods = "bods"
    csv = "csv"


def export(
    to: Annotated[To, typer.Option("--to", help="The format.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="File to write (default: standard output).", show_default=False),
    ] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Export the registry for other tools.

    bods: stakes as statements of the Beneficial Ownership Data Standard 0.4. ftm: parties, stakes, list entries and
    sites as FollowTheMoney entities, one a line, for screening. gpkg (with styles for QGIS), geojson, geoparquet and
    csv: sites with their scores.
    """
    from georisk.interchange.exporting import BINARY, export_bytes, write_export

    if out is None and to in BINARY:
        raise UsageError(f"{to} is no text; name a file with --out")
    content = export_bytes(opened(workspace), to, as_of, known_by)
    if out is None:
        sys.stdout.write(content.decode("utf-8"))
        return
    try:
        write_export(out.expanduser(), content)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written: {error.strerror}") from None
    tell(f"{to} written to {out}")


def import_(
    file: Annotated[Path, typer.Argument(help="The file to read.")],
    source: Annotated[From, typer.Option("--from", help="Its format: bods (stakes) or csv (sites).")],
    mapping: Annotated[
        Path | None,
        typer.Option("--map", metavar="FILE", help="Which column is which field (TOML; csv only).", show_default=False),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="DIR", help="Workspace; a folder that is empty or not there becomes one.",
                     show_default=False),
    ] = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:  # fmt: skip
    """Import stakes from BODS 0.4, or sites from a CSV with a mapping file.

    Everything is written as one act, if the workspace passes its check with it; else nothing is. The report says
    what was done with each row and which field was not understood. Exit 1 if any was not.

    Parties are matched by identifiers and exact names; one that is merely alike is made anew, and the report says so.
    """
    from georisk.interchange.importing import import_bods, import_sites

    if mapping is not None and source is not From.csv:
        raise UsageError("--map goes with --from csv")
    root = into.expanduser().resolve() if into is not None else root_for_writing(workspace)
    found = import_sites(file, root, mapping) if source is From.csv else import_bods(file, root)
    rows = [{"row": one.row, "outcome": one.outcome, "what": one.what, "why": one.why} for one in found.outcomes]
    rows += [{"row": one.row, "outcome": "not understood", "what": one.field, "why": one.why} for one in found.troubles]
    show(rows, ("row", "outcome", "what", "why"), how)
    tell(f"{len(found.files)} files written in {root}; {len(found.troubles)} cells or fields were not understood")
    if found.troubles:
        raise typer.Exit(1)


parties = typer.Typer(help="Names of parties: which party a name means, and why.", no_args_is_help=True)


@parties.command("match")
def match(
    names: Annotated[list[str], typer.Argument(help="Names as somebody writes them, in any script.")],
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Tell which parties of the registry some names mean, best first, and the rule that decided.

    Identifiers and aliases decide first, then the words: proper words, places, trades, parts of a group, legal forms.
    Parties that are different are listed where their names are alike. Likeness (0 to 100) ranks and never decides.
    """
    from georisk.interchange.taking import book_of
    from georisk.matching.words import read_words

    found = opened(workspace)
    book = book_of(found.seeds, read_words(found.data / "matching"))
    rows = [
        {"name": name, "party": one.party, "nearest": one.name, "verdict": one.decision.verdict,
         "rule": one.decision.rule, "because": one.decision.because, "likeness": one.decision.likeness}
        for name in names for one in book.match(name)
    ]  # fmt: skip
    show(rows, ("name", "party", "nearest", "verdict", "rule", "because", "likeness"), how)
    for name in names:
        if not any(row["name"] == name and row["verdict"] == "same" for row in rows):
            tell(f"no party is certainly {name!r}")

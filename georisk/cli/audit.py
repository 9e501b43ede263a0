"""``audit``: what stands on which source."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli.formats import Format
from georisk.cli.options import AsOf, FormatOption, KnownBy, WorkspaceOption, opened
from georisk.cli.show import emit, show, tell

if TYPE_CHECKING:
    from georisk.changes.audit import Effect, Move
    from georisk.changes.worlds import Reading

COLUMNS = ("site", "kind", "key", "official", "hangs", "claims_fall", "claims_weaken", "bands", "scores", "cells")
BRIEF = ("site", "without", "official", "bands", "scores", "claims", "cells")
_TOLD = 3


def audit(
    sites: Annotated[
        list[str] | None, typer.Argument(help="Sites to audit (default: all).", show_default=False)
    ] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Leave out each source, each group of sources of one origin, each statement and country series in turn.

    Lists the claims that would fall or stand on C and D evidence alone, the bands and scores that would change, and the
    cells of the table. Exit 1 if a band hangs on one source that is not official. For people, drops that change no
    score are left out where no site is named; scripts get all.
    """
    from georisk.changes.audit import audit as audited
    from georisk.cli.outputs import progress
    from georisk.cli.registry import known_site
    from georisk.registry import registry_rows

    found = opened(workspace)
    chosen = [known_site(site, list(found.seeds.sites)) for site in sites or found.seeds.sites]
    with progress() as step:
        step("scoring")
        assessment = found.assess(as_of, known_by)
        step("reading the table")
        rows = registry_rows(assessment.snapshot, found.holders(assessment.snapshot), found.data / "places")
        effects = audited(assessment, chosen, rows, step)
    _print(effects, how, all_told=bool(sites))
    hanging = [one for one in effects if one.hangs]
    tell(_verdict(hanging, len(effects)))
    if hanging:
        raise typer.Exit(1)


def _verdict(hanging: Sequence[Effect], count: int) -> str:
    bands = {(one.site, move.dimension) for one in hanging for move in one.bands}
    if not bands:
        return f"{count} drops tried: no band hangs on one source that is not official"
    sites = len({site for site, _ in bands})
    return f"{count} drops tried: {len(bands)} bands of {sites} sites hang on one source that is not official"


def _print(effects: Sequence[Effect], how: Format, *, all_told: bool) -> None:
    if how is Format.json:
        emit(json.dumps([effect_document(one) for one in effects], ensure_ascii=False, indent=1))
    elif how is not Format.table:
        show([_row(one) for one in effects], COLUMNS, how)
    else:
        told = [one for one in effects if one.moves or (all_told and one.claims and one.cells)]
        told.sort(key=lambda one: (one.site, not one.hangs, not one.bands))
        show([_brief(one) for one in told], BRIEF, how, "without it, this would change")


def effect_document(one: Effect) -> dict[str, Any]:
    """Return an effect as plain data."""
    return {
        "site": one.site,
        "kind": one.drop.kind,
        "key": one.drop.key,
        "title": one.drop.title,
        "official": one.drop.official,
        "hangs": one.hangs,
        "claims": [{"id": claim.id, "key": claim.key, "how": claim.how} for claim in one.claims],
        "scores": [
            {"subject": move.subject, "dimension": move.dimension, "before": move.before.score,
             "after": move.after.score, "band_before": move.before.band, "band_after": move.after.band}
            for move in one.moves
        ],
        "cells": list(one.cells),
    }  # fmt: skip


def _row(one: Effect) -> dict[str, Any]:
    own = [move for move in one.moves if move.subject == one.site]
    return {
        "site": one.site,
        "kind": one.drop.kind,
        "key": one.drop.title if one.drop.kind == "statement" else one.drop.key,
        "official": "yes" if one.drop.official else "no",
        "hangs": "yes" if one.hangs else "no",
        "claims_fall": ";".join(claim.key for claim in one.claims if claim.how == "falls"),
        "claims_weaken": ";".join(claim.key for claim in one.claims if claim.how == "becomes weak"),
        "bands": "; ".join(_band(move) for move in one.bands),
        "scores": "; ".join(_scores(move) for move in own),
        "cells": ";".join(one.cells),
    }


def _brief(one: Effect) -> dict[str, Any]:
    row = _row(one)
    lost = [claim for claim in one.claims if claim.how != "loses a source"]
    names = [f"{claim.key} {claim.how}" for claim in lost[:_TOLD]]
    more = [f"and {len(lost) - _TOLD} more"] if len(lost) > _TOLD else []
    mark = "hangs: " if one.hangs else ""
    return row | {
        "without": f"{one.drop.kind}: {one.drop.title}",
        "bands": mark + row["bands"],
        "claims": "; ".join(names + more),
        "cells": row["cells"].replace(";", ", "),
    }


def _band(move: Move) -> str:
    return f"{move.dimension} {move.before.band or 'not scored'} to {move.after.band or 'not scored'}"


def _scores(move: Move) -> str:
    return f"{move.dimension} {_figure(move.before)} to {_figure(move.after)}"


def _figure(reading: Reading) -> str:
    return "not scored" if reading.score is None else f"{reading.score:.1f}"

"""``sensitivity``: how far scores and ranks can be trusted."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from georisk.cli.formats import Format
from georisk.cli.options import AsOf, FormatOption, KnownBy, MethodOption, WorkspaceOption, opened
from georisk.cli.show import emit, show, tell

_LEAST, _MOST = 100, 100_000


def sensitivity(
    sites: Annotated[
        list[str] | None, typer.Argument(help="Sites to tell of (default: all).", show_default=False)
    ] = None,
    draws: Annotated[
        int | None,
        typer.Option("--draws", min=_LEAST, max=_MOST, help="How many runs (default: the method's own number).",
                     show_default=False),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, help="Where random numbers begin (default: the method's own).",
                                 show_default=False),
    ] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    method: MethodOption = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:  # fmt: skip
    """Draw evidence, weights and choices many times: intervals of score and rank, and what they come from.

    "evidence" is the 90 % interval that facts alone leave open; "tried" also draws weights, normalisation, aggregation
    and what unknown does. "comes from" names the sources with the largest total Sobol index. For people two tables
    follow: how often a site is riskier than another, if sites are named, and what indicators do beside their weight.
    """
    from georisk.cli.outputs import progress
    from georisk.cli.registry import known_site
    from georisk.sensitivity.indices import composite_variance
    from georisk.sensitivity.influence import influences
    from georisk.sensitivity.ranking import ranking
    from georisk.sensitivity.telling import sensitivity_document

    found = opened(workspace, method)
    chosen = [known_site(site, list(found.seeds.sites)) for site in sites or found.seeds.sites]
    with progress() as step:
        step("scoring")
        assessment = found.assess(as_of, known_by)
        step("drawing evidence and choices")
        ranked = ranking(assessment, draws, seed)
        step("sharing out the variance")
        document = sensitivity_document(
            assessment, ranked, composite_variance(assessment, chosen, seed), influences(assessment)
        )
    if how is Format.json:
        emit(json.dumps(document, ensure_ascii=False, indent=1))
        return
    _print(document, chosen if sites else [], how)


def _print(document: dict[str, object], sites: list[str], how: Format) -> None:
    from georisk.sensitivity.telling import FLAT, INFLUENCE, PAIRS, SITES, influence_rows, pair_rows, site_rows

    if how is not Format.table:
        show(list(site_rows(document)), FLAT, how)
        return
    label = f"{document['draws']} draws, {document['interval_percent']:g} % intervals, as of {document['as_of']}"
    show(list(site_rows(document)), SITES, how, f"scores and ranks under doubt: {label}")
    if sites:
        show(list(pair_rows(document, sites)), PAIRS, how, "riskier than another, per cent of the draws")
    show(list(influence_rows(document)), INFLUENCE, how, "what indicators do, beside their weight")
    tell("rank 1 is the riskiest; sites without a composite have none")

"""``whatif``: a registry in which something else were so, scored beside today's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from georisk.cli.formats import Format
from georisk.cli.options import AsOf, FormatOption, KnownBy, MethodOption, WorkspaceOption, opened
from georisk.cli.show import emit, show, tell

if TYPE_CHECKING:
    from georisk.changes.comparing import Changes
    from georisk.changes.whatif import Desk
    from georisk.changes.worlds import Reading

SCORES = ("part", "dimension", "today", "what_if", "delta")
CAUSES = ("part", "dimension", "share", "cause")
FLAT = ("part", "dimension", "score", "low", "high", "band", "if_score", "if_low", "if_high", "if_band", "delta")


def _each(name: str, form: str, text: str) -> Any:
    return typer.Option(name, metavar=form, help=text, show_default=False)


def whatif(
    site: Annotated[str, typer.Argument(help="A site of the registry.")],
    sets: Annotated[
        list[str] | None, _each("--set", "PROPERTY=VALUE[,name=value...]", "A hypothetical statement.")
    ] = None,
    file: Annotated[Path | None, _each("--file", "ITEM.toml", "What a news item proposes, taken as known.")] = None,
    planned: Annotated[
        list[str] | None, _each("--planned", "KEY[,from=HOLDER]", "Take a planned statement to have come about.")
    ] = None,
    drop: Annotated[list[str] | None, _each("--drop", "KEY", "Leave out a statement or closure.")] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    method: MethodOption = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Score a hypothetical beside today, with what moved the scores; nothing is written. Options may be repeated.

    A statement takes the place of what answers the same question today. --set speaks of the site, a stake of the
    company that holds its title, unless subject= names another. A stake may come out of somebody's: from=HOLDER, or
    of=HOLDER if the value is per cent of that holding. since= and until= are dates; several texts are joined by +.
    """
    from georisk.changes.comparing import compare
    from georisk.changes.views import View
    from georisk.cli.registry import known_site
    from georisk.errors import UsageError

    if not any((sets, file, planned, drop)):
        raise UsageError("say what would be so: --set, --file, --planned or --drop; see georisk whatif --help")
    found = opened(workspace, method)
    known_site(site, list(found.seeds.sites))
    before = View.of(found, as_of, known_by)
    desk = _tried(before, found.data, site, sets or [], file, planned or [], drop or [])
    changes = compare(before, replace(before, seeds=desk.seeds), [site])
    _print(changes, found.data, how)


def _tried(
    before: Any, data: Path, site: str, sets: list[str], file: Path | None, planned: list[str], drop: list[str]
) -> Desk:
    """Try hypotheses one after another: what is left out first, then plans, items and statements."""
    from georisk.changes.whatif import Desk
    from georisk.changes.wording import read_wish

    desk = Desk(before.seeds, data, before.as_of, before.known_by)
    for key in drop:
        desk = desk.dropped(key)
    for text in planned:
        desk = desk.come_about(text)
    if file is not None:
        desk = _with_item(desk, file)
    for number, text in enumerate(sets, start=1):
        desk = desk.wish(before.seeds.sites[site], read_wish(text, data / "vocabulary"), number)
    return desk.checked()


def _with_item(desk: Desk, file: Path) -> Desk:
    """Return the desk with what a news item proposes, its parties and sources among them."""
    from georisk.claims import Reading, keep_sources
    from georisk.gate.newsitems import read_item
    from georisk.seeds import Party

    sources, parties, statements, closures = {}, {}, [], []
    for one in read_item(file, desk.seeds, desk.data / "vocabulary"):
        reading = Reading(desk.data / "vocabulary")
        keep_sources(reading, file.name, one.sources, one.compiled)
        sources.update(reading.sources)
        parties.update({key: Party(key, new.name, new.kind, tuple(new.aliases)) for key, new in one.parties.items()})
        statements += [one.statement] if one.statement is not None else []
        closures += [one.closure] if one.closure is not None else []
        closures += desk.superseded(one.statement, one.supersedes) if one.statement is not None else []
    return desk.given(statements, closures, sources, parties)


def _print(changes: Changes, data: Path, how: Format) -> None:
    from georisk.outputs.change_lines import between
    from georisk.outputs.changes import changes_text

    if how is Format.json:
        emit(changes_text(changes, data).rstrip("\n"))
        return
    if how is not Format.table:
        show(_flat_rows(changes), FLAT, how)
        return
    (site,) = changes.sites
    show(_score_rows(changes), SCORES, how, f"{site.name}, what if: {between(changes)}")
    causes = _cause_rows(changes, data)
    if causes:
        show(causes, CAUSES, how, "what moves it")
    tell("a hypothetical: nothing is written" + ("" if changes.moved else "; no score would move"))


def _places(changes: Changes) -> list[tuple[str, Any]]:
    (site,) = changes.sites
    return [(one.id if one is not site else "", shift) for one in (site, *site.parts) for shift in one.shifts.values()]


def _score_rows(changes: Changes) -> list[dict[str, Any]]:
    return [
        {"part": part, "dimension": shift.dimension, "today": _told(shift.before), "what_if": _told(shift.after),
         "delta": None if shift.delta is None else f"{round(shift.delta, 1) + 0.0:+.1f}"}
        for part, shift in _places(changes)
    ]  # fmt: skip


def _told(reading: Reading | None) -> str:
    if reading is None:
        return "not in the registry"
    score = "not scored" if reading.score is None else f"{reading.score:.1f} {reading.band}"
    return f"{score} ({reading.low:.0f} to {reading.high:.0f})"


def _cause_rows(changes: Changes, data: Path) -> list[dict[str, Any]]:
    from georisk.outputs.accounts import Teller, share_text

    teller, (site,) = Teller(changes, data), changes.sites
    return [
        {
            "part": part,
            "dimension": shift.dimension,
            "share": share_text(cause),
            "cause": teller.sentence(cause, site.id),
        }
        for part, shift in _places(changes)
        for cause in shift.causes
    ]


def _flat_rows(changes: Changes) -> list[dict[str, Any]]:
    rows = []
    for part, shift in _places(changes):
        row: dict[str, Any] = {"part": part, "dimension": shift.dimension, "delta": shift.delta}
        for mark, reading in (("", shift.before), ("if_", shift.after)):
            if reading is not None:
                row |= {f"{mark}score": reading.score, f"{mark}low": reading.low, f"{mark}high": reading.high,
                        f"{mark}band": reading.band or "not scored"}  # fmt: skip
        rows.append(row)
    return rows

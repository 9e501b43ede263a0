"""``geocode``: names to places, offline; Nominatim only when told to."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from georisk.cli.formats import Format
from georisk.cli.options import FormatOption, WorkspaceOption, opened, out_path
from georisk.cli.show import emit, show, tell
from georisk.errors import UsageError

if TYPE_CHECKING:
    from georisk.places.geocoding import Candidate
    from georisk.workspace import Workspace

SHAPE = ("name", "lat", "lon", "precision_km", "country", "kind", "commodities", "score", "source", "matched")
CACHE = Path(".georisk") / "nominatim.json"


class Finder(Protocol):
    """What finds places by name."""

    def places(self, name: str, country: str | None = None) -> list[Candidate]:
        """Return the places a name may mean, best first."""


def geocode(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME...",
            help='Names in any script; a country or state may follow after a comma: "Ngualla, Tanzania".',
            show_default=False,
        ),
    ] = None,
    given: Annotated[
        Path | None,
        typer.Option(
            "--input",
            metavar="FILE",
            help="CSV file with a column name, and country if it has one.",
            show_default=False,
        ),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            "--country",
            metavar="COUNTRY",
            help="Only places of this country: its name or ISO 3166-1 alpha-3 code.",
            show_default=False,
        ),
    ] = None,
    online: Annotated[
        bool,
        typer.Option(
            "--online",
            help="Ask Nominatim (OpenStreetMap) too: one request a second at most, answers kept in .georisk/.",
        ),
    ] = False,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Find the places a name may mean: registry, then mines and deposits, then towns.

    Each name gets a list of candidates, best first. The true place lies within precision_km of the candidate's
    position; several candidates with close scores are an open question; an unknown name has none. Nothing leaves this
    machine without --online.
    """
    asked = [*((name, country) for name in names or ()), *(_read(given, country) if given is not None else ())]
    if not asked:
        raise UsageError("no name; give names, or --input FILE with a column name")
    found = opened(workspace)
    finders = _finders(found, online)
    _check_country(asked, finders)
    answers = {
        _label(name, where, asked): [one for finder in finders for one in finder.places(name, where)]
        for name, where in _with_progress(dict.fromkeys(asked))
    }
    _print(answers, how)
    unknown = [name for name, candidates in answers.items() if not candidates]
    if unknown:
        tell(f"nothing found for {len(unknown)} of {len(answers)}: {'; '.join(unknown[:5])}")


def _label(name: str, country: str | None, asked: list[tuple[str, str | None]]) -> str:
    """Return the name, with its country where the same name is asked for in several."""
    several = len({where for other, where in asked if other == name}) > 1
    return f"{name}, {country}" if several and country else name


def _finders(found: Workspace, online: bool) -> list[Finder]:
    from georisk.places.gazetteer import load_gazetteer
    from georisk.places.geocoding import Geocoder
    from georisk.places.known import known_places

    gazetteer = load_gazetteer(found.data / "gazetteer")
    finders: list[Finder] = [Geocoder(gazetteer, known_places(found.seeds, gazetteer.words))]
    if online:
        from georisk.places.online import Nominatim

        finders.append(Nominatim(out_path(found, CACHE), gazetteer))
    return finders


def _check_country(asked: list[tuple[str, str | None]], finders: list[Finder]) -> None:
    from georisk.places.geocoding import Geocoder

    first = finders[0]
    for name, where in asked:
        if where and isinstance(first, Geocoder) and not first.gazetteer.codes_of(where):
            raise UsageError(f"{name!r}: no country is called {where!r}; use a name or an ISO 3166-1 alpha-3 code")


def _read(path: Path, country: str | None) -> list[tuple[str, str | None]]:
    from georisk.places.points import read_cells

    columns, rows = read_cells(path, ("name",))
    place = columns.index("name")
    where = columns.index("country") if "country" in columns else None
    return [(row[place].strip(), (row[where].strip() if where is not None else "") or country) for row in rows
            if row[place].strip()]  # fmt: skip


def _print(answers: dict[str, list[Candidate]], how: Format) -> None:
    if how is Format.json:
        emit(json.dumps({name: [_shaped(one) for one in found] for name, found in answers.items()},
                        ensure_ascii=False, indent=1))  # fmt: skip
        return
    rows = [{"asked": name, **_shaped(one)} for name, found in answers.items() for one in found]
    if how is not Format.jsonl:
        rows = [{**row, "commodities": "; ".join(row["commodities"])} for row in rows]
    show(rows, ("asked", *SHAPE), how)


def _shaped(one: Candidate) -> dict[str, Any]:
    cells = {name: getattr(one, name) for name in SHAPE}
    return {**cells, "commodities": list(one.commodities)}


def _with_progress(asked: dict[tuple[str, str | None], None]) -> Iterator[tuple[str, str | None]]:
    if not sys.stderr.isatty() or len(asked) < 2:
        yield from asked
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(list(asked), description="looking up", console=Console(stderr=True), transient=True)

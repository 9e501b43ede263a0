"""What a figure rests on: statements, and rows of country series, each with its sources.

An id that begins with ``ref:`` names a row of a series (``ref:wgi/COD/2023/rl``) or, where a series says
something by not naming a place, the series itself (``ref:fatf-lists``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from georisk.dates import When
from georisk.explaining.phrases import period, phrase
from georisk.reference import Edition, read_series
from georisk.snapshot import Snapshot
from georisk.statements import Source, Statement
from georisk.vocabulary import read_vocabulary

PREFIX = "ref:"
EDITION_GRADE = "A"  # a series that an institution publishes; rows of lists carry grades of their own


@dataclass(frozen=True, slots=True)
class Support:
    """A statement or a row of a series, ready to be cited.

    Attributes
    ----------
    id
        Of the statement, or ``ref:`` and the row.
    about, topic, text
        Whom or what it speaks of, the property or series, and what it says.
    holds, recorded
        When it holds and when it was published, in words.
    grade
        A to D, the grade of the evidence.
    sources
        Best grade first.
    statement
        ``None`` for a row of a series.
    """

    id: str
    about: str
    topic: str
    text: str
    holds: str
    recorded: str
    grade: str
    sources: tuple[Source, ...]
    statement: Statement | None = None


@dataclass(frozen=True)
class Citations:
    """Looks up what an id stands for, on a snapshot and beside the reference tables in ``data``."""

    snapshot: Snapshot
    data: Path
    _told: dict[str, Support] = field(default_factory=dict, repr=False, compare=False)

    def supports(self, ids: Iterable[str]) -> tuple[Support, ...]:
        """Return what the ids stand for, in their order, each once.

        Raises
        ------
        KeyError
            For an id of no statement known on the snapshot.
        """
        return tuple(self.support(one) for one in dict.fromkeys(ids))

    def support(self, name: str) -> Support:
        """Return what one id stands for."""
        if name not in self._told:
            found = self._row(name) if name.startswith(PREFIX) else self._statement(self.snapshot.by_id[name])
            self._told[name] = found
        return self._told[name]

    def statement(self, one: Statement) -> Support:
        """Return a statement ready to be cited."""
        return self.support(one.id)

    def _statement(self, one: Statement) -> Support:
        topics = read_vocabulary(self.data / "vocabulary", "properties")
        sources = sorted(self.snapshot.sources(one), key=lambda source: (source.grade, source.id))
        return Support(
            id=one.id,
            about=self.snapshot.name(one.subject),
            topic=topics.title(one.property) if one.property in topics else one.property,
            text=phrase(self.snapshot, one),
            holds="" if one.timeless and one.valid_from is None else period(one),
            recorded=recorded_text(one),
            grade=one.grade,
            sources=tuple(sources),
            statement=one,
        )

    def _row(self, name: str) -> Support:
        key, *cell = name.removeprefix(PREFIX).split("/")
        series = read_series(self.data / "reference", key)
        row = _find(self.data / "reference", key, cell) if cell else None
        source = edition_source(key, series.edition, row)
        return Support(
            id=name,
            about=self._place(cell[0]) if cell else "all countries",
            topic=series.edition.title,
            text=_row_text(series.edition, cell, row),
            holds=cell[1] if cell else series.edition.edition,
            recorded=f"{series.edition.published} (edition)",
            grade=source.grade,
            sources=(source,),
        )

    def _place(self, code: str) -> str:
        countries = read_vocabulary(self.data / "vocabulary", "countries")
        return countries.title(code) if code in countries else code


def recorded_text(one: Statement) -> str:
    """Return when a statement was published and how that is known, in words."""
    return str(one.recorded) if one.recorded_basis == "published" else f"{one.recorded} ({one.recorded_basis})"


def edition_source(key: str, edition: Edition, row: dict[str, Any] | None = None) -> Source:
    """Return the edition of a series as a source; ``row`` may lower its grade."""
    grade = str(row["grade"]) if row is not None and "grade" in row else EDITION_GRADE
    return Source(
        id=f"{PREFIX}{key}",
        title=f"{edition.title}, {edition.edition}",
        publisher=edition.publisher,
        grade=grade,
        url=edition.url,
        published=When.parse(edition.published),
        retrieved=When.parse(edition.retrieved),
        reached_via=edition.reached_via,
        origin=f"publisher: {edition.publisher}",
        note=f"Licence: {edition.licence}.",
    )


def _find(folder: Path, key: str, cell: list[str]) -> dict[str, Any] | None:
    place, when, name = cell
    for row in _rows_of(folder, key, place):
        time, kind = ("year", "series") if "year" in row else ("valid_from", "list")
        if str(row[time]) == when and row[kind] == name:
            return row
    return None


@lru_cache(maxsize=512)
def _rows_of(folder: Path, key: str, place: str) -> tuple[dict[str, Any], ...]:
    table = read_series(folder, key).table
    return tuple(table[table["place"] == place].to_dict("records"))


def _row_text(edition: Edition, cell: list[str], row: dict[str, Any] | None) -> str:
    if not cell:
        return f"no entry for the country in the edition: {edition.edition}"
    if row is None:
        return f"{cell[2]}, {cell[1]}"
    if "value" not in row:
        return f"on the list {cell[2].replace('_', ' ')} since {cell[1]}"
    bounds = f" ({row['low']:g} to {row['high']:g})" if "low" in row else ""
    error = f", standard error {row['stderr']:.2f}" if "stderr" in row else ""
    return f"{cell[2]} {cell[1]}: {row['value']:g}{bounds}{error}"

"""Loaded lists as a workspace keeps them: ``seeds/lists/<key>.csv`` with its edition, and what people said of matches.

An entry that a later edition no longer has is closed on that edition's day, never deleted. A name match is
``proposed`` (the same words) or a ``candidate`` (alike) until a person confirms or rejects it in ``matches.csv``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from georisk.errors import Fault
from georisk.files import read_csv, read_toml
from georisk.screens.lists.entries import Entry, day_of

FOLDER = "seeds/lists"
MATCHES = "matches.csv"
ENTRY_COLUMNS = ("id", "names", "program", "listed_on", "removed_on", "first_seen")
MATCH_COLUMNS = ("list", "entry", "listed", "party", "name", "kind", "score", "why", "decision")
DECISIONS = ("", "confirmed", "rejected")
_BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry with the edition it was first read in."""

    entry: Entry
    first_seen: date

    def holds(self, on: date) -> bool:
        """Say whether the name was on the list on a day, as far as the editions read tell."""
        begun = (self.entry.listed_on or self.first_seen) <= on
        return begun and (self.entry.removed_on is None or on < self.entry.removed_on)


@dataclass(frozen=True)
class Loaded:
    """A list as it was last loaded: its edition, the file it came from, its entries by id."""

    key: str
    edition: date
    file: str
    sha256: str
    entries: Mapping[str, Kept]


@dataclass(frozen=True, slots=True)
class Decided:
    """A name match and what a person said of it: ``confirmed``, ``rejected`` or nothing yet."""

    list: str
    entry: str
    listed: str
    party: str
    name: str
    kind: str
    score: float
    why: str
    decision: str = ""

    @property
    def id(self) -> str:
        """What the match is called on the command line."""
        return f"{self.list}:{self.entry}:{self.party}"


@dataclass(frozen=True)
class Lists:
    """All loaded lists by key, and all matches."""

    loaded: Mapping[str, Loaded]
    matches: tuple[Decided, ...]

    def of(self, party: str) -> list[tuple[Decided, Kept]]:
        """Return the matches of a party that nobody rejected, each with its entry."""
        found = [one for one in self.matches if one.party == party and one.decision != "rejected"]
        return [
            (one, self.loaded[one.list].entries[one.entry])
            for one in found
            if one.list in self.loaded and one.entry in self.loaded[one.list].entries
        ]


NONE_LOADED = Lists({}, ())


def read_lists(root: Path) -> Lists:
    """Read what was loaded into a workspace.

    Raises
    ------
    Fault
        If a file there cannot be read.
    """
    folder = root / FOLDER
    loaded = {path.stem: _loaded(path) for path in sorted(folder.glob("*.toml"))}
    return Lists(loaded, tuple(_matches(folder / MATCHES)) if (folder / MATCHES).exists() else ())


def _loaded(path: Path) -> Loaded:
    where = f"{FOLDER}/{path.name}"
    head = read_toml(path, where)
    edition = head.get("edition")
    if not isinstance(edition, date):
        raise Fault(where, f"edition is {edition!r}", "a day, YYYY-MM-DD")
    rows = read_csv(path.with_suffix(".csv"), f"{FOLDER}/{path.stem}.csv", ENTRY_COLUMNS)
    entries = {row["id"]: _kept(row, edition) for row in rows}
    return Loaded(path.stem, edition, str(head.get("file", "")), str(head.get("sha256", "")), entries)


def _kept(row: Mapping[str, str], edition: date) -> Kept:
    names = tuple(row["names"].split(_BETWEEN))
    entry = Entry(row["id"], names, row["program"], day_of(row["listed_on"]), day_of(row["removed_on"]))
    return Kept(entry, day_of(row["first_seen"]) or edition)


def _matches(path: Path) -> Iterable[Decided]:
    where = f"{FOLDER}/{MATCHES}"
    for line, row in enumerate(read_csv(path, where, MATCH_COLUMNS), start=2):
        if row["decision"] not in DECISIONS:
            raise Fault(f"{where} line {line}", f"decision {row['decision']!r}", "confirmed, rejected or nothing")
        try:
            score = float(row["score"])
        except ValueError:
            raise Fault(f"{where} line {line}", f"score {row['score']!r}", "a number") from None
        texts = {name: row[name] for name in MATCH_COLUMNS if name != "score"}
        yield Decided(score=score, **texts)


def succeeded(before: Loaded | None, key: str, edition: date, file: str, sha256: str, found: Iterable[Entry]) -> Loaded:
    """Return a list after a new edition: what is gone is closed on its day, what came back is open again."""
    known = before.entries if before is not None else {}
    entries = {one.id: Kept(one, known[one.id].first_seen if one.id in known else edition) for one in found}
    for name, kept in known.items():
        if name not in entries:
            closed = kept.entry.removed_on or edition
            entries[name] = replace(kept, entry=replace(kept.entry, removed_on=closed))
    return Loaded(key, edition, file, sha256, dict(sorted(entries.items())))


def files_of(loaded: Loaded) -> dict[str, bytes]:
    """Return the two files of a list by their path in the workspace."""
    rows = [
        {
            "id": kept.entry.id, "names": _BETWEEN.join(kept.entry.names), "program": kept.entry.program,
            "listed_on": kept.entry.listed_on or "", "removed_on": kept.entry.removed_on or "",
            "first_seen": kept.first_seen,
        }
        for kept in loaded.entries.values()
    ]  # fmt: skip
    head = (
        f'list = "{loaded.key}"\nedition = {loaded.edition.isoformat()}\n'
        f'file = {_toml(loaded.file)}\nsha256 = "{loaded.sha256}"\n'
    )
    return {
        f"{FOLDER}/{loaded.key}.csv": _csv(ENTRY_COLUMNS, rows),
        f"{FOLDER}/{loaded.key}.toml": head.encode("utf-8"),
    }


def match_file(matches: Iterable[Decided]) -> dict[str, bytes]:
    """Return the file of matches by its path in the workspace."""
    rows = [{name: getattr(one, name) for name in MATCH_COLUMNS} for one in matches]
    return {f"{FOLDER}/{MATCHES}": _csv(MATCH_COLUMNS, rows)}


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8")


def _toml(text: str) -> str:
    import tomlkit

    return tomlkit.item(text).as_string()

"""Loading a publisher's file into a workspace, and saying what a name match is: one act each, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from georisk.errors import UsageError
from georisk.journal import STATE, commit
from georisk.locking import workspace_lock
from georisk.screens.lists.formats import read_publisher_file
from georisk.screens.lists.kinds import read_kinds, read_matching
from georisk.screens.lists.names import matches
from georisk.screens.lists.store import Decided, Lists, Loaded, files_of, match_file, read_lists, succeeded


@dataclass(frozen=True)
class Updated:
    """What an update did to one list.

    Attributes
    ----------
    loaded
        The list now.
    added, closed
        Entries that are new, and entries that the edition no longer has.
    matches
        The name matches there are for this list, those of earlier editions with what was said of them.
    """

    loaded: Loaded
    added: int
    closed: int
    matches: tuple[Decided, ...]


def update(
    root: Path, data: Path, path: Path, parties: Mapping[str, Sequence[str]], key: str | None, edition: date
) -> list[Updated]:
    """Load a publisher's file into a workspace.

    Parameters
    ----------
    root, data
        The workspace, and its ``data/`` folder.
    path
        The publisher's file.
    parties
        Names by party, to compare with the list.
    key
        Which list it is; needed where the file does not say.
    edition
        Its date.

    Raises
    ------
    UsageError
        For an unknown list, a file that cannot be read, or an edition older than the one loaded.
    """
    kinds, rule = read_kinds(data), read_matching(data)
    if key is not None and key not in kinds:
        raise UsageError(f"no list {key!r}; there are: {', '.join(kinds)}")
    found = read_publisher_file(path, key, rule)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with workspace_lock(root / STATE):
        lists = read_lists(root)
        made = []
        for name, entries in sorted(found.items()):
            before = lists.loaded.get(name)
            if before is not None and before.edition > edition:
                raise UsageError(f"{name}: the edition of {before.edition} is loaded; {edition} is older")
            now = succeeded(before, name, edition, path.name, digest, entries)
            named = [(kept.entry.id, one) for kept in now.entries.values() for one in kept.entry.names]
            said = {(one.entry, one.party): one for one in lists.matches if one.list == name}
            fresh = [
                Decided(name, one.entry, one.listed, one.party, one.name, one.kind, one.score, one.why)
                for one in matches(parties, named, rule)
            ]
            kept_matches = tuple(_decided(one, said.get((one.entry, one.party))) for one in fresh)
            made.append(Updated(now, *_changed(before, now), kept_matches))
        others = [one for one in lists.matches if one.list not in found]
        files = {path: content for one in made for path, content in files_of(one.loaded).items()}
        commit(root, files | match_file([*others, *(match for one in made for match in one.matches)]))
    return made


def _decided(fresh: Decided, said: Decided | None) -> Decided:
    """Return a match with what a person said of it before, if the name on the list is the same."""
    same = said is not None and said.listed == fresh.listed
    return replace(fresh, decision=said.decision) if said is not None and same else fresh


def _changed(before: Loaded | None, now: Loaded) -> tuple[int, int]:
    known = {} if before is None else before.entries
    closed = [
        name
        for name, kept in now.entries.items()
        if kept.entry.removed_on is not None and (name not in known or known[name].entry.removed_on is None)
    ]
    return len(set(now.entries) - set(known)), len(closed)


def decide(root: Path, ids: Iterable[str], decision: str) -> list[Decided]:
    """Say of name matches that they are right or wrong, by their ids.

    Raises
    ------
    UsageError
        For an id that is no match.
    """
    with workspace_lock(root / STATE):
        lists: Lists = read_lists(root)
        asked = dict.fromkeys(ids)
        unknown = [one for one in asked if one not in {match.id for match in lists.matches}]
        if unknown:
            raise UsageError(f"no name match {', '.join(map(repr, unknown))}; georisk lists shows them all")
        now = [replace(one, decision=decision) if one.id in asked else one for one in lists.matches]
        commit(root, match_file(now))
    return [one for one in now if one.id in asked]

"""Which parties stand on which lists on a day: by statements of the registry, and by names that were matched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from georisk.screens.lists.kinds import ListKind
from georisk.screens.lists.store import Lists
from georisk.snapshot import Snapshot

PROPERTY = "list-entry"


@dataclass(frozen=True, slots=True)
class Hit:
    """A party on a list.

    Attributes
    ----------
    party, list
        Who, and the key of the list.
    listed
        The name there.
    since
        First day on it, in words; ``None`` where nobody says.
    sure
        Whether it may be relied on: a sourced statement, or a match that a person confirmed.
    basis
        Where it comes from, in words.
    statements
        Ids of the statements behind it.
    program
        Programme or section; empty where none is named.
    """

    party: str
    list: str
    listed: str
    since: str | None
    sure: bool
    basis: str
    statements: tuple[str, ...] = ()
    program: str = ""


@dataclass(frozen=True)
class Standings:
    """Who is on which list on a day.

    Attributes
    ----------
    hits
        By party.
    editions
        Edition of every list that was loaded and known by then, by key. The statements of the registry are no list.
    kinds
        The lists there are.
    """

    hits: Mapping[str, tuple[Hit, ...]]
    editions: Mapping[str, date]
    kinds: Mapping[str, ListKind]

    def flags(self, party: str, *, sure: bool) -> frozenset[str]:
        """Return what a party is marked with; without ``sure`` by names nobody confirmed too."""
        found = [one for one in self.hits.get(party, ()) if one.sure or not sure]
        return frozenset(flag for one in found for flag in self.kinds[one.list].flags)

    def asked(self, flags: frozenset[str]) -> list[ListKind]:
        """Return the lists that give one of some marks."""
        return [kind for kind in self.kinds.values() if flags & set(kind.flags)]


def standings(snapshot: Snapshot, lists: Lists, kinds: Mapping[str, ListKind]) -> Standings:
    """Return who is on which list on the snapshot's day.

    An edition that came out after the snapshot's known-by day is not known yet. A statement that says whom it covers
    (subsidiaries, not the party itself) marks nobody.
    """
    hits: dict[str, list[Hit]] = defaultdict(list)
    for one in snapshot.every(PROPERTY):
        key = str(one.qualifiers.get("list"))
        counted = one.counts() and one.holds(snapshot.as_of) and "covers" not in one.qualifiers
        if counted and key in kinds:
            since = None if one.valid_from is None else str(one.valid_from)
            program = str(one.qualifiers.get("program", ""))
            hits[one.subject].append(
                Hit(one.subject, key, str(one.value), since, True, "statement of the registry", (one.id,), program)
            )
    known = {key: loaded for key, loaded in lists.loaded.items() if loaded.edition <= snapshot.known_by}
    for party in snapshot.seeds.parties:
        for match, kept in lists.of(party):
            if match.list in known and match.list in kinds and kept.holds(snapshot.as_of):
                hits[party].append(
                    Hit(
                        party,
                        match.list,
                        match.listed,
                        None if kept.entry.listed_on is None else kept.entry.listed_on.isoformat(),
                        match.decision == "confirmed",
                        _basis(match.decision, match.kind, match.why, known[match.list].edition),
                        program=kept.entry.program,
                    )
                )
    return Standings(
        {party: tuple(found) for party, found in hits.items()},
        {key: loaded.edition for key, loaded in known.items()},
        kinds,
    )


def _basis(decision: str, kind: str, why: str, edition: date) -> str:
    said = {"confirmed": "match confirmed"}.get(decision, "match proposed" if kind == "exact" else "candidate")
    return f"{said}, edition of {edition}: {why}"

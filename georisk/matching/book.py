"""Parties under all their names and numbers, and which of them a name means: aliases decide before words do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from georisk.matching.deciding import DIFFERENT, SAME, UNSURE, Decision, Named, decide
from georisk.matching.folding import fold
from georisk.matching.words import Words

WITHIN_A_GROUP = frozenset({"place", "part of a group", "trade", "kind", "legal form"})
"""Rules that tell firms of one proper name apart."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A party: its id, its names (the first is the full one), its identifiers by scheme."""

    id: str
    names: tuple[str, ...]
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A party that a name may mean, and how that was decided; ``name`` is the one of its names that came nearest."""

    party: str
    name: str
    decision: Decision


@dataclass(frozen=True)
class PartyBook:
    """Entries with an index of their folded names and of their identifiers."""

    entries: tuple[Entry, ...]
    words: Words
    by_name: Mapping[str, frozenset[str]]
    by_identifier: Mapping[tuple[str, str], frozenset[str]]

    @classmethod
    def of(cls, entries: Iterable[Entry], words: Words) -> PartyBook:
        """Index parties."""
        kept = tuple(entries)
        by_name: dict[str, set[str]] = defaultdict(set)
        by_identifier: dict[tuple[str, str], set[str]] = defaultdict(set)
        for entry in kept:
            for name in entry.names:
                by_name[fold(name)].add(entry.id)
            for scheme, number in entry.identifiers.items():
                by_identifier[scheme, number.casefold()].add(entry.id)
        frozen = {key: frozenset(found) for key, found in by_name.items() if key}
        return cls(kept, words, frozen, {key: frozenset(found) for key, found in by_identifier.items()})

    def known_as(self, given: str | Named) -> str | None:
        """Return the one party that bears an identifier or exactly this name; ``None``: none, or several."""
        named = Named(given) if isinstance(given, str) else given
        numbers = [self.by_identifier.get((key, one.casefold()), frozenset()) for key, one in named.identifiers.items()]
        found = frozenset().union(*numbers) or self.by_name.get(fold(named.name), frozenset())
        return next(iter(found)) if len(found) == 1 else None

    def match(self, given: str | Named) -> list[Match]:
        """Return the parties a name may mean, best first; those neither alike nor decided the same are left out.

        Where the name is the very name of one party, no other is called the same; of several the likest is.
        """
        named = Named(given) if isinstance(given, str) else given
        known = self.known_as(named)
        found = [self._nearest(entry, named) for entry in self.entries]
        if known is not None:
            found = [self._settled(one, known, named.name) for one in found]
        listed = self.words.limits.listed_from
        kept = [one for one in found if one.decision.verdict == SAME or one.decision.likeness >= listed]
        kept = _nearest_alone(kept)
        return sorted(kept, key=lambda one: (_rank(one.decision), -one.decision.likeness, one.party))

    def decide(self, one: str | Named, other: str | Named) -> Decision:
        """Decide whether two names mean one party, by the parties that bear them before the words in them.

        Where only one of them is known, the other may be like an alias of it (an earlier name, another script); an
        alias that is merely shorter does not overrule what sets firms of one group apart.
        """
        plain = decide(one, other, self.words)
        first, second = self.known_as(one), self.known_as(other)
        if first is not None and second is not None:
            return _by_parties(first, second, plain)
        for known, name in ((first, other), (second, one)):
            if known is not None and plain.verdict != SAME and plain.rule not in WITHIN_A_GROUP:
                nearest = self._nearest(self._entry(known), Named(name) if isinstance(name, str) else name)
                if nearest.decision.verdict == SAME and nearest.decision.rule != "abbreviation":
                    because = f"like {nearest.name}, a name of {known}: {nearest.decision.because}"
                    return Decision(SAME, f"alias, {nearest.decision.rule}", because, plain.likeness)
        return plain

    def _entry(self, party: str) -> Entry:
        return next(one for one in self.entries if one.id == party)

    def _nearest(self, entry: Entry, named: Named) -> Match:
        found = [
            Match(entry.id, name, decide(named, Named(name, entry.identifiers), self.words)) for name in entry.names
        ]
        return min(found, key=lambda one: (_rank(one.decision), -one.decision.likeness))

    def _settled(self, match: Match, known: str, name: str) -> Match:
        likeness = match.decision.likeness
        if match.party == known:
            return Match(known, match.name, Decision(SAME, "alias", f"{name} is a name of {known}", likeness))
        if match.decision.verdict == SAME:
            because = f"{name} is the very name of {known}, another party"
            return Match(match.party, match.name, Decision(DIFFERENT, "alias", because, likeness))
        return match


def _nearest_alone(matches: list[Match]) -> list[Match]:
    """Leave the verdict "same" to the likest of several parties; of the others nobody can be sure."""
    likest = max((one.decision.likeness for one in matches if one.decision.verdict == SAME), default=0.0)
    return [
        _less_sure(one) if one.decision.verdict == SAME and one.decision.likeness < likest else one for one in matches
    ]


def _less_sure(match: Match) -> Match:
    given = match.decision
    because = f"{given.because}; another party's name is nearer"
    return Match(match.party, match.name, Decision(UNSURE, given.rule, because, given.likeness))


def _rank(decision: Decision) -> int:
    return (SAME, UNSURE, DIFFERENT).index(decision.verdict)


def _by_parties(first: str, second: str, plain: Decision) -> Decision:
    if first == second:
        return Decision(SAME, "alias", f"both are names of {first}", plain.likeness)
    return Decision(DIFFERENT, "alias", f"names of two parties: {first} and {second}", plain.likeness)

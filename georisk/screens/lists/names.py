"""Names on lists compared with names of parties; every match says why, and none is taken without a person."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from georisk.screens.lists.kinds import Matching

_APART = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Match:
    """A name of a party that is, or is like, a name on a list.

    Attributes
    ----------
    party, name
        Id of the party and the name compared.
    entry, listed
        Id of the entry and the name on the list.
    kind
        ``exact`` (a match is proposed) or ``candidate`` (somebody has to look).
    score
        Likeness, 0 to 100.
    why
        What was compared and how.
    """

    party: str
    name: str
    entry: str
    listed: str
    kind: str
    score: float
    why: str


def words(name: str) -> tuple[str, ...]:
    """Return a name's words without case, accents and punctuation, in order of the alphabet.

    Examples
    --------
    >>> words("GERTLER, Dan") == words("Dan Gertler")
    True
    >>> words("Société Minière S.A.")
    ('miniere', 'sa', 'societe')
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace(".", ""))
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(sorted(one for one in _APART.split(kept) if one))


def matches(parties: Mapping[str, Sequence[str]], listed: Iterable[tuple[str, str]], rule: Matching) -> Iterator[Match]:
    """Yield the matches of parties with a list, exact ones first; of one party and entry the best alone.

    Parameters
    ----------
    parties
        Names by party.
    listed
        Entry id and name, one pair a name.
    rule
        From which likeness a name is a candidate, and which words are legal forms.
    """
    best: dict[tuple[str, str], Match] = {}
    for one in _all(parties, list(listed), rule):
        known = best.get((one.party, one.entry))
        if known is None or (one.kind == "exact", one.score) > (known.kind == "exact", known.score):
            best[one.party, one.entry] = one
    yield from sorted(best.values(), key=lambda one: (one.kind != "exact", -one.score, one.party, one.entry))


def _all(parties: Mapping[str, Sequence[str]], listed: list[tuple[str, str]], rule: Matching) -> Iterator[Match]:
    from rapidfuzz import fuzz, process

    whole: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, (_, name) in enumerate(listed):
        whole[words(name)].append(position)
    cores = [_core(name, rule) for _, name in listed]
    for party, names in parties.items():
        for name in names:
            exact = whole.get(words(name), []) if words(name) else []
            for position in exact:
                entry, there = listed[position]
                yield Match(party, name, entry, there, "exact", 100.0, _same(name, there))
            core = _core(name, rule)
            if len(core) < rule.shortest:
                continue
            near = process.extract(core, cores, scorer=fuzz.ratio, score_cutoff=rule.candidate_from, limit=None)
            for _, score, position in near:
                entry, there = listed[position]
                if len(cores[position]) >= rule.shortest:
                    yield Match(party, name, entry, there, "candidate", round(float(score), 1), _like(name, there))


def _core(name: str, rule: Matching) -> str:
    return " ".join(word for word in words(name) if word not in rule.legal_forms)


def _same(name: str, there: str) -> str:
    return f"{name!r} and {there!r} are the same words, case, accents, punctuation and order aside"


def _like(name: str, there: str) -> str:
    return f"{name!r} and {there!r} are alike in letters, legal forms left out"

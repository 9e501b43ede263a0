"""What a drawing of owners marks beside a name: lists that name a party, and places on lists of secrecy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from georisk.assessment import Assessment
from georisk.reference import listed_on
from georisk.snapshot import Snapshot


def marks(assessment: Assessment, titles: Mapping[str, str]) -> Callable[[str], tuple[str, ...]]:
    """Return a function from the id of a party to what is to be marked beside its name, as of the day.

    Parameters
    ----------
    assessment
        The run; its method says which lists of places count as secrecy.
    titles
        Titles of screening lists by their keys. A party that no entry names is not thereby clear of them.
    """
    places = _secret_places(assessment)

    @cache
    def found(party: str) -> tuple[str, ...]:
        country = assessment.snapshot.country_of(party)
        secret = (f"place on a list of secrecy: {places[country]}",) if country in places else ()
        return (*_entries(assessment.snapshot, party, titles), *secret)

    return found


def _entries(snapshot: Snapshot, party: str, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return the lists whose entry names the party itself, with the day it begins."""
    own = [one for one in snapshot.holding(party, "list-entry") if "covers" not in one.qualifiers]
    names = [(str(one.qualifiers.get("list", "")), one.valid_from) for one in own]
    return tuple(f"listed: {titles.get(key, key)}" + (f", {day}" if day else "") for key, day in names)


def _secret_places(assessment: Assessment) -> dict[str, str]:
    """Return the places that the secrecy indicator counts, with the list each is on."""
    evidence, snapshot = assessment.evidence, assessment.snapshot
    on = min(snapshot.as_of, snapshot.known_by)
    found: dict[str, str] = {}
    for one in assessment.method.indicators:
        if one.function == "secrecy_share":
            entries = listed_on(evidence.series(one.parameters["series"]), on, weak=False)
            entries = entries[entries["list"].isin(list(one.parameters["levels"]))]
            found |= dict(zip(entries["place"], entries["list"], strict=True))
    return found

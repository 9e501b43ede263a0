"""What countries do and what schemes there are, as far as it touches a site.

Three ways lead from a place or a programme to a site, the narrowest that a statement names being the one taken:

1. it names sites (qualifier ``site`` or ``sites``): those, and no other; an empty list touches none;
2. it names a party (qualifier ``party``): the sites whose chain of owners and operators holds that party;
3. it names neither: the sites in its country, which is the place itself or the programme's qualifier ``country``.

So an export quota for one firm does not touch its neighbour's mine, and a country's control of one metal not its
railway. What is said here is shown beside scores and moves none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from georisk.registry import in_scope
from georisk.seeds import Site
from georisk.snapshot import Snapshot
from georisk.statements import COUNTING_STATUSES, Statement

SHOWN = ("policy", "support", "finance", "milestone", "production", "world-share", "import-reliance")
"""Properties of places and programmes that tell something about a site, in the order they are shown."""


def touching(snapshot: Snapshot, site: Site) -> list[Statement]:
    """Return all known statements of places and programmes that touch a site, past and planned ones too.

    Parameters
    ----------
    snapshot
        What was known by one day, looked at on another.
    site
        The site; its parts count with it.

    Returns
    -------
    list of Statement
        Places first, then programmes, each by id; within one in the order of :data:`SHOWN`, then of their start.
        A statement whose value is unknown is among them: it tells where a fact is missing.
    """
    seeds = snapshot.seeds
    names = {site.id, *(part.id for part in site.parts)}
    countries = host_countries(snapshot, site)
    chain = chain_of(snapshot, site)
    return [
        one
        for topic in (*sorted(seeds.places), *sorted(seeds.programmes))
        for name in SHOWN
        for one in snapshot.known_of(topic, name)
        if _touches(one, topic if topic in seeds.places else None, names, chain, countries)
    ]


def touching_now(snapshot: Snapshot, site: Site) -> list[Statement]:
    """Return those of :func:`touching` that hold on the day and are neither denied nor retracted."""
    found = touching(snapshot, site)
    return [one for one in found if one.status in COUNTING_STATUSES and one.holds(snapshot.as_of)]


def host_countries(snapshot: Snapshot, site: Site) -> set[str]:
    """Return the countries a site and its parts lie in, ISO 3166-1 alpha-3; empty where none is stated."""
    subjects = (site.id, *(part.id for part in site.parts))
    stated = [one for subject in subjects for one in snapshot.holding(subject, "location", "admin-unit")]
    return {str(one.qualifiers["country"]) for one in stated if "country" in one.qualifiers}


def chain_of(snapshot: Snapshot, site: Site) -> set[str]:
    """Return the parties of a site: title holders, operators, and whoever holds a stake in effect above them.

    Shares do not matter here: a small holder is of the chain too, and so is a vehicle a stake runs through.
    """
    found: set[str] = set()
    ahead = list(in_scope(site))
    while ahead:
        party = ahead.pop()
        if party not in found:
            found.add(party)
            ahead += _above(snapshot, party)
    return found & snapshot.seeds.parties.keys()


def _above(snapshot: Snapshot, party: str) -> list[str]:
    named: list[Any] = [one.value for one in snapshot.holding(party, "operator")]
    for stake in snapshot.holding(party, "stake"):
        if stake.counts():
            named += [stake.qualifiers.get("owner"), *stake.qualifiers.get("via", ())]
    return [str(one) for one in named if one is not None]


def _touches(
    one: Statement, place: str | None, names: Iterable[str], chain: Iterable[str], countries: Iterable[str]
) -> bool:
    given = one.qualifiers
    if "site" in given or "sites" in given:
        return not set(names).isdisjoint(_listed(given.get("sites")) | _listed(given.get("site")))
    if "party" in given:
        return given["party"] in set(chain)
    own = _listed(given.get("country")) if place is None else {place}
    return not own.isdisjoint(countries)


def _listed(given: Any) -> set[str]:
    """Return one text or a list of them as a set; ``None`` is empty."""
    return {given} if isinstance(given, str) else set(map(str, given or ()))

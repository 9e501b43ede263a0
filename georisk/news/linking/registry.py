"""Ties of an event to the registry: by name, by description, through a party; the last two are inferences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from georisk.news.events import Link
from georisk.news.linking.targets import Target
from georisk.news.naming.mentions import Mention
from georisk.news.naming.names import PLACED, Entity, Names
from georisk.seeds import Seeds

_DEPTH = 3
_SITE_WORDS = (
    r"(?:producers?|miners?|mines?|projects?|deposits?|mill|refinery|smelter|plant|railway|corridor|line|developer"
    r"|operation)"
)


@dataclass(frozen=True)
class Registry:
    """What linking knows of the registry.

    Attributes
    ----------
    sites_of
        Sites by the party that holds, owns or runs them.
    described
        For each country, its sites and the words their commodities go by.
    demonyms
        Adjectives of countries and their codes.
    """

    sites_of: Mapping[str, frozenset[str]]
    described: Mapping[str, Mapping[str, frozenset[str]]]
    demonyms: Mapping[str, str]
    pattern: re.Pattern[str]


def read_registry(seeds: Seeds, names: Names) -> Registry:
    """Gather from the seeds which sites a party stands for, and how sites can be described.

    A party stands for the sites whose title it holds, which it operates, or in which it holds a stake, also
    through other companies (three steps at most). States and public lenders stand for none.
    """
    owns: dict[str, set[str]] = defaultdict(set)
    for statement in seeds.statements:
        if statement.property == "stake" and isinstance(statement.qualifiers.get("owner"), str):
            owns[str(statement.qualifiers["owner"])].add(statement.subject)
        elif statement.property == "operator" and isinstance(statement.value, str):
            owns[statement.value].add(statement.subject)
    for site in seeds.sites.values():
        if site.title_holder:
            owns[site.title_holder].add(site.id)
        for part in site.parts:
            if part.title_holder:
                owns[part.title_holder].add(part.id)
    excluded = {party.id for party in seeds.parties.values() if party.kind in ("state", "agency", "group", "person")}
    sites_of = {party: frozenset(_reached(party, owns, seeds)) for party in list(owns) if party not in excluded}
    adjectives = "|".join(sorted(map(re.escape, names.demonyms), key=len, reverse=True))
    pattern = re.compile(
        rf"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]hat) ({adjectives})((?:[\s-]+[\w-]+){{0,5}}?)[\s-]+{_SITE_WORDS}\b"
    )
    return Registry(
        {party: sites for party, sites in sites_of.items() if sites}, _described(seeds), names.demonyms, pattern
    )


def _reached(party: str, owns: Mapping[str, set[str]], seeds: Seeds) -> set[str]:
    found: set[str] = set()
    front = {party}
    for _ in range(_DEPTH):
        held = {one for owner in front for one in owns.get(owner, ())}
        found |= {one.split("/")[0] for one in held if one.split("/")[0] in seeds.sites}
        front = {one for one in held if one in seeds.parties}
    return found


def _described(seeds: Seeds) -> dict[str, dict[str, frozenset[str]]]:
    countries: dict[str, set[str]] = defaultdict(set)
    words: dict[str, set[str]] = defaultdict(set)
    for statement in seeds.statements:
        site = statement.subject.split("/")[0]
        if site not in seeds.sites:
            continue
        if statement.property in PLACED:
            countries[site].update(str(statement.qualifiers.get("country", "")).split(","))
        elif statement.property == "commodity":
            listed = statement.value if isinstance(statement.value, list) else [statement.value]
            text = " ".join([*map(str, listed), str(statement.qualifiers.get("product", ""))])
            words[site].update(re.findall(r"[a-z]{4,}", text.lower()))
    found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for site, places in countries.items():
        for country in places:
            found[country.strip()][site] = frozenset(words[site])
    return found


def links_of(target: Target, text: str, registry: Registry) -> tuple[Link, ...]:
    """Return the ties of an event, those by name first.

    Parameters
    ----------
    target
        Whom the event is about.
    text
        Its sentence, in which a site may be described without its name.
    registry
        What is known.
    """
    links: list[Link] = []
    basis = "named" if target.basis in ("clause", "sentence") else target.basis
    for mention in target.about():
        links += _own(mention.entity, basis)
    told = {link.id for link in links}
    for mention in target.parties:
        if mention.entity.source in ("party", "programme") and mention.entity.id not in told:
            links += _own(mention.entity, "beside")
    sites = {link.id.split("/")[0] for link in links if link.kind == "site"}
    links += [link for link in _through_parties(target, registry) if link.id not in sites]
    sites |= {link.id for link in links}
    links += [Link("site", site, "description") for site in described_in(text, registry) if site not in sites]
    return tuple(dict.fromkeys(links))


def _own(entity: Entity, basis: str) -> list[Link]:
    return [Link(entity.source, entity.id, basis)] if entity.source in ("site", "party", "programme") else []


def _through_parties(target: Target, registry: Registry) -> Iterable[Link]:
    """Yield the sites a party stands for; none where the text names another project, which the registry lacks."""
    if target.project is not None and target.project.entity.source == "candidate":
        return
    mentions: tuple[Mention | None, ...] = (target.entity, *target.parties)
    for mention in mentions:
        if mention is not None and mention.entity.source == "party":
            for site in sorted(registry.sites_of.get(mention.entity.id, ())):
                yield Link("site", site, "party", mention.entity.id)


def described_in(text: str, registry: Registry) -> list[str]:
    """Return the sites a text describes by country and commodity without naming them ("the Brazilian clay miner").

    Only a description that fits one site of the registry counts.
    """
    found = []
    for match in registry.pattern.finditer(text):
        sites = registry.described.get(registry.demonyms[match[1]], {})
        words = {word for word in re.findall(r"[a-z]{4,}", match[2].lower()) if word not in _IDLE}
        fitting = [site for site, own in sites.items() if words & own]
        if len(fitting) == 1:
            found.append(fitting[0])
    return found


_IDLE = frozenset(("only", "large", "largest", "first", "major", "sole", "other", "mining", "state", "owned", "based"))

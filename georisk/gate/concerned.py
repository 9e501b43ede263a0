"""Who an event concerns: the subject of a statement, and the other party of it, by the names of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from georisk.gate.rules import EventRule, Patterns
from georisk.news.articles import Article
from georisk.news.events import Event, Link
from georisk.news.naming.names import Entity, Names, countries_of
from georisk.seeds import Seeds

_START = re.compile(r"(?:[.!?][”\"’)]*\s+|\n)")
_OWNED = re.compile(r"\b(?:in|of)\s+(?:the\s+)?$")
_HOLDERS = frozenset({"company", "fund", "lender", "agency", "state", "group", "person"})
_LENDERS = frozenset({"lender", "agency", "state", "fund", "company", "group"})


@dataclass(frozen=True, slots=True)
class Named:
    """A party named in a sentence: where, its id, and what a file of it would say if the registry has none."""

    start: int
    end: int
    id: str
    name: str
    kind: str
    fresh: bool = False


@dataclass(frozen=True)
class Scene:
    """The sentence an event stands in: its text, where the passage begins in it, and the parties it names in order."""

    sentence: str
    passage: str
    at: int
    parties: tuple[Named, ...]

    def word_position(self, pattern: re.Pattern[str]) -> int | None:
        """Return where a turn of phrase begins, first within the passage, else in the sentence."""
        found = pattern.search(self.sentence, self.at) or pattern.search(self.sentence)
        return found.start() if found is not None else None


@dataclass(frozen=True)
class Register:
    """The registry as names lead to it."""

    seeds: Seeds
    names: Names
    countries: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, seeds: Seeds, names: Names) -> Register:
        """Gather it from the seeds."""
        return cls(seeds, names, countries_of(seeds))

    def scene(self, event: Event, article: Article, patterns: Patterns) -> Scene:
        """Return the sentence around an event's passage."""
        text, passage = article.body.text, event.evidence
        at = text.find(passage)
        if at < 0:
            text, at = passage, 0
        begins = [one.end() for one in _START.finditer(text, max(0, at - 600), at)]
        begin = begins[-1] if begins else max(0, at - 600)
        ends = _START.search(text, max(at, at + len(passage) - 1))
        sentence = text[begin : ends.start() + 1 if ends is not None else len(text)][:4000]
        return Scene(sentence, passage, at - begin, tuple(self._parties(sentence, patterns)))

    def _parties(self, sentence: str, patterns: Patterns) -> Iterator[Named]:
        for start, end, name in self.names.find(sentence):
            found = self._party(name.entity, sentence[:start], patterns)
            if found is not None:
                known = found in self.seeds.parties
                kind = self.seeds.parties[found].kind if known else name.entity.kind
                yield Named(start, end, found, self._name(found, name.entity), kind, fresh=not known)

    def _party(self, entity: Entity, before: str, patterns: Patterns) -> str | None:
        if entity.source == "party":
            return entity.id
        state = f"state-{entity.id.lower()}"
        if entity.kind == "country":
            called = patterns.government.search(before.removesuffix("the "))
            return state if called is not None and state in self.seeds.parties else None
        if entity.source == "lexicon" and entity.kind in ("lender", "agency", "fund"):
            return entity.id
        return None

    def _name(self, party: str, entity: Entity) -> str:
        return self.seeds.parties[party].name if party in self.seeds.parties else entity.name

    def holder(self, site: str) -> str:
        """Return who holds the title of a site or part; the site itself where nobody is known to."""
        name, _, _part = site.partition("/")
        found = self.seeds.sites[name]
        own = next((part.title_holder for part in found.parts if part.id == site), None)
        return own or found.title_holder or site

    def peoples(self, sentence: str) -> set[str]:
        """Return the countries whose people a sentence names ("Chinese processors")."""
        return {code for word, code in self.names.demonyms.items() if re.search(rf"\b{re.escape(word)}\b", sentence)}


def subject_of(event: Event, rule: EventRule, register: Register) -> tuple[str, bool] | str:
    """Return the file an event speaks of and whether the text names it; else the reason why there is none.

    A site that is named comes first; then, for what a company or programme can be the subject of, these; then a
    single site that the text only leads to through a party or a description.
    """
    links = event.links
    named = [one for one in links if one.kind == "site" and not one.inferred and one.basis != "beside"]
    sites = list(dict.fromkeys(one.id for one in named))
    if sites:
        whole = {one.split("/")[0] for one in sites}
        if len(whole) > 1:
            return f"names several sites ({', '.join(sites)}); which one it is about is not clear"
        return f"sites/{sites[0] if len(sites) == 1 else whole.pop()}", False
    if rule.subject == "any":
        for kind, folder in (("programme", "programmes"), ("party", "parties")):
            own = [
                one.id for one in links if one.kind == kind and one.basis in ("named", "reference", "list", "article")
            ]
            if own and _has_file(own[0], folder, register):
                return f"{folder}/{own[0]}", False
    led = _led_to(links, register)
    named_so = event.project or event.entity
    if isinstance(led, str) and named_so is not None and not links:
        return f"{led}; {named_so} is a candidate for it"
    return led


def _has_file(name: str, folder: str, register: Register) -> bool:
    known: Mapping[str, object] = getattr(register.seeds, folder)
    return name in known


def _led_to(links: tuple[Link, ...], register: Register) -> tuple[str, bool] | str:
    known = [one for one in links if one.kind == "site" and one.id.split("/")[0] in register.seeds.sites]
    holders = {one.id.split("/")[0] for one in known if one.via is not None and one.via in _holders(one.id, register)}
    led = holders or {one.id.split("/")[0] for one in known}
    if len(led) == 1:
        return f"sites/{led.pop()}", True
    if led:
        return f"leads to several sites through a party ({', '.join(sorted(led))}) and names none"
    return "names no site of the registry"


def _holders(site: str, register: Register) -> set[str | None]:
    """Return who holds the titles of a site and its parts: a company named so leads to it more surely than an owner."""
    found = register.seeds.sites[site.split("/")[0]]
    return {found.title_holder, *(part.title_holder for part in found.parts)}


def other_party(rule: EventRule, scene: Scene, own: set[str], event: Event, register: Register) -> Named | None:
    """Return the party that lends, buys or signs with the subject; ``None`` where the sentence does not tell one.

    Who the event is about receives money and never lends it to itself.
    """
    others = [one for one in scene.parties if one.id not in own]
    if rule.other == "lender":
        concerned = {one.id for one in event.links if one.kind == "party" and one.basis != "beside"}
        told = {one["name"] for one in event.entities if one.get("role") in ("lender", "authority")}
        lenders = [one for one in others if one.id not in concerned and one.kind in _LENDERS]
        ranked = sorted(lenders, key=lambda one: (one.fresh, one.name not in told and one.kind != "agency", one.start))
        return next(iter(ranked), None)
    return next((one for one in others if not one.fresh), None)


def buyer_and_owned(
    event: Event, scene: Scene, patterns: Patterns, register: Register
) -> tuple[Named | None, str | None]:
    """Return who takes or holds shares, and whose; ``None`` for what the sentence leaves open.

    The buyer stands before the verb ("A buys B", "A holds 5 % of B") or after "by" and "to" ("B is bought by A").
    Without a company named, a site stands for the holder of its title.
    """
    verb = scene.word_position(patterns.buys)
    parties = [one for one in scene.parties if one.kind in _HOLDERS or one.kind.startswith("state")]
    passive = next((one for one in parties if patterns.bought_by.search(_before(scene, one, patterns))), None)
    active = [one for one in parties if verb is not None and one.start < verb]
    buyer = passive or (active[-1] if active else None)
    if buyer is None:
        return None, None
    after = buyer.start if passive is not None or verb is None else verb
    rest = [
        one
        for one in parties
        if one.id != buyer.id and (one.start < after if passive is not None else one.start > after)
    ]
    owned = next((one for one in rest if _OWNED.search(scene.sentence[: one.start])), rest[0] if rest else None)
    return buyer, owned.id if owned is not None else _of_site(event, register, buyer.id)


def _before(scene: Scene, one: Named, patterns: Patterns) -> str:
    text = scene.sentence[: one.start]
    found = patterns.government.search(text)
    text = text[: found.start()] if found is not None else text
    return re.sub(r"\b(?:the|an?)\s+$", "", text)


def _of_site(event: Event, register: Register, buyer: str) -> str | None:
    sites = [one.id for one in event.links if one.kind == "site" and not one.inferred]
    known = [one for one in sites if one.split("/")[0] in register.seeds.sites]
    holder = register.holder(known[0]) if known else None
    return holder if holder != buyer else None

"""Who and what an article names: known names, short forms it introduces, and names the registry does not know.

A name the registry does not know is a candidate: reported, and good enough to carry an event, never dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from georisk.news.naming.candidates import Draft, find_candidates
from georisk.news.naming.names import WORD, Entity, Name, Names, words_of
from georisk.news.sentences.structure import Sentence
from georisk.news.tables import Patterns

_ABBREVIATION = re.compile(r"\s?\(\s?(?:the\s)?[\"“']?([A-Z][A-Za-z0-9&-]{1,11}(?: [A-Z]{2,5})?)[\"”']?(?:[;,)]|\s\()")
_PLACES = ("country", "region")
_SIGNS = ("$", "€", "£")
_TITLE_WORTH = 3
_SHORT_WORD = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming in the body.

    Attributes
    ----------
    start, end, text
        Where it stands, and how it is written.
    entity
        Who or what is named.
    """

    start: int
    end: int
    text: str
    entity: Entity


@dataclass(frozen=True)
class Cast:
    """All namings of an article, in order, how often each entity is named, and who the title names."""

    mentions: tuple[Mention, ...]
    counts: Counter[Entity] = field(default_factory=Counter)
    starts: tuple[int, ...] = ()
    titled: tuple[Mention, ...] = ()

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the namings inside a span."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        return [one for one in self.mentions[first:last] if one.end <= end]

    def written(self, mention: Mention | None) -> str | None:
        """Return how the article names somebody: the registry's name of a site if used, else the longest writing."""
        if mention is None:
            return None
        forms = [one.text for one in self.mentions if one.entity == mention.entity]
        if mention.entity.source == "site":
            own = words_of(mention.entity.name)
            if any(words_of(form)[: len(own)] == own for form in [mention.text, *forms]):
                return mention.entity.name
            return min([mention.text, *forms], key=len)
        written = max([mention.text, *(form for form in forms if mention.text in form)], key=len)
        return (
            mention.entity.name if mention.entity.source == "party" and _differs(written, mention.entity) else written
        )

    def candidates(self) -> list[Entity]:
        """Return the companies and projects named that the registry does not know, most frequent first."""
        found = {one for one in self.counts if one.source == "candidate" and one.kind in ("company", "project")}
        return sorted(found, key=lambda one: (-self.counts[one], one.name))


def _differs(written: str, entity: Entity) -> bool:
    """Tell whether a writing is the registry's own name but for the s of a plural."""
    return written.casefold() != entity.name.casefold() and words_of(written) == words_of(entity.name)


def cast_of(body: str, sentences: Sequence[Sentence], title: str | None, names: Names, publisher: str | None) -> Cast:
    """Find everyone and everything a body names.

    Parameters
    ----------
    body
        The article's text.
    sentences
        Its sentences, items and headings.
    title
        Its title; names in it count for how often an entity is named.
    names
        The names known.
    publisher
        Who published it; its own name is nobody the article tells about.
    """
    own = words_of(publisher) if publisher else ()
    known = [hit for hit in names.find(body) if not own or hit[2].words != own[: len(hit[2].words)]]
    mentions = _known(body, known)
    fresh = _fresh(body, sentences, mentions, names, own)
    mentions = _without_covered(mentions, fresh) + fresh
    titled = title_mentions(title or "", mentions, names)
    local = _short_forms(body, known, mentions, names) | _shortened([*mentions, *titled], names)
    short = _local_mentions(body, mentions, local, names.patterns)
    mentions = [one for one in mentions if not any(other.start <= one.start < other.end for other in short)] + short
    mentions.sort(key=lambda one: one.start)
    mentions = promoted(body, mentions, names.patterns)
    counts = Counter(one.entity for one in mentions)
    counts.update({one.entity: _TITLE_WORTH for one in titled})
    return Cast(tuple(mentions), counts, tuple(one.start for one in mentions), tuple(titled))


def title_mentions(title: str, mentions: Sequence[Mention], names: Names) -> list[Mention]:
    """Return whom a title names; they stand before the text.

    A name no table knows counts if the text has it too, or if the title is not written in capitals throughout and
    its words tell a company or a project.
    """
    told = {one.entity for one in mentions}
    hits = [hit for hit in names.find(title) if not hit[2].weak or hit[2].entity in told]
    found = [Mention(-1, -1, title[a:b], name.entity) for a, b, name in hits]
    known, places = bytearray(len(title) + 1), bytearray(len(title) + 1)
    for a, b, name in hits:
        (places if name.entity.kind in _PLACES else known)[a:b] = b"\x01" * (b - a)
    by_id = {one.id: one for one in told if one.source == "candidate"}
    plain = _is_sentence(title)
    for one in _united(find_candidates(title, [(0, len(title))], known, places, names), names):
        entity = by_id.get(one.entity.id, one.entity if plain and one.entity.kind in ("company", "project") else None)
        if entity is not None:
            found.append(Mention(-1, -1, one.text, entity))
    return found


def _is_sentence(title: str) -> bool:
    """Tell whether a title is written like a sentence: most of its longer words in lower case."""
    words = [word for word in WORD.findall(title) if len(word) > _SHORT_WORD and word.isalpha()]
    lower = [word for word in words if word[0].islower()]
    return 2 * len(lower) >= len(words)


def _known(body: str, known: Sequence[tuple[int, int, Name]]) -> list[Mention]:
    strong = {hit[2].entity for hit in known if not hit[2].weak}
    kept = [
        (_widened(body, a, name), b, name)
        for a, b, name in known
        if (not name.weak or name.entity in strong) and body[b : b + 1] not in _SIGNS
    ]
    return [Mention(a, b, body[a:b], name.entity) for a, b, name in kept]


def _widened(body: str, start: int, name: Name) -> int:
    """Take in the word before a short name if it belongs to the full one: "Ganzhou" of "Ganzhou Chenguang"."""
    before = re.search(r"([A-ZÀ-Ž]\w+) $", body[max(0, start - 30) : start])
    full = words_of(name.entity.name)
    if before is None or name.entity.source != "party" or name.words[0] not in full:
        return start
    at = full.index(name.words[0])
    return start - len(before[1]) - 1 if at > 0 and words_of(before[1]) == full[at - 1 : at] else start


def _fresh(
    body: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], names: Names, own: tuple[str, ...]
) -> list[Mention]:
    known, places = bytearray(len(body) + 1), bytearray(len(body) + 1)
    for one in mentions:
        marks = places if one.entity.kind in _PLACES else known
        marks[one.start : one.end] = b"\x01" * (one.end - one.start)
    spans = [(one.start, one.end) for one in sentences if one.kind != "heading"]
    drafts = find_candidates(body, spans, known, places, names)
    kept = [draft for draft in drafts if not (own and set(words_of(draft.text)) <= set(own))]
    return _united(kept, names)


def _united(drafts: Sequence[Draft], names: Names) -> list[Mention]:
    """Let different writings of one candidate be one entity: "Mawson Mining Ltd" and "Mawson Mining"."""
    legal = names.words["legal-form"]
    first: dict[tuple[str, ...], Entity] = {}
    found = []
    for draft in drafts:
        parts = draft.text.replace(",", " ").split()
        while len(parts) > 1 and parts[-1].strip(".") in legal:
            parts.pop()
        key = words_of(" ".join(parts))
        entity = first.setdefault(key, Entity(" ".join(key), draft.text, draft.kind, "candidate"))
        found.append(Mention(draft.start, draft.end, draft.text, entity))
    return found


def _without_covered(mentions: Iterable[Mention], fresh: Sequence[Mention]) -> list[Mention]:
    """Drop places that stand inside a longer name: "Korea" of a Korean smelter's name."""
    return [
        one
        for one in mentions
        if one.entity.kind not in _PLACES or not any(name.start <= one.start and one.end <= name.end for name in fresh)
    ]


def _short_forms(
    body: str, known: Sequence[tuple[int, int, Name]], mentions: Iterable[Mention], names: Names
) -> dict[str, Entity]:
    """Return the short forms a text puts in brackets behind a name."""
    found: dict[str, Entity] = {}
    ends = {end: name.entity for _, end, name in known} | {one.end: one.entity for one in mentions}
    for end, entity in ends.items():
        match = _ABBREVIATION.match(body, end)
        if match is not None and match[1] not in names.words["stop"] and entity.kind not in _PLACES:
            found[match[1]] = entity
    return found


def _shortened(mentions: Iterable[Mention], names: Names) -> dict[str, Entity]:
    """Return first words that can stand for a company whose full name the article has."""
    found: dict[str, Entity] = {}
    trade = names.words["company"]
    for one in mentions:
        parts = one.text.split()
        if one.entity.kind not in ("company", "fund") or len(parts) < 2:
            continue
        while len(parts) > 1 and (parts[-1].strip(".,") in trade or parts[-1].strip(".,").isupper()):
            parts.pop()
        head = " ".join(parts).strip(".,")
        if head != one.text and len(head) > 1 and not _is_general(parts, names):
            found.setdefault(head, one.entity)
    return found


def _is_general(parts: Sequence[str], names: Names) -> bool:
    """Tell whether what is left of a name could be anybody's: words of trade, adjectives, a place."""
    if all(word in names.words["loose"] for word in parts) or parts[0] in ("The", "A"):
        return True
    return len(parts) == 1 and any(name.entity.kind in _PLACES for _, _, name in names.find(parts[0]))


def _local_mentions(
    body: str, mentions: Sequence[Mention], local: Mapping[str, Entity], patterns: Patterns
) -> list[Mention]:
    if not local:
        return []
    taken = bytearray(len(body) + 1)
    for one in mentions:
        if one.entity.kind in _PLACES and any(" " in form and one.text in form for form in local):
            continue
        if one.entity.source != "candidate" or " " in one.text or patterns["mentions-is-site"].match(body, one.end):
            taken[one.start : one.end] = b"\x01" * (one.end - one.start)
    choice = "|".join(re.escape(one) for one in sorted(local, key=len, reverse=True))
    return [
        Mention(hit.start(), hit.end(), hit[0], local[hit[0]])
        for hit in re.finditer(rf"(?<![\w-])(?:{choice})(?![\w-])", body)
        if taken.find(1, hit.start(), hit.end()) < 0
    ]


def promoted(body: str, mentions: Sequence[Mention], patterns: Patterns) -> list[Mention]:
    """Take names of no known kind for companies where one of their places shows them dealing in something."""
    acting = {
        one.entity for one in mentions if one.entity.kind in ("unknown", "line-head") and acts(body, one, patterns)
    }
    return [
        replace(one, entity=replace(one.entity, kind="company")) if one.entity in acting else one for one in mentions
    ]


def acts(body: str, mention: Mention, patterns: Patterns) -> bool:
    """Tell whether a name does or gets something in a deal, so that it must be a company."""
    after, before = body[mention.end : mention.end + 40], body[max(0, mention.start - 26) : mention.start]
    if patterns["mentions-place"].search(before):
        return False
    return patterns["mentions-does"].match(after) is not None or patterns["mentions-gets"].search(before) is not None

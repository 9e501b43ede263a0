"""Every name the registry and the lexicons know, found in a text in one pass.

Sites, parties and programmes come from the seeds with their aliases in every script; public lenders and bodies,
countries and regions from ``data/news``. Names are compared word by word, accents and punctuation aside.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from georisk.news.tables import Patterns, read_patterns, table
from georisk.seeds import Seeds

PLACED = ("admin-unit", "location")
WORD = re.compile(r"\w+")
_RUN_TOGETHER = re.compile(r"[a-zà-ž][A-ZÀ-Ž]")
_PIECE = re.compile(r"[A-ZÀ-Ž]?[^\W_A-ZÀ-Ž]+|[A-ZÀ-Ž]+(?![a-zà-ž])|\d+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NEAR = 60
TARGETS = ("project", "company", "fund", "programme")
_KINDS = {
    "state": "state", "agency": "agency", "state-company": "company", "company": "company", "fund": "fund",
    "person": "person", "group": "group", "programme": "programme",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entity:
    """Something a text can name.

    Attributes
    ----------
    id
        Id in the registry or code of the lexicon; a candidate's own name where neither knows it.
    name
        Its full name.
    kind
        ``project``, ``company``, ``fund``, ``lender``, ``agency``, ``state``, ``programme``, ``country``,
        ``region``, ``person``, ``media``, ``group`` or ``unknown``.
    source
        ``site``, ``party``, ``programme``, ``lexicon`` or ``candidate``.
    country
        ISO 3166-1 alpha-3, ``None`` where not known.
    """

    id: str
    name: str
    kind: str
    source: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write an entity."""

    words: tuple[str, ...]
    entity: Entity
    capitals: bool
    weak: bool


@dataclass(frozen=True)
class Names:
    """All names by their first word, how many words they have, longest first, and those of scripts without spaces."""

    by_first: Mapping[str, Mapping[tuple[str, ...], Name]]
    lengths: Mapping[str, tuple[int, ...]]
    unspaced: Mapping[str, Entity]
    demonyms: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    patterns: Patterns
    entities: Mapping[tuple[str, str], Entity] = field(default_factory=dict)

    def find(self, text: str) -> Iterator[tuple[int, int, Name]]:
        """Find names in a text, the longest first where they overlap.

        Yields
        ------
        tuple
            Start, end and the name, in the order of the text.
        """
        hits = list(self._in(list(WORD.finditer(text))))
        yield from hits
        yield from self._in_run_together(text, hits)
        if self.unspaced and _UNSPACED.search(text):
            yield from self._find_unspaced(text)

    def _in(self, tokens: list[re.Match[str]]) -> Iterator[tuple[int, int, Name]]:
        until = 0
        for at, token in enumerate(tokens):
            written = token[0]
            if at < until or written[0].islower():
                continue
            hit = self._at(tokens, at, fold(written))
            if hit is not None:
                until = at + len(hit.words)
                yield token.start(), tokens[until - 1].end(), hit

    def _in_run_together(self, text: str, hits: list[tuple[int, int, Name]]) -> Iterator[tuple[int, int, Name]]:
        """Find names whose words have lost the space between them ("KamotoCopper")."""
        last = 0
        for seam in _RUN_TOGETHER.finditer(text):
            if seam.start() < last:
                continue
            low, last = max(last, seam.start() - _NEAR), seam.end() + _NEAR
            for start, end, name in self._in(list(_PIECE.finditer(text, low, last))):
                if len(name.words) > 1 and all(end <= a or b <= start for a, b, _ in hits):
                    yield start, end, name

    def _at(self, tokens: list[re.Match[str]], at: int, first: str) -> Name | None:
        choices = self.by_first.get(first)
        if choices is None:
            return None
        for length in self.lengths[first]:
            parts = [token[0] for token in tokens[at : at + length]]
            name = choices.get(tuple(map(fold, parts)))
            if name is None or (name.capitals and not "".join(parts).isupper()):
                continue
            if "(" not in tokens[at].string[tokens[at].end() : tokens[at + len(parts) - 1].start()]:
                return name
        return None

    def _find_unspaced(self, text: str) -> Iterator[tuple[int, int, Name]]:
        for written, entity in self.unspaced.items():
            start = text.find(written)
            while start >= 0:
                yield start, start + len(written), Name((written,), entity, capitals=False, weak=False)
                start = text.find(written, start + len(written))


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return a word in lower case, without accents and without the s of a plural.

    >>> fold("Gécamines")
    'gecamine'
    """
    if not word.isascii():
        plain = unicodedata.normalize("NFKD", word)
        word = "".join(char for char in plain if not unicodedata.combining(char))
    word = word.lower()
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """Return a name as it is compared: its words, folded."""
    return tuple(fold(word) for word in WORD.findall(name))


def read_names(seeds: Seeds, folder: Path) -> Names:
    """Gather the names of a registry and of the lexicons.

    Parameters
    ----------
    seeds
        The registry.
    folder
        ``data/news``.
    """
    words = {row["code"]: frozenset(row["words"].split()) for row in table(folder, "name-words", "words")}
    demonyms = _demonyms(folder)
    words["outer"] = (
        words["stop"] | demonyms.keys() | frozenset(("of", "de", "del", "do", "da", "dos", "la", "le", "&"))
    )
    words["trade"] = words["company"] | words["site"]
    words["loose"] = words["company"] | words["stop"] | words["adjective"] | demonyms.keys()
    gathered: list[tuple[str, Entity]] = [
        *_of_parties(seeds), *_of_bodies(folder), *_of_programmes(seeds), *_of_places(folder)
    ]  # fmt: skip
    by_first: dict[str, dict[tuple[str, ...], Name]] = defaultdict(dict)
    unspaced: dict[str, Entity] = {}
    for form, entity in [*gathered, *_without_legal_forms(gathered, words["legal-form"])]:
        folded = words_of(form)
        if form.startswith(("the ", "The ")):
            continue
        if _UNSPACED.search(form):
            unspaced.setdefault(form, entity)
        elif folded and (len(folded) > 1 or len(folded[0]) > 1):
            by_first[folded[0]].setdefault(folded, Name(folded, entity, _capitals(form), form in words["weak-alone"]))
    lengths = {first: tuple(sorted({len(one) for one in names}, reverse=True)) for first, names in by_first.items()}
    return Names(
        by_first, lengths, unspaced, demonyms, words, read_patterns(folder), {(e.source, e.id): e for _, e in gathered}
    )


def _capitals(written: str) -> bool:
    """Tell whether a name counts only in capitals: short forms, and words that are ordinary ones else."""
    return written.replace(".", "").isupper() and len(written) <= 6


def _without_legal_forms(gathered: Iterable[tuple[str, Entity]], legal: frozenset[str]) -> Iterator[tuple[str, Entity]]:
    """Return names once more, without their legal form or what stands in brackets."""
    for written, entity in gathered:
        parts = written.split("(")[0].replace(",", " ").split()
        while len(parts) > 1 and parts[-1].strip(".") in legal:
            parts.pop()
        yield " ".join(parts), entity


def _of_parties(seeds: Seeds) -> Iterator[tuple[str, Entity]]:
    countries = countries_of(seeds)
    party_names: set[tuple[str, ...]] = set()
    for party in seeds.parties.values():
        entity = Entity(party.id, party.name, _KINDS.get(party.kind, "company"), "party", countries.get(party.id))
        if entity.kind == "state":
            continue
        for written in (party.name, *party.aliases):
            party_names.add(words_of(written))
            yield written, entity
    for site in seeds.sites.values():
        entity = Entity(site.id, site.name, "project", "site", countries.get(site.id))
        for written in (site.name, *site.aliases):
            if words_of(written) not in party_names:
                yield written, entity
        for part in site.parts:
            one = Entity(part.id, part.name, "project", "site", countries.get(part.id) or entity.country)
            for written in (part.name, *part.aliases):
                if words_of(written) not in party_names:
                    yield written, one


def _of_programmes(seeds: Seeds) -> Iterator[tuple[str, Entity]]:
    for programme in seeds.programmes.values():
        entity = Entity(programme.id, programme.name, "programme", "programme")
        for written in (programme.name, *programme.aliases):
            yield written, entity


def countries_of(seeds: Seeds) -> dict[str, str]:
    """Return the country of each site and party that a statement names one for (where it lies, or was set up)."""
    found: dict[str, str] = {}
    order = ("nationality", "domicile", "incorporation", *PLACED)
    for statement in sorted(
        seeds.statements, key=lambda one: order.index(one.property) if one.property in order else -1
    ):
        if statement.property in PLACED:
            country = statement.qualifiers.get("country")
        elif statement.property in order:
            country = statement.value
        else:
            continue
        if isinstance(country, list):
            country = country[0] if country else None
        if isinstance(country, str) and len(country) == 3 and country.isupper():
            found[statement.subject] = country
    return found


def _of_bodies(folder: Path) -> Iterator[tuple[str, Entity]]:
    for row in table(folder, "bodies", "names", "kind", "country"):
        entity = Entity(row["code"], row["title"], row["kind"], "lexicon", row["country"] or None)
        for written in row["names"].split("|"):
            yield written, entity


def _of_places(folder: Path) -> Iterator[tuple[str, Entity]]:
    for row in table(folder, "places", "kind", "names", "demonyms"):
        country = row["code"] if row["kind"] == "country" else None
        for written in row["names"].split("|"):
            name = row["title"] if country else written
            yield written, Entity(row["code"] if country else written, name, row["kind"], "lexicon", country)


def _demonyms(folder: Path) -> dict[str, str]:
    rows = table(folder, "places", "kind", "names", "demonyms")
    return {word: row["code"] for row in rows for word in row["demonyms"].split("|") if word}

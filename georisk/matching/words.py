"""What words of party names do: legal forms, trades, places, words that set firms apart (``data/matching``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from georisk.errors import Fault
from georisk.files import read_csv, read_toml
from georisk.matching.folding import fold, is_unspaced

ROLES = frozenset({"drop", "company", "group", "holding", "apart", "trade", "place", "vague", "name"})
"""What a word may be: without weight, a word for company, group or holding, one that sets firms of a group apart, a
trade, a place, a word too common to carry a name alone, or a name that is written otherwise in another script."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or turn that names hold: what it means in folded English, and its role."""

    means: str
    role: str


@dataclass(frozen=True, slots=True)
class Form:
    """A legal form: its family, and the countries that know it (ISO 3166-1 alpha-3; empty: many)."""

    form: str
    family: str
    countries: frozenset[str]
    leads: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """How far words may differ (``limits.toml``)."""

    one_letter_from: int
    two_letters_from: int
    heard_equal_from: int
    heard_alike_from: int
    heard_alike: int
    abbreviation_shortest: int
    abbreviation_longest: int
    listed_from: int


@dataclass(frozen=True, eq=False)
class Words:
    """All tables, keyed by what is written: folded, or as it stands in scripts that part no words."""

    words: Mapping[str, Word]
    forms: Mapping[str, Form]
    unspaced: Mapping[str, Word | Form]
    compatible: frozenset[frozenset[str]]
    limits: Limits

    @cached_property
    def pieces(self) -> re.Pattern[str]:
        """A pattern that finds the known words in a script that parts none, longest first."""
        return re.compile("(" + "|".join(map(re.escape, sorted(self.unspaced, key=len, reverse=True))) + ")")

    @cached_property
    def longest(self) -> int:
        """How many folded words the longest known turn has."""
        return max(len(key.split()) for key in (*self.words, *self.forms))

    @cached_property
    def trades(self) -> tuple[str, ...]:
        """Single trade words, among which a misspelt one is looked for."""
        return tuple(key for key, one in self.words.items() if one.role == "trade" and " " not in key)

    def may_be_one(self, one: Form, other: Form) -> bool:
        """Say whether two legal forms may stand after one company's name."""
        countries = not one.countries or not other.countries or bool(one.countries & other.countries)
        families = one.family == other.family or frozenset({one.family, other.family}) in self.compatible
        return families and countries


T = TypeVar("T", Word, Form)


@lru_cache(maxsize=4)
def read_words(folder: Path) -> Words:
    """Read the tables of ``data/matching``.

    Raises
    ------
    Fault
        If one cannot be read, or holds an unknown role.
    """
    words: dict[str, Word] = {}
    unspaced: dict[str, Word | Form] = {}
    for number, row in enumerate(_rows(folder, "words.csv", ("written", "means", "role", "note")), start=2):
        if row["role"] not in ROLES:
            raise Fault(f"data/matching/words.csv line {number}", f"role {row['role']!r}", ", ".join(sorted(ROLES)))
        _keep(row["written"], Word(row["means"], row["role"]), words, unspaced)
    forms: dict[str, Form] = {}
    for row in _rows(folder, "legal-forms.csv", ("form", "family", "countries", "leads", "note")):
        form = Form(row["form"], row["family"], frozenset(row["countries"].split()), row["leads"] == "yes")
        _keep(row["form"], form, forms, unspaced)
    pairs = _rows(folder, "compatible-forms.csv", ("one", "other", "why"))
    limits = Limits(**read_toml(folder / "limits.toml", "data/matching/limits.toml"))
    return Words(words, forms, unspaced, frozenset(frozenset({row["one"], row["other"]}) for row in pairs), limits)


def _rows(folder: Path, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    return read_csv(folder / name, f"data/matching/{name}", columns)


def _keep(written: str, found: T, folded: dict[str, T], unspaced: dict[str, Word | Form]) -> None:
    if is_unspaced(written):
        unspaced[written] = found
    else:
        folded[fold(written)] = found

"""Whether two names mean one party, and why: rules in order, the first that answers decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from georisk.matching.likeness import EQUAL, JOINED, Cores, abbreviates, compare_cores
from georisk.matching.names import Name, read_name
from georisk.matching.words import Words

SAME, DIFFERENT, UNSURE = "same", "different", "unsure"


@dataclass(frozen=True, slots=True)
class Named:
    """A name and the numbers registers and exchanges gave its bearer, by scheme (``XI-LEI``, ``ASX``, ``GB-COH``)."""

    name: str
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided.

    Attributes
    ----------
    verdict
        ``same``, ``different`` or ``unsure`` (a person should look).
    rule
        The rule that decided.
    because
        The rule in a sentence, with the words it went by.
    likeness
        0 to 100, letters in common with the words sorted: for ranking, never for deciding.
    """

    verdict: str
    rule: str
    because: str
    likeness: float


def decide(one: str | Named, other: str | Named, words: Words) -> Decision:
    """Decide whether two names mean one party.

    Identifiers decide first; then letters, abbreviations and cores; then what sets firms of one group or one word
    apart: places, trades, parts of a group, legal forms.

    Parameters
    ----------
    one, other
        Names, with identifiers where they are known.
    words
        The tables of ``data/matching``.
    """
    first, second = _named(one), _named(other)
    left, right = read_name(first.name, words), read_name(second.name, words)
    likeness = float(fuzz.token_sort_ratio(left.whole, right.whole))
    answer = _by_identifiers(first.identifiers, second.identifiers) or by_names(left, right, words)
    return Decision(*answer, round(likeness, 1))


def by_names(left: Name, right: Name, words: Words) -> tuple[str, str, str]:
    """Return verdict, rule and reason from the names alone."""
    for rule in RULES:
        found = rule(left, right, words)
        if found is not None:
            return found
    return SAME, "core", f"the proper words are one ({' '.join(left.core)}) and nothing sets the names apart"


Answer = tuple[str, str, str]
Rule = Callable[[Name, Name, Words], Answer | None]


def _named(given: str | Named) -> Named:
    return Named(given) if isinstance(given, str) else given


def _by_identifiers(one: Mapping[str, str], other: Mapping[str, str]) -> Answer | None:
    shared = sorted(one.keys() & other.keys())
    for scheme in shared:
        if one[scheme].casefold() == other[scheme].casefold():
            return SAME, "identifier", f"{scheme} {one[scheme]} on both sides"
    if shared:
        text = ", ".join(f"{scheme} {one[scheme]} and {other[scheme]}" for scheme in shared)
        return DIFFERENT, "identifier", f"the register gave them different numbers: {text}"
    return None


def _by_letters(left: Name, right: Name, words: Words) -> Answer | None:
    if left.whole and left.whole == right.whole:
        return SAME, "letters", f"the same letters ({left.whole}), case, accents and punctuation aside"
    return None if left.core and right.core else (UNSURE, "letters", "a name without letters")


def _by_abbreviation(left: Name, right: Name, words: Words) -> Answer | None:
    for short, long in ((left, right), (right, left)):
        if abbreviates(short, long, words.limits):
            return SAME, "abbreviation", f"{short.text} is the initials of {long.text}"
    return None


def _by_core(left: Name, right: Name, words: Words) -> Answer | None:
    cores = compare_cores(left, right, words.limits)
    if cores.how is None:
        return DIFFERENT, "core", f"proper words without counterpart: {_sides(cores)}"
    if cores.how == JOINED and left.trades != right.trades:
        return DIFFERENT, "core", "written together on one side, and only one side names its trade"
    if (left.bare or right.bare) and left.whole != right.whole and left.common and cores.how == EQUAL:
        return UNSURE, "common word", f"{' '.join(left.core)} is too common a word to stand for one party"
    return None


def _sides(cores: Cores) -> str:
    return " / ".join(" ".join(side) or "none" for side in (cores.left, cores.right))


def _by_place(left: Name, right: Name, words: Words) -> Answer | None:
    if left.places == right.places:
        return None
    return DIFFERENT, "place", f"a place sets them apart: {_named_apart(left.places, right.places)}"


def _by_part_of_group(left: Name, right: Name, words: Words) -> Answer | None:
    if left.aparts == right.aparts:
        return None
    return DIFFERENT, "part of a group", f"a word sets them apart: {_named_apart(left.aparts, right.aparts)}"


def _by_trade(left: Name, right: Name, words: Words) -> Answer | None:
    short = left.bare or right.bare
    if left.trades == right.trades or (short and not (left.trades and right.trades)):
        return None
    return DIFFERENT, "trade", f"their trades differ: {_named_apart(left.trades, right.trades)}"


def _by_kind(left: Name, right: Name, words: Words) -> Answer | None:
    for one, other in ((left, right), (right, left)):
        if one.kinds & {"group", "company"} == {"group"} and other.kinds & {"group", "company"} == {"company"}:
            return DIFFERENT, "kind", "one calls itself a group, the other a company"
        if "holding" in one.kinds and "holding" not in other.kinds and other.forms:
            return DIFFERENT, "kind", "one is a holding, the other a company with a legal form of its own"
    return None


def _by_form(left: Name, right: Name, words: Words) -> Answer | None:
    for one in left.forms:
        if right.forms and not any(words.may_be_one(one, there) for there in right.forms):
            forms = ", ".join(there.form for there in right.forms)
            return DIFFERENT, "legal form", f"{one.form} and {forms} are forms of different companies"
    return None


def _named_apart(one: frozenset[str], other: frozenset[str]) -> str:
    return " / ".join(", ".join(sorted(side)) or "none" for side in (one - other, other - one))


RULES: tuple[Rule, ...] = (
    _by_letters, _by_abbreviation, _by_core, _by_place, _by_part_of_group, _by_trade, _by_kind, _by_form,
)  # fmt: skip
"""The rules, in the order they are asked; names that pass all mean one party."""

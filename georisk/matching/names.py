"""A party's name parted into what is proper to it and the words that have a role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from georisk.matching.folding import fold, is_unspaced
from georisk.matching.words import Form, Word, Words

ROLE_SETS = ("trade", "place", "apart")
KINDS = ("company", "group", "holding")


@dataclass(frozen=True, slots=True)
class Name:
    """A name read.

    Attributes
    ----------
    text, whole
        As written, and folded.
    core
        The words proper to it; a name of trades and places alone has those as its core.
    trades, places, aparts
        Meanings of words that say what a firm does, where it is, and which firm of a group it is.
    kinds
        Which of ``company``, ``group``, ``holding`` it calls itself.
    forms
        Legal forms.
    common
        Whether the core holds common words alone ("Peak", "Northern").
    latin
        Whether it is written in Latin letters.
    parts
        Every piece in order, folded as written, with its role: ``form`` for a legal form, ``core`` for a proper word.
    """

    text: str
    whole: str
    core: tuple[str, ...]
    trades: frozenset[str]
    places: frozenset[str]
    aparts: frozenset[str]
    kinds: frozenset[str]
    forms: tuple[Form, ...]
    common: bool
    latin: bool
    parts: tuple[tuple[str, str], ...]

    @property
    def bare(self) -> bool:
        """Whether it is a proper word or words and nothing else (but for a place), as the press shortens names."""
        return not (self.trades or self.aparts or self.kinds or self.forms)


@lru_cache(maxsize=65536)
def read_name(text: str, words: Words) -> Name:
    """Part a name into its core and the words with a role.

    Parameters
    ----------
    text
        The name as written, in any script.
    words
        The tables of ``data/matching``.
    """
    written = list(_pieces(text, words))
    pieces = [one for _, one in written]
    parts = tuple((turn, "form" if isinstance(one, Form) else one.role) for turn, one in written)
    proper = [one for one in pieces if isinstance(one, Word) and one.role in ("core", "vague", "name")]
    found = {role: [one.means for one in pieces if isinstance(one, Word) and one.role == role] for role in ROLE_SETS}
    core = [word for one in proper for word in one.means.split()]
    if not core:
        core = [one.means for one in pieces if isinstance(one, Word) and one.role in ROLE_SETS]
        found = {role: [] for role in ROLE_SETS}
    if not core:
        core = [turn for turn, role in parts if role != "form"] or fold(text).split()
    common = bool(proper) and all(one.role == "vague" for one in proper)
    kinds = frozenset(role for _, role in parts if role in KINDS)
    forms = tuple(one for one in pieces if isinstance(one, Form))
    trades, places, aparts = (frozenset(found[role]) for role in ROLE_SETS)
    latin = all(ord(sign) < 0x370 or not sign.isalpha() for sign in text)
    return Name(text, fold(text), tuple(core), trades, places, aparts, kinds, forms, common, latin, parts)


def _pieces(text: str, words: Words) -> Iterator[tuple[str, Word | Form]]:
    """Yield the pieces of a name in order; scripts that part no words are cut at the words that are known."""
    for piece in words.pieces.split(text) if is_unspaced(text) else [text]:
        known = words.unspaced.get(piece)
        if known is not None:
            yield fold(piece), known
        elif is_unspaced(piece):
            drawn = fold(piece).replace(" ", "")
            yield from ((one, Word(one, "core")) for one in [drawn] if one)
        else:
            yield from _spaced(fold(piece).split(), words)


def _spaced(tokens: list[str], words: Words) -> Iterator[tuple[str, Word | Form]]:
    at = 0
    while at < len(tokens):
        for count in range(min(words.longest, len(tokens) - at), 0, -1):
            turn = " ".join(tokens[at : at + count])
            form = words.forms.get(turn)
            if form is not None and _may_stand(form, at, tokens[at + count :], words):
                yield turn, form
                break
            if turn in words.words:
                yield turn, words.words[turn]
                break
        else:
            count = 1
            yield tokens[at], _unknown(tokens[at], words)
        at += count


def _may_stand(form: Form, at: int, rest: list[str], words: Words) -> bool:
    """Say whether letters are a legal form here: it ends a name or leads it; only a long one stands between words."""
    if at == 0:
        return form.leads and bool(rest)
    return len(form.form) > 2 or all(one in words.forms or one == "publ" for one in rest)


def _unknown(token: str, words: Words) -> Word:
    meant = _misspelt(token, words.trades, words.limits.one_letter_from)
    return Word(token, "core") if meant is None else words.words[meant]


@lru_cache(maxsize=65536)
def _misspelt(token: str, trades: tuple[str, ...], shortest: int) -> str | None:
    """Return the trade word a token misspells by one letter; names that merely hold one are left alone."""
    if len(token) <= shortest:
        return None
    near = (one for one in trades if len(one) > shortest and one[0] == token[0])
    return next((one for one in near if OSA.distance(one, token, score_cutoff=1) <= 1), None)

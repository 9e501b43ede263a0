"""Names of places as the press writes them: folded, cut to what is proper to them, and what else they tell.

A name is folded to plain lower-case letters whatever its script (``Мутанда``, ``Serra  Verde``, ``Norra Kärr``); words
such as *mine*, *project* or *copper* (unless the name begins with it) are taken out of it and kept as hints of kind and
commodity. The words stand in ``words.csv`` of the gazetteer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from anyascii import anyascii

from georisk.errors import UsageError
from georisk.files import read_csv

__all__ = ["Reading", "Word", "compact", "fold", "read_name", "read_words", "spellings"]

MARKS = re.compile(r"['’‘`´ʻʼ]|\b's\b")
BREAKS = re.compile(r"[\W_]+", re.ASCII)
ENCLOSED = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
SEVERAL = re.compile(r"\s*[/;=|]\s*|\s+-\s+|\s+(?:aka|a\.k\.a\.|formerly)\s+", re.IGNORECASE)
LONGEST = 200  # characters of a name that are looked at


@dataclass(frozen=True, slots=True)
class Word:
    """What a word of a name does: a hint of ``kind`` or ``commodity``, ``drop``, ``same`` as another, a ``tail``."""

    role: str
    means: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A name read: folded whole and core without spaces, the words of the core, hints of kind and commodity."""

    whole: str
    core: str
    tokens: tuple[str, ...]
    kinds: frozenset[str]
    commodities: frozenset[str]


@lru_cache(maxsize=4)
def read_words(folder: Path) -> dict[str, Word]:
    """Read the words of names from ``words.csv``, folded; tails of scripts without spaces stay as they are."""
    path = folder / "words.csv"
    if not path.is_file():
        raise UsageError(f"{path}: no such file; the gazetteer's folder holds words.csv")
    rows = read_csv(path, path.name, ("word", "role", "means", "note"))
    return {
        row["word"] if row["role"] == "tail" else fold(row["word"]): Word(row["role"], row["means"]) for row in rows
    }


def fold(text: str) -> str:
    """Fold a text of any script to lower-case ASCII words parted by single spaces.

    Examples
    --------
    >>> fold("Мутанда"), fold("Voisey's  Bay"), fold("Norra Kärr")
    ('mutanda', 'voiseys bay', 'norra karr')
    """
    text = text[:LONGEST]
    plain = text if text.isascii() else anyascii(text)
    return BREAKS.sub(" ", MARKS.sub("", plain.lower())).strip()


def compact(text: str) -> str:
    """Fold a text and leave the spaces out, so that scripts without spaces meet those with them."""
    return fold(text).replace(" ", "")


def read_name(name: str, words: dict[str, Word]) -> Reading:
    """Part a name into what is proper to it and hints; a name of common words alone has an empty core."""
    name, tail = _without_tail(name.strip()[:LONGEST], words)
    folded = fold(name).split()
    kept: list[str] = []
    hints: dict[str, set[str]] = {"kind": set(), "commodity": {tail} if tail else set()}
    for place, token in enumerate(folded):
        word = None if _leads_a_name(place, folded, words) else words.get(token)
        if word is None or (word.role == "commodity" and not kept):  # Silver Peak, Copper Hill
            kept.append(token)
        elif word.role == "same":
            kept.append(word.means)
        elif word.role in hints:
            hints[word.role].add(word.means)
    if all(token in words for token in folded):  # nothing is proper to it
        kept = []
    whole = "".join(words[t].means if t in words and words[t].role == "same" else t for t in folded)
    return Reading(whole, "".join(kept), tuple(kept), frozenset(hints["kind"]), frozenset(hints["commodity"]))


def _leads_a_name(place: int, folded: list[str], words: dict[str, Word]) -> bool:
    """Port Pirie is a name; the port of Lobito is not."""
    word = words.get(folded[0])
    following = words.get(folded[1]) if len(folded) > 1 else Word("drop", "")
    return place == 0 and word is not None and word.means == "port" and (following is None or following.role != "drop")


def _without_tail(name: str, words: dict[str, Word]) -> tuple[str, str]:
    if name.isascii():
        return name, ""
    tails = [word for word, it in words.items() if it.role == "tail" and name.endswith(word)]
    longest = max(tails, key=len, default="")
    return (name.removesuffix(longest), words[longest].means) if longest else (name, "")


def spellings(name: str) -> list[str]:
    """Return the names that one entry writes together: ``Morro do Ouro (Paracatu)``, ``Kamoto / KOV``."""
    outside = ENCLOSED.sub(" ", name).strip()
    pieces = [name, outside, *ENCLOSED.findall(name), *SEVERAL.split(outside)]
    return list(dict.fromkeys(piece.strip() for piece in pieces if piece.strip()))

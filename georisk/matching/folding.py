"""Names of parties folded to plain lower-case words, whatever their script; nothing is decided here."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

LONGEST = 300  # characters of a name that are looked at
_MARKS = re.compile(r"['’‘`´ʻʼʹʺ\"]")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}")
_SLASHED = re.compile(r"\b([A-Za-z])/([A-Za-z])\b")
_BREAKS = re.compile(r"[\W_]+", re.ASCII)
_UNSPACED = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def fold(name: str) -> str:
    """Fold a name of any script to lower-case ASCII words parted by single spaces.

    Initials are drawn together (``S.A.`` becomes ``sa``), an ampersand becomes ``and``, marks above and below letters
    go. Scripts that write no spaces come out as one word.

    Examples
    --------
    >>> fold("Société Générale des Carrières et des Mines S.A."), fold("АЛРОСА (ПАО)")
    ('societe generale des carrieres et des mines sa', 'alrosa pao')
    """
    return _fold(name[:LONGEST])


@lru_cache(maxsize=65536)
def _fold(name: str) -> str:
    text = _INITIALS.sub(lambda found: found[0].replace(".", "").replace(" ", "") + " ", name)
    text = _SLASHED.sub(r"\1\2", text).replace("&", " and ").replace("+", " and ")
    plain = text if text.isascii() else anyascii(text)
    return _BREAKS.sub(" ", _MARKS.sub("", plain).lower()).strip()


def is_unspaced(text: str) -> bool:
    """Say whether a text holds letters of a script that parts no words (Chinese, Japanese) or few (Korean)."""
    return _UNSPACED.search(text) is not None


def skeleton(word: str) -> str:
    """Return the consonants a word is heard by, for names that crossed from one script into another.

    Letters that scripts write for one another are one (``c k q x``, ``b p f v w``, ``l r``, ``d t``, ``g j``, ``s z``),
    vowels, ``h`` and doubled sounds go.

    Examples
    --------
    >>> skeleton("glenkor") == skeleton("glencore")
    True
    """
    text = word.replace("ph", "f").replace("ch", "k").replace("ck", "k").replace("x", "ks")
    text = text.replace("ts", "s").replace("tz", "s")
    heard = text.translate(_HEARD)
    return "".join(sign for at, sign in enumerate(heard) if sign != " " and heard[at - 1 : at] != sign).replace(" ", "")


_HEARD = str.maketrans({
    **dict.fromkeys("ckqgj", "k"), **dict.fromkeys("bpfvw", "p"), **dict.fromkeys("lr", "r"),
    **dict.fromkeys("dt", "t"), **dict.fromkeys("sz", "s"), **dict.fromkeys("aeiouyh`", " "),
})  # fmt: skip

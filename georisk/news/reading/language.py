"""The language of a text, told by its frequent small words or its script."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_SAMPLE = 4000


def language_of(text: str, languages: Mapping[str, frozenset[str]]) -> str | None:
    """Return the ISO 639-1 code of a text, or ``None`` where it cannot be told.

    Parameters
    ----------
    text
        The text; its first 4,000 characters are looked at.
    languages
        Frequent words by code, in lower case.

    Examples
    --------
    >>> language_of("the mine and the mill", {"en": frozenset(("the", "and")), "fr": frozenset(("les",))})
    'en'
    """
    sample = text[:_SAMPLE].lower()
    letters = sum(map(str.isalpha, sample))
    if letters == 0:
        return None
    for code, script in _SCRIPTS:
        if 3 * len(script.findall(sample)) > letters:
            return code
    words = re.findall(r"[^\W\d_]+", sample)
    counts = {code: sum(map(small.__contains__, words)) for code, small in languages.items()}
    best = max(counts, key=lambda code: counts[code], default=None)
    return best if best is not None and counts[best] * 12 >= len(words) else None

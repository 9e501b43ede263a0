"""Text from data made harmless for spreadsheets, terminals and Markdown.

Reference: OWASP, CSV Injection (formula starters); Unicode Technical Report 36 (direction-turning marks).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_TURNS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), "\ufffd")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~{}!])")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def visible(text: str) -> str:
    r"""Return text without control characters; direction-turning marks become U+FFFD, line ends a space.

    >>> visible("a\x1b[31mb\nc")
    'a[31mb c'
    """
    text = text.translate(_TURNS).replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs"))


def cell(value: Any) -> Any:
    """Return a value for a CSV or spreadsheet cell: text that could start a formula gets an apostrophe.

    >>> cell("=1+1"), cell(3.5), cell(None), cell("-13.5")
    ("'=1+1", 3.5, '', '-13.5')
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = visible(value)
    starts = text.lstrip().startswith(_FORMULA) and not _NUMBER.fullmatch(text)
    return f"'{text}" if starts else text


def markdown(value: Any) -> str:
    r"""Return a value for a Markdown table cell, with every sign that has a meaning escaped.

    >>> print(markdown("<b>a|b</b>"))
    \<b\>a\|b\</b\>
    """
    return "" if value is None else _MARKDOWN.sub(r"\\\1", visible(str(value)))

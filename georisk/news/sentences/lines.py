"""The lines of a text that hold something."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not empty, and where it stands in the view."""

    start: int
    end: int
    text: str


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text that hold something, their surrounding blanks left out."""
    found = []
    for match in _LINE.finditer(text):
        stripped = match[0].strip("\ufeff \t\u00a0")
        if stripped:
            start = match.start() + match[0].index(stripped)
            found.append(Line(start, start + len(stripped), stripped))
    return found

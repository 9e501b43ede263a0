"""Readable text that knows where each of its characters stands in the file read.

Markup is taken out, entities are decoded and wrong encodings mended without losing the way back:
every offset georisk reports counts characters of the file as it was decoded, line ends kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """Text with the span of the file behind each character.

    Attributes
    ----------
    text
        What is read.
    starts, ends
        For each character the span of the file it comes from, ``end`` not included.

    Examples
    --------
    >>> View.of("gold").cut(1, 3).span(0, 2)
    (1, 3)
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str, base: int = 0) -> View:
        """Return a text that begins at ``base`` of its file, character by character."""
        return cls(text, range(base, base + len(text)), range(base + 1, base + len(text) + 1))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the file behind ``text[start:end]``; an empty span stands where it would begin."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def cut(self, start: int, end: int) -> View:
        """Return the view of ``text[start:end]``."""
        return View(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def find_file_offset(self, offset: int) -> int:
        """Return the first index of the text whose character ends after ``offset`` of the file."""
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            if self.ends[middle] <= offset:
                low = middle + 1
            else:
                high = middle
        return low


class Editing:
    """Writes a new view from pieces of an older one: kept as they are, or replaced."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._texts: list[str] = []
        self._starts = array("q")
        self._ends = array("q")

    def keep(self, start: int, end: int) -> None:
        """Keep ``text[start:end]`` of the older view."""
        if start < end:
            self._texts.append(self._view.text[start:end])
            self._starts.extend(self._view.starts[start:end])
            self._ends.extend(self._view.ends[start:end])

    def put(self, text: str, start: int, end: int) -> None:
        """Write ``text`` in place of ``text[start:end]`` of the older view."""
        first, last = self._view.span(start, end)
        self._texts.append(text)
        self._starts.extend([first] * len(text))
        self._ends.extend([last] * len(text))

    def done(self) -> View:
        """Return the new view."""
        return View("".join(self._texts), self._starts, self._ends)

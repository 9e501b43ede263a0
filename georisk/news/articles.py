"""What ``news read`` gives: articles, and what of a file could not be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from georisk.news.views import View

_NUMBERED = re.compile(r"(\d{1,9})(?![\d])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Article:
    """One item of a feed, one page, one letter.

    Attributes
    ----------
    id
        Leading number of the file's name, else its stem, then the place in the file: ``001-07``.
    file
        Name of the file.
    kind
        ``feed-item``, ``page``, ``text``, ``markdown``, ``letter`` or ``pdf``.
    title
        The title with its place in the file, or ``None``.
    url, publisher, cited
        Address, who published it, and the source it names; ``None`` where the text does not say.
    published, precision
        ISO date or time with its zone where one is given; ``second``, ``minute`` or ``day``.
    language
        ISO 639-1 code, or ``None`` where the text is too short to tell.
    state_linked
        Whether the item says that it rests on state-linked media.
    body
        The text that is read, without navigation, with its offsets in the file.
    offsets
        ``file``, or ``text`` where the file holds no readable characters (PDF, base64) and offsets count
        the text taken out of it.
    group
        Id of the first article that carries the same release, its own if none does.
    """

    id: str
    file: str
    kind: str
    title: View | None
    url: str | None
    published: str | None
    precision: str | None
    publisher: str | None
    cited: str | None
    language: str | None
    state_linked: bool
    body: View
    offsets: str = "file"
    group: str = ""

    def day(self) -> date | None:
        """Return the day of publication, ``None`` where it is not known."""
        if self.published is None:
            return None
        try:
            return datetime.fromisoformat(self.published).date()
        except ValueError:
            return None

    def row(self) -> dict[str, Any]:
        """Return the article as ``news read`` prints it; control characters are left out of names."""
        title = None if self.title is None else clean(self.title.text)
        start, end = (None, None) if self.title is None else self.title.span(0, len(self.title.text))
        body_start, body_end = self.body.span(0, len(self.body.text))
        return {
            "id": self.id, "file": self.file, "kind": self.kind, "title": title, "title_start": start,
            "title_end": end, "url": self.url, "published": self.published, "published_precision": self.precision,
            "publisher": self.publisher, "source_cited": self.cited, "state_linked_source": self.state_linked,
            "language": self.language, "body_start": body_start, "body_end": body_end, "offsets": self.offsets,
            "group": self.group or self.id,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """An article while it is read: what a reader of one kind of file could tell."""

    kind: str
    body: View
    title: View | None = None
    url: str | None = None
    published: str | None = None
    precision: str | None = None
    publisher: str | None = None
    cited: str | None = None
    language: str | None = None
    offsets: str = "file"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something of a file that could not be read: which file, and what."""

    file: str
    found: str

    def __str__(self) -> str:
        return f"{self.file}: {self.found}"


@dataclass(frozen=True, slots=True)
class Read:
    """What one file or several gave: articles, texts by file name, and what could not be read."""

    articles: tuple[Article, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


def clean(text: str) -> str:
    """Return text on one line, without control and bidirectional characters."""
    return " ".join(_CONTROL.sub("", text).split())


def stem_of(name: str) -> str:
    """Return what an article's id begins with: the leading number of a file's name, else its stem.

    >>> stem_of("001_feed.txt"), stem_of("notes.2026.md")
    ('001', 'notes.2026')
    """
    number = _NUMBERED.match(name)
    if number is not None:
        return number[1]
    return name.rsplit(".", 1)[0] if "." in name.strip(".") else name


def article_id(name: str, index: int) -> str:
    """Return the id of the ``index``-th article of a file, counted from 0."""
    return f"{stem_of(name)}-{index:02d}"

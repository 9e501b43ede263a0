"""Feeds whose markup was lost: title, addresses, date and text run on, one item after another.

An item is known by its head: one or more addresses, then the date as feeds write it. Its title stands before the
first address, its text after the date up to the next item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from georisk.news.articles import Draft
from georisk.news.reading.tidying import cited_source
from georisk.news.tables import ReadingTables
from georisk.news.views import View

_DATE = (
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UTC|Z)"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))"
)
_ADDRESS = r"(?<!\S)https?://\S{1,500}+"
_HEAD = re.compile(
    rf"(?P<url>{_ADDRESS})(?:\s{{1,9}}{_ADDRESS}){{0,3}}\s{{1,9}}(?P<date>{_DATE})(?:\s{{1,9}}{_ADDRESS})?"
)
_ENDING = re.compile(r"\s*\]\]>|\s*https?://\S{1,500}/feed/?(?:\s+\d+)?\s*$")
_NUMBERS = re.compile(r"^(?:\d{1,5}\s+){1,3}")


@dataclass(frozen=True, slots=True)
class _Head:
    title_start: int
    title_end: int
    body_start: int
    url: str
    date: str


def looks_flattened(text: str) -> bool:
    """Tell whether a text is a feed without its markup."""
    return "<item" not in text[:20000] and _HEAD.search(text) is not None


def drafts_of_flattened(view: View, tables: ReadingTables) -> list[Draft]:
    """Split a flattened feed into its items; what stands before the first names the publisher."""
    heads = _heads(view.text)
    publisher = _channel(view.text[: heads[0].title_start]) if heads else None
    drafts = []
    for number, head in enumerate(heads):
        following = heads[number + 1].title_start if number + 1 < len(heads) else len(view.text)
        end = _end(view.text, head.body_start, following)
        published, precision = feed_date(head.date)
        body = view.cut(head.body_start, end)
        drafts.append(
            Draft(
                kind="feed-item",
                body=body,
                title=view.cut(head.title_start, head.title_end),
                url=head.url,
                published=published,
                precision=precision,
                publisher=publisher,
                cited=cited_source(body.text, tables),
            )
        )
    return drafts


def _heads(text: str) -> list[_Head]:
    heads: list[_Head] = []
    after = 0
    for found in _HEAD.finditer(text):
        start, end = _title(text, after, found.start("url"))
        if start < end:
            heads.append(_Head(start, end, _skip_blanks(text, found.end()), found["url"], found["date"]))
        after = found.end()
    return heads


def _title(text: str, after: int, before: int) -> tuple[int, int]:
    """Return the span of the title: what stands on the line before an item's address, behind any other address."""
    start = max(text.rfind("\n", after, before) + 1, after)
    on_line = text[start:before]
    address = list(re.finditer(r"https?://\S+", on_line))
    if address:
        start += address[-1].end()
        numbers = _NUMBERS.match(text[start:before].lstrip())
        start = _skip_blanks(text, start) + (numbers.end() if numbers else 0)
    start = _skip_blanks(text, start)
    return start, start + len(text[start:before].rstrip())


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _end(text: str, start: int, following: int) -> int:
    closing = text.find("]]>", start, following)
    end = closing if closing >= 0 else following
    feed = _ENDING.search(text, max(start, end - 600), end)
    if feed is not None and feed.end() >= end - 2:
        end = feed.start()
    return start + len(text[start:end].rstrip())


def _channel(head: str) -> str | None:
    name = re.split(r"https?://", head, maxsplit=1)[0].strip()
    return name.split(" | ")[-1].strip()[:120] or None


def feed_date(text: str) -> tuple[str | None, str | None]:
    """Return a feed's date as ISO with its zone.

    >>> feed_date("Mon, 13 May 2024 08:30:00 +0200")
    ('2024-05-13T08:30:00+02:00', 'second')
    """
    try:
        moment = datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None, None
    if moment.tzinfo is None and text.rstrip().endswith("-0000"):
        from datetime import UTC

        moment = moment.replace(tzinfo=UTC)
    return moment.isoformat(), "second"

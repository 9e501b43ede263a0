"""Plain text and Markdown: title, dateline, publisher and cited source, and where the text proper ends."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from georisk.news.articles import Draft
from georisk.news.reading.tidying import cited_source, trimmed
from georisk.news.sentences.lines import Line, lines_of
from georisk.news.sentences.moments import Moment, find_moments
from georisk.news.tables import ReadingTables
from georisk.news.views import View

_TIME = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s?(a\.?m\.?|p\.?m\.?)?\s*(UTC|GMT|Z|CET|EST|EDT|PST|JST|[+-]\d{2}:?\d{2})?\b",
    re.IGNORECASE,
)
_ZONES = {"utc": 0, "gmt": 0, "z": 0, "cet": 1, "est": -5, "edt": -4, "pst": -8, "jst": 9}
_ACCORDING = re.compile(r"^(?:[Aa]ccording to|[Aa]s reported by)\s+([A-Z][\w.&-]+(?:\s[A-Z][\w.&-]+){0,3}),")
_WIRE = re.compile(r"\(([A-Z][\w.&' -]{2,40})\)\s?[-–—]|/([A-Z][\w.&' -]{2,40})/")
_SENTENCE = re.compile(r"[a-z0-9)\]”\"'’][.!?][\"'”’)]?(?:\s+(?=[A-ZÀ-Ž“\"'‘])|\s*$)")
_AHEAD = re.compile(r"\b(?:will|should|expect\w*|plan\w*|target\w*|due|until|by|from|aim\w*|through)\b", re.IGNORECASE)
_NAMED_YEAR = re.compile(r"\b[A-Z]\w+ (20[0-4]\d) (?:[A-Z]\w+|meeting|summit)")
_TOLD = re.compile(r"\b(?!published|updated|posted|dated?|from|interview|released|issued)[a-z]{3,}\b")
_HEAD_CHARS = 700
_LONGEST_TITLE = 220
_MOST_LINES = 500


def draft_of_text(view: View, tables: ReadingTables, kind: str = "text") -> Draft | None:
    """Read a plain text; ``None`` if nothing is in it.

    The title is the first line that is no dateline and no sentence; the day is the first date near the top.
    A year that the text does not give is the one that a further date of the text suggests, else unknown.
    """
    lines = lines_of(view.text)
    if not lines:
        return None
    title = _title(lines, tables)
    published, precision = dateline(lines, tables)
    first = title.end if title is not None else lines[0].start
    body = trimmed(view.cut(first, len(view.text)), tables)
    return Draft(
        kind=kind,
        body=body,
        title=view.cut(title.start, title.end) if title is not None else None,
        published=published,
        precision=precision,
        publisher=_publisher(lines),
        cited=cited_source(body.text, tables),
    )


def _title(lines: list[Line], tables: ReadingTables) -> Line | None:
    for line in lines[:6]:
        if line.start > _HEAD_CHARS:
            return None
        text = line.text.lstrip("#* ").rstrip("*# ")
        if is_dateline(line.text, tables) or tables.furniture["line"].fullmatch(text):
            continue
        if len(text) > _LONGEST_TITLE or (_SENTENCE.search(text + " ") and len(text) > 90):
            return None
        start = line.start + line.text.index(text)
        return Line(start, start + len(text), text)
    return None


def is_dateline(text: str, tables: ReadingTables) -> bool:
    """Tell whether a short line is mainly a date, a place and a time."""
    if len(text) > 120:
        return False
    moments = _days(text, date(2000, 1, 1), tables)
    if not moments:
        return False
    rest = len(text) - sum(one.end - one.start for one in moments)
    return rest <= 50 and not _SENTENCE.search(_TIME.sub("", text) + " ") and moments[0].start < 45


def dateline(lines: list[Line], tables: ReadingTables) -> tuple[str | None, str | None]:
    """Return when a text says it was published, and how precisely.

    Dates are taken from short lines and from the opening of the first paragraphs, near the top only. A day
    without a year counts if no full date is there.
    """
    heads = [line.text if len(line.text) <= 120 else line.text[:80] for line in lines[:8] if line.start <= _HEAD_CHARS]
    for head in heads:
        for moment in _days(head, None, tables):
            if moment.start <= 60 and not _TOLD.search(head[: moment.start]):
                return _timed(moment.when, head[moment.end :])
    for head in heads:
        day = _later_than_told(head, lines, tables) if is_dateline(head[:45], tables) else None
        if day is not None and not _TOLD.search(head[: day.start]):
            return _timed(day.when, head[day.end :])
    return None, None


def _days(text: str, published: date | None, tables: ReadingTables) -> list[Moment]:
    """Return the days that stand in a text in figures, without a span and without "today" or a weekday."""
    found = find_moments(text, published, tables.months)
    return [
        one
        for one in found
        if re.fullmatch(r"\d{4}-\d\d-\d\d", one.when) and re.search(r"\d", text[one.start : one.end])
    ]


def _later_than_told(head: str, lines: list[Line], tables: ReadingTables) -> Moment | None:
    """Give a day without a year the first one that does not lie before what the text tells of the past.

    Only dates with a month count, and years in the name of a meeting: a wrong year would be worse than none.
    """
    told = [when for line in lines[:_MOST_LINES] for when in _told_past(line.text, tables)]
    latest = max(told, default=None)
    if latest is None:
        return None
    for year in (int(latest[:4]), int(latest[:4]) + 1):
        days = [one for one in _days(head, date(year, 7, 1), tables) if one.when[:4] == str(year)]
        if days and days[0].when[: len(latest)] >= latest:
            return days[0]
    return None


def _told_past(text: str, tables: ReadingTables) -> list[str]:
    found = [one for one in find_moments(text, None, tables.months) if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", one.when)]
    past = [one.when for one in found if not _AHEAD.search(text[max(0, one.start - 60) : one.start])]
    return past + _NAMED_YEAR.findall(text)


def _timed(day: str, after: str) -> tuple[str, str]:
    found = _TIME.search(after[:40])
    if found is None:
        return day, "day"
    hour, minute = int(found[1]) % 24, int(found[2])
    if found[4] and found[4][0].lower() == "p" and hour < 12:
        hour += 12
    if minute > 59:
        return day, "day"
    moment = datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=_zone(found[5]))
    return moment.isoformat(), "minute"


def _zone(name: str | None) -> timezone | None:
    if name is None:
        return None
    if name.lower() in _ZONES:
        return timezone(timedelta(hours=_ZONES[name.lower()]))
    hours, minutes = int(name[1:3]), int(name[-2:])
    return timezone((-1 if name[0] == "-" else 1) * timedelta(hours=min(hours, 14), minutes=min(minutes, 59)))


def _publisher(lines: list[Line]) -> str | None:
    for line in lines[:5]:
        found = _ACCORDING.match(line.text) or _WIRE.search(line.text[:90])
        if found:
            return next(group for group in found.groups() if group)
    return None

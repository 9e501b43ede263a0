"""Dates in running text: as precise as they are written, relative ones resolved against the publication.

A moment is written as in the rest of the project (``2026``, ``2026-Q3``, ``2026-02``, ``2026-02-05``), a half
year as ``2026-H1``, a span as ``2028/2029``. "The end of 2026" is ``2026-12-31``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from georisk.news.sentences.moment_forms import DAYS, HINT, NUMBERS, moment_pattern

_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_FOUR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date in a text.

    Attributes
    ----------
    start, end
        Where it stands.
    when
        The date, as precise as written.
    relative
        Whether the publication date was needed to tell it.
    """

    start: int
    end: int
    when: str
    relative: bool = False


@dataclass
class _Reading:
    months: Mapping[str, int]
    published: date | None
    last_year: int | None = None


def find_moments(text: str, published: date | None, months: Mapping[str, int]) -> list[Moment]:
    """Find the dates of a text.

    Parameters
    ----------
    text
        A sentence, or any text.
    published
        The day relative dates count from; ``None`` leaves them out.
    months
        Names of months in lower case, with their numbers.

    Returns
    -------
    list of Moment
        In the order of the text, not overlapping.

    Examples
    --------
    >>> names = {"february": 2, "april": 4}
    >>> [one.when for one in find_moments("signed on Tuesday, due by end-2027", date(2026, 2, 5), names)]
    ['2026-02-03', '2027-12-31']
    """
    if HINT.search(text) is None:
        return []
    return list(_moments(text, published, tuple(sorted(months.items()))))


@lru_cache(maxsize=1024)
def _moments(text: str, published: date | None, months: tuple[tuple[str, int], ...]) -> tuple[Moment, ...]:
    reading = _Reading(dict(months), published)
    found: list[Moment] = []
    for match in moment_pattern(months).finditer(text):
        when = _READERS[str(match.lastgroup)](match, reading)
        if when is None:
            continue
        found.append(Moment(match.start(), match.end(), when, _FOUR.search(match[0]) is None))
        reading.last_year = int(when[:4])
    return tuple(found)


def _iso(match: re.Match[str], reading: _Reading) -> str | None:
    parts = [int(part) for part in match[0].split("-")]
    return _valid(*parts)


def _valid(year: int, month: int, day: int = 0) -> str | None:
    if not 1 <= month <= 12:
        return None
    if day == 0:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _dotted(match: re.Match[str], reading: _Reading) -> str | None:
    day, month, year = (int(part) for part in match[0].split("."))
    return _valid(year, month, day)


def _named(match: re.Match[str], reading: _Reading) -> str | None:
    """A day and the name of a month, in either order, with or without a year."""
    month = _month_in(match[0], reading)
    if re.search(r"\b[a-z]{3,}", match[0].replace("of", "").replace("de", "")):
        return None
    numbers = [int(found) for found in re.findall(r"\d+", match[0])]
    if month is None or not numbers:
        return None
    if len(numbers) > 1 and numbers[-1] > 31:
        return _valid(numbers[-1], month, numbers[0])
    return _nearest(reading, lambda year: _valid(year, month, numbers[0]))


def _month_in(text: str, reading: _Reading) -> int | None:
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        if word in reading.months:
            return reading.months[word]
    return None


def _nearest(
    reading: _Reading, build: Callable[[int], str | None], past: bool = False, future: bool = False
) -> str | None:
    """Return the date in the year that brings it nearest to the publication."""
    if reading.published is None:
        return build(reading.last_year) if reading.last_year is not None else None
    base = reading.published
    best: tuple[int, str] | None = None
    for year in (base.year - 1, base.year, base.year + 1):
        when = build(year)
        if when is None:
            continue
        middle = date.fromisoformat(when if len(when) == 10 else f"{when}-15")
        gap = (middle - base).days
        if (past and gap > 0) or (future and gap < 0):
            continue
        if best is None or abs(gap) < best[0]:
            best = abs(gap), when
    return best[1] if best else None


def _month(match: re.Match[str], reading: _Reading) -> str | None:
    month, year = _month_in(match[0], reading), int(match[0][-4:])
    return _valid(year, month) if month is not None else None


def _bare(match: re.Match[str], reading: _Reading) -> str | None:
    word = re.split(r"[ -]", match[0].lower())[0]
    month = _month_in(re.split(r"[ -]", match[0], maxsplit=1)[1], reading)
    if month is None or not match[0].split()[-1][:1].isupper():
        return None
    if word == "that" and reading.last_year is not None:
        return _valid(reading.last_year, month)
    return _nearest(reading, lambda year: _valid(year, month), past=word in ("last", "since"), future=word == "next")


def _quarter(match: re.Match[str], reading: _Reading) -> str | None:
    text = match[0].lower()
    number = re.search(r"q([1-4])", text)
    quarter = int(number[1]) if number else _ORDER[re.split(r"[ -]", text)[0]]
    year = _year_in(text, reading)
    if year is None and reading.published is not None:
        year = reading.published.year
    return f"{year}-Q{quarter}" if year is not None else None


def _year_in(text: str, reading: _Reading) -> int | None:
    found = re.search(r"(?:19|20)\d\d", text)
    if found:
        return int(found[0])
    if reading.published is None:
        return None
    for words, step in (("this year", 0), ("next year", 1), ("last year", -1), ("the year", 0)):
        if words in text:
            return reading.published.year + step
    return None


def _half(match: re.Match[str], reading: _Reading) -> str | None:
    text = match[0].lower()
    year = _year_in(text, reading)
    half = 1 if text.startswith(("h1", "first")) else 2
    return f"{year}-H{half}" if year is not None else None


def _span(match: re.Match[str], reading: _Reading) -> str | None:
    years = re.findall(r"\d{4}", match[0])
    return "/".join(years) if years[0] < years[1] else None


def _edge(match: re.Match[str], reading: _Reading) -> str | None:
    text = match[0].lower()
    year = _year_in(text, reading)
    if year is None:
        return None
    return f"{year}-12-31" if "end" in text.split(str(year))[0] or "year-end" in text else str(year)


def _year(match: re.Match[str], reading: _Reading) -> str | None:
    return match[0]


def _ago(match: re.Match[str], reading: _Reading) -> str | None:
    if reading.published is None:
        return None
    number, unit = match[0].lower().split()[:2]
    count = int(number) if number.isdigit() else NUMBERS[number]
    if unit == "years":
        return str(reading.published.year - count)
    if unit == "months":
        return _shift_month(reading.published, -count)
    return (reading.published - timedelta(days=count * (7 if unit == "weeks" else 1))).isoformat()


def _shift_month(day: date, step: int) -> str:
    months = day.year * 12 + day.month - 1 + step
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


def _relative(match: re.Match[str], reading: _Reading) -> str | None:
    base, text = reading.published, match[0].lower()
    if base is None:
        return None
    step = (
        -1
        if text.startswith(("last", "late last"))
        else 1
        if text.startswith(("next", "early next", "tomorrow"))
        else 0
    )
    if text.endswith("year"):
        return str(base.year + step)
    if text.endswith("quarter"):
        number = base.year * 4 + (base.month - 1) // 3 + step
        return f"{number // 4}-Q{number % 4 + 1}"
    if text.endswith("month"):
        return _shift_month(base, step)
    if text.endswith("week"):
        return (base + timedelta(days=7 * step)).isoformat()[:7]
    return (base - timedelta(days=1) if text == "yesterday" else base + timedelta(days=step)).isoformat()


def _weekday(match: re.Match[str], reading: _Reading) -> str | None:
    if reading.published is None or not match[0].split()[-1][0].isupper():
        return None
    words = match[0].lower().split()
    wanted = DAYS.index(words[-1])
    back = (reading.published.weekday() - wanted) % 7
    if words[0] == "last" and back == 0:
        back = 7
    return (reading.published - timedelta(days=back if words[0] != "next" else back - 7)).isoformat()


_READERS: Mapping[str, Callable[[re.Match[str], _Reading], str | None]] = {
    "iso": _iso,
    "dotted": _dotted,
    "dayfirst": _named,
    "monthfirst": _named,
    "month": _month,
    "bare": _bare,
    "quarter": _quarter,
    "half": _half,
    "span": _span,
    "edge": _edge,
    "year": _year,
    "ago": _ago,
    "relative": _relative,
    "weekday": _weekday,
}

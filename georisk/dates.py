"""Dates as sources give them: a day, a month, a quarter or a year.

A partial date keeps its text and sorts at its last day; an interval is half-open.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field, replace
from datetime import date

_FORMS = "YYYY, YYYY-Qn, YYYY-MM or YYYY-MM-DD"
_PATTERN = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class When:
    """A date as precise as its source.

    Attributes
    ----------
    text
        The date as given: ``2026``, ``2026-Q3``, ``2026-02`` or ``2026-02-05``.
    first, last
        First and last day it may mean; it sorts at the last.

    Examples
    --------
    >>> When.parse("2026-02").last
    datetime.date(2026, 2, 28)
    >>> When.parse("2026-Q3") < When.parse("2026-10-01")
    True
    """

    text: str
    first: date = field(compare=False)
    last: date = field(compare=False)

    @classmethod
    def parse(cls, given: str | date) -> When:
        """Read a date.

        Raises
        ------
        ValueError
            If ``given`` has none of the forms YYYY, YYYY-Qn, YYYY-MM, YYYY-MM-DD.
        """
        text = given.isoformat() if isinstance(given, date) else given
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a date of the form {_FORMS}")
        year, quarter, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None  # noqa: S101  the pattern always has a year
        if day is not None and month is not None:
            exact = date(year, month, day)
            return cls(text, exact, exact)
        first_month, last_month = _months(quarter, month)
        end = calendar.monthrange(year, last_month)[1]
        return cls(text, date(year, first_month, 1), date(year, last_month, end))

    def come_by(self, day: date) -> When:
        """Return the date of what had happened by a day: a partial date that runs beyond it sorts at that day.

        >>> When.parse("2026").come_by(date(2026, 11, 21)).last
        datetime.date(2026, 11, 21)
        >>> When.parse("2026-12").come_by(date(2026, 11, 21)).last
        datetime.date(2026, 12, 31)
        """
        return replace(self, last=day) if self.first <= day < self.last else self

    def __lt__(self, other: When) -> bool:
        return self.last < other.last

    def __le__(self, other: When) -> bool:
        return self.last <= other.last

    def __gt__(self, other: When) -> bool:
        return self.last > other.last

    def __ge__(self, other: When) -> bool:
        return self.last >= other.last

    def __str__(self) -> str:
        return self.text


def _months(quarter: int | None, month: int | None) -> tuple[int, int]:
    if month is not None:
        return month, month
    if quarter is not None:
        return 3 * quarter - 2, 3 * quarter
    return 1, 12


def months_between(earlier: date, later: date) -> float:
    """Months from ``earlier`` to ``later``, a month counted as a twelfth of 365.25 days."""
    return (later - earlier).days * 12 / 365.25

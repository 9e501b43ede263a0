"""An entry of a legal list, and the publishers' ways to write a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list.

    Attributes
    ----------
    id
        The publisher's own number where there is one, else the name.
    names
        The name and its aliases.
    program
        Programme or section; empty where none is named.
    listed_on, removed_on
        First day on the list and first day off it; ``None`` where the file does not say.
    """

    id: str
    names: tuple[str, ...]
    program: str = ""
    listed_on: date | None = None
    removed_on: date | None = None


def day_of(text: str | None) -> date | None:
    """Return a day in any of the publishers' ways to write one; ``None`` where there is none.

    Examples
    --------
    >>> day_of("21/12/2017"), day_of("2017-12-21T00:00:00"), day_of("")
    (datetime.date(2017, 12, 21), datetime.date(2017, 12, 21), None)
    """
    for form in _DAYS if text else ():
        try:
            return datetime.strptime(str(text).split("T")[0].strip(), form).date()
        except ValueError:
            continue
    return None

"""Closed code lists: ``data/vocabulary/*.csv`` with the columns code, title, description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from georisk.errors import Fault
from georisk.files import read_csv

_COLUMNS = ("code", "title", "description")


@dataclass(frozen=True, slots=True)
class Term:
    """One code of a list: its title, what it means, and the list's further columns."""

    code: str
    title: str
    description: str
    more: Mapping[str, str]


@dataclass(frozen=True)
class Vocabulary:
    """A closed code list, read from one CSV file.

    An unknown code is a fault that lists what is allowed.
    """

    name: str
    terms: Mapping[str, Term]

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and code in self.terms

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    def __getitem__(self, code: str) -> Term:
        return self.terms[code]

    def title(self, code: str) -> str:
        """Return the title of a code."""
        return self.terms[code].title

    def allowed(self) -> str:
        """Return the sentence that lists the codes (long lists by their file)."""
        if len(self.terms) > 40:
            return f"allowed are the codes of data/vocabulary/{self.name}.csv"
        return "allowed: " + ", ".join(self.terms)


@lru_cache(maxsize=64)
def read_vocabulary(folder: Path, name: str) -> Vocabulary:
    """Read ``folder/<name>.csv``.

    Raises
    ------
    Fault
        If the file cannot be read, lacks a column or repeats a code.
    """
    path = folder / f"{name}.csv"
    where = f"data/vocabulary/{name}.csv"
    terms: dict[str, Term] = {}
    for number, row in enumerate(read_csv(path, where, _COLUMNS), start=2):
        more = {key: value for key, value in row.items() if key not in _COLUMNS}
        term = Term(row["code"], row["title"], row["description"], more)
        if term.code in terms:
            raise Fault(f"{where} line {number}", f"code {term.code!r} stands twice", "a code stands once")
        terms[term.code] = term
    return Vocabulary(name, terms)

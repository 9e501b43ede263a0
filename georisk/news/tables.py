"""The tables of ``data/news``: what reading and recognising go by.

Tables are CSV with the columns code, title, description and then their own; limits are TOML. They are read
once a folder.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from georisk.errors import Fault
from georisk.files import read_csv, read_toml

Row = Mapping[str, str]
Patterns = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read, and how long is waited; see ``data/news/limits.toml`` for units and reasons."""

    largest_file_bytes: int
    largest_article_chars: int
    longest_single_chars: int
    most_articles: int
    largest_feed_bytes: int
    largest_page_bytes: int
    deepest_page: int
    most_pdf_pages: int
    shingle_words: int
    same_release_share: float
    fewest_shingles: int
    longest_question_chars: int
    endpoint_timeout_s: float
    largest_answer_bytes: int


@dataclass(frozen=True)
class ReadingTables:
    """What reading goes by."""

    limits: Limits
    months: Mapping[str, int]
    languages: Mapping[str, frozenset[str]]
    furniture: Mapping[str, re.Pattern[str]]
    state_media: re.Pattern[str]


def table(folder: Path, name: str, *columns: str) -> list[dict[str, str]]:
    """Read ``folder/<name>.csv``.

    Raises
    ------
    Fault
        If the file is missing, lacks a column, or repeats a code.
    """
    where = f"data/news/{name}.csv"
    rows = read_csv(folder / f"{name}.csv", where, ("code", "title", "description", *columns))
    codes = [row["code"] for row in rows]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise Fault(where, f"code {twice[0]!r} stands twice", "a code stands once")
    return rows


def compiled(where: str, code: str, pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Compile a pattern of a table; a bad one is a fault that names its row."""
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise Fault(
            f"data/news/{where}.csv [{code}]", f"is no pattern: {error}", "write a regular expression"
        ) from None


@lru_cache(maxsize=4)
def read_patterns(folder: Path) -> Patterns:
    """Read the patterns of words that recognising goes by, by code; ``case`` marks those where capitals count."""
    return {
        row["code"]: compiled("patterns", row["code"], row["pattern"], 0 if row["case"] else re.IGNORECASE)
        for row in table(folder, "patterns", "case", "pattern")
    }


@lru_cache(maxsize=4)
def reading_tables(folder: Path) -> ReadingTables:
    """Read the tables that reading needs.

    Parameters
    ----------
    folder
        ``data/news``.
    """
    return ReadingTables(
        limits=_limits(folder),
        months={name: int(row["code"]) for row in table(folder, "months", "names") for name in row["names"].split("|")},
        languages={row["code"]: frozenset(row["words"].split()) for row in table(folder, "languages", "words")},
        furniture=_furniture(folder),
        state_media=_any_of(folder, "state-media"),
    )


def _limits(folder: Path) -> Limits:
    where = "data/news/limits.toml"
    found = read_toml(folder / "limits.toml", where)
    try:
        return Limits(**found)
    except TypeError as error:
        raise Fault(where, f"does not fit: {error}", "keys: " + ", ".join(Limits.__dataclass_fields__)) from None


def _furniture(folder: Path) -> dict[str, re.Pattern[str]]:
    by_place: dict[str, list[str]] = {}
    for row in table(folder, "furniture", "where", "pattern"):
        compiled("furniture", row["code"], row["pattern"])
        by_place.setdefault(row["where"], []).append(row["pattern"])
    return {
        place: re.compile("|".join(f"(?:{one})" for one in found), re.IGNORECASE) for place, found in by_place.items()
    }


def _any_of(folder: Path, name: str) -> re.Pattern[str]:
    rows = table(folder, name, "pattern")
    for row in rows:
        compiled(name, row["code"], row["pattern"])
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows), re.IGNORECASE)

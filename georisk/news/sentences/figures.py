"""Figures in a sentence: amounts of money, and quantities with their units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from georisk.news.tables import compiled, table

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ABOUT = re.compile(
    r"(?:~|≈|about|around|roughly|approximately|some|nearly|almost|close to|over|more than|at least|up to"
    r"|as much as)\s*$",
    re.IGNORECASE,
)
_PER_UNIT = re.compile(
    r"\s?(?:/|per |a |an )\s?(?:kg|kilo(?:gram)?|tonne|ton|t\b|lb|pound|oz|ounce|share\b|barrel|unit|MWh|watt)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s?\((?:about|around|roughly|some|or|approximately|~)?\s?")
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money.

    Attributes
    ----------
    start, end
        Where it stands.
    value, currency
        Plain number and ISO 4217 code.
    high
        Upper end of a range, ``None`` without one.
    unit_price
        Whether it is a price for a kilogram, a tonne, a share.
    """

    start: int
    end: int
    value: float
    currency: str
    high: float | None = None
    unit_price: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit: ``kind`` says rate, mass, grade, count, length, time ..."""

    start: int
    end: int
    value: float
    unit: str
    kind: str
    of: str | None = None


@dataclass(frozen=True)
class FigureTables:
    """Patterns made of the tables of currencies, scales, numbers, units and commodities."""

    signed: re.Pattern[str]
    worded: re.Pattern[str]
    currencies: Mapping[str, str]
    scales: Mapping[str, float]
    numbers: Mapping[str, float]
    units: tuple[tuple[str, str, re.Pattern[str]], ...]
    quantity: re.Pattern[str]
    commodity: re.Pattern[str]


@lru_cache(maxsize=4)
def figure_tables(folder: Path) -> FigureTables:
    """Read the tables that figures go by from ``data/news``."""
    currencies: dict[str, str] = {}
    for row in table(folder, "currencies", "signs", "words"):
        for sign in row["signs"].split():
            currencies[sign.lower()] = row["code"]
        for word in row["words"].split("|"):
            currencies[word.lower()] = row["code"]
    scales = {
        word.lower(): float(row["factor"])
        for row in table(folder, "scales", "factor", "words")
        for word in row["words"].split("|")
    }
    numbers = {row["title"]: float(row["value"]) for row in table(folder, "numbers", "value")}
    signs = "|".join(
        re.escape(sign)
        for sign in sorted((s for s in currencies if not s.isalpha() or len(s) == 3), key=len, reverse=True)
    )
    names = "|".join(
        re.escape(word) for word in sorted((w for w in currencies if w.isalpha() or " " in w), key=len, reverse=True)
    )
    scale = "|".join(sorted(scales, key=len, reverse=True))
    number_words = "|".join(sorted(numbers, key=len, reverse=True))
    signed = (
        rf"(?<![\w.])(?P<sign>{signs})\s?(?P<number>{_NUMBER})"
        rf"(?:\s?(?:-|–|to)\s?(?:{signs})?\s?(?P<high>{_NUMBER}))?[ -]?(?P<scale>(?:{scale})\b)?"
    )
    worded = (
        rf"\b(?P<number>{_NUMBER}|{number_words})[ -](?:of )?(?:a )?(?:(?P<scale>{scale})[ -])?"
        rf"(?:us |u\.s\. )?(?P<word>{names})\b"
    )
    units = tuple(
        (row["code"], row["kind"], compiled("units", row["code"], rf"(?:{row['words']})(?![\w/])", 0))
        for row in table(folder, "units", "kind", "words")
    )
    quantity = rf"(?<![\w.$€£])(?:~|≈)?(?P<number>{_NUMBER})[ -]?(?P<scale>(?:million|billion|thousand)\b)?[ -]?"
    commodity = "|".join(row["words"] for row in table(folder, "commodities", "words"))
    return FigureTables(
        compiled("currencies", "signs", signed), compiled("currencies", "words", worded), currencies, scales, numbers,
        units, compiled("units", "number", quantity), compiled("commodities", "words", rf"\b(?:{commodity})\b"),
    )  # fmt: skip


def find_amounts(text: str, tables: FigureTables, conversions: bool = False) -> list[Amount]:
    """Find sums of money; one that repeats the sum before it in another currency only with ``conversions``.

    Examples
    --------
    >>> from georisk.files import bundled_root
    >>> tables = figure_tables(bundled_root() / "data" / "news")
    >>> [(one.value, one.currency) for one in find_amounts("A$4.5m and a quarter of a million dollars", tables)]
    [(4500000.0, 'AUD'), (250000.0, 'USD')]
    """
    found: list[Amount] = []
    for match in tables.signed.finditer(text):
        found.append(_amount(match, text, tables, tables.currencies[match["sign"].lower()]))
    for match in tables.worded.finditer(text):
        if not any(one.start < match.end() and match.start() < one.end for one in found):
            found.append(_amount(match, text, tables, tables.currencies[match["word"].lower()]))
    found.sort(key=lambda one: one.start)
    if conversions:
        return found
    return [one for before, one in zip([None, *found], found, strict=False) if not _is_conversion(one, before, text)]


def _is_conversion(amount: Amount, before: Amount | None, text: str) -> bool:
    """Tell whether a sum only repeats the one before it in another currency: "A$447 million (US$299 million)"."""
    if before is None or before.currency == amount.currency:
        return False
    return _BRACKET.fullmatch(text, before.end, amount.start) is not None


def _amount(match: re.Match[str], text: str, tables: FigureTables, currency: str) -> Amount:
    written = match["number"].lower()
    value = tables.numbers[written] if written in tables.numbers else float(written.replace(",", ""))
    factor = tables.scales[match["scale"].lower()] if match["scale"] else 1.0
    high = match.groupdict().get("high")
    per_unit = _PER_UNIT.match(text, match.end()) is not None
    return Amount(
        match.start(), match.end(), _rounded(value * factor), currency,
        _rounded(float(high.replace(",", "")) * factor) if high else None, per_unit,
    )  # fmt: skip


def _rounded(value: float) -> float:
    """Return a product of decimal figures without the noise of binary fractions."""
    return float(f"{value:.12g}")


def find_quantities(text: str, tables: FigureTables) -> list[Quantity]:
    """Find numbers with a unit of the table, and the material they measure where it stands beside them.

    Examples
    --------
    >>> from georisk.files import bundled_root
    >>> tables = figure_tables(bundled_root() / "data" / "news")
    >>> found = find_quantities("4.6 million tonnes of copper a year; 12 kt of cobalt", tables)
    >>> [(one.value, one.unit, one.of) for one in found]
    [(4600000.0, 't/y', 'copper'), (12.0, 'kt', 'cobalt')]
    """
    found = []
    for match in tables.quantity.finditer(text):
        for unit, kind, pattern in tables.units:
            hit = pattern.match(text, match.end())
            if hit is None:
                continue
            factor = tables.scales[match["scale"].lower()] if match["scale"] else 1.0
            value = _rounded(float(match["number"].replace(",", "")) * factor)
            found.append(
                Quantity(match.start(), hit.end(), value, unit, kind, _material(text, match.start(), hit, tables))
            )
            break
    return found


def _material(text: str, start: int, hit: re.Match[str], tables: FigureTables) -> str | None:
    inside = tables.commodity.search(text, hit.start(), hit.end())
    behind = tables.commodity.search(text, hit.end(), min(len(text), hit.end() + 30))
    before = tables.commodity.search(text, max(0, start - 40), start)
    chosen = inside or behind or before
    return chosen[0] if chosen is not None else None


def find_numbers(text: str, tables: FigureTables) -> list[float]:
    """Return every number of a text with its scale, in figures or as a word.

    >>> from georisk.files import bundled_root
    >>> find_numbers("2.5 million and twelve", figure_tables(bundled_root() / "data" / "news"))
    [2500000.0, 12.0]
    """
    found = [
        _rounded(float(hit["number"].replace(",", "")) * (tables.scales[hit["scale"].lower()] if hit["scale"] else 1.0))
        for hit in tables.quantity.finditer(text)
    ]
    words = (word for word in _LETTERS.findall(text.lower()) if word in tables.numbers)
    return found + [tables.numbers[word] for word in words]

"""What a statement's value and qualifiers may be: numbers, codes, ids of parties, dates."""

from __future__ import annotations

import math
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from georisk.dates import When
from georisk.errors import Fault
from georisk.seeds import Seeds
from georisk.statements import Statement
from georisk.vocabulary import Vocabulary, read_vocabulary

PARTY_QUALIFIERS = (
    "owner", "holder", "lender", "recipient", "buyer", "supplier", "processor", "payee", "payer", "partner", "claimant",
    "party",
)  # fmt: skip
CODED_QUALIFIERS = {
    "country": "countries", "channel": "channels", "channels": "channels", "against": "proceeding-targets",
    "geometry_basis": "geometry-bases", "categories": "resource-categories",
}  # fmt: skip
FREE_TEXT_PARTIES = frozenset({"partner", "claimant", "party", "buyer", "supplier"})
"""Qualifiers that may also hold plain words ("twenty groups"); all others must be ids of parties."""
LISTS = frozenset({"via", "includes", "channels", "sites", "categories"})
FLAGS = frozenset({"carried", "statutory", "as_converted", "option"})


def spot(statement: Statement) -> str:
    """Return file and record of a statement."""
    return f"{statement.file} [{statement.key.split(':', 1)[1]}]"


def statement_faults(statement: Statement, seeds: Seeds, data: Path) -> Iterator[Fault]:
    """Yield what is wrong in the value and the qualifiers of one statement."""
    vocabulary = data / "vocabulary"
    properties = read_vocabulary(vocabulary, "properties")
    kind = properties[statement.property].more.get("value", "any") if statement.property in properties else "any"
    if statement.value is not None:
        yield from _value_faults(statement, kind, seeds, vocabulary)
    for name, value in statement.qualifiers.items():
        yield from _qualifier_faults(statement, name, value, seeds, vocabulary)
    if statement.property == "stake" and statement.absent is None and "owner" not in statement.qualifiers:
        yield Fault(spot(statement), "is a stake without an owner", 'add qualifiers = { owner = "<party id>" }')


def _value_faults(statement: Statement, kind: str, seeds: Seeds, vocabulary: Path) -> Iterator[Fault]:
    value, where = statement.value, spot(statement)
    if kind == "percent" and not _is_percent(value):
        yield Fault(where, f"value {value!r}", "a number from 0 to 100, or [low, high]")
    if kind in ("number", "money") and not _is_number(value):
        yield Fault(where, f"value {value!r}", "a plain number, or [low, high]")
    if kind == "money" and not _is_currency(statement.unit):
        yield Fault(where, f"unit {statement.unit!r}", "an ISO 4217 currency code such as USD")
    if kind == "country":
        yield from _code_faults(where, "value", value, read_vocabulary(vocabulary, "countries"))
    if kind == "stage":
        yield from _code_faults(where, "value", value, read_vocabulary(vocabulary, "stages"))
    if kind == "geometry" and not isinstance(value, dict):
        yield Fault(where, f"geometry {value!r}", "write GeoJSON as in RFC 7946")
    if kind == "party" and not _is_id(value, seeds.parties):
        yield Fault(where, f"value {value!r} is no party", "add seeds/parties/<id>.toml")
    if kind == "list" and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        yield Fault(where, f"value {value!r}", "a list of texts")
    if kind == "text" and not isinstance(value, str):
        yield Fault(where, f"value {value!r}", "a text")


def _is_id(value: Any, known: Container[str]) -> bool:
    return isinstance(value, str) and value in known


def _is_number(value: Any) -> bool:
    ends = value if isinstance(value, list) else [value, value]
    if any(isinstance(one, bool) or not isinstance(one, (int, float)) for one in ends):
        return False
    return len(ends) == 2 and all(math.isfinite(one) for one in ends) and bool(ends[0] <= ends[1])


def _is_percent(value: Any) -> bool:
    return _is_number(value) and all(0 <= one <= 100 for one in (value if isinstance(value, list) else [value]))


def _is_currency(unit: str | None) -> bool:
    return unit is not None and len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()


def _code_faults(where: str, name: str, value: Any, terms: Vocabulary) -> Iterator[Fault]:
    for code in value if isinstance(value, list) else [value]:
        if code not in terms:
            yield Fault(where, f"{name} {code!r} is not known", terms.allowed())


def _qualifier_faults(statement: Statement, name: str, value: Any, seeds: Seeds, vocabulary: Path) -> Iterator[Fault]:
    where = spot(statement)
    form = _form_of(name, value)
    if form:
        yield Fault(where, f"{name} is {value!r}", form)
    elif name in ("via", "includes"):
        for party in value:
            if party not in seeds.parties:
                yield Fault(where, f"{name} names {party!r}, which is no party", "add seeds/parties/<id>.toml")
    elif name in PARTY_QUALIFIERS and name not in FREE_TEXT_PARTIES:
        if not _is_id(value, seeds.parties) and not _is_id(value, seeds.sites):
            yield Fault(where, f"{name} {value!r} is no party", "add seeds/parties/<id>.toml")
    elif name in CODED_QUALIFIERS:
        yield from _code_faults(where, name, value, read_vocabulary(vocabulary, CODED_QUALIFIERS[name]))
    elif name == "kind" and statement.property == "finance":
        yield from _code_faults(where, name, value, read_vocabulary(vocabulary, "finance-kinds"))


def _form_of(name: str, value: Any) -> str:
    """Return what form a qualifier must have, or nothing if it has it."""
    if name in LISTS and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        return "a list of texts"
    if name in FLAGS and not isinstance(value, bool):
        return "true or false"
    return "YYYY, YYYY-Qn, YYYY-MM or YYYY-MM-DD" if name == "due" and not _is_date(value) else ""


def _is_date(value: Any) -> bool:
    try:
        When.parse(value)
    except (ValueError, TypeError):
        return False
    return True

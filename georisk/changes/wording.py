"""Hypotheses as people write them on a command line: ``stake=40,owner=orion-cmc,of=glencore``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from georisk.claims import Reading, statements_of
from georisk.errors import FaultGroup, UsageError
from georisk.records import SeedFile, StatementRecord, faults_of
from georisk.seeds import Seeds
from georisk.statements import Source, Statement
from georisk.values import FLAGS, LISTS, statement_faults
from georisk.vocabulary import read_vocabulary

SOURCE = Source(
    id="hypothesis", title="Hypothesis", publisher="nobody: it is only asked what if", grade="B", origin="hypothesis"
)
"""What hypothetical statements cite: they count as the word of the company itself, never as an official document."""
SHORT = {"since": "valid_from", "until": "valid_until"}
FIELDS = frozenset({"unit", "valid_from", "valid_until", "status", "force", "part"})
TAKEN = ("of", "from")
_FORM = "PROPERTY=VALUE[,name=value...], as in stake=40,owner=orion-cmc,of=glencore"


@dataclass(frozen=True, slots=True)
class Wish:
    """One hypothetical statement as it was put.

    Attributes
    ----------
    text
        The words.
    subject
        Whom it speaks of; ``None``: the site, or each company in which the holder it takes from holds a stake.
    table
        The record, without key and sources.
    of, taken_from
        A stake: the holder it comes out of. ``of``: the value is per cent of that holder's own stake.
    """

    text: str
    subject: str | None
    table: dict[str, Any]
    of: str | None = None
    taken_from: str | None = None

    @property
    def seller(self) -> str | None:
        """The holder whose stake shrinks."""
        return self.of or self.taken_from


def read_wish(text: str, vocabulary: Path) -> Wish:
    """Read one hypothesis.

    Parameters
    ----------
    text
        ``PROPERTY=VALUE``, then qualifiers and fields by name. A value is a number, ``low..high``, a text, or a code
        that says it is unknown or absent; several texts are joined by ``+``. ``subject`` names another subject than
        the site; ``since`` and ``until`` are dates.
    vocabulary
        The ``data/vocabulary`` folder.

    Raises
    ------
    UsageError
        If it has not this form or names a property or qualifier there is none of.
    """
    (name, value), *others = _pairs(text)
    properties, qualifiers = (read_vocabulary(vocabulary, key) for key in ("properties", "qualifiers"))
    if name not in properties:
        raise UsageError(f"--set {text}: property {name!r} is not known; {properties.allowed()}")
    kind = properties[name].more.get("value", "any")
    table: dict[str, Any] = {"property": name} | _stated(value, kind, vocabulary)
    given: dict[str, str] = {}
    marks: dict[str, Any] = {}
    for key, word in others:
        field = SHORT.get(key, key)
        if field in FIELDS:
            table[field] = word
        elif field in ("subject", *TAKEN):
            given[field] = word
        elif field in qualifiers:
            marks[field] = _typed(field, word)
        else:
            known = ", ".join((*sorted(FIELDS), *SHORT, "subject", *TAKEN))
            raise UsageError(f"--set {text}: {key!r} is neither a field nor a qualifier; fields: {known}; "
                             f"qualifiers: {qualifiers.allowed()}")  # fmt: skip
    if kind == "percent" and "value" in table:
        table.setdefault("unit", "percent")
    if given.keys() & set(TAKEN) and (name != "stake" or len(given.keys() & set(TAKEN)) > 1):
        raise UsageError(f"--set {text}: one of {' and '.join(TAKEN)} goes with a stake: the holder it comes out of")
    return Wish(text, given.get("subject"), table | {"qualifiers": marks}, given.get("of"), given.get("from"))


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs = [piece.partition("=") for piece in text.split(",")]
    if any(not sign or not name.strip() or not value.strip() for name, sign, value in pairs):
        raise UsageError(f"--set {text}: not of the form {_FORM}; use --file for values with commas")
    found = [(name.strip(), value.strip()) for name, _, value in pairs]
    twice = [name for name, _ in found[1:] if [other for other, _ in found[1:]].count(name) > 1]
    if twice:
        raise UsageError(f"--set {text}: {twice[0]!r} stands twice")
    return found


def _stated(value: str, kind: str, vocabulary: Path) -> dict[str, Any]:
    """Return what a statement holds of a value: the value itself, or why there is none."""
    for field, codes in (("absent", "absences"), ("unknown", "unknown-reasons")):
        if value in read_vocabulary(vocabulary, codes):
            return {field: value}
    if kind == "list":
        return {"value": value.split("+")}
    if kind in ("percent", "number", "money", "any"):
        return {"value": _number(value)}
    return {"value": value}


def _number(text: str) -> Any:
    low, dots, high = text.partition("..")
    try:
        return [float(low), float(high)] if dots else float(text)
    except ValueError:
        return text


def _typed(name: str, word: str) -> Any:
    if name in LISTS:
        return word.split("+")
    if name in FLAGS and word in ("true", "false"):
        return word == "true"
    return _number(word) if name in ("percent", "shares", "term_years", "cap_percent", "precision_km") else word


def stated(wish: Wish, subject: str, value: Any, number: int, seeds: Seeds, data: Path, known_by: date) -> Statement:
    """Return a wish as a statement about a subject.

    Parameters
    ----------
    wish, subject, value, number
        The wish, whom it speaks of, its value there (``None``: as it was put), and its place among the wishes.
    seeds, data
        The registry it is put to, and the ``data/`` folder with its vocabularies.
    known_by
        The day on which it counts as published.

    Raises
    ------
    FaultGroup
        With everything wrong in it, as for a statement in a file.
    """
    home, _, part = subject.partition("/")
    where = f"--set {wish.text}"
    table = wish.table | {"key": f"hypothesis-{number}", "sources": [SOURCE.id]}
    table |= ({"part": part} if part else {}) | ({} if value is None else {"value": value})
    try:
        record = StatementRecord.model_validate(table)
    except ValidationError as error:
        faults = faults_of(error, where, table)
        raise FaultGroup(f"{len(faults)} faults in {where}", faults) from None
    reading = Reading(data / "vocabulary", sources={**seeds.sources, SOURCE.id: SOURCE})
    file = SeedFile.model_validate({"id": home, "name": home, "compiled": known_by, "statement": [record]})
    reading.files.append((where, home, file))
    (found,) = statements_of(reading)
    faults = [*reading.faults, *statement_faults(found, seeds, data)]
    if faults:
        raise FaultGroup(f"{len(faults)} faults in {where}", faults)
    return found

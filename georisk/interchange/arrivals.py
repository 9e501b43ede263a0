"""What an import found: parties, stakes and sites to be written, and what of the file was not understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something of a file that was not understood or not taken: which row or statement, which field, and why."""

    row: str
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class ArrivingParty:
    """A party of a file: its record's id, names (the full one first), kind, identifiers by scheme, and claims.

    ``known_as`` is our own id if the file was made by georisk; ``site`` the kind of the site that is the owned node.
    """

    record: str
    names: tuple[str, ...]
    kind: str
    identifiers: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Mapping[str, Any], ...] = ()
    known_as: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class ArrivingStake:
    """A stake of a file: records of owner and owned, and the statement's keys but for owner and sources."""

    row: str
    owner: str
    owned: str
    record: Mapping[str, Any]
    sources: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did with one party, stake or site: ``written``, ``known`` already, or ``left out``, and why."""

    row: str
    what: str
    outcome: str
    why: str


@dataclass(frozen=True)
class Arrived:
    """Everything that was understood of a file, what was not, and what was understood and is not taken."""

    parties: Mapping[str, ArrivingParty]
    stakes: tuple[ArrivingStake, ...]
    troubles: tuple[Trouble, ...]
    passed: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class Report:
    """What came of an import: what was done row by row, what was not understood, which files were written."""

    outcomes: tuple[Outcome, ...]
    troubles: tuple[Trouble, ...]
    files: tuple[str, ...]

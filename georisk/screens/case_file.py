"""Worked-case files, read strictly: every record is checked before a case is evaluated (see the case format)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from georisk.errors import GeoriskError, UsageError
from georisk.ownership.dilution import diluted
from georisk.ownership.graph import METRICS, ROUNDING, Holder, Metric, OwnershipGraph, Share, Stake, overfull, strangers
from georisk.vocabulary import read_vocabulary

DEFAULT_DAY = date(2026, 11, 21)

Kind = Literal[
    "government",
    "party_state_organ",
    "state_company",
    "company",
    "partnership",
    "person",
    "listed_company",
    "fund",
    "asset",
]
PerCent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class CaseError(GeoriskError):
    """A case that cannot be evaluated; the others of its file still are."""


def _day(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) else value


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class PartyRecord(_Strict):
    """Everyone who occurs in stakes."""

    id: Annotated[str, Field(min_length=1)]
    country: Annotated[str, Field(pattern="^[A-Z]{2,3}$")] | None = None
    kind: Kind
    name: str | None = None
    blocked: bool = False
    designated_eu: bool = False
    designated_uk: bool = False
    bis_listed: bool = False
    sfe: bool = False
    host_state: bool = False
    us_person: bool = False
    tid: bool = False
    list_1260h: bool = False
    list_uflpa: bool = False


class StakeRecord(_Strict):
    """One holding; a number, a band, or nothing."""

    owner: str
    owned: str
    equity: PerCent | Annotated[list[PerCent], Field(min_length=2, max_length=2)] | None = None
    voting: PerCent | Annotated[list[PerCent], Field(min_length=2, max_length=2)] | None = None
    board: PerCent | Annotated[list[PerCent], Field(min_length=2, max_length=2)] | None = None
    debt: PerCent | None = None
    carried: bool = False


class CostsRecord(_Strict):
    """Costs for the material-assistance ratio, in any one currency."""

    total: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    prohibited: Annotated[float, Field(ge=0, allow_inf_nan=False)]


class DilutionRecord(_Strict):
    """An investor takes part of what is not carried."""

    company: str
    investor: str
    share_of_non_carried: PerCent


class CaseRecord(_Strict):
    """One worked case."""

    id: Annotated[str, Field(min_length=1)]
    title: str | None = None
    rules: list[str]
    as_of: Annotated[date, BeforeValidator(_day)] = DEFAULT_DAY
    parties: list[PartyRecord] = []
    stakes: list[StakeRecord] = []
    remainder: dict[str, Literal["undisclosed", "listed", "listed-concert", "known-others"]] = {}
    holders: list[str] = []
    thresholds: list[Annotated[float, Field(allow_inf_nan=False)]] | None = None
    costs: CostsRecord | None = None
    dilution: DilutionRecord | None = None
    expected: dict[str, Any] | None = None
    why: Any = None
    source: Any = None
    note: Any = None


@dataclass(frozen=True)
class Case:
    """A case ready to be evaluated, dilution applied."""

    record: CaseRecord
    graph: OwnershipGraph


def read_case_file(path: Path) -> list[tuple[str, Any]]:
    """Return the cases of a file, unread, with the id each is answered under.

    Raises
    ------
    UsageError
        If the file cannot be read as a case file at all.
    """
    try:
        content = json.loads(path.read_text("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}; name a worked-case file (JSON)") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f'{path} is not valid JSON: {error}; a case file is {{"cases": [...]}}') from None
    cases = content.get("cases") if isinstance(content, dict) else None
    if not isinstance(cases, list):
        raise UsageError(f'{path} has no list "cases"; a case file is {{"title": ..., "cases": [...]}}')
    names = [_name(case, number) for number, case in enumerate(cases, start=1)]
    times = Counter(names)
    return [(name, _Twice(name) if times[name] > 1 else case) for name, case in zip(names, cases, strict=True)]


@dataclass(frozen=True)
class _Twice:
    """Stands for cases that share an id."""

    id: str


def _no_constant(text: str) -> float:
    raise ValueError(f"{text} is no number")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Keep a key that is written twice visible, so that its record is refused and no other."""
    record = dict(pairs)
    keys = [key for key, _ in pairs]
    return record | {f"{key} (written twice)": None for key in record if keys.count(key) > 1}


def _name(case: Any, number: int) -> str:
    found = case.get("id") if isinstance(case, dict) else None
    return found if isinstance(found, str) and found else f"case {number}"


def checked(case: Any, places: Mapping[str, str]) -> Case:
    """Return one case, checked and made into a graph.

    Parameters
    ----------
    case
        What the file holds.
    places
        Alpha-3 codes by alpha-2 code.

    Raises
    ------
    CaseError
        Naming the record, what was found and what is allowed.
    """
    if isinstance(case, _Twice):
        raise CaseError(f"id {case.id!r} stands more than once; every case needs its own")
    try:
        record = CaseRecord.model_validate(case)
    except ValidationError as error:
        raise CaseError("; ".join(_said(case, one) for one in error.errors()[:5])) from None
    _no_repeats(record)
    stakes = tuple(_stake(one, number) for number, one in enumerate(record.stakes))
    holders = {one.id: _holder(one, places) for one in record.parties}
    graph = OwnershipGraph(holders, stakes, record.remainder)
    _check_names(record, graph)
    for party, metric, total in overfull(graph):
        raise CaseError(f"{metric} shares of {party!r} add to {total:g}; at most 100 (bands at their lower ends)")
    debts: dict[str, float] = defaultdict(float)
    for stake in stakes:
        debts[stake.owned] += stake.debt or 0.0
    for party, owed in debts.items():
        if owed > 100 + ROUNDING:
            raise CaseError(f"debt shares of {party!r} add to {owed:g}; at most 100")
    if record.dilution is not None:
        change = record.dilution
        graph = diluted(graph, change.company, change.investor, change.share_of_non_carried)
    return Case(record, graph)


def _said(case: Any, error: Any) -> str:
    """Return one validation error with the place it happened at, in the file's own names."""
    place = ""
    for step in error["loc"]:
        if isinstance(step, int):
            place += f"[{step}]"
        elif not step.startswith(("float", "list", "constrained")):
            place += f".{step}" if place else step
    found = "" if error["type"] == "missing" or isinstance(error["input"], dict) else f" (found {error['input']!r:.60})"
    return f"{place or 'case'}: {error['msg']}{found}"


def _no_repeats(record: CaseRecord) -> None:
    for party, times in Counter(one.id for one in record.parties).items():
        if times > 1:
            raise CaseError(f"party {party!r} stands more than once in parties")


def _holder(party: PartyRecord, places: Mapping[str, str]) -> Holder:
    flags = [name for name, value in party if value is True]
    country = None if party.country is None else places.get(party.country, party.country)
    return Holder(party.id, country, party.kind, frozenset(flags))


def _stake(stake: StakeRecord, number: int) -> Stake:
    shares: dict[Metric, Share | None] = {}
    for metric in METRICS:
        stated = getattr(stake, metric)
        if isinstance(stated, list):
            if stated[0] > stated[1]:
                name = f"stakes[{number}] {stake.owner}->{stake.owned}"
                raise CaseError(f"{name}: {metric} band {stated} is upside down; write [low, high]")
            shares[metric] = Share.band(*stated) if stated[0] < stated[1] else Share.exact(stated[0])
        else:
            shares[metric] = None if stated is None else Share.exact(stated)
    equity, voting, board = (shares[metric] for metric in METRICS)
    return Stake(stake.owner, stake.owned, equity, voting, board, stake.debt, stake.carried)


def _check_names(record: CaseRecord, graph: OwnershipGraph) -> None:
    mentioned = {*record.holders, *strangers(graph)}
    if record.dilution is not None:
        mentioned |= {record.dilution.company, record.dilution.investor}
    missing = sorted(mentioned - set(graph.holders))
    if missing:
        raise CaseError(f"{', '.join(map(repr, missing))} not in parties; list every party that occurs")


def alpha3_codes(vocabulary: Path) -> dict[str, str]:
    """Return alpha-3 country codes by alpha-2 code, from ``data/vocabulary/countries.csv``."""
    countries = read_vocabulary(vocabulary, "countries")
    return {term.more["alpha2"]: code for code, term in countries.terms.items() if term.more.get("alpha2")}

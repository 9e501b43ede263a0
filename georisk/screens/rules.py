"""Legal screens as data: one file a rule in ``data/method/screens/``, the file name is its key.

Statutory thresholds, nations and dates stand in the files and nowhere else. A rule of a known kind (see
:data:`Test`) needs one file and no code. Unknown keys are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from georisk.errors import Fault, FaultGroup
from georisk.files import read_toml
from georisk.ownership.graph import Metric

PerCent = Annotated[float, Field(ge=0, le=100)]
Gates = dict[Metric, PerCent]
"""Per cent by metric; each is a test of its own."""

Status = Literal["in-force", "suspended", "not-yet", "unverified", "ended"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Period(_Strict):
    """What a rule's standing is from one day to another, the last day excluded."""

    start: date = Field(alias="from")
    until: date | None = None
    status: Status
    source: str


class HolderClass(_Strict):
    """Whose holdings a rule looks at.

    A party belongs if it carries one of ``flags``, or if it is of ``nations`` and of ``kinds`` (each where given).
    """

    flags: list[str] = []
    nations: list[str] | None = None
    foreign_to: str | None = None
    kinds: list[str] | None = None
    except_flags: dict[str, list[str]] = {}
    """By kind (``*`` for any): flags that keep a party out."""
    ownerless_state_companies: bool = False
    """Whether a state company of the nations with no listed owner stands for its government."""
    caught_by: str | None = None
    """Key of the rule whose caught parties, and those it starts from, are the class."""


class Cascade(_Strict):
    """Holders added, tier by tier: at a gate a party counts itself at full weight."""

    engine: Literal["cascade"]
    gates: Gates
    strict: bool


class MajorityChain(_Strict):
    """One holder at a time with all it holds at the passing gates; ``owners`` asks who, ``caught`` whether."""

    engine: Literal["majority-chain"]
    gates: Gates
    passes: Gates
    strict: bool
    asks: Literal["caught", "owners"]


class SingleStake(_Strict):
    """What any one counted party holds at a gate by itself, tier by tier."""

    engine: Literal["single-stake"]
    gates: Gates
    strict: bool


class Limb(_Strict):
    """One test of a sum: whose holdings add, and the gate."""

    adds: Literal["each", "nation", "all"]
    at: PerCent


class MergeOrMultiply(_Strict):
    """Chains traced down: large links make two parties one, others are multiplied or end the chain."""

    engine: Literal["merge-or-multiply"]
    metrics: list[Metric]
    limbs: list[Limb]
    strict: bool
    merges_at: PerCent | None = None
    merges_strict: bool = False
    merges_any_metric: bool = False
    below: Literal["multiply", "nothing"]
    last_link_keeps: bool = False
    caught_by_place: bool = False
    """Whether parties of the nations, persons and governments excepted, are caught by where they are."""
    not_in: str | None = None
    """Country whose parties are never caught."""


class SubstantialInterest(_Strict):
    """An investor's stake in a flagged business and one state's stake in that investor; parents count as 100."""

    engine: Literal["parent-counts-as-100"]
    metric: Metric
    target_flag: str
    investor_at: PerCent
    government_at: PerCent
    parent_at: PerCent


class Attribution318(_Strict):
    """Attribution in proportion through large holdings and partnerships; single, joint and debt limbs."""

    engine: Literal["attribution-318"]
    passes_at: PerCent
    any_size_kinds: list[str]
    single_at: PerCent
    combined_at: PerCent
    debt_at: PerCent


class Product(_Strict):
    """Shares multiplied along chains and added over chains."""

    engine: Literal["product"]
    limbs: list[Limb]
    strict: bool
    asks: Literal["caught", "owners"]


class ListHit(_Strict):
    """A party that stands on a list itself; no percentage, no reach to what it owns."""

    engine: Literal["list-hit"]


class HostState(_Strict):
    """The least direct interest that the state of a party's own country is owed in it."""

    engine: Literal["host-state"]
    country: str
    at_least: PerCent
    carried_only: bool


class CostRow(_Strict):
    """Least ratio for one kind of product, by year (of sale, or of construction start)."""

    item: str
    at_least: dict[str, PerCent]


class CostRatio(_Strict):
    """Costs not from prohibited entities over all costs."""

    engine: Literal["cost-ratio"]
    table: list[CostRow]


Test = Annotated[
    Cascade
    | MajorityChain
    | SingleStake
    | MergeOrMultiply
    | SubstantialInterest
    | Attribution318
    | Product
    | ListHit
    | HostState
    | CostRatio,
    Field(discriminator="engine"),
]


class Rule(_Strict):
    """One legal screen.

    Attributes
    ----------
    key
        Name of its file.
    head
        A few letters for the head of a column; the key where a file gives none.
    evidence
        How its text is known: ``seen``, ``secondary`` (quoted by others) or ``memory``.
    periods
        Its standing by date.
    gates_on_date
        Whether it catches nobody on a day it is not in force.
    reading
        How georisk reads it, in a paragraph.
    doubts
        What the text leaves open or nobody verified.
    """

    key: str
    title: str
    head: str = ""
    law: str
    citation: str
    text_version: str
    evidence: Literal["seen", "secondary", "memory"]
    consequence: str
    reading: str
    doubts: list[str] = []
    sources: list[str]
    gates_on_date: bool = False
    periods: list[Period] = Field(alias="period", min_length=1)
    holders: HolderClass
    test: Test

    @property
    def unverified(self) -> bool:
        """Whether the text is known from memory only; every answer then says so."""
        return self.evidence == "memory"

    def status_on(self, day: date) -> Status:
        """Return the rule's standing on a day; ``not-yet`` before its first period."""
        found: Status = "not-yet"
        for period in self.periods:
            if period.start <= day:
                found = "ended" if period.until is not None and period.until <= day else period.status
        return found


@lru_cache(maxsize=8)
def read_rules(folder: Path) -> Mapping[str, Rule]:
    """Read every rule of ``data/method/screens``.

    Raises
    ------
    FaultGroup
        With every misfit of every file: an unknown key or engine, a missing citation, a reference to no rule.
    """
    rules: dict[str, Rule] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.toml")):
        where = f"data/method/screens/{path.name}"
        try:
            rules[path.stem] = Rule.model_validate({"key": path.stem, **read_toml(path, where)})
        except ValidationError as error:
            faults += [_misfit(where, one) for one in error.errors()]
        except Fault as fault:
            faults.append(fault)
    faults += [fault for stem, rule in rules.items() for fault in _misfits(stem, rule, rules)]
    if faults:
        raise FaultGroup(f"{len(faults)} faults in data/method/screens/", faults)
    return rules


def _misfit(where: str, error: Any) -> Fault:
    return Fault(where, f"{'.'.join(map(str, error['loc']))}: {error['msg']}", "see the other files of the folder")


def _misfits(stem: str, rule: Rule, rules: Mapping[str, Rule]) -> list[Fault]:
    where = f"data/method/screens/{stem}.toml"
    faults = []
    if rule.key != stem:
        faults.append(Fault(where, f"key {rule.key!r}", "the key is the file's name"))
    if rule.holders.caught_by is not None and rule.holders.caught_by not in rules:
        faults.append(Fault(where, f"caught_by names no rule: {rule.holders.caught_by!r}", ", ".join(rules)))
    for before, after in zip(rule.periods, rule.periods[1:], strict=False):
        if before.until != after.start:
            faults.append(Fault(where, f"period from {after.start} does not follow the one before", "no gaps"))
    return faults

"""Did scores see events coming? Every dated event of the seeds against the scores of the day before, as known then.

Which statements are events, and which dimension speaks of them, is in ``data/method/backtest.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from georisk.changes.movers import Game, Pair
from georisk.changes.views import View
from georisk.changes.worlds import Readings, score_worlds
from georisk.errors import Fault, FaultGroup
from georisk.evidence import Evidence
from georisk.files import read_toml
from georisk.ownership.stakes import percents
from georisk.snapshot import Snapshot
from georisk.statements import COUNTING_STATUSES, Statement

WHERE = "data/method/backtest.toml"


class EventRule(BaseModel):
    """Which statements are an event, and what it should have been seen by.

    ``unless_followed_by`` is a qualifier: no event where a statement with the same one begins on that day or later.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    title: str
    property: str
    at: Literal["start", "end"]
    dimension: str
    direction: Literal["adverse", "favourable"]
    reason: str
    where: Mapping[str, list[str]] = Field(default_factory=dict)
    force: list[str] | None = None
    least: float | None = None
    chinese: str | None = None
    unless_followed_by: str | None = None


class Backtest(BaseModel):
    """The rules of the back-test."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    least_for_percentile: int = Field(ge=1)
    event: list[EventRule]


@dataclass(frozen=True, slots=True)
class Case:
    """One event at one site.

    Attributes
    ----------
    rule, site, on
        What happened, where, and on which day (the first one that a partial date may mean).
    statements
        Keys of the statements that tell it.
    score
        The site's score in the rule's dimension the day before, as known then; ``None``: not scored.
    others
        How many other sites were scored that day.
    above
        Part of them that stood lower, 0 to 1; ties count half. ``None`` without a score or others.
    """

    rule: EventRule
    site: str
    on: date
    statements: tuple[str, ...]
    score: float | None
    others: int
    above: float | None

    @property
    def seen(self) -> bool | None:
        """Whether an adverse event met a site that stood above most, a favourable one below most."""
        if self.above is None:
            return None
        return self.above > 1 / 2 if self.rule.direction == "adverse" else self.above < 1 / 2


@dataclass(frozen=True, slots=True)
class Tally:
    """What the cases of one direction come to.

    ``percentile`` is the mean place of the sites among the others, 0 to 100; ``None`` under the least number of cases.
    """

    direction: str
    cases: int
    scored: int
    seen: int
    percentile: float | None


def read_backtest(folder: Path, dimensions: Sequence[str]) -> Backtest:
    """Read ``backtest.toml`` of the method's folder.

    Raises
    ------
    FaultGroup
        With everything that is unknown or wrong in it.
    """
    try:
        found = Backtest.model_validate(read_toml(folder / "backtest.toml", WHERE))
    except ValidationError as error:
        faults = [Fault(WHERE, f"{'.'.join(map(str, one['loc']))}: {one['msg']}") for one in error.errors()]
        raise FaultGroup(f"{len(faults)} faults in {WHERE}", faults) from None
    wrong = [one for one in found.event if one.dimension not in dimensions]
    faults = [Fault(f"{WHERE} [{one.key}]", f"dimension {one.dimension!r}", f"allowed: {', '.join(dimensions)}")
              for one in wrong]  # fmt: skip
    if faults:
        raise FaultGroup(f"{len(faults)} faults in {WHERE}", faults)
    return found


def backtest(view: View, rules: Backtest, step: Callable[[str], None] = lambda name: None) -> list[Case]:
    """Hold every event against the day before.

    Parameters
    ----------
    view
        The registry of today: it tells the events.
    rules
        Which statements are events.
    step
        Called with a few words before each longer piece of work.

    Returns
    -------
    list
        The cases, by day.
    """
    told = [one for one in view.everything.strong().known if one.status in COUNTING_STATUSES]
    dated = sorted({when for rule in rules.event for one in told if (when := _happened(rule, one, view)) is not None})
    cases: list[Case] = []
    for number, on in enumerate(dated, start=1):
        step(f"looking at {on}, day {number} of {len(dated)}")
        then = _looked_at(view, on)
        cases += _cases_on(then, view, rules, told, on)
    return sorted(cases, key=lambda one: (one.on, one.site, one.rule.key))


def tallies(cases: Sequence[Case], least: int) -> list[Tally]:
    """Return the sums of adverse and of favourable cases; ``least`` cases are needed for a percentile."""
    return [_tally(direction, cases, least) for direction in ("adverse", "favourable")]


def _tally(direction: str, cases: Iterable[Case], least: int) -> Tally:
    own = [one for one in cases if one.rule.direction == direction]
    places = [one.above for one in own if one.above is not None]
    mean = 100 * sum(places) / len(places) if len(places) >= least else None
    return Tally(direction, len(own), len(places), sum(bool(one.seen) for one in own), mean)


def _happened(rule: EventRule, one: Statement, view: View) -> date | None:
    """Return the first day on which an event may have been, if a statement is one that lies in the past."""
    when = one.valid_from if rule.at == "start" else one.valid_until
    if one.property != rule.property or one.value is None or when is None or when.first > view.as_of:
        return None
    forces = ("in-effect", "binding") if rule.force is None else rule.force
    if one.force not in forces or any(
        str(one.qualifiers.get(key)) not in allowed for key, allowed in rule.where.items()
    ):
        return None
    if rule.least is not None and (percents(one.value)[1] or 0.0) < rule.least:
        return None
    return None if _followed(rule, one, when.first, view) else when.first


def _followed(rule: EventRule, one: Statement, on: date, view: View) -> bool:
    role = rule.unless_followed_by
    if role is None:
        return False
    later = view.everything.known_of(one.subject, rule.property)
    same = [other for other in later if other.id != one.id and other.qualifiers.get(role) == one.qualifiers.get(role)]
    return any(other.valid_from is not None and other.valid_from.last >= on for other in same)


def _looked_at(view: View, on: date) -> dict[str, Readings]:
    """Return the scores of all sites on the day before, as known then."""
    before = on - timedelta(1)
    pair = Pair(*[View(view.seeds, before, before, view.method, view.references)] * 2)
    games = [Game(pair, site) for site in view.seeds.sites]
    if not games:
        return {}
    found = score_worlds(games[0].ground(0)[1], [game.world(0) for game in games])
    return {game.site: readings for game, readings in zip(games, found, strict=True)}


def _cases_on(
    then: Mapping[str, Readings], view: View, rules: Backtest, told: Sequence[Statement], on: date
) -> Iterator[Case]:
    evidence = Evidence(Snapshot.take(view.seeds, on, view.known_by).strong(), view.method, view.references)
    for rule in rules.event:
        found: dict[str, list[str]] = {}
        for one in told:
            chinese = rule.chinese is None or evidence.is_chinese(one.qualifiers.get(rule.chinese))
            if chinese and _happened(rule, one, view) == on:
                for site in _sites_of(evidence, one):
                    found.setdefault(site, []).append(one.key)
        for site, keys in found.items():
            yield _case(then, rule, site, on, tuple(keys))


def _sites_of(evidence: Evidence, one: Statement) -> list[str]:
    """Return the sites a statement concerns: of the site, its holder or operator, or an owner above it on the day."""
    found = []
    for row in evidence.subjects.itertuples(index=False):
        above = [link.stake.owner for link in evidence.links[row.root]]
        if one.subject in (*evidence.abouts[row.subject], *above):
            found.append(str(row.site))
    return list(dict.fromkeys(found))


def _case(then: Mapping[str, Readings], rule: EventRule, site: str, on: date, keys: tuple[str, ...]) -> Case:
    scores = {name: readings[name, rule.dimension].score for name, readings in then.items()}
    own = scores[site]
    others = [score for name, score in scores.items() if name != site and score is not None]
    above = None
    if own is not None and others:
        above = sum((score < own) + (score == own) / 2 for score in others) / len(others)
    return Case(rule, site, on, keys, own, len(others), above)

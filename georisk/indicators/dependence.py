"""Commodity dependence: whose the step after the mine is, and which states restrict the trade in it on the day.

Power sits in separation and refining, so a site that only digs inherits the dependence of the step its product goes
to next. Where the site's own route is stated, that route is asked about elsewhere and the world's share is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from georisk.dates import When
from georisk.evidence import Evidence, findings, known, unknown
from georisk.indicators.contracts import IN_FORCE
from georisk.method import Indicator
from georisk.reference import Series, latest_years

Controls = Mapping[tuple[str, str], str]
"""Ids of the rows of export controls in force, by country and commodity."""


@dataclass(frozen=True, slots=True)
class _Step:
    """The largest foreign holder of a commodity's next step: per cent with bounds, year and row."""

    commodity: str
    place: str
    value: float
    low: float
    high: float
    year: int
    row: str


def next_step_dependence(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Share of the next step in one foreign country, whole where that country restricts exports; the worst counts.

    Parameters: ``series``, ``controls``, ``unrestricted`` (weight of a share whose holder restricts nothing),
    ``host_limit`` (value where the host restricts the raw product), ``digs`` and ``outside`` (kinds of sites),
    ``words`` (by commodity, as sites name it).
    """
    parameters = indicator.parameters
    steps = list(_steps(evidence, parameters))
    controls = in_force(evidence.series(parameters["controls"]), _day(evidence), weak=evidence.snapshot.weak_used)
    sites = evidence.snapshot.seeds.sites
    rows = []
    for subject, site in zip(evidence.subjects["subject"].tolist(), evidence.subjects["site"].tolist(), strict=True):
        kind = next((part.kind for part in sites[site].parts if part.id == subject), sites[site].kind)
        if kind in parameters["outside"] or _route_stated(evidence, subject):
            rows.append(unknown(subject, "not-applicable"))
            continue
        named, cited = _commodities(evidence, subject, site, parameters["words"])
        found = (
            list(_answers(evidence, indicator, subject, named, steps, controls)) if kind in parameters["digs"] else []
        )
        if not found:
            rows.append(unknown(subject, "not-found", cited))
            continue
        value, low, high, row, text = max(found, key=lambda one: (one[0], one[2]))
        rows.append(known(subject, value, low, high, [*row, *cited], detail=text))
    return findings(rows)


def in_force(controls: Series, day: date, *, weak: bool) -> Controls:
    """Return the export controls in force on a day; none is assumed before its first day."""
    found = {}
    for entry in controls.table.itertuples(index=False):
        begun = When.parse(entry.valid_from).last <= day
        ended = bool(entry.valid_until) and When.parse(entry.valid_until).last <= day
        if begun and not ended and (weak or entry.grade in "AB"):
            found[entry.place, entry.list] = f"ref:{controls.key}/{entry.place}/{entry.valid_from}/{entry.list}"
    return found


def _day(evidence: Evidence) -> date:
    return min(evidence.snapshot.as_of, evidence.snapshot.known_by)


def _steps(evidence: Evidence, parameters: Mapping[str, Any]) -> Iterator[_Step]:
    series = evidence.series(parameters["series"])
    for code in parameters["words"]:
        for one in latest_years(series, [code], evidence.snapshot.as_of).itertuples(index=False):
            yield _Step(code, one.place, one.value, one.low, one.high, one.year, one.row)


def _route_stated(evidence: Evidence, subject: str) -> bool:
    """Say whether a statement in force names where the site's own product is treated."""
    said = evidence.holding(subject, "processing")
    return any(one.absent is None and one.force in IN_FORCE and "country" in one.qualifiers for one in said)


def _commodities(
    evidence: Evidence, subject: str, site: str, words: Mapping[str, Iterable[str]]
) -> tuple[list[str], list[str]]:
    """Return the commodities a site names, as codes, its main product first, and the statements that name them.

    The main product is what is named first; ``""`` where its code is not among those asked about.
    """
    snapshot = evidence.snapshot
    said = [one for name in dict.fromkeys((subject, site)) for one in snapshot.holding(name, "commodity")]
    texts = [text.lower() for one in said if isinstance(one.value, list) for text in one.value]
    codes = [
        next((code for code, sought in words.items() if any(map(text.__contains__, sought))), "") for text in texts
    ]
    return list(dict.fromkeys(codes)), [one.id for one in said]


def _answers(
    evidence: Evidence, indicator: Indicator, subject: str, named: Iterable[str], steps: list[_Step], controls: Controls
) -> Iterator[tuple[float, float, float, tuple[str, ...], str]]:
    """Yield value, bounds, rows and sentence of the main product's next step, and of limits on any product."""
    parameters, homes = indicator.parameters, evidence.home_of.get(subject, frozenset())
    for place, code in enumerate(named):
        title = code.replace("-", " ")
        abroad = [step for step in steps if step.commodity == code and step.place not in homes]
        if abroad and place == 0:
            yield _held(evidence, parameters, title, max(abroad, key=lambda step: step.value), controls)
        for home in sorted(homes):
            if (home, code) in controls:
                text = f"{evidence.place_name(home)} limits the export of its own {title}."
                limit = parameters["host_limit"]
                yield limit, limit, limit, (controls[home, code],), text


def _held(
    evidence: Evidence, parameters: Mapping[str, Any], title: str, step: _Step, controls: Controls
) -> tuple[float, float, float, tuple[str, ...], str]:
    control = controls.get((step.place, step.commodity))
    factor = 1.0 if control else parameters["unrestricted"]
    how = "and restricts its export" if control else "and restricts no export of it (counts half)"
    world = f"{step.value:.0f} % of the world's next step of {title} ({step.year})"
    text = f"{evidence.place_name(step.place)} makes {world} {how}."
    ids = (step.row, control) if control else (step.row,)
    return step.value * factor, step.low * factor, step.high * factor, ids, text

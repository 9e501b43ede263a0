"""Jurisdiction: country series and lists of the host country, and proceedings about the site itself."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from georisk.evidence import Evidence, findings, known, unknown
from georisk.method import Indicator
from georisk.reference import Series, latest_years, listed_on, years_before

LIST_TITLES = {
    "increased_monitoring": "under increased monitoring by the FATF",
    "call_for_action": "subject to a call for action by the FATF",
}


def country_mean(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Mean of a series' members for the host country, latest year not after the day, with standard errors.

    Parameters: ``series``, ``members``, ``z`` (width of the interval in standard errors; the errors of the
    members are taken as fully correlated, so the interval is not too narrow).
    """
    parameters = indicator.parameters
    series = evidence.series(parameters["series"])
    rows = latest_years(series, parameters["members"], evidence.snapshot.as_of)
    means = rows.groupby("place").agg(
        value=("value", "mean"), error=("stderr", "mean"), year=("year", "first"), rows=("row", tuple)
    )
    spread = parameters["z"] * means["error"].fillna(0.0)
    table = means.assign(low=means["value"] - spread, high=means["value"] + spread)
    return _by_host(evidence, indicator, series, table)


def country_sum(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Sum of a series over the last years it covers; a country that is not in it had none.

    Parameters: ``series``, ``years``.
    """
    series = evidence.series(indicator.parameters["series"])
    rows = years_before(series, evidence.snapshot.as_of, indicator.parameters["years"])
    span = f"{rows['year'].min()} to {rows['year'].max()}"
    sums = rows.groupby("place").agg(
        value=("value", "sum"), low=("low", "sum"), high=("high", "sum"), rows=("row", tuple)
    )
    places = pd.Index(evidence.hosts["place"].unique())
    table = sums.reindex(sums.index.union(places))
    table[["value", "low", "high"]] = table[["value", "low", "high"]].fillna(0.0)
    table["rows"] = [cell if isinstance(cell, tuple) else (f"ref:{series.key}",) for cell in table["rows"]]
    return _by_host(evidence, indicator, series, table.assign(year=span))


def country_lists(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Highest level of the lists the host country is on; on none is zero.

    Parameters: ``series``, ``levels`` (level by list).
    """
    levels = indicator.parameters["levels"]
    series = evidence.series(indicator.parameters["series"])
    on = min(evidence.snapshot.as_of, evidence.snapshot.known_by)  # lists are published on the day they begin
    entries = listed_on(series, on, weak=evidence.snapshot.weak_used)
    entries = entries.assign(level=entries["list"].map(levels)).dropna(subset=["level"])
    worst = entries.sort_values("level").groupby("place").last()
    told = {
        hit.place: (hit.level, hit.row, f"{LIST_TITLES.get(hit.list, hit.list)} since {hit.valid_from}")
        for hit in worst.reset_index().itertuples(index=False)
    }
    rows = []
    for subject, place, statement in _hosts(evidence):
        level, row, text = told.get(place, (0, f"ref:{series.key}", "on no FATF list"))
        detail = {"value": text, "country": evidence.place_name(place)}
        rows.append(known(subject, level, level, level, [row, statement], **detail))
    return _worst_host(evidence, indicator, rows)


def open_proceedings(evidence: Evidence, indicator: Indicator) -> pd.DataFrame:
    """Count of open proceedings against title, permit or ownership.

    Parameters: ``against``. Disputed ones may be none: the lower bound leaves them out. Nobody looked: unknown.
    """
    against = set(indicator.parameters["against"])
    rows = []
    for subject, _ in evidence.roots:
        found = [one for one in evidence.holding(subject, "proceeding") if one.qualifiers.get("against") in against]
        opened = [one for one in found if one.value is not None and one.force == "in-effect"]
        ids = [one.id for one in (opened or found)]
        if not opened and not any(one.absent == "none-found" for one in found):
            reasons = [one.unknown for one in found if one.unknown is not None]
            rows.append(unknown(subject, reasons[0] if reasons else "not-sought", ids))
            continue
        sure = sum(one.status != "disputed" for one in opened)
        count = len(opened)
        text = f"{count} open proceeding{'s' if count != 1 else ''}" if count else "No open proceeding found"
        rows.append(known(subject, count, sure, count, ids, value=text))
    return findings(rows)


def _by_host(evidence: Evidence, indicator: Indicator, series: Series, table: pd.DataFrame) -> pd.DataFrame:
    early = " (edition later than the date asked)" if series.is_early(evidence.snapshot.known_by) else ""
    places = dict.fromkeys(evidence.hosts["place"].tolist())
    told = {place: _told(evidence, indicator, table, place, early) for place in places if place in table.index}
    rows = []
    for subject, place, statement in _hosts(evidence):
        if place not in told:
            rows.append(unknown(subject, "not-found", [statement]))
            continue
        (value, low, high), cited, detail = told[place]
        rows.append(known(subject, value, low, high, (*cited, statement), **detail))
    return _worst_host(evidence, indicator, rows)


def _hosts(evidence: Evidence) -> Iterator[tuple[str, str, str]]:
    """Yield subject, country and statement of every host, stated or reached, in order."""
    return zip(*(evidence.hosts[name].tolist() for name in ("subject", "place", "statement")), strict=True)


def _told(
    evidence: Evidence, indicator: Indicator, table: pd.DataFrame, place: str, early: str
) -> tuple[tuple[float, float, float], tuple[str, ...], dict[str, str]]:
    """Return what a series says of one country: value and bounds, its rows, and both in words."""
    cell = table.loc[place]
    value, low, high = (float(cell[key]) for key in ("value", "low", "high"))
    texts = {key: _number(float(cell[key]), indicator) for key in ("value", "low", "high")}
    detail = {"country": evidence.place_name(place), "year": f"{cell['year']}{early}", **texts}
    return (value, low, high), tuple(cell["rows"]), detail


def _number(value: float, indicator: Indicator) -> str:
    return f"{value:,.0f}" if indicator.scale == "log" else f"{value:+.2f}"


def _worst_host(evidence: Evidence, indicator: Indicator, rows: list[dict[str, object]]) -> pd.DataFrame:
    """Keep the worst stated host of each subject; hosts its radius reaches widen the bounds; no place is unknown."""
    falling = indicator.goalposts.hundred < indicator.goalposts.zero
    radius = evidence.hosts["radius_km"].to_numpy()
    every = findings(rows)
    table = every[radius == 0].sort_values("value", ascending=falling, kind="stable", na_position="last")
    table = _widened(table.drop_duplicates("subject"), every.assign(radius_km=radius)[radius > 0])
    missing = set(evidence.subjects["subject"]) - set(table["subject"])
    if missing:
        table = pd.concat([table, findings(unknown(subject, "not-found") for subject in sorted(missing))])
    return table.reset_index(drop=True)


def _widened(table: pd.DataFrame, reached: pd.DataFrame) -> pd.DataFrame:
    """Bounds that take in what holds in the countries a position may lie in as well; the point stays."""
    near = table["subject"].isin(set(reached["subject"]))
    rows = table[near].set_index("subject").to_dict("index")
    for other in reached.dropna(subset=["value"]).itertuples(index=False):
        row = rows.get(other.subject)
        if row is None or pd.isna(row["value"]):
            continue
        row["low"], row["high"] = min(row["low"], other.low), max(row["high"], other.high)
        row["statements"] = tuple(dict.fromkeys((*row["statements"], *other.statements)))
        doubt = f" (or {other.detail['country']}: the position is known to {other.radius_km:g} km)"
        row["detail"] = row["detail"] | {"country": row["detail"]["country"] + doubt}
    return pd.concat([table[~near], findings({"subject": subject, **row} for subject, row in rows.items())])

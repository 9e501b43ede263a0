"""The page of what moved: every score before and after, and its causes drawn one from the other, with citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Template

from georisk.changes.comparing import Changes
from georisk.changes.shifts import Cause, Shift, SiteChange, band, distance
from georisk.changes.worlds import Reading
from georisk.outputs.accounts import Teller, rest_text, share_text, signed, standing, through_text, titles, told_causes
from georisk.outputs.change_lines import between, told_shifts
from georisk.outputs.page import asset, document, environment

STYLES = ("dossier-shell.css", "changes-page.css")


def changes_page(changes: Changes, data: Path) -> str:
    """Return the page of what moved: per site and score before, after and why, with citations."""
    body = _template().render(_context(changes, data))
    return document("What moved: georisk", body, styles=[asset(name) for name in STYLES])


@lru_cache(maxsize=1)
def _template() -> Template:
    return environment("changes-page.html.j2", "dossier-parts.html.j2").get_template("changes-page.html.j2")


def _context(changes: Changes, data: Path) -> dict[str, Any]:
    teller, named = Teller(changes, data), titles(changes)
    view = changes.after.view or changes.before.view
    bands = {one.key: number for number, one in enumerate(view.method.band)} if view is not None else {}
    moved = sorted(changes.moved, key=lambda one: -_farthest(one))
    return {
        "between": between(changes),
        "titles": named,
        "sites": [_page_site(teller, one, named, bands) for one in moved],
        "still": [one.name for one in changes.sites if one not in moved],
        "changed_only": [
            {"name": one.name, "idle": [teller.account(move, one.id) for move in one.idle]}
            for one in changes.sites
            if one not in moved and one.idle
        ],
        "bands": bands,
    }


def _farthest(site: SiteChange) -> float:
    """Return how far a site moved in the score that moved most; a score that came or went lies farthest."""
    return max((distance(shift) for one in (site, *site.parts) for shift in one.moved), default=0.0)


def _page_site(teller: Teller, site: SiteChange, named: Mapping[str, str], bands: Mapping[str, int]) -> dict[str, Any]:
    told = told_shifts(site)
    return {
        "id": site.id,
        "name": site.name,
        "cells": [_page_cell(site.shifts[key], bands) for key in named if key in site.shifts],
        "shifts": [_page_shift(teller, shift, site.id, named, bands) for one, shift in told if one is site],
        "parts": [
            {
                "name": part.name,
                "shifts": [_page_shift(teller, shift, site.id, named, bands) for one, shift in told if one is part],
            }
            for part in site.parts
            if any(one is part for one, _ in told)
        ],
        "idle": [teller.account(move, site.id) for move in site.idle],
    }


def _page_cell(shift: Shift, bands: Mapping[str, int]) -> dict[str, Any]:
    return {
        "moved": shift.moved,
        "band_changed": shift.band_changed,
        "before": standing(shift.before),
        "after": standing(shift.after),
        "rank_before": bands.get(band(shift.before)),
        "rank_after": bands.get(band(shift.after)),
        "delta": None if shift.delta is None else signed(shift.delta),
    }


def _page_shift(
    teller: Teller, shift: Shift, site: str, named: Mapping[str, str], bands: Mapping[str, int]
) -> dict[str, Any]:
    return _page_cell(shift, bands) | {
        "key": shift.dimension,
        "title": named[shift.dimension],
        "intervals": [_interval(shift.before), _interval(shift.after)],
        "orders": shift.orders,
        "causes": [_page_cause(teller, cause, left, site) for cause, left in _falls(shift)],
        "rest": rest_text(rest) if (rest := told_causes(shift)[1]) else None,
        "parts": _parts(teller, shift),
    }


def _parts(teller: Teller, shift: Shift) -> tuple[str, str] | None:
    """Return the names of the parts a site's score comes from, where another one is the worst now."""
    if shift.before is None or shift.after is None or shift.before.part == shift.after.part:
        return None
    view = teller.changes.after.view
    names = [one.part or "" for one in (shift.before, shift.after)]
    first, last = (view.everything.name(name) if view is not None else name for name in names)
    return first, last


def _falls(shift: Shift) -> Iterator[tuple[Cause, float]]:
    """Yield causes with the score at which each sets in, so that they can be drawn one from the other."""
    at = shift.before.score if shift.before is not None and shift.before.score is not None else 0.0
    for cause in told_causes(shift)[0]:
        yield cause, at
        at += cause.share


def _page_cause(teller: Teller, cause: Cause, at: float, site: str) -> dict[str, Any]:
    ends = sorted((at, at + cause.share))
    left, right = (min(100.0, max(0.0, end)) for end in ends)
    return {
        "share": share_text(cause),
        "rises": cause.share > 0,
        "left": left,
        "width": right - left,
        "account": teller.account(cause.mover, site),
        "statements": cause.mover.statements,
        "through": through_text(cause),
    }


def _interval(reading: Reading | None) -> tuple[float, float] | None:
    return None if reading is None else (reading.low, reading.high)

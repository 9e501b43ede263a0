"""What moved, as rows for tables, as a message for a chat channel, as lines for a terminal and for the map."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from georisk.changes.comparing import Changes
from georisk.changes.shifts import Cause, Shift, SiteChange
from georisk.changes.worlds import Reading
from georisk.outputs.accounts import (
    SHOWN,
    Teller,
    moved_text,
    rest_text,
    share_text,
    signed,
    standing,
    titles,
    told_causes,
)
from georisk.outputs.page import href
from georisk.outputs.plain import markdown

TABLE = ("site", "score", "before", "after", "delta", "share", "cause")
PREVIEW = ("site", "dimension", "before", "after", "delta", "causes")
MOST = 6
"""Causes told in a message; the page tells all."""


def table_rows(changes: Changes, data: Path) -> list[dict[str, Any]]:
    """Return the scores that moved as rows of :data:`TABLE` for people: the score once, then a line a cause."""
    teller, named, rows = Teller(changes, data), titles(changes), []
    for site in changes.moved:
        for one, shift in told_shifts(site):
            marks = ["" if shift.delta is None else signed(shift.delta), "band" if shift.band_changed else ""]
            head = {"site": one.name, "score": named[shift.dimension], "before": standing(shift.before),
                    "after": standing(shift.after), "delta": " ".join(mark for mark in marks if mark)}  # fmt: skip
            causes, rest = told_causes(shift)
            lines = [(share_text(cause), teller.sentence(cause, site.id)) for cause in causes]
            lines += [("", rest_text(rest))] if rest else []
            for number, (share, text) in enumerate(lines or [("", "")]):
                rows.append((head if number == 0 else {}) | {"share": share, "cause": text})
    return rows


def preview_rows(changes: Changes, data: Path) -> list[dict[str, Any]]:
    """Return the scores that would move as rows of :data:`PREVIEW`: with intervals, bands and causes in one line."""
    teller, rows = Teller(changes, data), []
    for site in changes.sites:
        for one, shift in [(place, shift) for place in (site, *site.parts) for shift in place.moved]:
            causes = "; ".join(f"{share_text(cause)} {_short_cause(teller, cause, site.id)}" for cause in shift.causes)
            delta = None if shift.delta is None else round(shift.delta, 1)
            rows.append({"site": one.id, "dimension": shift.dimension, "before": _whole(shift.before),
                         "after": _whole(shift.after), "delta": delta, "causes": causes})  # fmt: skip
    return rows


def _short_cause(teller: Teller, cause: Cause, site: str) -> str:
    account = teller.account(cause.mover, site)
    return account.key or account.title.lower()


def _whole(reading: Reading | None) -> str:
    if reading is None:
        return standing(reading)
    return f"{standing(reading)} ({reading.low:.0f} to {reading.high:.0f})"


def changes_markdown(changes: Changes, data: Path, links: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return the changes as a message: each moved score, its causes, and a link to what each was read in.

    ``links`` holds addresses of passages by statement or closure and by source, for those that were read in the news.
    """
    teller, named = Teller(changes, data), titles(changes)
    lines = [f"**What moved** ({markdown(between(changes))})", ""]
    for site in changes.moved:
        for one, shift in told_shifts(site):
            mark = " **band changed**" if shift.band_changed else ""
            lines.append(f"- **{markdown(one.name)}**: {markdown(moved_text(shift, named[shift.dimension]))}{mark}")
            causes, rest = told_causes(shift, MOST)
            lines += [f"  - {_line(teller, cause, site.id, links or {})}" for cause in causes]
            lines += [f"  - {rest_text(rest)}"] if rest else []
    still = len(changes.sites) - len(changes.moved)
    lines += [] if changes.moved else ["No score moved."]
    lines += ["", f"{still} of {len(changes.sites)} sites did not move."] if still and changes.moved else []
    return "\n".join(lines) + "\n"


def told_shifts(site: SiteChange) -> list[tuple[SiteChange, Shift]]:
    """Return the scores of a site that moved, and those of its parts that did not move just as the site's did."""
    own = [(site, shift) for shift in site.moved]
    parts = [(part, shift) for part in site.parts for shift in part.moved]
    return own + [(part, shift) for part, shift in parts if _ends(shift) != _ends(site.shifts[shift.dimension])]


def _ends(shift: Shift) -> tuple[float | None, float | None]:
    before, after = (None if one is None else one.score for one in (shift.before, shift.after))
    return before, after


def _line(teller: Teller, cause: Cause, site: str, links: Mapping[str, Mapping[str, str]]) -> str:
    account = teller.account(cause.mover, site)
    text = f"{share_text(cause)}: {markdown(teller.sentence(cause, site))}"
    passages = links.get(cause.mover.name, {})
    read_in = [source for source in account.sources if source.id in passages]
    for source in [*read_in, *account.sources][:1]:
        label = markdown(f"{source.publisher}, {source.published or 'undated'}")
        address = href(passages.get(source.id, source.url))
        safe = address is not None and not set("()<> ") & set(address)
        text += f" ([{label}]({address}))" if safe else f" ({label})"
    return text


def between(changes: Changes) -> str:
    """Return the two stands in words: what differs of clocks and method, else the one day both stand on."""
    before, after = changes.before, changes.after
    parts = []
    for name, old, new in (("as of", before.as_of, after.as_of), ("known by", before.known_by, after.known_by)):
        parts.append(f"{name} {new}" if old == new else f"{name} {old} to {new}")
    if before.fingerprint != after.fingerprint:
        parts.append(f"method {before.method} ({before.fingerprint}) to {after.method} ({after.fingerprint})")
    return ", ".join(parts)


def changed_sentence(changes: Changes | None, site: str) -> str | None:
    """Return what moved of a site since the last build, in a sentence for the map.

    ``None`` where nothing moved, or where the passage of time alone moved it within its bands: evidence grows
    older every day.
    """
    one = next((found for found in changes.sites if found.id == site), None) if changes is not None else None
    told = [shift for shift in one.moved if _is_news(shift)] if one is not None else []
    if changes is None or not told:
        return None
    named = titles(changes)
    return f"since the build of {changes.before.as_of}: " + "; ".join(
        moved_text(shift, named[shift.dimension]) for shift in told
    )


def _is_news(shift: Shift) -> bool:
    return shift.band_changed or any(cause.mover.kind != "time" and abs(cause.share) >= SHOWN for cause in shift.causes)

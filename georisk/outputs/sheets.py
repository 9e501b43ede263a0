"""What the sheets of the workbook hold beside the risk table: scores, statements, sources, method, key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from georisk.assessment import Scored
from georisk.explaining.citations import Citations, Support
from georisk.explaining.reasons import title_of
from georisk.method import Method
from georisk.outputs.rows import DIMENSIONS, NOT_COVERED, TABLE_COLUMNS, Report

_SCORE_TITLES = {
    "jurisdiction": "Jurisdiction",
    "opacity": "Opacity",
    "china": "China linkage",
    "composite": "Composite",
}
_PIECES = {"score": "score", "band": "band", "low": "low", "high": "high"}
_PLAIN_TITLES = {
    "id": "Id", "name": "Site", "kind": "Kind", "country": "Country or zone", "stage": "Stage",
    "stage_since": "Stage since", "stage_reported": "Stage as reported", "operator": "Operator", "owners": "Owners",
    "ultimate_parents": "Ultimate parents", "commodities": "Commodities", "finance_disbursed": "Finance: disbursed",
    "finance_committed": "Finance: committed", "finance_approved": "Finance: approved",
    "finance_conditional": "Finance: conditional", "finance_nonbinding": "Finance: non-binding", "offtake": "Offtake",
    "offtake_expiry": "Offtake expiry", "worst_dimension": "Worst dimension", "drivers": "First drivers",
    "band_with_weak": "Bands with grades C and D", "unknown": "Unknown", "overdue": "Overdue",
    "legal_yes": "Legal: yes", "legal_undetermined": "Legal: undetermined", "payment_exposure": "Payment exposure",
    "next_check": "Next check", "evidence_newest": "Newest evidence", "evidence_oldest": "Oldest evidence",
    "sources": "Sources", "sources_independent": "Independent sources", "sources_official": "Official sources",
    "last_change": "Last change", "last_change_cause": "Cause of last change",
}  # fmt: skip
COLUMN_TITLES = {
    **{f"{key}_{piece}": f"{title} {word}" for key, title in _SCORE_TITLES.items() for piece, word in _PIECES.items()},
    **{name: _PLAIN_TITLES.get(name, name.replace("_", " ").capitalize()) for name in TABLE_COLUMNS
       if not any(name == f"{key}_{piece}" for key in DIMENSIONS for piece in _PIECES)},
}  # fmt: skip
"""Titles of the risk table's columns."""
MEANINGS = {
    "country": "ISO 3166-1 alpha-3; the zone in brackets where it is not land.",
    "stage": "Latest open stage of the site itself; a disputed one is shown beside it.",
    "owners": "Direct holders of the company that holds the title, with shares.",
    "ultimate_parents": "Where the chains of owners end, with effective share and bounds.",
    "finance_disbursed": "Paid out or held. The five columns are never added up, nothing is converted.",
    "finance_committed": "Agreed and binding, not yet paid out.",
    "finance_approved": "Approved, not signed.",
    "finance_conditional": "Depends on a named condition.",
    "finance_nonbinding": "Memorandum, letter of intent or offer.",
    "drivers": "The three indicators that add most points within their dimensions.",
    "band_with_weak": "Bands that evidence of grades C and D would change; it moves no score.",
    "legal_yes": "Legal rules whose answer is yes, with bounds and gate. Beside the scores, never in them.",
    "legal_undetermined": "Legal rules that bands, hidden owners or a list that is not loaded leave open.",
    "payment_exposure": "Royalties, streams and loans from or to somebody on a list, apart from ownership.",
    "unknown": "Indicators nobody could answer, with the reason.",
    "overdue": "Planned events whose date has passed with no outcome found.",
    "next_check": "The next day on which something known falls due or ends.",
    "last_change": "The latest day on which something about the site began or ended.",
    "sources_independent": "Sources of one origin count once.",
    "sources_official": "Sources of grade A.",
}


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, heads, rows, widths in characters, and the columns that hold addresses."""

    name: str
    titles: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    widths: tuple[int, ...]
    links: frozenset[int] = frozenset()


def scores_sheet(found: Report) -> Sheet:
    """Return what each indicator adds, the unknown ones too; a site with parts part by part.

    ``Stands for the site`` marks the part whose score the site shows.
    """
    rows: list[tuple[Any, ...]] = []
    for site in found.assessment.sites.values():
        for scored in site.parts or (site,):
            rows += _score_rows(site, scored)
    titles = ("Site", "Part", "Stands for the site", "Dimension", "Indicator", "Points", "Value", "Risk low",
              "Risk high", "Reason", "Statements")  # fmt: skip
    return Sheet("Scores", titles, rows, (18, 26, 11, 14, 18, 9, 12, 9, 9, 90, 60))


def _score_rows(site: Scored, scored: Scored) -> list[tuple[Any, ...]]:
    part = "" if scored is site else scored.id
    shown = {one.key: one.part for one in (site.composite, *site.dimensions.values())}
    rows: list[tuple[Any, ...]] = []
    for score in (scored.composite, *scored.dimensions.values()):
        start = (site.id, part, "yes" if shown[score.key] in (None, part) else "", score.key)
        for one in score.contributions:
            rows.append((*start, one.indicator, float(one.points), float(one.value), float(one.low), float(one.high),
                         one.sentence, ", ".join(one.statements)))  # fmt: skip
        rows += [
            (*start, one.indicator, None, None, 0.0, 100.0, f"Unknown: {title_of(one.reason)}. {one.question}", "")
            for one in score.unknown
        ]
    return rows


def statements_sheet(citations: Citations, cited: Mapping[str, Support]) -> Sheet:
    """Return every statement known on the snapshot, and the rows of series that cells cite."""
    supports = [citations.statement(one) for one in citations.snapshot.known]
    known = {one.id for one in supports}
    series = [one for one in cited.values() if one.id not in known]
    titles = ("Id", "About", "Property", "Statement", "Holds from", "Holds until", "Published", "Grade", "Status",
              "Force", "Sources", "Note", "File")  # fmt: skip
    rows = [_statement_row(one) for one in [*supports, *series]]
    return Sheet("Statements", titles, rows, (17, 26, 16, 70, 12, 12, 14, 7, 11, 12, 34, 60, 34))


def _statement_row(one: Support) -> tuple[Any, ...]:
    sources = ", ".join(source.id for source in one.sources)
    if one.statement is None:
        return (one.id, one.about, one.topic, one.text, one.holds, "", one.recorded, one.grade, "", "", sources, "", "")
    given = one.statement
    return (one.id, one.about, one.topic, one.text, str(given.valid_from or ""), str(given.valid_until or ""),
            one.recorded, one.grade, given.status, given.force, sources, given.note or "", given.file)  # fmt: skip


def sources_sheet(citations: Citations) -> Sheet:
    """Return every source of the registry that a known statement cites."""
    snapshot = citations.snapshot
    used = {key for one in snapshot.known for key in one.sources}
    sources = [source for key, source in sorted(snapshot.seeds.sources.items()) if key in used]
    titles = ("Id", "Title", "Publisher", "Published", "Grade", "Address", "Locator", "Language", "Reached via",
              "State-linked", "Origin", "Note")  # fmt: skip
    rows = [
        (one.id, one.title, one.publisher, str(one.published or ""), one.grade, one.url, one.locator, one.language,
         one.reached_via, "yes" if one.state_linked else "", one.origin, one.note)
        for one in sources
    ]  # fmt: skip
    return Sheet("Sources", titles, rows, (22, 60, 26, 12, 7, 60, 30, 9, 30, 11, 34, 50), frozenset({5}))


def method_sheet(method: Method) -> Sheet:
    """Return the indicators with their weights, goalposts and reasons."""
    titles = ("Dimension", "Weight of dimension", "Indicator", "Question", "Unit", "Scores 0 at", "Scores 100 at",
              "Scale", "Weight", "Why this weight", "Why these goalposts", "What unknown does",
              "Reference")  # fmt: skip
    rows = [
        (dimension.title, dimension.weight, one.key, one.question, one.unit, one.goalposts.zero, one.goalposts.hundred,
         one.scale, one.weight, one.weight_reason, one.goalposts_reason, one.unknown, one.reference)
        for dimension in method.dimension
        for one in method.of(dimension.key)
    ]  # fmt: skip
    return Sheet("Method", titles, rows, (18, 10, 18, 50, 22, 10, 12, 8, 8, 50, 50, 50, 40))


def key_sheet(found: Report) -> Sheet:
    """Return what the columns, bands and grades mean, and the two clocks."""
    snapshot, method = found.snapshot, found.assessment.method
    rows: list[tuple[Any, ...]] = [
        (
            "As of",
            str(snapshot.as_of),
            "The day the table speaks of." + (" A projection." if snapshot.projection else ""),
        ),
        ("Known by", str(snapshot.known_by), "Only what was published by this day is used."),
        ("Method", f"{method.version} ({method.fingerprint})", "Set before any score was looked at."),
        ("Scores", "0 to 100", "0: no risk found. Low and high put everything unknown or bounded at its two ends."),
        ("Comments", "ids and sources", "The comment of a cell names its statements; the sheet Statements has them."),
    ]
    rows += [("Band", band.title, f"from {band.start:g}") for band in method.band]
    rows += [
        ("Grade", "A", "official document or filing"),
        ("Grade", "B", "the company itself or named reporting"),
        ("Grade", "C", "summary, encyclopaedia, machine digest; moves no score"),
        ("Grade", "D", "memory; moves no score"),
    ]
    rows += [("Column", COLUMN_TITLES[name], MEANINGS[name]) for name in TABLE_COLUMNS if name in MEANINGS]
    rows.append(("Limits", "", NOT_COVERED))
    return Sheet("Key", ("What", "Which", "Meaning"), rows, (12, 30, 100))

"""Legal answers for the outputs: cells of the risk table and the panel of the dossier. Beside scores, never in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from georisk.registry import Cell
from georisk.screens.exposure import Exposure
from georisk.screens.finding import Finding
from georisk.screens.panel import Panel
from georisk.screens.wording import (
    MOST_PATHS,
    WARNING,
    exposure_sentence,
    gate_text,
    rule_sentence,
    sentences,
    span_text,
)
from georisk.seeds import Site

ORDER = {"yes": 0, "undetermined": 1, "no": 2}
STANDINGS = {
    "in-force": "in force",
    "suspended": "suspended",
    "not-yet": "not yet in force",
    "ended": "ended",
    "unverified": "not verified",
}


def legal_cells(law: Panel, payments: Sequence[Exposure], site: Site) -> dict[str, Cell]:
    """Return what is yes, what is undetermined, and what is paid to or borrowed from somebody on a list."""
    findings = [one for one in law.of_site(site.id) if one.applies]
    return {
        "legal_yes": _cell(law, site, (one for one in findings if one.answer == "yes")),
        "legal_undetermined": _cell(law, site, (one for one in findings if one.answer == "undetermined")),
        "payment_exposure": _exposure_cell(law, payments),
    }


def _cell(law: Panel, site: Site, findings: Iterable[Finding]) -> Cell:
    findings = list(findings)
    texts = [f"{f'{one.name}: ' if site.parts else ''}{short_text(one)}" for one in findings]
    ids = dict.fromkeys(name for one in findings for name in statements_behind(law, one))
    return Cell("; ".join(text.replace("; ", ", ") for text in texts) or None, tuple(ids))


def _exposure_cell(law: Panel, payments: Iterable[Exposure]) -> Cell:
    name = law.snapshot.name
    texts, ids = [], []
    for one in payments:
        ids += [one.statement.id, *one.hit.statements]
        through = f" ({name(one.hit.party)} has a stake in it)" if len(one.through) > 1 else ""
        texts.append(f"{one.kind} {one.direction} {name(one.party)}{through}, on the list {one.hit.list}")
    return Cell("; ".join(dict.fromkeys(texts)) or None, tuple(dict.fromkeys(ids)))


def short_text(one: Finding) -> str:
    """Return a finding in a phrase: rule, bounds, gate, and why where no figure says it."""
    if one.listless:
        return f"{one.rule.title} (no list loaded)"
    figure = one.verdict.nearest if one.verdict is not None else None
    low, high = one.bounds
    if figure is None or low is None:
        reason = one.verdict.reason if one.verdict is not None and one.verdict.reason else "".join(one.why[:1])
        return f"{one.rule.title}{f' ({reason})' if reason else ''}"
    return f"{one.rule.title} ({span_text(low, high)}, gate {gate_text(figure)})"


def statements_behind(law: Panel, one: Finding) -> tuple[str, ...]:
    """Return the ids of the stakes and list entries a finding rests on, and of what leaves it open.

    Where it rests on nothing, those of what was looked at: the direct stakes, else the place.
    """
    verdict = one.verdict
    ids = [name for hit in one.listed for name in hit.statements]
    if verdict is not None and verdict.reason is not None:
        places = ("incorporation", "nationality", "domicile")
        ids += [found.id for found in law.snapshot.holding(one.party, *places)]
    if verdict is not None and not one.listless:
        ids += [name for path in verdict.paths[:MOST_PATHS] for stake in path.stakes for name in stake.statements]
        ids += list(verdict.flip.stake.statements) if verdict.flip is not None else []
        ids += [name for gap in verdict.unknown for name in gap.statements] if one.test == "undetermined" else []
    known = tuple(name for name in dict.fromkeys(ids) if name in law.snapshot.by_id)
    return known or tuple(_looked_at(law, one))


def _looked_at(law: Panel, one: Finding) -> Iterable[str]:
    """Return what was looked at where no figure rests on anything: the direct stakes, else where the site lies."""
    stakes = [name for stake in law.holders.direct(one.party) for name in stake.statements]
    places = law.snapshot.holding(one.subject, "location", "admin-unit")
    return dict.fromkeys(stakes) if stakes else (place.id for place in places)


@dataclass(frozen=True)
class Answered:
    """One rule in the dossier's panel: what the table shows, and the sentences for a memo."""

    title: str
    answer: str
    span: str
    gate: str
    distance: str
    standing: str
    unverified: bool
    statements: tuple[str, ...]
    sentences: tuple[str, ...]
    rule: str


@dataclass(frozen=True)
class PartAnswers:
    """The answers on a site or part, those that are yes first; what is not asked is named only."""

    name: str
    party: str
    answers: tuple[Answered, ...]
    not_asked: tuple[str, ...]


def legal_panel(law: Panel, payments: Sequence[Exposure], site: Site) -> dict[str, Any]:
    """Return what the dossier's panel shows."""
    return {
        "parts": [_part(law, subject) for subject in site.subjects()],
        "payments": [
            (exposure_sentence(one, law.snapshot.name), (one.statement.id, *one.hit.statements)) for one in payments
        ],
        "warning": WARNING,
        "sample": law.sample.warning,
        "loaded": [
            f"{law.standings.kinds[key].title}, edition of {day}" for key, day in law.standings.editions.items()
        ],
    }


def cited_by_law(law: Panel, payments: Sequence[Exposure], site: Site) -> Iterable[str]:
    """Yield every id the panel of a site cites."""
    for one in law.of_site(site.id):
        yield from statements_behind(law, one)
    for payment in payments:
        yield payment.statement.id
        yield from payment.hit.statements


def _part(law: Panel, subject: str) -> PartAnswers:
    findings = law.by_subject[subject]
    asked = sorted((one for one in findings if one.applies), key=lambda one: ORDER[one.answer])
    return PartAnswers(
        law.snapshot.name(subject),
        findings[0].party_name if findings else "",
        tuple(_answered(law, one) for one in asked),
        tuple(one.rule.title for one in findings if not one.applies),
    )


def _answered(law: Panel, one: Finding) -> Answered:
    figure = one.verdict.nearest if one.verdict is not None else None
    low, high = one.bounds
    counted = figure is not None and low is not None and not one.listless
    return Answered(
        one.rule.title,
        one.answer,
        span_text(low, high) if counted and low is not None else "no list loaded" if one.listless else "",
        gate_text(figure) if counted and figure is not None else "",
        f"{figure.distance:+.2f}" if counted and figure is not None else "",
        STANDINGS[one.status],
        one.rule.unverified,
        statements_behind(law, one),
        tuple(sentences(one, law.snapshot)[:-2]),
        rule_sentence(one, law.snapshot.as_of),
    )

"""An event: what a passage of an article reports, with the passage itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

COLUMNS = (
    "article", "project", "entity", "event_type", "amount", "currency", "share_pct", "quantities", "event_date",
    "effective_date", "modality", "risk", "start", "end", "evidence", "confidence", "links", "entities", "reasons",
    "also", "context", "extractor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A tie between an event and the registry.

    Attributes
    ----------
    kind, id
        ``site``, ``party`` or ``programme``, and its id.
    basis
        ``named``, ``beside`` (named in its sentence, but not what it is about), ``reference``, ``list``,
        ``article``, ``description`` or ``party``; the last three are inferences.
    via
        The party an inference runs through.
    """

    kind: str
    id: str
    basis: str
    via: str | None = None

    @property
    def inferred(self) -> bool:
        """Whether the text does not name it."""
        return self.basis in ("party", "description", "article")

    def row(self) -> dict[str, Any]:
        """Return the link for scripts."""
        return {"kind": self.kind, "id": self.id, "basis": self.basis, "inferred": self.inferred, "via": self.via}


@dataclass(frozen=True, slots=True)
class Event:
    """What a passage reports.

    Attributes
    ----------
    article
        Id of the article.
    project, entity
        The project and the company or body concerned, as the text names them; ``None`` without one.
    event_type, modality
        Codes of ``data/news/event-types.csv`` and ``modalities.csv``.
    amount, currency
        Plain number and ISO 4217 code.
    share_pct
        Per cent, or ``[low, high]``.
    quantities
        ``value``, ``unit`` and ``of`` each.
    event_date, effective_date
        As precise as the text; a span is ``from/to``.
    risk
        Polarity by dimension: ``raises``, ``lowers`` or ``neutral``.
    reasons
        Why a risk moves, by dimension.
    start, end, evidence
        The passage: its place in the file and its words.
    confidence
        Chance that a careful reader would find the same event, 0 to 1; ``None`` where not known.
    links
        Ties to the registry.
    entities
        Names and roles of those concerned.
    also
        Other passages of the article that say the same.
    extractor
        Who proposed it: ``rules`` or ``llm``.
    context
        Other places of the article it rests on: what is said there (``project``, ``entity`` or ``date``), start and
        end. A name or date that its own passage lacks stands in one of them.
    """

    article: str
    project: str | None
    entity: str | None
    event_type: str
    modality: str
    start: int
    end: int
    evidence: str
    amount: float | None = None
    currency: str | None = None
    share_pct: float | list[float] | None = None
    quantities: tuple[Mapping[str, Any], ...] = ()
    event_date: str | None = None
    effective_date: str | None = None
    risk: Mapping[str, str] = field(default_factory=lambda: dict(NEUTRAL))
    reasons: Mapping[str, str] = field(default_factory=dict)
    confidence: float | None = None
    links: tuple[Link, ...] = ()
    entities: tuple[Mapping[str, str], ...] = ()
    also: tuple[tuple[int, int], ...] = ()
    extractor: str = "rules"
    context: tuple[tuple[str, int, int], ...] = ()

    def row(self) -> dict[str, Any]:
        """Return the event as ``news extract`` prints it."""
        return {
            "article": self.article, "project": self.project, "entity": self.entity, "event_type": self.event_type,
            "amount": _plain(self.amount), "currency": self.currency, "share_pct": _plain(self.share_pct),
            "quantities": [dict(one) for one in self.quantities], "event_date": self.event_date,
            "effective_date": self.effective_date, "modality": self.modality, "risk": dict(self.risk),
            "start": self.start, "end": self.end, "evidence": self.evidence,
            "confidence": None if self.confidence is None else round(self.confidence, 3),
            "links": [one.row() for one in self.links], "entities": [dict(one) for one in self.entities],
            "reasons": dict(self.reasons), "also": [{"start": a, "end": b} for a, b in self.also],
            "context": [{"of": of, "start": a, "end": b} for of, a, b in self.context],
            "extractor": self.extractor,
        }  # fmt: skip


NEUTRAL: Mapping[str, str] = {"jurisdictional": "neutral", "opacity": "neutral", "china": "neutral"}


def _plain(value: float | list[float] | None) -> Any:
    """Write whole numbers without a decimal point."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return int(value) if value is not None and float(value).is_integer() else value

"""A spot with its target made an event: passage, dates, risks, ties, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from georisk.news.articles import Article
from georisk.news.events import Event
from georisk.news.extracting.context import context_of
from georisk.news.extracting.knowledge import Knowledge
from georisk.news.judging.confidence import chance, features_of
from georisk.news.judging.polarity import risk_of
from georisk.news.judging.timing import dates_of
from georisk.news.linking.references import lenders_near
from georisk.news.linking.registry import links_of
from georisk.news.linking.scenes import Scene
from georisk.news.linking.targets import Target
from georisk.news.naming.names import Entity
from georisk.news.sentences.shares import Share
from georisk.news.spotting.spots import Spot

_MARKS = " ,;:—–-"


@dataclass(frozen=True)
class Proposal:
    """A proposed event.

    Attributes
    ----------
    event, spot, target
        The event, and what it was made from.
    features
        What speaks for and against it.
    trap
        The trap it falls into, ``None`` if none.
    """

    event: Event
    features: Mapping[str, float]
    spot: Spot
    target: Target
    trap: str | None


def assemble(
    article: Article, spot: Spot, target: Target, modality: str, trap: str | None, scene: Scene, knowledge: Knowledge
) -> Proposal:
    """Make an event of a spot and its target."""
    lexicon = knowledge.lexicon
    happened, effective = dates_of(spot, modality, article.day(), lexicon)
    lenders = lenders_near(target.parties, spot.sentence, scene)
    entities = [*(one.entity for one in (*target.parties, *target.about())), *lenders]
    risk, reasons = risk_of(spot, modality, entities, knowledge.allies, lexicon)
    features = features_of(spot, target, modality, trap, scene.focused)
    begin, finish = passage_of(spot, target)
    start, end = article.body.span(spot.sentence.start + begin, spot.sentence.start + finish)
    evidence = spot.sentence.text[begin:finish]
    event = Event(
        article=article.id,
        project=scene.cast.written(target.project),
        entity=scene.cast.written(target.entity),
        event_type=spot.type,
        modality=modality,
        start=start,
        end=end,
        evidence=evidence,
        amount=spot.amount.value if spot.amount is not None else None,
        currency=spot.amount.currency if spot.amount is not None else None,
        share_pct=_share(spot.share),
        quantities=tuple({"value": one.value, "unit": one.unit, "of": one.of} for one in spot.quantities),
        event_date=happened,
        effective_date=effective,
        risk=risk,
        reasons=reasons,
        confidence=chance(features, lexicon.weights),
        links=links_of(target, spot.sentence.text, knowledge.registry),
        entities=tuple(_roles(target, lenders)),
        context=tuple(context_of(evidence, target, spot.sentence, (happened, effective), article, scene, knowledge)),
    )
    return Proposal(event, features, spot, target, trap)


def _share(share: Share | None) -> float | list[float] | None:
    if share is None:
        return None
    return share.low if share.low == share.high else [share.low, share.high]


def passage_of(spot: Spot, target: Target) -> tuple[int, int]:
    """Return the span of the passage within the sentence: the clause, widened to the target it names."""
    sentence = spot.sentence
    begin, finish = sentence.clause_at(spot.start)
    finish = max(finish, sentence.clause_at(max(spot.end - 1, spot.start))[1])
    if target.basis == "sentence":
        for mention in target.about():
            if sentence.start <= mention.start < sentence.end:
                begin = min(begin, mention.start - sentence.start)
                finish = max(finish, mention.end - sentence.start)
    while begin < finish and sentence.text[begin] in _MARKS:
        begin += 1
    while finish > begin and sentence.text[finish - 1] in _MARKS:
        finish -= 1
    return begin, finish


def _roles(target: Target, lenders: list[Entity]) -> Iterator[dict[str, str]]:
    """Name those concerned: the one the event is about, then public lenders, then others of the sentence."""
    listed = [(one.text, "project" if one is target.project else "concerned") for one in target.about()]
    listed += [(one.name, "lender" if one.kind == "lender" else "authority") for one in lenders]
    listed += [(one.text, "named") for one in target.parties if one.entity.kind in ("company", "fund")]
    seen: set[str] = set()
    for name, role in listed:
        if name not in seen:
            seen.add(name)
            yield {"name": name, "role": role}

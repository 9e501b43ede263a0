"""Files to events: read, recognise, drop what repeats, refuse what is not grounded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from georisk.news.articles import Article, Read, Trouble
from georisk.news.events import Event
from georisk.news.extracting.grounding import Refusal, grounded
from georisk.news.extracting.knowledge import Knowledge
from georisk.news.extracting.recognising import propose, read_scene
from georisk.news.extracting.repeats import distinct


@dataclass(frozen=True)
class Extracted:
    """What extraction gave: events, proposals refused for want of grounds, articles a model gave no answer on."""

    events: tuple[Event, ...]
    refused: tuple[Refusal, ...]
    troubles: tuple[Trouble, ...] = ()


def extract(read: Read, knowledge: Knowledge) -> Extracted:
    """Extract the events of articles with the rules, offline."""
    events: list[Event] = []
    refused: list[Refusal] = []
    for article in read.articles:
        kept, bad = grounded(events_of(article, knowledge), article, read.texts[article.file], knowledge)
        events += kept
        refused += bad
    return Extracted(tuple(events), tuple(refused))


def events_of(article: Article, knowledge: Knowledge) -> list[Event]:
    """Return the events of one article, in the order of the text."""
    floor = knowledge.lexicon.weights.get("floor", 0.0)
    passed = [one for one in propose(article, knowledge) if one.trap is None and (one.event.confidence or 0.0) >= floor]
    return [one.event for one in distinct(passed, knowledge)]


def candidates_of(articles: Iterable[Article], knowledge: Knowledge) -> list[tuple[str, str, str]]:
    """Return names the registry does not know, as article, name and kind: candidates for the registry."""
    return [
        (article.id, entity.name, entity.kind)
        for article in articles
        for entity in read_scene(article, knowledge).cast.candidates()
    ]

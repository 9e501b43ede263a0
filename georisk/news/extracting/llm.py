"""An extractor that asks a language model, with the output of the rules and the same gate behind it.

What a model answers is a claim like any other: types and modalities must be known, the passage must stand in the
article word for word, and :mod:`~georisk.news.extracting.grounding` refuses figures, names and dates that it lacks.
Risks and ties to the registry are told by the tables, not by the model; its confidence is not known.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from georisk.errors import Fault
from georisk.news.articles import Article, Read, Trouble
from georisk.news.events import Event
from georisk.news.extracting.endpoint import Endpoint, Unanswered, ask
from georisk.news.extracting.grounding import Refusal, grounded
from georisk.news.extracting.knowledge import Knowledge
from georisk.news.extracting.recognising import read_scene
from georisk.news.extracting.rules import Extracted
from georisk.news.judging.polarity import risk_of
from georisk.news.linking.registry import links_of
from georisk.news.linking.scenes import Scene
from georisk.news.linking.targets import Target
from georisk.news.naming.mentions import Mention
from georisk.news.naming.names import words_of
from georisk.news.sentences.structure import Sentence
from georisk.news.spotting.lexicon import Lexicon
from georisk.news.spotting.spots import Spot

NAME = "llm"
_FENCE = re.compile(r"\A\s*```(?:json)?\s*|\s*```\s*\Z")
_LONGEST_NAME = 200
_MOST_EVENTS = 200


def extract_with_model(read: Read, knowledge: Knowledge, endpoint: Endpoint, folder: Path) -> Extracted:
    """Extract the events of articles by asking a model about each.

    Parameters
    ----------
    read
        The articles.
    knowledge
        What names, risks and ties are told by.
    endpoint
        Where to ask.
    folder
        ``data/news``, for the question.

    Raises
    ------
    UsageError
        If the endpoint cannot be reached. An answer that cannot be used is reported in ``troubles``.
    """
    events: list[Event] = []
    refused: list[Refusal] = []
    troubles: list[Trouble] = []
    question = question_of(folder, knowledge.lexicon)
    for article in read.articles:
        try:
            proposed = proposals_in(ask(endpoint, _messages(question, article, knowledge)))
        except Unanswered as error:
            troubles.append(Trouble(article.id, str(error)))
            continue
        good, bad = _checked(proposed, article, read.texts[article.file], knowledge)
        events += good
        refused += bad
    return Extracted(tuple(events), tuple(refused), tuple(troubles))


def question_of(folder: Path, lexicon: Lexicon) -> str:
    """Return the question put before an article, from ``data/news/prompt.md``."""
    path = folder / "prompt.md"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise Fault("data/news/prompt.md", "cannot be read", "the question put to a model") from None
    return text.replace("{types}", ", ".join(lexicon.types)).replace("{modalities}", ", ".join(lexicon.modalities))


def _messages(question: str, article: Article, knowledge: Knowledge) -> list[dict[str, str]]:
    told = {
        "title": article.title.text if article.title is not None else None, "published": article.published,
        "text": article.body.text[: knowledge.lexicon.reading.limits.longest_question_chars],
    }  # fmt: skip
    return [
        {"role": "system", "content": question},
        {"role": "user", "content": json.dumps(told, ensure_ascii=False)},
    ]


def proposals_in(content: str) -> list[Mapping[str, Any]]:
    """Return the events an answer lists.

    Raises
    ------
    Unanswered
        If it is no JSON object with a list of events.
    """
    try:
        answer = json.loads(_FENCE.sub("", content))
    except (ValueError, RecursionError):
        raise Unanswered("the answer is no JSON") from None
    listed = answer.get("events") if isinstance(answer, dict) else None
    if not isinstance(listed, list):
        raise Unanswered("the answer holds no list of events")
    return [one for one in listed[:_MOST_EVENTS] if isinstance(one, dict)]


def _checked(
    proposed: list[Mapping[str, Any]], article: Article, text: str, knowledge: Knowledge
) -> tuple[list[Event], list[Refusal]]:
    scene = read_scene(article, knowledge)
    good: list[Event] = []
    bad: list[Refusal] = []
    for one in proposed:
        event = event_of(one, article, knowledge.lexicon)
        why = _misshapen(one, event, knowledge.lexicon)
        if why is not None:
            bad.append(Refusal(event, why))
            continue
        kept, refused = grounded([event], article, text, knowledge)
        good += [_enriched(event, article, scene, knowledge) for event in kept]
        bad += refused
    return good, bad


def event_of(proposed: Mapping[str, Any], article: Article, lexicon: Lexicon) -> Event:
    """Return a proposed event with the place of its passage; (0, 0) if the article does not hold it."""
    start, end = _place(str(proposed.get("evidence") or ""), article)
    return Event(
        article=article.id,
        project=_name(proposed.get("project")),
        entity=_name(proposed.get("entity")),
        event_type=str(proposed.get("event_type")),
        modality=str(proposed.get("modality")),
        start=start,
        end=end,
        evidence=str(proposed.get("evidence") or ""),
        amount=_number(proposed.get("amount")),
        currency=_name(proposed.get("currency")),
        share_pct=_share(proposed.get("share_pct")),
        quantities=tuple(_quantities(proposed.get("quantities"))),
        event_date=_name(proposed.get("event_date")),
        effective_date=_name(proposed.get("effective_date")),
        confidence=None,
        extractor=NAME,
    )


def _place(evidence: str, article: Article) -> tuple[int, int]:
    words = evidence.split()
    if not words:
        return 0, 0
    body = article.body
    start = body.text.find(evidence.strip())
    if start >= 0:
        return body.span(start, start + len(evidence.strip()))
    found = re.search(r"\s+".join(map(re.escape, words)), body.text)
    return body.span(found.start(), found.end()) if found is not None else (0, 0)


def _name(value: Any) -> str | None:
    return value.strip()[:_LONGEST_NAME] or None if isinstance(value, str) else None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def _share(value: Any) -> float | list[float] | None:
    if not isinstance(value, list):
        return _number(value)
    numbers = [one for one in map(_number, value) if one is not None]
    return numbers if len(numbers) == 2 else None


def _quantities(value: Any) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list) else []
    return [
        {"value": _number(one["value"]), "unit": _name(one.get("unit")), "of": _name(one.get("of"))}
        for one in listed
        if isinstance(one, dict) and _number(one.get("value")) is not None
    ]


def _misshapen(proposed: Mapping[str, Any], event: Event, lexicon: Lexicon) -> str | None:
    """Return what of a proposal is of no known form, ``None`` if all is well."""
    if event.event_type not in lexicon.types:
        return f"the event type {event.event_type[:60]!r} is not known"
    if event.modality not in lexicon.modalities:
        return f"the modality {event.modality[:60]!r} is not known"
    given = {
        "project": event.project, "entity": event.entity, "amount": event.amount, "currency": event.currency,
        "share_pct": event.share_pct, "event_date": event.event_date, "effective_date": event.effective_date,
    }  # fmt: skip
    for key, value in given.items():
        if value is None and proposed.get(key) not in (None, ""):
            return f"{key} is of no known form"
    listed = proposed.get("quantities")
    if listed and (not isinstance(listed, list) or len(listed) != len(event.quantities)):
        return "quantities are of no known form"
    return None


def _enriched(event: Event, article: Article, scene: Scene, knowledge: Knowledge) -> Event:
    """Add risks and ties, told by the tables."""
    begin, finish = article.body.find_file_offset(event.start), article.body.find_file_offset(event.end - 1) + 1
    passage = Sentence(begin, finish, article.body.text[begin:finish], "sentence", 0)
    named = tuple(scene.cast.within(begin, finish))
    target = Target(_named(event.project, named, knowledge), _named(event.entity, named, knowledge), "sentence", named)
    spot = Spot(passage, event.event_type, 0, len(passage.text), NAME, 1, frozenset())
    entities = [one.entity for one in named]
    risk, reasons = risk_of(spot, event.modality, entities, knowledge.allies, knowledge.lexicon)
    links = links_of(target, passage.text, knowledge.registry)
    roles = tuple({"name": one.text, "role": "concerned"} for one in target.about())
    return replace(event, risk=risk, reasons=reasons, links=links, entities=roles)


def _named(name: str | None, mentions: tuple[Mention, ...], knowledge: Knowledge) -> Mention | None:
    """Return the naming that a model means, by the same or by another name."""
    wanted = words_of(name or "")
    known = {hit.entity for _, _, hit in knowledge.names.find(name or "")}
    fitting = (one for one in mentions if wanted in (words_of(one.text), words_of(one.entity.name)))
    return next(fitting, None) or next((one for one in mentions if one.entity in known), None)

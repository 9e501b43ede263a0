"""No event without grounds: its figures, names and dates stand in its passage, and its passage in the file.

Whatever proposes events, rules or a model, passes through here, and the same questions are put to it. The figures of a
passage are read anew: a sum counts with its scale and its currency, so that five million is no ground for five billion.
What a passage leaves to what stands before it ("the mine", a date above a list) has to be shown: the event cites the
other place of the article that says it, and that place is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from georisk.news.articles import Article, clean
from georisk.news.events import Event
from georisk.news.extracting.knowledge import Knowledge
from georisk.news.linking.registry import described_in
from georisk.news.naming.names import Names, words_of
from georisk.news.sentences.figures import find_amounts, find_numbers, find_quantities
from georisk.news.sentences.moments import find_moments
from georisk.news.sentences.shares import find_shares
from georisk.news.sentences.structure import sentence_spans
from georisk.news.spotting.lexicon import Lexicon

_CLOSE = 1e-6
_FEWEST_WORDS = 2
_NEAR = 1500
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposed event that was refused, and why."""

    event: Event
    why: str


def grounded(
    events: Iterable[Event], article: Article, text: str, knowledge: Knowledge
) -> tuple[list[Event], list[Refusal]]:
    """Split proposed events into those with grounds and those without.

    Parameters
    ----------
    events
        Proposed for ``article``.
    article
        The article they are said to come from.
    text
        The file as decoded; offsets count its characters.
    knowledge
        What figures, dates and names are read by.
    """
    kept: list[Event] = []
    refused: list[Refusal] = []
    for event in events:
        why = fault_of(event, article, text, knowledge)
        if why is None:
            kept.append(event)
        else:
            refused.append(Refusal(event, why))
    return kept, refused


def fault_of(event: Event, article: Article, text: str, knowledge: Knowledge) -> str | None:
    """Return why an event has no grounds, ``None`` if it has."""
    if event.article != article.id:
        return f"names the article {_short(event.article)}, not {article.id}"
    if not (0 <= event.start < event.end <= len(text) and _in_body(event.start, event.end, article)):
        return "its passage lies outside the article"
    begin, finish = _place(event.start, event.end, article)
    passage = article.body.text[begin:finish]
    if not passage.strip() or _squeezed(passage) != _squeezed(event.evidence):
        return "its passage does not stand in the file where it says"
    if len(words_of(passage)) < _FEWEST_WORDS or (event.project is None and event.entity is None and not event.links):
        return "its passage says nothing of anybody"
    if knowledge.lexicon.patterns["grounding-orders"].search(_sentences(article.body.text, begin, finish)):
        return "its passage gives orders to a machine"
    return (
        _unfounded_figure(event, passage, knowledge.lexicon)
        or _unfounded_name(event, passage, article, knowledge)
        or _unfounded_date(event, passage, article, knowledge.lexicon)
    )


def is_named(name: str, text: str, names: Names) -> bool:
    """Tell whether a text names somebody: by that name, or by another one of the same site, party or body."""
    wanted = words_of(name)
    if wanted and f" {' '.join(wanted)} " in f" {' '.join(words_of(text))} ":
        return True
    known = {hit.entity for start, end, hit in names.find(name) if end - start >= len(name.strip()) - 1}
    return bool(known) and any(hit.entity in known for _, _, hit in names.find(text))


def is_dated(date: str, text: str, article: Article, lexicon: Lexicon) -> bool:
    """Tell whether a text gives a date, or one that is more precise, by itself or by the day of publication."""
    moments = (one for line in text.splitlines() for one in find_moments(line, article.day(), lexicon.reading.months))
    return any(one.when == date or one.when.startswith(f"{date}-") for one in moments)


def _short(text: str) -> str:
    return clean(text)[:60]


def _in_body(start: int, end: int, article: Article) -> bool:
    first, last = article.body.span(0, len(article.body.text))
    return first <= start < end <= last


def _place(start: int, end: int, article: Article) -> tuple[int, int]:
    return article.body.find_file_offset(start), article.body.find_file_offset(end - 1) + 1


def _squeezed(text: str) -> str:
    return _BLANKS.sub(" ", clean(text)).strip().casefold()


def _sentences(text: str, begin: int, finish: int) -> str:
    """Return the whole sentences a passage is part of."""
    start, end = text.rfind("\n", 0, begin) + 1, text.find("\n", finish)
    start, end = max(start, begin - _NEAR), min(end if end >= 0 else len(text), finish + _NEAR)
    line = text[start:end]
    touched = [(a, b) for a, b in sentence_spans(line) if a < finish - start and begin - start < b]
    return line[touched[0][0] : touched[-1][1]] if touched else line


def _unfounded_figure(event: Event, passage: str, lexicon: Lexicon) -> str | None:
    if event.amount is None and event.currency is not None:
        return "it has a currency and no sum"
    if event.amount is not None and not _is_sum(event.amount, event.currency, passage, lexicon):
        return f"the sum {event.amount:g} {_short(event.currency or 'without currency')} does not stand in its passage"
    shares = [value for one in find_shares(passage) for value in (one.low, one.high)]
    for share in _listed(event.share_pct):
        if not _among(share, shares):
            return f"the share {share:g} does not stand in its passage"
    for quantity in event.quantities:
        value, unit, of = float(quantity["value"]), quantity.get("unit"), quantity.get("of")
        if not _is_quantity(value, unit, passage, lexicon):
            return f"the quantity {value:g} {_short(unit or '')} does not stand in its passage"
        if of and not _has_words(of, passage):
            return f"the material {_short(of)!r} does not stand in its passage"
    return None


def _is_sum(value: float, currency: str | None, passage: str, lexicon: Lexicon) -> bool:
    sums = [one for one in find_amounts(passage, lexicon.figures, conversions=True) if one.currency == currency]
    return _among(value, (figure for one in sums for figure in (one.value, one.high) if figure is not None))


def _is_quantity(value: float, unit: str | None, passage: str, lexicon: Lexicon) -> bool:
    """Tell whether a passage holds a number with its unit, as the tables write it or in words of the passage."""
    for one in find_quantities(passage, lexicon.figures):
        if _among(value, (one.value,)) and unit in (None, one.unit):
            return True
    return _among(value, find_numbers(passage, lexicon.figures)) and (unit is None or _has_words(unit, passage))


def _has_words(wanted: str, passage: str) -> bool:
    return f" {' '.join(words_of(wanted))} " in f" {' '.join(words_of(passage))} "


def _listed(share: float | list[float] | None) -> list[float]:
    if share is None:
        return []
    return list(share) if isinstance(share, list) else [share]


def _among(value: float, figures: Iterable[float]) -> bool:
    return any(abs(one - value) <= _CLOSE * max(1.0, abs(value)) for one in figures)


def _cited(event: Event, of: str, article: Article) -> list[str]:
    """Return the words of the other places an event cites for one of its answers."""
    title = article.title
    found = []
    for what, start, end in event.context:
        if what != of or start >= end:
            continue
        if _in_body(start, end, article):
            begin, finish = _place(start, end, article)
            found.append(article.body.text[begin:finish])
        elif title is not None and title.span(0, len(title.text)) == (start, end):
            found.append(title.text)
    return found


def _unfounded_name(event: Event, passage: str, article: Article, knowledge: Knowledge) -> str | None:
    for of, name in (("project", event.project), ("entity", event.entity)):
        if name is None or is_named(name, passage, knowledge.names) or _is_described(name, passage, knowledge):
            continue
        if not any(is_named(name, one, knowledge.names) for one in _cited(event, of, article)):
            return f"the name {_short(name)!r} does not stand in its passage"
    return None


def _is_described(name: str, passage: str, knowledge: Knowledge) -> bool:
    """Tell whether a passage describes the site of that name: the tie is then an inference and marked as one."""
    sites = described_in(passage, knowledge.registry)
    return bool(sites) and any(
        hit.entity.source == "site" and hit.entity.id in sites for _, _, hit in knowledge.names.find(name)
    )


def _unfounded_date(event: Event, passage: str, article: Article, lexicon: Lexicon) -> str | None:
    told = [passage, *_cited(event, "date", article)]
    for date in (event.event_date, event.effective_date):
        if date is not None and not any(is_dated(date, one, article, lexicon) for one in told):
            return f"the date {_short(date)!r} does not stand in its passage"
    return None

"""What a passage leaves unsaid, and where the article says it: the places an event cites beside its own passage."""

from __future__ import annotations

from collections.abc import Iterator

from georisk.news.articles import Article
from georisk.news.extracting.grounding import is_dated, is_named
from georisk.news.extracting.knowledge import Knowledge
from georisk.news.linking.scenes import Scene
from georisk.news.linking.targets import Target
from georisk.news.naming.mentions import Mention
from georisk.news.sentences.structure import Sentence

Place = tuple[str, int, int]


def context_of(
    passage: str, target: Target, sentence: Sentence, dates: tuple[str | None, ...], article: Article, scene: Scene,
    knowledge: Knowledge,
) -> Iterator[Place]:  # fmt: skip
    """Yield the places to cite.

    Parameters
    ----------
    passage
        The words of the event.
    target, sentence, dates
        Whom it is about, the sentence it was found in, and when.
    article, scene, knowledge
        The article as read and as looked up, and what names and dates are known by.

    Yields
    ------
    tuple
        What is said there (``project``, ``entity`` or ``date``), start and end in the file.
    """
    for of, mention in (("project", target.project), ("entity", target.entity)):
        name = scene.cast.written(mention)
        if mention is None or name is None or is_named(name, passage, knowledge.names):
            continue
        place = _named_at(mention, name, article, scene, knowledge)
        if place is not None:
            yield of, *place
    for date in dates:
        if date is not None and not is_dated(date, passage, article, knowledge.lexicon):
            yield from _dated_at(date, sentence, article, knowledge)


def _named_at(
    mention: Mention, name: str, article: Article, scene: Scene, knowledge: Knowledge
) -> tuple[int, int] | None:
    """Return where the article writes a name in full: the naming meant, else the first one, else the title."""
    for one in (mention, *(other for other in scene.cast.mentions if other.entity == mention.entity)):
        if one.start >= 0 and is_named(name, article.body.text[one.start : one.end], knowledge.names):
            return article.body.span(one.start, one.end)
    title = article.title
    return title.span(0, len(title.text)) if title is not None and is_named(name, title.text, knowledge.names) else None


def _dated_at(date: str, sentence: Sentence, article: Article, knowledge: Knowledge) -> Iterator[Place]:
    for line in (sentence, sentence.lead_in):
        if line is not None and is_dated(date, line.text, article, knowledge.lexicon):
            yield "date", *article.body.span(line.start, line.end)
            return

"""An article as its events are looked up in it: sentences, everyone named, and what it is mainly about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from georisk.news.naming.mentions import Cast, Mention
from georisk.news.sentences.structure import Sentence
from georisk.news.tables import Patterns

COMPANIES = ("company", "fund", "group")
LENDERS = ("lender", "agency", "state")
ABOUT = (*COMPANIES, "project")
_BRIEF = 1500
_BEGINNING = 400
_RARELY = 9


@dataclass(frozen=True)
class Scene:
    """The article.

    Attributes
    ----------
    sentences, cast
        Its sentences and everyone it names.
    topic_project, topic_company
        What it is mainly about, ``None`` where it is about nobody in particular.
    patterns
        Patterns of words, by code.
    """

    sentences: Sequence[Sentence]
    cast: Cast
    topic_project: Mention | None
    topic_company: Mention | None
    patterns: Patterns

    @property
    def focused(self) -> bool:
        """Whether the article is about one project or company."""
        return self.topic_project is not None or self.topic_company is not None


def scene_of(sentences: Sequence[Sentence], cast: Cast, title: Sequence[Mention], patterns: Patterns) -> Scene:
    """Set the scene.

    The topic is the project and the company named most often, if the title names it or about every ninth
    sentence does; in a short text the one it begins with.
    """
    every = [*title, *cast.mentions]
    project = _leading([one for one in every if one.entity.kind == "project"], cast, sentences, title)
    company = _leading([one for one in every if one.entity.kind in COMPANIES], cast, sentences, title)
    if project is None and company is None:
        project = _leading([one for one in every if one.entity.kind == "programme"], cast, sentences, title)
    return Scene(sentences, cast, project, company, patterns)


def _leading(
    mentions: Sequence[Mention], cast: Cast, sentences: Sequence[Sentence], title: Sequence[Mention]
) -> Mention | None:
    if not mentions:
        return None
    top = max(mentions, key=lambda one: (cast.counts[one.entity], -one.start)).entity
    enough = max(2, sum(one.kind != "heading" for one in sentences) / _RARELY)
    if cast.counts[top] < enough and not any(one.entity == top for one in title):
        return _of_brief(mentions, sentences)
    return max((one for one in mentions if one.entity == top), key=lambda one: len(one.text))


def _of_brief(mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> Mention | None:
    """Return what a short text begins with, or the only one of its kind near its beginning."""
    early = [one for one in mentions if one.start < _BEGINNING]
    if early and len({one.entity for one in mentions}) == 1:
        return early[0]
    told = [one for one in sentences if one.kind != "heading"]
    if not told or told[-1].end > _BRIEF:
        return None
    return next((one for one in mentions if told[0].start <= one.start < told[0].end), None)

"""Whom an event is about: named beside it, meant by "the company", or what the whole article is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from georisk.news.linking.references import authority_before, lender_above, meant, named_above, project_meant
from georisk.news.linking.scenes import COMPANIES, LENDERS, Scene
from georisk.news.naming.mentions import Mention
from georisk.news.sentences.structure import Sentence
from georisk.news.spotting.spots import Spot
from georisk.news.tables import Patterns

PROGRAMME_TYPES = frozenset(("loan", "financing_package", "investment", "fund_formation", "equity_investment", "grant"))
_PAID = frozenset(("loan", "grant", "guarantee", "financing_package", "equity_investment", "investment"))
_UNDER = re.compile(r"\b(?:under|through|from|via|by)(?: the)? $")
_OF = re.compile(r"(?:%|per ?cent|stake|interest|half|rest|shares?) (?:of|in) (?:the )?$")
_ROW_HEAD = re.compile(r"(?:^|[–—-]\s|[;:]\s)$")
_SHORT = 16
_LONGER = 24


@dataclass(frozen=True, slots=True)
class Target:
    """Whom an event is about.

    Attributes
    ----------
    project, entity
        The project named and the company or body concerned, as the text writes them; ``None`` without one.
    basis
        ``clause``, ``sentence``, ``reference`` ("the mine"), ``list`` (its heading or lead-in), ``article`` or
        ``none``.
    parties
        All that the sentence names, with what they are.
    """

    project: Mention | None
    entity: Mention | None
    basis: str
    parties: tuple[Mention, ...]

    def about(self) -> list[Mention]:
        """Return the project and the entity, those there are."""
        return [one for one in (self.project, self.entity) if one is not None]


def target_of(spot: Spot, number: int, scene: Scene) -> Target:
    """Tell whom a spot is about.

    Parameters
    ----------
    spot
        The spot.
    number
        The index of its sentence in the scene.
    scene
        The article.
    """
    sentence = spot.sentence
    named = tuple(scene.cast.within(sentence.start, sentence.end))
    for basis, mentions in _circles(spot, number, named, scene):
        found = _pick(mentions, spot, basis, named, scene.patterns)
        if found is not None:
            return _completed(found, spot, number, scene) if basis in ("clause", "sentence") else found
    return _from_afar(spot, named, scene)


def _circles(
    spot: Spot, number: int, named: tuple[Mention, ...], scene: Scene
) -> Iterator[tuple[str, Sequence[Mention]]]:
    """Yield who may be meant, from the clause outwards."""
    sentence = spot.sentence
    begin, finish = (sentence.start + at for at in sentence.clause_at(spot.start))
    beside = [one for one in named if begin <= one.start < finish]
    asking = authority_before(number, scene) if _is_asked_by_authority(spot, beside, scene.patterns) else None
    if asking is not None:
        yield "reference", [one for one in (scene.topic_project, asking) if one is not None]
    yield "clause", beside
    yield "sentence", named
    yield "reference", meant(sentence, number, scene)
    yield "list", named_above(sentence, scene)


def _is_asked_by_authority(spot: Spot, beside: Sequence[Mention], patterns: Patterns) -> bool:
    return spot.type == "probe" and not beside and patterns["targets-authority"].match(spot.sentence.text) is not None


def _from_afar(spot: Spot, named: tuple[Mention, ...], scene: Scene) -> Target:
    """Fall back on the lender of the list, the topic of the article, who pays, a lender or a country named."""
    listed = lender_above(spot.sentence, scene)
    if listed is not None:
        return Target(None, listed, "list", named)
    if scene.focused:
        return Target(scene.topic_project, scene.topic_company, "article", named)
    paying = _pick(named, spot, "sentence", named, scene.patterns, last=True)
    if paying is not None:
        return paying
    for kinds in (LENDERS, ("country",)):
        for one in named:
            if one.entity.kind in kinds:
                return Target(None, one, "clause", named)
    return Target(None, None, "none", named)


def _pick(
    mentions: Sequence[Mention],
    spot: Spot,
    basis: str,
    parties: tuple[Mention, ...],
    patterns: Patterns,
    last: bool = False,
) -> Target | None:
    """Choose project and company among namings: the nearest that fit the type of event."""
    at = spot.sentence.start + (spot.start + spot.end) // 2
    project = _nearest([one for one in mentions if one.entity.kind == "project"], at)
    entity = _party(mentions, spot, at, patterns, last)
    if project is not None or entity is not None:
        return Target(project, entity, basis, parties)
    if spot.type == "probe" and basis == "reference" and mentions:
        return Target(None, mentions[-1], basis, parties)
    programmes = [
        one for one in mentions if one.entity.kind == "programme" and not _funds(one, spot.sentence, patterns)
    ]
    programme = _nearest(programmes, at)
    return Target(programme, None, basis, parties) if programme is not None and spot.type in PROGRAMME_TYPES else None


def _funds(mention: Mention, sentence: Sentence, patterns: Patterns) -> bool:
    """Tell whether a programme is named as the one that pays: "CHIPS funding", "under the ... programme"."""
    start, end = mention.start - sentence.start, mention.end - sentence.start
    if patterns["targets-money"].match(sentence.text, end):
        return True
    return _UNDER.search(sentence.text, max(0, start - _SHORT), max(0, start)) is not None


def _party(mentions: Sequence[Mention], spot: Spot, at: int, patterns: Patterns, last: bool) -> Mention | None:
    """Return the company an event concerns: who receives money, what is bought, whose shares or output it is."""
    companies = [
        one
        for one in mentions
        if one.entity.kind in COMPANIES or _is_listed(one, spot) or one.start < spot.sentence.start
    ]
    companies = [one for one in companies if one.entity.kind not in ("project", "country", "agency")]
    companies = [one for one in companies if one.entity.kind != "group"] or companies
    if spot.type in _PAID:
        companies = [one for one in companies if not _pays(one, spot.sentence, patterns)] or (companies if last else [])
    holder = _holder(mentions, spot, patterns) if spot.type == "ownership" else None
    if holder is not None:
        return holder
    if len(companies) > 1 and spot.type == "ownership":
        companies = [one for one in companies if _is_owned(one, spot.sentence)][-1:] or companies
    if len(companies) > 1 and spot.type in ("acquisition", "stake_purchase"):
        companies = [one for one in companies if one.start >= spot.sentence.start + spot.start] or companies
    return _nearest(companies, at)


def _holder(mentions: Sequence[Mention], spot: Spot, patterns: Patterns) -> Mention | None:
    """Return who a share is said to be held by: the name in front of the verb, or in front of the bracket."""
    if spot.share is None:
        return None
    text, base = spot.sentence.text, spot.sentence.start
    able = [one for one in mentions if one.entity.kind not in ("country", "region", "project", "person")]
    for one in reversed(able):
        if one.end - base <= spot.share.start and patterns["targets-holder"].fullmatch(
            text, max(0, one.end - base), spot.share.start
        ):
            return one
    return _before_share(able, spot)


def _before_share(mentions: Sequence[Mention], spot: Spot) -> Mention | None:
    """Return the name a share stands directly behind, in brackets: "ZCC (40%)"."""
    if spot.share is None:
        return None
    text, base = spot.sentence.text, spot.sentence.start
    opening = text.rfind("(", 0, spot.share.start + 1)
    if opening < 0 or text[opening + 1 : spot.share.start].strip():
        return None
    end = base + len(text[:opening].rstrip())
    return next((one for one in mentions if one.end == end and one.entity.kind not in ("country", "region")), None)


def _pays(mention: Mention, sentence: Sentence, patterns: Patterns) -> bool:
    """Tell whether a name is the one that pays: "X will provide", "a loan from X"."""
    start, end = mention.start - sentence.start, mention.end - sentence.start
    if start < 0:
        return False
    before = sentence.text[max(0, start - _SHORT) : start]
    return (
        patterns["targets-pays"].match(sentence.text, end) is not None
        or patterns["targets-paid-by"].search(before) is not None
    )


def _is_owned(mention: Mention, sentence: Sentence) -> bool:
    """Tell whether a name is what a share is held in: "84% of Nyati"."""
    start = mention.start - sentence.start
    return _OF.search(sentence.text, max(0, start - _LONGER), max(0, start)) is not None


def _is_listed(mention: Mention, spot: Spot) -> bool:
    """Tell whether a name of no known kind stands where a row of deals names its company: its head, behind a dash."""
    item = spot.sentence.kind == "item"
    if mention.entity.kind == "line-head":
        return item or (spot.figured and " " in mention.text)
    if mention.entity.kind != "unknown" or not spot.figured:
        return False
    return item and _ROW_HEAD.search(spot.sentence.text, 0, max(0, mention.start - spot.sentence.start)) is not None


def _nearest(mentions: Sequence[Mention], at: int) -> Mention | None:
    return min(mentions, key=lambda one: min(abs(one.start - at), abs(one.end - at)), default=None)


def _completed(found: Target, spot: Spot, number: int, scene: Scene) -> Target:
    """Add the project that the clause leaves out, where the sentence or the thread of the text names it."""
    if found.project is not None or found.entity is None:
        return found
    text = spot.sentence.text
    projects = [one for one in found.parties if one.entity.kind == "project"]
    if scene.patterns["targets-site-other"].search(text):
        return found
    if not projects and (scene.patterns["targets-site-meant"].search(text) or " of it" in text):
        projects = project_meant(text, number, scene)
    return replace(found, project=projects[0]) if projects else found

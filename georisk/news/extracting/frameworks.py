"""What only the whole article shows: parts of a soft framework, and timetables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from georisk.news.articles import Article
from georisk.news.extracting.assembling import Proposal, assemble
from georisk.news.extracting.knowledge import Knowledge
from georisk.news.judging.modality import modality_of
from georisk.news.linking.scenes import Scene
from georisk.news.linking.targets import target_of
from georisk.news.sentences.moments import find_moments
from georisk.news.spotting.spots import Spot

_PARTS_OFF = 0.02
_MOST_SUMS = 24
_LONGEST_TIMETABLE = 12
_SOFT = "proposed-nonbinding"
_WOULD = re.compile(r"\bwould\b")


def softened(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Let what belongs to a non-binding proposal be no firmer than it, where nothing else is said of it.

    That is the parts of a framework, known by their sum (within two per cent), and what parties to a
    memorandum "would" do.
    """
    soft = [one for one in proposals if one.event.modality == _SOFT]
    parts = {id(one) for whole in soft for one in _parts_of(whole, proposals)}
    bound = {name for one in soft for name in _about(one)}
    parts |= {id(one) for one in proposals if _would(one) and _about(one) & bound}
    return [replace(one, event=replace(one.event, modality=_SOFT)) if id(one) in parts else one for one in proposals]


def _would(one: Proposal) -> bool:
    return one.event.modality == "claimed" and _WOULD.search(one.event.evidence) is not None


def _parts_of(whole: Proposal, proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    amount = whole.event.amount
    if amount is None:
        return
    others = [one for one in proposals if _may_be_part(one, whole)][:_MOST_SUMS]
    for pair in combinations(others, 2):
        total = sum(one.event.amount or 0.0 for one in pair)
        if abs(total - amount) <= _PARTS_OFF * total:
            yield from (one for one in pair if not one.spot.modality)


def _may_be_part(one: Proposal, whole: Proposal) -> bool:
    if one.event.amount is None or one.event.amount == whole.event.amount or one.event.currency != whole.event.currency:
        return False
    return one.event.modality in ("completed", _SOFT) and bool(_about(one) & _about(whole))


def _about(one: Proposal) -> set[str]:
    return {mention.entity.id for mention in one.target.about()} | {
        link.id for link in one.event.links if link.kind == "site"
    }


def timetables(article: Article, scene: Scene, knowledge: Knowledge) -> Iterator[Proposal]:
    """Find timetables: a project with dates above a list of its stages."""
    lexicon = knowledge.lexicon
    stage = lexicon.patterns["recognising-stage-words"]
    for number, line in enumerate(scene.sentences):
        if line.kind != "lead-in" or line.summary:
            continue
        following = scene.sentences[number + 1 : number + _LONGEST_TIMETABLE]
        if sum(one.lead_in is line and stage.search(one.text) is not None for one in following) < 2:
            continue
        named = [one for one in scene.cast.within(line.start, line.end) if one.entity.kind in ("project", "company")]
        if named and find_moments(line.text, article.day(), lexicon.reading.months):
            spot = Spot(line, "stage_change", 0, len(line.text), "timetable", 2, frozenset(("target",)), "claimed")
            target = target_of(spot, number, scene)
            yield assemble(article, spot, target, modality_of(spot, lexicon), None, scene, knowledge)

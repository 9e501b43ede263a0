"""From an article to its events: find spots, tell whom they are about, mark traps, say how real they are."""

from __future__ import annotations

from collections.abc import Iterator

from georisk.news.articles import Article
from georisk.news.extracting.assembling import Proposal, assemble
from georisk.news.extracting.frameworks import softened, timetables
from georisk.news.extracting.knowledge import Knowledge
from georisk.news.judging.modality import modality_of
from georisk.news.judging.needs import meets_needs
from georisk.news.judging.traps import is_sum_of_others, trap_of
from georisk.news.linking.references import above
from georisk.news.linking.registry import described_in
from georisk.news.linking.scenes import ABOUT, LENDERS, Scene, scene_of
from georisk.news.linking.targets import Target, target_of
from georisk.news.naming.mentions import Cast, cast_of
from georisk.news.sentences.structure import Sentence, sentences_of
from georisk.news.spotting.finding import figures_of, spots_of
from georisk.news.spotting.lexicon import Lexicon
from georisk.news.spotting.spots import Figures, Spot

_LONGEST_ROW = 200
_DEALS = ("approv", "deal", "loan", "grant", "award", "financ", "invest", "lend", "portfolio", "commit", "includ")


def propose(article: Article, knowledge: Knowledge) -> list[Proposal]:
    """Return every event the rules can see in an article, those in traps included."""
    lexicon = knowledge.lexicon
    scene = read_scene(article, knowledge)
    title = article.title.text if article.title is not None else ""
    spots = [(number, spot) for number, found in _spots(scene, lexicon, title) for spot in found]
    proposals = [
        _proposal(article, number, spot, [one for _, one in spots], scene, knowledge) for number, spot in spots
    ]
    return softened([*(one for one in proposals if one is not None), *timetables(article, scene, knowledge)])


def read_scene(article: Article, knowledge: Knowledge) -> Scene:
    """Split an article into sentences, find everyone it names, and tell what it is mainly about."""
    sentences = sentences_of(article.body.text, knowledge.lexicon.reading)
    title = article.title.text if article.title is not None else None
    cast = cast_of(article.body.text, sentences, title, knowledge.names, article.publisher)
    return scene_of(sentences, cast, cast.titled, knowledge.lexicon.patterns)


def _proposal(
    article: Article, number: int, spot: Spot, spots: list[Spot], scene: Scene, knowledge: Knowledge
) -> Proposal | None:
    lexicon = knowledge.lexicon
    target = target_of(spot, number, scene)
    if not any(one.entity.kind in ABOUT for one in target.about()) or target.basis == "article":
        target = _described(spot, target, knowledge)
    if not meets_needs(spot, target, lexicon.patterns):
        return None
    modality = modality_of(spot, lexicon)
    trap = trap_of(spot, target, modality, article.day(), lexicon)
    if trap is None and is_sum_of_others(spot, spots, lexicon):
        trap = "sum"
    return assemble(article, spot, target, modality, trap, scene, knowledge)


def _described(spot: Spot, target: Target, knowledge: Knowledge) -> Target:
    """Let an event that names nobody be about the one site of the registry that its sentence describes."""
    if any(one.entity.kind in ABOUT for one in target.parties):
        return target
    sites = described_in(spot.sentence.text, knowledge.registry)
    return Target(None, None, "description", target.parties) if len(sites) == 1 else target


def _spots(scene: Scene, lexicon: Lexicon, title: str) -> Iterator[tuple[int, list[Spot]]]:
    for number, sentence in enumerate(scene.sentences):
        if sentence.kind in ("heading", "run-in") or sentence.summary:
            continue
        figures = figures_of(sentence, lexicon)
        context = " ".join([title, *(one.text for one in above(sentence))])
        dealing = _is_deal(sentence, figures, scene.cast, context)
        yield number, spots_of(sentence, figures, lexicon, dealing, context, _known_names(sentence, scene.cast))


def _known_names(sentence: Sentence, cast: Cast) -> tuple[tuple[int, int], ...]:
    named = cast.within(sentence.start, sentence.end)
    return tuple((m.start - sentence.start, m.end - sentence.start) for m in named if m.entity.source != "candidate")


def _is_deal(sentence: Sentence, figures: Figures, cast: Cast, context: str) -> bool:
    """Tell whether a sentence stands in a list of deals: a short item with a sum below a lender or words of lending."""
    if sentence.kind != "item" or not figures.amounts or len(sentence.text) > _LONGEST_ROW:
        return False
    named = [one for line in above(sentence) for one in cast.within(line.start, line.end)]
    return any(one.entity.kind in LENDERS for one in named) or any(word in context.lower() for word in _DEALS)

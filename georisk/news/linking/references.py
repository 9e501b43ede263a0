"""Whom "it", "the mine" and "the company" mean, and whom a heading or the line above a list names."""

from __future__ import annotations

from collections.abc import Sequence

from georisk.news.linking.scenes import ABOUT, COMPANIES, LENDERS, Scene
from georisk.news.naming.mentions import Mention
from georisk.news.naming.names import Entity
from georisk.news.sentences.structure import Sentence

_FAR_BACK = 5
_NEAR_BACK = 3
_BLOCK = 400


def meant(sentence: Sentence, number: int, scene: Scene) -> list[Mention]:
    """Return whom a sentence means without naming them; empty if it points back to nobody.

    Parameters
    ----------
    sentence, number
        The sentence and its index in the scene.
    scene
        The article.
    """
    if scene.patterns["targets-meant"].search(sentence.text) is None:
        return []
    wanted = [one for one in _before(number, scene) if one.entity.kind in ABOUT]
    if not wanted and scene.patterns["targets-own"].search(sentence.text):
        return [one for one in (scene.topic_project, scene.topic_company) if one is not None]
    if not wanted:
        return []
    projects = any(one.entity.kind == "project" for one in wanted)
    near = [one for one in wanted if one.start >= wanted[-1].start - _BLOCK and one.entity.kind in COMPANIES]
    return (project_meant(sentence.text, number, scene) if projects else []) + _leads(near, scene)


def project_meant(text: str, number: int, scene: Scene) -> list[Mention]:
    """Return the project that "the mine" or "it" means: the article's own if it fits, else the one named last."""
    earlier: list[Mention] = []
    for sentence in scene.sentences[max(0, number - _FAR_BACK) : number]:
        earlier += [one for one in scene.cast.within(sentence.start, sentence.end) if one.entity.kind == "project"]
    if scene.patterns["targets-mine"].search(text):
        mines = [one for one in earlier if not scene.patterns["targets-plant"].search(one.entity.name)]
        earlier = mines or earlier
    topic = scene.topic_project
    if topic is None or topic.entity.kind != "project":
        return earlier[-1:]
    return [topic] if not earlier or any(one.entity == topic.entity for one in earlier) else earlier[-1:]


def _leads(companies: Sequence[Mention], scene: Scene) -> list[Mention]:
    """Return the company that leads: the article's own if it is among them, else the one named first."""
    topic = scene.topic_company
    if topic is not None and any(one.entity == topic.entity for one in companies):
        return [topic]
    return list(companies[:1])


def _before(number: int, scene: Scene) -> list[Mention]:
    """Return who is named shortly before a sentence, back to a project or company, not beyond a heading."""
    found: list[Mention] = []
    for sentence in reversed(scene.sentences[max(0, number - _NEAR_BACK) : number]):
        if sentence.kind in ("heading", "run-in"):
            break
        found = scene.cast.within(sentence.start, sentence.end) + found
        if any(one.entity.kind in ABOUT for one in found):
            break
    return found


def authority_before(number: int, scene: Scene) -> Mention | None:
    """Return the country or body that "it" or "the government" means."""
    for sentence in reversed(scene.sentences[max(0, number - _NEAR_BACK) : number]):
        for one in scene.cast.within(sentence.start, sentence.end):
            if one.entity.kind in ("country", "agency"):
                return one
    return None


def above(sentence: Sentence) -> list[Sentence]:
    """Return the line that opens a list and the heading a sentence stands under."""
    return [one for one in (sentence.lead_in, sentence.heading) if one is not None]


def named_above(sentence: Sentence, scene: Scene) -> list[Mention]:
    """Return the projects and companies that the line above a list names, else those of the heading."""
    for line in above(sentence):
        named = scene.cast.within(line.start, line.end)
        found = [one for one in named if one.entity.kind in ABOUT or line.kind == "run-in"]
        if found:
            return found
    return []


def lender_above(sentence: Sentence, scene: Scene) -> Mention | None:
    """Return the lender whose list of deals an item stands in."""
    if sentence.kind != "item":
        return None
    named = [one for line in above(sentence) for one in scene.cast.within(line.start, line.end)]
    return next((one for one in named if _lends(one.entity)), None)


def _lends(entity: Entity) -> bool:
    return entity.kind == "lender" or (entity.kind in LENDERS and ("Bank" in entity.name or "Finance" in entity.name))


def lenders_near(parties: Sequence[Mention], sentence: Sentence, scene: Scene) -> list[Entity]:
    """Return the public lenders and bodies behind an event: those of its sentence, else those above its list."""
    found = [one.entity for one in parties if one.entity.kind in LENDERS]
    if found:
        return found
    named = [one.entity for line in above(sentence) for one in scene.cast.within(line.start, line.end)]
    return [one for one in named if one.kind in LENDERS]

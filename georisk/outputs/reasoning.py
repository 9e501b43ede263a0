"""Scores and what would change them, in sentences that the terminal and the dossiers share."""

from __future__ import annotations

import math

from georisk.assessment import COMPOSITE, Score, Scored
from georisk.explaining.reasons import Argument, Explanation, bands_between, room_to_bands, title_of
from georisk.explaining.swings import BOUNDED, UNKNOWN, Swing
from georisk.method import Method


def headline(explanation: Explanation) -> list[str]:
    """Return the opening of the argument: the score, how far it is from other bands, what carries it."""
    whole = explanation.composite
    sentences = [
        f"{explanation.scored.name}: {verdict(explanation.assessment.method, whole.score)}.",
        *standing(explanation, whole),
    ]
    if whole.part is not None:
        sentences.append(f"It is the score of {whole.part}, the worst part of the site that is not only planned.")
    sentences += _carried(explanation)
    return [*sentences, weak_sentence(explanation)]


def figure(method: Method, score: float | None, digits: int = 1) -> str:
    """Return a score with so many decimals; rounding never carries it into the next band.

    No score is an en dash.
    """
    if score is None:
        return "–"
    rounded = round(score, digits)
    if method.band_of(rounded) != method.band_of(score):
        rounded = math.floor(score * 10**digits) / 10**digits
    return f"{rounded:.{digits}f}"


def interval_text(score: Score, digits: int = 1) -> str:
    """Return the interval of a score: ``49.5 to 60.9``."""
    return f"{score.low:.{digits}f} to {score.high:.{digits}f}"


def statements_of(score: Score) -> tuple[str, ...]:
    """Return all ids behind a score; a composite rests on what its dimensions rest on."""
    return tuple(dict.fromkeys(name for one in score.contributions for name in one.statements))


def statements_behind(scored: Scored) -> tuple[str, ...]:
    """Return all ids behind a composite; one that is not scored still rests on what its dimensions found."""
    found = statements_of(scored.composite)
    rest = (name for one in scored.dimensions.values() for name in statements_of(one))
    return found or tuple(dict.fromkeys(rest))


def weak_text(score: Score) -> str:
    """Return what the band would be with C and D evidence; empty where it would not change."""
    return f"with grades C and D: {score.weak_band}" if score.weak_band else ""


def verdict(method: Method, score: Score) -> str:
    """Return a score in a phrase, such as ``57.1 of 100, band high``; not scored: why, and the interval."""
    if score.score is None:
        return f"not scored, because {score.reason}; between {score.low:.1f} and {score.high:.1f}"
    return f"{figure(method, score.score)} of 100, band {score.band}"


def standing(explanation: Explanation, argument: Argument) -> list[str]:
    """Return how wide the interval of a score is, how near other bands are and how much is known."""
    method, score = explanation.assessment.method, argument.score
    if score.score is None:
        return []
    room = f"{_room(method, score.score)} {_known(score)}"
    if round(score.low, 1) == round(score.high, 1):
        return ["Nothing in it is unknown or only bounded.", room]
    interval = (
        f"With everything unknown or bounded at its two ends it lies between {score.low:.1f} and {score.high:.1f}"
    )
    others = [band for band in bands_between(method, score.low, score.high) if band != score.band]
    reach = f", which reaches into {_listed(others)}." if others else ", all within the band."
    return [interval + reach, room]


def _room(method: Method, score: float) -> str:
    below, down, above, up = room_to_bands(method, score)
    sides = [f"{down:.1f} points above the edge to {below}"] if below is not None else []
    sides += [f"{up:.1f} points below the edge to {above}"] if above is not None else []
    return f"It stands {' and '.join(sides)}." if sides else ""


def _known(score: Score) -> str:
    return f"{100 * score.known_weight:.0f} % of the weight that applies is known."


def _carried(explanation: Explanation) -> list[str]:
    whole = explanation.composite
    if whole.score.score is None or not whole.reasons:
        return []
    first = whole.reasons[0]
    own = next(one for one in whole.score.contributions if one.indicator == first.indicator)
    title = explanation.of(first.indicator).title
    text = f"{title} carries most of it: {first.points:.1f} of the {whole.score.score:.1f} points"
    return [f"{text}; alone it stands at {own.value:.1f}."]


def weak_sentence(explanation: Explanation) -> str:
    """Return what summaries and memory (grades C and D), which move no score, would change."""
    changed = [
        f"{explanation.of(one.key).title} would be {one.score.weak_band or 'not scored'}"
        for one in explanation.arguments
        if one.score.weak_band is not None
    ]
    rule = "Only evidence of grades A and B moves the scores"
    if not changed:
        return f"{rule}; summaries and memory (C and D) would change no band."
    return f"{rule}; with summaries and memory (C and D) {_listed(changed)}."


def swing_ends(explanation: Explanation, swing: Swing) -> str:
    """Return where the scores would stand with the fact at its two ends."""
    title = explanation.of(swing.dimension).title
    dimension = _ends(explanation.assessment.method, title, swing.low, swing.high)
    composite = _ends(explanation.assessment.method, "the composite", swing.composite_low, swing.composite_high)
    return f"At its ends: {dimension}; {composite}."


def _ends(method: Method, title: str, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"{title} still without a score"
    ends = figure(method, low), figure(method, high)
    if ends[0] == ends[1]:
        return f"{title} stays {ends[0]} ({method.band_of(low)})"
    first, last = method.band_of(low), method.band_of(high)
    if first == last:
        return f"{title} {ends[0]} to {ends[1]} ({first})"
    return f"{title} {ends[0]} ({first}) to {ends[1]} ({last})"


def swing_effect(explanation: Explanation, swing: Swing) -> str:
    """Return what knowing the fact would do: bands it can change, width it removes."""
    title = explanation.of(swing.dimension).title
    bands = [f"the composite {_listed(list(swing.composite_bands))}"] if swing.composite_bands else []
    bands += [f"{title} {_listed(list(swing.bands))}"] if swing.bands else []
    effects = [f"could make {' and '.join(bands)}"] if bands else ["changes no band"]
    effects += [_width(title, swing)] if swing.width >= 0.05 else []
    return f"It {' and '.join(effects)}."


def _width(title: str, swing: Swing) -> str:
    composite = f" and {swing.composite_width:.1f} off the composite's" if swing.composite_width >= 0.05 else ""
    return f"takes {swing.width:.1f} points off the interval of {title}{composite}"


def swing_state(swing: Swing) -> str:
    """Return why a fact counts as open: that nobody looked, or what stands today and is only bounded."""
    if swing.kind == UNKNOWN:
        return f"Unknown: {title_of(swing.reason)}."
    return f"{'Bounded' if swing.kind == BOUNDED else 'Estimated'} today: {swing.sentence}"


def scored_as(explanation: Explanation, argument: Argument) -> str:
    """Return the title of an argument with its score: ``China linkage 90.3, severe (76.2 to 96.2)``."""
    score = argument.score
    if score.score is None:
        return f"{argument.title}: not scored ({interval_text(score)})"
    weight = "" if argument.key == COMPOSITE else f", {argument.weight:.0f} % of the composite's weight"
    shown = figure(explanation.assessment.method, score.score)
    return f"{argument.title} {shown}, {score.band} ({interval_text(score)}){weight}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"

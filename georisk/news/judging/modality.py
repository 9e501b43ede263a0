"""How real an event is: the act the passage reports, not what may follow from it."""

from __future__ import annotations

import re
from functools import lru_cache

from georisk.news.sentences.structure import Sentence
from georisk.news.spotting.lexicon import Cue, Lexicon
from georisk.news.spotting.spots import Spot

_SIZES = frozenset(("capacity", "resource", "capex"))
_PAPER_FIRST = frozenset(("mou",))
_INSTALLED = re.compile(r"\b(?:has|have|today|current(?:ly)?|installed|existing|now)\b")


def modality_of(spot: Spot, lexicon: Lexicon) -> str:
    """Tell how real an event is.

    The cues of the sentence are weighed: those near the telling words more, those of its own clause more,
    those of the line above a list where the item has none. Sizes and costs are claims unless something else
    is said of them.
    """
    sentence = spot.sentence
    scored = _scores(sentence, spot, lexicon)
    if spot.modality:
        scored[spot.modality] = scored.get(spot.modality, 0.0) + 3.2
    if not scored:
        scored = _above(spot, lexicon)
    if spot.type in _SIZES:
        return _of_size(spot, scored)
    if not scored:
        return lexicon.types[spot.type].more["usual"]
    return max(scored, key=lambda name: scored[name])


def _of_size(spot: Spot, scored: dict[str, float]) -> str:
    for modality in ("conditional", "denied", "speculative"):
        if scored.get(modality, 0.0) > 2.5:
            return modality
    if (
        spot.type == "capacity"
        and _INSTALLED.search(spot.sentence.text) is not None
        and scored.get("claimed", 0.0) < 1.0
    ):
        return "completed"
    return "claimed"


@lru_cache(maxsize=512)
def _hits(text: str, lexicon: Lexicon) -> tuple[tuple[Cue, int, int], ...]:
    return tuple((cue, hit.start(), hit.end()) for cue in lexicon.cues for hit in cue.pattern.finditer(text))


def _scores(sentence: Sentence, spot: Spot, lexicon: Lexicon) -> dict[str, float]:
    begin, finish = sentence.clause_at(spot.start)
    scored: dict[str, float] = {}
    for cue, start, end in _hits(sentence.text, lexicon):
        gap = _gap(start, end, spot)
        if gap > cue.reach or (cue.side == "before" and start >= spot.end) or _is_part(cue, start, spot):
            continue
        own = 1.0 if begin <= start < finish else 0.45
        between = (
            sentence.text[end : spot.start] if end <= spot.start else sentence.text[spot.end : max(spot.end, start)]
        )
        if _MONEY.search(between) or (start >= spot.end and " and " in between):
            own *= 0.4
        worth = cue.weight * own * (1.0 - 0.6 * gap / max(cue.reach, 1))
        scored[cue.modality] = max(scored.get(cue.modality, 0.0), worth)
    return scored


def _is_part(cue: Cue, start: int, spot: Spot) -> bool:
    """Tell whether a cue is the event itself: an option is no condition of its own."""
    return cue.code == "option-cue" and spot.type == "equity_option" and spot.start <= start < spot.end


_MONEY = re.compile(r"[$€£]\s?\d")


def _gap(start: int, end: int, spot: Spot) -> int:
    if end <= spot.start:
        return spot.start - end
    if start >= spot.end:
        return start - spot.end
    return 0


def _above(spot: Spot, lexicon: Lexicon) -> dict[str, float]:
    """Weigh the cues of the line that opens the list, where the item itself has none."""
    lead_in = spot.sentence.lead_in
    if lead_in is None:
        return {}
    scored: dict[str, float] = {}
    for cue in lexicon.cues:
        if cue.pattern.search(lead_in.text):
            scored[cue.modality] = max(scored.get(cue.modality, 0.0), float(cue.weight))
    return scored

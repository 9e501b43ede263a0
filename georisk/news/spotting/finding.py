"""Everything in a sentence that may tell of an event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from georisk.news.sentences.figures import find_amounts, find_quantities
from georisk.news.sentences.shares import find_shares
from georisk.news.sentences.structure import Sentence
from georisk.news.spotting.holdings import share_spots
from georisk.news.spotting.lexicon import Lexicon
from georisk.news.spotting.merging import merged
from georisk.news.spotting.money import money_spots
from georisk.news.spotting.spots import Figures, Spot, Told
from georisk.news.spotting.tonnages import quantity_spots
from georisk.news.tables import Patterns

_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"[a-z]+")
_FOR = re.compile(r"[^.;,]{0,50}\bfor\b")
_PARTS = ("%", "per", "half", "third", "quarter")
_OBJECT = 60
_MOST = 60


def figures_of(sentence: Sentence, lexicon: Lexicon) -> Figures:
    """Find the figures of a sentence; what holds more than sixty is a table, and none of them counts."""
    text, lowered = sentence.text, sentence.text.lower()
    digits = _DIGIT.search(text) is not None
    amounts = find_amounts(text, lexicon.figures) if digits or "llion" in lowered else []
    shares = find_shares(text) if any(part in lowered for part in _PARTS) else []
    quantities = find_quantities(text, lexicon.figures) if digits else []
    if max(len(amounts), len(shares), len(quantities)) > _MOST:
        return Figures()
    taken = [(one.start, one.end) for one in amounts]
    free = [one for one in quantities if not any(a < one.end and one.start < b for a, b in taken)]
    return Figures(tuple(amounts), tuple(shares), tuple(free))


def spots_of(
    sentence: Sentence,
    figures: Figures,
    lexicon: Lexicon,
    dealing: bool,
    context: str,
    names: tuple[tuple[int, int], ...] = (),
) -> list[Spot]:
    """Find what a sentence may tell of.

    Parameters
    ----------
    sentence, figures
        The sentence and its figures.
    lexicon
        What to go by.
    dealing
        Whether it stands in a list of deals, where a bare sum counts.
    context
        What stands above it: title, heading, lead-in.
    names
        Spans of known names within the sentence.
    """
    blank = Told(sentence, figures, (), context, dealing, names)
    triggered = tuple(one for one in _triggered(sentence, lexicon) if not blank.in_name(one.start, one.end))
    told = replace(blank, triggered=triggered)
    spots = [*money_spots(told, lexicon), *share_spots(told, lexicon.patterns), *quantity_spots(told, lexicon.patterns)]
    return merged([_bought(one, lexicon.patterns) for one in (*spots, *triggered)], sentence)


def _bought(spot: Spot, patterns: Patterns) -> Spot:
    """Let a purchase of shares be no purchase of the whole."""
    if spot.type != "acquisition" or spot.amount is not None or spot.rule not in ("acquire", "buy"):
        return spot
    words = spot.sentence.text[spot.end : spot.end + _OBJECT]
    shares = patterns["finding-of-shares"].match(words) is not None and _FOR.match(words) is None
    return replace(spot, type="stake_purchase") if shares else spot


def _triggered(sentence: Sentence, lexicon: Lexicon) -> Iterator[Spot]:
    words = set(_WORDS.findall(sentence.text.lower()))
    for one in lexicon.triggers_in(words):
        for hit in one.pattern.finditer(sentence.text):
            yield Spot(sentence, one.type, hit.start(), hit.end(), one.code, one.strength, one.needs, one.modality)

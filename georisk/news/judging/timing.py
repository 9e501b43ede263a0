"""When: the day an event happened, and the day it takes effect or ends."""

from __future__ import annotations

from datetime import date

from georisk.news.sentences.moments import Moment, find_moments
from georisk.news.spotting.lexicon import Lexicon
from georisk.news.spotting.spots import Spot

_FUTURE_MODALITIES = frozenset(("claimed", "conditional", "speculative", "binding"))
_WORDS_BEFORE = 24


def dates_of(spot: Spot, modality: str, published: date | None, lexicon: Lexicon) -> tuple[str | None, str | None]:
    """Return when an event happened and when it takes effect, as precise as the text; ``None`` where it does not say.

    Dates of the event's own clause come first. A date after the publication, or behind "by", "until", "due",
    is one of effect.
    """
    sentence, months = spot.sentence, lexicon.reading.months
    text = sentence.text
    moments = find_moments(text, published, months)
    if not moments and sentence.lead_in is not None:
        text = sentence.lead_in.text
        moments = find_moments(text, published, months)
    begin, finish = sentence.clause_at(spot.start)
    own = [one for one in moments if begin <= one.start < finish] or moments
    happened = effective = None
    for one in sorted(own, key=lambda moment: _gap(moment, spot)):
        if _is_ahead(one, text, modality, published, lexicon):
            effective = effective or one.when
        else:
            happened = happened or one.when
    return happened, effective


def _gap(moment: Moment, spot: Spot) -> int:
    return min(abs(moment.start - spot.end), abs(spot.start - moment.end))


def _is_ahead(moment: Moment, text: str, modality: str, published: date | None, lexicon: Lexicon) -> bool:
    if published is not None:
        last = moment.when.split("/")[-1]
        monthly = len(last) >= 7 and last[5] not in "QH"
        if last[:4] > str(published.year) or (monthly and last[:7] > published.isoformat()[:7]):
            return True
        if last[:4] < str(published.year):
            return False
    before = text[max(0, moment.start - _WORDS_BEFORE) : moment.start]
    return modality in _FUTURE_MODALITIES and lexicon.patterns["timing-ahead"].search(before) is not None

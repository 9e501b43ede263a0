"""Sums of money: the words beside a sum say whether it is a loan, a price, a cost, or no deal at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from georisk.news.sentences.figures import Amount
from georisk.news.spotting.lexicon import Instrument, Lexicon
from georisk.news.spotting.spots import Spot, Told

_SEGMENT = re.compile(r";|\s[–—]\s|—|\.\s|\s\(|\)")
_CONVERTED = re.compile(r"\s?\([^()]{0,24}\d[^()]{0,24}\)")
_IN_BRACKET = re.compile(r"\((?:to |of |about |from |~)?$")
_SMALLEST_SUM = 100_000
_LARGEST_UNIT_PRICE = 1000
_FAR = 90
_BRACKET_REACH = 45
_FUND_REACH = 14
_SENTENCE_REACH = 110
_VAGUE = frozenset(("package", "investment", "purchase", "fund", "fine"))
_STRONG = frozenset(("guarantee", "priced-deal", "needed"))
_PAID_IN = frozenset(("equity", "loan", "grant"))
_NEEDS = frozenset(("amount",))


def money_spots(told: Told, lexicon: Lexicon) -> Iterator[Spot]:
    """Find what the sums of a sentence are; in a list of deals a bare sum counts too."""
    last: Instrument | None = None
    for number, amount in enumerate(told.figures.amounts):
        found = instrument_of(told, number, lexicon)
        priced = _price(told, amount, found, lexicon)
        if priced is not None:
            yield priced
            continue
        instrument, start, end = found or (_asked(told, lexicon) or last, amount.start, amount.end)
        last = instrument or last
        if instrument is None:
            if told.dealing and _counts(amount, None):
                yield _spot(told, "financing_package", amount.start, "listed-sum", amount)
        elif instrument.type and _counts(amount, instrument):
            begin = min(start, amount.start)
            yield _spot(told, instrument.type, begin, f"sum-{instrument.code}", amount, max(end, amount.end))


def _spot(told: Told, event_type: str, start: int, rule: str, amount: Amount, end: int | None = None) -> Spot:
    strength = 2 if rule == "listed-sum" else 3
    return Spot(told.sentence, event_type, start, end or amount.end, rule, strength, _NEEDS, "", amount)


def _counts(amount: Amount, instrument: Instrument | None) -> bool:
    """Tell whether a sum is of the size and kind its words ask for: prices a unit are no loans."""
    if instrument is not None and instrument.type == "price_floor":
        return amount.unit_price or amount.value < _LARGEST_UNIT_PRICE
    return not amount.unit_price and amount.value >= _SMALLEST_SUM


def _asked(told: Told, lexicon: Lexicon) -> Instrument | None:
    """Return what a question asks for, where the sentence answers one: "What will it cost?"."""
    question = told.sentence.lead_in
    if question is None or not question.text.endswith("?"):
        return None
    return next((one for one in lexicon.instruments if one.type and one.pattern.search(question.text)), None)


def _price(told: Told, amount: Amount, found: tuple[Instrument, int, int] | None, lexicon: Lexicon) -> Spot | None:
    """Return a sum that is a price: of a whole, of a stake, or the floor under a product's price."""
    text, patterns = told.sentence.text, lexicon.patterns
    if amount.unit_price and patterns["money-floor"].search(text, max(0, amount.start - 60), amount.start):
        return _spot(told, "price_floor", amount.start, "sum-floor", amount)
    if not _counts(amount, None):
        return None
    whole = _bought_whole(told, amount, lexicon)
    if whole is not None and not (found is not None and found[0].code in _PAID_IN):
        return _spot(told, "acquisition", min(whole.start, amount.start), "sum-worth", amount)
    if not _is_price(told, amount, lexicon):
        return None
    part = patterns["money-part"].search(text, max(0, amount.start - _SENTENCE_REACH), amount.start) is not None
    return _spot(told, "stake_purchase" if part else "acquisition", amount.start, "sum-price", amount)


def _is_price(told: Told, amount: Amount, lexicon: Lexicon) -> bool:
    """Tell whether "for" before a sum gives the price of a stake or company bought in the same sentence."""
    text, patterns = told.sentence.text, lexicon.patterns
    if patterns["money-price"].search(text, 0, amount.start) is None:
        return False
    if any(one.type in ("acquisition", "stake_purchase") and one.start < amount.start for one in told.triggered):
        return True
    before = text[max(0, amount.start - _SENTENCE_REACH) : amount.start]
    part = bool(told.figures.shares) or patterns["money-part"].search(before) is not None
    return part and patterns["money-traded"].search(before) is not None


def _bought_whole(told: Told, amount: Amount, lexicon: Lexicon) -> Spot | None:
    """Return the purchase of a whole that "worth" or "values the company" gives the price of."""
    if told.figures.shares or not lexicon.patterns["money-worth"].search(told.sentence.text, 0, amount.start):
        return None
    return next((one for one in told.triggered if one.type == "acquisition"), None)


def instrument_of(told: Told, number: int, lexicon: Lexicon) -> tuple[Instrument, int, int] | None:
    """Return what the words nearest to a sum say it is, and where they stand; ``None`` if nothing does.

    Words behind the sum weigh more than words before it, and a named instrument more than "funding". Words
    beyond the neighbouring sums are theirs.

    Parameters
    ----------
    told
        The sentence with its figures.
    number
        Which of its sums.
    lexicon
        The instruments.
    """
    text, amount = told.sentence.text, told.figures.amounts[number]
    low, behind, high = _reach(told, number)
    bracketed = _IN_BRACKET.search(text, 0, amount.start) is not None
    best: tuple[float, Instrument, int, int] | None = None
    for instrument in lexicon.instruments:
        begin = max(0, low - _BRACKET_REACH) if bracketed and not instrument.type else low
        for hit in instrument.pattern.finditer(text, begin, high):
            if told.in_name(hit.start(), hit.end()) or _is_far_fund(instrument, hit, amount):
                continue
            score = _distance(text, amount, behind, hit) + _vagueness(instrument)
            if best is None or score < best[0]:
                best = score, instrument, hit.start(), hit.end()
    return best[1:] if best is not None else None


def _is_far_fund(instrument: Instrument, hit: re.Match[str], amount: Amount) -> bool:
    """Tell whether a fund stands too far before a sum to be what the sum sets up."""
    return instrument.code == "fund" and hit.end() < amount.start - _FUND_REACH


def _reach(told: Told, number: int) -> tuple[int, int, int]:
    """Return where a sum's own words begin, where it ends with its conversion, and where its words end."""
    text, amounts = told.sentence.text, told.figures.amounts
    amount = amounts[number]
    before = amounts[number - 1].end if number else 0
    after = amounts[number + 1].start if number + 1 < len(amounts) else len(text)
    repeated = _CONVERTED.match(text, amount.end)
    behind = repeated.end() if repeated is not None else amount.end
    low = max(before, amount.start - _FAR, *(hit.end() for hit in _SEGMENT.finditer(text, 0, amount.start)), 0)
    high = min(after, behind + _FAR, *(hit.start() for hit in _SEGMENT.finditer(text, behind)), len(text))
    return low, behind, min(len(text), high + 1)


def _distance(text: str, amount: Amount, behind: int, hit: re.Match[str]) -> float:
    if hit.start() >= amount.end:
        return float(max(hit.start() - behind, 0)) + 15.0 * text.count(", ", behind, hit.start())
    return max(amount.start - hit.end() + 8.0 + 15.0 * text.count(", ", hit.end(), amount.start), 0.0)


def _vagueness(instrument: Instrument) -> float:
    if instrument.code in _VAGUE:
        return 22.0
    return -15.0 if instrument.code in _STRONG else 0.0

"""Percentages that are holdings, stakes changing hands, or parts of an output; all others are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from georisk.news.sentences.shares import Share
from georisk.news.spotting.spots import HELD, Spot, Told
from georisk.news.tables import Patterns

_NEEDS = frozenset(("share",))
_ONCE = re.compile(r"\bfrom (?:about |some |~)?$")
_ROW = re.compile(r":\s?~?$|,\s?$")
_OF_SOMETHING = re.compile(r"\s+of\s+(?:[A-Z]|the (?:company|project|mine))")
_OF_THE = re.compile(r"\s+of (?:the|its|their) \w+")
_INTEREST_RATE = re.compile(r"[\s-]*(?:of )?(?:the )?interest (?:rate|cost)")
_STAKE = re.compile(r"\b(?:stakes?|interests?|shareholdings?|holdings?|equity|ownership|shares?|participation|votes)\b")
_NEXT = re.compile(r",|;|\band\b")
_NEAR = 45
_APART = 80
_WHOLE_SENTENCE = 130


def share_spots(told: Told, patterns: Patterns) -> Iterator[Spot]:
    """Find what the percentages of a sentence tell of ownership or of sales.

    Parameters
    ----------
    told
        The sentence, its figures, the telling words found in it, and what stands above it: a row of a list of
        owners needs no verb.
    patterns
        Patterns of words, by code.
    """
    last: tuple[str, int] | None = None
    for number, share in enumerate(told.figures.shares):
        low, high = _bounds(told, number)
        if _is_old_share(told.sentence.text, share):
            continue
        event_type = _continued(told, share, _type_of(told, share, low, high, patterns), last, patterns)
        if event_type is None:
            continue
        last = event_type, share.end
        held = event_type == "ownership" and _is_held(
            told.sentence.text, max(low, share.start - _NEAR), share, patterns
        )
        rule = HELD if held else f"share-{event_type}"
        yield Spot(told.sentence, event_type, share.start, share.end, rule, 2, _NEEDS, "", None, share)


def _bounds(told: Told, number: int) -> tuple[int, int]:
    """Return where the words of a share's neighbours begin and end."""
    shares = told.figures.shares
    low = shares[number - 1].end if number else 0
    return low, shares[number + 1].start if number + 1 < len(shares) else len(told.sentence.text)


def _is_old_share(text: str, share: Share) -> bool:
    """Tell whether a share is only what it was before: "from 50%" without its "to"."""
    return _ONCE.search(text, 0, share.start) is not None and " to " not in text[share.start : share.end]


def _is_held(text: str, start: int, share: Share, patterns: Patterns) -> bool:
    return patterns["holdings-holds"].search(text, start, share.start) is not None


def _continued(
    told: Told, share: Share, event_type: str | None, last: tuple[str, int] | None, patterns: Patterns
) -> str | None:
    """Let a share take over the verb of the one before it: "A owns 84% of it and B 16%"."""
    if last is None:
        return event_type
    between, after = told.sentence.text[last[1] : share.start], told.sentence.text[share.end :]
    if len(between) >= _APART:
        return event_type
    if event_type == "ownership" and last[0] == "stake_purchase" and not patterns["holdings-holds"].search(between):
        return "stake_purchase"
    if event_type is not None or re.search(r"[.;]", between) or patterns["holdings-other"].search(between[-_NEAR:]):
        return event_type
    return last[0] if patterns["holdings-closed"].match(after) else None


def _type_of(told: Told, share: Share, low: int, high: int, patterns: Patterns) -> str | None:
    text = told.sentence.text
    short = len(text) < _WHOLE_SENTENCE
    begin, finish = (0, len(text)) if short else told.sentence.clause_at(share.start)
    before, after = text[max(low, begin) : share.start], text[share.end : min(high, finish)]
    if share.low > 100 or share.high <= 0:
        return None
    if _is_of_output(told, before, after, patterns):
        return "offtake_ended" if any(one.type == "offtake_ended" for one in told.triggered) else "offtake"
    if _is_row(told, before, after, patterns):
        return "stake_purchase" if patterns["holdings-future"].search(text) else "ownership"
    if before.endswith("(") and after.startswith(")") and patterns["holdings-parties"].search(text, 0, share.start):
        return "ownership"
    return _changed_or_held(before, after, patterns) if _is_holding(before, after, share, patterns) else None


def _is_of_output(told: Told, before: str, after: str, patterns: Patterns) -> bool:
    if patterns["holdings-output"].match(after) is None:
        return False
    return patterns["holdings-trade"].search(before) is not None or any(
        one.type.startswith("offtake") for one in told.triggered
    )


def _is_row(told: Told, before: str, after: str, patterns: Patterns) -> bool:
    """Tell whether a share stands in a row of owners: "Mota family: 40.32%"."""
    if _ROW.search(before) is None or (told.sentence.kind != "item" and not before.rstrip().endswith(":")):
        return False
    listed = patterns["holdings-ownership-list"].search(before + told.context) is not None
    return listed and patterns["holdings-closed"].match(after) is not None


def _changed_or_held(before: str, after: str, patterns: Patterns) -> str:
    """Tell a stake that changes hands from one that is held, by the nearer verb."""
    if patterns["holdings-present"].search(before):
        return "ownership"
    near = before[-60:].split(";")[-1] + " " + after[:40].split(";")[0]
    if patterns["holdings-future"].search(near) and not re.search(r"\bkeeps\b", before):
        return "stake_purchase"
    changes = max((hit.start() for hit in patterns["holdings-changes"].finditer(before)), default=-1)
    owns = max((hit.start() for hit in patterns["holdings-holds"].finditer(before)), default=-1)
    return "stake_purchase" if changes > owns else "ownership"


def _is_holding(before: str, after: str, share: Share, patterns: Patterns) -> bool:
    if patterns["holdings-after"].match(after) is not None:
        return _INTEREST_RATE.match(after) is None
    if patterns["holdings-other"].search(_NEXT.split(after[:_NEAR])[0]) or patterns["holdings-other"].search(
        before[-_NEAR:]
    ):
        return False
    owns, changes = patterns["holdings-owns"].search(before), patterns["holdings-changes"].search(before)
    if share.worded:
        return _OF_SOMETHING.match(after) is not None and bool(owns or changes)
    if owns is not None and _OF_THE.match(after) and len(before) - owns.start() < 30:
        return True
    if patterns["holdings-closed"].match(after) is None:
        return False
    return owns is not None or (changes is not None and _is_object(before, patterns))


def _is_object(before: str, patterns: Patterns) -> bool:
    """Tell whether a bare percentage is bought or sold: a stake is named, the verb or an owner stands beside it."""
    if _STAKE.search(before) or patterns["holdings-at-once"].search(before):
        return True
    return re.search(r"[’']s\s$", before) is not None

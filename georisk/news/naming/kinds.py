"""What an unknown name seems to be: a company, a project, a body, a person, told from its words and its neighbours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from georisk.news.naming.names import Names

_LISTED = re.compile(
    r"\s?\((?:ASX|TSX|TSXV|TSX-V|NYSE|NASDAQ|Nasdaq|LSE|AIM|HKEX|SSE|SZSE|JSE|OTCQB|OTCQX|CSE|NYSE American)\s?:"
)
_BETWEEN = re.compile(r"[\s-]+")
_LOWER = re.compile(r"[a-z]+(?:-[a-z]+)*|[^\sa-z]")
_FOLLOWS = re.compile(r"(?:[’']s)?,?\s(?:[a-z-]+\s){0,2}?([a-z]+)")


def kind_of(body: str, start: int, end: int, names: Names) -> str:
    """Tell what a name is from its own words and those beside it."""
    words, patterns = names.words, names.patterns
    parts = [part.strip(".,") for part in _BETWEEN.split(body[start:end])]
    if _LISTED.match(body, end):
        return "company"
    for kind in ("media", "agency"):
        if any(part in words[kind] for part in parts):
            return kind
    trade = any(part in words["company"] for part in parts) and len(parts) > 1
    if patterns["candidates-tells"].search(body, max(0, start - 40), start) is not None:
        return "media"
    if patterns["candidates-apposed"].search(body, max(0, start - 24), start) is not None:
        return "company"
    if _is_site(body, start, end, parts, trade, names):
        return "project"
    if trade:
        return "company"
    before = body[max(0, start - 24) : start].rsplit(maxsplit=1)[-1:]
    follows = _FOLLOWS.match(body, end, end + 40)
    if (before and before[0].strip(".") in words["person"]) or (follows and follows[1] in words["after-person"]):
        return "person"
    return "unknown"


def _is_site(body: str, start: int, end: int, parts: list[str], trade: bool, names: Names) -> bool:
    words, patterns = names.words, names.patterns
    if parts[-1] in words["facility"] and len(parts) > 1 and parts[-2] in words["of-money"]:
        return False
    if parts[-1].lower() in words["site"] and len(parts) > 1 and not (trade and parts[-1] in words["plural-site"]):
        return True
    if not trade and _reaches_site(body[end : end + 60], words):
        return True
    if body[max(0, start - 3) : start].lower() == "at " and patterns["candidates-site-after"].match(body, end):
        return True
    return patterns["candidates-site-before"].search(body[max(0, start - 50) : start]) is not None


def _reaches_site(after: str, words: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a word for a site follows within a few words that describe it ("copper and cobalt mine")."""
    for number, word in enumerate(_LOWER.findall(after.removeprefix('"').removeprefix("”"))[:6]):
        if word in words["site"]:
            return True
        if number > 4 or word in words["between"] or not word[0].isalpha():
            return False
    return False

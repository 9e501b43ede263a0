"""Names that no table knows: runs of capitalised words, and what the words around them say they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from georisk.news.naming.kinds import kind_of
from georisk.news.naming.names import WORD, Names, words_of

_WORD = r"(?:[A-ZÀ-Ž][\w’'&.-]*|\d{1,2}[A-Z][\w-]*)"
_RUN = re.compile(rf"(?<![\w@./’'-]){_WORD}(?:\s(?:(?:of|de|del|do|da|dos|la|le|&)\s(?=[A-ZÀ-Ž]))?{_WORD}){{0,7}}")
_POSSESSIVE = re.compile(r"[’']s?(?=\s|$)")
_STOPS = re.compile(r"(?<=[\w)])\.(?=\s[A-Z])")
_DEAL_LINE = re.compile(r"\s?(?:[,:;(]|[–—-]\s)")
_COMPOUND = re.compile(r"[A-Z][A-Z.]*\w*-[a-z]+")
_AT_HOME = re.compile(r"-(?:based|listed|owned|backed|led|headquartered|controlled|run)$")
_SIGNS = ("$", "€", "£")
_PART = re.compile(r"\S+")
_ORDER = ("person", "media", "agency", "project", "company", "unknown")


@dataclass(frozen=True, slots=True)
class Draft:
    """A possible name: where it stands, how it is written, what it seems to be, whether it opens a sentence."""

    start: int
    end: int
    text: str
    kind: str
    opens: bool


def find_candidates(
    body: str,
    spans: Sequence[tuple[int, int]],
    known: bytearray,
    places: bytearray,
    names: Names,
) -> list[Draft]:
    """Find names that are not known yet.

    Parameters
    ----------
    body
        The text.
    spans
        The sentences and list items; headings are left out, for they capitalise everything.
    known, places
        Marks of the characters that known names take; a name may contain a place, not another known name.
    names
        Kinds of words by list (company, site, agency, media, person, stop ...), adjectives of countries, patterns.

    Returns
    -------
    list of Draft
        Every writing of a name carries the most telling kind of any of its places.
    """
    drafts = []
    for begin, finish in spans:
        for run in _RUN.finditer(body, begin, finish):
            for start, end in _pieces(body, run.start(), run.end(), known):
                draft = _draft(body, start, end, begin, names)
                if draft is not None and places.find(1, draft.start, draft.end) >= 0:
                    draft = _with_place(draft, places)
                if draft is not None:
                    drafts.append(draft)
    return _settled(drafts)


def _pieces(body: str, start: int, end: int, known: bytearray) -> Iterator[tuple[int, int]]:
    """Cut a run at possessives, at full stops, and where known names stand."""
    if (
        known.find(1, start, end) < 0
        and _POSSESSIVE.search(body, start, end) is None
        and _STOPS.search(body, start, end) is None
    ):
        yield start, end
        return
    cuts = [(hit.start(), hit.end()) for hit in _POSSESSIVE.finditer(body, start, end)]
    cuts += [(hit.start(), hit.end()) for hit in _STOPS.finditer(body, start, end) if hit.start() - start > 4]
    at = start
    while at < end:
        while at < end and (known[at] or any(a <= at < b for a, b in cuts)):
            at += 1
        stop = at
        while stop < end and not known[stop] and not any(a <= stop < b for a, b in cuts):
            stop += 1
        if at < stop:
            yield at, stop
        at = stop


def _draft(body: str, start: int, end: int, begin: int, names: Names) -> Draft | None:
    words = names.words
    start, end = _trimmed(body, start, end, names)
    text = body[start:end]
    if len(text) < 2 or body[end : end + 1] in _SIGNS or text.lower() in words["site"] or _COMPOUND.fullmatch(text):
        return None
    opens = not body[begin:start].strip(" \"“'‘(")
    kind = kind_of(body, start, end, names)
    if opens and kind == "unknown" and _DEAL_LINE.match(body, end) and len(text) > 3:
        kind = "line-head"
    return Draft(start, end, text, kind, opens)


def _trimmed(body: str, start: int, end: int, names: Names) -> tuple[int, int]:
    """Leave out words at either end that are no part of a name; a person's title takes the name with it."""
    words = names.words
    outer, last = words["outer"], words["kept-last"]
    parts = [(start + w.start(), start + w.end(), w[0].strip(".,’'")) for w in _PART.finditer(body[start:end])]
    seat = next((at for at, one in enumerate(parts) if at > 1 and one[2] == "of"), None)
    if seat is not None and len(parts) == seat + 2 and parts[seat - 1][2] in words["seated"]:
        parts = parts[:seat]
    home = max((at for at, one in enumerate(parts) if _AT_HOME.search(one[2])), default=-1)
    parts = parts[home + 1 :]
    while parts and _COMPOUND.fullmatch(parts[0][2]):
        parts.pop(0)
    lawful = bool(parts) and parts[-1][2] in ("Act", "Bill", "Law")
    while parts and ((parts[0][2] in outer and not (lawful and len(parts[0][2]) > 3)) or not WORD.search(parts[0][2])):
        if _belongs(parts, names):
            break
        parts.pop(0)
    while parts and ((parts[-1][2] in outer and parts[-1][2] not in last) or not WORD.search(parts[-1][2])):
        parts.pop()
    if not parts or (len(parts) > 1 and parts[0][2] in words["person"]):
        return start, start
    return parts[0][0], parts[0][0] + len(body[parts[0][0] : parts[-1][1]].rstrip(".,’'-–"))


def _belongs(parts: Sequence[tuple[int, int, str]], names: Names) -> bool:
    """Tell whether a first word that is no name by itself belongs to one: "American Lithium"."""
    first, rest = parts[0][2], [one[2] for one in parts[1:]]
    if first in names.words["general"] and len(rest) > 1 and rest[-1] in names.words["body-last"]:
        return True
    trade, general = names.words["trade"], names.words["general"]
    if first in names.demonyms:
        if not all(one in trade or one.lower() in trade for one in rest):
            return False
        return len(rest) > 1 or (len(rest) == 1 and rest[0] not in general)
    return first in names.words["adjective"] and any(one in trade for one in rest) and rest[0] not in general


def _with_place(draft: Draft, places: bytearray) -> Draft | None:
    """Keep a name that holds a place only if more than the place says that it is one."""
    free = sum(not mark for mark in places[draft.start : draft.end])
    if draft.kind == "unknown" and not places[draft.start]:
        return draft
    return draft if draft.kind in ("company", "project", "agency", "media", "line-head") and free > 3 else None


def _settled(drafts: list[Draft]) -> list[Draft]:
    kinds: dict[tuple[str, ...], str] = {}
    for draft in drafts:
        kind = "unknown" if draft.kind == "line-head" else draft.kind
        key = words_of(draft.text)
        kinds[key] = min(kinds.get(key, "unknown"), kind, key=_ORDER.index)
    inside = {words_of(draft.text) for draft in drafts if not draft.opens}
    settled = []
    for draft in drafts:
        key = words_of(draft.text)
        kind = kinds[key]
        if not key or (kind == "unknown" and key not in inside and _is_mere_opener(draft)):
            continue
        if kind == "unknown" and draft.kind == "line-head":
            kind = "line-head"
        settled.append(Draft(draft.start, draft.end, draft.text, kind, draft.opens))
    return settled


def _is_mere_opener(draft: Draft) -> bool:
    """Tell whether a word seems to be capitalised only because it opens a sentence."""
    single = words_of(draft.text)[1:] == () and draft.text.isalpha() and not draft.text.isupper()
    return draft.opens and single and draft.kind != "line-head"

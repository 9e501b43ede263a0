"""The build of a text: headings, paragraphs, list items; sentences and the clauses they are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from georisk.news.sentences.lines import Line, lines_of
from georisk.news.tables import ReadingTables

_BULLET = re.compile(r"(?:[•●▪◦‣·*–—-]|\(?\d{1,2}[.)]|[a-z]\))\s+")
_ENDS = re.compile(r"[.!?…:;]['\"”’)\]]*$")
_BREAK = re.compile(r"[.!?…]+[\"”’')\]]{0,3}\s+(?=[\"“‘'(\[]{0,2}[A-Z0-9À-Ž~$€£*•])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|vs|Inc|Ltd|Corp|Co|Jr|Sr|Gen|Sen|Rep|Gov|Hon|approx|ca|e\.g|i\.e|etc|cf"
    r"|al|Fig|vol|est|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mt|Bros|Dept|H\.R)|\b(?:[A-Za-z]\.){1,4}[A-Za-z]|\s[A-Z])\.$"
)
_CLAUSE = re.compile(
    r"\s*[;—]\s*|\s[–-]\s|(?<![A-Z]{3}):\s+"
    r"|,\s+(?:but|while|whereas|although|though|yet|which|who|where|so that|and then|because|as well as|including"
    r"|alongside)\b"
    r"|,?\s+but\s|\s+while\s|\s+whereas\s"
)
_ITEM_CLAUSE = re.compile(r"\s*—\s*|;\s+(?=[a-z])|,\s+(?:but|while|whereas|although|mobili[sz]ing)\b")
_RUN_IN = re.compile(r"([A-Z][A-Z0-9 &'’-]{2,40})[.:]\s+(?=[A-Z])")
_QUESTION = re.compile(r"(?:Q|Question)\s?[:.]\s.{3,300}\?$")
_LONGEST_SENTENCE = 1500


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or list item.

    Attributes
    ----------
    start, end
        Where it stands in the body.
    text
        The sentence.
    kind
        ``sentence``, ``item`` (of a list or table), ``heading``, ``run-in`` (a heading in capitals on the line of
        its text) or ``lead-in`` (ends in a colon above a list).
    block
        Number of the paragraph or line it belongs to.
    heading, lead_in
        The heading it stands under and the line that opens its list, ``None`` without one.
    summary
        Whether it belongs to a summary above the text.
    """

    start: int
    end: int
    text: str
    kind: str
    block: int
    heading: Sentence | None = None
    lead_in: Sentence | None = None
    summary: bool = False

    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Return the spans of the clauses, within the sentence."""
        return _clauses(self.text, self.kind == "item")

    def clause_at(self, at: int) -> tuple[int, int]:
        """Return the span of the clause around an index of the sentence."""
        return next((span for span in self.clauses() if span[0] <= at < span[1]), (0, len(self.text)))


@lru_cache(maxsize=4096)
def _clauses(text: str, item: bool) -> tuple[tuple[int, int], ...]:
    spans, last = [], 0
    for found in (_ITEM_CLAUSE if item else _CLAUSE).finditer(text):
        if found.start() - last > 3:
            spans.append((last, found.start()))
            last = found.start() if found[0].strip(" ,").isalpha() else found.end()
    return (*spans, (last, len(text)))


@dataclass
class _State:
    heading: Sentence | None = None
    lead_in: Sentence | None = None
    summary: bool = False
    found: list[Sentence] = field(default_factory=list)


def sentences_of(text: str, tables: ReadingTables) -> list[Sentence]:
    """Split a body into sentences, items and headings, each with what it stands under."""
    state = _State()
    lines = lines_of(text)
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        _take(state, number, line, following, text, tables)
    return state.found


def _take(state: _State, number: int, line: Line, following: Line | None, text: str, tables: ReadingTables) -> None:
    if tables.furniture["summary"].fullmatch(line.text):
        state.summary, state.lead_in = True, None
        return
    if tables.furniture["line"].fullmatch(line.text) or tables.furniture["source"].fullmatch(line.text):
        return
    bullet = _BULLET.match(line.text)
    gap = _blank_before(text, line)
    if state.summary and bullet is None:
        state.summary = False
    if bullet is not None:
        plain = line.text[bullet.end() :]
        for start, end in sentence_spans(plain):
            _add(state, number, line.start + bullet.end() + start, plain[start:end], "item")
    elif line.text.startswith("#") or _is_heading(line, following):
        if gap:
            state.lead_in = None
        _open(state, number, line)
    else:
        _take_paragraph(state, number, line, gap)


def _open(state: _State, number: int, line: Line) -> None:
    plain = line.text.lstrip("# ")
    state.heading = Sentence(
        line.start + len(line.text) - len(plain), line.end, plain, "heading", number, None, None, state.summary
    )
    state.lead_in = None
    state.found.append(state.heading)


def _take_paragraph(state: _State, number: int, line: Line, gap: bool) -> None:
    if line.text.endswith(":") or _QUESTION.match(line.text):
        *before, last = sentence_spans(line.text)
        for start, end in before:
            _add(state, number, line.start + start, line.text[start:end], "sentence")
        state.lead_in = _add(state, number, line.start + last[0], line.text[last[0] : last[1]], "lead-in")
        return
    if (
        state.lead_in is not None
        and state.lead_in.text.startswith("Q")
        and line.text.startswith(("A:", "A.", "Answer"))
    ):
        for start, end in sentence_spans(line.text):
            _add(state, number, line.start + start, line.text[start:end], "item")
        return
    if state.lead_in is not None and (not gap or not _ENDS.search(line.text)) and len(line.text) < 400:
        _add(state, number, line.start, line.text, "item")
        return
    if state.lead_in is None or gap:
        state.lead_in = None
    after_row = bool(state.found) and state.found[-1].kind == "item" and state.found[-1].block == number - 1 and not gap
    kind = (
        "item"
        if _is_row(line.text) or (after_row and len(line.text) < 240 and line.text.count(",") > 2)
        else "sentence"
    )
    head = _RUN_IN.match(line.text)
    if head is not None:
        state.heading = Sentence(
            line.start, line.start + head.end(1), head[1], "run-in", number, None, None, state.summary
        )
        state.found.append(state.heading)
        line = Line(line.start + head.end(), line.end, line.text[head.end() :])
    spans = [(0, len(line.text))] if kind == "item" else sentence_spans(line.text)
    for start, end in spans:
        _add(state, number, line.start + start, line.text[start:end], kind)


def _is_row(text: str) -> bool:
    return len(text) < 240 and not re.search(r"[.!?]['\"”)]*$", text) and (text.count(";") > 1 or text.endswith(";"))


def _add(state: _State, number: int, start: int, text: str, kind: str) -> Sentence:
    lead_in = state.lead_in if kind == "item" else None
    one = Sentence(start, start + len(text), text, kind, number, state.heading, lead_in, state.summary)
    state.found.append(one)
    return one


def _blank_before(text: str, line: Line) -> bool:
    before = text[max(0, line.start - 8) : line.start]
    return before.replace("\r", "").count("\n") > 1


def _is_heading(line: Line, following: Line | None) -> bool:
    """Tell a heading: a short line without a full stop, in front of something longer, naming no sum."""
    text = line.text
    if len(text) > 110 or _ENDS.search(text) or following is None or re.search(r"[$€£]\s?\d|\d\s?%", text):
        return False
    return text[:1].isupper() and (text.count(" ") < 14)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of a paragraph's sentences; very long ones are cut.

    >>> sentence_spans("The U.S. lends. It pays.")
    [(0, 15), (16, 24)]
    """
    spans, last = [], 0
    for found in _BREAK.finditer(text):
        end = found.end() - (len(found[0]) - len(found[0].rstrip()))
        if (
            found[0][0] == "."
            and _SHORT.search(text, max(0, found.start() - 12), found.start() + 1)
            and _goes_on(text, found.end())
        ):
            continue
        spans.append((last, end))
        last = found.end()
    spans.append((last, len(text)))
    return [piece for start, end in spans for piece in _bounded(start, end) if start < end]


def _goes_on(text: str, at: int) -> bool:
    """Tell whether what follows a short form may belong to the same sentence."""
    following = re.match(r"[\"“(]?(\w+)", text[at : at + 30])
    return following is None or following[1] not in _OPENERS


_OPENERS = frozenset(
    (
        *("The", "A", "An", "In", "On", "It", "This", "That", "These", "Those", "They", "He", "She", "We", "Its"),
        *("Under", "By", "For", "With", "If", "When", "But", "And", "However", "Q"),
    )
)


def _bounded(start: int, end: int) -> list[tuple[int, int]]:
    return [(at, min(at + _LONGEST_SENTENCE, end)) for at in range(start, end, _LONGEST_SENTENCE)]

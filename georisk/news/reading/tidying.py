"""A text without what is not of it: page furniture, remarks behind links, Markdown marks, broken lines."""

from __future__ import annotations

import re

from georisk.news.sentences.lines import lines_of
from georisk.news.tables import ReadingTables
from georisk.news.views import Editing, View

_SENTENCE = re.compile(r"[a-z0-9)\]”\"'’][.!?][\"'”’)]?(?:\s|$)")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^)\s]{0,500}\)")


def trimmed(view: View, tables: ReadingTables) -> View:
    """Return the text without what follows its end: lists of other headlines, sign-up forms, legal feet.

    The end is the first line of page furniture below the first paragraph.
    """
    paragraphs = 0
    for line in lines_of(view.text):
        if paragraphs and tables.furniture["tail"].fullmatch(line.text.lstrip("#* ").rstrip(" *:")):
            return view.cut(0, line.start)
        paragraphs += bool(_SENTENCE.search(line.text + " ")) and len(line.text) > 60
    return view


def cited_source(text: str, tables: ReadingTables) -> str | None:
    """Return the source a text names in a line of its own near its end."""
    for line in reversed(lines_of(text)[-12:]):
        found = tables.furniture["source"].fullmatch(line.text)
        if found:
            cited = next(group for group in found.groups() if group)
            return tables.furniture["inline"].sub("", cited).strip(" .")
    return None


def tidied(view: View, tables: ReadingTables) -> View:
    """Return the text without the remarks that pages put behind links."""
    pattern = tables.furniture["inline"]
    if pattern.search(view.text) is None:
        return view
    editing, last = Editing(view), 0
    for found in pattern.finditer(view.text):
        editing.keep(last, found.start())
        last = found.end()
    editing.keep(last, len(view.text))
    return editing.done()


def without_links(view: View) -> View:
    """Return Markdown with the address of each link left out and emphasis marks removed."""
    editing, last = Editing(view), 0
    for found in re.finditer(_LINK.pattern + r"|\*{1,3}|(?<![\w])_{1,2}(?=\w)|(?<=\w)_{1,2}(?![\w])|`+", view.text):
        editing.keep(last, found.start())
        if found[1] is not None:
            editing.keep(found.start(1), found.end(1))
        last = found.end()
    editing.keep(last, len(view.text))
    return editing.done()


_CONTINUES = re.compile(
    r"(?:(?<=[\w,’'\")%-])[ \t]*(?:\r?\n[ \t]*){1,2}(?=[a-z])"
    r"|(?<=[ \n](?:to|of|at|in|on|by|as|an|or))[ \t]*(?:\r?\n[ \t]*){1,2}(?=[\w$€£])"
    r"|(?<=[ \n](?:the|for|and|its))[ \t]*(?:\r?\n[ \t]*){1,2}(?=[\w$€£])"
    r"|(?<=[ \n](?:from|with|than))[ \t]*(?:\r?\n[ \t]*){1,2}(?=[\w$€£]))"
)
_LOOSE = re.compile(r"(?<=[\w,’'\")%-])[ \t]*(?:\r?\n[ \t]*){1,2}(?=[\w$€£(\"“‘])")
_HARD_WIDTH = (35, 95)


def unwrapped(view: View) -> View:
    """Return the text with lines joined that break inside a sentence.

    A line that begins in lower case goes on with the one before it. Where most lines of a text end inside a
    sentence and are of a width, all of them are joined.
    """
    lines = lines_of(view.text)
    open_ended = sum(re.search(r"[\w,’')%-]$", line.text) is not None for line in lines)
    lengths = sorted(len(line.text) for line in lines)
    lower = sum(line.text[:1].islower() for line in lines)
    hard = (
        len(lines) > 6
        and lower * 3 > len(lines)
        and open_ended * 5 > len(lines) * 3
        and _HARD_WIDTH[0] <= lengths[len(lengths) // 2] <= _HARD_WIDTH[1]
        and lengths[-1] <= _HARD_WIDTH[1] + 25
        and not any(re.match(r"[•*–-]\s|[$€£]\s?\d", line.text) for line in lines[:-1])
    )
    pattern = _LOOSE if hard else _CONTINUES
    editing, last = Editing(view), 0
    for found in pattern.finditer(view.text):
        start = view.text.rfind("\n", 0, found.start()) + 1
        if found.start() - start < (30 if not hard else 20):
            continue
        editing.keep(last, found.start())
        editing.put(" ", found.start(), found.end())
        last = found.end()
    editing.keep(last, len(view.text))
    return editing.done() if last else view

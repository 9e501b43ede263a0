"""HTML and XML to readable text, in one pass over the file, whatever state it is in.

Tags go, blocks end lines, entities are decoded. No tree is built, so nesting costs nothing and entities of a
document's own making are never expanded.
"""

from __future__ import annotations

import re
from html.entities import html5

from georisk.news.views import Editing, View

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "dialog", "div", "dl",
    "dt", "entry", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hr", "html", "item", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "table",
    "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SILENT = frozenset(("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "textarea"))
_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9:_-]{0,40})")
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));?")


def unescaped(view: View) -> View:
    """Decode one layer of entities (``&amp;``, ``&#8217;``); those not known stay as they are."""
    if "&" not in view.text:
        return view
    editing, last = Editing(view), 0
    for found in _ENTITY.finditer(view.text):
        char = _character(found)
        if char is not None:
            editing.keep(last, found.start())
            editing.put(char, found.start(), found.end())
            last = found.end()
    editing.keep(last, len(view.text))
    return editing.done()


def _character(found: re.Match[str]) -> str | None:
    decimal, hexadecimal, name = found.groups()
    if name is not None:
        return html5.get(name + ";")
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def without_tags(view: View) -> View:
    """Return the text between the tags, one block a line; list items begin with a bullet, headings with ``#``.

    Scripts and styles go with what they hold. An unclosed tag or comment ends at the next ``<``.
    """
    return unescaped(_strip(view))


def _strip(view: View) -> View:
    text, editing, at = view.text, Editing(view), 0
    unclosed: set[str] = set()
    while True:
        begin = text.find("<", at)
        if begin < 0:
            editing.keep(at, len(text))
            return editing.done()
        editing.keep(at, begin)
        at = _after(text, begin, editing, unclosed)


def _after(text: str, begin: int, editing: Editing, unclosed: set[str]) -> int:
    """Handle what begins with ``<`` at ``begin``; return where reading goes on."""
    if text.startswith("<!--", begin):
        return _past(text, "-->", begin, unclosed) or begin + 4
    if text.startswith("<![CDATA[", begin):
        end = _past(text, "]]>", begin, unclosed)
        if end is None:
            return begin + 9
        editing.keep(begin + 9, end - 3)
        return end
    name = _NAME.match(text, begin + 1)
    if name is None and text[begin + 1 : begin + 2] not in ("!", "?"):
        editing.keep(begin, begin + 1)
        return begin + 1
    end = _past(text, ">", begin, unclosed)
    if end is None:
        return begin + 1
    return _tag(text, name[1].lower() if name else "", begin, end, editing, unclosed)


def _tag(text: str, name: str, begin: int, end: int, editing: Editing, unclosed: set[str]) -> int:
    opens = text[begin + 1] != "/"
    if opens and name in _SILENT and text[end - 2] != "/":
        closed = _past(text, f"</{name}", end, unclosed, fold=True)
        return end if closed is None else _past(text, ">", closed, unclosed) or closed
    if name in _BLOCKS:
        mark = ""
        if opens and name in _HEADINGS:
            mark = "# "
        elif opens and name == "li":
            mark = "• "
        editing.put("\n" + mark, begin, end)
    return end


def _past(text: str, what: str, start: int, unclosed: set[str], fold: bool = False) -> int | None:
    """Return the index after the next ``what``, or ``None``; a miss is remembered, so it is paid for once."""
    if what in unclosed:
        return None
    at = text.find(what, start)
    if at < 0 and fold:
        at = text.find(what.upper(), start)
    if at < 0:
        unclosed.add(what)
        return None
    return at + len(what)


def attribute(tag: str, name: str) -> str | None:
    """Return an attribute of an opening tag, entities decoded.

    >>> attribute('<link rel="alternate" href="https://a.example/?b=1&amp;c=2">', "href")
    'https://a.example/?b=1&c=2'
    """
    found = re.search(rf"""\b{re.escape(name)}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag, re.IGNORECASE)
    if found is None:
        return None
    return unescaped(View.of(found[1] if found[1] is not None else found[2])).text

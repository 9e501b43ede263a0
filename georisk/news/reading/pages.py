"""Web pages: trafilatura tells what the text proper is, the page itself where it stands.

A page that is too large or nested too deep for that is read by blocks, without what stands in navigation.
"""

from __future__ import annotations

import re
from typing import Any

from georisk.news.articles import Draft
from georisk.news.reading.markup import attribute, without_tags
from georisk.news.reading.tidying import cited_source
from georisk.news.sentences.lines import lines_of
from georisk.news.tables import ReadingTables
from georisk.news.views import Editing, View

_PAGE = re.compile(r"<(?:!doctype html|html|head|body|article|main|div|p|h1|table|meta)\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_ASIDES = ("nav", "header", "footer", "aside", "form", "button", "select", "menu")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_META = re.compile(r"<meta\b[^<>]{0,1000}>", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,1000})", re.IGNORECASE)
_H1 = re.compile(r"<h1\b[^<>]{0,500}>", re.IGNORECASE)


def looks_page(text: str) -> bool:
    """Tell whether a text is HTML."""
    return text.lstrip("\ufeff \t\r\n")[:1] == "<" and _PAGE.search(text[:8192]) is not None


def draft_of_page(view: View, tables: ReadingTables) -> tuple[Draft, list[str]]:
    """Read a page: its main text with offsets, its title, date and publisher.

    Returns
    -------
    tuple
        The page, and what could not be read as usual, in sentences.
    """
    troubles: list[str] = []
    found = _main_text(view.text, tables, troubles)
    blocks = without_tags(_without_asides(view))
    body = _kept(blocks, found["text"]) if found.get("text") else blocks
    published = _meta(view.text, "article:published_time", "datePublished", "date", "dc.date") or found.get("date")
    day = published if published and re.fullmatch(r"\d{4}-\d\d-\d\d([T ].{4,20})?", published) else None
    return Draft(
        kind="page",
        body=body,
        title=_title(view),
        url=found.get("url"),
        published=day,
        precision=None if day is None else "day" if len(day) == 10 else "second",
        publisher=_meta(view.text, "og:site_name", "application-name") or found.get("sitename"),
        cited=cited_source(body.text, tables),
        language=(found.get("language") or _language(view.text)),
    ), troubles


def _main_text(html: str, tables: ReadingTables, troubles: list[str]) -> dict[str, Any]:
    limits = tables.limits
    if len(html) > limits.largest_page_bytes:
        troubles.append("is a very large page; read by blocks, navigation may remain")
        return {}
    if deepest(html) > limits.deepest_page:
        troubles.append(f"is nested deeper than {limits.deepest_page} tags; read by blocks, navigation may remain")
        return {}
    import trafilatura

    try:
        document = trafilatura.bare_extraction(html, include_comments=False, include_tables=True, with_metadata=True)
    except Exception as error:  # a parser of strangers' pages may fail in any way; the blocks stay readable
        troubles.append(f"trafilatura failed ({type(error).__name__}); read by blocks")
        return {}
    if document is None:
        return {}
    told: dict[str, Any] = document.as_dict() if hasattr(document, "as_dict") else dict(document)
    return told


def deepest(html: str) -> int:
    """Return how many tags are open at once at most; unclosed ones count until the end."""
    depth = most = 0
    for found in _TAG.finditer(html):
        if found[2].lower() in _VOID:
            continue
        depth += -1 if found[1] else 1
        most = max(most, depth)
    return most


def _without_asides(view: View) -> View:
    """Leave out navigation, page heads and feet, forms; an unclosed one keeps what follows."""
    editing, last = Editing(view), 0
    pattern = re.compile(rf"<({'|'.join(_ASIDES)})\b[^<>]{{0,1000}}>", re.IGNORECASE)
    unclosed: set[str] = set()
    lowered = view.text.lower()
    if len(lowered) != len(view.text):  # a letter that grows when lowered would move every place
        lowered = view.text
    for found in pattern.finditer(view.text):
        name = found[1].lower()
        if found.start() < last or name in unclosed or (name == "header" and _in_article(view.text, found.start())):
            continue
        end = lowered.find(f"</{name}", found.end())
        if end < 0:
            unclosed.add(name)
            continue
        editing.keep(last, found.start())
        last = end
    editing.keep(last, len(view.text))
    return editing.done()


def _in_article(html: str, at: int) -> bool:
    return html.rfind("<article", max(0, at - 4000), at) >= 0


def _kept(blocks: View, main: str) -> View:
    """Keep the lines of the page that its main text holds too."""
    wanted = {_squeezed(line) for line in main.splitlines()}
    joined = _squeezed(main)
    editing = Editing(blocks)
    for line in lines_of(blocks.text):
        plain = _squeezed(line.text.lstrip("#•- "))
        if plain and (plain in wanted or (len(plain) > 25 and plain in joined)):
            editing.keep(line.start, line.end)
            editing.put("\n", line.end, min(line.end + 1, len(blocks.text)))
    kept = editing.done()
    return kept if kept.text.strip() else blocks


def _squeezed(text: str) -> str:
    return re.sub(r"[\s|]+", "", text)


def _title(view: View) -> View | None:
    heading = _H1.search(view.text)
    found = _TITLE.search(view.text)
    if heading is not None:
        end = view.text.find("</", heading.end())
        title = without_tags(view.cut(heading.end(), min(end if end >= 0 else len(view.text), heading.end() + 1000)))
    elif found is not None:
        title = without_tags(view.cut(found.start(1), found.end(1)))
    else:
        return None
    text = title.text
    return title.cut(len(text) - len(text.lstrip()), len(text.rstrip())) if text.strip() else None


def _meta(html: str, *names: str) -> str | None:
    for tag in _META.finditer(html[:200000]):
        name = attribute(tag[0], "property") or attribute(tag[0], "name") or attribute(tag[0], "itemprop")
        if name in names:
            return attribute(tag[0], "content")
    return None


def _language(html: str) -> str | None:
    found = re.search(r"""<html\b[^<>]{0,300}\blang\s*=\s*["']?([a-zA-Z]{2})""", html[:8192])
    return found[1].lower() if found else None

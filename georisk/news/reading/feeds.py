"""RSS and Atom: feedparser reads what an item says of itself, the item's text keeps its place in the file.

A document type is taken out before anything parses the feed, so no entity of its own making is ever expanded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from georisk.news.articles import Draft
from georisk.news.reading.flattened import feed_date
from georisk.news.reading.markup import attribute, unescaped, without_tags
from georisk.news.reading.tidying import cited_source
from georisk.news.tables import ReadingTables
from georisk.news.views import View

_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|(?:\w{1,12}:)?feed)\b", re.IGNORECASE)
_BODIES = ("content:encoded", "content", "description", "summary", "media:description")
_WEB = re.compile(r"https?://\S", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,2000}(?:\[|>)", re.IGNORECASE)


def looks_feed(text: str) -> bool:
    """Tell whether a text begins as a feed."""
    return text.lstrip("\ufeff \t\r\n").startswith("<") and _ROOT.search(text[:8192]) is not None


def drafts_of_feed(view: View, tables: ReadingTables) -> tuple[list[Draft], list[str]]:
    """Read the items of a feed.

    Returns
    -------
    tuple
        The items, and what could not be read, in sentences.
    """
    troubles: list[str] = []
    view = _without_doctype(view, troubles)
    spans = _items(view.text, tables.limits.most_articles, troubles)
    told = _told(view.text[: spans[-1][1]] if spans else view.text, tables.limits.largest_feed_bytes, troubles)
    entries = told.get("entries", [])
    channel = told.get("feed", {})
    if told and len(entries) != len(spans):
        troubles.append(f"{len(spans)} items, of which feedparser understood {len(entries)}; read without it")
    if len(entries) != len(spans):
        entries = [{} for _ in spans]
    drafts = [_draft(view.cut(*span), entry, channel, tables) for span, entry in zip(spans, entries, strict=True)]
    return drafts, troubles


def _without_doctype(view: View, troubles: list[str]) -> View:
    """Leave a document type out; entities it defines are reported and never expanded."""
    found = _DOCTYPE.search(view.text, 0, 65536)
    if found is None:
        return view
    end = found.end()
    if found[0].endswith("["):
        closing = view.text.find("]>", end)
        end = closing + 2 if closing >= 0 else len(view.text)
    if defines_entities(view.text[: min(end, 1 << 20)]):
        troubles.append("defines entities of its own; they were left unexpanded")
    return view.cut(end, len(view.text)) if end < len(view.text) else view.cut(found.start(), found.start())


def defines_entities(text: str) -> bool:
    """Tell whether a document type defines entities, asking a parser that refuses them."""
    from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]

    try:
        fromstring(text + "<a/>")
    except DefusedXmlException:
        return True
    except (ParseError, ValueError):
        return "<!ENTITY" in text
    return False


def _items(text: str, most: int, troubles: list[str]) -> list[tuple[int, int]]:
    """Return the spans of the items' elements."""
    name = "item" if re.search(r"<item[\s>]", text) else "entry"
    opening, closing = re.compile(rf"<{name}(?:\s[^<>]{{0,2000}})?>"), f"</{name}>"
    spans: list[tuple[int, int]] = []
    for found in opening.finditer(text):
        if spans and found.start() < spans[-1][1]:
            continue
        if len(spans) == most:
            troubles.append(f"more than {most} items; the rest was not read")
            break
        end = text.find(closing, found.end())
        if end < 0:
            troubles.append("is cut off inside an item")
            end = len(text)
        spans.append((found.end(), end))
    return spans


def _told(text: str, most: int, troubles: list[str]) -> Mapping[str, Any]:
    """Return what feedparser finds, nothing for a feed too large for it."""
    import feedparser

    if len(text) > most:
        troubles.append(f"is a feed of more than {most} characters; read without feedparser")
        return {}
    try:
        told: Mapping[str, Any] = feedparser.parse(
            text.encode("utf-8", errors="replace"), sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # a parser of strangers' files may fail in any way; the items stay readable
        troubles.append(f"feedparser failed ({type(error).__name__}); read without it")
        return {}
    if told.get("bozo") and not told.get("entries"):
        troubles.append("is not well formed")
    return told


def _draft(item: View, entry: Mapping[str, Any], channel: Mapping[str, Any], tables: ReadingTables) -> Draft:
    title = _element(item, ("title",))
    body = _longest(item)
    date = _first(item, ("pubDate", "published", "dc:date", "updated"))
    published, precision = feed_date(date) if date else (None, None)
    language = str(channel.get("language") or "")[:2].lower() or None
    return Draft(
        kind="feed-item",
        body=body,
        title=_stripped(title) if title is not None else None,
        url=next((one for one in (str(entry.get("link") or ""), _address(item) or "") if _WEB.match(one)), None),
        published=published,
        precision=precision,
        publisher=str(channel.get("title") or "").split(" | ")[-1].strip()[:120] or None,
        cited=cited_source(body.text, tables),
        language=language,
    )


def _longest(item: View) -> View:
    found = [element for name in _BODIES if (element := _element(item, (name,))) is not None]
    return max(found, key=lambda one: len(one.text), default=item.cut(0, 0))


def _element(item: View, names: tuple[str, ...]) -> View | None:
    """Return the readable text of the first of these elements: CDATA opened, escaped markup read."""
    for name in names:
        found = re.search(rf"<{re.escape(name)}(\s[^<>]{{0,500}})?>", item.text)
        if found is None:
            continue
        end = item.text.find(f"</{name}>", found.end())
        inner = item.cut(found.end(), end if end >= 0 else len(item.text))
        if inner.text.lstrip().startswith("<![CDATA["):
            begin = inner.text.index("<![CDATA[") + 9
            close = inner.text.rfind("]]>")
            return without_tags(inner.cut(begin, close if close >= begin else len(inner.text)))
        if 'type="xhtml"' in (found[1] or ""):
            return without_tags(inner)
        return without_tags(unescaped(inner))
    return None


def _stripped(view: View) -> View:
    text = view.text
    start = len(text) - len(text.lstrip())
    return view.cut(start, len(text.rstrip()))


def _first(item: View, names: tuple[str, ...]) -> str | None:
    element = _element(item, names)
    return element.text.strip() if element is not None else None


def _address(item: View) -> str | None:
    link = _first(item, ("link",))
    if link:
        return link
    tag = re.search(r"<link\b[^<>]{0,1000}>", item.text)
    return attribute(tag[0], "href") if tag else None

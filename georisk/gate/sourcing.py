"""From an article to the source a statement cites: its kind and grade, and the document it goes back to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from georisk.dates import When
from georisk.gate.newsfile import Proposal
from georisk.gate.rules import Rules
from georisk.news.articles import Article, clean
from georisk.statements import Source

_SLUG = re.compile(r"[^a-z0-9]+")
_TRACKING = re.compile(r"utm_|fbclid|gclid|mc_|ref$|cmp$")
LONGEST_SLUG = 48


@dataclass(frozen=True)
class Cited:
    """The source of an article's statements.

    ``record`` is ``None`` where the registry knows the source already; ``kind`` is one of the rules' kinds.
    """

    key: str
    kind: str
    record: Mapping[str, Any] | None


def mark_of(article: Article) -> str:
    """Return eight digits that name an article wherever it is read again: from its address, else from its text."""
    content = bare_url(article.url) if article.url else " ".join(article.body.text.split())
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def bare_url(url: str) -> str:
    """Return an address without what only counts readers, and without its fragment.

    >>> bare_url("HTTPS://Example.org/a/?utm_source=x&id=3#top")
    'https://example.org/a?id=3'
    """
    parts = urlsplit(url.strip())
    query = urlencode([(key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.match(key)])
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path.rstrip("/"), query, ""))


def slug_of(text: str) -> str:
    """Return a text as part of a file's name.

    >>> slug_of("Serra Verde's loan: $565m!")
    'serra-verde-s-loan-565m'
    """
    return _SLUG.sub("-", text.lower()).strip("-")[:LONGEST_SLUG].strip("-")


def item_id(article: Article) -> str | None:
    """Return the id of an article's item: its day, its title and its mark; ``None`` where it shows no date."""
    day = article.day()
    if day is None:
        return None
    title = slug_of(article.title.text) if article.title is not None else ""
    return "-".join(part for part in (day.isoformat(), title or article.kind, mark_of(article)) if part)


def cite(article: Article, rules: Rules, known: Mapping[str, Source], origin: str | None) -> Cited:
    """Return the source an article is.

    Parameters
    ----------
    article
        The article; it shows a date.
    rules
        Which hosts and publishers are which kind.
    known
        The registry's sources; one of the same address is cited instead of a new one.
    origin
        The document it goes back to, where another article carries the same release; else the medium it cites, else
        its own publisher.
    """
    rule = next(
        one for one in rules.sources if one.words.search(_host(article)) or one.words.search(_publisher(article))
    )
    twin = next((key for key, one in known.items() if _same_address(one, article)), None)
    if twin is not None:
        return Cited(twin, rule.kind, None)
    linked = article.state_linked or rule.state_linked
    day = article.day()
    record: dict[str, Any] = {
        "title": _title(article),
        "publisher": _publisher(article) or _host(article) or "not named",
        "grade": max(rule.grade, "C") if linked or article.kind == "letter" else rule.grade,
        "origin": origin or _own_origin(article),
    }
    record |= {"url": article.url} if article.url and "\n" not in article.url else {}
    record |= {"published": When.parse(day)} if day is not None else {}
    record |= {"language": article.language} if article.language else {}
    record |= {"state_linked": True} if linked else {}
    return Cited(f"news_{mark_of(article)}", rule.kind, record)


def _own_origin(article: Article) -> str:
    """Return what an article goes back to by its own word: the medium it cites, else whoever published it."""
    told = clean(article.cited or "") or _publisher(article) or _host(article)
    return f"publisher: {told}" if told else f"unnamed: {_title(article)}"


def _same_address(source: Source, article: Article) -> bool:
    return bool(article.url and source.url) and bare_url(str(source.url)) == bare_url(str(article.url))


def _title(article: Article) -> str:
    return clean(article.title.text)[:300] if article.title is not None else f"untitled {article.kind}"


def _publisher(article: Article) -> str:
    return clean(article.publisher or "")[:200]


def _host(article: Article) -> str:
    return (urlsplit(article.url).hostname or "") if article.url else ""


def shared_origin(article: Article, others: Iterable[Article], items: Iterable[Proposal], rules: Rules) -> str | None:
    """Return the origin an article shares: with one of the same release, or an item that quotes the same words.

    Returns
    -------
    str
        ``None`` where nobody else carries it.
    """
    text = " ".join(clean(article.body.text).split())
    for one in items:
        words = " ".join((one.passage or "").split())
        if (
            len(words) >= rules.limits.same_words_chars
            and words in text
            and f"news_{mark_of(article)}" not in one.sources
        ):
            return next((source.origin for source in one.cited), None)
    twins = [one for one in others if (one.group or one.id) == (article.group or article.id)]
    if len(twins) < 2:
        return None
    first = min(twins, key=lambda one: (one.published or "9", one.id))
    return f"release: {_title(first)}, {first.day() or 'undated'}"

"""The method for reading: as text for a terminal, as data for scripts, as a page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Template

from georisk.explaining.method_book import Chapter, MethodBook, Weighed, period_text
from georisk.explaining.reasons import title_of
from georisk.method import Indicator
from georisk.outputs.page import asset, document, environment
from georisk.outputs.plain import visible

STYLES = ("dossier-shell.css", "method.css")
_HANG = 4


def method_page(book: MethodBook, *, changes: bool = False) -> str:
    """Return the method as a page; ``changes``: whether a page of changes lies beside it."""
    body = _template().render(
        book=book,
        method=book.method,
        title_of=title_of,
        span=_span,
        period=period_text,
        goalposts=goalposts,
        plain=_plain,
        changes=changes,
    )
    return document("Method", body, styles=[asset(name) for name in STYLES])


@lru_cache(maxsize=1)
def _template() -> Template:
    return environment("method.html.j2", "dossier-parts.html.j2").get_template("method.html.j2")


def goalposts(one: Indicator) -> str:
    """Return which raw values score 0 and 100, and how values between them are scaled."""
    scale = ", on a logarithmic scale" if one.scale == "log" else ""
    return f"0 at {one.goalposts.zero:,g}, 100 at {one.goalposts.hundred:,g} ({one.unit}){scale}"


def _plain(value: Any) -> str:
    """Return a number of the method as text; lists and tables run on in one line."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(one)}" for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_plain, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _span(start: float, end: float) -> str:
    return f"{start:g} to {'100' if end == 100 else f'under {end:g}'}"


def method_document(book: MethodBook) -> dict[str, Any]:
    """Return the method as plain data."""
    return {
        "version": book.method.version,
        "fingerprint": book.method.fingerprint,
        "dimensions": [_chapter(one) for one in book.chapters],
        "bands": [{"key": band.key, "title": band.title, "from": band.start, "to": end} for band, end in book.bands],
        "rules": [{"title": title, "text": text} for title, text in book.rules],
        "screens": [
            {"key": key, "title": one.title, "law": one.law, "citation": one.citation,
             "consequence": one.consequence, "evidence": one.evidence, "periods": list(map(period_text, one.periods))}
            for key, one in book.screens.items()
        ],
        "series": [{"key": key, **edition.model_dump()} for key, edition in book.editions],
    }  # fmt: skip


def _chapter(chapter: Chapter) -> dict[str, Any]:
    one = chapter.dimension
    return {
        "key": one.key,
        "title": one.title,
        "question": one.question,
        "weight": one.weight,
        "weight_percent": chapter.percent,
        "weight_reason": one.weight_reason,
        "indicators": [_weighed(weighed) for weighed in chapter.indicators],
    }


def _weighed(weighed: Weighed) -> dict[str, Any]:
    return {"weight_percent": weighed.percent, **weighed.indicator.model_dump(mode="json")}


def method_text(book: MethodBook, width: int = 100) -> str:
    """Return the method as text."""
    return "\n".join(_lines(book, width)) + "\n"


def _lines(book: MethodBook, width: int) -> Iterator[str]:
    yield f"Method {book.method.version} ({book.method.fingerprint})"
    yield ""
    yield "Bands: " + "; ".join(f"{band.title} {_span(band.start, end)}" for band, end in book.bands)
    for title, text in book.rules:
        yield from _wrapped(f"{title}: {text}", width)
    for chapter in book.chapters:
        yield ""
        yield f"{chapter.dimension.title}, {chapter.percent:.0f} % of the composite"
        yield from _wrapped(f"{chapter.dimension.question} {chapter.dimension.weight_reason}", width)
        for weighed in chapter.indicators:
            yield from _indicator(weighed, width)
    yield ""
    yield "Legal tests, shown beside the scores and never averaged into them"
    for key, one in book.screens.items():
        periods = "; ".join(map(period_text, one.periods))
        yield from _wrapped(f"{key}: {one.title}. {one.citation}. {periods}", width)
    yield ""
    yield "Country series and lists"
    for key, edition in book.editions:
        text = (
            f"{key}: {edition.title}, {edition.publisher}, {edition.edition}. Licence: {edition.licence}. {edition.url}"
        )
        yield from _wrapped(text, width)


def _indicator(weighed: Weighed, width: int) -> Iterator[str]:
    one = weighed.indicator
    yield from _wrapped(f"{weighed.percent:3.0f} %  {title_of(one.key)}: {one.question}", width)
    for label, text in (
        ("goalposts", f"{goalposts(one)}. {one.goalposts_reason}"),
        ("weight", one.weight_reason),
        ("unknown", one.unknown),
        ("reference", one.reference),
    ):
        yield from _wrapped(f"{label}: {text}", width, indent=2 * _HANG)


def _wrapped(text: str, width: int, indent: int = 2) -> list[str]:
    pad = " " * indent
    return textwrap.wrap(visible(text), width, initial_indent=pad, subsequent_indent=pad + " " * _HANG,
                         break_long_words=False, break_on_hyphens=False)  # fmt: skip

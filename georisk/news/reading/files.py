r"""Files to articles: which kind a file is, and its texts with offsets that lead back to it.

>>> from georisk.files import bundled_root
>>> from georisk.news.tables import reading_tables
>>> tables = reading_tables(bundled_root() / "data" / "news")
>>> read = read_bytes("7_note.txt", b"A short note\n\n3 May 2025\n\nThe mill runs.", tables)
>>> read.articles[0].id, read.articles[0].published
('7-00', '2025-05-03')
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath

from georisk.errors import UsageError
from georisk.news.articles import Article, Draft, Read, Trouble, article_id, stem_of
from georisk.news.reading.decoding import Decoded, decode
from georisk.news.reading.duplicates import grouped
from georisk.news.reading.feeds import drafts_of_feed, looks_feed
from georisk.news.reading.flattened import drafts_of_flattened, looks_flattened
from georisk.news.reading.language import language_of
from georisk.news.reading.letters import draft_of_letter, looks_letter
from georisk.news.reading.pages import draft_of_page, looks_page
from georisk.news.reading.papers import draft_of_pdf, looks_pdf
from georisk.news.reading.plain import draft_of_text
from georisk.news.reading.repair import mend
from georisk.news.reading.tidying import tidied, unwrapped, without_links
from georisk.news.tables import ReadingTables
from georisk.news.views import View


def read_files(paths: Iterable[Path], tables: ReadingTables) -> Read:
    """Read files into articles; copies of one release share a group.

    Raises
    ------
    UsageError
        If a file cannot be opened. What is inside a file never raises: it is reported in ``troubles``, and so is
        a file whose articles share their ids with those of another.
    """
    articles: list[Article] = []
    troubles: list[Trouble] = []
    texts: dict[str, str] = {}
    stems: dict[str, str] = {}
    for path in dict.fromkeys(paths):
        again = path.name in texts
        one = read_file(path, tables, str(path) if again else path.name)
        articles += one.articles
        troubles += one.troubles
        texts |= one.texts
        other = stems.setdefault(stem_of(path.name), path.name)
        if again or other != path.name:
            troubles.append(Trouble(path.name, f"gives its articles the same ids as {other}"))
    return Read(tuple(grouped(articles, tables.limits)), tuple(troubles), texts)


def read_file(path: Path, tables: ReadingTables, name: str) -> Read:
    """Read one file under a name; at most ``limits.largest_file_bytes`` of it."""
    most = tables.limits.largest_file_bytes
    try:
        with path.open("rb") as stream:
            raw = stream.read(most + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); name a file with news") from None
    read = read_bytes(name, raw[:most], tables)
    if len(raw) > most:
        trouble = Trouble(name, f"is larger than {most} bytes; the rest was not read")
        return Read(read.articles, (*read.troubles, trouble), read.texts)
    return read


def read_bytes(name: str, raw: bytes, tables: ReadingTables) -> Read:
    """Read the bytes of one file.

    Parameters
    ----------
    name
        The file's name; the articles' ids come from it.
    raw
        Its bytes.
    tables
        What reading goes by.
    """
    drafts, text, troubles = _drafts(name, raw, tables)
    if not drafts and not troubles:
        troubles.append("is empty")
    articles = [_article(name, index, draft, tables, troubles) for index, draft in enumerate(drafts)]
    reports = tuple(Trouble(name, one) for one in troubles)
    return Read(tuple(articles), reports, {name: text})


def _drafts(name: str, raw: bytes, tables: ReadingTables) -> tuple[list[Draft], str, list[str]]:
    if looks_pdf(raw):
        paper, text, troubles = draft_of_pdf(raw, tables)
        return [paper] if paper is not None else [], text, troubles
    decoded = decode(raw)
    troubles = list(decoded.troubles)
    drafts = _text_drafts(name, raw, decoded, tables, troubles) if decoded.text.strip("\ufeff \t\r\n") else []
    return drafts, decoded.text, troubles


def _text_drafts(name: str, raw: bytes, decoded: Decoded, tables: ReadingTables, troubles: list[str]) -> list[Draft]:
    view = View.of(decoded.text)
    if looks_feed(decoded.text):
        drafts, found = drafts_of_feed(view, tables)
        troubles += found
        return drafts
    if looks_letter(decoded.text):
        letter, found = draft_of_letter(view, raw, tables)
        troubles += found
        return [letter] if letter is not None else []
    if looks_page(decoded.text):
        page, found = draft_of_page(_bounded(view, tables, troubles), tables)
        troubles += found
        return [page]
    if looks_flattened(decoded.text):
        return drafts_of_flattened(view, tables)
    view = _bounded(view, tables, troubles)
    markdown = name.lower().endswith((".md", ".markdown"))
    plain = draft_of_text(without_links(view) if markdown else view, tables, "markdown" if markdown else "text")
    return [plain] if plain is not None else []


def _bounded(view: View, tables: ReadingTables, troubles: list[str]) -> View:
    """Return the beginning of a file that is far longer than an article may be."""
    most = tables.limits.longest_single_chars
    if len(view.text) <= most:
        return view
    troubles.append(f"holds one text and is longer than {most} characters; the rest was not read")
    return view.cut(0, most)


def _article(name: str, index: int, draft: Draft, tables: ReadingTables, troubles: list[str]) -> Article:
    body, most = draft.body, tables.limits.largest_article_chars
    if len(body.text) > most:
        troubles.append(f"article {index} is longer than {most} characters; the rest was not read")
        body = body.cut(0, most)
    body = tidied(mend(body), tables)
    if draft.kind in ("text", "markdown", "letter", "pdf"):
        body = unwrapped(body)
    return Article(
        id=article_id(PurePath(name).name, index),
        file=name,
        kind=draft.kind,
        title=mend(draft.title) if draft.title is not None else None,
        url=draft.url,
        published=draft.published,
        precision=draft.precision,
        publisher=draft.publisher,
        cited=draft.cited,
        language=draft.language or language_of(body.text, tables.languages),
        state_linked=tables.state_media.search(_notice(body.text, tables)) is not None,
        body=body,
        offsets=draft.offsets,
        group=article_id(PurePath(name).name, index),
    )


def _notice(text: str, tables: ReadingTables) -> str:
    """Return the notices near the end of a text: what it says about where it comes from."""
    tail = text[-2500:]
    found = tables.furniture["notice"].search(tail)
    return tail[found.start() :] if found else ""

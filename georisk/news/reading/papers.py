"""PDF: the text that pypdf finds; offsets count that text, for a PDF holds no characters in order."""

from __future__ import annotations

import io
import logging

from georisk.news.articles import Draft
from georisk.news.reading.plain import draft_of_text
from georisk.news.tables import ReadingTables
from georisk.news.views import View


def looks_pdf(raw: bytes) -> bool:
    """Tell whether bytes are a PDF."""
    return raw[:1024].lstrip().startswith(b"%PDF-")


def draft_of_pdf(raw: bytes, tables: ReadingTables) -> tuple[Draft | None, str, list[str]]:
    """Read a PDF.

    Returns
    -------
    tuple
        The paper or ``None``, the text taken out of it, and what could not be read, in sentences.
    """
    try:
        import pypdf
    except ImportError:
        return None, "", ["is a PDF; reading it needs pypdf"]
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    troubles: list[str] = []
    pages: list[str] = []
    length = 0
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        for number, page in enumerate(reader.pages):
            if number >= tables.limits.most_pdf_pages or length > tables.limits.largest_article_chars:
                troubles.append(f"only its first {number} pages were read")
                break
            pages.append(page.extract_text())
            length += len(pages[-1])
    except Exception as error:  # a parser of strangers' files may fail in any way
        troubles.append(f"is a PDF that cannot be read ({type(error).__name__})")
    text = "\n\n".join(pages)
    draft = draft_of_text(View.of(text), tables, "pdf")
    if draft is None:
        return None, text, troubles or ["is a PDF without text"]
    return _with_text_offsets(draft), text, troubles


def _with_text_offsets(draft: Draft) -> Draft:
    from dataclasses import replace

    return replace(draft, offsets="text")

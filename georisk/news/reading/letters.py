"""E-mail: the readable part of a letter, its subject, sender and date."""

from __future__ import annotations

import email
import email.policy
import re
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr

from georisk.news.articles import Draft
from georisk.news.reading.flattened import feed_date
from georisk.news.reading.markup import without_tags
from georisk.news.reading.tidying import cited_source, trimmed
from georisk.news.tables import ReadingTables
from georisk.news.views import Editing, View

_HEADERS = re.compile(
    r"^(?:From|To|Date|Subject|Received|Return-Path|Message-ID|MIME-Version|Delivered-To):", re.IGNORECASE
)
_SOFT = re.compile(r"=\r?\n|(?:=[0-9A-Fa-f]{2})+")


def looks_letter(text: str) -> bool:
    """Tell whether a text begins with the headers of a letter."""
    head = text[:4096].splitlines()[:12]
    return sum(_HEADERS.match(line) is not None for line in head) >= 3


def draft_of_letter(view: View, raw: bytes, tables: ReadingTables) -> tuple[Draft | None, list[str]]:
    """Read a letter; ``None`` if it has no readable part.

    The text keeps its place in the file unless it is sent in base64: then offsets count the text taken out.
    """
    troubles: list[str] = []
    try:
        message = email.message_from_bytes(raw, policy=email.policy.default)
    except RecursionError:
        return None, ["is a letter nested too deep to read"]
    part = _readable(message)
    if part is None:
        return None, ["is a letter without a readable part"]
    body, offsets = _body(view, part, troubles)
    if part.get_content_subtype() == "html":
        body = without_tags(body)
    body = trimmed(body, tables)
    published, precision = feed_date(_header(message, "Date"))
    sender = parseaddr(_header(message, "From"))
    draft = Draft(
        kind="letter",
        body=body,
        title=_subject(view),
        published=published,
        precision=precision,
        publisher=sender[0] or sender[1] or None,
        cited=cited_source(body.text, tables),
        offsets=offsets,
    )
    return draft, troubles


def _header(message: EmailMessage, name: str) -> str:
    """Return a header as text; the library's parser of headers may fail on malformed ones in many ways."""
    try:
        return str(message.get(name) or "")
    except (LookupError, ValueError, TypeError, AttributeError, MessageError):
        return ""


def _readable(message: EmailMessage) -> EmailMessage | None:
    try:
        part = message.get_body(preferencelist=("plain", "html"))
    except (LookupError, ValueError, AttributeError, RecursionError):
        return None
    return part if isinstance(part, EmailMessage) else None


def _body(view: View, part: EmailMessage, troubles: list[str]) -> tuple[View, str]:
    """Return a part's text: as it stands in the file where it stands there readably."""
    coding = (_header(part, "Content-Transfer-Encoding") or "7bit").strip().lower()
    payload = part.get_payload()
    raw = payload if isinstance(payload, str) else ""
    if coding in ("7bit", "8bit", "binary", "quoted-printable"):
        found = _place(view, raw)
        if found is not None:
            return (_unquoted(found, part) if coding == "quoted-printable" else found), "file"
    try:
        text = str(part.get_content())
    except (LookupError, ValueError, KeyError):
        troubles.append("holds a part that could not be decoded")
        text = ""
    return View.of(text), "text"


def _place(view: View, raw: str) -> View | None:
    """Find a part in the file by the first and last of its lines."""
    lines = [line for line in raw.splitlines() if line.strip() and line.isascii()]
    if not lines:
        lines = [line for line in raw.splitlines() if line.strip()]
    blank = re.search(r"\r?\n\r?\n", view.text)
    if not lines or blank is None:
        return None
    start = view.text.find(lines[0], blank.end())
    if start < 0:
        return None
    whole = len(raw.splitlines())
    rest = view.text[start:].splitlines(keepends=True)
    first = raw.splitlines().index(lines[0]) if lines[0] in raw.splitlines() else 0
    before = view.text[blank.end() : start].splitlines(keepends=True)[-first:] if first else []
    begin = start - sum(map(len, before))
    return view.cut(begin, start + sum(len(line) for line in rest[: whole - first]))


def _unquoted(view: View, part: EmailMessage) -> View:
    """Decode quoted-printable, keeping each character's place."""
    charset = part.get_content_charset() or "utf-8"
    editing, last = Editing(view), 0
    for found in _SOFT.finditer(view.text):
        editing.keep(last, found.start())
        if not found[0].endswith("\n"):
            editing.put(_bytes_text(found[0], charset), found.start(), found.end())
        last = found.end()
    editing.keep(last, len(view.text))
    return editing.done()


def _bytes_text(run: str, charset: str) -> str:
    raw = bytes.fromhex(run.replace("=", ""))
    try:
        return raw.decode(charset, errors="replace")
    except LookupError:
        return raw.decode("latin-1")


def _subject(view: View) -> View | None:
    """Return the subject as it stands in the headers; an encoded one has no readable place and is left out."""
    found = re.search(r"(?mi)^Subject:[ \t]*([^\r\n]{1,500})", view.text[:16384])
    if found is None or found[1].startswith("=?"):
        return None
    return view.cut(found.start(1), found.start(1) + len(found[1].rstrip()))

"""One request to one server: conditional, bounded in size and time, from web address to web address only."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from georisk.errors import Fault
from georisk.files import read_toml
from georisk.records import Text

_CHUNK = 65536


class Limits(BaseModel):
    """``data/news/pulling.toml``; the file says what each is for."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    largest_bytes: int = Field(gt=0)
    timeout_s: float = Field(gt=0)
    deadline_s: float = Field(gt=0)
    most_redirects: int = Field(ge=0)
    silent_after_days: int = Field(ge=1)
    agent: Text
    types: list[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent; ``body`` is ``None`` where nothing changed."""

    body: bytes | None
    etag: str | None = None
    modified: str | None = None


class PullError(Exception):
    """A request that gave nothing that can be used; the text says why. It never leaves this module."""


def read_limits(folder: Path) -> Limits:
    """Read ``pulling.toml`` of a ``data/news`` folder.

    Raises
    ------
    Fault
        If a key is missing, unknown or of the wrong kind.
    """
    where = "data/news/pulling.toml"
    try:
        return Limits.model_validate(read_toml(folder / "pulling.toml", where))
    except ValidationError as error:
        one = error.errors()[0]
        raise Fault(f"{where} [{'.'.join(map(str, one['loc']))}]", one["msg"]) from None


def fetched(url: str, etag: str | None, modified: str | None, limits: Limits) -> Answer:
    """Ask a server once, in a thread of its own, so that whatever it does ends with the deadline.

    Parameters
    ----------
    url
        An address that begins with http:// or https://.
    etag, modified
        What it said last time; ``None`` asks for the whole.
    limits
        Of size and time.

    Raises
    ------
    PullError
        If it gives nothing that can be used.
    """
    found: list[Answer | PullError] = []
    until = time.monotonic() + limits.deadline_s

    def ask() -> None:
        try:
            found.append(_asked(url, {"If-None-Match": etag, "If-Modified-Since": modified}, limits, until))
        except PullError as error:
            found.append(error)
        except Exception as error:  # whatever a server makes a parser raise is the feed's failure
            found.append(PullError(f"{type(error).__name__}: {str(error)[:200]}"))

    worker = threading.Thread(target=ask, daemon=True)
    worker.start()
    worker.join(limits.deadline_s + 1)
    if not found:
        raise PullError(f"took longer than {limits.deadline_s:g} seconds")
    if isinstance(found[0], PullError):
        raise found[0]
    return found[0]


def _asked(url: str, conditions: Mapping[str, str | None], limits: Limits, until: float) -> Answer:
    headers = {
        "User-Agent": limits.agent,
        "Accept-Encoding": "identity",
        "Accept": ", ".join(filter(None, limits.types)),
    }
    headers |= {name: value for name, value in conditions.items() if value}
    opener = build_opener(_Redirects(limits.most_redirects))
    try:
        with opener.open(Request(url, headers=headers), timeout=limits.timeout_s) as response:  # noqa: S310  http only
            _let_in(response.headers, limits)
            body = _body(response, limits, until)
            return Answer(body, _header(response.headers, "ETag"), _header(response.headers, "Last-Modified"))
    except HTTPError as error:
        error.close()
        if error.code == 304:
            return Answer(None)
        raise PullError(f"the server answered {error.code} {str(error.reason)[:80]}") from None
    except URLError as error:
        raise PullError(f"cannot be reached: {str(error.reason)[:200]}") from None
    except TimeoutError:
        raise PullError(f"was silent for {limits.timeout_s:g} seconds") from None
    except (HTTPException, OSError, ValueError) as error:
        raise PullError(f"broke off: {type(error).__name__} {str(error)[:200]}") from None


class _Redirects(HTTPRedirectHandler):
    """Follows redirects from web address to web address only, and so many."""

    def __init__(self, most: int) -> None:
        self.followed, self.most = 0, most

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Refuse what leads out of the web, or from https back to http."""
        self.followed += 1
        why = self._against(urlsplit(req.full_url).scheme, newurl)
        if why:
            fp.close()
            raise PullError(why)
        return super().redirect_request(req, fp, code, msg, headers, newurl)

    def _against(self, scheme: str, newurl: str) -> str:
        """Return what speaks against following a redirect; nothing if nothing does."""
        new = urlsplit(newurl).scheme
        if self.followed > self.most:
            return f"redirects more than {self.most} times"
        if new not in ("http", "https"):
            return f"redirects to {newurl[:80]!r}, which is no web address"
        return "redirects from https to http" if scheme == "https" and new == "http" else ""


def _let_in(headers: HTTPMessage, limits: Limits) -> None:
    kind = (headers.get("Content-Type") or "").split(";")[0].strip().lower()
    if kind not in limits.types:
        raise PullError(f"sends {kind[:60]!r}, which is neither feed, page nor text")
    if (headers.get("Content-Encoding") or "identity").strip().lower() != "identity":
        raise PullError("sends a packed answer, though none was asked for")
    length = (headers.get("Content-Length") or "").strip()
    if length.isdecimal() and int(length[:20]) > limits.largest_bytes:
        raise PullError(f"is larger than {limits.largest_bytes} bytes")


def _body(response: Any, limits: Limits, until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := response.read1(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > limits.largest_bytes:
            raise PullError(f"is larger than {limits.largest_bytes} bytes")
        if time.monotonic() > until:
            raise PullError(f"took longer than {limits.deadline_s:g} seconds")
    length = (response.headers.get("Content-Length") or "").strip()
    if length.isdecimal() and size < int(length[:20]):
        raise PullError(f"broke off after {size} of {length[:20]} bytes")
    if not size:
        raise PullError("is empty")
    return b"".join(parts)


def _header(headers: HTTPMessage, name: str) -> str | None:
    """Return a header to send back later; ``None`` where it is missing, too long or holds what no header may."""
    found = headers.get(name)
    return found if found and len(found) <= 300 and found.isprintable() and found.isascii() else None

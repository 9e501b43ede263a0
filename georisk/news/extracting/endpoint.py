"""One question to an OpenAI-compatible endpoint, and its answer: bounded in time and size, no redirects.

Only ``news extract --extractor llm`` gets here; nothing else in this package asks a model. A connection is closed when
its time is up, however slowly its answer drips.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Event, Timer
from time import monotonic
from urllib.parse import SplitResult, urlsplit

from georisk.errors import GeoriskError, UsageError

_CHUNK = 65536
_SUCCESS = 200
_KINDS = {"http": HTTPConnection, "https": HTTPSConnection}


class Unanswered(GeoriskError):
    """An endpoint gave no answer that can be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask.

    Attributes
    ----------
    url
        Base address as such services give it (``https://host/v1``), or the full address of chat completions.
    model
        Name of the model.
    key
        Bearer token, ``None`` for none.
    timeout_s
        Seconds one question may take, from the connection to the last byte of the answer.
    largest_answer_bytes
        Longer answers are refused.
    """

    url: str
    model: str
    key: str | None
    timeout_s: float
    largest_answer_bytes: int

    def address(self) -> SplitResult:
        """Return the address of chat completions, in its parts.

        Raises
        ------
        UsageError
            If the endpoint is no http(s) address.
        """
        try:
            parts = urlsplit(self.url)
            sound = parts.scheme in _KINDS and bool(parts.hostname) and parts.port != 0
        except ValueError:
            sound = False
        if not sound:
            raise UsageError(f"{self.url!r} is no endpoint; give an address such as http://localhost:8080/v1")
        path = parts.path.rstrip("/")
        return parts._replace(path=path if path.endswith("/chat/completions") else f"{path}/chat/completions")


def ask(endpoint: Endpoint, messages: Sequence[dict[str, str]]) -> str:
    """Send messages and return the content of the answer.

    Raises
    ------
    UsageError
        If the endpoint cannot be reached, or does not answer in time.
    Unanswered
        If it answers with an error, too much, or something that is no chat completion.
    """
    body = {
        "model": endpoint.model, "messages": list(messages), "temperature": 0,
        "response_format": {"type": "json_object"},
    }  # fmt: skip
    return _content(_sent(endpoint, json.dumps(body).encode()))


def _sent(endpoint: Endpoint, body: bytes) -> bytes:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    where = endpoint.address()
    target = where.path + (f"?{where.query}" if where.query else "")
    try:
        with _timed(endpoint, where) as connection:
            connection.request("POST", target, body, headers)
            return _read(connection.getresponse(), endpoint.largest_answer_bytes)
    except ValueError as error:  # a line break in the token or the address
        raise UsageError(f"{endpoint.url} cannot be asked ({error})") from None


@contextmanager
def _timed(endpoint: Endpoint, where: SplitResult) -> Iterator[HTTPConnection]:
    """Open a connection that is cut when its time is up; a cut or broken one is an endpoint that cannot be asked."""
    connection = _KINDS[where.scheme](str(where.hostname), where.port, timeout=endpoint.timeout_s)
    late, started, timer = Event(), monotonic(), None
    try:
        connection.connect()
        timer = Timer(max(0.0, started + endpoint.timeout_s - monotonic()), _cut, (connection.sock, late))
        timer.daemon = True
        timer.start()
        yield connection
        if late.is_set():
            raise TimeoutError
    except (OSError, HTTPException) as error:
        slow = late.is_set() or isinstance(error, TimeoutError)
        why = f"no answer within {endpoint.timeout_s:g} s" if slow else str(error) or type(error).__name__
        raise UsageError(f"{endpoint.url} cannot be asked ({why}); is the endpoint running?") from None
    finally:
        if timer is not None:
            timer.cancel()
        connection.close()


def _cut(line: socket.socket, late: Event) -> None:
    late.set()
    with suppress(OSError):  # closed already
        line.shutdown(socket.SHUT_RDWR)


def _read(answer: HTTPResponse, most: int) -> bytes:
    if answer.status != _SUCCESS:
        raise Unanswered(f"the endpoint answered {answer.status}")
    raw = bytearray()
    while len(raw) <= most and (chunk := answer.read1(_CHUNK)):
        raw += chunk
    if len(raw) > most:
        raise Unanswered(f"the answer is longer than {most} bytes")
    if answer.length:
        raise HTTPException("the answer broke off")
    return bytes(raw)


def _content(raw: bytes) -> str:
    try:
        content = json.loads(raw)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise Unanswered("the answer is no chat completion") from None
    if not isinstance(content, str):
        raise Unanswered("the answer holds no text")
    return content

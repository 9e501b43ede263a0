"""A web server for tests, on this machine alone, that answers as each path is told to; it can be rude."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Invented Press</title>
<item><title>Copper</title><link>https://press.example.org/copper</link><pubDate>Mon, 02 Mar 2026 08:00:00 +0000</pubDate>
<description>The mine runs.</description></item></channel></rss>"""
Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers by path; ``seen`` holds the headers of each request."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.seen: list[dict[str, str]] = []
        self.address = ""

    def url(self, path: str, answer: Answer) -> str:
        self.answers[path] = answer
        return self.address + path


def sends(body: bytes, kind: str = "application/rss+xml", status: int = 200, **headers: str) -> Answer:
    """Return an answer with a body; ``Content_Length`` and the like may be given as they should be lied about."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        told = {"Content-Type": kind, "Content-Length": str(len(body))} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        for name, value in told.items():
            if value:
                handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def conditional(body: bytes, etag: str, modified: str) -> Answer:
    """Return an answer that sends nothing where the client has this version."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == etag and handler.headers.get("If-Modified-Since") == modified:
            handler.send_response(304)
            handler.end_headers()
        else:
            sends(body, ETag=etag, Last_Modified=modified)(handler)

    return answer


def drips(pause: float, head: bool = False) -> Answer:
    """Return an answer whose bytes drip: of the body, or of the head."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if not head:
            handler.send_response(200)
            handler.send_header("Content-Type", "text/xml")
            handler.end_headers()
        while True:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(pause)

    return answer


@contextmanager
def serving() -> Iterator[Server]:
    """Serve on a free port of this machine."""
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.seen.append({name.lower(): value for name, value in self.headers.items()})
            try:
                told.answers[self.path](self)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  as in http.server
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()

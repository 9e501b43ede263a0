from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from georisk.errors import Fault
from georisk.news.fetching import Limits, PullError, fetched, read_limits
from tests.news import server as rude

LIMITS = Limits(largest_bytes=5000, timeout_s=0.4, deadline_s=1.0, most_redirects=3, silent_after_days=14,
                agent="test", types=["application/rss+xml", "text/xml", ""])  # fmt: skip


@pytest.fixture
def server() -> Iterator[Any]:
    with rude.serving() as found:
        yield found


def test_what_a_server_sends_is_returned_with_what_it_said_of_it(server: Any) -> None:
    url = server.url("/feed", rude.conditional(rude.FEED, '"v1"', "Mon, 02 Mar 2026 08:00:00 GMT"))
    first = fetched(url, None, None, LIMITS)
    assert (first.body, first.etag, first.modified) == (rude.FEED, '"v1"', "Mon, 02 Mar 2026 08:00:00 GMT")
    again = fetched(url, first.etag, first.modified, LIMITS)
    assert again.body is None
    assert server.seen[0]["user-agent"] == "test"
    assert server.seen[0]["accept-encoding"] == "identity"
    assert "if-none-match" not in server.seen[0]
    assert server.seen[1]["if-none-match"] == '"v1"'


def test_redirects_within_the_web_are_followed(server: Any) -> None:
    server.url("/feed", rude.sends(rude.FEED))
    url = server.url("/old", rude.sends(b"", status=301, Location="/feed"))
    assert fetched(url, None, None, LIMITS).body == rude.FEED


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (rude.sends(b"x" * 6000), "is larger than 5000 bytes"),
        (rude.sends(b"x" * 6000, Content_Length=""), "is larger than 5000 bytes"),
        (rude.sends(b"x", Content_Length="9" * 40), "is larger than 5000 bytes"),
        (rude.sends(b"short", Content_Length="400"), "broke off"),
        (rude.sends(b""), "is empty"),
        (rude.sends(b"MZ", kind="application/x-msdownload"), "neither feed, page nor text"),
        (rude.sends(b"x", Content_Encoding="gzip"), "packed answer"),
        (rude.sends(b"gone", status=410), "the server answered 410"),
        (rude.sends(b"no", status=503), "the server answered 503"),
        (rude.sends(b"", status=302, Location="file:///etc/passwd"), "the server answered 302 .* is not allowed"),
        (rude.sends(b"", status=302, Location="ftp://example.org/a"), "which is no web address"),
        (rude.sends(b"", status=302, Location="/hostile"), "redirects"),
        (lambda handler: handler.wfile.write(b"\x00\xff garbage \r\n\r\n" * 9), "broke off|cannot be reached"),
        (lambda handler: handler.connection.close(), "broke off|cannot be reached"),
        (lambda handler: time.sleep(0.8), "was silent for 0.4 seconds"),
        (rude.drips(0.05), "took longer than 1 seconds"),
        (rude.drips(0.05, head=True), "took longer than 1 seconds"),
    ],
)  # fmt: skip
def test_a_hostile_server_is_survived_and_told(server: Any, answer: Any, why: str) -> None:
    url = server.url("/hostile", answer)
    began = time.monotonic()
    with pytest.raises(PullError, match=why):
        fetched(url, None, None, LIMITS)
    assert time.monotonic() - began < LIMITS.deadline_s + 2


def test_nobody_there_is_told() -> None:
    with pytest.raises(PullError, match="cannot be reached"):
        fetched("http://127.0.0.1:1/", None, None, LIMITS)


def test_headers_that_could_break_a_request_are_not_kept(server: Any) -> None:
    url = server.url("/feed", rude.sends(rude.FEED, ETag="x" * 400))
    assert fetched(url, None, None, LIMITS).etag is None


def test_the_limits_of_the_repository_read(root: Path, tmp_path: Path) -> None:
    text = (root / "data" / "news" / "pulling.toml").read_text()
    assert read_limits(root / "data" / "news").most_redirects >= 1
    (tmp_path / "pulling.toml").write_text(text.replace("timeout_s = 20", "timeout_s = 0"))
    with pytest.raises(Fault, match="timeout_s"):
        read_limits(tmp_path)

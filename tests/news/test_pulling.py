from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from georisk.errors import FaultGroup, UsageError
from georisk.news.fetching import Limits
from georisk.news.pulling import Feed, files_of, pull, read_feeds, read_kept
from tests.news import server as rude

LIMITS = Limits(largest_bytes=5000, timeout_s=0.5, deadline_s=2.0, most_redirects=3, silent_after_days=14,
                agent="test", types=["application/rss+xml"])  # fmt: skip
NOW, LATER = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[Any]:
    with rude.serving() as found:
        yield found


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {one.name: (one.read_bytes(), one.stat().st_mtime_ns) for one in folder.iterdir() if one.name != "lock"}


def test_a_feed_is_fetched_once_and_then_asked_whether_it_changed(server: Any, tmp_path: Path) -> None:
    feeds = {
        "press": Feed(url=server.url("/feed", rude.conditional(rude.FEED, '"v1"', "Mon, 02 Mar 2026 08:00:00 GMT")))
    }
    (first,) = pull(feeds, tmp_path, LIMITS, NOW)
    assert (first.result, first.bytes) == ("new", len(rude.FEED))
    assert Path(first.path).read_bytes() == rude.FEED
    assert files_of([first]) == [tmp_path / "press.xml"]
    before = contents(tmp_path)
    (again,) = pull(feeds, tmp_path, LIMITS, LATER)
    assert (again.result, server.seen[1]["if-none-match"]) == ("unchanged", '"v1"')
    assert contents(tmp_path) == before
    assert read_kept(tmp_path)["press"].changed == "2026-03-02T09:00:00Z"


def test_a_server_without_conditions_is_compared_by_content(server: Any, tmp_path: Path) -> None:
    feeds = {"press": Feed(url=server.url("/feed", rude.sends(rude.FEED)))}
    pull(feeds, tmp_path, LIMITS, NOW)
    before = contents(tmp_path)
    assert pull(feeds, tmp_path, LIMITS, LATER)[0].result == "unchanged"
    assert contents(tmp_path) == before


def test_a_lost_copy_is_fetched_again_whole(server: Any, tmp_path: Path) -> None:
    feeds = {
        "press": Feed(url=server.url("/feed", rude.conditional(rude.FEED, '"v1"', "Mon, 02 Mar 2026 08:00:00 GMT")))
    }
    pull(feeds, tmp_path, LIMITS, NOW)
    (tmp_path / "press.xml").unlink()
    assert pull(feeds, tmp_path, LIMITS, LATER)[0].result == "new"
    assert (tmp_path / "press.xml").read_bytes() == rude.FEED


def test_a_failing_feed_keeps_its_copy_and_the_others_are_asked(server: Any, tmp_path: Path) -> None:
    feeds = {
        "first": Feed(url=server.url("/first", rude.sends(rude.FEED))),
        "second": Feed(url=server.url("/second", rude.sends(rude.FEED))),
    }
    pull(feeds, tmp_path, LIMITS, NOW)
    server.url("/first", rude.sends(b"no", status=500))
    server.url("/second", rude.sends(rude.FEED + b"\n"))
    first, second = pull(feeds, tmp_path, LIMITS, LATER)
    assert (first.result, first.text) == ("failed", "the server answered 500 Internal Server Error")
    assert second.result == "new"
    assert (tmp_path / "first.xml").read_bytes() == rude.FEED
    assert read_kept(tmp_path)["first"].failing == (
        "since 2026-03-03T09:00:00Z: the server answered 500 Internal Server Error"
    )
    server.url("/first", rude.sends(rude.FEED))
    pull(feeds, tmp_path, LIMITS, LATER)
    assert read_kept(tmp_path)["first"].failing is None


def test_a_feed_that_moved_forgets_what_the_old_server_said(server: Any, tmp_path: Path) -> None:
    pull({"press": Feed(url=server.url("/a", rude.sends(rude.FEED, ETag='"a"')))}, tmp_path, LIMITS, NOW)
    moved = {"press": Feed(url=server.url("/b", rude.sends(rude.FEED + b"\n")))}
    assert pull(moved, tmp_path, LIMITS, LATER)[0].result == "new"
    assert "if-none-match" not in server.seen[1]


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"feeds": {"press": {"colour": 1}}}'])
def test_torn_notes_of_the_cache_are_written_anew(server: Any, tmp_path: Path, torn: str) -> None:
    (tmp_path / "feeds.json").write_text(torn)
    assert read_kept(tmp_path) == {}
    assert pull({"press": Feed(url=server.url("/a", rude.sends(rude.FEED)))}, tmp_path, LIMITS, NOW)[0].result == "new"
    assert json.loads((tmp_path / "feeds.json").read_text())["feeds"]["press"]["sha256"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[feeds.a]\nurl = "file:///etc/passwd"\n', "http"),
        ('[feeds.a]\nurl = "https://user:word@example.org/"\n', "password"),
        ('[feeds."../a"]\nurl = "https://example.org/"\n', "is not an id"),
        ('[feeds.a]\nurl = "https://example.org/"\ncolour = 1\n', "colour"),
        ("feeds = {}\n", "feeds"),
    ],
)
def test_a_feeds_file_with_faults_is_refused(tmp_path: Path, text: str, found: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    with pytest.raises(FaultGroup) as caught:
        read_feeds(path)
    assert found in str(caught.value.exceptions[0])


def test_a_missing_feeds_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no file"):
        read_feeds(tmp_path / "feeds.toml")

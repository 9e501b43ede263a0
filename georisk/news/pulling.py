"""Feeds fetched into a cache: the one place of georisk's news that touches the network.

Every feed is asked for once, with what the server said of it last time (``ETag``, ``Last-Modified``), within limits of
size and time. Whatever a server does, the feed's last good copy stays, and the others are still asked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from georisk.errors import Fault, FaultGroup, UsageError
from georisk.files import atomic_write, read_json, read_toml, write_text
from georisk.locking import workspace_lock
from georisk.news.fetching import Limits, PullError, fetched
from georisk.records import Slug, Text, faults_of

CACHE = ".georisk/feeds"
STATE = "feeds.json"


def _web(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise ValueError("an address that begins with http:// or https://, without a password in it")
    return address


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Feed(_Strict):
    """``[feeds.<key>]`` of a feeds file."""

    url: Annotated[Text, AfterValidator(_web)]
    title: Text | None = None
    silent_after_days: int | None = Field(default=None, ge=1)


class FeedsFile(_Strict):
    """A feeds file."""

    feeds: dict[Slug, Feed] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a feed between runs.

    Attributes
    ----------
    url
        Where it was fetched.
    file, sha256
        Its copy in the cache.
    etag, modified
        What the server said of that copy.
    changed
        When the copy last changed (UTC, ISO 8601); ``None`` before the first.
    failing
        Since when every request failed, and how; ``None`` while it works.
    """

    url: str
    file: str
    sha256: str | None = None
    etag: str | None = None
    modified: str | None = None
    changed: str | None = None
    failing: str | None = None


@dataclass(frozen=True, slots=True)
class Pulled:
    """What became of one feed: ``new``, ``unchanged`` or ``failed``, the copy's size in bytes, and why it failed."""

    feed: str
    result: str
    bytes: int
    path: str
    text: str = ""


def read_feeds(path: Path) -> Mapping[str, Feed]:
    """Read a feeds file.

    Raises
    ------
    UsageError
        If there is no such file.
    FaultGroup
        With every fault in it.
    """
    if not path.is_file():
        raise UsageError(f"{path} is no file; write [feeds.<name>] with a url for each feed")
    table = read_toml(path, path.name)
    try:
        return FeedsFile.model_validate(table).feeds
    except ValidationError as error:
        faults = faults_of(error, path.name, table)
        raise FaultGroup(f"{len(faults)} faults in {path.name}", faults) from None


def pull(
    feeds: Mapping[str, Feed], cache: Path, limits: Limits, now: datetime | None = None,
    step: Callable[[str], None] | None = None,
) -> list[Pulled]:  # fmt: skip
    """Fetch feeds into a cache; where no feed changed, no file does.

    Parameters
    ----------
    feeds
        Feeds by key; a feed's copy is named after its key.
    cache
        The folder of the copies and of what is kept of them.
    limits
        Of size and time, for each request.
    now
        The time of the run; the present one if ``None``.
    step
        Told the key of each feed before it is asked for.
    """
    when = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    done: list[Pulled] = []
    with workspace_lock(cache):
        kept = read_kept(cache)
        before = dict(kept)
        for key, feed in feeds.items():
            if step is not None:
                step(key)
            kept[key], pulled = _pull_one(key, feed, kept.get(key), cache, limits, when)
            done.append(pulled)
        if kept != before:
            _write_kept(cache, kept)
    return done


def read_kept(cache: Path) -> dict[str, Kept]:
    """Return what is kept of feeds; nothing where none was fetched yet, or the file is torn."""
    path = cache / STATE
    if not path.is_file():
        return {}
    try:
        found = read_json(path, STATE)
        return {str(key): Kept(**one) for key, one in found["feeds"].items()}
    except (Fault, KeyError, TypeError, AttributeError):
        return {}


def _write_kept(cache: Path, kept: Mapping[str, Kept]) -> None:
    text = json.dumps({"feeds": {key: asdict(kept[key]) for key in sorted(kept)}}, indent=1, ensure_ascii=False)
    write_text(cache / STATE, text + "\n")


def _pull_one(key: str, feed: Feed, before: Kept | None, cache: Path, limits: Limits, when: str) -> tuple[Kept, Pulled]:
    kept = before if before is not None and before.url == feed.url else Kept(feed.url, f"{key}.xml")
    path = cache / kept.file
    asked = kept if path.is_file() else replace(kept, etag=None, modified=None, sha256=None)
    size = path.stat().st_size if path.is_file() else 0
    try:
        answer = fetched(feed.url, asked.etag, asked.modified, limits)
    except PullError as error:
        failing = kept.failing or f"since {when}: {error}"
        return replace(kept, failing=failing), Pulled(key, "failed", size, str(path), str(error))
    if answer.body is None or hashlib.sha256(answer.body).hexdigest() == asked.sha256:
        return replace(kept, failing=None), Pulled(key, "unchanged", size, str(path))
    with atomic_write(path) as stream:
        stream.write(answer.body)
    digest = hashlib.sha256(answer.body).hexdigest()
    fresh = Kept(feed.url, kept.file, digest, answer.etag, answer.modified, when)
    return fresh, Pulled(key, "new", len(answer.body), str(path))


def files_of(feeds: Sequence[Pulled]) -> list[Path]:
    """Return the copies that can be read."""
    return [Path(one.path) for one in feeds if one.bytes]

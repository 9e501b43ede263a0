"""What has gone quiet: how old the newest evidence of each site and publisher is, silent feeds, overdue statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from georisk.dates import When, months_between
from georisk.news.fetching import Limits
from georisk.news.pulling import Feed, Kept
from georisk.news.reading.files import read_file
from georisk.news.tables import ReadingTables
from georisk.seeds import Site
from georisk.snapshot import Snapshot
from georisk.stages import due, overdue
from georisk.statements import Source, Statement


@dataclass(frozen=True, slots=True)
class Watched:
    """One thing that is watched.

    Attributes
    ----------
    kind, name
        ``site``, ``source``, ``feed`` or ``statement``, and its id, publisher or key.
    newest, age_days
        The newest evidence, item or date it has, and how long ago that was; ``None`` where it has none.
    late
        Whether it calls for a look.
    text
        What it rests on, or why it is late.
    """

    kind: str
    name: str
    newest: date | None
    age_days: int | None
    late: bool
    text: str


def watched_sites(snapshot: Snapshot) -> Iterator[Watched]:
    """Yield the newest evidence of each site: of its statements, and of those of its holders of title."""
    for site in snapshot.seeds.sites.values():
        cited = list(_cited(snapshot, _of_site(snapshot, site)))
        newest = max(cited, key=lambda one: (_day(one), one.id), default=None)
        text = f"{newest.publisher}: {newest.title}" if newest is not None else "no dated source"
        yield _watched("site", site.id, None if newest is None else _day(newest), snapshot.as_of, text)


def watched_sources(snapshot: Snapshot) -> Iterator[Watched]:
    """Yield the newest evidence of each publisher."""
    newest: dict[str, Source] = {}
    counts: dict[str, int] = {}
    for one in _cited(snapshot, snapshot.known):
        counts[one.publisher] = counts.get(one.publisher, 0) + 1
        newest[one.publisher] = max(one, newest.get(one.publisher, one), key=lambda source: (_day(source), source.id))
    for name, one in sorted(newest.items()):
        text = f"{one.title}; cited {counts[name]} time{'s' if counts[name] != 1 else ''}"
        yield _watched("source", name, _day(one), snapshot.as_of, text)


def watched_statements(snapshot: Snapshot, grace_months: float) -> Iterator[Watched]:
    """Yield the statements past their day: planned events that are due, holdings nobody restated for long.

    Parameters
    ----------
    snapshot
        The registry on the day.
    grace_months
        How long a percentage stands before it ages (``[ageing]`` of the method).
    """
    for site in snapshot.seeds.sites.values():
        for one in overdue(snapshot, [site.id, *(part.id for part in site.parts)]):
            when = due(one)
            day = when.last if when is not None else None
            yield _watched("statement", one.key, day, snapshot.as_of, f"due {when}, outcome not found", late=True)
    for one in snapshot.known:
        if one.property != "stake" or not one.holds(snapshot.as_of) or not one.counts() or _fixed(one):
            continue
        days = [_day(source) for source in _cited(snapshot, [one])]
        last = max(days, default=None)
        if last is not None and months_between(last, snapshot.as_of) > grace_months:
            text = f"the holding was last restated then; after {grace_months:g} months it ages"
            yield _watched("statement", one.key, last, snapshot.as_of, text, late=True)


def watched_feeds(
    feeds: Mapping[str, Feed], kept: Mapping[str, Kept], cache: Path, limits: Limits, tables: ReadingTables, today: date
) -> Iterator[Watched]:
    """Yield the newest item of each feed in the cache; a feed is silent when that is too long ago.

    Parameters
    ----------
    feeds
        What the feeds file says; those of the cache alone where it is not given.
    kept, cache
        What ``news pull`` keeps of them, and where.
    limits, tables
        After how many days a feed is silent, and what reading goes by.
    today
        The day of the look.
    """
    for key in dict.fromkeys([*feeds, *kept]):
        one, feed = kept.get(key), feeds.get(key)
        most = feed.silent_after_days if feed is not None and feed.silent_after_days else limits.silent_after_days
        path = None if one is None else cache / one.file
        if one is None or path is None or not path.is_file():
            why = one.failing if one is not None and one.failing else "was never fetched; run georisk news pull"
            yield _watched("feed", key, None, today, why, late=True)
            continue
        days = [day for article in read_file(path, tables, path.name).articles if (day := article.day()) is not None]
        newest = max((day for day in days if day <= today), default=None)
        silent = newest is None or (today - newest).days > most
        text = f"failing {one.failing}" if one.failing else f"silent for more than {most} days" if silent else one.url
        yield _watched("feed", key, newest, today, text, late=silent or one.failing is not None)


def _watched(kind: str, name: str, newest: date | None, today: date, text: str, *, late: bool = False) -> Watched:
    return Watched(kind, name, newest, None if newest is None else (today - newest).days, late, text)


def _of_site(snapshot: Snapshot, site: Site) -> list[Statement]:
    names = {site.id, *(part.id for part in site.parts), site.title_holder, *(part.title_holder for part in site.parts)}
    return [one for one in snapshot.known if one.subject in names]


def _cited(snapshot: Snapshot, statements: Iterable[Statement]) -> Iterator[Source]:
    """Yield the dated sources of statements, once a citation, as far as they were published by the known-by day."""
    for one in statements:
        for key in one.sources:
            source = snapshot.seeds.sources[key]
            if source.published is not None and source.published.last <= snapshot.known_by:
                yield source


def _day(source: Source) -> date:
    published: When | None = source.published
    return published.last if published is not None else date.min


def _fixed(one: Statement) -> bool:
    """Say whether a holding does not age: fixed by law, or the whole."""
    return bool(one.qualifiers.get("statutory")) or one.value in (None, 100, 100.0)

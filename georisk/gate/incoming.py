"""From articles and their events to items for ``seeds/news``: one item an article, and nothing dropped in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from georisk.dates import When
from georisk.gate.corrections import corrected, is_correction
from georisk.gate.desk import Desk
from georisk.gate.drafting import Drafted, Drafter, Left
from georisk.gate.endings import draft_end, latest_only
from georisk.gate.itemwriting import Item, Writer, title_of
from georisk.gate.matching import Firmer, matched
from georisk.gate.newsfile import Proposal
from georisk.gate.sourcing import cite, item_id, shared_origin
from georisk.gate.totals import weighed
from georisk.news.articles import Article, clean
from georisk.news.events import Event
from georisk.statements import Statement, closed

CORRECTION = "correction"
"""Kind of source of an article that corrects another: a policy has to name it."""
OFFER = "proposed-nonbinding"
SAME_ACT = frozenset({"mou", "partnership"})
"""Events that report the signing of what another event of the same article tells the content of."""


@dataclass(frozen=True)
class Incoming:
    """What came of articles: items that are new, items that lay there already, and what became no proposal."""

    items: tuple[Item, ...]
    known: tuple[str, ...]
    left: tuple[Left, ...]


def take_in(
    desk: Desk, articles: Sequence[Article], events: Iterable[Event], drafter: Drafter, today: date
) -> Incoming:
    """Make items of articles.

    Parameters
    ----------
    desk
        The registry with the items that lie before the gate.
    articles, events
        What was read, and what was extracted from it.
    drafter
        What drafting goes by.
    today
        The day the items are written.

    Returns
    -------
    Incoming
        An article whose item lies in ``seeds/news`` already makes no other one, whatever became of it.
    """
    by_article: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_article[event.article].append(event)
    items: list[Item] = []
    left: list[Left] = []
    known: list[str] = []
    there = {*(one.item for one in desk.proposals), *desk.standing}
    for article in articles:
        name = item_id(article)
        if name is not None and name in there:
            known.append(name)
            continue
        maker = _Maker(desk, articles, items, drafter, today)
        item, lost = maker.make(article, name, by_article.get(article.id, []))
        left += lost
        if item is not None:
            items.append(item)
            there.add(item.id)
    return Incoming(tuple(items), tuple(known), tuple(left))


@dataclass
class _Maker:
    """Makes one item after the other; later ones see what earlier ones propose."""

    desk: Desk
    articles: Sequence[Article]
    items: Sequence[Item]
    drafter: Drafter
    today: date

    def make(self, article: Article, name: str | None, events: Sequence[Event]) -> tuple[Item | None, list[Left]]:
        if name is None:
            return None, [Left(article.id, "", "shows no date of publication", title_of(article))]
        fixes = is_correction(article, self.drafter.rules)
        drafts, left = self._drafts(article, events)
        proposed = self._proposed()
        origin = shared_origin(article, self.articles, proposed, self.drafter.rules)
        source = cite(article, self.drafter.rules, self._sources(), origin)
        workspace, chars = self.desk.workspace, self.drafter.rules.limits.context_chars
        vocabulary, kind = workspace.data / "vocabulary", CORRECTION if fixes else None
        writer = Writer(article, name, source, workspace.seeds, vocabulary, self.today, chars, kind)
        undone, mended = [], []
        if fixes:
            found = corrected(article, events, self.desk, source.key)
            drafts, said = _parted(drafts, found.claims)
            undone, mended = list(found.records), list(found.items)
            left += [*found.left, *(_left(one.event, "repeats what the article corrects") for one in said)]
        records = [*undone, *writer.records(drafts)]
        if not records and not mended:
            return None, left or [Left(article.id, "", "tells no act of a kind the registry keeps", title_of(article))]
        item, lost = writer.item(records, drafts, mended)
        return item, [*left, *lost]

    def _drafts(self, article: Article, events: Sequence[Event]) -> tuple[list[Drafted], list[Left]]:
        found: list[Drafted] = []
        left: list[Left] = []
        for event in events:
            rule = self.drafter.rules.events.get(event.event_type)
            made = draft_end(event, article, self.drafter) if rule and rule.ends else self.drafter.draft(event, article)
            if isinstance(made, str):
                left.append(_left(event, made))
            else:
                found.append(made)
        found, outdone = latest_only(found)
        left += [_left(one.event, "the article itself gives a later end") for one in outdone]
        found, told = _without_signings(found)
        left += [_left(one.event, "is told with its content by another passage of the article") for one in told]
        found = _dated_by_signing(found, events)
        return self._matched(weighed(found, self.drafter.rules.limits.sum_of_parts), left)

    def _matched(self, drafts: Sequence[Drafted], left: list[Left]) -> tuple[list[Drafted], list[Left]]:
        found: list[Drafted] = []
        known = self._known()
        for one in drafts:
            made = one if "closes" in one.record else matched(one, known, self.drafter.rules)
            if isinstance(made, Firmer):
                left.append(_left(one.event, str(made)))
            elif any(_same_record(made, other) for other in found):
                left.append(_left(one.event, "says the same as another passage of the article"))
            else:
                found.append(made)
        return found, left

    def _known(self) -> list[Statement]:
        seeds = self.desk.workspace.seeds
        told = closed(seeds.statements, seeds.closures, date.max)
        return [*told, *(one.statement for one in self._proposed() if one.statement is not None)]

    def _proposed(self) -> list[Proposal]:
        return [*self.desk.open(), *(one for item in self.items for one in item.proposals)]

    def _sources(self) -> Mapping[str, Any]:
        return self.desk.workspace.seeds.sources


def _parted(drafts: Sequence[Drafted], claims: Collection[str]) -> tuple[list[Drafted], list[Drafted]]:
    """Part drafts from those that only quote a claim which the article corrects."""
    said = [one for one in drafts if one.restates in claims]
    return [one for one in drafts if one not in said], said


def _without_signings(drafts: Sequence[Drafted]) -> tuple[list[Drafted], list[Drafted]]:
    """Part drafts from those that only report the signing of what another tells: one act is one statement."""
    told = [
        one
        for one in drafts
        if one.event.event_type in SAME_ACT
        and any(
            other.event.event_type not in SAME_ACT
            and other.file.split("/")[0] == "sites"
            and other.file == one.file
            and other.event.modality == one.event.modality
            for other in drafts
        )
    ]
    return [one for one in drafts if one not in told], told


def _dated_by_signing(drafts: Sequence[Drafted], events: Iterable[Event]) -> list[Drafted]:
    """Give offers the day of the one signing that the article tells of in another passage."""
    days = {one.event_date for one in events if one.event_type in SAME_ACT and one.modality == OFFER and one.event_date}
    try:
        day = When.parse(days.pop()) if len(days) == 1 else None
    except ValueError:
        day = None
    return [
        replace(one, record={**one.record, "valid_from": day})
        if day is not None and one.event.modality == OFFER and "valid_from" not in one.record
        else one
        for one in drafts
    ]


def _same_record(one: Drafted, other: Drafted) -> bool:
    if "closes" in one.record:
        return one.file == other.file and one.record == other.record
    names = ("property", "value", "unit", "qualifiers", "valid_from")
    return one.subject == other.subject and all(one.record.get(name) == other.record.get(name) for name in names)


def _left(event: Event, why: str) -> Left:
    return Left(event.article, event.event_type, why, clean(event.evidence)[:300])


def _title(article: Article) -> str:
    return clean(article.title.text)[:300] if article.title is not None else f"untitled {article.kind}"

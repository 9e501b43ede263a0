"""Articles that correct or take back an earlier one: what was accepted from that one is proposed to be retracted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from georisk.dates import When
from georisk.gate.desk import Desk
from georisk.gate.drafting import Left
from georisk.gate.newsfile import Proposal
from georisk.gate.rules import Rules
from georisk.gate.sourcing import bare_url
from georisk.news.articles import Article, clean
from georisk.news.events import Event
from georisk.statements import COUNTING_STATUSES, Source, Statement


def is_correction(article: Article, rules: Rules) -> bool:
    """Say whether an article corrects another: its title or its text says so in as many words."""
    title = article.title.text if article.title is not None else ""
    return any(rules.patterns.correction.search(text) for text in (title, article.body.text[:4000]))


@dataclass(frozen=True)
class Corrected:
    """What an article corrects.

    Attributes
    ----------
    records
        What retracts the statements that were accepted; through the ledger, so that this can be undone too.
    items
        The items that are corrected: a policy lets nothing of them pass any more.
    claims
        Keys of the claims that are corrected, accepted or not.
    left
        What takes a person's hand.
    """

    records: tuple[dict[str, Any], ...]
    items: tuple[str, ...]
    claims: frozenset[str]
    left: tuple[Left, ...]


def corrected(article: Article, events: Sequence[Event], desk: Desk, source: str) -> Corrected:
    """Find what an article corrects.

    Parameters
    ----------
    article, events
        The correction and what was extracted from it.
    desk
        The registry, the items and the ledger.
    source
        Key of the correction's own source.

    Notes
    -----
    An item is meant if the text gives its address, or if it comes from the same publisher, is older, and is about the
    same site. Of such an item those statements are meant whose event type the correction tells of as well; all, if it
    tells of none. A statement that another independent source carries too stays.
    """
    meant = [one for one in desk.proposals if _is_meant(one, article, events)]
    types = {event.event_type for event in events}
    touched = [one for one in meant if one.reading is None or one.reading.event in types] or meant
    records: list[dict[str, Any]] = []
    left: list[Left] = []
    for one in touched:
        if desk.ledger.state(one.id) != "accepted":
            continue
        made = _retraction(one, article, desk, source)
        if isinstance(made, str):
            left.append(Left(article.id, "correction", made, one.passage or ""))
        else:
            records.append(made)
    if not meant:
        left.append(
            Left(article.id, "correction", "corrects nothing that was read here", clean(article.body.text)[:200])
        )
    claims = frozenset(one.statement.key for one in touched if one.statement is not None)
    return Corrected(tuple(records), tuple(sorted({one.item for one in touched})), claims, tuple(left))


def _is_meant(one: Proposal, article: Article, events: Iterable[Event]) -> bool:
    sources = list(one.cited)
    if any(source.url and bare_url(source.url) in article.body.text for source in sources):
        return True
    day = article.day()
    older = any(source.published is not None and day is not None and source.published.first < day for source in sources)
    own = any(source.publisher == clean(article.publisher or "") for source in sources)
    sites = {link.id.split("/")[0] for event in events for link in event.links}
    return own and older and one.subject.split("/")[0] in sites


def _retraction(one: Proposal, article: Article, desk: Desk, source: str) -> dict[str, Any] | str:
    seeds = desk.workspace.seeds
    if one.closure is not None:
        return f"{one.id} ended something; take it back by hand: georisk news undo {one.id}"
    standing = next((told for told in seeds.statements if one.statement and told.id == one.statement.id), None)
    if standing is None or standing.status not in COUNTING_STATUSES:
        return f"{one.id} counts no more"
    others = _carried_by_others(standing, one.cited, seeds.sources)
    if others:
        return f"{standing.key} is carried by other sources too ({', '.join(others)}); retract it by hand if it must go"
    record: dict[str, Any] = {"file": _file_of(one), "key": f"{standing.key.split(':', 1)[1]}-retracted"}
    record |= {"property": standing.property}
    record |= {
        name: getattr(standing, name) for name in ("value", "unit", "unknown") if getattr(standing, name) is not None
    }
    record |= {"qualifiers": dict(standing.qualifiers)} if standing.qualifiers else {}
    record |= {"part": standing.subject.split("/", 1)[1]} if "/" in standing.subject else {}
    record |= {"valid_from": When.parse(standing.valid_from.text)} if standing.valid_from is not None else {}
    return record | {
        "status": "retracted", "force": standing.force, "sources": [source],
        "passage": clean(article.body.text)[:400], "event": one.reading.event if one.reading else "correction",
        "modality": "denied", "confidence": 1.0,
    }  # fmt: skip


def _carried_by_others(standing: Statement, own: Iterable[Source], sources: Any) -> list[str]:
    origins = {one.origin for one in own}
    return [key for key in standing.sources if sources[key].origin not in origins]


def _file_of(one: Proposal) -> str:
    return one.file.removeprefix("seeds/").removesuffix("/site.toml").removesuffix(".toml")

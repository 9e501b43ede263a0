"""All that is known of one site on a day, gathered for its page. Nothing is scored here.

A dossier is a frozen record: what a page shows and in which order is the page's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from georisk.explaining.agreements import Agreement, agreements_of
from georisk.explaining.citations import Citations, Support
from georisk.explaining.conflicts import Conflict, conflicts_among
from georisk.explaining.context import touching
from georisk.explaining.timeline import Event, latest_of, timeline_of
from georisk.financing import STATES, Money, finance_of
from georisk.ownership.graph import Stake
from georisk.ownership.holders import Branch, Holders
from georisk.ownership.terminals import Terminal
from georisk.registry import in_scope, statements_about
from georisk.seeds import Site
from georisk.snapshot import Snapshot
from georisk.stages import Stage, due, milestones, stage_of
from georisk.statements import Source, Statement

CHANNEL_LINKS = "chinese-link"
_PARTNERS = ("owner", "lender", "recipient", "buyer", "supplier", "processor", "payee", "holder")
_IDENTITY = ("incorporation", "nationality", "domicile")


@dataclass(frozen=True, slots=True)
class Standing:
    """The stage of a site or of one of its parts."""

    subject: str
    name: str
    stage: Stage
    reported: str | None


@dataclass(frozen=True, slots=True)
class Holding:
    """Who owns a site or part: the owned node, its direct stakes, the tree above it, the ends of the chains."""

    subject: str
    name: str
    root: str
    root_name: str
    direct: tuple[Stake, ...]
    tree: tuple[Branch, ...]
    ends: tuple[Terminal, ...]


def behind(holding: Holding, end: Terminal) -> tuple[str, ...]:
    """Return the ids behind the end of a chain; the rest of the owned node is what its direct stakes leave."""
    return end.statements or tuple(dict.fromkeys(one for stake in holding.direct for one in stake.statements))


@dataclass(frozen=True)
class Dossier:
    """Everything known of one site.

    Attributes
    ----------
    standings
        Stage of the site, or of each part.
    places
        Statements of where it lies.
    timeline, latest
        Dated events, oldest first, those due last; the last of those that have happened, one day's worth.
    overdue, coming
        Planned events whose date has passed without a known outcome; those still ahead.
    money
        Finance by state, never added up.
    announced
        Money planned or hoped for: not finance yet.
    links, proceedings, topics
        Chinese links; open and past proceedings; facts of countries and programmes that touch the site.
    conflicts
        Statements that do not agree.
    open_questions
        Statements whose value is not known, with the reason.
    groups, supports
        Every statement and row of a series on the page: by whom it speaks of, and by id.
    sources
        Number of each source on the page, from 1.
    """

    site: Site
    snapshot: Snapshot
    standings: tuple[Standing, ...]
    places: tuple[Support, ...]
    timeline: tuple[Event, ...]
    latest: tuple[Event, ...]
    overdue: tuple[Support, ...]
    coming: tuple[Support, ...]
    holdings: tuple[Holding, ...]
    money: tuple[Money, ...]
    announced: tuple[Support, ...]
    agreements: tuple[Agreement, ...]
    links: tuple[Support, ...]
    proceedings: tuple[Support, ...]
    topics: tuple[Support, ...]
    conflicts: tuple[tuple[Conflict, tuple[Support, ...]], ...]
    open_questions: tuple[Support, ...]
    groups: tuple[tuple[str, tuple[Support, ...]], ...]
    supports: Mapping[str, Support]
    sources: Mapping[str, tuple[int, Source]]


def dossier_of(site: Site, holders: Holders, citations: Citations, cited: Iterable[str] = ()) -> Dossier:
    """Gather what is known of a site.

    Parameters
    ----------
    site
        The site.
    holders, citations
        Owners and statements on the snapshot's day.
    cited
        Ids that the page cites beside these, such as those behind its scores.
    """
    snapshot = citations.snapshot
    scope = in_scope(site)
    holdings = tuple(_ownership(holders, site, subject) for subject in site.subjects())
    statements = _statements(snapshot, holders, site, holdings)
    known = {one.id for one in statements}
    extra = [name for name in dict.fromkeys(cited) if name not in known]
    supports = [*map(citations.statement, statements), *citations.supports(extra)]
    by_id = {one.id: one for one in supports}
    groups = _groups(supports)
    planned = milestones(snapshot, scope)
    timeline = timeline_of(snapshot, supports)
    return Dossier(
        site=site,
        snapshot=snapshot,
        standings=tuple(_standing(snapshot, site, subject) for subject in site.subjects()),
        places=_pick(by_id, _holding(snapshot, site, "location")),
        timeline=tuple(timeline),
        latest=latest_of(snapshot, timeline),
        overdue=_pick(by_id, (one for one in planned if _passed(snapshot, one))),
        coming=_pick(by_id, (one for one in planned if not _passed(snapshot, one))),
        holdings=holdings,
        money=tuple(sorted(finance_of(snapshot, scope), key=lambda item: list(STATES.values()).index(item.state))),
        announced=_pick(by_id, (one for one in _holding(snapshot, site, "finance") if one.force not in STATES)),
        agreements=tuple(agreements_of(snapshot, scope, by_id)),
        links=_pick(by_id, _links(statements)),
        proceedings=_pick(by_id, (one for one in statements if one.property in ("proceeding", "dispute"))),
        topics=_pick(by_id, touching(snapshot, site)),
        conflicts=tuple((one, _pick(by_id, one.sides)) for one in conflicts_among(statements, snapshot.as_of)),
        open_questions=_pick(by_id, (one for one in statements if one.unknown and one.holds(snapshot.as_of))),
        groups=groups,
        supports=by_id,
        sources=_numbered(groups),
    )


def _statements(snapshot: Snapshot, holders: Holders, site: Site, holdings: Iterable[Holding]) -> list[Statement]:
    """Return what speaks of the site.

    Its own statements and its owners', every stake of the tree, who the partners are, what names the site, and what
    countries and programmes do to it.
    """
    own = statements_about(snapshot, holders, site)
    first = {subject: place for place, subject in enumerate(in_scope(site))}
    own.sort(key=lambda one: (first.get(one.subject, len(first)), one.subject, one.property, one.key))
    stakes = [snapshot.by_id[name] for holding in holdings for name in _tree_statements(holding.tree)]
    partners = {party for one in [*own, *stakes] for party in partners_of(one)}
    topics = {*snapshot.seeds.places, *snapshot.seeds.programmes}
    mentioned = [
        one
        for one in snapshot.known
        if (one.subject in partners and one.property in _IDENTITY) or (one.subject not in topics and _names(site, one))
    ]
    return list({one.id: one for one in [*own, *stakes, *mentioned, *touching(snapshot, site)]}.values())


def _tree_statements(branches: Iterable[Branch]) -> Iterator[str]:
    for branch in branches:
        yield from branch.link.stake.statements
        yield from _tree_statements(branch.above)


def partners_of(one: Statement) -> list[str]:
    """Return the parties a statement names besides its subject: lenders, buyers, vehicles and the like."""
    named = [str(one.qualifiers[role]) for role in _PARTNERS if role in one.qualifiers]
    named += [str(one.value)] if one.property in ("operator", "contractor") and one.value else []
    return [*named, *map(str, one.qualifiers.get("via", ()))]


def _names(site: Site, one: Statement) -> bool:
    """Say whether a statement about somebody else names the site."""
    named = [*one.qualifiers.get("sites", ()), one.qualifiers.get("site")]
    return any(name == site.id or str(name).startswith(f"{site.id}/") for name in named)


def _groups(supports: Sequence[Support]) -> tuple[tuple[str, tuple[Support, ...]], ...]:
    groups: dict[str, list[Support]] = {}
    for one in supports:
        groups.setdefault(one.statement.subject if one.statement is not None else one.about, []).append(one)
    return tuple((subject, tuple(found)) for subject, found in groups.items())


def _numbered(groups: Iterable[tuple[str, tuple[Support, ...]]]) -> dict[str, tuple[int, Source]]:
    sources = {source.id: source for _, group in groups for one in group for source in one.sources}
    return {key: (number, source) for number, (key, source) in enumerate(sources.items(), start=1)}


def _pick(by_id: dict[str, Support], statements: Iterable[Statement]) -> tuple[Support, ...]:
    return tuple(by_id[one.id] for one in statements)


def _holding(snapshot: Snapshot, site: Site, name: str) -> list[Statement]:
    return [one for subject in in_scope(site) for one in snapshot.holding(subject, name)]


def _standing(snapshot: Snapshot, site: Site, subject: str) -> Standing:
    stage = stage_of(snapshot, subject)
    words = [snapshot.by_id[name].qualifiers.get("reported") for name in stage.statements]
    return Standing(subject, snapshot.name(subject), stage, next((str(word) for word in words if word), None))


def _ownership(holders: Holders, site: Site, subject: str) -> Holding:
    root = site.holder_of(subject)
    name = holders.snapshot.name
    direct = tuple(holders.direct(root))
    ends = tuple(holders.ultimate(root)) if direct else ()
    return Holding(subject, name(subject), root, name(root), direct, holders.tree(root), ends)


def _passed(snapshot: Snapshot, one: Statement) -> bool:
    when = due(one)
    return when is not None and when.last < snapshot.as_of


def _links(statements: Iterable[Statement]) -> list[Statement]:
    return [one for one in statements if one.property == CHANNEL_LINKS]

"""The panel: every rule on every site and part of the registry, on a day.

An answer is yes, no or undetermined. A rule that needs a list is undetermined where the list was not loaded, unless a
party it counts is known to be on it: who is not among a few known entries may be listed all the same. A rule that was
not in force on the day catches nobody; what its test alone would say stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from georisk.ownership.graph import OwnershipGraph
from georisk.ownership.holders import Holders
from georisk.ownership.matrix import ClosedLoopError, closed_loops
from georisk.screens.finding import Finding, in_effect, on_lists_alone, word
from georisk.screens.lists.kinds import ListKind, Sample
from georisk.screens.lists.standing import Hit, Standings
from georisk.screens.remembered import remembered_verdict
from georisk.screens.rulebook import Rulebook
from georisk.screens.rules import CostRatio, HostState, Rule, SubstantialInterest
from georisk.screens.site_graph import UNITED_STATES, covered_seats, site_graph
from georisk.screens.verdict import Verdict
from georisk.snapshot import Snapshot


@dataclass(frozen=True)
class Panel:
    """The findings of all sites, in order of sites and rules.

    Attributes
    ----------
    findings
        By site or part, every rule.
    rules
        The rules asked, in order.
    standings
        Who is on which list.
    sample
        What the list entries of the registry are, and are not.
    """

    snapshot: Snapshot
    holders: Holders
    findings: Sequence[Finding]
    rules: Sequence[Rule]
    standings: Standings
    sample: Sample
    by_subject: Mapping[str, list[Finding]] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[str, list[Finding]] = {}
        for one in self.findings:
            found.setdefault(one.subject, []).append(one)
        object.__setattr__(self, "by_subject", found)

    def of_site(self, site: str) -> list[Finding]:
        """Return the findings of a site, part by part."""
        return [one for one in self.findings if one.site == site]


def panel(
    holders: Holders,
    book: Rulebook,
    standings: Standings,
    sample: Sample,
    *,
    sites: Sequence[str] | None = None,
    rules: Sequence[str] | None = None,
    explained: bool = True,
) -> Panel:
    """Screen sites under rules.

    Parameters
    ----------
    holders
        Who owns what, on the snapshot's day.
    book, standings, sample
        The rules, who is on which list, and what the registry's own list entries are.
    sites, rules
        Ids and keys; all if ``None``.
    explained
        Whether to look for the paths and the stakes that turn the answers.
    """
    snapshot = holders.snapshot
    asked = [rule for key, rule in book.rules.items() if rules is None or key in rules]
    chosen = [site for site in snapshot.seeds.sites.values() if sites is None or site.id in sites]
    found = [
        one
        for site in chosen
        for subject in site.subjects()
        for one in _Screening(holders, book, standings, site.id, subject, explained).findings(asked)
    ]
    return Panel(snapshot, holders, tuple(found), tuple(asked), standings, sample)


@dataclass(frozen=True)
class _Screening:
    """One site or part under every rule."""

    holders: Holders
    book: Rulebook
    standings: Standings
    site: str
    subject: str
    explained: bool

    @property
    def party(self) -> str:
        return self.holders.snapshot.seeds.sites[self.site].holder_of(self.subject)

    @cached_property
    def closed(self) -> str:
        """The refusal of shares that run in a closed loop, naming who owns whom; empty where none does."""
        name = self.holders.snapshot.name
        loops = [" and ".join(map(name, loop)) for loop in closed_loops(self._graph(sure=True))]
        return "; ".join(f"refused: {one} own each other without an outside owner" for one in loops)

    def findings(self, rules: Sequence[Rule]) -> Iterator[Finding]:
        """Yield the finding of every rule."""
        sure, doubtful = (self._graph(sure=sure) for sure in (True, False))
        for rule in rules:
            yield self._finding(rule, sure, doubtful)

    def _graph(self, *, sure: bool) -> OwnershipGraph:
        snapshot, owners = self.holders.snapshot, self.holders.graph
        marked = site_graph(snapshot, owners, self.subject, self.party, self.standings, sure=sure)
        return covered_seats(snapshot, marked, self.book.rules.values())

    def _finding(self, rule: Rule, graph: OwnershipGraph, doubtful: OwnershipGraph) -> Finding:
        status = rule.status_on(self.holders.snapshot.as_of)
        name = self.holders.snapshot.name
        base = (self.site, self.subject, name(self.subject), self.party, name(self.party), rule)
        outside = _outside(rule, graph, self.party)
        if outside is not None:
            return Finding(*base, "no", "no", False, status, None, (outside,))
        needed = self._lists(rule)
        missing = tuple(one for one in needed if one.key not in self.standings.editions)
        listed = tuple(hit for party in graph.holders for hit in self._hits(party, needed))
        listless = bool(missing) and on_lists_alone(rule) and not listed
        verdict, refused = self._verdict(rule, graph, self.explained and not listless)
        if verdict is None:
            return Finding(*base, "undetermined", "undetermined", True, status, None, (refused,))
        test, why = verdict.answer, []
        if doubtful != graph and any(not hit.sure for hit in listed):
            other, _ = self._verdict(rule, doubtful, explained=False)
            if other is None or other.answer != test:
                test = None
                why += [f"name to confirm: {hit.listed} on {hit.list}, {hit.basis}" for hit in listed if not hit.sure]
        if missing and test is not True:
            why.append(f"no list loaded: {', '.join(one.title for one in missing)}")
            test = None if test is False and on_lists_alone(rule) else test
        if test is True and isinstance(rule.test, SubstantialInterest):
            test = None
            why.append("whether the company has critical technology, infrastructure or sensitive data is not known")
        answer, gone = in_effect(test, status)
        return Finding(
            *base, answer, word(test), True, status, verdict, (*why, *gone), listed, missing
        )  # fmt: skip

    def _verdict(self, rule: Rule, graph: OwnershipGraph, explained: bool) -> tuple[Verdict | None, str]:
        """Return a rule's verdict, or why none can be had."""
        if isinstance(rule.test, CostRatio):
            return None, "the costs of the product are not in the registry; give them in a worked case"
        day, disclosed = self.holders.snapshot.as_of, self.book.disclosed_from
        if self.closed:
            return None, self.closed
        try:
            return remembered_verdict(graph, self.party, rule, self.book.rules, day, disclosed, explained=explained), ""
        except ClosedLoopError as closed:
            return None, f"refused: {closed}"

    def _lists(self, rule: Rule) -> list[ListKind]:
        """Return the lists whose entries a rule counts, those of the rule its holders come from among them."""
        flags = set(rule.holders.flags)
        if rule.holders.caught_by is not None:
            flags |= set(self.book.rules[rule.holders.caught_by].holders.flags)
        return self.standings.asked(frozenset(flags))

    def _hits(self, party: str, lists: Sequence[ListKind]) -> Iterator[Hit]:
        keys = {one.key for one in lists}
        return (hit for hit in self.standings.hits.get(party, ()) if hit.list in keys)


def _outside(rule: Rule, graph: OwnershipGraph, party: str) -> str | None:
    """Return why a rule does not ask about a party, or ``None`` if it does."""
    country = graph.holders[party].country
    if isinstance(rule.test, HostState) and country != rule.test.country:
        return f"a rule for companies of {rule.test.country}"
    if isinstance(rule.test, SubstantialInterest) and country != UNITED_STATES:
        return "a rule on businesses of the United States"
    return None

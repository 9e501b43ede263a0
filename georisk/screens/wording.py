"""Findings as sentences that can be pasted into a memo: answer, figures, path, what would turn it, rule, warning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from georisk.ownership.graph import ROUNDING, Share, Stake
from georisk.ownership.upstream import Chain
from georisk.screens.exposure import Exposure
from georisk.screens.finding import Finding, word
from georisk.screens.flips import Flip
from georisk.screens.judgement import Figure
from georisk.screens.rules import HostState, MajorityChain, Product, Rule
from georisk.screens.verdict import Unknown, Verdict
from georisk.snapshot import Snapshot

Name = Callable[[str], str]
WARNING = "Analysis, not legal advice."
MOST_PATHS = 3
"""Chains told in a sentence; the record has all."""

_STATUS = {
    "in-force": "In force on {day}.",
    "suspended": "Suspended on {day}.",
    "not-yet": "Not yet in force on {day}.",
    "ended": "No longer in force on {day}.",
    "unverified": "Whether it was in force on {day} could not be verified.",
}
_CAUSES = {
    "undisclosed": "{points} of {party} is held by owners nobody discloses",
    "listed": "{points} of {party} is free float",
    "listed-concert": "{points} of {party} is free float whose holders may act together",
    "band": "a holding in {party} is known within {wide}",
    "no-figure": "the size of a holding in {party} is not published",
}


def sentences(finding: Finding, snapshot: Snapshot) -> list[str]:
    """Return a finding in sentences, the answer first and the warning last."""
    return [*_told(finding, snapshot), rule_sentence(finding, snapshot.as_of), WARNING]


def told(finding: Finding, snapshot: Snapshot) -> str:
    """Return a finding as one paragraph."""
    return " ".join(sentences(finding, snapshot))


def answer_sentence(finding: Finding, name: Name) -> str:
    """Return the answer alone: rule, party, yes, no or undetermined."""
    whom = finding.party_name if finding.party_name == finding.name else f"{finding.party_name} ({finding.name})"
    return f"{finding.rule.title}, {whom}: {finding.answer}{_meaning(finding, name)}."


def rule_sentence(finding: Finding, day: date) -> str:
    """Return where the rule stands on the day and in the books."""
    rule = finding.rule
    mark = "; unverified-rule: its text is known from memory only" if rule.unverified else ""
    return f"{_STATUS[finding.status].format(day=day)} {rule.law}; {rule.citation} (read: {rule.text_version}{mark})."


def exposure_sentence(one: Exposure, name: Name) -> str:
    """Return a payment that leads to or from a listed party in a sentence."""
    way = ""
    if len(one.through) > 1:
        steps = [f"{name(two)} ({share})" for two, share in zip(one.through[1:], one.shares, strict=True)]
        way = f"; {name(one.through[0])} has a stake in {', which has one in '.join(steps)}"
    since = f" since {one.hit.since}" if one.hit.since else ""
    doubt = "" if one.hit.sure else " (name to confirm)"
    return (
        f"Payment exposure, apart from ownership: {one.kind} {one.direction} {name(one.party)}{way}. "
        f"{name(one.hit.party)} stands on the list {one.hit.list}{since}{doubt}."
    )


def _told(finding: Finding, snapshot: Snapshot) -> Iterator[str]:
    name = snapshot.name
    yield answer_sentence(finding, name)
    if finding.verdict is not None and not finding.exempt and not finding.listless:
        yield from _reasons(finding, finding.verdict, snapshot)
    for hit in finding.listed:
        since = f" since {hit.since}" if hit.since else ""
        yield f"{name(hit.party)} is on the list {hit.list}{since} as {hit.listed!r} ({hit.basis})."
    for why in finding.why:
        yield f"{why[0].upper()}{why[1:]}."


def _reasons(finding: Finding, verdict: Verdict, snapshot: Snapshot) -> Iterator[str]:
    """Yield what decides an answer: the figure, the chains it rests on, what would turn it, what is not known."""
    name = snapshot.name
    if verdict.nearest is not None and finding.bounds[0] is not None:
        yield _figure(verdict.nearest, finding.bounds[1], name)
    paths = [chain_text(path.stakes, snapshot) for path in verdict.paths[:MOST_PATHS]]
    more = len(verdict.paths) - len(paths)
    if paths:
        yield f"It rests on {'; and on '.join(paths)}{f'; and on {more} more chains' if more > 0 else ''}."
    if verdict.flip is not None and finding.answer == finding.test:
        yield _flip(verdict.flip, name)
    if verdict.unknown and finding.test == "undetermined":
        yield f"Not known: {'; '.join(_unknown(one, name) for one in verdict.unknown)}."


def _meaning(finding: Finding, name: Name) -> str:
    verdict, rule = finding.verdict, finding.rule
    if not finding.applies:
        return ", it is not asked about"
    if finding.exempt:
        home = getattr(rule.test, "not_in", None)
        return f", a party of {home} is not asked about" if home else ", it is itself one of those whose holdings count"
    if verdict is None:
        return ""
    if verdict.reason is not None:
        return f", {verdict.reason}"
    if isinstance(rule.test, HostState):
        return {"yes": ", the State has what it is owed", "no": ", the State is not recorded with what it is owed"}.get(
            finding.answer, ""
        )
    if owners_asked(rule) and finding.answer == "yes":
        owners = dict.fromkeys(name(path.stakes[0].owner) for path in verdict.paths)
        return f", beneficial owners: {', '.join(owners)}" if owners else ""
    return ""


def owners_asked(rule: Rule) -> bool:
    """Say whether a rule asks who the owners are, rather than whether a party is caught."""
    return isinstance(rule.test, Product | MajorityChain) and rule.test.asks == "owners"


def span_text(low: float, high: float | None) -> str:
    """Return bounds in words; one figure where they are the same, and that the upper end is not known.

    >>> span_text(16.0, 16.0), span_text(3.1, 8.1), span_text(0.0, None)
    ('16 %', '3.1 to 8.1 %', '0 % to not known')
    """
    if high is None:
        return f"{per_cent(low)} to not known"
    return per_cent(low) if high - low < 0.005 else f"{per_cent(low)[:-2]} to {per_cent(high)}"


def gate_text(figure: Figure) -> str:
    """Return a gate in words: ``more than 50 %`` or ``25 % or more``."""
    return f"more than {per_cent(figure.gate)}" if figure.strict else f"{per_cent(figure.gate)} or more"


def _figure(figure: Figure, high: float | None, name: Name) -> str:
    apart = figure.distance
    where = (
        "exactly at it" if abs(apart) < ROUNDING else f"{points(abs(apart), 2)} {'above' if apart > 0 else 'below'} it"
    )
    what = name(figure.label).replace("_", " ")
    return (
        f"What counts ({what}) is {span_text(figure.low, high)} against a gate of {gate_text(figure)}; "
        f"the least figure is {where}."
    )


def _flip(flip: Flip, name: Name) -> str:
    way = "more" if flip.points > 0 else "less"
    holding = f"{name(flip.stake.owner)} in {name(flip.stake.owned)}"
    change = points(abs(flip.points))
    return f"{change[0].upper()}{change[1:]} {way} of the stake of {holding} would make it {word(flip.answer)}."


def _unknown(one: Unknown, name: Name) -> str:
    return _CAUSES[one.cause].format(points=per_cent(one.points), wide=points(one.points, 2), party=name(one.party))


def chain_text(chain: Chain, snapshot: Snapshot) -> str:
    """Return a chain from the top down: ``A 60 % of B (since 2020-01-01), B 40 % of C``."""
    return ", ".join(
        f"{snapshot.name(stake.owner)} {_share(stake)} of {snapshot.name(stake.owned)}{_since(stake, snapshot)}"
        for stake in chain
    )


def _since(stake: Stake, snapshot: Snapshot) -> str:
    known = [snapshot.by_id[one] for one in stake.statements if one in snapshot.by_id]
    dates = [one.valid_from for one in known if one.valid_from is not None]
    return f" (since {max(dates)})" if dates else ""


def _share(stake: Stake) -> str:
    share: Share | None = stake.equity or stake.voting or stake.board
    if share is None or (share.point is None and share.high - share.low >= 100):
        return "an unpublished share"
    text = per_cent(share.low) if share.point is None else per_cent(share.point)
    return text if share.high - share.low < 0.05 else f"{text} ({share.low:.1f} to {share.high:.1f})"


def per_cent(value: float) -> str:
    """Return a percentage without idle zeros; rounding never carries a figure onto a whole number it does not reach.

    >>> per_cent(25.0), per_cent(81.4127), per_cent(49.999), per_cent(50 - 1e-12)
    ('25 %', '81.41 %', '49.999 %', '50 %')
    """
    for digits in (2, 4, 6, 8):
        text = f"{value:.{digits}f}"
        if not float(text).is_integer() or abs(value - float(text)) <= ROUNDING:
            break
    return f"{text.rstrip('0').rstrip('.')} %"


def points(value: float, digits: int = 4) -> str:
    """Return a distance in points; one too small for the digits is told as less than the last of them.

    >>> points(31.4127, 2), points(0.00001)
    ('31.41 points', 'less than 0.0001 points')
    """
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return f"{text} points" if text != "0" else f"less than {10**-digits:g} points"

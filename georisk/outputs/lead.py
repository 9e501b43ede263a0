"""The four plain sentences at the head of a dossier: place and stage, owners and money, risk, change.

A sentence is a row of spans; each span that states something carries the ids of the statements behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from georisk.explaining.citations import Support
from georisk.explaining.dossier import Dossier, Holding, behind
from georisk.explaining.reasons import Argument, Explanation
from georisk.explaining.timeline import Event
from georisk.financing import STATES, Money
from georisk.outputs.reasoning import figure, interval_text, statements_behind, statements_of
from georisk.ownership.graph import Stake
from georisk.ownership.holders import Holders
from georisk.registry import Cell

STATE_TITLES = {"nonbinding": "non-binding"}
_MOST_OWNERS, _MOST_ENDS, _MOST_MONEY, _MOST_CHANGES = 4, 3, 1, 2


class Span(NamedTuple):
    """A piece of a sentence and the ids behind it; none for words that only join.

    ``cited``: whether the numbers of its sources are printed after it. ``scored``: it tells of a score, which stands on
    the method alone where what is missing is what is measured.
    """

    text: str
    statements: tuple[str, ...] = ()
    cited: bool = True
    scored: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One of the four: what it answers, and its spans."""

    title: str
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The sentence without its evidence."""
        return "".join(span.text for span in self.spans)


def lead(
    dossier: Dossier, explanation: Explanation, holders: Holders, row: Mapping[str, Cell], words: Mapping[str, str]
) -> tuple[Sentence, ...]:
    """Return the four sentences.

    Parameters
    ----------
    dossier, explanation
        What is known of the site, and why it is scored as it is.
    holders
        The ownership on the day.
    row
        The site's row of the risk table.
    words
        ``kind`` and ``place`` of the site in plain words.
    """
    return (
        Sentence("Where and at what stage", tuple(_place(dossier, words))),
        Sentence("Who owns it and who pays", (*_owners(dossier, holders), *_money(dossier.money))),
        Sentence("How risky, and why", tuple(_risk(explanation))),
        Sentence("What changed, what is overdue", tuple(_change(dossier, row))),
    )


def _place(dossier: Dossier, words: Mapping[str, str]) -> Iterator[Span]:
    located = tuple(one.id for one in dossier.places)
    article = "An" if words["kind"][0] in "aeiou" else "A"
    yield Span(f"{article} {words['kind']}")
    yield Span(f" in {words['place']}" if words["place"] else ", place not known", located)
    yield Span("; " if len(dossier.standings) > 1 else ", ")
    for number, one in enumerate(dossier.standings):
        name = f"{one.name}: " if len(dossier.standings) > 1 else ""
        since = f" since {one.stage.since}" if one.stage.since else ""
        reported = f", reported as {one.stage.reported}" if one.stage.reported else ""
        text = f"{one.stage.code.replace('-', ' ')}{since}" if one.stage.code else "stage not known"
        yield Span(f"{'; ' if number else ''}{name}{text}{reported}", one.stage.statements)
    if located:
        yield Span(".")
        yield from _doubt(dossier)
    yield Span(".")


def _doubt(dossier: Dossier) -> Iterator[Span]:
    """Say how well the place is known."""
    found = [one.statement for one in dossier.places if one.statement is not None]
    worst = max(found, key=lambda one: float(one.qualifiers["precision_km"]))
    kilometres = f"{float(worst.qualifiers['precision_km']):g} km"
    yield Span(f" Its place is known to within {kilometres}", tuple(one.id for one in found))
    caption = worst.qualifiers.get("caption")
    if caption:
        yield Span(f" ({caption})", (worst.id,))


def _owners(dossier: Dossier, holders: Holders) -> Iterator[Span]:
    for holding in dossier.holdings:
        prefix = f"{holding.name}: " if len(dossier.holdings) > 1 else ""
        if not holding.direct:
            yield Span(f"{prefix}no owner is known. ")
            continue
        owned = f" {holding.root_name}, which holds the title," if holding.root_name != holding.name else " It"
        yield Span(f"{prefix}{owned.strip()} is held by ")
        yield from _joined(_stakes(holding.direct, holders))
        yield from _ends(holding, holders, _MOST_ENDS if len(dossier.holdings) == 1 else 2)
        yield Span(". ")


def _stakes(stakes: tuple[Stake, ...], holders: Holders) -> list[Span]:
    found = [Span(holders.stake_text(stake), stake.statements) for stake in stakes[:_MOST_OWNERS]]
    rest = stakes[_MOST_OWNERS:]
    ids = tuple(dict.fromkeys(one for stake in rest for one in stake.statements))
    return [*found, Span(f"{len(rest)} more", ids)] if rest else found


def _ends(holding: Holding, holders: Holders, most: int) -> Iterator[Span]:
    """Say where the chains end, unless the direct holders are the ends."""
    direct = {stake.owner for stake in holding.direct}
    ends = [end for end in holding.ends if end.high >= 1.0]
    if all(end.party in direct and end.kind == "owner" for end in ends):
        return
    yield Span("; followed up, its shares end with ")
    shown = [Span(holders.terminal_text(end), behind(holding, end)) for end in ends[:most]]
    rest = ends[most:]
    ids = tuple(dict.fromkeys(one for end in rest for one in behind(holding, end)))
    yield from _joined([*shown, Span(f"{len(rest)} more", ids)] if rest else shown)


def _money(items: tuple[Money, ...]) -> Iterator[Span]:
    if not items:
        yield Span("No loan, equity or grant for the site itself is in the registry.")
        return
    yield Span("Money, by how real it is: ")
    for number, state in enumerate(one for one in STATES.values() if any(item.state == one for item in items)):
        found = [item for item in items if item.state == state]
        yield Span(f"{'; ' if number else ''}{STATE_TITLES.get(state, state)} ")
        yield from _joined([Span(item.text, (item.statement.id,)) for item in found[:_MOST_MONEY]])
        rest = found[_MOST_MONEY:]
        if rest:
            yield Span(f" and {len(rest)} more", tuple(item.statement.id for item in rest))
    yield Span(".")


def _risk(explanation: Explanation) -> Iterator[Span]:
    whole = explanation.composite
    yield Span(f"Composite {_scored(explanation, whole)}", statements_behind(explanation.scored), False, scored=True)
    worst = explanation.scored.worst
    if worst is not None:
        argument = explanation.of(worst)
        yield Span("; the worst dimension is ")
        yield Span(
            f"{argument.title} at {_scored(explanation, argument)}", statements_of(argument.score), False, scored=True
        )
    yield Span(".")
    for argument in _heaviest(explanation):
        reason = argument.reasons[0]
        yield Span(f" {argument.title}: ")
        yield Span(_ended(reason.sentence), tuple(one.id for one in reason.supports), scored=True)


def _heaviest(explanation: Explanation) -> list[Argument]:
    """Return the two dimensions that carry most of the composite and have a reason to show."""
    order = {reason.indicator: place for place, reason in enumerate(explanation.composite.reasons)}
    found = [one for one in explanation.dimensions if one.reasons and one.reasons[0].points >= 1]
    return sorted(found, key=lambda one: (order.get(one.key, len(order)), -(one.score.score or 0.0)))[:2]


def _scored(explanation: Explanation, argument: Argument) -> str:
    score = argument.score
    if score.score is None:
        return f"not scored ({interval_text(score, 0)}; {score.reason})"
    return f"{figure(explanation.assessment.method, score.score, 0)} of 100, {score.band} ({interval_text(score, 0)})"


def _change(dossier: Dossier, row: Mapping[str, Cell]) -> Iterator[Span]:
    if dossier.latest:
        when, ids = dossier.latest[0].when, tuple(one.support.id for one in dossier.latest)
        yield Span("Latest change on record, ")
        yield Span(f"{when}", ids, cited=False)
        yield Span(": ")
        yield from _joined(_event(one) for one in dossier.latest[:_MOST_CHANGES])
        yield Span(".")
    else:
        yield Span("No dated change is on record.")
    if dossier.overdue:
        yield Span(" Overdue: ")
        yield from _joined(_planned(one) for one in dossier.overdue)
        yield Span(".")
    else:
        yield Span(" Nothing planned is overdue.")
    if row["next_check"].value:
        yield Span(f" Next known date: {row['next_check'].value}", row["next_check"].statements)
        yield Span(".")


def _event(event: Event) -> Span:
    support = event.support
    verb = "end of " if event.what == "ends" else ""
    return Span(f"{verb}{support.about}, {support.topic}: {support.text}", (support.id,))


def _planned(support: Support) -> Span:
    one = support.statement
    what = support.text if one is None else f"{one.value} was due {one.qualifiers.get('due')}, outcome not found"
    return Span(what, (support.id,))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    found = list(spans)
    for number, span in enumerate(found):
        if number:
            yield Span(" and " if number == len(found) - 1 else ", ")
        yield span


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."

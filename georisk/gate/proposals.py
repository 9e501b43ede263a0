"""What is proposed, set beside what is known: new, confirms, already known, contradicts, supersedes, retracts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from georisk.gate.newsfile import Proposal
from georisk.seeds import Seeds
from georisk.statements import COUNTING_STATUSES, Closure, Statement, closed

NEW, CONFIRMS, KNOWN, CONTRADICTS, SUPERSEDES, RETRACTS = COMPARISONS = (
    "new",
    "confirms",
    "already-known",
    "contradicts",
    "supersedes",
    "retracts",
)
SEQUENCES = frozenset({"stage"})
"""Properties of which several may stand open: the one that began last is the present one."""
FIRM = frozenset({"in-effect", "binding"})
"""Forces of what is settled; all others are plans, offers and conditions."""
SAME_QUESTION: Mapping[str, tuple[str, ...]] = {
    "stage": (), "operator": (), "incorporation": (), "nationality": (), "domicile": (), "listing": (), "capex": (),
    "shares-outstanding": (), "length": (), "stake": ("owner", "basis"), "lookthrough": ("owner",),
    "offtake": ("buyer", "product"), "feedstock": ("supplier", "product"), "royalty": ("payee",),
    "processing": ("country", "processor", "product"), "board-right": ("holder",), "production": ("period", "product"),
}  # fmt: skip
"""Properties with one answer at a time, and the qualifiers that make it another question."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a proposal stands to the registry.

    ``kind`` is one of :data:`COMPARISONS`, ``beside`` the ids of the statements it was held against, ``text`` says it
    in a sentence.
    """

    kind: str
    beside: tuple[str, ...]
    text: str


def compared(proposal: Proposal, seeds: Seeds) -> Comparison:
    """Hold a proposal against the registry."""
    if proposal.closure is not None:
        return _compared_closure(proposal.closure, seeds)
    assert proposal.statement is not None  # noqa: S101  a proposal has one of the two
    told = {one.id: one for one in closed(seeds.statements, seeds.closures, date.max)}
    twin = told.get(proposal.statement.id)
    if twin is not None:
        return _compared_twin(proposal.statement, twin)
    return _compared_new(proposal, proposal.statement, told)


def _compared_twin(one: Statement, twin: Statement) -> Comparison:
    """Compare a statement with one of the same content: the same claim, said again."""
    if one.status in ("denied", "retracted") and twin.status in COUNTING_STATUSES:
        return Comparison(RETRACTS, (twin.id,), f"takes back {twin.key}: {one.status}")
    if (one.status, one.force) != (twin.status, twin.force):
        text = f"calls {twin.key} {one.status} and {one.force}, the registry {twin.status} and {twin.force}"
        return Comparison(CONTRADICTS, (twin.id,), text)
    fresh = [key for key in one.sources if key not in twin.sources]
    if not fresh:
        return Comparison(KNOWN, (twin.id,), f"{twin.key} says so and cites the same")
    return Comparison(CONFIRMS, (twin.id,), f"one more source of {twin.key}: {', '.join(fresh)}")


def _compared_new(proposal: Proposal, one: Statement, told: Mapping[str, Statement]) -> Comparison:
    if proposal.supersedes:
        names = ", ".join(told[name].key for name in proposal.supersedes)
        return Comparison(SUPERSEDES, proposal.supersedes, f"ends {names} on {one.valid_from}")
    against = [told[name] for name in _named_rivals(proposal, told)]
    rivals = list({rival.id: rival for rival in (*against, *rivals_of(one, told.values()))}.values())
    if rivals:
        names = ", ".join(rival.key for rival in rivals)
        return Comparison(CONTRADICTS, tuple(rival.id for rival in rivals), f"differs from {names}; both are kept")
    return Comparison(NEW, (), "nothing of the kind is known")


def _named_rivals(proposal: Proposal, told: Mapping[str, Statement]) -> list[str]:
    ids = {name: one.id for one in told.values() for name in (one.id, one.key)}
    named = proposal.record.get("contradicts", ())
    found = (ids.get(name) or ids.get(f"{proposal.subject}:{name}") for name in named)
    return [one for one in found if one is not None]


def _compared_closure(closure: Closure, seeds: Seeds) -> Comparison:
    targets = [one for one in seeds.statements if one.id in closure.closes]
    names, ids = ", ".join(one.key for one in targets), tuple(one.id for one in targets)
    for other in seeds.closures:
        if other.id == closure.id:
            fresh = [key for key in closure.sources if key not in other.sources]
            if not fresh:
                return Comparison(KNOWN, ids, f"{other.key} says so and cites the same")
            return Comparison(CONFIRMS, ids, f"one more source of {other.key}: {', '.join(fresh)}")
    ends = {one.valid_until.text for one in seeds.closures if set(one.closes) & set(closure.closes)}
    if ends:
        text = (
            f"ends {names} on {closure.valid_until}, the registry on {', '.join(sorted(ends))}; the later word counts"
        )
        return Comparison(CONTRADICTS, ids, text)
    if all(one.valid_until == closure.valid_until for one in targets):
        return Comparison(KNOWN, ids, f"{names} ends on {closure.valid_until} by its own source")
    return Comparison(SUPERSEDES, ids, f"ends {names} on {closure.valid_until}")


def rivals_of(one: Statement, others: Iterable[Statement]) -> list[Statement]:
    """Return the statements that answer the same question otherwise, at a time when both would hold.

    Unknown figures, what was denied or retracted, and plans beside facts are no rivals; a later stage follows an
    earlier one.
    """
    roles = SAME_QUESTION.get(one.property)
    if roles is None or one.value is None or one.status not in COUNTING_STATUSES:
        return []
    return [
        other
        for other in others
        if (other.subject, other.property) == (one.subject, one.property)
        and other.id != one.id
        and other.status in COUNTING_STATUSES
        and other.value not in (None, one.value)
        and (other.force in FIRM) == (one.force in FIRM)
        and all(other.qualifiers.get(role) == one.qualifiers.get(role) for role in roles)
        and _overlap(one, other)
    ]


def _overlap(one: Statement, other: Statement) -> bool:
    starts = [given.valid_from.last if given.valid_from else date.min for given in (one, other)]
    ends = [given.valid_until.last if given.valid_until else date.max for given in (one, other)]
    if one.property in SEQUENCES and starts[0] != starts[1]:
        return False
    return max(starts) < min(ends)

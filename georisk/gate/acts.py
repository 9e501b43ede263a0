"""The human gate: accept, reject and undo, each act whole, each in the ledger; acting twice changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from georisk.changes.comparing import Changes, compare, largest_move
from georisk.changes.views import View
from georisk.errors import UsageError
from georisk.gate.desk import Desk, candidate_of
from georisk.gate.newsfile import Proposal
from georisk.gate.policy import Policy
from georisk.gate.proposals import compared
from georisk.gate.session import Done, Session, session_in
from georisk.statements import Closure, Source, Statement
from georisk.workspace import Day


def accept(root: Path, names: Sequence[str], who: str, now: datetime | None = None) -> list[Done]:
    """Accept proposals: their statements go into the files of their sites and parties, all or none.

    Parameters
    ----------
    root
        The workspace.
    names
        Ids of proposals; one that is accepted already changes nothing.
    who
        Who does it, as the ledger shall name them.
    now
        The time of the act; the present one if ``None``.

    Raises
    ------
    UsageError
        If a proposal does not exist, or takes a person's hand.
    FaultGroup
        If the registry would not pass its checks afterwards; nothing is written.
    """
    with session_in(root, who, now) as session:
        for proposal in [session.desk.proposal(name) for name in dict.fromkeys(names)]:
            if session.ledger.state(proposal.id) == "accepted":
                session.done.append(Done(proposal.id, "already accepted", "nothing to do"))
            else:
                session.accept(proposal)
    return session.done


def accept_by_policy(
    root: Path, policy: Policy, who: str, as_of: Day = None, known_by: Day = None, now: datetime | None = None
) -> list[Done]:
    """Accept the open proposals that a policy allows; the others stay open, with what speaks against them.

    Each is judged by how far it moves any score on its own, on top of those accepted before it. What needs another
    proposal first (a share that has room only once another is closed) is tried again after the others.
    """
    with session_in(root, who, now) as session:
        waiting, against = session.desk.open(), {}
        looks: dict[str, View] = {}
        while waiting:
            against = {one.id: _by_policy(session, one, policy, as_of, known_by, looks) for one in waiting}
            left = [one for one in waiting if against[one.id]]
            if len(left) == len(waiting):
                break
            waiting = left
        session.done += [Done(one.id, "left open", against[one.id]) for one in waiting]
    return session.done


def _by_policy(
    session: Session, proposal: Proposal, policy: Policy, as_of: Day, known_by: Day, looks: dict[str, View]
) -> str:
    """Accept a proposal in the draft if the policy allows it; else return what speaks against it.

    ``looks`` keeps the look at the registry as it stands, so that each is taken once.
    """
    candidate, seeds = session.candidate, session.candidate.seeds
    told = {one.id: one for one in seeds.statements}
    closes = proposal.closure.closes if proposal.closure is not None else ()
    concerned = [proposal.statement] if proposal.statement is not None else [told[name] for name in closes]
    objections = policy.objections(proposal, compared(proposal, seeds), concerned, _backing(session, proposal))
    if proposal.item in session.desk.corrected():
        objections.append("a later article corrects the one it was read in")
    if objections:
        return "; ".join(objections)
    if policy.any_move:
        return session.tried(proposal, policy.name) or ""
    mark, before = session.mark(), looks.get("before") or View.of(candidate.workspace(), as_of, known_by)
    looks["before"] = before
    objection = session.tried(proposal, policy.name)
    if objection is None:
        after = View.of(candidate.workspace(), as_of, known_by)
        objection = policy.too_far(largest_move(before, after))
        if objection is None:
            looks["before"] = after
        else:
            session.put_back(mark)
    return objection or ""


def _backing(session: Session, proposal: Proposal) -> list[Source]:
    """Return the sources that carry the same claim elsewhere: in the registry as drafted, and in other open items."""
    claim = proposal.statement or proposal.closure
    seeds, name = session.candidate.seeds, claim.id if claim is not None else ""
    claims: tuple[Statement | Closure, ...] = (*seeds.statements, *seeds.closures)
    known = [one for one in claims if one.id == name]
    found = [seeds.sources[key] for one in known for key in one.sources]
    for other in session.desk.open():
        told = other.statement or other.closure
        if other.id != proposal.id and told is not None and told.id == name:
            found += other.cited
    return found


def reject(root: Path, names: Sequence[str], who: str, now: datetime | None = None) -> list[Done]:
    """Reject proposals; they stay in their items and are no longer open.

    Raises
    ------
    UsageError
        If one does not exist, or is accepted.
    """
    with session_in(root, who, now) as session:
        for proposal in [session.desk.proposal(name) for name in dict.fromkeys(names)]:
            state = session.ledger.state(proposal.id)
            if state == "accepted":
                raise UsageError(f"{proposal.id} is accepted; to take it back: georisk news undo {proposal.id}")
            if state == "rejected":
                session.done.append(Done(proposal.id, "already rejected", "nothing to do"))
            else:
                kind = compared(proposal, session.candidate.seeds).kind
                session.enter("reject", proposal.id, proposal.item, kind, claims=())
                session.done.append(Done(proposal.id, "rejected", proposal.title))
    return session.done


def undo(root: Path, names: Sequence[str], who: str, now: datetime | None = None) -> list[Done]:
    """Undo acceptances, the latest first; one that is undone already changes nothing.

    A file that nobody else edited since gets its earlier bytes back. In one that a person edited the statement is
    marked retracted (a closure is taken out), their edits stay, and the answer says so.

    Raises
    ------
    UsageError
        If one was never accepted.
    """
    with session_in(root, who, now) as session:
        entries = []
        for name in dict.fromkeys(names):
            entry = session.ledger.last(name)
            if entry is None or entry.act == "reject":
                raise UsageError(f"{name} was never accepted; georisk news review --all lists what was")
            if entry.act == "undo":
                session.done.append(Done(name, "already undone", "nothing to do"))
            else:
                entries.append(entry)
        session.undo(sorted(entries, key=lambda one: -one.number))
    return session.done


def preview(desk: Desk, proposals: Sequence[Proposal], as_of: Day = None, known_by: Day = None) -> Preview:
    """Return what accepting some proposals together would move, and what each has in it; nothing is written.

    A proposal that could not be accepted (because the registry would not pass its checks, or because it takes a
    person's hand) is told with the reason, and the others are looked at without it.
    """
    with candidate_of(desk) as candidate:
        session = Session(desk, candidate, "", "", desk.ledger)
        refused: dict[str, str] = {}
        waiting = list(proposals)
        while waiting:
            refused = {one.id: why for one in waiting if (why := session.tried(one)) is not None}
            left = [one for one in waiting if one.id in refused]
            if len(left) == len(waiting):
                break
            waiting = left
        view = View.of(desk.workspace, as_of, known_by)
        changes = compare(view, View.of(candidate.workspace(), as_of, known_by))
        return Preview(changes, refused)


@dataclass(frozen=True)
class Preview:
    """What proposals would move together, and why some could not be accepted, by their ids."""

    changes: Changes
    refused: Mapping[str, str]

    def moves(self, proposal: Proposal) -> list[tuple[str, str, float]]:
        """Return what one proposal would move: site or part, dimension, and its share of the difference in points."""
        claim = proposal.statement or proposal.closure
        names = {claim.id if claim is not None else ""}
        return [
            (one.id, dimension, cause.share)
            for site in self.changes.sites
            for one in (site, *site.parts)
            for dimension, shift in one.shifts.items()
            for cause in shift.causes
            if cause.mover.name in names or names & set(cause.mover.statements)
        ]

"""The human gate: accept, reject and undo, each act whole, each in the ledger; acting twice changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
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
        while waiting:
            against = {one.id: _by_policy(session, one, policy, as_of, known_by) for one in waiting}
            left = [one for one in waiting if against[one.id]]
            if len(left) == len(waiting):
                break
            waiting = left
        session.done += [Done(one.id, "left open", against[one.id]) for one in waiting]
    return session.done


def _by_policy(session: Session, proposal: Proposal, policy: Policy, as_of: Day, known_by: Day) -> str:
    """Accept a proposal in the draft if the policy allows it; else return what speaks against it."""
    candidate, seeds = session.candidate, session.candidate.seeds
    told = {one.id: one for one in seeds.statements}
    closes = proposal.closure.closes if proposal.closure is not None else ()
    concerned = [proposal.statement] if proposal.statement is not None else [told[name] for name in closes]
    objections = policy.objections(proposal, compared(proposal, seeds), concerned)
    if objections:
        return "; ".join(objections)
    mark, before = session.mark(), View.of(candidate.workspace(), as_of, known_by)
    try:
        session.accept(proposal, policy.name)
        faults = candidate.faults()
        objection = str(faults[0]) if faults else None
    except UsageError as error:
        objection = str(error)
    if objection is None:
        objection = policy.too_far(largest_move(before, View.of(candidate.workspace(), as_of, known_by)))
    if objection is not None:
        session.put_back(mark)
    return objection or ""


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


def preview(desk: Desk, proposals: Sequence[Proposal], as_of: Day = None, known_by: Day = None) -> Changes:
    """Return what accepting some proposals together would move; nothing is written.

    Raises
    ------
    FaultGroup
        If the registry would not pass its checks with them.
    """
    with candidate_of(desk) as candidate:
        session = Session(desk, candidate, "", "", desk.ledger)
        for proposal in proposals:
            session.accept(proposal)
        session.check()
        return compare(View.of(desk.workspace, as_of, known_by), View.of(candidate.workspace(), as_of, known_by))

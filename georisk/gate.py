"""The human gate: accept, reject and undo, each act whole, each in the ledger; acting twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from georisk.changes import Changes, compare, largest_move
from georisk.desk import Candidate, Desk, candidate_of, read_desk
from georisk.drafts import take_back, texts_of, write_proposal
from georisk.errors import FaultGroup, UsageError
from georisk.journal import LEDGER, STATE, commit, finish_locked, sha256
from georisk.ledger import Act, Entry, Ledger, Patch, is_chain, reversed_exactly, taken_out
from georisk.locking import workspace_lock
from georisk.newsfile import Proposal
from georisk.policy import Policy
from georisk.proposals import compared
from georisk.views import View
from georisk.workspace import Day


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one proposal: ``result`` in a word or two, ``text`` why or how."""

    proposal: str
    result: str
    text: str


@dataclass
class _Session:
    """Acts in the making: nothing is written before all of them are."""

    desk: Desk
    candidate: Candidate
    who: str
    when: str
    ledger: Ledger
    done: list[Done] = field(default_factory=list)

    def enter(self, act: Act, proposal: str, item: str, comparison: str, **more: object) -> None:
        number = len(self.ledger.entries) + 1
        entry = Entry(number, act, self.who, self.when, proposal, item, comparison, **more)  # type: ignore[arg-type]
        self.ledger = self.ledger.with_(entry)

    def accept(self, proposal: Proposal, note: str = "") -> None:
        """Write a proposal into the draft and the ledger."""
        candidate, before = self.candidate, self.candidate.seeds
        texts = dict(candidate.draft.texts)
        comparison = compared(proposal, before)
        records = write_proposal(candidate.draft, proposal, comparison)
        candidate.look()
        claims = candidate.changed_claims(before, records) if not candidate.unread else ()
        self.enter("accept", proposal.id, proposal.item, comparison.kind, claims=claims, records=tuple(records),
                   files=candidate.patches(texts), note=note)  # fmt: skip
        text = comparison.text if records else f"{comparison.text}; nothing to write"
        self.done.append(Done(proposal.id, "accepted", f"{comparison.kind}: {text}"))

    def undo(self, entry: Entry) -> None:
        """Take an acceptance back: to the earlier bytes, or around what a person has edited since."""
        candidate, kept, before = self.candidate, self.candidate.kept(), self.candidate.seeds
        how = self._restore(entry)
        candidate.look()
        if how and candidate.faults():  # something else rests on what was brought in then
            candidate.put_back(kept)
            how = []
        if not how:
            how = take_back(candidate.draft, entry.records, self.when) or ["nothing was written then"]
            candidate.look()
        claims = candidate.changed_claims(before, list(entry.records))
        text = "; ".join(how)
        self.enter("undo", entry.proposal, entry.item, entry.comparison, claims=claims,
                   files=candidate.patches(kept[0]), note=text)  # fmt: skip
        self.done.append(Done(entry.proposal, "undone", text))

    def _restore(self, entry: Entry) -> list[str]:
        """Put every file of an act back; nothing where one was edited by somebody else."""
        draft, restored = self.candidate.draft, {}
        for patch in entry.files:
            found = self._restored(entry, patch)
            if found is None:
                return []
            restored[patch.path] = found
        for path, (text, _) in restored.items():
            draft.write(path, text)
        return [f"{path} {how}" for path, (_, how) in restored.items()]

    def _restored(self, entry: Entry, patch: Patch) -> tuple[str | None, str] | None:
        text = self.candidate.draft.read(patch.path)
        now = sha256(None if text is None else text.encode("utf-8"))
        if now == patch.after and text is not None:
            return reversed_exactly(patch, text), "restored to its earlier bytes"
        if text is not None and is_chain(self.ledger.since(entry, patch.path), patch.after, now):
            out = taken_out(patch, text)
            return None if out is None else (out, "restored; what was accepted later stays")
        return None

    def check(self) -> None:
        """Refuse what would bring faults into the registry."""
        faults = self.candidate.faults()
        if faults:
            raise FaultGroup(f"{len(faults)} faults would enter the registry", faults)


@contextmanager
def _session(root: Path, who: str, now: datetime | None) -> Iterator[_Session]:
    """Yield a session in the locked workspace; what it did is written as one act when it ends well."""
    when = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with workspace_lock(root / STATE):
        finish_locked(root)
        desk = read_desk(root)
        with candidate_of(desk) as candidate:
            session = _Session(desk, candidate, who, when, desk.ledger)
            yield session
            session.check()
            if session.ledger is not desk.ledger:
                files = texts_of({**candidate.draft.texts, LEDGER: session.ledger.text})
                commit(root, files)


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
    with _session(root, who, now) as session:
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
    with _session(root, who, now) as session:
        waiting, against = session.desk.open(), {}
        while waiting:
            against = {one.id: _by_policy(session, one, policy, as_of, known_by) for one in waiting}
            left = [one for one in waiting if against[one.id]]
            if len(left) == len(waiting):
                break
            waiting = left
        session.done += [Done(one.id, "left open", against[one.id]) for one in waiting]
    return session.done


def _by_policy(session: _Session, proposal: Proposal, policy: Policy, as_of: Day, known_by: Day) -> str:
    """Accept a proposal in the draft if the policy allows it; else return what speaks against it."""
    candidate, seeds = session.candidate, session.candidate.seeds
    told = {one.id: one for one in seeds.statements}
    closes = proposal.closure.closes if proposal.closure is not None else ()
    concerned = [proposal.statement] if proposal.statement is not None else [told[name] for name in closes]
    objections = policy.objections(proposal, compared(proposal, seeds), concerned)
    if objections:
        return "; ".join(objections)
    kept, ledger, count = candidate.kept(), session.ledger, len(session.done)
    before = View.of(candidate.workspace(), as_of, known_by)
    try:
        session.accept(proposal, policy.name)
        faults = candidate.faults()
        objection = str(faults[0]) if faults else None
    except UsageError as error:
        objection = str(error)
    if objection is None:
        objection = policy.too_far(largest_move(before, View.of(candidate.workspace(), as_of, known_by)))
    if objection is not None:
        candidate.put_back(kept)
        session.ledger = ledger
        del session.done[count:]
    return objection or ""


def reject(root: Path, names: Sequence[str], who: str, now: datetime | None = None) -> list[Done]:
    """Reject proposals; they stay in their items and are no longer open.

    Raises
    ------
    UsageError
        If one does not exist, or is accepted.
    """
    with _session(root, who, now) as session:
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
    with _session(root, who, now) as session:
        entries = []
        for name in dict.fromkeys(names):
            entry = session.ledger.last(name)
            if entry is None or entry.act == "reject":
                raise UsageError(f"{name} was never accepted; georisk news review --all lists what was")
            if entry.act == "undo":
                session.done.append(Done(name, "already undone", "nothing to do"))
            else:
                entries.append(entry)
        for entry in sorted(entries, key=lambda one: -one.number):
            session.undo(entry)
    return session.done


def preview(desk: Desk, proposals: Sequence[Proposal], as_of: Day = None, known_by: Day = None) -> Changes:
    """Return what accepting some proposals together would move; nothing is written.

    Raises
    ------
    FaultGroup
        If the registry would not pass its checks with them.
    """
    with candidate_of(desk) as candidate:
        session = _Session(desk, candidate, "", "", desk.ledger)
        for proposal in proposals:
            session.accept(proposal)
        session.check()
        return compare(View.of(desk.workspace, as_of, known_by), View.of(candidate.workspace(), as_of, known_by))

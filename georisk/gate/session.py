"""Acts in the making: what is accepted, rejected and undone in one go, drafted, checked, then written as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from georisk.errors import FaultGroup, UsageError
from georisk.gate.desk import Candidate, Desk, candidate_of, read_desk
from georisk.gate.drafts import take_back, texts_of, write_proposal
from georisk.gate.ledger import Act, Entry, Ledger, Patch, is_chain, reversed_exactly, taken_out
from georisk.gate.newsfile import Proposal
from georisk.gate.proposals import compared
from georisk.journal import LEDGER, STATE, commit, finish_locked, sha256
from georisk.locking import workspace_lock

Texts = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one proposal: ``result`` in a word or two, ``text`` why or how."""

    proposal: str
    result: str
    text: str


@dataclass
class Session:
    """Acts that are not written yet, over a candidate of the registry.

    Attributes
    ----------
    desk, candidate
        What lies before the gate, and the registry as the acts would make it.
    who, when
        Who acts, and when (UTC, ISO 8601).
    ledger
        The ledger with the acts entered so far.
    done
        What became of which proposal.
    """

    desk: Desk
    candidate: Candidate
    who: str
    when: str
    ledger: Ledger
    done: list[Done] = field(default_factory=list)

    def enter(self, act: Act, proposal: str, item: str, comparison: str, **more: object) -> None:
        """Enter an act into the ledger."""
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

    def tried(self, proposal: Proposal, note: str = "") -> str | None:
        """Accept a proposal if nothing speaks against it; else leave all as it is and return what does."""
        mark = self.mark()
        try:
            self.accept(proposal, note)
            faults = self.candidate.faults()
            objection = str(faults[0]) if faults else None
        except UsageError as error:
            objection = str(error)
        if objection is not None:
            self.put_back(mark)
        return objection

    def undo(self, entries: Sequence[Entry]) -> None:
        """Take acceptances back, the latest first.

        Files get their earlier bytes where they can. Where the registry would not pass its checks then, because
        something else rests on what was brought in, that acceptance is unsaid instead.
        """
        mark = self.mark()
        for entry in entries:
            self._undo(entry, careful=False)
        if self.candidate.faults():
            self.put_back(mark)
            for entry in entries:
                self._undo(entry, careful=True)

    def mark(self) -> tuple[tuple[Texts, set[str]], Ledger, int]:
        """Return what :meth:`put_back` needs to forget what comes after."""
        return self.candidate.kept(), self.ledger, len(self.done)

    def put_back(self, mark: tuple[tuple[Texts, set[str]], Ledger, int]) -> None:
        """Forget what was done since a mark."""
        kept, self.ledger, count = mark
        self.candidate.put_back(kept)
        del self.done[count:]

    def _undo(self, entry: Entry, *, careful: bool) -> None:
        candidate, kept, before = self.candidate, self.candidate.kept(), self.candidate.seeds
        texts = dict(kept[0])
        how = self._restore(entry)
        candidate.look()
        if careful and how and candidate.faults():
            candidate.put_back(kept)
            how = []
        if not how:
            how = take_back(candidate.draft, entry.records, self.when) or ["nothing was written then"]
            candidate.look()
        claims = candidate.changed_claims(before, list(entry.records)) if not candidate.unread else ()
        text = "; ".join(how)
        self.enter("undo", entry.proposal, entry.item, entry.comparison, claims=claims,
                   files=candidate.patches(texts), note=text)  # fmt: skip
        self.done.append(Done(entry.proposal, "undone", text))

    def _restore(self, entry: Entry) -> list[str]:
        """Put every file of an act back; nothing where one was edited by somebody else."""
        restored: dict[str, tuple[str | None, str]] = {}
        for patch in entry.files:
            found = self._restored(entry, patch)
            if found is None:
                return []
            restored[patch.path] = found
        for path, (text, _) in restored.items():
            self.candidate.draft.write(path, text)
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
def session_in(root: Path, who: str, now: datetime | None = None) -> Iterator[Session]:
    """Yield a session in a locked workspace; what it did is written as one act if it ends well.

    Raises
    ------
    FaultGroup
        If the registry would not pass its checks afterwards; nothing is written.
    WorkspaceLocked
        If another process keeps writing.
    """
    when = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with workspace_lock(root / STATE):
        finish_locked(root)
        desk = read_desk(root)
        with candidate_of(desk) as candidate:
            session = Session(desk, candidate, who, when, desk.ledger)
            yield session
            session.check()
            if session.ledger is not desk.ledger:
                commit(root, texts_of({**candidate.draft.texts, LEDGER: session.ledger.text}))

"""What lies before the gate: the registry, the proposals, the ledger, and the registry as an act would make it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from georisk.check import record_faults
from georisk.errors import Fault, GeoriskError, UsageError
from georisk.gate.drafts import Draft, Written
from georisk.gate.ledger import Ledger, Patch, patch_of, read_ledger
from georisk.gate.newsfile import Proposal
from georisk.gate.newsitems import FOLDER, read_news, standing_items
from georisk.gate.proposals import Comparison, compared
from georisk.journal import read_settled
from georisk.seeds import Seeds, gather_seeds
from georisk.statements import Closure, Statement
from georisk.workspace import Workspace, open_workspace


@dataclass(frozen=True)
class Desk:
    """The registry with its news: what is proposed, what was decided, and what is wrong in items still undecided.

    ``standing`` holds all items that lie in ``seeds/news``, those with faults among them, each with those it corrects.
    """

    workspace: Workspace
    proposals: tuple[Proposal, ...]
    faults: tuple[Fault, ...]
    ledger: Ledger
    standing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def proposal(self, name: str) -> Proposal:
        """Return a proposal by its id.

        Raises
        ------
        UsageError
            If no item proposes it.
        """
        for one in self.proposals:
            if one.id == name:
                return one
        known = ", ".join(one.id for one in self.open()) or "none"
        raise UsageError(f"no proposal {name!r} in seeds/news; open proposals: {known}")

    def open(self) -> list[Proposal]:
        """Return the proposals nobody has decided on."""
        return [one for one in self.proposals if self.ledger.state(one.id) == "open"]

    def corrected(self) -> set[str]:
        """Return the items whose article a later one corrects."""
        return {name for names in self.standing.values() for name in names}

    def compared(self, proposal: Proposal) -> Comparison:
        """Hold a proposal against the registry as it is."""
        return compared(proposal, self.workspace.seeds)


def read_desk(root: Path) -> Desk:
    """Read a workspace with its news, between acts."""

    def read() -> Desk:
        workspace = open_workspace(root)
        proposals, faults = read_news(root, workspace.seeds, workspace.data / "vocabulary")
        ledger = read_ledger(root)
        return Desk(workspace, tuple(proposals), tuple(_undecided(faults, ledger)), ledger, standing_items(root))

    return read_settled(root, read)


def news_faults(root: Path, seeds: Seeds, data: Path) -> list[Fault]:
    """Return the faults of the news items of a workspace, and of its ledger."""
    try:
        ledger = read_ledger(root)
    except Fault as fault:
        return [fault]
    return _undecided(read_news(root, seeds, data / "vocabulary")[1], ledger)


def _undecided(faults: list[Fault], ledger: Ledger) -> list[Fault]:
    """Return the faults of items of which nothing was decided yet; what became of the others is in the ledger."""
    decided = {f"{FOLDER}/{one.item}.toml" for one in ledger.entries}
    return [fault for fault in faults if fault.where.split(" [")[0] not in decided]


@dataclass
class Candidate:
    """A registry as it would be: a draft over the real one, read by the same strict readers.

    ``seeds`` is what the draft reads as, ``unread`` what could not be read of it.
    """

    desk: Desk
    folder: Path
    draft: Draft
    seeds: Seeds
    unread: list[Fault] = field(default_factory=list)

    def look(self) -> None:
        """Read the draft anew, after it was written to."""
        for path, text in self.draft.texts.items():
            target = self.folder / path
            if text is None:
                target.unlink(missing_ok=True)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(text.encode("utf-8"))
        self.seeds, self.unread = gather_seeds(self.folder / "seeds", self.desk.workspace.data / "vocabulary")
        self.draft.seeds = self.seeds

    def faults(self) -> list[Fault]:
        """Return the faults that the draft would bring into the registry."""
        if not self.draft.texts:
            return []
        data = self.desk.workspace.data
        found = [*self.unread, *(record_faults(self.seeds, data) if not self.unread else ())]
        return [one for one in found if (one.where, one.found) not in self._known_faults]

    @cached_property
    def _known_faults(self) -> set[tuple[str, str]]:
        before = self.desk.workspace
        return {(one.where, one.found) for one in record_faults(before.seeds, before.data)}

    def workspace(self) -> Workspace:
        """Return the workspace as it would be."""
        return replace(self.desk.workspace, seeds=self.seeds)

    def kept(self) -> tuple[dict[str, str | None], set[str]]:
        """Return what :meth:`put_back` needs to forget later changes."""
        return dict(self.draft.texts), set(self.draft.added)

    def put_back(self, kept: tuple[dict[str, str | None], set[str]]) -> None:
        """Forget the changes made since something was kept, and read again."""
        for path in self.draft.texts.keys() - kept[0].keys():
            kept[0][path] = Draft(self.desk.workspace.root, self.seeds).read(path)
        self.draft.texts, self.draft.added = dict(kept[0]), set(kept[1])
        self.look()

    def patches(self, before: dict[str, str | None]) -> tuple[Patch, ...]:
        """Return what changed in which file since some texts of the draft."""
        disk = Draft(self.desk.workspace.root, self.seeds)
        found = []
        for path, text in sorted(self.draft.texts.items()):
            old = before[path] if path in before else disk.read(path)
            if old != text:
                found.append(patch_of(path, old, text))
        return tuple(found)

    def changed_claims(self, before: Seeds, records: list[Written]) -> tuple[str, ...]:
        """Return the ids of the statements and closures that stand otherwise than in some seeds.

        Raises
        ------
        GeoriskError
            If one is not among the records that were written: an act changes nothing else.
        """
        old, new = _claims(before), _claims(self.seeds)
        changed = [name for name in dict.fromkeys([*new, *old]) if old.get(name) != new.get(name)]
        told = {(one.path, one.key) for one in records}
        for name in changed:
            claim = new.get(name) or old[name]
            if (claim.file, claim.key.split(":", 1)[1]) not in told:
                raise GeoriskError(f"{claim.file}: {claim.key} would change as well; nothing was written")
        return tuple(changed)


def _claims(seeds: Seeds) -> dict[str, Statement | Closure]:
    return {one.id: one for one in seeds.statements} | {one.id: one for one in seeds.closures}


@contextmanager
def candidate_of(desk: Desk) -> Iterator[Candidate]:
    """Yield a candidate that is the registry as it is, in a folder of its own that goes in the end."""
    root = desk.workspace.root
    with tempfile.TemporaryDirectory(prefix="georisk-") as place:
        folder = Path(place)
        shutil.copytree(root / "seeds", folder / "seeds", ignore=shutil.ignore_patterns("news", ".*"))
        yield Candidate(desk, folder, Draft(root, desk.workspace.seeds), desk.workspace.seeds)

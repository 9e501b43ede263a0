"""The ledger of the gate: ``seeds/news/ledger.jsonl``, one line an act, only ever appended to.

Every line says who did what and when, to which proposal, what it did to which record of which file, and holds what
is needed to undo it. Each carries the sha256 of the line before, so that a changed or missing line shows.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from georisk.errors import Fault
from georisk.gate.drafts import Written
from georisk.journal import LEDGER, sha256

Act = Literal["accept", "reject", "undo", "edit"]


@dataclass(frozen=True, slots=True)
class Hunk:
    """A run of lines that an act changed: where it begins in the new text (from 0), and the lines before and after."""

    at: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Patch:
    """What an act did to one file; ``None`` is no file."""

    path: str
    before: str | None
    after: str | None
    hunks: tuple[Hunk, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One act.

    Attributes
    ----------
    number
        Place in the ledger, from 1.
    act, who, when
        What was done, by whom, at which UTC time (ISO 8601).
    proposal, item
        What it was done to.
    comparison
        How the proposal stood to the registry then.
    claims
        Ids of the statement and closures concerned.
    records, files
        What was done to which record, and to which file.
    note
        The policy that allowed it, or how an undo went.
    """

    number: int
    act: Act
    who: str
    when: str
    proposal: str
    item: str
    comparison: str
    claims: tuple[str, ...]
    records: tuple[Written, ...] = ()
    files: tuple[Patch, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Ledger:
    """All acts so far, and the text they stand in."""

    entries: tuple[Entry, ...] = ()
    text: str = ""

    def last(self, proposal: str) -> Entry | None:
        """Return the last act on a proposal."""
        return next((one for one in reversed(self.entries) if one.proposal == proposal), None)

    def state(self, proposal: str) -> str:
        """Return how a proposal stands: ``open``, ``accepted``, ``rejected`` or ``undone``."""
        last = self.last(proposal)
        return (
            "open"
            if last is None
            else {"accept": "accepted", "reject": "rejected", "undo": "undone", "edit": "open"}[last.act]
        )

    def since(self, entry: Entry, path: str) -> list[Patch]:
        """Return what later acts did to a file."""
        return [patch for one in self.entries[entry.number :] for patch in one.files if patch.path == path]

    def with_(self, entry: Entry) -> Ledger:
        """Return the ledger with one more act."""
        line = json.dumps({**asdict(entry), "chain": _link(self.text)}, ensure_ascii=False, separators=(",", ":"))
        return Ledger((*self.entries, entry), f"{self.text}{line}\n")


def read_ledger(root: Path) -> Ledger:
    """Read the ledger of a workspace; without the file it is empty.

    Raises
    ------
    Fault
        If a line is torn, or was changed or taken out after it was written.
    """
    path = root / LEDGER
    if not path.exists():
        return Ledger()
    text, entries, previous = path.read_bytes().decode("utf-8", errors="replace"), [], ""
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        where = f"{LEDGER} line {number}"
        try:
            record = json.loads(line)
            chained = record.pop("chain") == _link(previous)
            entries.append(_entry(record))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Fault(where, "is no act", "restore the file from a copy; the ledger is only appended to") from None
        if not chained or entries[-1].number != number:
            raise Fault(where, "or the line before it was changed", "restore the file from a copy")
        previous = line
    return Ledger(tuple(entries), text)


def _link(text: str) -> str:
    """Return the sha256 of the last line of a text, first 16 digits; of nothing for the first."""
    text = text.removesuffix("\n")
    return hashlib.sha256(text[text.rfind("\n") + 1 :].encode()).hexdigest()[:16]


def _entry(record: dict[str, Any]) -> Entry:
    files = tuple(
        Patch(one["path"], one["before"], one["after"], tuple(Hunk(**hunk) for hunk in one["hunks"]))
        for one in record.pop("files")
    )
    records = tuple(Written(**{**one, "sources": tuple(one["sources"])}) for one in record.pop("records"))
    return Entry(**{**record, "claims": tuple(record["claims"])}, records=records, files=files)


def patch_of(path: str, before: str | None, after: str | None) -> Patch:
    """Return what changed in a file, line by line."""
    old, new = ([] if text is None else text.splitlines(keepends=True) for text in (before, after))
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    hunks = tuple(
        Hunk(start, "".join(old[first:last]), "".join(new[start:end]))
        for tag, first, last, start, end in matcher.get_opcodes()
        if tag != "equal"
    )
    return Patch(path, _hash(before), _hash(after), hunks)


def reversed_exactly(patch: Patch, text: str) -> str | None:
    """Return a file as it was before an act, from its text right after it; ``None`` if there was no file.

    Raises
    ------
    Fault
        If the text is not the one the act left, or the ledger does not hold what it should.
    """
    lines = text.splitlines(keepends=True)
    for hunk in reversed(patch.hunks):
        count = len(hunk.new.splitlines(keepends=True))
        if "".join(lines[hunk.at : hunk.at + count]) != hunk.new:
            raise Fault(LEDGER, f"does not fit {patch.path}", "restore the ledger from a copy")
        lines[hunk.at : hunk.at + count] = hunk.old.splitlines(keepends=True)
    before = "".join(lines)
    found = None if patch.before is None else before
    if _hash(found) != patch.before:
        raise Fault(LEDGER, f"does not give back {patch.path}", "restore the ledger from a copy")
    return found


def taken_out(patch: Patch, text: str) -> str | None:
    """Return a file without what an act put in, where later acts of the ledger changed other lines.

    ``None`` if what it put in is not there once and unaltered.
    """
    for hunk in reversed(patch.hunks):
        if not hunk.new or text.count(hunk.new) != 1:
            return None
        text = text.replace(hunk.new, hunk.old)
    return text


def _hash(text: str | None) -> str | None:
    return sha256(None if text is None else text.encode("utf-8"))


def is_chain(patches: Sequence[Patch], start: str | None, end: str | None) -> bool:
    """Say whether patches lead from one content to another with nobody else's edit between."""
    for patch in patches:
        if patch.before != start:
            return False
        start = patch.after
    return start == end

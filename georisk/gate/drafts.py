"""Seeds files as they would read once a proposal is accepted, or its acceptance taken back. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tomlkit.items import Table

from georisk.changes.views import named_in
from georisk.errors import UsageError
from georisk.gate.newsfile import Proposal
from georisk.gate.proposals import CONFIRMS, CONTRADICTS, KNOWN, RETRACTS, SUPERSEDES, Comparison
from georisk.gate.seedfile import SeedText
from georisk.records import Record
from georisk.seeds import Seeds


@dataclass(frozen=True, slots=True)
class Written:
    """What an act did to one record of one file.

    Attributes
    ----------
    path, kind, key
        The file, ``statement``, ``closure``, ``source`` or ``party``, and the record's key in it.
    made
        Whether the record was made; else ``sources`` were added to it, or its ``status`` set where it ``was`` another.
    """

    path: str
    kind: str
    key: str
    made: bool = True
    sources: tuple[str, ...] = ()
    status: str | None = None
    was: str | None = None


@dataclass
class Draft:
    """Files of a workspace with changes that are not written yet.

    ``texts`` holds the changed files by path (``None``: removed), ``added`` the sources and parties they gained.
    """

    root: Path
    seeds: Seeds
    texts: dict[str, str | None] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)

    def read(self, path: str) -> str | None:
        """Return a file as it stands in the draft; ``None`` if there is none."""
        if path in self.texts:
            return self.texts[path]
        try:
            return (self.root / path).read_bytes().decode("utf-8")
        except FileNotFoundError:
            return None

    def parsed(self, path: str) -> SeedText:
        """Return a file of the draft as records."""
        text = self.read(path)
        if text is None:
            raise UsageError(f"{path} is gone; put it back, or reject the proposal")
        return SeedText.parse(text)

    def write(self, path: str, text: SeedText | str | None) -> None:
        """Put a file into the draft."""
        self.texts[path] = None if text is None else str(text)


def write_proposal(draft: Draft, proposal: Proposal, comparison: Comparison) -> list[Written]:
    """Write a proposal into the draft, as its comparison with the registry asks.

    Returns
    -------
    list
        What was done to which record; nothing for what is known already.

    Raises
    ------
    UsageError
        If it says the same as a statement but disagrees how true or how real it is: that takes a person's hand.
    """
    if comparison.kind == KNOWN:
        return []
    if comparison.kind in (CONFIRMS, RETRACTS):
        return _restate(draft, proposal, comparison)
    if comparison.kind == CONTRADICTS and proposal.statement and proposal.statement.id in comparison.beside:
        raise UsageError(f"{proposal.id} {comparison.text}; change that statement by hand, or give this one its date")
    done = [*_new_parties(draft, proposal), *_new_sources(draft, proposal, proposal.file)]
    if proposal.closure is not None:
        return [*done, _new_closure(draft, proposal)]
    done.append(_new_statement(draft, proposal, comparison))
    return [*done, _closure_of_superseded(draft, proposal)] if comparison.kind == SUPERSEDES else done


def _new_statement(draft: Draft, proposal: Proposal, comparison: Comparison) -> Written:
    record = dict(proposal.record)
    if comparison.kind == CONTRADICTS:
        keys = {one.id: one.key for one in draft.seeds.statements}
        record["contradicts"] = [_called(keys[name], proposal.subject) for name in comparison.beside]
    text = draft.parsed(proposal.file)
    after = text.last_like(str(record["property"]))
    draft.write(proposal.file, text.with_record("statement", record, after))
    return Written(proposal.file, "statement", str(record["key"]))


def _new_closure(draft: Draft, proposal: Proposal) -> Written:
    text = draft.parsed(proposal.file)
    places = [text.place("statement", str(name).split(":")[-1]) for name in proposal.record["closes"]]
    after = max((place for place in places if place is not None), default=None)
    draft.write(proposal.file, text.with_record("closure", proposal.record, after))
    return Written(proposal.file, "closure", str(proposal.record["key"]))


def _closure_of_superseded(draft: Draft, proposal: Proposal) -> Written:
    keys = {one.id: one.key for one in draft.seeds.statements}
    key = f"{proposal.record['key']}-supersedes"
    record = {
        "key": key,
        "closes": [_called(keys[name], proposal.subject) for name in proposal.supersedes],
        "valid_until": proposal.record["valid_from"],
        "sources": list(proposal.record["sources"]),
    } | {name: proposal.record[name] for name in ("reported", "mentioned") if name in proposal.record}
    text = draft.parsed(proposal.file)
    after = text.place("statement", str(proposal.record["key"]))
    draft.write(proposal.file, text.with_record("closure", record, after))
    return Written(proposal.file, "closure", key)


def _called(key: str, subject: str) -> str:
    """Return how a statement is called from a file: the key alone within its own file."""
    return key.removeprefix(f"{subject}:")


def _restate(draft: Draft, proposal: Proposal, comparison: Comparison) -> list[Written]:
    """Add sources to the record that says the same already, and set its status where it is taken back."""
    kind = "statement" if proposal.statement is not None else "closure"
    claim = _known_claim(draft.seeds, proposal)
    path, key = str(claim.file), str(claim.key).split(":", 1)[1]
    if not path.endswith(".toml"):
        raise UsageError(f"{claim.key} stands in {path}; add its source by hand")
    fresh = tuple(one.id for one in proposal.cited if one.id not in claim.sources)
    done = _new_sources(draft, proposal, path)
    status = proposal.statement.status if comparison.kind == RETRACTS and proposal.statement else None
    was = None if status is None else claim.status

    def change(record: Table) -> None:
        for name in fresh:
            record["sources"].append(name)
        if status is not None:
            record["status"] = status

    text = draft.parsed(path)
    place = text.place(kind, key)
    if place is None:
        raise UsageError(f"{path} holds no {kind} {key!r}; run georisk check")
    draft.write(path, text.changed(place, change))
    return [*done, Written(path, kind, key, made=False, sources=fresh, status=status, was=was)]


def _known_claim(seeds: Seeds, proposal: Proposal) -> Any:
    claims = seeds.statements if proposal.statement is not None else seeds.closures
    wanted = (proposal.statement or proposal.closure).id  # type: ignore[union-attr]  # one of the two is there
    return next(one for one in claims if one.id == wanted)


def _new_sources(draft: Draft, proposal: Proposal, path: str) -> list[Written]:
    done = []
    for key, record in proposal.sources.items():
        if key not in draft.seeds.sources and key not in draft.added:
            draft.write(path, draft.parsed(path).with_source(key, _given(record)))
            draft.added.add(key)
            done.append(Written(path, "source", key))
    return done


def _new_parties(draft: Draft, proposal: Proposal) -> list[Written]:
    """Make files for the parties that the item introduces and this proposal names."""
    named = {proposal.subject, *(named_in(proposal.statement) if proposal.statement else ())}
    done = []
    for name, party in proposal.parties.items():
        path = f"seeds/parties/{name}.toml"
        if name in named and name not in draft.seeds.parties and draft.read(path) is None:
            table = {"id": name, "name": party.name, "kind": party.kind, "compiled": proposal.compiled}
            draft.write(path, SeedText.of_head({**table, **_given(party)}))
            done.append(Written(path, "party", name))
    return done


def _given(record: Record) -> dict[str, Any]:
    """Return the keys that a record gives, in the order of their kind."""
    return {name: getattr(record, name) for name in type(record).model_fields if name in record.model_fields_set}


def take_back(draft: Draft, records: Iterable[Written], when: str) -> list[str]:
    """Take back an acceptance from files that a person has edited since: nothing of theirs is lost.

    A statement stays and is marked retracted, so that it counts no more; a closure goes, so that what it ended is
    open again; sources that were added to a record leave it; a status that was set is confirmed again.

    Returns
    -------
    list
        What was done, in words.
    """
    done = []
    for one in records:
        text = draft.read(one.path)
        place = (
            None if text is None or one.kind in ("source", "party") else SeedText.parse(text).place(one.kind, one.key)
        )
        if one.kind in ("source", "party"):
            continue
        if text is None or place is None:
            done.append(f"{one.path} holds no {one.kind} {one.key!r} any more")
            continue
        parsed = SeedText.parse(text)
        if one.made and one.kind == "closure":
            draft.write(one.path, parsed.without(place))
            done.append(f"closure {one.key!r} taken out of {one.path}, which was edited since")
        else:
            draft.write(one.path, parsed.changed(place, lambda record, one=one: _unsay(record, one, when)))  # type: ignore[misc]
            verb = "marked retracted" if one.made else "restored as far as it was changed"
            done.append(f"{one.kind} {one.key!r} {verb} in {one.path}, which was edited since")
    return done


def _unsay(record: Table, one: Written, when: str) -> None:
    if one.made:
        record["status"] = "retracted"
        note = f"Acceptance undone on {when[:10]}."
        record["note"] = f"{record['note']} {note}" if "note" in record else note
        return
    kept = [name for name in record["sources"] if name not in one.sources]
    if kept:
        record["sources"] = kept
    if one.status is not None and record.get("status") == one.status:
        record["status"] = one.was


def texts_of(files: Mapping[str, str | None]) -> dict[str, bytes | None]:
    """Return drafted files as bytes."""
    return {path: None if text is None else text.encode("utf-8") for path, text in files.items()}

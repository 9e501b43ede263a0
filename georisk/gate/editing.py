"""Edits of a proposal before it is accepted: the item's own file is changed, checked, and the ledger says how."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tomlkit.items import Table

from georisk.errors import UsageError
from georisk.gate.desk import Desk
from georisk.gate.ledger import patch_of
from georisk.gate.newsfile import Proposal
from georisk.gate.newsitems import FOLDER, checked_item
from georisk.gate.seedfile import SeedText
from georisk.gate.session import Done, session_in
from georisk.journal import LEDGER, commit
from georisk.records import ClosureRecord, StatementRecord

NEVER = frozenset({"passage", "context", "locator", "event", "modality", "confidence", "inferred", "sources"})
"""Keys that say what was read and where; they are evidence, not opinion."""


def edit(root: Path, name: str, changes: Sequence[str], who: str, now: datetime | None = None) -> list[Done]:
    """Change an open proposal in its item's file.

    Parameters
    ----------
    root
        The workspace.
    name
        Id of the proposal. As an id names the content, the edited one has another.
    changes
        ``field=value`` each; ``qualifiers.buyer=east`` for a qualifier; the value as TOML or as plain text; an empty
        value takes the field out.
    who, now
        Who does it and when, for the ledger.

    Raises
    ------
    UsageError
        If it is decided already, or a field cannot be edited.
    FaultGroup
        If the item would not pass its checks; nothing is written.
    """
    with session_in(root, who, now) as session:
        desk = session.desk
        one = desk.proposal(name)
        if desk.ledger.state(name) in ("accepted", "rejected"):
            raise UsageError(f"{name} is {desk.ledger.state(name)}; undo that first, or write another item")
        path = f"{FOLDER}/{one.item}.toml"
        before = (root / path).read_bytes().decode("utf-8")
        after = _edited(before, one, [_change(one, text) for text in changes])
        made = _only_new(desk, one, after)
        if after == before:
            session.done.append(Done(name, "unchanged", "it says so already"))
            return session.done
        note = f"{'; '.join(changes)}; now {made.id}"[:2000]
        session.enter("edit", name, one.item, "", claims=(), files=(patch_of(path, before, after),), note=note)
        session.done.append(Done(made.id, "edited", f"was {name}"))
        commit(root, {path: after.encode("utf-8"), LEDGER: session.ledger.text.encode("utf-8")})
    return session.done


def _change(one: Proposal, text: str) -> tuple[list[str], Any]:
    field, sign, value = text.partition("=")
    names = field.strip().split(".")
    shape = ClosureRecord if one.closure is not None else StatementRecord
    allowed = {*shape.model_fields, "file", "supersedes"} - NEVER
    if not sign or names[0] not in allowed or (len(names) > 1 and names[0] != "qualifiers") or len(names) > 2:
        listed = ", ".join(sorted(allowed))
        raise UsageError(f"--set {text!r}: write field=value, a qualifier as qualifiers.name=value; fields: {listed}")
    return names, _value(value.strip())


def _value(text: str) -> Any:
    """Return a value as TOML reads it; what is no TOML is plain text, nothing takes the field out."""
    if not text:
        return None
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _edited(text: str, one: Proposal, changes: Sequence[tuple[list[str], Any]]) -> str:
    parsed = SeedText.parse(text)
    key = str(one.record["key"])
    place = parsed.place("propose", key)
    if place is None:
        raise UsageError(f"{FOLDER}/{one.item}.toml holds no proposal with the key {key!r}")

    def change(record: Table) -> None:
        for names, value in changes:
            at: Any = record
            for name in names[:-1]:
                at = at.setdefault(name, {})
            if value is None:
                at.pop(names[-1], None)
            else:
                at[names[-1]] = value

    return str(parsed.changed(place, change))


def _only_new(desk: Desk, one: Proposal, text: str) -> Proposal:
    """Return the proposal as edited; the item is read as strictly as ever."""
    vocabulary = desk.workspace.data / "vocabulary"
    found = checked_item(one.item, tomllib.loads(text), desk.workspace.seeds, vocabulary)
    before = [other for other in desk.proposals if other.item == one.item]
    place = next(number for number, other in enumerate(before) if other.id == one.id)
    return found[place]

"""An item made of drafts: its records with their evidence, checked one by one, and its text as TOML."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from georisk.dates import When
from georisk.errors import FaultGroup
from georisk.gate.drafting import Drafted, Left
from georisk.gate.newsfile import Proposal
from georisk.gate.newsitems import checked_item
from georisk.gate.seedfile import plain_keys, rendered
from georisk.gate.sourcing import Cited, slug_of
from georisk.news.articles import Article, clean
from georisk.news.events import Event
from georisk.seeds import Seeds


@dataclass(frozen=True)
class Item:
    """An item that was made of an article: its id, its text as TOML, and what it proposes."""

    id: str
    text: str
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class Writer:
    """Writes the item of one article.

    Attributes
    ----------
    article, name, source
        The article, the item's id, and the source its statements cite.
    seeds, vocabulary
        The registry, and the ``data/vocabulary`` folder, for the strict readers.
    today
        The day it is written.
    context_chars
        How much of the text around a passage is kept on each side.
    kind
        What kind of source it is, where that is not the source's own kind.
    """

    article: Article
    name: str
    source: Cited
    seeds: Seeds
    vocabulary: Path
    today: date
    context_chars: int
    kind: str | None = None

    def records(self, drafts: Sequence[Drafted]) -> list[dict[str, Any]]:
        """Return drafts as records of an item, each with its evidence."""
        return [self._record(one) for one in _parts_tied(drafts, self.name)]

    def _record(self, one: Drafted) -> dict[str, Any]:
        event, record = one.event, dict(one.record)
        if one.part is not None and "closes" not in record:
            record["part"] = one.part
        told: dict[str, Any] = {"sources": [self.source.key]}
        told |= {"supersedes": list(one.supersedes)} if one.supersedes else {}
        told |= {
            "passage": clean(event.evidence)[:2000],
            "locator": f"characters {event.start} to {event.end} of {clean(self.article.file)[:80]}",
            "context": _context(event, self.article, self.context_chars),
            "event": event.event_type,
            "modality": event.modality,
        }
        told |= {"confidence": round(event.confidence, 3)} if event.confidence is not None else {}
        told |= {"inferred": True} if one.inferred else {}
        return {"file": one.file, "key": key_of(one, self.name)} | record | told

    def item(
        self, records: Sequence[dict[str, Any]], drafts: Sequence[Drafted], corrects: Sequence[str] = ()
    ) -> tuple[Item | None, list[Left]]:
        """Return the item with the records that pass the strict readers; the others are told with their fault."""
        left: list[Left] = []
        passed: list[dict[str, Any]] = []
        parties = {one.id: {"name": one.name, "kind": "agency"} for draft in drafts for one in draft.parties}
        for record in records:
            try:
                self._checked(self._table([*passed, record], parties, corrects))
            except FaultGroup as group:
                faults = "; ".join(str(one).split(": ", 1)[-1] for one in group.exceptions)
                left.append(Left(self.article.id, str(record["event"]), faults, str(record["passage"])))
            else:
                passed.append(record)
        if not passed and not corrects:
            return None, left
        table = self._table(passed, parties, corrects)
        return Item(self.name, item_text(table), tuple(self._checked(table))), left

    def _checked(self, table: dict[str, Any]) -> list[Proposal]:
        return checked_item(self.name, table, self.seeds, self.vocabulary)

    def _table(
        self, records: Sequence[dict[str, Any]], parties: Mapping[str, Any], corrects: Sequence[str]
    ) -> dict[str, Any]:
        texts = [value for record in records for value in record.get("qualifiers", {}).values()]
        used = {key: one for key, one in parties.items() if key in texts}
        table: dict[str, Any] = {"id": self.name, "title": title_of(self.article), "compiled": self.today}
        table |= {"source_kind": self.kind or self.source.kind}
        table |= {"corrects": list(corrects)} if corrects else {}
        table |= {"sources": {self.source.key: _plain(self.source.record)}} if self.source.record is not None else {}
        table |= {"parties": used} if used else {}
        return table | {"propose": [_plain(one) for one in records]}


def item_text(table: Mapping[str, Any]) -> str:
    """Return an item as TOML: its head, its sources and parties, its proposals."""
    nested = ("sources", "parties", "propose")
    parts = [plain_keys({key: value for key, value in table.items() if key not in nested})]
    for kind in ("sources", "parties"):
        parts += [rendered(f"{kind}.{key}", one, listed=False) for key, one in table.get(kind, {}).items()]
    parts += [rendered("propose", one, listed=True) for one in table["propose"]]
    return "\n".join(parts)


def _plain(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return dates as TOML reads them back: days as days, partial ones as text."""

    def plain(value: Any) -> Any:
        if isinstance(value, When):
            return value.first if value.text == value.first.isoformat() else value.text
        return {key: plain(one) for key, one in value.items()} if isinstance(value, Mapping) else value

    return {key: plain(value) for key, value in record.items()}


def key_of(one: Drafted, name: str) -> str:
    """Return a key that says what and with whom, and that no other item has."""
    qualifiers = one.record.get("qualifiers", {})
    roles = ("lender", "buyer", "owner", "partner", "holder", "party", "kind")
    who = next((str(qualifiers[role]) for role in roles if isinstance(qualifiers.get(role), str)), "")
    mark = hashlib.sha256(
        f"{name}\0{one.event.start}\0{one.event.event_type}\0{one.event.amount}".encode()
    ).hexdigest()[:6]
    return "-".join(part for part in (slug_of(one.event.event_type), slug_of(who), mark) if part)


def _parts_tied(drafts: Sequence[Drafted], name: str) -> list[Drafted]:
    """Give parts the key of their total, as the registry calls it where it knows it."""
    tied: list[Drafted] = []
    for one in drafts:
        whole = next((other for other in drafts if one.part_of is not None and other.event is one.part_of), None)
        if whole is None or one.restates is not None:
            tied.append(one)
        else:
            key = (whole.restates or key_of(whole, name)).split(":")[-1]
            qualifiers = {**one.record.get("qualifiers", {}), "part_of": key}
            tied.append(replace(one, record={**one.record, "qualifiers": qualifiers}))
    return tied


def _context(event: Event, article: Article, most: int) -> str:
    text = article.body.text
    at = text.find(event.evidence)
    if at < 0:
        return clean(event.evidence)[:2000]
    return clean(text[max(0, at - most) : at + len(event.evidence) + most])[:3000]


def title_of(article: Article) -> str:
    """Return the title of an article, harmless in one line."""
    return clean(article.title.text)[:300] if article.title is not None else f"untitled {article.kind}"

"""The shapes of a news item: what ``seeds/news/<id>.toml`` may hold, and what one proposal of it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field

from georisk.dates import When
from georisk.records import Moment, Record, Slug, SourceRecord, Text
from georisk.statements import Closure, Source, Statement


class NewParty(Record):
    """``[parties.<id>]`` of an item: a party that the registry does not know yet."""

    name: Text
    kind: Text
    aliases: list[Text] = Field(default_factory=list)
    note: Text | None = None


class NewsFile(Record):
    """``seeds/news/<id>.toml``."""

    id: Text
    title: Text
    compiled: Moment
    locator: Text | None = None
    note: Text | None = None
    sources: dict[Slug, SourceRecord] = Field(default_factory=dict)
    parties: dict[Slug, NewParty] = Field(default_factory=dict)
    propose: list[dict[str, Any]] = Field(min_length=1)


class ProposalKeys(Record):
    """What a ``[[propose]]`` record holds beside the keys of the statement or closure it proposes."""

    file: Text
    supersedes: list[Text] = Field(default_factory=list)
    passage: Text | None = None
    locator: Text | None = None


@dataclass(frozen=True)
class Proposal:
    """One statement or closure that an item proposes.

    Attributes
    ----------
    id
        Stable: a hash of the item's id and of the content of what is proposed.
    item, title, compiled
        The item it stands in, and the day that was written down.
    file, subject
        The file that would change, as ``seeds/...``, and the subject of the file.
    statement, closure
        What is proposed: one of the two, as the registry would read it.
    record
        The record to write, without the keys of the proposal itself.
    sources, parties
        The sources it rests on that the item defines, and the parties that the item introduces.
    supersedes
        Ids of statements that end where the proposed one begins.
    passage, locator
        The words it rests on, and where they stand.
    """

    id: str
    item: str
    title: str
    compiled: When
    file: str
    subject: str
    statement: Statement | None
    closure: Closure | None
    record: Mapping[str, Any]
    sources: Mapping[str, SourceRecord]
    parties: Mapping[str, NewParty]
    supersedes: tuple[str, ...] = ()
    passage: str | None = None
    locator: str | None = None
    known_sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def cited(self) -> list[Source]:
        """The sources it rests on."""
        claim = self.statement or self.closure
        return [self.known_sources[key] for key in claim.sources] if claim is not None else []

    @property
    def grade(self) -> str:
        """The grade of its evidence."""
        claim = self.statement or self.closure
        return claim.grade if claim is not None else "D"

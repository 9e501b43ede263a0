"""The shapes of a news item: what ``seeds/news/<id>.toml`` may hold, and what one proposal of it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field, model_validator

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
    source_kind: Text | None = None
    corrects: list[Text] = Field(default_factory=list)
    sources: dict[Slug, SourceRecord] = Field(default_factory=dict)
    parties: dict[Slug, NewParty] = Field(default_factory=dict)
    propose: list[dict[str, Any]] = Field(default_factory=list)

    @model_validator(mode="after")
    def _says_something(self) -> NewsFile:
        if not self.propose and not self.corrects:
            raise ValueError("proposes nothing; add [[propose]], or corrects = [...]")
        return self


class ProposalKeys(Record):
    """What a ``[[propose]]`` record holds beside the keys of the statement or closure it proposes."""

    file: Text
    supersedes: list[Text] = Field(default_factory=list)
    passage: Text | None = None
    locator: Text | None = None
    context: Text | None = None
    event: Text | None = None
    modality: Text | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How an extractor read a proposal.

    Attributes
    ----------
    event, modality
        Codes of ``data/news/event-types.csv`` and ``modalities.csv``.
    confidence
        Chance that a careful reader would find the same event, 0 to 1; ``None`` where not known.
    inferred
        Whether the text does not name the subject: the tie runs through a party or a description.
    source_kind
        Kind of source, as in ``data/news/proposing.toml``; ``None`` where not known.
    """

    event: str
    modality: str
    confidence: float | None
    inferred: bool
    source_kind: str | None


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
    passage, locator, context
        The words it rests on, where they stand, and the words around them.
    reading
        How it was read, where an extractor read it; ``None`` where a person wrote it down.
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
    context: str | None = None
    reading: ReadAs | None = None

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

"""The shapes of the files in ``seeds/``: which keys a record may hold, checked one by one.

Unknown keys, wrong types and missing sources are faults; all of a file are gathered before anything is raised.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from georisk.dates import When
from georisk.errors import Fault


def _when(given: object) -> When:
    if isinstance(given, (str, date)):
        return When.parse(given)
    raise ValueError(f"{given!r} is not a date")


def _plain(text: str) -> str:
    if any(ord(char) < 32 and char not in "\n\t" for char in text):
        raise ValueError("holds a control character")
    return text


def _slug(text: str) -> str:
    allowed = "abcdefghijklmnopqrstuvwxyz0123456789-_"
    if not text or any(char not in allowed for char in text) or text[0] in "-_":
        raise ValueError(f"{text!r} is not an id (small letters, digits, - and _)")
    return text


Moment = Annotated[When, BeforeValidator(_when)]
Text = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(_plain)]
Slug = Annotated[str, AfterValidator(_slug)]


class Record(BaseModel):
    """A table of a seeds file; keys that are not named here are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, arbitrary_types_allowed=True, frozen=True)


class SourceRecord(Record):
    """``[sources.<id>]``."""

    title: Text
    publisher: Text
    grade: Text
    url: Text | None = None
    published: Moment | None = None
    published_inferred: bool = False
    retrieved: Moment | None = None
    locator: Text | None = None
    language: Text | None = None
    reached_via: Text | None = None
    state_linked: bool = False
    origin: Text | None = None
    note: Text | None = None


class StatementRecord(Record):
    """``[[statement]]``."""

    key: Slug
    property: Text
    part: Slug | None = None
    value: Any = None
    unit: Text | None = None
    qualifiers: dict[str, Any] = Field(default_factory=dict)
    unknown: Text | None = None
    absent: Text | None = None
    valid_from: Moment | None = None
    valid_until: Moment | None = None
    status: Text = "confirmed"
    force: Text = "in-effect"
    sources: list[Slug] = Field(min_length=1)
    see_also: list[Slug] = Field(default_factory=list)
    contradicts: list[Text] = Field(default_factory=list)
    grade: Text | None = None
    grade_reason: Text | None = None
    reported: Moment | None = None
    mentioned: Moment | None = None
    note: Text | None = None


class ClosureRecord(Record):
    """``[[closure]]``: ends the statements it names; ``terminated``: a source says the contract is over."""

    key: Slug
    closes: list[Text] = Field(min_length=1)
    valid_until: Moment
    terminated: bool = False
    sources: list[Slug] = Field(min_length=1)
    grade: Text | None = None
    reported: Moment | None = None
    mentioned: Moment | None = None
    note: Text | None = None


class SeedFile(Record):
    """What every seeds file may hold."""

    id: Text
    name: Text
    aliases: list[Text] = Field(default_factory=list)
    compiled: Moment
    note: Text | None = None
    sources: dict[Slug, SourceRecord] = Field(default_factory=dict)
    statement: list[StatementRecord] = Field(default_factory=list)
    closure: list[ClosureRecord] = Field(default_factory=list)


class PartRecord(Record):
    """``[[part]]`` of a site."""

    id: Slug
    name: Text
    kind: Text | None = None
    title_holder: Slug | None = None
    aliases: list[Text] = Field(default_factory=list)
    note: Text | None = None


class SiteFile(SeedFile):
    """``seeds/sites/<id>/site.toml``."""

    kind: Text
    title_holder: Slug | None = None
    coverage: Text | None = None
    part: list[PartRecord] = Field(default_factory=list)


class PartyFile(SeedFile):
    """``seeds/parties/<id>.toml``."""

    kind: Text


class PlaceFile(SeedFile):
    """``seeds/places/<iso3>.toml``."""


class ProgrammeFile(SeedFile):
    """``seeds/programmes/<id>.toml``."""


class MentionRecord(Record):
    """``[[mention]]`` of ``seeds/unresolved.toml``: a text that names no site."""

    text: Text
    source: Slug
    why: Text
    candidates: list[Text] = Field(default_factory=list)


class UnresolvedFile(Record):
    """``seeds/unresolved.toml``."""

    compiled: Moment
    sources: dict[Slug, SourceRecord] = Field(default_factory=dict)
    mention: list[MentionRecord] = Field(default_factory=list)


def faults_of(error: ValidationError, where: str, table: dict[str, Any]) -> list[Fault]:
    """Turn the findings of the schema into faults that name file and record."""
    return [_fault(one, where, table) for one in error.errors()]


def _fault(one: Any, where: str, table: dict[str, Any]) -> Fault:
    path = list(one["loc"])
    record, field = _named(path, table)
    kind = one["type"]
    if kind == "extra_forbidden":
        found, allowed = f"unknown key {path[-1]!r}", "remove it or mend its spelling"
    elif kind == "missing":
        found, allowed = f"lacks the key {path[-1]!r}", "add it"
    else:
        found, allowed = f"{field} is {str(one.get('input'))[:80]!r}", one["msg"].removeprefix("Value error, ")
    return Fault(f"{where} [{record}]" if record else where, found, allowed)


def _named(path: list[Any], table: dict[str, Any]) -> tuple[str, str]:
    if len(path) > 1 and isinstance(path[1], int):
        rows = table.get(path[0])
        row = rows[path[1]] if isinstance(rows, list) else None
        name = row.get("key") or row.get("id") if isinstance(row, dict) else None
        return str(name or f"{path[0]} {path[1] + 1}"), ".".join(map(str, path[2:])) or str(path[0])
    if path and path[0] == "sources" and len(path) > 1:
        return f"sources.{path[1]}", ".".join(map(str, path[2:])) or "source"
    return "", ".".join(map(str, path))

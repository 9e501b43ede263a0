"""Sources and the registry's own records as they travel in a BODS statement, and what they are made of again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from georisk.dates import When
from georisk.interchange.tables import BodsTables
from georisk.statements import Source, Statement

SOURCE_KEYS = ("title", "publisher", "grade", "url", "published", "published_inferred", "retrieved", "locator",
               "language", "reached_via", "state_linked", "origin", "note")  # fmt: skip
STATEMENT_KEYS = ("unit", "valid_from", "valid_until", "status", "force", "note", "grade")


def source_record(source: Source) -> dict[str, Any]:
    """Return a source as a record of a seeds file, dates as text; what it leaves open is left out."""
    found = {key: getattr(source, key) for key in SOURCE_KEYS}
    given = {key: value.text if isinstance(value, When) else value for key, value in found.items()}
    return {key: value for key, value in given.items() if value not in (None, False, "")}


def statement_record(one: Statement, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Return a statement as a record with its sources, for the ``georisk`` key of an annotation."""
    given = {key: getattr(one, key) for key in STATEMENT_KEYS}
    record: dict[str, Any] = {key: value.text if isinstance(value, When) else value for key, value in given.items()}
    record |= {"value": one.value, "unknown": one.unknown, "qualifiers": dict(one.qualifiers)}
    record |= {"key": one.key.split(":", 1)[1], "recorded": one.recorded.text}
    kept = {key: value for key, value in record.items() if value not in (None, {}, "")}
    return kept | {"sources": {key: source_record(sources[key]) for key in one.sources}}


def bods_source(sources: Iterable[Source], tables: BodsTables) -> dict[str, Any]:
    """Return the ``source`` of a BODS statement: who asserted it, and the address of the best of several."""
    ranked = sorted(sources, key=lambda one: (one.grade, one.id))
    if not ranked:
        return {}
    best = ranked[0]
    found: dict[str, Any] = {"type": [tables.source_types[best.grade]]}
    address = next((one.url for one in ranked if is_web_address(one.url)), None)
    found |= {"url": address} if address is not None else {}
    if best.retrieved is not None:
        found["retrievedAt"] = best.retrieved.last.isoformat()
    return found | {"assertedBy": [{"name": name} for name in dict.fromkeys(one.publisher for one in ranked)]}


def is_web_address(url: object) -> bool:
    """Say whether a text is an address of the web that a reader may be sent to."""
    return isinstance(url, str) and url.startswith(("https://", "http://")) and url.isascii() and " " not in url

"""What every statement of one BODS export shares: its envelope, its source, the annotation with our own record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from georisk.interchange.bods_sources import bods_source
from georisk.interchange.tables import BodsTables
from georisk.snapshot import Snapshot
from georisk.statements import Statement

SCHEME_NAME = "georisk id"
"""What our ids are called among a party's identifiers; no register gave them."""


@dataclass(frozen=True)
class Publishing:
    """What every statement of one export shares: the snapshot, the standard's words, alpha-2 codes by alpha-3."""

    snapshot: Snapshot
    tables: BodsTables
    codes: dict[str, str]

    def statement(self, record: str, kind: str, subject: str, details: dict[str, Any], day: str) -> dict[str, Any]:
        """Wrap the details of a record as a statement."""
        known_by = self.snapshot.known_by.isoformat()
        content = json.dumps([record, details, day], sort_keys=True, ensure_ascii=False, default=str)
        return {
            "statementId": f"georisk-{hashlib.sha256(content.encode()).hexdigest()[:40]}",
            "declarationSubject": subject,
            "statementDate": day,
            "publicationDetails": {
                "publicationDate": known_by,
                "bodsVersion": self.tables.version,
                "license": self.tables.licence,
                "publisher": {"name": self.tables.publisher},
            },
            "recordId": record,
            "recordType": kind,
            "recordStatus": "new",
            "recordDetails": details,
        }

    def annotated(self, statement: dict[str, Any], target: str, text: str, record: dict[str, Any]) -> dict[str, Any]:
        """Add the annotation that carries our own record."""
        note = {"statementPointerTarget": target, "motivation": "commenting", "description": text,
                "createdBy": {"name": self.tables.publisher}, "georisk": record}  # fmt: skip
        return {**statement, "annotations": [note]}

    def sourced(self, statement: dict[str, Any], claims: Iterable[Statement]) -> dict[str, Any]:
        """Add the sources of some claims as the statement's source."""
        keys = dict.fromkeys(key for one in claims for key in one.sources)
        source = bods_source([self.snapshot.seeds.sources[key] for key in keys], self.tables)
        return {**statement, "source": source} if source else statement

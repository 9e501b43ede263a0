"""A written policy: what may be accepted without a person looking at it. Nothing is allowed that it does not name."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from georisk.errors import Fault, FaultGroup, UsageError
from georisk.files import read_toml
from georisk.gate.newsfile import Proposal
from georisk.gate.proposals import Comparison
from georisk.statements import Source, Statement, independent

Kind = Literal["new", "confirms", "already-known", "contradicts", "supersedes", "retracts"]


class Accept(BaseModel):
    """``[accept]`` of a policy file; an empty list allows nothing.

    The last four keys speak of what an extractor read. Left out, they let nothing of it pass.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    comparisons: list[Kind]
    grades: list[Literal["A", "B", "C", "D"]]
    properties: list[str]
    forces: list[str]
    statuses: list[str]
    state_linked: bool
    min_independent_sources: int = Field(ge=1)
    max_move_points: float = Field(ge=0)
    modalities: list[str] = []
    source_kinds: list[str] = []
    min_confidence: float = Field(default=1.0, ge=0, le=1)
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy, its file's name and the first digits of its sha256: they go into the ledger."""

    accept: Accept
    name: str

    def objections(
        self, proposal: Proposal, comparison: Comparison, concerned: Iterable[Statement], backing: Iterable[Source] = ()
    ) -> list[str]:
        """Return what speaks against accepting a proposal without a person; the size of its move is judged apart.

        Parameters
        ----------
        proposal, comparison
            The proposal, and how it stands to the registry.
        concerned
            The proposed statement; for a closure, the statements it ends.
        backing
            Sources that carry the same claim elsewhere: in the registry, or in other items.
        """
        allowed, statements = self.accept, list(concerned)
        found = [_unless(comparison.kind, allowed.comparisons, "comparison")]
        found.append(_unless(proposal.grade, allowed.grades, "grade"))
        for one in statements:
            found.append(_unless(one.property, allowed.properties, "property"))
        if proposal.statement is not None:
            found.append(_unless(proposal.statement.force, allowed.forces, "force"))
            found.append(_unless(proposal.statement.status, allowed.statuses, "status"))
        found += self._of_reading(proposal)
        found += self._of_sources(proposal.cited, backing)
        return [one for one in dict.fromkeys(found) if one]

    @property
    def any_move(self) -> bool:
        """Whether moves of any size are allowed, so that none need be measured."""
        return math.isinf(self.accept.max_move_points)

    def too_far(self, points: float) -> str | None:
        """Return the objection to a move of so many points; infinite where a score comes or goes."""
        most = self.accept.max_move_points
        return None if points <= most else f"moves a score by {points:.1f} points, {most:g} are allowed"

    def _of_reading(self, proposal: Proposal) -> list[str]:
        """Return what speaks against how an extractor read it; nothing where a person wrote it down."""
        reading, allowed = proposal.reading, self.accept
        if reading is None:
            return []
        found = [_unless(reading.modality, allowed.modalities, "modality")]
        found.append(_unless(reading.source_kind or "unnamed", allowed.source_kinds, "source kind"))
        if (reading.confidence or 0.0) < allowed.min_confidence:
            told = "unknown" if reading.confidence is None else f"{reading.confidence:.2f}"
            found.append(f"confidence is {told}, {allowed.min_confidence:g} is asked for")
        if reading.inferred and not allowed.inferred:
            found.append("the text does not name the subject; the tie is an inference")
        return found

    def _of_sources(self, sources: list[Source], backing: Iterable[Source]) -> list[str]:
        found, least = [], self.accept.min_independent_sources
        count = independent([*sources, *backing])
        if count < least:
            found.append(f"{count} independent source{'s' if count != 1 else ''}, {least} are asked for")
        if not self.accept.state_linked and any(source.state_linked for source in sources):
            found.append("a source is linked to a state")
        return found


def _unless(code: str, allowed: Iterable[str], what: str) -> str:
    names = list(allowed)
    return "" if code in names else f"{what} {code} is not allowed ({', '.join(names) or 'none is'})"


def read_policy(path: Path) -> Policy:
    """Read a policy file.

    Raises
    ------
    UsageError
        If there is no such file.
    FaultGroup
        With every key that is missing, unknown or of the wrong kind.
    """
    if not path.is_file():
        raise UsageError(f"{path} is no file; write a policy as in seeds/news/README.md")
    try:
        table = read_toml(path, path.name)
        accept = Accept.model_validate(table.pop("accept", {}))
    except ValidationError as error:
        faults = [
            Fault(f"{path.name} [accept]", f"{'.'.join(map(str, one['loc']))}: {one['msg']}") for one in error.errors()
        ]
        raise FaultGroup(f"{len(faults)} faults in {path.name}", faults) from None
    if table:
        raise Fault(path.name, f"unknown key {next(iter(table))!r}", "a policy holds [accept] alone")
    return Policy(accept, f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()[:12]}")

"""The stage of a site or part on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from georisk.dates import When
from georisk.snapshot import Snapshot
from georisk.statements import Statement

ORDER = ("planned", "prospect", "exploration", "resource", "feasibility", "permitted", "construction", "commissioning",
         "closed", "care-and-maintenance", "rehabilitation", "operating", "production")  # fmt: skip
"""Stages from the least to the most advanced, for showing one stage of a site with several parts."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage that stands, and what is reported beside it.

    ``code`` is ``None`` where nobody states one. ``reported`` is set where the latest stage is disputed: the
    last undisputed one stands, the reported one is shown.
    """

    code: str | None
    since: When | None
    reported: str | None
    statements: tuple[str, ...]


def stage_of(snapshot: Snapshot, subject: str) -> Stage:
    """Return the latest open stage of a site or part; a disputed one shows the last undisputed stage too."""
    open_now = [one for one in snapshot.holding(subject, "stage") if one.force == "in-effect" and one.value]
    undisputed = [one for one in open_now if one.status != "disputed"]
    latest = open_now[-1] if open_now else None
    standing = undisputed[-1] if undisputed else None
    if latest is None:
        return _announced(snapshot, subject)
    if latest is standing or standing is None:
        reported = None if standing else f"{latest.value} (disputed)"
        return Stage(
            str(latest.value) if standing else None, latest.valid_from if standing else None, reported, (latest.id,)
        )
    return Stage(str(standing.value), standing.valid_from, f"{latest.value} (disputed)", (standing.id, latest.id))


def stage_of_site(snapshot: Snapshot, site: str, parts: Iterable[str]) -> Stage:
    """Return the stage of a site: its own, else that of its most advanced part."""
    stages = [stage_of(snapshot, subject) for subject in (site, *parts)]
    known = [stage for stage in stages if stage.code is not None]
    if stages[0].code is not None or not known:
        return stages[0]
    return max(known, key=lambda stage: ORDER.index(stage.code or "planned"))


def only_planned(snapshot: Snapshot, subject: str) -> bool:
    """Say whether a part exists on paper only."""
    return stage_of(snapshot, subject).code == "planned"


def milestones(snapshot: Snapshot, subjects: Iterable[str]) -> list[Statement]:
    """Return the planned events of some subjects, the one due first at the head."""
    found = [one for subject in subjects for one in snapshot.holding(subject, "milestone") if one.force == "planned"]
    return sorted(found, key=lambda one: (due(one) is None, due(one) or When.parse("9999"), one.id))


def due(statement: Statement) -> When | None:
    """Return when a planned event is due; ``None``: its source gives no date."""
    given = statement.qualifiers.get("due")
    return None if given is None else When.parse(given)


def overdue(snapshot: Snapshot, subjects: Iterable[str]) -> list[Statement]:
    """Return planned events whose date has passed with no outcome known."""
    return [
        one for one in milestones(snapshot, subjects) if (when := due(one)) is not None and when.last < snapshot.as_of
    ]


def _announced(snapshot: Snapshot, subject: str) -> Stage:
    planned = [one for one in snapshot.holding(subject, "stage") if one.value == "planned" or one.force == "planned"]
    if not planned:
        return Stage(None, None, None, ())
    return Stage("planned", planned[-1].valid_from, None, (planned[-1].id,))

"""What happened to a site and what is due, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from georisk.citations import Support
from georisk.dates import When
from georisk.snapshot import Snapshot
from georisk.stages import due

MAIN = ("stage", "transaction", "stake", "finance", "offtake", "tenure", "proceeding", "board-right", "milestone")
"""Properties that make the main line of a site's story: what it is, whose, and who pays."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that began, ended or is due. ``what`` is ``begins``, ``ends``, ``due`` or ``overdue``."""

    when: When
    what: str
    support: Support


def timeline_of(snapshot: Snapshot, supports: Iterable[Support]) -> list[Event]:
    """Return what began, ended or is due, oldest first; on one day ends come first."""
    events = []
    for support in supports:
        one = support.statement
        if one is None or one.timeless:
            continue
        planned = due(one) if one.property == "milestone" and one.force == "planned" else None
        if planned is not None:
            late = planned.last < snapshot.as_of and one.holds(snapshot.as_of)
            events.append(Event(planned, "overdue" if late else "due", support))
        elif one.valid_from is not None:
            events.append(Event(one.valid_from, "begins", support))
        if one.valid_until is not None and planned is None:
            events.append(Event(one.valid_until, "ends", support))
    return sorted(events, key=lambda event: (event.when.last, event.what != "ends", event.support.id))


def latest_of(snapshot: Snapshot, timeline: Iterable[Event]) -> tuple[Event, ...]:
    """Return the main events of the last day on which one happened, beginnings before ends."""
    past = [one for one in timeline if is_main(one) and one.what in ("begins", "ends")]
    past = [one for one in past if one.when.last <= snapshot.as_of]
    last = max((one.when.last for one in past), default=None)
    found = [one for one in past if one.when.last == last]
    return tuple(sorted(found, key=lambda one: (one.what == "ends", MAIN.index(str(_property(one))), one.support.id)))


def is_main(event: Event) -> bool:
    """Say whether an event belongs to the main line of a site's story: what it is, whose, and who pays."""
    return _property(event) in MAIN


def _property(event: Event) -> str | None:
    return None if event.support.statement is None else event.support.statement.property

"""What happened to a site and what is due, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from georisk.dates import When
from georisk.explaining.citations import Support
from georisk.snapshot import Snapshot
from georisk.stages import due

MAIN = ("stage", "transaction", "stake", "finance", "offtake", "tenure", "proceeding", "board-right", "milestone")
"""Properties that make the main line of a site's story: what it is, whose, and who pays."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that began, ended or is due.

    ``what`` is ``begins``, ``ends``, ``due`` or ``overdue``; ``is_main``: it is of the site's own story and not of
    a country's or a programme's.
    """

    when: When
    what: str
    support: Support
    is_main: bool


def timeline_of(snapshot: Snapshot, supports: Iterable[Support]) -> list[Event]:
    """Return what began, ended or is due, oldest first; on one day ends come first."""
    events = []
    topics = {*snapshot.seeds.places, *snapshot.seeds.programmes}
    for support in supports:
        one = support.statement
        if one is None or one.timeless:
            continue
        main = one.property in MAIN and one.subject not in topics
        planned = due(one) if one.property == "milestone" and one.force == "planned" else None
        if planned is not None:
            late = planned.last < snapshot.as_of and one.holds(snapshot.as_of)
            events.append(Event(planned, "overdue" if late else "due", support, main))
        elif one.valid_from is not None:
            events.append(Event(one.valid_from, "begins", support, main))
        if one.valid_until is not None and planned is None:
            events.append(Event(one.valid_until, "ends", support, main))
    return sorted(events, key=lambda event: (event.when.last, event.what != "ends", event.support.id))


def latest_of(snapshot: Snapshot, timeline: Iterable[Event]) -> tuple[Event, ...]:
    """Return the main events of the last day on which one happened, beginnings before ends."""
    past = [one for one in timeline if one.is_main and one.what in ("begins", "ends")]
    past = [one for one in past if one.when.last <= snapshot.as_of]
    last = max((one.when.last for one in past), default=None)
    found = [one for one in past if one.when.last == last]
    return tuple(sorted(found, key=lambda one: (one.what == "ends", _place(one), one.support.id)))


def _place(event: Event) -> int:
    return 0 if event.support.statement is None else MAIN.index(event.support.statement.property)

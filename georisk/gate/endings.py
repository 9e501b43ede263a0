"""The end of something known, as an article tells it: which statements a closure closes, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from georisk.dates import When
from georisk.gate.concerned import Register, Scene, subject_of
from georisk.gate.drafting import Drafted, Drafter, ends_on
from georisk.news.articles import Article
from georisk.news.events import Event
from georisk.statements import COUNTING_STATUSES, Closure, Statement, closed


def draft_end(event: Event, article: Article, drafter: Drafter) -> Drafted | str:
    """Return the closure an event tells of, or the reason why it closes nothing.

    A closure the registry knows already is repeated as it stands, so that the article confirms it.
    """
    rule, register = drafter.rules.events[event.event_type], drafter.register
    found = subject_of(event, rule, register)
    if isinstance(found, str):
        return found
    end = ends_on(event, article)
    if end is None:
        return "does not say when it ends"
    scene = register.scene(event, article, drafter.rules.patterns)
    subject = found[0].split("/", 1)[1]
    day = article.day() or date.max
    running = _running(subject, str(rule.property), day, register)
    targets = _meant(running, scene, register)
    if not targets:
        return f"ends {'one of several contracts' if running else 'a contract'}, and which the registry cannot tell"
    record = {"closes": [one.key for one in targets], "valid_until": When.parse(end)}
    known = _known_closure(targets, end, register.seeds.closures)
    if known is not None:
        names = {one.id: one.key for one in register.seeds.statements}
        record = {"closes": [names[one] for one in known.closes], "valid_until": known.valid_until}
    return Drafted(event, scene, "/".join(found[0].split("/")[:2]), None, record, found[1])


def _running(subject: str, name: str, day: date, register: Register) -> list[Statement]:
    """Return the statements of a property that run on a day, or will."""
    told = closed(register.seeds.statements, register.seeds.closures, date.max)
    return [
        one
        for one in told
        if one.property == name
        and subject in (one.subject, one.subject.split("/")[0])
        and one.status in COUNTING_STATUSES
        and (one.valid_until is None or one.valid_until.last > day)
    ]


def _meant(running: Sequence[Statement], scene: Scene, register: Register) -> list[Statement]:
    """Return the contracts a sentence means: of a buyer it names, of buyers of a country, or the only one there is."""
    named = {one.id for one in scene.parties}
    by_name = [one for one in running if one.qualifiers.get("buyer") in named]
    if by_name:
        return by_name
    countries = register.peoples(scene.sentence)
    by_country = [one for one in running if register.countries.get(str(one.qualifiers.get("buyer"))) in countries]
    if by_country:
        return by_country
    return list(running) if len(running) == 1 and not countries else []


def _known_closure(targets: Iterable[Statement], end: date, closures: Iterable[Closure]) -> Closure | None:
    ids = {one.id for one in targets}
    return next((one for one in closures if ids & set(one.closes) and one.valid_until.last == end), None)


def latest_only(drafts: Sequence[Drafted]) -> tuple[list[Drafted], list[Drafted]]:
    """Part drafts into those that stand and the ends that the same article gives a later day for.

    A headline that lets a contract end on the day it was shortened is corrected by the text below it.
    """
    latest: dict[tuple[str, str], When] = {}
    for one in drafts:
        for name in one.record.get("closes", ()):
            end = one.record["valid_until"]
            latest[one.file, name] = max(latest.get((one.file, name), end), end)
    outdone = [one for one in drafts if "closes" in one.record and any(
        one.record["valid_until"] < latest[one.file, name] for name in one.record["closes"]
    )]  # fmt: skip
    kept: list[Drafted] = []
    for one in drafts:
        twin = next((other for other in kept if _same_end(one, other)), None)
        if one not in outdone and twin is None:
            kept.append(replace(one))
    return kept, outdone


def _same_end(one: Drafted, other: Drafted) -> bool:
    return "closes" in one.record and one.record == other.record and one.file == other.file

"""Changes against scores that were written down: ``scores.json`` documents.

Two documents alone say which indicators moved, and their points add up to the delta; which statement moved them
needs the registry of that time (``changes.compare``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from georisk.assessment import COMPOSITE
from georisk.changes.comparing import Changes, Stand
from georisk.changes.movers import Mover
from georisk.changes.shifts import NOTHING, Cause, Shift, SiteChange
from georisk.changes.worlds import Reading
from georisk.errors import UsageError

SAME = 1e-6
"""Points within which a score made again is the one that was written down (it was rounded then)."""


def between_documents(
    before: Mapping[str, Any], after: Mapping[str, Any], sites: Iterable[str] | None = None
) -> Changes:
    """Compare two ``scores.json`` documents.

    Returns
    -------
    Changes
        Causes are indicators; each names the statements that only one of the documents cites.

    Raises
    ------
    UsageError
        If a document has not the shape of ``scores.json``.
    """
    try:
        old, new = ({one["id"]: one for one in document["sites"]} for document in (before, after))
        chosen = list(dict.fromkeys([*new, *old]) if sites is None else sites)
        found = [_site(old.get(name), new.get(name)) for name in chosen]
        return Changes(_stand(before), _stand(after), tuple(found))
    except (KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"not the shape of scores.json: {error!r}; compare files that georisk build wrote") from None


def as_recorded(changes: Changes, document: Mapping[str, Any], how: str) -> Changes:
    """Return changes that begin at the scores written down then.

    Parameters
    ----------
    changes
        Changes whose first scores were made again by the software of today.
    document
        The ``scores.json`` of that time.
    how
        Which software: ``from 0.1.0 to 0.2.0``.

    Returns
    -------
    Changes
        Where a score made again differs from the one written down, the software is one more cause.
    """
    recorded = dict(_every(document))
    return replace(changes, sites=tuple(_site_as_recorded(one, recorded, how) for one in changes.sites))


def _every(document: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Reading]]:
    for site in document["sites"]:
        for one in (site, *site["parts"]):
            for key, score in {COMPOSITE: one["composite"], **one["dimensions"]}.items():
                yield (one["id"], key), _reading(score)


def _site_as_recorded(one: SiteChange, recorded: Mapping[tuple[str, str], Reading], how: str) -> SiteChange:
    shifts = {key: _shift_as_recorded(shift, recorded.get((one.id, key)), how) for key, shift in one.shifts.items()}
    return replace(one, shifts=shifts, parts=tuple(_site_as_recorded(part, recorded, how) for part in one.parts))


def _shift_as_recorded(shift: Shift, then: Reading | None, how: str) -> Shift:
    if then is None or shift.before is None or then.score is None or shift.before.score is None:
        return shift
    gap = shift.before.score - then.score
    if shift.delta is None or abs(gap) < SAME:
        return shift
    cause = Cause(Mover("software", "software", how), gap, 0.0, {})
    return replace(shift, before=then, delta=shift.delta + gap, causes=(*shift.causes, cause))


def _stand(document: Mapping[str, Any]) -> Stand:
    method = document["method"]
    return Stand(document["as_of"], document["known_by"], method["version"], method["fingerprint"])


def _site(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> SiteChange:
    one = new if new is not None else old
    if one is None:
        raise UsageError("a site that stands in neither of the two files; leave out its name to compare all")
    parts = ({part["id"]: part for part in (site or {}).get("parts", ())} for site in (old, new))
    before, after = parts
    inside = tuple(_site(before.get(name), after.get(name)) for name in dict.fromkeys([*after, *before]))
    return SiteChange(one["id"], one["name"], dict(_shifts(old, new)), (), inside)


def _shifts(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[tuple[str, Shift]]:
    scores = [{} if one is None else {COMPOSITE: one["composite"], **one["dimensions"]} for one in (old, new)]
    for key in dict.fromkeys([*scores[1], *scores[0]]):
        before, after = (one.get(key) for one in scores)
        readings = [None if one is None else _reading(one) for one in (before, after)]
        if before is None or after is None or before["score"] is None or after["score"] is None:
            yield key, Shift(key, readings[0], readings[1], None)
        else:
            causes = tuple(_causes(before["contributions"], after["contributions"]))
            yield key, Shift(key, readings[0], readings[1], after["score"] - before["score"], causes)


def _reading(score: Mapping[str, Any]) -> Reading:
    points = {one["indicator"]: one["points"] for one in score["contributions"]}
    value = sum(points.values()) if score["score"] is None else score["score"]
    return Reading(score["score"], value, score["low"], score["high"], score["band"], score["known_weight"],
                   score.get("reason", ""), points, score.get("part"))  # fmt: skip


def _causes(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> Iterator[Cause]:
    old, new = ({one["indicator"]: one for one in given} for given in (before, after))
    moves = {
        name: (new[name]["points"] if name in new else 0.0) - (old[name]["points"] if name in old else 0.0)
        for name in dict.fromkeys([*new, *old])
    }
    for name, share in sorted(moves.items(), key=lambda item: (-abs(item[1]), item[0])):
        if abs(share) > NOTHING:
            cited = [set(one[name]["statements"]) if name in one else set() for one in (old, new)]
            mover = Mover("indicator", name, _how(old.get(name), new.get(name)), tuple(sorted(cited[0] ^ cited[1])))
            yield Cause(mover, share, 0.0, {name: share})


def _how(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> str:
    if new is None:
        return "no longer known"
    return "became known" if old is None else str(new["sentence"])

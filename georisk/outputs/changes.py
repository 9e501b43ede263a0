"""What moved, in the shape of ``changes.json``: shares have nine digits and add up to the delta beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from georisk.assessment import COMPOSITE
from georisk.changes.comparing import Changes, Stand
from georisk.changes.shifts import Cause, Shift, SiteChange, band
from georisk.changes.worlds import Reading
from georisk.outputs.accounts import Account, Teller
from georisk.statements import Source

_DIGITS = 9


def changes_document(changes: Changes, data: Path) -> dict[str, Any]:
    """Return the changes in the shape of ``changes.json``; ``data`` is the ``data/`` folder."""
    teller = Teller(changes, data)
    return {
        "before": _stand(changes.before),
        "after": _stand(changes.after),
        "sites": [_site(teller, one, one.id) for one in changes.sites],
    }


def changes_text(changes: Changes, data: Path) -> str:
    """Return ``changes.json`` as text."""
    return json.dumps(changes_document(changes, data), ensure_ascii=False, indent=1) + "\n"


def _stand(stand: Stand) -> dict[str, Any]:
    return {"as_of": stand.as_of, "known_by": stand.known_by,
            "method": {"version": stand.method, "fingerprint": stand.fingerprint}}  # fmt: skip


def _site(teller: Teller, one: SiteChange, site: str) -> dict[str, Any]:
    shifts = {key: _shift(teller, shift, site) for key, shift in one.shifts.items()}
    found: dict[str, Any] = {
        "id": one.id,
        "name": one.name,
        "moved": bool(one.moved),
        "composite": shifts.pop(COMPOSITE, None),
        "dimensions": shifts,
    }
    if one.id == site:
        found["changed"] = [{"statement": move.name, **_words(teller.account(move, site))} for move in one.idle]
        found["parts"] = [_site(teller, part, site) for part in one.parts]
    return found


def _shift(teller: Teller, shift: Shift, site: str) -> dict[str, Any]:
    before, after = _score(shift.before), _score(shift.after)
    delta = None if before is None or after is None else round(after - before, _DIGITS)
    shares = _rounded([cause.share for cause in shift.causes], delta)
    return {
        "before": before,
        "after": after,
        "delta": delta,
        "band_before": band(shift.before),
        "band_after": band(shift.after),
        "band_changed": shift.band_changed,
        "interval_before": _interval(shift.before),
        "interval_after": _interval(shift.after),
        "orders": shift.orders,
        "causes": [_cause(teller, cause, share, site) for cause, share in zip(shift.causes, shares, strict=True)],
    }


def _score(reading: Reading | None) -> float | None:
    return None if reading is None or reading.score is None else round(reading.score, _DIGITS)


def _interval(reading: Reading | None) -> list[float] | None:
    return None if reading is None else [round(reading.low, _DIGITS), round(reading.high, _DIGITS)]


def _rounded(shares: list[float], delta: float | None) -> list[float]:
    """Return shares with nine digits that add up to the delta: what rounding leaves goes to the largest."""
    found = [round(share, _DIGITS) for share in shares]
    if found and delta is not None:
        found[0] = round(found[0] + delta - sum(found), _DIGITS)
    return found


def _cause(teller: Teller, cause: Cause, share: float, site: str) -> dict[str, Any]:
    mover = cause.mover
    return {
        "statement": mover.name if mover.kind in ("statement", "closure") else None,
        "kind": mover.kind,
        "share": share,
        "error": round(cause.error, _DIGITS),
        "indicators": {key: round(points, _DIGITS) for key, points in cause.indicators.items()},
        "statements": list(mover.statements),
        **_words(teller.account(mover, site)),
    }


def _words(account: Account) -> dict[str, Any]:
    return {
        "key": account.key,
        "how": account.how,
        "when": account.when,
        "title": account.title,
        "about": account.about or None,
        "text": account.text,
        "grade": account.grade,
        "sources": [_source(one) for one in account.sources],
    }


def _source(one: Source) -> dict[str, Any]:
    published = str(one.published) if one.published else None
    return {
        "title": one.title,
        "publisher": one.publisher,
        "url": one.url,
        "published": published,
        "locator": one.locator,
    }

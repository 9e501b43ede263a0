"""An explanation as plain data for scripts: the same content as the text, in one document."""

from __future__ import annotations

from typing import Any

from georisk.explaining.citations import Support
from georisk.explaining.reasons import Argument, Explanation, Reason
from georisk.explaining.swings import Swing
from georisk.outputs.reasoning import headline
from georisk.statements import Source

_DIGITS = 9


def explanation_document(explanation: Explanation, only: str | None = None) -> dict[str, Any]:
    """Return the explanation of one site; ``only`` keeps one dimension."""
    snapshot, method = explanation.assessment.snapshot, explanation.assessment.method
    arguments = [one for one in explanation.arguments if only in (None, one.key)]
    supports = {one.id: one for argument in arguments for reason in argument.reasons for one in reason.supports}
    sources = {one.id: one for support in supports.values() for one in support.sources}
    return {
        "id": explanation.scored.id,
        "name": explanation.scored.name,
        "as_of": snapshot.as_of.isoformat(),
        "known_by": snapshot.known_by.isoformat(),
        "projection": snapshot.projection,
        "method": {"version": method.version, "fingerprint": method.fingerprint},
        "headline": headline(explanation),
        "worst": explanation.scored.worst,
        "arguments": [_argument(one) for one in arguments],
        "missing": [_swing(one) for one in explanation.swings if only in (None, one.dimension)],
        "statements": {key: _support(one) for key, one in supports.items()},
        "sources": {key: source_document(one) for key, one in sources.items()},
    }


def _argument(one: Argument) -> dict[str, Any]:
    score = one.score
    document: dict[str, Any] = {
        "key": one.key,
        "title": one.title,
        "question": one.question,
        "weight": _round(one.weight),
        "part": score.part,
        "score": _round(score.score),
        "low": _round(score.low),
        "high": _round(score.high),
        "band": score.band,
        "known_weight": _round(score.known_weight),
        "reason": score.reason or None,
        "with_weak": {"score": _round(score.weak), "band": score.weak_band} if score.weak_band else None,
        "reasons": [_reason(reason) for reason in one.reasons],
        "unknown": [
            {"indicator": missing.indicator, "question": missing.question, "reason": missing.reason,
             "weight_percent": _round(float(missing.weight))}
            for missing in score.unknown
        ],
    }  # fmt: skip
    return document


def _reason(one: Reason) -> dict[str, Any]:
    return {
        "indicator": one.indicator,
        "points": _round(one.points),
        "percent": _round(one.percent),
        "sentence": one.sentence,
        "statements": [support.id for support in one.supports],
    }


def _swing(one: Swing) -> dict[str, Any]:
    return {
        "part": one.part,
        "dimension": one.dimension,
        "indicator": one.indicator,
        "question": one.question,
        "kind": one.kind,
        "reason": one.reason or None,
        "today": one.sentence or None,
        "low": _round(one.low),
        "high": _round(one.high),
        "composite_low": _round(one.composite_low),
        "composite_high": _round(one.composite_high),
        "width_removed": _round(one.width),
        "composite_width_removed": _round(one.composite_width),
        "bands": list(one.bands),
        "composite_bands": list(one.composite_bands),
    }


def _support(one: Support) -> dict[str, Any]:
    return {
        "about": one.about,
        "topic": one.topic,
        "text": one.text,
        "holds": one.holds,
        "recorded": one.recorded,
        "grade": one.grade,
        "sources": [source.id for source in one.sources],
    }


def source_document(one: Source) -> dict[str, Any]:
    """Return a source as plain data."""
    return {
        "title": one.title,
        "publisher": one.publisher,
        "published": str(one.published) if one.published else None,
        "grade": one.grade,
        "url": one.url,
        "locator": one.locator,
        "reached_via": one.reached_via,
        "state_linked": one.state_linked,
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)

"""``scores.json``: the shape scripts rely on."""

from __future__ import annotations

import json
from typing import Any

from georisk.assessment import Assessment, Score, Scored

_DIGITS = 9


def scores_document(assessment: Assessment) -> dict[str, Any]:
    """Return all scores in the shape of ``scores.json``: points of a dimension add up to its score."""
    snapshot, method = assessment.snapshot, assessment.method
    return {
        "as_of": snapshot.as_of.isoformat(),
        "known_by": snapshot.known_by.isoformat(),
        "projection": snapshot.projection,
        "method": {"version": method.version, "fingerprint": method.fingerprint},
        "sites": [scored_document(site) for site in assessment.sites.values()],
    }


def scores_text(assessment: Assessment) -> str:
    """Return ``scores.json`` as text."""
    return json.dumps(scores_document(assessment), ensure_ascii=False, indent=1) + "\n"


def scored_document(scored: Scored) -> dict[str, Any]:
    """Return one site or part with its scores."""
    document: dict[str, Any] = {
        "id": scored.id,
        "name": scored.name,
        "composite": _score(scored.composite),
        "worst": scored.worst,
        "dimensions": {key: _score(one) for key, one in scored.dimensions.items()},
    }
    document["parts"] = [scored_document(part) for part in scored.parts]
    return document


def _score(score: Score) -> dict[str, Any]:
    document: dict[str, Any] = {
        "score": None if score.score is None else round(score.score, _DIGITS),
        "low": round(score.low, _DIGITS),
        "high": round(score.high, _DIGITS),
        "p05": None if score.p05 is None else round(score.p05, _DIGITS),
        "p95": None if score.p95 is None else round(score.p95, _DIGITS),
        "band": score.band,
        "known_weight": round(score.known_weight, _DIGITS),
        "contributions": [
            {
                "indicator": one.indicator,
                "value": round(one.value, _DIGITS),
                "points": round(one.points, _DIGITS),
                "sentence": one.sentence,
                "statements": list(one.statements),
            }
            for one in score.contributions
        ],
        "unknown": [{"indicator": one.indicator, "reason": one.reason} for one in score.unknown],
    }
    if score.score is None:
        document["reason"] = score.reason
    if score.part is not None:
        document["part"] = score.part
    if score.weak_band is not None:
        document["with_weak"] = {
            "score": None if score.weak is None else round(score.weak, _DIGITS),
            "band": score.weak_band,
        }
    return document

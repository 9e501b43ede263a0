"""What a simulation found, as plain data and as rows for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from georisk.assessment import Assessment
from georisk.sensitivity.indices import Variance
from georisk.sensitivity.influence import Influence
from georisk.sensitivity.ranking import Ranking, Spread

SITES = ("id", "composite", "evidence", "tried", "rank", "comes_from")
"""Columns for people: today's score, what its evidence leaves open, all tries, rank, what the spread comes from."""
FLAT = (
    "id", "score", "low", "high", "p05", "p95", "tried_median", "tried_low", "tried_high", "rank_median", "rank_low",
    "rank_high", "deviation", "comes_from",
)  # fmt: skip
PAIRS = ("site", "other", "riskier_percent")
INFLUENCE = ("dimension", "indicator", "weight_percent", "influence_percent", "correlation_ratio")
_DIGITS = 6
_TOLD = 2


def sensitivity_document(
    assessment: Assessment, found: Ranking, variances: Mapping[str, Variance], weighed: Sequence[Influence]
) -> dict[str, Any]:
    """Return everything a simulation found as plain data; ``variances`` says which sites are told."""
    snapshot, method = assessment.snapshot, assessment.method
    return {
        "as_of": snapshot.as_of.isoformat(),
        "known_by": snapshot.known_by.isoformat(),
        "method": {"version": method.version, "fingerprint": method.fingerprint},
        "draws": found.draws,
        "interval_percent": None if method.simulation is None else method.simulation.interval_percent,
        "sites": [_site(assessment, found, name, variance) for name, variance in variances.items()],
        "riskier": {"sites": list(found.ranked), "part": found.riskier.round(_DIGITS).tolist()},
        "influence": [_influence(one) for one in weighed],
    }


def _site(assessment: Assessment, found: Ranking, name: str, variance: Variance) -> dict[str, Any]:
    one = assessment.sites[name]
    score = one.composite
    ranks = found.ranks.get(name)
    return {
        "id": name,
        "name": one.name,
        "composite": {"score": score.score, "low": score.low, "high": score.high, "p05": score.p05, "p95": score.p95},
        "tried": {key: _spread(spread) for key, spread in found.scores[name].items()},
        "rank": None if ranks is None else _spread(ranks),
        "variance": {
            "deviation": round(variance.deviation, _DIGITS),
            "indices": [
                {"factor": index.factor, "first": round(index.first, _DIGITS), "total": round(index.total, _DIGITS),
                 "first_error": round(index.first_error, _DIGITS), "total_error": round(index.total_error, _DIGITS)}
                for index in variance.indices
            ],
        },
    }  # fmt: skip


def _spread(one: Spread) -> dict[str, float]:
    return {"median": round(one.median, _DIGITS), "low": round(one.low, _DIGITS), "high": round(one.high, _DIGITS)}


def _influence(one: Influence) -> dict[str, Any]:
    return {"dimension": one.dimension, "indicator": one.indicator, "weight_percent": one.weight,
            "influence_percent": one.share, "correlation_ratio": one.correlation, "count": one.count}  # fmt: skip


def site_rows(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a row of :data:`SITES` and :data:`FLAT` for each site told."""
    for site in document["sites"]:
        score, tried, rank = site["composite"], site["tried"]["composite"], site["rank"]
        yield {
            "id": site["id"],
            **score,
            **{f"tried_{key}": value for key, value in tried.items()},
            **{f"rank_{key}": value for key, value in (rank or {}).items()},
            "deviation": site["variance"]["deviation"],
            "composite": f"{_figure(score['score'])} ({score['low']:.0f} to {score['high']:.0f})",
            "evidence": "" if score["p05"] is None else f"{score['p05']:.0f} to {score['p95']:.0f}",
            "tried": f"{tried['median']:.0f} ({tried['low']:.0f} to {tried['high']:.0f})",
            "rank": "" if rank is None else f"{rank['median']:.0f} ({rank['low']:.0f} to {rank['high']:.0f})",
            "comes_from": "; ".join(
                f"{one['factor']} {100 * one['total']:.0f} %" for one in site["variance"]["indices"][:_TOLD]
            ),
        }


def _figure(score: float | None) -> str:
    return "not scored" if score is None else f"{score:.0f}"


def pair_rows(document: Mapping[str, Any], sites: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield in how many per cent of the draws each of some sites is riskier than each other; one alone: than all."""
    ranked, part = document["riskier"]["sites"], document["riskier"]["part"]
    others = sites if len(sites) > 1 else ranked
    for site in (name for name in sites if name in ranked):
        for other in (name for name in others if name in ranked and name != site):
            chance = part[ranked.index(site)][ranked.index(other)]
            yield {"site": site, "other": other, "riskier_percent": round(100 * chance, 1)}


def influence_rows(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the indicators with their stated weight and what they do."""
    for one in document["influence"]:
        share, ratio = one["influence_percent"], one["correlation_ratio"]
        yield {
            **one,
            "weight_percent": round(one["weight_percent"], 1),
            "influence_percent": None if share is None else round(share, 1),
            "correlation_ratio": None if ratio is None else round(ratio, 2),
        }

"""How likely a careful reader would find the same event: a weighted sum of what speaks for it, made a chance.

The weights stand in ``data/news/confidence.csv``; ``python -m georisk.news.learning.training`` learns them from the
annotated texts that ship with the project.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from georisk.news.linking.targets import Target
from georisk.news.spotting.spots import Spot

_SHORT = 40


def features_of(spot: Spot, target: Target, modality: str, trap: str | None, focus: bool) -> dict[str, float]:
    """Return what is known of a proposed event, each 0 or 1.

    Parameters
    ----------
    spot, target, modality
        The event.
    trap
        The trap it seems to fall into, if any.
    focus
        Whether the article is about one project or company.
    """
    return {
        "bias": 1.0,
        f"type:{spot.type}": 1.0,
        f"basis:{target.basis}": 1.0,
        f"modality:{modality}": 1.0,
        f"strength:{spot.strength}": 1.0,
        f"kind:{spot.sentence.kind}": 1.0,
        "amount": float(spot.amount is not None),
        "share": float(spot.share is not None),
        "quantity": float(bool(spot.quantities)),
        "project": float(target.project is not None),
        "trap": float(trap is not None),
        "focus": float(focus),
        "short": float(len(spot.sentence.text) < _SHORT),
    }


def chance(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the chance of an event from its features; one the weights do not know counts nothing."""
    total = sum(value * weights.get(name, 0.0) for name, value in features.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

"""Indicators: functions over long tables that turn evidence into findings.

A definition in ``data/method/indicators`` names one of :func:`functions`; a dictionary is all the plug-in
machinery there is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from georisk.evidence import Evidence
    from georisk.method import Indicator

NAMES = frozenset({
    "country_mean", "country_sum", "country_lists", "open_proceedings",
    "next_step_dependence",
    "unresolved_share", "missing_figures", "chain_depth", "secrecy_share", "evidence_age", "evidence_grade",
    "control_wedge", "circular_share", "single_source", "contradicted_share",
    "chinese_equity", "chinese_control", "chinese_offtake", "chinese_processing", "chinese_debt", "chinese_contractor",
})  # fmt: skip
"""Names a definition may ask for."""


def functions() -> dict[str, Callable[[Evidence, Indicator], pd.DataFrame]]:
    """Return the functions by name."""
    from georisk.indicators import china, dependence, jurisdiction, opacity, structure

    return {
        name: getattr(room, name)
        for room in (jurisdiction, dependence, opacity, structure, china)
        for name in NAMES
        if hasattr(room, name)
    }

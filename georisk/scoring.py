"""Findings to scores: 0 (no risk found) to 100, with contributions that add up and unknowns that widen.

Two estimators do the arithmetic in scikit-learn's manner; what they fit is checked and recorded, never learned,
so that a ninth site cannot move the eight.

References
----------
OECD/JRC, Handbook on Constructing Composite Indicators (2008), steps 5 (normalisation) and 6 (aggregation).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from georisk.evidence import Evidence
from georisk.indicators import functions
from georisk.method import Indicator, Method

NOT_APPLICABLE = "not-applicable"
SCORED = ["subject", "dimension", "score", "low", "high", "known_weight", "reason", "band"]


class _Points(TransformerMixin, BaseEstimator):
    """Common to both means: weights checked, columns recorded."""

    weights: Sequence[float] | None

    def fit(self, X: Any, y: Any = None) -> _Points:  # noqa: N803
        """Check the weights against the columns; nothing is learned from the rows."""
        X = self._read(X, reset=True)  # noqa: N806
        weights = np.ones(X.shape[1]) if self.weights is None else np.asarray(self.weights, dtype=float)
        if weights.shape != (X.shape[1],) or not (weights > 0).all():
            raise ValueError(f"weights: one positive number for each of the {X.shape[1]} columns")
        self.weights_ = weights
        return self

    def _checked(self, X: Any) -> np.ndarray:  # noqa: N803
        check_is_fitted(self)
        return self._read(X, reset=False)

    def _read(self, X: Any, *, reset: bool) -> np.ndarray:  # noqa: N803
        found = validate_data(self, X, ensure_all_finite="allow-nan", dtype="numeric", reset=reset)
        return np.asarray(found, dtype=float)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Return the names of the columns: points carry the name of their indicator."""
        from sklearn.utils.validation import _check_feature_names_in

        check_is_fitted(self)
        return np.asarray(_check_feature_names_in(self, input_features), dtype=object)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


class WeightedPoints(_Points):
    """Points of each column in the weighted mean of what is known; a row's points add up to its score.

    Parameters
    ----------
    weights
        One positive weight a column; ``None``: equal weights.

    Notes
    -----
    NaN is unknown: it gets no points and leaves the denominator. A row with nothing known is all NaN.
    """

    def __init__(self, weights: Sequence[float] | None = None) -> None:
        self.weights = weights

    def transform(self, X: Any) -> np.ndarray:  # noqa: N803
        """Return the points, of the shape of ``X``."""
        X = self._checked(X)  # noqa: N806
        known = ~np.isnan(X)
        total = (known * self.weights_).sum(axis=1, keepdims=True)
        points = np.where(known, X, 0.0) * self.weights_ / np.where(total > 0, total, np.nan)
        return np.asarray(np.where(known | (total == 0), points, 0.0))


class PowerMeanPoints(_Points):
    """Points of each column in the weighted power mean M: ``M w x^p / sum(w x^p)``.

    Parameters
    ----------
    weights
        One positive weight a column; ``None``: equal weights.
    exponent
        ``p``; 1 is the arithmetic mean, larger ones punish imbalance.

    Notes
    -----
    A row with an unknown column is all NaN: a composite needs every dimension. A row of zeros has zero points.
    """

    def __init__(self, weights: Sequence[float] | None = None, exponent: float = 2.0) -> None:
        self.weights = weights
        self.exponent = exponent

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.positive_only = True
        return tags

    def _read(self, X: Any, *, reset: bool) -> np.ndarray:  # noqa: N803
        found = super()._read(X, reset=reset)
        if np.nanmin(found, initial=0.0) < 0:
            raise ValueError("Negative values in data: scores run from 0 to 100")
        return found

    def transform(self, X: Any) -> np.ndarray:  # noqa: N803
        """Return the points, of the shape of ``X``."""
        X = self._checked(X)  # noqa: N806
        largest = np.max(X, axis=1, keepdims=True, initial=0.0)
        scaled = X / np.where(largest > 0, largest, 1.0)
        powers = self.weights_ * scaled**self.exponent
        total = powers.sum(axis=1, keepdims=True)
        mean = largest * (total / self.weights_.sum()) ** (1 / self.exponent)
        return np.asarray(mean * powers / np.where(total > 0, total, 1.0))


@dataclass(frozen=True)
class Scores:
    """The scores of one run, as long tables.

    Attributes
    ----------
    marks
        One row a subject and indicator: subject, dimension, indicator, weight, raw value, risk, low, high
        (0 to 100; NaN where unknown), points, reason, statements, detail.
    dimensions
        One row a subject and dimension (``composite`` among them): score, low, high, band, known_weight
        (0 to 1), reason.
    """

    marks: pd.DataFrame
    dimensions: pd.DataFrame


def score_subjects(evidence: Evidence) -> Scores:
    """Score every site and part.

    Returns
    -------
    Scores
        A dimension below its floor has no score but a reason; low and high stay.
    """
    marks = _marks(evidence)
    if marks.empty:
        return Scores(marks, pd.DataFrame(columns=SCORED))
    tables, scored = [], []
    for dimension in evidence.method.dimension:
        own, table = _score_dimension(marks[marks["dimension"] == dimension.key], dimension.key, evidence.method)
        tables.append(own)
        scored.append(table)
    composite = _composite(pd.concat(scored), evidence.method)
    dimensions = pd.concat([*scored, composite], ignore_index=True)
    dimensions["band"] = [_band(evidence.method, score) for score in dimensions["score"].tolist()]
    return Scores(pd.concat(tables, ignore_index=True), dimensions)


def risk_of(values: pd.Series, indicator: Indicator) -> pd.Series:
    """Return raw values between the goalposts as 0 to 100; beyond them they stay at the ends."""
    zero, hundred = indicator.goalposts.zero, indicator.goalposts.hundred
    if indicator.scale == "log":
        return (100 * np.log10(1 + values.clip(lower=zero) - zero) / np.log10(1 + hundred - zero)).clip(0, 100)
    return (100 * (values - zero) / (hundred - zero)).clip(0, 100)


def _marks(evidence: Evidence) -> pd.DataFrame:
    """Return what every indicator finds, subjects in one order under each: the table is a stack of columns."""
    rooms = functions()
    order = pd.Index(sorted(evidence.subjects["subject"]), dtype=object)
    tables = []
    for indicator in evidence.method.indicators:
        table = rooms[indicator.function](evidence, indicator)
        table = table.take(pd.Index(table["subject"], dtype=object).get_indexer(order)).reset_index(drop=True)
        ends = np.array([risk_of(table[name], indicator) for name in ("low", "high")])
        tables.append(
            table.assign(
                dimension=indicator.dimension,
                indicator=indicator.key,
                weight=indicator.weight,
                risk=risk_of(table["value"], indicator),
                low=np.fmin(*ends),
                high=np.fmax(*ends),
            )
        )
    return pd.concat(tables, ignore_index=True)


def _score_dimension(marks: pd.DataFrame, key: str, method: Method) -> tuple[pd.DataFrame, pd.DataFrame]:
    keys = marks["indicator"].unique()
    subjects = marks["subject"].to_numpy()[: len(marks) // len(keys)]
    weight = marks["weight"].to_numpy()[:: len(subjects)]
    risk, low, high = (_wide(marks[name], len(keys)) for name in ("risk", "low", "high"))
    applicable = _wide(marks["reason"], len(keys)) != NOT_APPLICABLE
    known = ~np.isnan(risk) & applicable
    points = WeightedPoints(weight).fit(risk).transform(risk)
    total = (applicable * weight).sum(axis=1)
    share = (known * weight).sum(axis=1) / np.where(total > 0, total, np.nan)
    ends = [
        (np.where(known, end, filler) * applicable * weight).sum(axis=1) / np.where(total > 0, total, np.nan)
        for end, filler in ((low, 0.0), (high, 100.0))
    ]
    floor = method.aggregation.floor_dimension_percent / 100
    enough = share >= floor
    table = pd.DataFrame({
        "subject": subjects, "dimension": key, "score": np.where(enough, points.sum(axis=1), np.nan),
        "low": ends[0], "high": ends[1], "known_weight": np.nan_to_num(share),
    })  # fmt: skip
    table["reason"] = ["" if fine else _too_little(part, floor) for fine, part in zip(enough, share, strict=True)]
    return marks.assign(points=points.ravel(order="F")), table


def _wide(column: pd.Series, count: int) -> np.ndarray:
    """Return a column of the marks as a table of subjects by indicators."""
    return np.ascontiguousarray(column.to_numpy().reshape(count, -1).T)


def _too_little(share: float, floor: float) -> str:
    return f"only {100 * np.nan_to_num(share):.0f} % of the applicable weight is known, {100 * floor:.0f} % are needed"


def _composite(scored: pd.DataFrame, method: Method) -> pd.DataFrame:
    keys = [dimension.key for dimension in method.dimension]
    weights = np.array([dimension.weight for dimension in method.dimension])
    wide = {name: _wide(scored[name], len(keys)) for name in ("score", "low", "high", "known_weight")}
    subjects = scored["subject"].to_numpy()[: len(wide["score"])]
    mean = PowerMeanPoints(weights.tolist(), method.aggregation.exponent).fit(np.nan_to_num(wide["score"]))
    values = {name: mean.transform(wide[name]).sum(axis=1) for name in ("score", "low", "high")}
    share = (wide["known_weight"] * weights).sum(axis=1) / weights.sum()
    floor = method.aggregation.floor_composite_percent / 100
    missing = np.isnan(wide["score"])
    reasons = [
        _composite_reason(keys, row, part, floor) if part < floor or row.any() else ""
        for row, part in zip(missing, share, strict=True)
    ]
    score = np.where([not reason for reason in reasons], values["score"], np.nan)
    return pd.DataFrame({"subject": subjects, "dimension": "composite", "score": score, "low": values["low"],
                         "high": values["high"], "known_weight": share, "reason": reasons})  # fmt: skip


def _composite_reason(keys: Sequence[str], missing: np.ndarray, share: float, floor: float) -> str:
    without = [key for key, gone in zip(keys, missing, strict=True) if gone]
    return f"no score for {', '.join(without)}" if without else _too_little(share, floor)


def _band(method: Method, score: float) -> str | None:
    return method.band_of(None if pd.isna(score) else float(score))


def composite_points(scores: Mapping[str, float], method: Method) -> dict[str, float]:
    """Return the points of each dimension in the composite.

    Examples
    --------
    With equal weights and exponent 2, scores of 60 and 0 give a mean of 42.43, all of it from the first.
    """
    keys = [dimension.key for dimension in method.dimension]
    weights = [dimension.weight for dimension in method.dimension]
    row = pd.DataFrame([[scores[key] for key in keys]], columns=keys)
    points = PowerMeanPoints(weights, method.aggregation.exponent).fit(row).transform(row)
    return dict(zip(keys, points[0].tolist(), strict=True))

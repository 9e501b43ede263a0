"""Very many sites for the map, as columns from end to end: tables in, no record per site.

The page's own reader makes no difference between these columns and those of :func:`georisk.outputs.columns.columns`;
a hundred thousand sites take the same path in the browser as eight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from georisk.outputs.columns import Column, columns, number_column, text_column
from georisk.outputs.coordinates import rounded

if TYPE_CHECKING:
    import pandas as pd

TEXTS = ("id", "name", "kind", "kind_title", "stage", "stage_title", "stage_since", "operator", "worst")
UNKNOWN = ("stage_reported", "dossier", "changed")
LISTS = ("aliases", "finance", "offtake", "facts", "unknown", "overdue", "parts")
SCORE_NUMBERS = ("score", "low", "high", "known_weight")


@dataclass(frozen=True)
class SiteTable:
    """Sites as one column of records (:mod:`georisk.outputs.columns`) of the shape of :class:`map_data.Site`.

    ``countries`` are the codes of the countries they lie in.
    """

    count: int
    of: Column
    countries: frozenset[str]

    def __len__(self) -> int:
        return self.count


def site_table(sites: pd.DataFrame, scores: pd.DataFrame, reasons: pd.DataFrame, stakes: pd.DataFrame) -> SiteTable:
    """Return point sites for :class:`georisk.outputs.map.MapData`.

    Parameters
    ----------
    sites
        One row per site: ``id, name, kind, kind_title, country`` (ISO 3166-1 alpha-3), ``country_name, stage,
        stage_title, stage_since, operator, commodity, worst, lon, lat`` (WGS84 degrees), ``precision_km, basis``.
        A column that is absent, or a missing value, is not known; a site without ``lon`` is refused by the numbers.
    scores
        One row per site and layer, in the order of the sites: ``layer, score, low, high`` (0 to 100), ``band``,
        ``known_weight`` (0 to 1), ``reason``.
    reasons
        ``site, layer, points, sentence``: what adds up to a score, in the order of the sites.
    stakes
        ``site, owner, share`` (text with its unit), in the order of the sites.
    """
    frame = sites.reset_index(drop=True)
    ids = frame["id"]
    fields: dict[str, Column] = {name: _text(frame, name) for name in TEXTS}
    fields |= dict.fromkeys(UNKNOWN, _nothing()) | dict.fromkeys(LISTS, _no_elements())
    fields |= {
        "country": _one_each(_text(frame, "country")),
        "country_names": _one_each(_text(frame, "country_name")),
        "commodities": _one_each(_text(frame, "commodity")),
        "commodity_groups": {"r": ["commodities"]},
        "groups": {"o": {"stage": {"r": ["stage"]}, "commodity": {"r": ["commodities", "e"]}}},
        "shapes": _one_each({"o": _shapes(frame)}),
        "scores": {"o": _layers(scores, reasons, ids)},
    }
    fields |= _owners(stakes, ids)
    return SiteTable(len(frame), {"o": fields}, frozenset(frame["country"].dropna()))


def _text(frame: pd.DataFrame, name: str) -> Column:
    return text_column(frame[name]) if name in frame else _nothing()


def _nothing() -> Column:
    return {"c": None}


def _one_each(column: Column) -> Column:
    return {"l": {"c": 1}, "e": column}


def _no_elements() -> Column:
    return {"l": {"c": 0}, "e": {"v": []}}


def _numbers(values: pd.Series[Any]) -> Column:
    """Return numbers to the decimals they need, at most six."""
    import numpy as np

    exact = number_column(values.to_numpy(dtype=float))
    return exact or number_column(np.round(values.to_numpy(dtype=float), 6)) or columns(values.tolist())


def _shapes(frame: pd.DataFrame) -> dict[str, Column]:
    """Return points, not written more exactly than they are known."""
    import numpy as np

    precision = frame["precision_km"].to_numpy(dtype=float)
    points = np.stack([rounded(frame[name].to_numpy(dtype=float), precision) for name in ("lon", "lat")], axis=1)
    pair = {"l": {"c": 2}, "e": number_column(points.ravel()) or columns(points.ravel().tolist())}
    return {
        "geometry": {"o": {"type": {"c": "Point"}, "coordinates": pair}},
        "part": _nothing(),
        "precision_km": _numbers(frame["precision_km"]),
        "caption": _nothing(),
        "planned": {"c": False},
        "basis": _text(frame, "basis"),
    }


def _layers(scores: pd.DataFrame, reasons: pd.DataFrame, ids: pd.Series[str]) -> dict[str, Column]:
    told = dict(tuple(reasons.groupby("layer", sort=False)))
    layers = {}
    for layer, rows in scores.groupby("layer", sort=False):
        fields = {name: _numbers(rows[name]) for name in SCORE_NUMBERS}
        fields |= {"band": _text(rows, "band"), "reason": _text(rows, "reason")}
        fields |= {"with_weak_band": _nothing(), "missing": _no_elements()}
        fields["reasons"] = _reasons(told[layer], ids) if layer in told else _no_elements()
        layers[str(layer)] = {"o": fields}
    return layers


def _reasons(rows: pd.DataFrame, ids: pd.Series[str]) -> Column:
    fields = {"points": _numbers(rows["points"]), "sentence": _text(rows, "sentence"), "sources": _no_elements()}
    return {"l": _counts(rows["site"], ids), "e": {"o": fields}}


def _counts(of: pd.Series[Any], ids: pd.Series[str]) -> Column:
    """Return how many rows of a long table each site has; the rows stand in the order of the sites."""
    import numpy as np
    import pandas as pd

    if of.reset_index(drop=True).equals(ids):
        return {"c": 1}
    counts = np.bincount(pd.Index(ids).get_indexer(of), minlength=len(ids))
    if (counts == counts[0]).all():
        return {"c": int(counts[0])}
    return number_column(counts.astype(float)) or columns(counts.tolist())


def _owners(stakes: pd.DataFrame, ids: pd.Series[str]) -> dict[str, Column]:
    told = {"name": _text(stakes, "owner"), "share": _text(stakes, "share"), "note": _nothing()}
    direct = {"l": _counts(stakes["site"], ids), "e": {"o": told}}
    names = {"l": {"r": ["owners", "l"]}, "e": {"r": ["owners", "e", "name"]}}
    return {"owners": direct, "ultimate": _no_elements(), "owner_names": names}

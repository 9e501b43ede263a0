"""Sites and parts for GIS: GeoPackage with two layers, and GeoParquet; WGS84, longitude first.

The same input gives the same bytes: GDAL's clock is set to the as-of date.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from georisk.assessment import Score, Scored
from georisk.outputs.gpkg_styles import write_styles
from georisk.outputs.plain import visible
from georisk.outputs.rows import Report
from georisk.places.geojson import from_geojson
from georisk.registry import COLUMNS
from georisk.seeds import Site
from georisk.stages import stage_of

if TYPE_CHECKING:
    import geopandas as gpd

CRS = "EPSG:4326"
_CLOCK = "OGR_CURRENT_DATE"


def sites_frame(found: Report) -> gpd.GeoDataFrame:
    """Return one row a site: the columns of the registry, then scores, bands and intervals."""
    rows = []
    for site in found.sites:
        cells = {name: _plain(found.rows[site.id][name].value) for name in COLUMNS if name != "geometry"}
        scored = found.assessment.sites[site.id]
        rows.append({**cells, **_scores(scored), "geometry": found.rows[site.id]["geometry"].value})
    return _frame(rows)


def parts_frame(found: Report) -> gpd.GeoDataFrame:
    """Return one row a part: its site, name, kind, stage and scores; none for a site without parts."""
    rows = [_part(found, site, scored) for site in found.sites for scored in found.assessment.sites[site.id].parts]
    return _frame(rows)


def write_geopackage(target: Path, found: Report) -> None:
    """Write the layers ``sites`` and ``parts``, and how to draw them; a registry without parts has the first alone."""
    import pyogrio

    clock = f"{found.snapshot.as_of.isoformat()}T00:00:00.000Z"
    before = pyogrio.get_gdal_config_option(_CLOCK)
    pyogrio.set_gdal_config_options({_CLOCK: clock})
    try:
        frames = {"sites": sites_frame(found), "parts": parts_frame(found)}
        layers = {layer: frame for layer, frame in frames.items() if len(frame)}
        for layer, frame in layers.items():
            frame.to_file(
                target, layer=layer, driver="GPKG", engine="pyogrio", geometry_type="Unknown", promote_to_multi=False
            )
    finally:
        pyogrio.set_gdal_config_options({_CLOCK: before})
    bands = sorted(found.assessment.method.band, key=lambda one: one.start)
    write_styles(target, layers, [band.key for band in bands], clock)


def write_geoparquet(target: Path, found: Report) -> None:
    """Write the sites as GeoParquet."""
    sites_frame(found).to_parquet(target, index=False)


def _frame(rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    import geopandas as gpd

    columns = list(rows[0]) if rows else ["id", "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=CRS)


def _part(found: Report, site: Site, scored: Scored) -> dict[str, Any]:
    part = next(one for one in site.parts if one.id == scored.id)
    stage = stage_of(found.snapshot, scored.id)
    return {
        "id": scored.id,
        "site": site.id,
        "name": visible(part.name),
        "kind": part.kind,
        "stage": stage.code,
        "stage_since": str(stage.since) if stage.since else None,
        **_scores(scored),
        "geometry": _shape(found, scored.id),
    }


def _shape(found: Report, subject: str) -> Any:
    located = [one.value for one in found.snapshot.holding(subject, "location") if isinstance(one.value, dict)]
    return from_geojson(located[-1]) if located else None


def _scores(scored: Scored) -> dict[str, Any]:
    pieces: dict[str, Any] = {}
    for key, score in (("composite", scored.composite), *scored.dimensions.items()):
        pieces |= _pieces(key, score)
    return pieces | {"worst": scored.worst}


def _pieces(key: str, score: Score) -> Iterable[tuple[str, Any]] | dict[str, Any]:
    return {
        f"{key}_score": None if score.score is None else round(score.score, 3),
        f"{key}_band": score.band,
        f"{key}_low": round(score.low, 3),
        f"{key}_high": round(score.high, 3),
    }


def _plain(value: Any) -> Any:
    return visible(value) if isinstance(value, str) else value

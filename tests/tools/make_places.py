"""Make land.parquet and lakes.parquet in data/places from Natural Earth files and the tables beside them.

    python tests/tools/make_places.py --countries F --minor-islands F --disputed F --lakes F

`--places` names the folder (default: data/places of this repository). What is done is told in
data/places/README.md; make_sea_borders.py comes next.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from made_from import note_inputs
from scipy.spatial import cKDTree

from georisk.places.geometry import area_km2, circle, to_cartesian

PLACES = Path(__file__).parents[2] / "data" / "places"
GRID = 1e-5
ATTRIBUTES = ["jurisdiction", "claimants", "reach_nm", "key"]
EDGE = [
    ("west", np.greater_equal, 0),
    ("south", np.greater_equal, 1),
    ("east", np.less_equal, 0),
    ("north", np.less_equal, 1),
]


def table(places: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(places / name, dtype=str, keep_default_na=False)


def parts(frame: gpd.GeoDataFrame, layer: str, code: str | None) -> pd.DataFrame:
    geometry = shapely.get_parts(shapely.make_valid(frame.geometry.array), return_index=True)
    rows = pd.DataFrame({"geometry": geometry[0], "layer": layer, "reach_nm": "", "claimants": ""})
    rows["feature"] = frame[code].to_numpy()[geometry[1]] if code else ""
    return rows[shapely.get_type_id(rows.geometry) == 3].reset_index(drop=True)


def in_box(rows: pd.DataFrame, row: pd.Series) -> np.ndarray:
    points = shapely.get_coordinates(shapely.point_on_surface(rows.geometry))
    inside = np.ones(len(rows), dtype=bool)
    for column, compare, axis in EDGE:
        if row[column]:
            inside &= compare(points[:, axis], float(row[column]))
    return inside


def corrected(rows: pd.DataFrame, corrections: pd.DataFrame, strict: bool = True) -> pd.DataFrame:
    """Apply the rows `assign` and `drop`; if strict each must meet something, or it is out of date."""
    rows["key"] = ""
    keep = np.ones(len(rows), dtype=bool)
    for row in corrections[corrections.action.isin(["assign", "drop"])].itertuples(index=False):
        record = pd.Series(row._asdict())
        hit = (rows.layer == row.layer) & in_box(rows, record) & keep
        if row.feature:
            hit &= rows.feature == row.feature
        if strict and not hit.any():
            raise SystemExit(f"corrections.csv [{row.key}]: meets no polygon of {row.layer}")
        if row.action == "drop":
            keep &= ~hit
        else:
            rows.loc[hit, ATTRIBUTES] = row.jurisdiction, row.claimants, row.reach_nm, row.key
    return rows[keep].reset_index(drop=True)


def countries(path: Path, corrections: pd.DataFrame, strict: bool = True) -> pd.DataFrame:
    frame = gpd.read_file(path)
    rows = parts(frame, "countries", "ADM0_A3")
    rows["jurisdiction"] = rows.feature.map(frame.set_index("ADM0_A3").ISO_A3_EH)
    rows = corrected(rows, corrections[corrections.layer == "countries"], strict)
    without = sorted(rows.feature[rows.jurisdiction == "-99"].unique())
    if without:
        raise SystemExit(f"no ISO code and no row in corrections.csv: {without}")
    return rows


def minor_islands(path: Path, land: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Islands that meet no country polygon, given to the nearest one unless a row says otherwise."""
    rows = parts(gpd.read_file(path), "minor_islands", None)
    hits = shapely.STRtree(land.geometry).query(rows.geometry, predicate="intersects")[0]
    rows = rows.drop(index=np.unique(hits)).reset_index(drop=True)
    vertices, owner = shapely.get_coordinates(land.geometry, return_index=True)
    points = shapely.get_coordinates(shapely.point_on_surface(rows.geometry))
    nearest = cKDTree(to_cartesian(*vertices.T)).query(to_cartesian(*points.T))[1]
    for column in ("feature", "jurisdiction", "claimants", "reach_nm"):
        rows[column] = land[column].to_numpy()[owner[nearest]]
    return corrected(rows, corrections[corrections.layer == "minor_islands"])


def islets(places: Path) -> pd.DataFrame:
    rows = table(places, "islets.csv")
    shapes = [circle(float(r.lon), float(r.lat), float(r.radius_km), 24) for r in rows.itertuples()]
    return rows[["jurisdiction", "claimants", "reach_nm"]].assign(layer="islets", feature="", geometry=shapes)


def claims(places: Path, disputed: Path) -> pd.DataFrame:
    rows = table(places, "claims.csv")
    layer = gpd.read_file(disputed).set_index("BRK_A3").geometry
    drawn = gpd.read_file(places / "claims.geojson").set_index("key").geometry
    rows["geometry"] = [claim_shape(row.key, row.shape, layer, drawn) for row in rows.itertuples()]
    return rows


def claim_shape(key: str, shape: str, layer: gpd.GeoSeries, drawn: gpd.GeoSeries) -> shapely.Geometry:
    kind, _, value = shape.partition(":")
    if kind == "disputed":
        return shapely.make_valid(layer[value])
    return drawn[key] if kind == "drawn" else shapely.box(*map(float, value.split()))


def faces(rows: pd.DataFrame, claimed: pd.DataFrame) -> gpd.GeoSeries:
    """All outlines noded together and cut into faces, so that neighbours share their vertices."""
    outlines = shapely.boundary(np.concatenate([rows.geometry, claimed.geometry]))
    noded = shapely.union_all(shapely.set_precision(outlines, GRID, mode="pointwise"), grid_size=GRID)
    return shapely.get_parts(shapely.polygonize([noded]))


def hit_rows(points: np.ndarray, shapes: pd.Series) -> pd.Series:
    """For each point the first shape that holds it, -1 for none."""
    shape, point = shapely.STRtree(points).query(shapes, predicate="contains")
    first = np.full(len(points), -1)
    first[point[::-1]] = shape[::-1]
    return first


COLUMNS = ["jurisdiction", "claimants", "reach_nm", "layer"]


def settle(rows: pd.DataFrame, claimed: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Faces with the attributes of the polygon below, overridden by the claims in their order."""
    shapes = faces(rows, claimed)
    points = shapely.point_on_surface(shapes)
    below = hit_rows(points, rows.geometry)
    land = rows.iloc[below][[*COLUMNS, "feature"]].reset_index(drop=True).assign(geometry=shapes)
    land[below < 0] = land[below < 0].assign(jurisdiction="", claimants="", reach_nm="", layer="", feature="")
    fill(land, corrections[corrections.action == "fill"])
    for claim in claimed.itertuples():
        hit = shapely.contains(claim.geometry, points) & land.feature.isin(claim.feature.split(";")).to_numpy()
        if not hit.any():
            raise SystemExit(f"claims.csv [{claim.key}]: meets no polygon of {claim.feature}")
        land.loc[hit, COLUMNS] = claim.jurisdiction, claim.claimants, claim.reach_nm, f"claims/{claim.key}"
    return land[land.jurisdiction != ""].reset_index(drop=True)


def fill(land: pd.DataFrame, rows: pd.DataFrame) -> None:
    for row in rows.itertuples(index=False):
        hit = (land.jurisdiction == "").to_numpy() & in_box(land, pd.Series(row._asdict()))
        if not hit.any():
            raise SystemExit(f"corrections.csv [{row.key}]: no gap there")
        land.loc[hit, ["jurisdiction", "layer", "feature"]] = row.jurisdiction, "countries", row.jurisdiction


def lakes(path: Path, land: pd.DataFrame, corrections: pd.DataFrame) -> gpd.GeoDataFrame:
    frame = gpd.read_file(path)
    shapes = list(shapely.set_precision(shapely.make_valid(frame.geometry.array), GRID))
    names = list(frame.name.fillna(""))
    holes = shapely.polygons([r for p in shapely.get_parts(shapely.union_all(land.geometry)) for r in p.interiors])
    for row in corrections[corrections.action == "lake"].itertuples(index=False):
        gaps = pd.DataFrame({"geometry": holes})
        found = gaps[in_box(gaps, pd.Series(row._asdict()))]
        shapes.append(found.geometry.iloc[np.argmax([area_km2(shape) for shape in found.geometry])])
        names.append(row.key)
    return gpd.GeoDataFrame({"name": names}, geometry=shapes, crs=4326)


def make_land(args: argparse.Namespace) -> None:
    corrections = table(args.places, "corrections.csv")
    base = countries(args.countries, corrections)
    rows = [islets(args.places), base, minor_islands(args.minor_islands, base, corrections)]
    land = settle(pd.concat(rows, ignore_index=True), claims(args.places, args.disputed), corrections)
    water = lakes(args.lakes, land, corrections)
    merged = [
        (*key, shapely.union_all(group.geometry, grid_size=GRID)) for key, group in land.groupby(COLUMNS, sort=True)
    ]
    frame = gpd.GeoDataFrame(pd.DataFrame(merged, columns=[*COLUMNS, "geometry"]), geometry="geometry", crs=4326)
    frame["claimants"] = frame.claimants.mask(
        frame.claimants == "", frame.jurisdiction.mask(frame.jurisdiction.isin(["NONE"]), "")
    )
    frame["reach_nm"] = pd.to_numeric(frame.reach_nm)
    frame = frame.explode(index_parts=False).reset_index(drop=True)
    save(frame, args.places / "land.parquet")
    save(water, args.places / "lakes.parquet")
    note_inputs(args.places, "land.parquet")


def save(frame: gpd.GeoDataFrame, path: Path) -> None:
    texts = [column for column in frame if column in COLUMNS]
    frame.to_parquet(
        path, index=False, geometry_encoding="geoarrow", compression="zstd", compression_level=19, use_dictionary=texts
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=Path, default=PLACES)
    for option in ("--countries", "--minor-islands", "--disputed", "--lakes"):
        parser.add_argument(option, type=Path, required=True)
    make_land(parser.parse_args())

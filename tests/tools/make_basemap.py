"""Make one light map of the world's countries for web pages from a Natural Earth country file.

    python tests/tools/make_basemap.py --countries F --disputed F --out F --digits 2 --least-km2 0

Each feature carries the ISO 3166-1 alpha-3 code (XKX for Kosovo, DISPUTED, NONE) as `iso3` and the name
in Natural Earth as `name`. Codes follow corrections.csv; ground that claims.csv gives to somebody else
than the layer does is cut out where it is large enough to be seen. Polygons below --least-km2 are left out.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import geopandas as gpd
import shapely
from make_places import countries, table

from georisk.places.geometry import area_km2, to_geojson

PLACES = Path(__file__).parents[2] / "data" / "places"
SEEN_KM2 = 5_000
SHRED_KM2 = 3_000  # a coarse coast leaves shreds about a shape drawn finer


def coded(path: Path, places: Path) -> gpd.GeoDataFrame:
    """Polygons by code and name; a part with a code of its own is named after its correction."""
    names = gpd.read_file(path).set_index("ADM0_A3").NAME
    rows = countries(path, table(places, "corrections.csv"), strict=False)
    own = rows.key.where(rows.feature.map(rows.groupby("feature").jurisdiction.nunique()) > 1, "")
    rows["name"] = rows.feature.map(names).mask(own != "", own.str.replace("-", " ").str.title())
    frame = gpd.GeoDataFrame(rows[["feature", "jurisdiction", "name", "geometry"]], geometry="geometry", crs=4326)
    return frame.dissolve(["feature", "jurisdiction", "name"]).reset_index()


def cut(frame: gpd.GeoDataFrame, places: Path, disputed: Path) -> gpd.GeoDataFrame:
    rows = table(places, "claims.csv")
    shapes = gpd.read_file(disputed).set_index("BRK_A3").geometry
    for row in rows[rows["shape"].str.startswith("disputed:")].itertuples(index=False):
        shape = shapely.make_valid(shapes[row.shape.partition(":")[2]])
        base = frame.index[frame.feature == row.feature]
        if len(base) == 0 or frame.jurisdiction[base[0]] == row.jurisdiction:
            continue
        rest, piece = parted(frame.geometry[base[0]], shape)
        if area_km2(piece) >= SEEN_KM2:
            frame.loc[base[0], "geometry"] = rest
            name = row.key.replace("-", " ").title()
            frame.loc[len(frame)] = {"feature": "", "jurisdiction": row.jurisdiction, "name": name, "geometry": piece}
    return frame


def parted(base: shapely.Geometry, shape: shapely.Geometry) -> tuple[shapely.Geometry, shapely.Geometry]:
    """What is left of a country, and the piece in the shape with the shreds of coast about it."""
    piece = shapely.intersection(base, shape)
    left = shapely.get_parts(shapely.difference(base, shape))
    shred = [area_km2(part) < SHRED_KM2 and shapely.dwithin(part, piece, 1e-6) for part in left]
    outside = [part for part, is_shred in zip(left, shred, strict=True) if not is_shred]
    inside = [part for part, is_shred in zip(left, shred, strict=True) if is_shred]
    return shapely.union_all(outside), shapely.union_all([piece, *inside])


def merged(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """One row a code, named after its largest part; disputed areas stay apart."""
    disputed = frame.jurisdiction == "DISPUTED"
    frame["group"] = frame.jurisdiction.mask(disputed, frame.name)
    frame["size"] = [
        area_km2(shape) * (feature != "") for shape, feature in zip(frame.geometry, frame.feature, strict=True)
    ]
    rows = frame.sort_values("size", ascending=False, kind="stable").dissolve("group", aggfunc="first")
    return rows.sort_values(["jurisdiction", "name"]).reset_index(drop=True)


def feature(iso3: str, name: str, geometry: shapely.Geometry, args: argparse.Namespace) -> dict | None:
    valid = shapely.make_valid(shapely.set_precision(geometry, 10**-args.digits))
    parts = sorted((p for p in shapely.get_parts(valid) if p.geom_type == "Polygon"), key=area_km2, reverse=True)
    polygons = parts[:1] + [part for part in parts[1:] if area_km2(part) >= args.least_km2]
    if not polygons:
        return None
    shape = polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
    return {"type": "Feature", "properties": {"iso3": iso3, "name": name}, "geometry": to_geojson(shape, args.digits)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=Path, default=PLACES)
    for option in ("--countries", "--disputed", "--out"):
        parser.add_argument(option, type=Path, required=True)
    parser.add_argument("--digits", type=int, required=True)
    parser.add_argument("--least-km2", type=float, default=0.0)
    parser.add_argument("--tolerance", type=float, default=0.0, help="degrees; shared borders stay shared")
    args = parser.parse_args()
    frame = merged(cut(coded(args.countries, args.places), args.places, args.disputed))
    if args.tolerance:
        frame["geometry"] = shapely.coverage_simplify(frame.geometry.to_numpy(), args.tolerance)
    features = [feature(row.jurisdiction, row.name, row.geometry, args) for row in frame.itertuples(index=False)]
    kept = [one for one in features if one is not None]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in kept)
    args.out.write_text('{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

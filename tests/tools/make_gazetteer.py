"""Make the Parquet and generated CSV files of data/gazetteer from the reference files and the tables beside them.

    python tests/tools/make_gazetteer.py --mines DIR [--geo DIR] [--propose FILE]

`--mines` holds the ICMM and USGS tables, `--geo` the GeoNames and Natural Earth files (towns and regions are made
only with it). `--propose` writes rows for
corrections.csv instead: entries that lie outside the country they state, and what would explain it; read them, then
copy them. What is done is told in data/gazetteer/README.md.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from babel import Locale
from gazetteer_faults import fault_rows, settle_countries
from gazetteer_merging import merged

from georisk.places.geometry import distance_km
from georisk.places.names import compact, fold, read_name, read_words, spellings

DATA = Path(__file__).parents[2] / "data"
FOLDER = DATA / "gazetteer"
LANGUAGES = ["en", "fr", "es", "pt", "de", "it", "nl", "sv", "fi", "nb", "pl", "tr", "id", "sw", "ru", "uk", "zh",
             "zh_Hant", "ja", "ko", "ar", "fa", "vi"]  # fmt: skip
KINDS = {"mine": "mine", "smelter": "smelter", "refinery": "refinery", "plant": "plant", "steel plant": "plant"}
NAMELESS = re.compile(
    r"unnamed|unknown|no name|^\W*\d*\W*$|^(?:section|claim|prospect|occurrence)s? ?\d*$", re.IGNORECASE
)
COLUMNS = ["source", "record", "grade", "name", "aliases", "country_text", "lat", "lon", "kind", "commodities"]


def table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def icmm(folder: Path) -> pd.DataFrame:
    rows = table(folder / "icmm_global_mining_dataset_2025-09_v1.csv.gz")
    named = ["Primary Commodity", "Secondary Commodity", "Other Commodities"]
    return pd.DataFrame({
        "source": "icmm", "record": rows.ICMMID, "grade": rows["Confidence Factor"], "name": rows["Mine Name"],
        "aliases": rows["Group Names"], "country_text": rows.Country, "lat": rows.Latitude, "lon": rows.Longitude,
        "kind": [KINDS[kind.split(";")[0].strip().lower()] for kind in rows["Asset Type"]],
        "commodities": rows[named].agg(";".join, axis=1),
    })  # fmt: skip


def usgs(folder: Path) -> pd.DataFrame:
    files = ["usgs_mrdata_sites_via_minmod.csv.gz", "usgs_ardf_alaska_via_minmod.csv.gz"]
    rows = pd.concat([table(folder / name) for name in files], ignore_index=True)
    return pd.DataFrame({
        "source": rows.source_db, "record": rows.record_id, "grade": "", "name": rows.name, "aliases": rows.other_names,
        "country_text": rows.country, "lat": rows.lat, "lon": rows.lon, "kind": "deposit",
        "commodities": rows.commodities,
    })  # fmt: skip


def mrds(folder: Path) -> pd.DataFrame:
    rows = table(folder / "usgs_mrds_subset_via_minmod.csv.gz")
    return pd.DataFrame({
        "source": "mrds", "record": rows.mrds_dep_id, "grade": "", "name": rows.site_name,
        "aliases": rows.other_names.str.replace(",", ";"), "country_text": rows.country, "lat": rows.latitude,
        "lon": rows.longitude, "kind": "deposit", "commodities": "",
    })  # fmt: skip


def additions() -> pd.DataFrame:
    rows = table(FOLDER / "additions.csv")
    return pd.DataFrame({
        "source": "additions", "record": rows.key, "grade": rows.precision_km, "name": rows.name,
        "aliases": rows.aliases, "country_text": rows.country, "lat": rows.lat, "lon": rows.lon, "kind": rows.kind,
        "commodities": rows.commodities,
    })  # fmt: skip


def corrected(rows: pd.DataFrame) -> pd.DataFrame:
    """Apply corrections.csv; a row that meets no entry is out of date and stops the making."""
    rows = rows.assign(country="", keep=True)
    place = pd.Series(rows.index, index=pd.MultiIndex.from_arrays([rows.source, rows.record]))
    for one in table(FOLDER / "corrections.csv").itertuples():
        key = (one.source, one.record)
        if key not in place.index:
            raise SystemExit(f"corrections.csv [{one.source} {one.record}]: no such entry")
        at = place.loc[[key]].to_numpy()
        if one.action == "drop":
            rows.loc[at, "keep"] = False
            continue
        for column in ("lat", "lon", "country"):
            if getattr(one, column):
                rows.loc[at, column] = getattr(one, column)
    return rows[rows.keep].drop(columns="keep").reset_index(drop=True)


def country_names() -> pd.DataFrame:
    """Names of countries in many languages, folded; hand-written rows first, a name of several countries left out."""
    codes = table(DATA / "vocabulary" / "countries.csv")
    written = table(FOLDER / "country-words.csv")
    rows = [(fold(r.name), r.codes) for r in written.itertuples()]
    settled = {name for name, _ in rows}
    found: dict[str, set[str]] = {}
    for row in codes.itertuples():
        titles = {row.title, *(Locale.parse(one).territories.get(row.alpha2, "") for one in LANGUAGES)}
        for title in titles - {""}:
            found.setdefault(fold(title), set()).add(row.code)
    rows += [
        (name, *given) for name, given in sorted(found.items()) if len(given) == 1 and name not in settled and name
    ]
    return pd.DataFrame(rows, columns=["name", "codes"]).drop_duplicates("name").sort_values("name")


def commodities(texts: pd.Series) -> list[str]:
    patterns = [(row.code, re.compile(rf"^(?:{row.words})$", re.IGNORECASE)) for row in
                table(FOLDER / "commodities.csv").itertuples()]  # fmt: skip
    known: dict[str, str | None] = {}

    def code(raw: str) -> str | None:
        if raw not in known:
            known[raw] = next((key for key, pattern in patterns if pattern.match(raw)), None)
        return known[raw]

    return [";".join(dict.fromkeys(c for raw in text.split(";") if (c := code(raw.strip())))) for text in texts]


def precise(rows: pd.DataFrame) -> pd.DataFrame:
    """Give each entry its radius, from precision.csv; what has none is not used."""
    radius = {(r.source, r._2): r.precision_km for r in table(FOLDER / "precision.csv").itertuples()}
    coarse = (rows.source == "icmm") & whole_minutes(rows.lat) & whole_minutes(rows.lon)
    grade = rows.grade.mask(coarse & (rows.grade != "Very Low"), "coarse")
    for kind in (kind for source, kind in radius if source == "icmm" and "-" in kind):
        first, last = kind.split("-")
        within = (rows.source == "icmm") & (rows.record >= first) & (rows.record <= last)
        grade = grade.mask(within & ~grade.isin(["Very Low", "coarse"]), kind)
    own = rows.source == "additions"
    text = [g if o else radius[s, g] for s, g, o in zip(rows.source, grade, own, strict=True)]
    rows["precision_km"] = pd.to_numeric(pd.Series(text, index=rows.index), errors="coerce")
    return rows.dropna(subset=["precision_km"])


def whole_minutes(values: pd.Series) -> pd.Series:
    minutes, hundredths = values * 60, values * 100
    return (np.abs(minutes - minutes.round()) < 0.01) | (np.abs(hundredths - hundredths.round()) < 1e-6)


def sites(folder: Path) -> pd.DataFrame:
    rows = pd.concat([additions(), icmm(folder), usgs(folder), mrds(folder)], ignore_index=True)
    rows = corrected(rows)
    for column in ("lat", "lon"):
        rows[column] = pd.to_numeric(rows[column], errors="coerce")
    rows = rows.dropna(subset=["lat", "lon"])
    rows = rows[(rows.lat.abs() <= 90) & (rows.lon.abs() <= 180) & ~rows.name.str.contains(NAMELESS)]
    rows["commodities"] = commodities(rows.commodities)
    return precise(rows.reset_index(drop=True)).reset_index(drop=True)


def towns(folder: Path) -> pd.DataFrame:
    rows = table(folder / "geonames_cities500_min.csv.gz")
    alpha3 = table(DATA / "vocabulary" / "countries.csv").set_index("alpha2").code
    rows = rows.assign(country=rows.countrycode.map(alpha3), population=pd.to_numeric(rows.population))
    rows = rows.dropna(subset=["country"]).sort_values(["country", "geonameid"]).reset_index(drop=True)
    for column in ("lat", "lon"):
        rows[column] = pd.to_numeric(rows[column]).round(3).astype("float32")
    return rows


def keys_of(names: list[list[str]], whole_only: bool) -> pd.DataFrame:
    """Each entry's keys: its own name first, then others (alias); whole, and what is proper to it."""
    words = read_words(FOLDER)
    found: dict[tuple[str, int], bool] = {}
    for row, given in enumerate(names):
        for number, name in enumerate(given):
            read = read_name(name, words)
            for key in {read.whole, read.whole if whole_only else read.core}:
                if len(key) > 1:
                    found.setdefault((key, row), number > 0)
    rows = [(key, row, alias) for (key, row), alias in found.items()]
    frame = pd.DataFrame(rows, columns=["key", "row", "alias"]).sort_values(["key", "row"])
    return frame.astype({"row": "int32"})


def regions(geo: Path, names: pd.DataFrame) -> pd.DataFrame:
    """First-level units as circles: from polygons where there are some, else from the towns that name them."""
    drawn = gpd.read_file(geo / "ne_10m_populated_places_simple.gpkg")
    drawn = drawn[drawn.adm1name.notna() & drawn.adm0_a3.isin(set(";".join(names.codes).split(";")))]
    rows = []
    for (country, name), group in drawn.groupby(["adm0_a3", "adm1name"]):
        rows.append((fold(name), country, *circle_round(group.longitude.to_numpy(), group.latitude.to_numpy())))
    states = gpd.read_file(geo / "ne_50m_admin_1_states_provinces.gpkg")
    for one in states.itertuples():
        corners = one.geometry.convex_hull.exterior.coords.xy
        rows.append((fold(one.name), one.adm0_a3, *circle_round(np.array(corners[0]), np.array(corners[1]))))
        if one.postal and one.adm0_a3 in ("USA", "CAN", "AUS"):
            rows.append((fold(one.postal), *rows[-1][1:]))
    frame = pd.DataFrame(rows, columns=["name", "country", "lon", "lat", "radius_km"])
    return frame.drop_duplicates(["name", "country"], keep="last").sort_values(["name", "country"])


def circle_round(lon: np.ndarray, lat: np.ndarray) -> tuple[float, float, float]:
    middle = float((lon.min() + lon.max()) / 2), float((lat.min() + lat.max()) / 2)
    return round(middle[0], 2), round(middle[1], 2), round(float(distance_km(*middle, lon, lat).max()) + 50)


def save(frame: pd.DataFrame, name: str) -> None:
    frame.to_parquet(FOLDER / name, index=False, compression="zstd", compression_level=19)


def main(args: argparse.Namespace) -> None:
    names = country_names()
    names.to_csv(FOLDER / "country-names.csv", index=False, lineterminator="\n")
    rows = sites(args.mines)
    if args.propose:
        fault_rows(rows, names, DATA / "places").to_csv(args.propose, index=False, lineterminator="\n")
        return
    found = merged(settle_countries(rows, names, DATA / "places"), read_words(FOLDER))
    columns = ["name", "lon", "lat", "precision_km", "country", "kind", "commodities", "source", "record"]
    found = found.astype({"lon": "float32", "lat": "float32", "precision_km": "float32"})
    save(found[columns], "sites.parquet")
    save(keys_of([[s for n in [name, *other] for s in spellings(n)] for name, other in
                  zip(found.name, found.aliases, strict=True)], False), "site-keys.parquet")  # fmt: skip
    if not args.geo:
        return
    places = towns(args.geo)
    save(places[["name", "lon", "lat", "country", "population"]], "towns.parquet")
    given = [[r.name, *(a for a in r.alternates.split("|") if a and compact(a) != compact(r.name))]
             for r in places.itertuples()]  # fmt: skip
    save(keys_of(given, True), "town-keys.parquet")
    regions(args.geo, names).to_csv(FOLDER / "regions.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mines", type=Path, required=True)
    parser.add_argument("--geo", type=Path)
    parser.add_argument("--propose", type=Path)
    main(parser.parse_args())

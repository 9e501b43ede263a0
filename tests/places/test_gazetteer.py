"""The bundled tables: what every row must have, and how they are looked up."""

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from georisk.errors import UsageError
from georisk.places.gazetteer import Gazetteer, Keys, load_gazetteer
from georisk.places.names import read_name

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "gazetteer"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(FOLDER)


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_site_has_a_place_a_radius_and_a_known_source() -> None:
    table = pq.read_table(FOLDER / "sites.parquet").to_pandas()
    radii = {row["source"] for row in rows_of("precision.csv")}
    codes = {row["code"] for row in rows_of("../vocabulary/countries.csv")}
    assert table.lat.between(-90, 90).all()
    assert table.lon.between(-180, 180).all()
    assert (table.precision_km > 0).all()
    assert set(table.source) <= radii
    assert set(table.country) - codes <= {"DISPUTED", "NONE", "HIGH SEAS"}


def test_every_source_states_licence_and_attribution() -> None:
    stated = {row["key"] for row in rows_of("sources.csv") if row["licence"] and row["attribution"]}
    used = {row["source"] for row in rows_of("precision.csv")} | {"registry", "nominatim"}
    assert {"usgs" if source.startswith(("mrdata_", "doi-", "earth_")) else source for source in used} <= stated


def test_no_row_of_very_low_confidence_came_through() -> None:
    """ICMM07721, whose latitude has a Unicode minus sign, is one of them."""
    table = pq.read_table(FOLDER / "sites.parquet", columns=["source", "record"]).to_pandas()
    assert "ICMM07721" not in set(table.record[table.source == "icmm"])


def test_rows_of_new_caledonia_lie_there() -> None:
    table = pq.read_table(FOLDER / "sites.parquet").to_pandas()
    there = table[table.country == "NCL"]
    assert len(there) > 5
    assert there.lon.between(158, 172).all()  # from the Chesterfield Islands to Walpole
    assert set(table.country[table.name == "Pilgangoora"]) == {"AUS"}


@pytest.mark.parametrize("name", ["site-keys.parquet", "town-keys.parquet"])
def test_names_are_in_order_and_lead_to_rows(name: str) -> None:
    keys = pq.read_table(FOLDER / name).to_pandas()
    entries = pq.read_metadata(FOLDER / name.replace("-keys", "s")).num_rows
    assert keys.key.is_monotonic_increasing
    assert keys.row.between(0, entries - 1).all()
    assert keys.row.nunique() > 0.98 * entries


def test_the_names_in_the_tables_are_folded_as_names_are_now(gazetteer: Gazetteer) -> None:
    for row in range(0, 40_000, 1_000):
        entry = gazetteer.site(row)
        assert row in [found for found, _ in gazetteer.site_keys.exact(read_name(entry.name, gazetteer.words).whole)]


def test_every_correction_and_radius_states_its_reason() -> None:
    corrections = rows_of("corrections.csv")
    assert {row["action"] for row in corrections} == {"move", "label", "drop"}
    assert all(row["reason"] for row in corrections)
    assert len({(row["source"], row["record"]) for row in corrections}) == len(corrections)
    assert all(row["reason"] for row in rows_of("precision.csv"))


def test_every_addition_states_radius_and_basis() -> None:
    rows = rows_of("additions.csv")
    assert all(
        float(row["precision_km"]) > 0 and row["basis"] in ("memory", "gazetteer") and row["source"] for row in rows
    )
    assert len({row["key"] for row in rows}) == len(rows)
    # what is recalled is no better than a tenth of a degree of latitude, 5.6 km either way
    assert all(float(row["precision_km"]) >= 5 for row in rows if row["basis"] == "memory")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("DRC", {"COD"}), ("Конго - Киншаса", {"COD"}), ("刚果（金）", {"COD"}), ("Congo", {"COD", "COG"}),
        ("Brasil", {"BRA"}), ("TZA", {"TZA"}), ("Côte d'Ivoire", {"CIV"}), ("日本", {"JPN"}), ("Utah", set()),
    ],
)  # fmt: skip
def test_countries_are_known_by_many_names(gazetteer: Gazetteer, text: str, codes: set[str]) -> None:
    assert gazetteer.codes_of(text) == codes


def test_keys_are_found_exactly_and_by_their_beginning() -> None:
    keys = Keys(["goro", "goroka", "goroke", "gosford"], [7, 1, 2, 3], [False, True, False, False])
    assert list(keys.exact("goro")) == [(7, False)]
    assert list(keys.exact("gor")) == []
    assert list(keys.beginning("goro", 3)) == [("goro", 7, False), ("goroka", 1, True), ("goroke", 2, False)]
    assert list(keys.beginning("goro", 1)) == [("goro", 7, False)]


def test_only_names_of_like_length_and_end_are_compared() -> None:
    keys = Keys(["mutanda", "kutanda", "mutando", "kutando", "mutandamutanda"], [0] * 5, [False] * 5)
    # a share of 0.85 of 7 letters allows 6 to 9; "kutando" has neither end of "mutanda"
    assert set(keys.resembling("mutanda", 0.85)) == {"mutanda", "kutanda", "mutando"}


def test_a_folder_without_tables_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"sites\.parquet: no such file"):
        Gazetteer(tmp_path).site(0)

"""House rule: every bundled file is what it should be."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from georisk.check import check_seeds, data_faults
from georisk.dates import When
from georisk.indicators import NAMES
from georisk.method import read_method
from georisk.records import SeedFile
from georisk.seeds import gather_seeds
from georisk.vocabulary import read_vocabulary
from georisk.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
SEEDS, DATA = ROOT / "seeds", ROOT / "data"
EIGHT = {"mountain-pass", "round-top", "white-mesa", "pela-ema", "ngualla", "mutanda-kcc", "minami-torishima",
         "lobito-corridor"}  # fmt: skip
TABLES = sorted(path.stem for path in (DATA / "reference").glob("*.csv"))
VOCABULARIES = sorted(path.stem for path in (DATA / "vocabulary").glob("*.csv"))
INDICATORS = sorted((DATA / "method" / "indicators").glob("*.toml"))


def test_every_seeds_file_reads_without_fault() -> None:
    _, faults = gather_seeds(SEEDS, DATA / "vocabulary")
    assert [str(fault) for fault in faults] == []


def test_the_check_finds_no_fault(repository: Workspace) -> None:
    """Sources resolve, shares add to at most 100, shapes lie within their country: the check's own work."""
    found = check_seeds(repository.seeds, DATA)
    assert [str(fault) for fault in found.faults] == []
    assert all("schematic" in _basis(repository, warning.where) for warning in found.warnings)


def _basis(repository: Workspace, where: str) -> str:
    file, key = where.removesuffix("]").split(" [")
    return next(
        str(one.qualifiers.get("geometry_basis"))
        for one in repository.seeds.statements
        if one.file == file and one.key.endswith(f":{key}")
    )


def test_the_data_has_no_fault() -> None:
    assert [str(fault) for fault in data_faults(DATA)] == []


def test_the_eight_sites_are_there_with_place_stage_owners_and_kind(repository: Workspace) -> None:
    seeds = repository.seeds
    assert set(seeds.sites) >= EIGHT
    said = {(one.subject, one.property) for one in seeds.statements}
    for name in EIGHT:
        site = seeds.sites[name]
        about = [site.id, *(part.id for part in site.parts)]
        assert any((one, "location") in said for one in about), f"{name} is nowhere"
        assert any((one, "stage") in said for one in about), f"{name} has no stage"
        assert any((one, "commodity") in said for one in about), f"{name} has no commodity"
        assert site.coverage, f"{name} does not say how far its evidence goes"


@pytest.mark.parametrize("path", sorted(SEEDS.rglob("*.toml")), ids=lambda path: path.relative_to(SEEDS).as_posix())
def test_a_seeds_file_lies_where_its_id_says(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    folder = path.relative_to(SEEDS).parts[0]
    if folder in ("news", "unresolved.toml"):
        return
    expected = {"sites": path.parent.name, "places": path.stem.upper()}.get(folder, path.stem)
    assert table["id"] == expected
    assert set(table) <= set(SeedFile.model_fields) | {"kind", "title_holder", "coverage", "part"}
    assert b"\r" not in path.read_bytes()


def test_dates_are_ordered(repository: Workspace) -> None:
    seeds = repository.seeds
    compiled = When.parse("2026-11-21")
    for one in seeds.statements:
        if one.valid_from is not None and one.valid_until is not None:
            assert one.valid_from.first < one.valid_until.last, one.key
        assert one.recorded.first <= compiled.last, f"{one.key} was recorded after it was compiled"
    for source in seeds.sources.values():
        if source.published is not None:
            assert source.published.first <= compiled.last, f"{source.id} is published in the future"
        if source.retrieved is not None and source.published is not None:
            assert source.published.first <= source.retrieved.last, f"{source.id} was read before it was published"


def test_every_source_is_cited_and_every_citation_resolves(repository: Workspace) -> None:
    seeds = repository.seeds
    cited = {key for one in (*seeds.statements, *seeds.closures) for key in one.sources}
    cited |= {key for one in seeds.statements for key in one.see_also} | {one.source for one in seeds.mentions}
    assert cited <= set(seeds.sources)
    assert sorted(set(seeds.sources) - cited) == []


def test_memory_is_grade_d_and_state_media_on_their_state_no_better_than_c(repository: Workspace) -> None:
    for source in repository.seeds.sources.values():
        if source.id == "memory":
            assert source.grade == "D"
        if source.state_linked:
            assert source.grade in "BCD", f"{source.id}: a state-linked medium is no official filing"


def test_every_party_is_spoken_of(repository: Workspace) -> None:
    """A party stands in the registry because a site or a statement names it."""
    seeds = repository.seeds
    named: set[str] = {site.title_holder for site in seeds.sites.values() if site.title_holder}
    named |= {part.title_holder for site in seeds.sites.values() for part in site.parts if part.title_holder}
    for one in seeds.statements:
        named.add(one.subject)
        for value in (one.value, *one.qualifiers.values()):
            named |= {str(item) for item in (value if isinstance(value, list) else [value])}
    assert sorted(set(seeds.parties) - named) == []


@pytest.mark.parametrize("path", sorted(SEEDS.rglob("*.geojson")), ids=lambda path: path.parent.name)
def test_shapes_are_rfc_7946_feature_collections(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document
    for feature in document["features"]:
        assert feature["type"] == "Feature"
        properties = feature["properties"]
        assert {"key", "country", "precision_km", "geometry_basis", "stands_for", "sources"} <= set(properties)


@pytest.mark.parametrize("path", INDICATORS, ids=lambda path: path.stem)
def test_an_indicator_gives_its_reasons(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    assert table["question"].endswith("?")
    for name in ("unit", "goalposts_reason", "weight_reason", "reference", "unknown", "sentence"):
        assert len(table[name].strip()) > 3, f"{path.stem} gives no {name}"
    assert "key" not in table, "the key of an indicator is its file's name"


def test_weights_are_whole_numbers_with_a_reason() -> None:
    """What counts is their share of their dimension, so that an indicator can be added without touching the others."""
    method = read_method(DATA / "method", NAMES)
    for dimension in method.dimension:
        assert all(one.weight > 0 and one.weight == int(one.weight) for one in method.of(dimension.key))
        assert len(dimension.weight_reason) > 10
    assert sum(dimension.weight for dimension in method.dimension) == 100
    assert {one.function for one in method.indicators} == NAMES


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_vocabulary_is_well_formed(name: str) -> None:
    found = read_vocabulary(DATA / "vocabulary", name)
    assert found.terms
    for code in found:
        assert code == code.strip()
        assert found.title(code).strip(), f"{name} {code} has no title"


def test_the_vocabularies_agree_with_each_other(repository: Workspace) -> None:
    def terms(name: str) -> Any:
        return read_vocabulary(DATA / "vocabulary", name)

    assert set(terms("channels")) >= {"equity", "control", "debt", "offtake", "processing", "contractor"}
    assert {term.more["timeless"] for term in terms("properties").terms.values()} == {"yes", "no"}
    assert set(terms("properties")) >= {one.property for one in repository.seeds.statements}
    assert all(len(code) == 3 and code.isupper() for code in terms("countries"))
    assert set(terms("grades")) == set("ABCD")


def test_series_are_csv_files_with_an_edition_each() -> None:
    editions = {path.stem for path in (DATA / "reference").glob("*.toml")}
    assert set(TABLES) == editions
    assert {"wgi", "ucdp-battle-deaths", "fatf-lists", "eu-lists"} <= editions


@pytest.mark.parametrize("name", TABLES)
def test_a_series_is_named_in_the_list_of_sources_with_its_licence(name: str) -> None:
    lines = (DATA / "SOURCES.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("|") and f"`reference/{name}.csv`" in line]
    assert len(rows) == 1, f"data/SOURCES.md has no line for reference/{name}.csv"
    cells = [cell.strip() for cell in rows[0].strip("|").split("|")]
    assert all(cells), f"the line of {name} in data/SOURCES.md has empty cells"


def test_series_hold_what_the_indicators_ask_for() -> None:
    for indicator in read_method(DATA / "method", NAMES).indicators:
        key = indicator.parameters.get("series")
        if key is None:
            continue
        with (DATA / "reference" / f"{key}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        members = set(indicator.parameters.get("members", ())) | set(indicator.parameters.get("levels", ()))
        column = "list" if "list" in rows[0] else "series"
        # A list nobody is on today has no rows; then its name stands in the vocabulary of the indicator alone.
        assert {row[column] for row in rows} & members or not members, f"{key} holds none of {sorted(members)}"


def test_every_host_country_has_governance_figures(repository: Workspace) -> None:
    with (DATA / "reference" / "wgi.csv").open(encoding="utf-8", newline="") as stream:
        covered = {row["place"] for row in csv.DictReader(stream)}
    hosts = {str(one.qualifiers["country"]) for one in repository.seeds.statements if one.property == "location"}
    assert hosts <= covered


@pytest.mark.parametrize("folder", ["seeds", "data"])
def test_nothing_bundled_names_a_machine(folder: str) -> None:
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix in (".toml", ".csv", ".md", ".geojson"):
            text = path.read_text(encoding="utf-8")
            assert "/home/" not in text, path
            assert "/root/" not in text, path
            assert "/tmp/" not in text, path  # noqa: S108  looked for, not written

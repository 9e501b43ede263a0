"""One test, run over every bundled file, of what every record must have."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from georisk.check import check_workspace
from georisk.reference import Edition

ROOT = Path(__file__).resolve().parents[1]
INDICATORS = sorted((ROOT / "data" / "method" / "indicators").glob("*.toml"))
SERIES = sorted((ROOT / "data" / "reference").glob("*.csv"))
SEED_FILES = sorted((ROOT / "seeds").rglob("*.toml"))


def test_the_registry_has_no_fault():
    """Sources resolve, dates are ordered, ids equal file names, shares add to at most 100, places lie where they say."""
    _, found = check_workspace(ROOT / "seeds", ROOT / "data")
    assert [str(fault) for fault in found.faults] == []


def test_the_eight_are_there(repository):
    eight = {"mountain-pass", "round-top", "white-mesa", "pela-ema", "ngualla", "mutanda-kcc", "minami-torishima",
             "lobito-corridor"}  # fmt: skip
    assert eight <= set(repository.seeds.sites)


@pytest.mark.parametrize("path", SEED_FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_statement_stands_without_a_source(path):
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for record in [*table.get("statement", []), *table.get("closure", [])]:
        assert record["sources"], record["key"]


def test_memory_stands_alone(repository):
    """What came from memory is a statement of its own: grade D, unless a reason says why it counts as more."""
    for one in repository.seeds.statements:
        if "memory" in one.sources and one.property != "location":
            assert one.grade == "D" or len(one.sources) > 1, one.key


@pytest.mark.parametrize("path", INDICATORS, ids=lambda path: path.stem)
def test_every_indicator_gives_its_reasons(path):
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for key in ("question", "unit", "goalposts_reason", "weight_reason", "reference", "unknown", "sentence"):
        assert len(table[key]) > 3, key
    assert table["question"].endswith("?")


def test_weights_of_a_dimension_add_to_a_hundred(repository):
    method = repository.method()
    for dimension in method.dimension:
        assert sum(indicator.weight for indicator in method.of(dimension.key)) == 100
    assert sum(dimension.weight for dimension in method.dimension) == 100


@pytest.mark.parametrize("path", SERIES, ids=lambda path: path.stem)
def test_every_series_says_edition_licence_and_attribution(path):
    edition = Edition.model_validate(tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8")))
    assert edition.licence
    assert edition.attribution
    assert f"reference/{path.name}" in (ROOT / "data" / "SOURCES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "vocabulary").glob("*.csv")), ids=lambda path: path.stem)
def test_every_code_has_a_title(path):
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    assert all(row["title"] for row in rows)
    assert len({row["code"] for row in rows}) == len(rows)

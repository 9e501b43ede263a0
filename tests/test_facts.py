"""Nothing of the fact sheets is lost: each fact leads to its statement, or says why it has none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "facts"
SHEETS = sorted(path for path in FOLDER.glob("*.csv") if path.stem != "source-texts")
FACTS = {
    "lobito-corridor": 43, "minami-torishima": 28, "mountain-pass": 44, "mutanda-kcc": 42, "ngualla": 40, "pela-ema": 29,
    "round-top": 32, "white-mesa": 27,
}  # fmt: skip


def _rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def known(repository):
    return {one.key for one in (*repository.seeds.statements, *repository.seeds.closures)}


def test_all_eight_sheets_are_there():
    assert {path.stem for path in SHEETS} == set(FACTS)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_every_fact_has_its_row_in_order(path):
    assert [int(row["index"]) for row in _rows(path)] == list(range(FACTS[path.stem]))


@pytest.mark.parametrize("path", [*SHEETS, FOLDER / "source-texts.csv"], ids=lambda path: path.stem)
def test_every_statement_named_exists_and_every_gap_has_its_reason(path, known):
    for row in _rows(path):
        named = [name for name in row["statement"].split(";") if name]
        assert named or row["reason"], row
        assert set(named) <= known, row

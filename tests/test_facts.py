"""Each fact of the compiled fact sheets is a statement of the registry, or has a reason why it is none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from georisk.workspace import Workspace

FACTS = Path(__file__).parent / "facts"
TEXTS = FACTS / "source-texts.csv"
SHEETS = sorted(path for path in FACTS.glob("*.csv") if path != TEXTS)
COLUMNS = ["sheet", "index", "subject", "property", "statement", "reason"]
PROJECTS = sorted((FACTS.parent / "projects").glob("*.csv"))
"""The sheet of further projects: a file a project, a row an item of each of its sections."""


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_eight_sheets_are_mapped() -> None:
    assert {path.stem for path in SHEETS} >= {
        "lobito-corridor", "minami-torishima", "mountain-pass", "mutanda-kcc", "ngualla", "pela-ema", "round-top",
        "white-mesa",
    }  # fmt: skip


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_every_fact_of_a_sheet_has_its_row(path: Path) -> None:
    found = rows(path)
    assert list(found[0]) == COLUMNS
    assert {row["sheet"] for row in found} == {path.stem}
    assert [int(row["index"]) for row in found] == list(range(len(found)))


def test_every_site_has_its_sheet(repository: Workspace) -> None:
    eight = {path.stem for path in SHEETS} & set(repository.seeds.sites)
    assert {path.stem for path in PROJECTS} == set(repository.seeds.sites) - eight
    assert len(PROJECTS) >= 33


@pytest.mark.parametrize("path", PROJECTS, ids=lambda path: path.stem)
def test_every_item_of_a_project_has_its_row(path: Path) -> None:
    found = rows(path)
    assert list(found[0]) == ["section", "index", "statement", "reason"]
    for section in {row["section"] for row in found}:
        items = [row["index"] for row in found if row["section"] == section]
        assert items in ([""], [str(place) for place in range(len(items))]), section


def test_passages_of_the_source_texts_are_told_once() -> None:
    found = rows(TEXTS)
    assert list(found[0]) == ["file", "item", "what", "statement", "reason"]
    assert all(row["file"] and row["item"] and row["what"] for row in found)
    assert len({tuple(row.values()) for row in found}) == len(found)


@pytest.mark.parametrize("path", [*SHEETS, TEXTS, *PROJECTS], ids=lambda path: path.stem)
class TestRows:
    def test_every_statement_named_exists(self, path: Path, repository: Workspace) -> None:
        keys = {one.key for one in (*repository.seeds.statements, *repository.seeds.closures)}
        named = {key.strip() for row in rows(path) for key in row["statement"].split(";") if key.strip()}
        assert sorted(named - keys) == []
        assert named

    def test_a_row_without_statement_has_a_reason(self, path: Path) -> None:
        bare = [row for row in rows(path) if not row["statement"].strip() and len(row["reason"].strip()) < 5]
        assert bare == []

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from georisk.errors import Fault, FaultGroup
from georisk.reference import Series, latest_years, listed_on, read_series, series_faults, years_before

EDITION = """
title = "Invented index"
publisher = "Institute"
edition = "2024"
published = "2024-09"
retrieved = "2026-11-21"
url = "https://example.org"
licence = "CC BY 4.0"
attribution = "Institute"
reached_via = "direct"
unit = "points"
direction = "higher is safer"
"""
VALUES = """place,year,series,value,stderr
TZA,2020,rl,-0.5,0.1
TZA,2022,rl,-0.4,0.2
TZA,2022,cc,-0.2,
NOR,2022,rl,2.0,0.1
"""
LISTS = """place,list,valid_from,valid_until,grade,basis,note
TZA,grey,2020-02,2023-10,A,seen,
NOR,grey,2024-02,,B,seen,
KEN,grey,2024-02,,D,memory,
TZA,black,2025-06-01,,A,seen,
"""


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    (tmp_path / "vocabulary").symlink_to(root / "data" / "vocabulary")
    references = tmp_path / "reference"
    references.mkdir()
    for key, text in (("index", VALUES), ("lists", LISTS)):
        (references / f"{key}.toml").write_text(EDITION, encoding="utf-8")
        (references / f"{key}.csv").write_text(text, encoding="utf-8")
    return references


def rows(table: Any, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in table[list(columns)].itertuples(index=False)]


def test_the_latest_year_not_after_the_day_is_used_place_by_place(folder: Path) -> None:
    series = read_series(folder, "index")
    found = latest_years(series, ["rl", "cc"], date(2026, 11, 21))
    assert sorted(rows(found, "place", "year", "series", "row")) == [
        ("NOR", 2022, "rl", "ref:index/NOR/2022/rl"),
        ("TZA", 2022, "cc", "ref:index/TZA/2022/cc"),
        ("TZA", 2022, "rl", "ref:index/TZA/2022/rl"),
    ]
    assert sorted(rows(latest_years(series, ["rl"], date(2021, 6, 1)), "place", "year")) == [
        ("NOR", 2022),
        ("TZA", 2020),
    ]


def test_before_the_first_year_the_earliest_is_used(folder: Path) -> None:
    found = latest_years(read_series(folder, "index"), ["rl"], date(2010, 1, 1))
    assert sorted(rows(found, "place", "year")) == [("NOR", 2022), ("TZA", 2020)]


def test_an_edition_is_early_where_it_came_out_after_the_day(folder: Path) -> None:
    series = read_series(folder, "index")
    assert isinstance(series, Series)
    assert series.is_early(date(2024, 8, 31))  # published in September 2024, on the first at the earliest
    assert not series.is_early(date(2024, 9, 1))


def test_the_last_years_that_are_covered_are_counted(folder: Path) -> None:
    series = read_series(folder, "index")
    assert sorted(set(years_before(series, date(2026, 1, 1), 2)["year"])) == [2020, 2022]
    assert sorted(set(years_before(series, date(2026, 1, 1), 1)["year"])) == [2022]
    assert sorted(set(years_before(series, date(2000, 1, 1), 1)["year"])) == [2020]


def test_an_entry_counts_from_the_end_of_its_month_to_its_removal(folder: Path) -> None:
    lists = read_series(folder, "lists")

    def on(*day: int) -> list[tuple[str, str]]:
        return sorted(rows(listed_on(lists, date(*day), weak=False), "place", "list"))

    assert on(2023, 10, 30) == [("TZA", "black"), ("TZA", "grey")]
    assert on(2023, 10, 31) == [("TZA", "black")]
    assert on(2024, 2, 29) == [("NOR", "grey"), ("TZA", "black")]


def test_before_the_first_edition_of_a_list_its_earliest_is_used(folder: Path) -> None:
    found = listed_on(read_series(folder, "lists"), date(2021, 1, 1), weak=False)
    assert sorted(rows(found, "place", "list")) == [("TZA", "black"), ("TZA", "grey")]


def test_entries_from_memory_count_only_where_weak_evidence_does(folder: Path) -> None:
    lists = read_series(folder, "lists")
    weak = {place for place, *_ in rows(listed_on(lists, date(2026, 1, 1), weak=True), "place", "row")}
    strong = {place for place, *_ in rows(listed_on(lists, date(2026, 1, 1), weak=False), "place", "row")}
    assert weak - strong == {"KEN"}


@pytest.mark.parametrize(
    ("key", "old", "new", "where", "found"),
    [
        ("index", "TZA,2020", "XYZ,2020", "index.csv line 2", "place 'XYZ' is not known"),
        ("index", "TZA,2020", "TZA,20", "index.csv line 2", "year '20'"),
        ("index", "-0.5", "low", "index.csv line 2", "value 'low'"),
        ("index", "-0.5", "nan", "index.csv line 2", "value 'nan'"),
        ("index", "TZA,2022,cc", "TZA,2022,rl", "index.csv line 4", "row TZA, 2022, rl stands twice"),
        ("index", "year", "jahr", "index.csv", "lacks the column year"),
        ("index", "-0.5,0.1", "-0.5", "index.csv line 2", "has another number of cells"),
        ("lists", "2020-02", "2020-13", "lists.csv line 2", "valid_from '2020-13'"),
        ("lists", "2023-10", "soon", "lists.csv line 2", "valid_until 'soon'"),
        ("lists", ",D,", ",E,", "lists.csv line 4", "grade 'E'"),
        ("lists", "NOR,grey", "nor,grey", "lists.csv line 3", "place 'nor' is not known"),
    ],
)
def test_each_fault_of_a_table_is_named_with_its_line(
    folder: Path, key: str, old: str, new: str, where: str, found: str
) -> None:
    path = folder / f"{key}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    [fault] = series_faults(folder, key)
    assert fault.where == f"data/reference/{where}"
    assert fault.found.startswith(found)
    with pytest.raises(FaultGroup):
        read_series(folder, key)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [('unit = "points"\n', "", "unit: "), ("2024-09", "lately", "published: "), ("title", "titel", "title: ")],
)
def test_an_edition_says_all_it_must(folder: Path, old: str, new: str, found: str) -> None:
    path = folder / "index.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    faults = series_faults(folder, "index")
    assert any(fault.found.startswith(found) for fault in faults)
    assert {fault.where for fault in faults} == {"data/reference/index.toml"}


def test_a_series_without_its_edition_is_a_fault(folder: Path) -> None:
    (folder / "index.toml").unlink()
    assert [fault.where for fault in series_faults(folder, "index")] == ["data/reference/index.toml"]
    assert [type(fault) for fault in series_faults(folder, "none")] == [Fault, Fault]

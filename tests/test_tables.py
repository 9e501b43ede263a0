from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from georisk.errors import Fault
from georisk.tables import TABLES, are_tables, read_tables, write_tables
from georisk.workspace import open_workspace


@pytest.fixture
def told(made: Any) -> Any:
    made.site("hill", country="TZA", at=(35.75, -6.17), holder="hill-co", aliases=["Kilima"])
    made.site("twin", parts=("east", "west"))
    made.source("yearbook", published="2026")
    made.stake("hill-co", owner="dragon", percent=[25, 50], via=("shell",), sources=["yearbook"])
    made.party("shell")
    made.stake("hill-co", owner="bear")
    made.close("hill-co", made.say("hill-co", "listing", "INV: HILL"), until="2026-10-01", terminated=True)
    return made


def test_what_was_written_is_read_again(told: Any, tmp_path: Path) -> None:
    seeds = told.open().seeds
    write_tables(seeds, tmp_path / "seeds")
    again = read_tables(tmp_path / "seeds")
    assert again == seeds
    clipped = [one.recorded.last for one in again.statements if one.sources == ("yearbook",)]
    assert [day.isoformat() for day in clipped] == ["2026-11-21"]  # dates that had come by a day keep it


def test_a_workspace_may_hold_tables_and_scores_the_same(told: Any, tmp_path: Path) -> None:
    plain = told.open()
    write_tables(plain.seeds, tmp_path / "big" / "seeds")
    assert are_tables(tmp_path / "big" / "seeds")
    big = open_workspace(tmp_path / "big")
    assert big.assess(told.day, told.day).sites["hill"] == plain.assess(told.day, told.day).sites["hill"]


def test_a_missing_table_and_a_missing_column_are_named(told: Any, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    write_tables(told.open().seeds, tmp_path)
    table = pq.read_table(tmp_path / "statements.parquet")
    pq.write_table(table.drop_columns(["force"]), tmp_path / "statements.parquet")
    with pytest.raises(Fault, match=r"statements\.parquet.*force"):
        read_tables(tmp_path)
    (tmp_path / "sites.parquet").write_bytes(b"no parquet")
    with pytest.raises(Fault, match=r"sites\.parquet"):
        read_tables(tmp_path)


def test_a_cell_of_another_kind_is_named(told: Any, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    write_tables(told.open().seeds, tmp_path)
    table = pq.read_table(tmp_path / "statements.parquet")
    place = table.column_names.index("recorded")
    broken = table.set_column(place, "recorded", pa.array(["soon"] * table.num_rows))
    pq.write_table(broken, tmp_path / "statements.parquet")
    with pytest.raises(Fault, match="soon"):
        read_tables(tmp_path)


def test_every_kind_of_record_has_a_table() -> None:
    assert {"sites", "parts", "parties", "sources", "statements", "closures"} <= set(TABLES)

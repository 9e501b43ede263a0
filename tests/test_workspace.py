from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import georisk
from georisk.errors import FaultGroup, UsageError
from georisk.files import bundled_root
from georisk.workspace import data_folder, day, find_root, open_workspace


def test_a_workspace_is_a_folder_that_holds_seeds(made: Any) -> None:
    made.site("hill")
    opened = georisk.open(made.write())
    assert list(opened.seeds.sites) == ["hill"]
    assert (opened.root, opened.bundled) == (made.root, False)
    assert georisk.open(str(made.root)).seeds == opened.seeds


def test_without_data_of_its_own_the_bundled_data_is_read(made: Any) -> None:
    made.site("hill")
    assert made.open().data == bundled_root() / "data"
    made.data()
    assert made.open().data == made.root / "data"
    assert data_folder(made.root) == made.root / "data"


def test_the_current_folder_counts_if_it_holds_seeds(
    made: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.site("hill")
    monkeypatch.chdir(made.write())
    assert find_root() == made.root
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    assert find_root() == bundled_root()


def test_a_folder_without_seeds_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no seeds/; make a workspace with: georisk init DIR"):
        open_workspace(tmp_path)
    with pytest.raises(UsageError, match="is not a folder"):
        open_workspace(tmp_path / "nowhere")


def test_faults_are_raised_together(made: Any) -> None:
    made.party("one", colour="red")
    made.party("two", colour="red")
    with pytest.raises(FaultGroup, match="2 faults in seeds/"):
        made.open()


@pytest.mark.parametrize(
    ("given", "meant"),
    [("2026-11-21", date(2026, 11, 21)), ("2026-02", date(2026, 2, 28)), ("2026", date(2026, 12, 31)),
     (date(2020, 2, 29), date(2020, 2, 29))],
)  # fmt: skip
def test_a_partial_day_means_its_last(given: Any, meant: date) -> None:
    assert day(given) == meant


def test_no_day_is_today_and_no_date_is_refused() -> None:
    assert abs((day(None) - date.today()).days) <= 1
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        day("tomorrow")


def test_snapshot_registry_and_scores_take_both_clocks(sample: Any, made: Any) -> None:
    opened = sample.workspace
    assert opened.snapshot("2027-01-31", "2026-11-21").projection
    registry = opened.registry(as_of="2010-01-01", known_by="2026-11-21").set_index("id")
    assert pd.isna(registry.loc["hill", "owners"])
    assert opened.method().version == sample.report.assessment.method.version

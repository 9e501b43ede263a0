from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from georisk.errors import Fault
from georisk.news.spotting.lexicon import read_lexicon
from georisk.news.tables import compiled, reading_tables, table


@pytest.fixture
def copy(data: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(data, tmp_path / "news"))


def test_a_code_stands_once(copy: Path) -> None:
    text = (copy / "months.csv").read_text()
    (copy / "months.csv").write_text(text + text.splitlines()[1] + "\n")
    with pytest.raises(Fault, match=r"data/news/months\.csv: code '1' stands twice"):
        table(copy, "months", "names")


def test_a_bad_pattern_is_named_by_its_row() -> None:
    with pytest.raises(Fault, match=r"data/news/units\.csv \[tonne\]: is no pattern"):
        compiled("units", "tonne", "(t")


def test_limits_must_fit(copy: Path) -> None:
    (copy / "limits.toml").write_text("largest_file_bytes = 5\n")
    with pytest.raises(Fault, match=r"data/news/limits\.toml: does not fit"):
        reading_tables(copy)


@pytest.mark.parametrize(
    ("name", "row", "complaint"),
    [
        ("triggers", "odd,odd,,wedding,bell,bells?,target,,1", "type 'wedding' is not known"),
        ("modality-cues", "odd,odd,,certain,surely,both,10,1", "modality 'certain' is not known"),
        ("risk-rules", "odd,odd,odd,loan,completed wished,,china,raises", "modalities 'wished' is not known"),
    ],
)
def test_tables_name_only_what_the_vocabularies_know(copy: Path, name: str, row: str, complaint: str) -> None:
    path = copy / f"{name}.csv"
    path.write_text(path.read_text().rstrip("\n") + "\n" + row + "\n")
    with pytest.raises(Fault, match=complaint):
        read_lexicon(copy)

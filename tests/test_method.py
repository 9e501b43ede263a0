from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from georisk.errors import Fault, FaultGroup
from georisk.indicators import NAMES
from georisk.method import Method, read_method


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    return Path(shutil.copytree(root / "data" / "method", tmp_path / "method"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder: Path) -> list[Fault]:
    with pytest.raises(FaultGroup) as caught:
        read_method(folder, NAMES)
    return [one for one in caught.value.exceptions if isinstance(one, Fault)]


@pytest.fixture
def method(root: Path) -> Method:
    return read_method(root / "data" / "method", NAMES)


@pytest.mark.parametrize(
    ("score", "band"),
    [(0.0, "low"), (24.999999, "low"), (25.0, "moderate"), (49.999999, "moderate"), (50.0, "high"),
     (74.999999, "high"), (75.0, "severe"), (100.0, "severe"), (None, None)],
)  # fmt: skip
def test_a_band_begins_at_its_lower_bound(method: Method, score: float | None, band: str | None) -> None:
    assert method.band_of(score) == band


def test_indicators_of_a_dimension_come_heaviest_first(method: Method) -> None:
    for dimension in method.dimension:
        weights = [one.weight for one in method.of(dimension.key)]
        assert weights == sorted(weights, reverse=True)


def test_the_key_of_an_indicator_is_its_file_s_name(method: Method, root: Path) -> None:
    files = {path.stem for path in (root / "data" / "method" / "indicators").glob("*.toml")}
    assert {one.key for one in method.indicators} == files


def test_the_fingerprint_is_of_every_file(folder: Path, tmp_path: Path) -> None:
    before = read_method(folder, NAMES).fingerprint
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    assert read_method(copy, NAMES).fingerprint == before
    change(copy / "indicators" / "equity.toml", "weight = 30", "weight = 31")
    other = Path(shutil.copytree(copy, tmp_path / "other"))
    assert read_method(other, NAMES).fingerprint != before


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("indicators/equity.toml", 'dimension = "china"', 'dimension = "asia"', "dimension 'asia'"),
        ("indicators/equity.toml", '"chinese_equity"', '"magic"', "function 'magic'"),
        ("indicators/equity.toml", "weight = 30", "weight = 0", "weight: "),
        ("indicators/equity.toml", "weight = 30", 'weight = "heavy"', "weight: "),
        ("indicators/equity.toml", 'unit = "', 'units = "', "units: "),
        ("indicators/equity.toml", "hundred = 50", "hundred = 0", "both goalposts are the same"),
        ("indicators/equity.toml", "question", "question = ", "is not valid TOML"),
        ("indicators/equity.toml", "weight_reason = ", "reason = ", "weight_reason: "),
        ("method.toml", "exponent = 2.0", "exponent = 0.5", "aggregation.exponent: "),
        ("method.toml", 'version = "1.0"', "", "version: "),
        ("method.toml", "[ownership]", "[[ownership]]", "ownership: "),
        ("method.toml", "[aggregation]", "[aggregation", "is not valid TOML"),
    ],
)
def test_each_misfit_is_a_fault_that_names_its_file(folder: Path, file: str, old: str, new: str, found: str) -> None:
    change(folder / file, old, new)
    gathered = faults(folder)
    assert any(fault.found.startswith(found) for fault in gathered), [str(one) for one in gathered]
    assert {fault.where for fault in gathered} == {f"data/method/{file}"}


def test_all_misfits_are_gathered(folder: Path) -> None:
    change(folder / "indicators" / "equity.toml", "weight = 30", "weight = -1")
    change(folder / "indicators" / "debt.toml", 'function = "', 'function = "un')
    change(folder / "method.toml", "exponent = 2.0", "exponent = 0.5")
    assert {fault.where for fault in faults(folder)} >= {
        "data/method/indicators/equity.toml", "data/method/method.toml",
    }  # fmt: skip


def test_bands_cover_everything_from_zero(folder: Path) -> None:
    change(folder / "method.toml", "from = 0.0", "from = 5.0")
    assert "band" in faults(folder)[0].found

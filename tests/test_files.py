from __future__ import annotations

import os
from pathlib import Path

import pytest

from georisk import files
from georisk.errors import Fault, UsageError


def put(folder: Path, content: str | bytes) -> Path:
    path = folder / "record.file"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_toml_is_read_with_its_dates(tmp_path: Path) -> None:
    assert files.read_toml(put(tmp_path, 'name = "Hügel"\nshare = 5'), "x") == {"name": "Hügel", "share": 5}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('name = "open', "is not valid TOML"),
        ("a = 1\na = 2", "is not valid TOML"),
        ("a = 2026-13-45", "is not valid TOML"),
        ("a = " + "[" * 100_000, "is not valid TOML"),
        ("a = " + "9" * 5000, "is not valid TOML"),
        ('a = "bell \x07"', "is not valid TOML"),
        (b'a = "\xff"', "is not UTF-8 text"),
        (b"\x00\x01\x02", "is not valid TOML"),
    ],
)
def test_toml_that_cannot_be_read_is_a_fault_that_names_the_file(
    tmp_path: Path, content: str | bytes, found: str
) -> None:
    with pytest.raises(Fault, match=r"^seeds/parties/x\.toml: ") as caught:
        files.read_toml(put(tmp_path, content), "seeds/parties/x.toml")
    assert caught.value.found.startswith(found)
    assert caught.value.allowed


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('{"a": 1', "is not valid JSON"),
        ('{"a": 1, "a": 2}', "key 'a' stands twice"),
        ('{"outer": {"b": 1, "b": 2}}', "key 'b' stands twice"),
        ('{"a": NaN}', "is not valid JSON: NaN"),
        ('{"a": -Infinity}', "is not valid JSON: -Infinity"),
        ("[" * 100_000, "is not valid JSON"),
        ("9" * 5000, "is not valid JSON"),
        ("", "is not valid JSON"),
        (b'{"a": "\xe9"}', "is not UTF-8 text"),
    ],
)
def test_json_that_cannot_be_read_is_a_fault(tmp_path: Path, content: str | bytes, found: str) -> None:
    with pytest.raises(Fault) as caught:
        files.read_json(put(tmp_path, content), "shape.geojson")
    assert caught.value.where == "shape.geojson"
    assert caught.value.found.startswith(found)


def test_csv_cells_are_texts_and_empty_ones_are_empty(tmp_path: Path) -> None:
    path = put(tmp_path, 'place,value\nTZA,"1,5"\nNOR,\n')
    assert files.read_csv(path, "t.csv", ("place", "value")) == [
        {"place": "TZA", "value": "1,5"}, {"place": "NOR", "value": ""},
    ]  # fmt: skip


def test_csv_keeps_line_ends_and_separators_within_quotes(tmp_path: Path) -> None:
    path = put(tmp_path, 'place,value\nTZA,"two\nlines\u2028one"\n')
    assert files.read_csv(path, "t.csv", ("place",))[0]["value"] == "two\nlines\u2028one"


@pytest.mark.parametrize(
    ("content", "where", "found"),
    [
        ("place\nTZA\n", "t.csv", "lacks the column value"),
        ("", "t.csv", "lacks the column place, value"),
        ("place,value\nTZA\n", "t.csv line 2", "has another number of cells"),
        ("place,value\nNOR,1\nTZA,1,2\n", "t.csv line 3", "has another number of cells"),
        ("place,value\nNOR," + "1" * 200_000, "t.csv line 2", "is not valid CSV"),
    ],
)
def test_csv_that_does_not_fit_is_a_fault_with_its_line(tmp_path: Path, content: str, where: str, found: str) -> None:
    with pytest.raises(Fault) as caught:
        files.read_csv(put(tmp_path, content), "t.csv", ("place", "value"))
    assert caught.value.where == where
    assert caught.value.found.startswith(found)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.toml"
    with path.open("wb") as stream:
        stream.truncate(64 * 1024 * 1024 + 1)  # sparse: takes no room on disk
    with pytest.raises(Fault, match=r"larger than 64 MiB"):
        files.read_toml(path, "huge.toml")


def test_a_missing_file_and_a_folder_are_faults(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"cannot be read \(No such file"):
        files.read_toml(tmp_path / "none.toml", "none.toml")
    with pytest.raises(Fault, match=r"cannot be read \(Is a directory"):
        files.read_toml(tmp_path, "folder")


def test_the_bundled_registry_lies_beside_the_package(root: Path) -> None:
    assert files.bundled_root() == root


def test_writing_replaces_the_whole_file_for_all_to_read(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "note.txt"
    files.write_text(path, "first\r\n")
    files.write_text(path, "second")
    assert path.read_bytes() == b"second"
    assert path.stat().st_mode & 0o777 == 0o644
    assert os.listdir(path.parent) == ["note.txt"]


def test_a_write_that_fails_half_way_leaves_the_old_file_and_no_rubbish(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    files.write_text(path, "good")

    def write_half() -> None:
        with files.atomic_write(path) as stream:
            stream.write(b"ba")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert path.read_text() == "good"
    assert os.listdir(tmp_path) == ["note.txt"]


def test_a_workspace_must_be_a_folder(tmp_path: Path) -> None:
    assert files.require_folder(tmp_path) == tmp_path
    with pytest.raises(UsageError, match=r"georisk init"):
        files.require_folder(tmp_path / "nowhere")

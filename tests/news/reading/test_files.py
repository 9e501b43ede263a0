from __future__ import annotations

from pathlib import Path

import pytest

from georisk.errors import UsageError
from georisk.news.reading.files import read_bytes, read_files
from georisk.news.tables import ReadingTables


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path, tables: ReadingTables) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_files([tmp_path / "none.txt"], tables)
    with pytest.raises(UsageError, match="cannot be read"):
        read_files([tmp_path], tables)


@pytest.mark.parametrize(("raw", "report"), [(b"", "is empty"), (b" \n\t", "is empty"), (b"\x00\x01", "is not text")])
def test_a_file_without_text_is_reported(raw: bytes, report: str, tables: ReadingTables) -> None:
    read = read_bytes("1_x.txt", raw, tables)
    assert read.articles == ()
    assert [one.found for one in read.troubles] == [report]
    assert str(read.troubles[0]) == f"1_x.txt: {report}"


def test_articles_that_would_share_their_ids_are_reported(tmp_path: Path, tables: ReadingTables) -> None:
    for name in ("7_a.txt", "7_b.txt"):
        (tmp_path / name).write_text("A note\n\nThe mill runs.\n")
    read = read_files(sorted(tmp_path.iterdir()), tables)
    assert [one.id for one in read.articles] == ["7-00", "7-00"]
    assert [str(one) for one in read.troubles] == ["7_b.txt: gives its articles the same ids as 7_a.txt"]


def test_the_same_file_named_twice_is_read_once(tmp_path: Path, tables: ReadingTables) -> None:
    (tmp_path / "7_a.txt").write_text("A note\n\nThe mill runs.\n")
    assert len(read_files([tmp_path / "7_a.txt"] * 2, tables).articles) == 1


def test_a_huge_file_is_read_to_its_limit_and_reported(tmp_path: Path, tables: ReadingTables) -> None:
    path = tmp_path / "1_huge.txt"
    with path.open("wb") as stream:
        stream.write(b"A note\n\n")
        stream.truncate(tables.limits.largest_file_bytes + 10)
    read = read_files([path], tables)
    assert any("is larger than" in one.found for one in read.troubles)

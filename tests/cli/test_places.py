"""``georisk locate``: a CSV file in, the same with jurisdictions out."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

POINTS = 'site,lat,lon\n"=SUM(A1), ü",-10.715,25.467\nnowhere,north,5\noff,95,5\nfar,12,235\n'


@pytest.fixture
def points(tmp_path: Path) -> Path:
    path = tmp_path / "points.csv"
    path.write_text(POINTS, encoding="utf-8")
    return path


def test_csv_keeps_the_cells_and_adds_the_answer(georisk: Callable[..., Any], points: Path, root: Path) -> None:
    ran = georisk("locate", "--input", points, "--format", "csv", "--workspace", root)
    assert ran.code == 0
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert list(rows[0])[:3] == ["site", "lat", "lon"]
    assert rows[0]["site"] == "=SUM(A1), ü"
    assert [row["jurisdiction"] for row in rows] == ["COD", "", "", "HIGH SEAS"]
    assert [row["error"] for row in rows] == ["", "not a number", "latitude outside -90 to 90", ""]
    assert "2 of 4 points have no answer" in ran.err


def test_json_and_json_lines_say_the_same(georisk: Callable[..., Any], points: Path, root: Path) -> None:
    whole = georisk("locate", "--input", points, "--format", "json", "--workspace", root)
    lines = georisk("locate", "--input", points, "--format", "jsonl", "--workspace", root)
    assert json.loads(whole.out) == [json.loads(line) for line in lines.out.splitlines()]
    assert json.loads(whole.out)[1]["jurisdiction"] is None


def test_a_table_is_for_people_and_harmless(georisk: Callable[..., Any], tmp_path: Path, root: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("name,lat,lon\na\x1b[31mb,0,0\n", encoding="utf-8")
    ran = georisk("locate", "--input", path, "--workspace", root)
    assert ran.code == 0
    assert "high seas" in ran.out
    assert "\x1b[31m" not in ran.out


@pytest.mark.parametrize("name", ["out.csv", "out.json", "out.jsonl"])
def test_a_file_is_written_in_the_form_its_name_tells(
    georisk: Callable[..., Any], points: Path, root: Path, name: str
) -> None:
    out = points.with_name(name)
    ran = georisk("locate", "--input", points, "--output", out, "--workspace", root)
    printed = georisk("locate", "--input", points, "--format", name.partition(".")[2], "--workspace", root)
    assert (ran.code, ran.out) == (0, "")
    assert out.read_text(encoding="utf-8") == printed.out


def test_cells_with_lone_returns_survive(georisk: Callable[..., Any], tmp_path: Path, root: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_bytes(b'name,lat,lon\n"a\rb",0,0\n')
    ran = georisk("locate", "--input", path, "--format", "csv", "--workspace", root)
    assert next(csv.DictReader(io.StringIO(ran.out, newline="")))["name"] == "a\rb"


@pytest.mark.parametrize("words", [["--input", "no-such-file.csv"], []])
def test_bad_requests_leave_one_clear_message(georisk: Callable[..., Any], root: Path, words: list[str]) -> None:
    ran = georisk("locate", *words, "--workspace", root)
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err


def test_a_table_goes_to_no_file(georisk: Callable[..., Any], points: Path, root: Path) -> None:
    ran = georisk(
        "locate", "--input", points, "--format", "table", "--output", points.with_name("x.csv"), "--workspace", root
    )
    assert ran.code == 2
    assert "write csv, json or jsonl" in ran.err

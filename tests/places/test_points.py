"""Points in CSV files."""

from pathlib import Path

import pytest

from georisk.errors import UsageError
from georisk.places.points import located, read_points


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "points.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_columns_are_kept_in_order_and_empty_lines_left_out(tmp_path: Path) -> None:
    points = read_points(write(tmp_path, "name,lon,lat\r\na,1,2\r\n\r\nb,3,4\r\n"))
    assert points.columns == ("name", "lon", "lat")
    assert points.rows == [["a", "1", "2"], ["b", "3", "4"]]
    assert (points.lat, points.lon) == (2, 1)


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path: Path) -> None:
    assert read_points(write(tmp_path, b"\xef\xbb\xbflat,lon\n1,2\n")).columns == ("lat", "lon")


def test_a_short_line_is_filled_up(tmp_path: Path) -> None:
    assert read_points(write(tmp_path, "lat,lon,name\n1,2\n")).rows == [["1", "2", ""]]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("latitude,lon\n1,2\n", "no column lat; found latitude, lon"),
        ("a,b\n1,2\n", "no column lat and lon"),
        ("lat,lon,lat\n1,2,3\n", "'lat' stands twice"),
        ("lat,lon,zone\n1,2,3\n", "'zone' is one the answer adds"),
        ("lat,lon\n1,2,3\n", r"record 2\]: 3 cells"),
        ('lat,lon\n1,"2\n', "is no CSV"),
        (b"lat,lon\n1,\xff\n", "no UTF-8"),
    ],
)
def test_what_is_no_table_of_points_is_refused_with_the_reason(tmp_path: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_points(write(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.csv: cannot be read"):
        read_points(tmp_path / "none.csv")


def test_answers_stand_beside_the_cells_as_they_were(world: Path, tmp_path: Path) -> None:
    points = read_points(write(tmp_path, 'name,lat,lon\n"=cmd|x, y",0, 1.5\n'))
    (row,) = located(world, points)
    assert list(row)[:3] == ["name", "lat", "lon"]
    assert (row["name"], row["lon"]) == ("=cmd|x, y", " 1.5")
    assert (row["jurisdiction"], row["border_km"], row["error"]) == ("AAA", 55.66, None)  # half a degree: 55.660 km


@pytest.mark.parametrize("text", ["", "abc", "1,5", "12°", "nan", "inf", "1_0", "−3", "0x1f", "--1", "1e", "٣"])
def test_what_no_spreadsheet_reads_as_a_number_is_an_error(world: Path, tmp_path: Path, text: str) -> None:
    (row,) = located(world, read_points(write(tmp_path, f'lat,lon\n0,"{text}"\n')))
    assert row["error"] == "not a number"
    assert row["jurisdiction"] is row["border_km"] is None


@pytest.mark.parametrize("text", ["1", "+1", "1.", "1.0", "01", "1e0", "10E-1", " 1 "])
def test_what_a_spreadsheet_reads_as_a_number_is_one(world: Path, tmp_path: Path, text: str) -> None:
    (row,) = located(world, read_points(write(tmp_path, f"lat,lon\n0,{text}\n")))
    assert row["jurisdiction"] == "AAA"

from __future__ import annotations

from pathlib import Path

import pytest

from georisk.errors import Fault
from georisk.vocabulary import read_vocabulary


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "colours.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_a_list_knows_its_codes_and_their_titles(tmp_path: Path) -> None:
    colours = read_vocabulary(
        write(tmp_path, "code,title,description,hex\nred,Red,as blood,f00\nblue,Blue,,\n"), "colours"
    )
    assert list(colours) == ["red", "blue"]
    assert ("red" in colours, "green" in colours) == (True, False)
    assert colours.title("red") == "Red"
    assert colours["red"].description == "as blood"
    assert colours["red"].more == {"hex": "f00"}
    assert colours["blue"].more == {"hex": ""}


def test_an_unknown_code_is_told_what_is_allowed(tmp_path: Path) -> None:
    colours = read_vocabulary(write(tmp_path, "code,title,description\nred,Red,\nblue,Blue,\n"), "colours")
    assert colours.allowed() == "allowed: red, blue"


def test_a_long_list_is_named_by_its_file(tmp_path: Path) -> None:
    rows = "".join(f"c{number},C,\n" for number in range(41))
    colours = read_vocabulary(write(tmp_path, "code,title,description\n" + rows), "colours")
    assert colours.allowed() == "allowed are the codes of data/vocabulary/colours.csv"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("code,title\nred,Red\n", "column"),
        ("code,title,description\nred,Red,\nred,Rouge,\n", "line 3: code 'red' stands twice"),
        ("code,title,description\nred,Red\n", "line 2"),
        ("code,title,description\nred,Red,a,b\n", "line 2"),
        (b"code,title,description\nr\xe9d,Red,\n", "UTF-8"),
    ],
)
def test_a_malformed_list_is_a_fault_that_names_the_file(tmp_path: Path, text: str | bytes, found: str) -> None:
    with pytest.raises(Fault, match=r"data/vocabulary/colours.csv") as caught:
        read_vocabulary(write(tmp_path, text), "colours")
    assert found in str(caught.value)


def test_a_missing_list_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"colours\.csv: cannot be read"):
        read_vocabulary(tmp_path, "colours")


def test_whatever_is_asked_for_is_answered(tmp_path: Path) -> None:
    colours = read_vocabulary(write(tmp_path, "code,title,description\nred,Red,\n"), "colours")
    assert ["red"] not in colours

from __future__ import annotations

import json

import pytest

from georisk.cli.formats import Format
from georisk.cli.show import emit, show, tell

ROWS = [{"name": "Hill\x1b[31m", "share": 16.5, "more": None}, {"name": "=1+1", "share": None}]


@pytest.mark.parametrize(
    ("how", "text"),
    [
        (Format.csv, "name,share\nHill[31m,16.5\n'=1+1,\n"),
        (Format.jsonl, '{"name": "Hill\\u001b[31m", "share": 16.5}\n{"name": "=1+1", "share": null}\n'),
    ],
)
def test_rows_for_scripts(capsys: pytest.CaptureFixture[str], how: Format, text: str) -> None:
    show(ROWS, ("name", "share"), how)
    assert capsys.readouterr().out == text


def test_json_is_one_list(capsys: pytest.CaptureFixture[str]) -> None:
    show(ROWS, ("name", "share"), Format.json)
    assert json.loads(capsys.readouterr().out) == [
        {"name": "Hill\x1b[31m", "share": 16.5},
        {"name": "=1+1", "share": None},
    ]


def test_a_table_for_people_has_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    show(ROWS, ("name", "share", "more"), Format.table, title="two \x1b rows")
    out = capsys.readouterr().out
    assert "Hill[31m" in out
    assert "16.5" in out
    assert "\x1b" not in out


def test_data_goes_to_stdout_and_words_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    emit("data")
    tell("wo\x07rds")
    assert capsys.readouterr() == ("data\n", "words\n")

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.outputs.plain import cell, markdown, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"), ("two\nlines\r\nmore\ttab", "two lines more tab"), ("bell\x07 and\x1b[31mred", "bell and[31mred"),
        ("\u202ereversed", "\ufffdreversed"), ("\u2066isolated\u2069", "\ufffdisolated\ufffd"), ("佩拉埃马", "佩拉埃马"),
        ("Minaçu", "Minaçu"), ("nul\x00", "nul"), ("\x9bcsi", "csi"),
    ],
)  # fmt: skip
def test_nothing_steers_a_terminal(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "|calc", "%x", "  =1", "＝1", "\t=1", "=cmd|' /C calc'!A0", "-2 apples"],
)
def test_what_could_start_a_formula_gets_an_apostrophe(text: str) -> None:
    assert str(cell(text)).startswith("'")


@pytest.mark.parametrize(
    ("value", "shown"), [("-13.5", "-13.5"), ("+7", "+7"), (None, ""), (3.5, 3.5), (0, 0), ("a", "a")]
)
def test_numbers_and_plain_texts_stay(value: object, shown: object) -> None:
    assert cell(value) == shown


@given(st.text())
def test_no_cell_of_a_table_can_start_a_formula(text: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow([cell(text)])
    [[back]] = csv.reader([stream.getvalue()]) if stream.getvalue() != "\n" else [[""]]
    assert not back.startswith(("=", "@", "|"))
    assert "\n" not in back


@given(st.text())
def test_markdown_has_no_sign_with_a_meaning_unescaped(text: str) -> None:
    found = markdown(text)
    for sign in "`*_[]<>|#~{}!":
        assert all(found[place - 1 : place] == "\\" for place, one in enumerate(found) if one == sign)


def test_markdown_of_nothing_is_nothing() -> None:
    assert markdown(None) == ""

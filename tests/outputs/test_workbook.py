"""The workbook, opened with openpyxl and with LibreOffice: figures, comments that cite, no formula, the same bytes."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from georisk.outputs.rows import SCORE_COLUMNS, TABLE_COLUMNS, Report, report
from georisk.outputs.sheets import COLUMN_TITLES
from georisk.outputs.traced import traced_rows
from georisk.outputs.workbook import workbook, write_workbook

REQUIRED = os.environ.get("GEORISK_REQUIRE_BROWSER") == "1"
SHEETS = ["Risk table", "Scores", "Statements", "Sources", "Method", "Key"]
ALL_SHEETS_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


@pytest.fixture(scope="module")
def registry(reported: Report) -> Report:
    return reported


@pytest.fixture(scope="module")
def made_book(registry: Report, repository: Any) -> bytes:
    return workbook(registry, traced_rows(registry), repository.data)


@pytest.fixture(scope="module")
def book(made_book: bytes) -> Any:
    return load_workbook(io.BytesIO(made_book))


def test_sheets_have_frozen_heads_and_filters(book: Any) -> None:
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref.startswith("A1:")
    assert book["Risk table"].freeze_panes == "C2"  # id and name stay in sight


def test_every_figure_of_the_table_leads_to_its_statements(book: Any, registry: Report) -> None:
    """From the comment to the sheet of statements, from there to the sheet of sources."""
    statements = {row[0].value: row for row in book["Statements"].iter_rows(min_row=2)}
    sources = {row[0].value for row in book["Sources"].iter_rows(min_row=2)}
    free = {"id", "name", "kind", "unknown"}
    for line, row in enumerate(traced_rows(registry), start=2):
        for place, name in enumerate(TABLE_COLUMNS, start=1):
            cell = book["Risk table"].cell(line, place)
            if cell.value is None or name in free:
                continue
            assert cell.comment is not None, (row["id"].value, name)
            if not row[name].statements:
                assert name in {*SCORE_COLUMNS, "worst_dimension", "drivers", "legal_undetermined"}
                assert cell.comment.text.startswith("No statement")
                continue
            ids = re.search(r"Statements: (.*)", cell.comment.text)[1].split(", ")  # type: ignore[index]
            assert ids == list(dict.fromkeys(row[name].statements))
            for one in ids:
                cited = str(statements[one][10].value).split(", ")
                assert cited
                assert one.startswith("ref:") or set(cited) <= sources


def test_figures_are_numbers_and_the_same_as_in_the_table(book: Any, registry: Report) -> None:
    for line, row in enumerate(traced_rows(registry), start=2):
        for place, name in enumerate(TABLE_COLUMNS, start=1):
            value = book["Risk table"].cell(line, place).value
            expected = row[name].value
            if isinstance(expected, (int, float)):
                assert value == pytest.approx(expected)
            else:
                assert (value or "") == (expected or "")


def test_bands_are_coloured_by_rules_that_keep_the_words(book: Any) -> None:
    rules = book["Risk table"].conditional_formatting
    ranges = {str(one.sqref) for one in rules}
    columns = {re.match(r"[A-Z]+", one)[0] for one in ranges}  # type: ignore[index]
    bands = [name for name in SCORE_COLUMNS if name.endswith(("_band", "_score"))]
    assert len(columns) == len(bands)


def test_the_same_input_gives_the_same_bytes_dated_as_of(made_book: bytes, registry: Report, repository: Any) -> None:
    assert workbook(registry, traced_rows(registry), repository.data) == made_book
    properties = load_workbook(io.BytesIO(made_book)).properties
    assert str(properties.created.date()) == "2026-11-21"
    assert registry.assessment.method.fingerprint in properties.description


def test_no_text_of_the_data_is_a_formula_or_a_link(made: Any, hostile_strings: list[str]) -> None:
    plain = [one for one in hostile_strings if all(ord(sign) >= 32 for sign in one) and 0 < len(one) < 1000]
    starters = [one for one in plain if not one[0].isalnum() and one[0] not in "<{&%$"]
    plain = starters + [" ".join(plain[start : start + 5]) for start in range(0, len(plain), 5)]
    plain += ["=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("http://x","y")', "file:///etc/passwd", "internal:Key!A1"]
    made.site("hill", country="TZA", holder="hill-co", title="=cmd|' /C calc'!A0")
    made.source("web", url="https://example.org/a")
    for number, text in enumerate(plain):
        made.source(f"source-{number}", title=text, publisher=text, url=text, note=text)
        made.party(f"party-{number}", title=text)
        made.stake("hill-co", owner=f"party-{number}", percent=0.25, note=text, sources=[f"source-{number}", "web"])
    made.say("hill", "commodity", plain)
    opened = made.open()
    assessment = opened.assess(made.day, made.day)
    found = report(assessment, opened.holders(assessment.snapshot), opened.data / "places")
    read = load_workbook(io.BytesIO(workbook(found, traced_rows(found), opened.data)))
    for sheet in read:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                if cell.hyperlink is not None:
                    assert str(cell.hyperlink.target).startswith(("http://", "https://")), cell.hyperlink.target
    assert read["Risk table"].cell(2, 2).value == "=cmd|' /C calc'!A0"
    links = [cell.hyperlink.target for row in read["Sources"].iter_rows() for cell in row if cell.hyperlink]
    assert "https://example.org/a" in links


def test_libreoffice_shows_the_same_values(made_book: bytes, registry: Report, repository: Any, tmp_path: Path) -> None:
    """Without LibreOffice there is nothing to compare with, which is a fault only where CI asks for it."""
    office = shutil.which("soffice")
    if office is None:
        assert not REQUIRED, "soffice was not found, and GEORISK_REQUIRE_BROWSER=1 asks for it"
        return
    write_workbook(tmp_path / "table.xlsx", registry, traced_rows(registry), repository.data)
    assert (tmp_path / "table.xlsx").read_bytes() == made_book
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", ALL_SHEETS_AS_CSV, "--outdir", tmp_path,
         tmp_path / "table.xlsx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    tables = {}
    for name in SHEETS:
        text = (tmp_path / f"table-{name}.csv").read_text(encoding="utf-8")
        tables[name] = list(csv.reader(io.StringIO(text)))
    assert tables["Risk table"][0] == [COLUMN_TITLES[name] for name in TABLE_COLUMNS]
    for shown, row in zip(tables["Risk table"][1:], traced_rows(registry), strict=True):
        for text, name in zip(shown, TABLE_COLUMNS, strict=True):
            expected = row[name].value
            if isinstance(expected, (int, float)):
                assert float(text) == pytest.approx(expected), name
            else:
                assert text == (expected or ""), name
    assert len(tables["Statements"]) > len(registry.snapshot.known)

"""The risk table as a workbook: frozen heads, filters, band colours, cells that cite, the evidence in sheets.

Every text is written as text, never as a formula; an address becomes a link only if it is http or https. The
workbook's own date is the as-of date, so that the same input gives the same bytes.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any

from georisk.explaining.citations import Citations, Support
from georisk.outputs.plain import visible
from georisk.outputs.rows import SCORE_COLUMNS, TABLE_COLUMNS, Report
from georisk.outputs.sheets import (
    COLUMN_TITLES,
    Sheet,
    key_sheet,
    method_sheet,
    scores_sheet,
    sources_sheet,
    statements_sheet,
)
from georisk.registry import Cell
from georisk.statements import Source

BAND_COLOURS = (("#4F97C4", "#06151F"), ("#F3CF6B", "#241B02"), ("#E07B39", "#1F0E02"), ("#8A1846", "#FFFFFF"))
"""Fill and ink of the bands, from the lowest; the same as in the pages."""
_FROM_SCORES = {*SCORE_COLUMNS, "worst_dimension", "drivers", "legal_undetermined"}
_MOST_SIGNS = 32000
_MOST_CITED = 12
_MOST_URL = 2000
_WIDE, _NARROW, _PLAIN = 44, 11, 20
_COLUMNS_A_PAGE = 13  # on paper
_LINE, _MOST_LINES = 13.5, 24  # height of a line in points, lines a row shows at most
_FILL = 0.95  # letters a unit of width holds
_LONG = {"owners", "ultimate_parents", "drivers", "unknown", "overdue", "last_change_cause", "offtake", "stage",
         "legal_yes", "legal_undetermined", "payment_exposure"}  # fmt: skip


def workbook(found: Report, rows: Sequence[Mapping[str, Cell]], data: Path) -> bytes:
    """Return the workbook as XLSX.

    Parameters
    ----------
    found
        Report of the run.
    rows
        Rows of the risk table; the comments of their cells cite.
    data
        The ``data/`` folder.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    day = datetime.combine(found.snapshot.as_of, time())
    book.set_properties({"title": "georisk risk table", "created": day, "comments": _clocks(found)})
    writer = _Writer(book, found, Citations(found.snapshot, data))
    writer.risk_table(rows)
    for sheet in (
        scores_sheet(found),
        statements_sheet(writer.citations, writer.cited),
        sources_sheet(writer.citations),
        method_sheet(found.assessment.method),
        key_sheet(found),
    ):
        writer.plain(sheet)
    book.close()
    return stream.getvalue()


def _clocks(found: Report) -> str:
    snapshot, method = found.snapshot, found.assessment.method
    return f"As of {snapshot.as_of}, known by {snapshot.known_by}; method {method.version} ({method.fingerprint})"


@dataclass
class _Writer:
    """A workbook being written: its formats, and the rows of series its cells have cited."""

    book: Any
    found: Report
    citations: Citations
    formats: dict[str, Any] = field(default_factory=dict)
    cited: dict[str, Support] = field(default_factory=dict)

    def __post_init__(self) -> None:
        base = {"valign": "top", "font_name": "Calibri", "font_size": 10}
        self.formats = {
            "text": self.book.add_format({**base, "text_wrap": True}),
            "number": self.book.add_format({**base, "num_format": "0.0", "align": "center"}),
            "whole": self.book.add_format({**base, "num_format": "General", "align": "center"}),
            "link": self.book.add_format({**base, "font_color": "#1C5F86", "underline": 1, "text_wrap": True}),
            "head": self.book.add_format({**base, "bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#F5F4F0"}),
            "name": self.book.add_format({**base, "bold": True, "text_wrap": True}),
        }
        for number, (fill, ink) in enumerate(BAND_COLOURS):
            self.formats[f"band{number}"] = self.book.add_format({"bg_color": fill, "font_color": ink})

    def risk_table(self, rows: Sequence[Mapping[str, Cell]]) -> None:
        """Write the first sheet: a row a site, comments that cite, colours by band."""
        sheet = self.book.add_worksheet("Risk table")
        self._head(sheet, [COLUMN_TITLES[name] for name in TABLE_COLUMNS])
        for line, row in enumerate(rows, start=1):
            for place, name in enumerate(TABLE_COLUMNS):
                self._value(sheet, line, place, row[name].value, "name" if name == "name" else None)
                comment = self._comment(row[name]) or self._lack(name, row[name])
                if comment:
                    sheet.write_comment(line, place, comment, {"x_scale": 3, "y_scale": 2, "font_size": 8})
        widths = [_WIDE if name in _LONG else _NARROW if name in SCORE_COLUMNS else _PLAIN for name in TABLE_COLUMNS]
        self._sizes(sheet, [[row[name].value for name in TABLE_COLUMNS] for row in rows], widths)
        self._frame(sheet, len(rows), len(TABLE_COLUMNS), frozen=TABLE_COLUMNS.index("name") + 1)
        self._colours(sheet, len(rows))

    def plain(self, one: Sheet) -> None:
        """Write a sheet of evidence or method."""
        sheet = self.book.add_worksheet(one.name)
        self._head(sheet, one.titles)
        for line, row in enumerate(one.rows, start=1):
            for place, value in enumerate(row):
                if place in one.links:
                    self._address(sheet, line, place, value)
                else:
                    self._value(sheet, line, place, value)
        self._sizes(sheet, one.rows, one.widths)
        self._frame(sheet, len(one.rows), len(one.titles), frozen=1)

    def _head(self, sheet: Any, titles: Sequence[str]) -> None:
        for place, title in enumerate(titles):
            sheet.write_string(0, place, title, self.formats["head"])

    def _sizes(self, sheet: Any, rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> None:
        """Set widths, and heights that hold the longest text of each row when it is wrapped."""
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.set_row(0, 2 * _LINE)
        for line, row in enumerate(rows, start=1):
            texts = ((str(value), width) for value, width in zip(row, widths, strict=True) if isinstance(value, str))
            lines = max((math.ceil(len(text) / (width * _FILL)) for text, width in texts), default=1)
            sheet.set_row(line, _LINE * min(max(lines, 1), _MOST_LINES) + 2)

    def _frame(self, sheet: Any, rows: int, columns: int, frozen: int) -> None:
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, max(rows, 1), columns - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(-(-columns // _COLUMNS_A_PAGE), 0)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, frozen - 1)

    def _value(self, sheet: Any, line: int, place: int, value: Any, style: str | None = None) -> None:
        """Write numbers as numbers and all else as text; ``None`` leaves the cell empty."""
        if value is None or value == "":
            return
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            whole = isinstance(value, int)
            sheet.write_number(line, place, value, self.formats["whole" if whole else "number"])
        else:
            sheet.write_string(line, place, _fitting(str(value)), self.formats[style or "text"])

    def _address(self, sheet: Any, line: int, place: int, address: str | None) -> None:
        from georisk.outputs.page import href

        safe = href(address)
        if safe is None or ":" not in safe or len(safe) > _MOST_URL:
            self._value(sheet, line, place, address)
        else:
            sheet.write_url(line, place, safe, self.formats["link"], _fitting(safe))

    def _comment(self, cell: Cell) -> str:
        """Return the ids behind a cell and the sources they cite."""
        if not cell.statements:
            return ""
        supports = self.citations.supports(cell.statements)
        self.cited.update((one.id, one) for one in supports)
        sources = {source.id: source for one in supports for source in one.sources}
        lines = ["Statements: " + ", ".join(one.id for one in supports), "Sources:"]
        lines += [f"- {_cite(source)}" for source in list(sources.values())[:_MOST_CITED]]
        lines += [f"- and {len(sources) - _MOST_CITED} more, see the sheets"] if len(sources) > _MOST_CITED else []
        return "\n".join(lines)[:_MOST_SIGNS]

    def _lack(self, name: str, cell: Cell) -> str:
        """Say why a score has no statement behind it."""
        scored = name in _FROM_SCORES and cell.value not in (None, "")
        return "No statement: what is missing is what is measured." if scored else ""

    def _colours(self, sheet: Any, rows: int) -> None:
        """Colour bands and scores by the bands of the method; the words stay."""
        bands = self.found.assessment.method.band
        starts = [band.start for band in bands]
        for number, (band, end) in enumerate(zip(bands, [*starts[1:], None], strict=True)):
            style = self.formats[f"band{min(number, len(BAND_COLOURS) - 1)}"]
            for name in SCORE_COLUMNS:
                place = TABLE_COLUMNS.index(name)
                if name.endswith("_band"):
                    rule = {"type": "cell", "criteria": "==", "value": f'"{band.key}"', "format": style}
                    sheet.conditional_format(1, place, max(rows, 1), place, rule)
                elif name.endswith("_score"):
                    rule = _between(band.start, end, style)
                    sheet.conditional_format(1, place, max(rows, 1), place, rule)


def _between(start: float, end: float | None, style: Any) -> dict[str, Any]:
    """Return the rule for scores from a band's start up to the next; an empty cell has no colour."""
    if end is None:
        return {"type": "cell", "criteria": ">=", "value": start, "format": style}
    return {"type": "cell", "criteria": "between", "minimum": start, "maximum": end - 1e-9, "format": style}


def _cite(source: Source) -> str:
    date = str(source.published) if source.published else "no date"
    return visible(f"{source.publisher}: {source.title} ({date}, grade {source.grade}) {source.url or ''}".strip())


def _fitting(text: str) -> str:
    """Return text a cell can hold: no control characters, not too long."""
    plain = text.isascii() and text.isprintable()
    return (text if plain else visible(text))[:_MOST_SIGNS]


def write_workbook(target: Path, found: Report, rows: Iterable[Mapping[str, Cell]], data: Path) -> None:
    """Write the workbook to a file."""
    target.write_bytes(workbook(found, list(rows), data))

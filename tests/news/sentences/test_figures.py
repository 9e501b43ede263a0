from __future__ import annotations

import pytest

from georisk.news.sentences.figures import FigureTables, figure_tables, find_amounts, find_numbers, find_quantities


@pytest.fixture(scope="module")
def figures(data) -> FigureTables:  # type: ignore[no-untyped-def]
    return figure_tables(data)


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("$1.5 billion", [(1.5e9, "USD")]),
        ("US$40m", [(40e6, "USD")]),
        ("A$12,500,000", [(12.5e6, "AUD")]),
        ("€300 million", [(300e6, "EUR")]),
        ("EUR 169.4 million", [(169.4e6, "EUR")]),
        ("two billion dollars", [(2e9, "USD")]),
        ("1.2 billion kronor", [(1.2e9, "SEK")]),
        ("R$250 milh", [(250, "BRL")]),
        ("$5-7 million", [(5e6, "USD")]),
        ("no figure at all", []),
        ("H.R. 4090", []),
    ],
)
def test_sums_with_scale_and_currency(text: str, sums: list[tuple[float, str]], figures: FigureTables) -> None:
    assert [(one.value, one.currency) for one in find_amounts(text, figures)] == sums


def test_a_conversion_in_brackets_is_no_second_sum(figures: FigureTables) -> None:
    text = "A$100 million (US$66 million)"
    assert [one.currency for one in find_amounts(text, figures)] == ["AUD"]
    assert [one.currency for one in find_amounts(text, figures, conversions=True)] == ["AUD", "USD"]


def test_a_range_keeps_both_ends_and_a_price_is_told(figures: FigureTables) -> None:
    (one,) = find_amounts("$80-90 million", figures)
    assert (one.value, one.high) == (80e6, 90e6) or (one.value, one.high) == (80.0, 90e6)
    (price,) = find_amounts("$110 per kilogram", figures)
    assert price.unit_price


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,200 tonnes of magnets a year", [(1200.0, "t/y")]),
        ("4,500 t of oxide", [(4500.0, "t")]),
        ("grading 2.9% TREO", []),
        ("$5 tonnes", []),
    ],
)
def test_quantities_with_their_units(text: str, found: list[tuple[float, str]], figures: FigureTables) -> None:
    assert [(one.value, one.unit) for one in find_quantities(text, figures)] == found


def test_numbers_in_figures_and_words(figures: FigureTables) -> None:
    assert find_numbers("twelve lines, 3,500 people and 2 million tonnes", figures) == [3500.0, 2e6, 12.0]

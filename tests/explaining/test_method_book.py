from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from georisk.explaining.method_book import method_book, period_text
from georisk.screens.rules import Period


def test_weights_are_percents_of_their_dimension_and_of_the_composite(repository: Any) -> None:
    book = method_book(repository.method(), repository.data)
    assert sum(one.percent for one in book.chapters) == pytest.approx(100.0)
    for chapter in book.chapters:
        percents = [one.percent for one in chapter.indicators]
        assert sum(percents) == pytest.approx(100.0)
        assert percents == sorted(percents, reverse=True)


def test_it_holds_every_indicator_screen_and_series_of_the_files(repository: Any) -> None:
    book = method_book(repository.method(), repository.data)
    held = {one.indicator.key for chapter in book.chapters for one in chapter.indicators}
    folder = repository.data / "method"
    assert held == {path.stem for path in (folder / "indicators").glob("*.toml")}
    assert set(book.screens) == {path.stem for path in (folder / "screens").glob("*.toml")}
    assert {key for key, _ in book.editions} == {path.stem for path in (repository.data / "reference").glob("*.toml")}


def test_bands_meet_and_end_at_a_hundred(repository: Any) -> None:
    bands = method_book(repository.method(), repository.data).bands
    assert [end for _, end in bands] == [*(band.start for band, _ in bands[1:]), 100.0]


def test_a_changed_number_of_the_method_changes_the_book(made: Any) -> None:
    made.site("hill", country="TZA")
    file = made.data() / "method" / "method.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("grace_months = 24.0", "grace_months = 31.0"), "utf-8")
    opened = made.open()
    rules = dict(method_book(opened.method(), opened.data).rules)
    assert "31 months" in rules["Ageing"]


def test_the_standing_of_a_legal_test_in_words() -> None:
    ended = Period.model_validate(
        {"from": date(2014, 8, 13), "until": date(2020, 1, 1), "status": "in-force", "source": "x"}
    )
    assert period_text(ended) == "in force from 2014-08-13 until before 2020-01-01"

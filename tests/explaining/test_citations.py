from __future__ import annotations

from typing import Any

import pytest

from georisk.explaining.citations import Citations, edition_source
from georisk.files import bundled_root
from georisk.reference import read_series

DATA = bundled_root() / "data"


@pytest.fixture
def citations(made: Any) -> Citations:
    made.site("hill", country="TZA", at=(35.0, -6.0))
    made.source("digest", grade="C")
    made.party("hill-co")
    made.stake("hill-co", owner="ada", percent=60, since="2020-01-01", sources=["digest", "ledger"])
    return Citations(made.snapshot(), DATA)


def test_a_statement_says_whom_what_when_and_from_where(citations: Citations) -> None:
    (stake,) = citations.snapshot.known_of("hill-co", "stake")
    one = citations.support(stake.id)
    assert (one.about, one.topic, one.text) == ("Hill Co", "stake", "60 %, owner Ada")
    assert (one.holds, one.recorded, one.grade) == ("since 2020-01-01", "2026-06-01", "A")
    assert [source.id for source in one.sources] == ["ledger", "digest"]  # best grade first
    assert one.statement is stake


def test_a_place_holds_without_a_date(citations: Citations) -> None:
    (place,) = citations.snapshot.known_of("hill", "location")
    assert citations.statement(place).holds == ""


def test_how_a_date_of_publication_was_found_is_told_unless_it_is_printed(made: Any) -> None:
    made.source("undated", published=None)
    made.site("hill", country="TZA")
    made.say("hill", "capex", 5, unit="USD", sources=["undated"])
    made.say("hill", "capex", 6, unit="USD", sources=["undated"], reported="2025-03")
    made.say("hill", "capex", 7, unit="USD")
    cited = Citations(made.snapshot(), DATA)
    told = {one.value: cited.statement(one).recorded for one in cited.snapshot.known_of("hill", "capex")}
    assert told == {5: "2026-11-21 (compiled)", 6: "2025-03 (reported)", 7: "2026-06-01"}


def test_a_row_of_a_series_cites_its_edition_and_licence(citations: Citations) -> None:
    row = read_series(DATA / "reference", "wgi").table.query("place == 'TZA' and year == 2023 and series == 'rl'")
    one = citations.support("ref:wgi/TZA/2023/rl")
    assert one.about == "Tanzania"
    assert one.text.startswith(f"rl 2023: {row['value'].item():g}")
    assert one.sources[0].publisher == read_series(DATA / "reference", "wgi").edition.publisher
    assert "Licence: CC BY 4.0" in str(one.sources[0].note)
    assert one.statement is None


def test_an_entry_of_a_list_has_the_grade_of_its_row(citations: Citations) -> None:
    table = read_series(DATA / "reference", "fatf-lists").table
    weak = table[table["grade"] == "D"].iloc[0]
    one = citations.support(f"ref:fatf-lists/{weak['place']}/{weak['valid_from']}/{weak['list']}")
    assert one.grade == "D"
    assert "on the list" in one.text


def test_a_series_that_does_not_name_a_place_says_so_by_its_edition(citations: Citations) -> None:
    one = citations.support("ref:fatf-lists")
    edition = read_series(DATA / "reference", "fatf-lists").edition
    assert one.about == "all countries"
    assert edition.edition in one.text
    assert one.sources == (edition_source("fatf-lists", edition),)


def test_ids_come_back_in_order_each_once(citations: Citations) -> None:
    (stake,) = citations.snapshot.known_of("hill-co", "stake")
    found = citations.supports(["ref:wgi/TZA/2023/rl", stake.id, "ref:wgi/TZA/2023/rl"])
    assert [one.id for one in found] == ["ref:wgi/TZA/2023/rl", stake.id]


def test_an_id_that_nobody_knows_is_an_error(citations: Citations) -> None:
    with pytest.raises(KeyError):
        citations.support("s-000000000000")

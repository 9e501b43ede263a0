from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytest import approx

from georisk.reference import read_series

WGI = """place,year,series,value,stderr
AGO,2023,rl,-1.0,0.2
AGO,2023,rq,-1.0,0.2
AGO,2023,ge,0.0,0.2
AGO,2023,cc,0.0,0.2
COD,2023,rl,-2.0,0.1
COD,2023,rq,-2.0,0.1
COD,2023,ge,-2.0,0.1
COD,2023,cc,-2.0,
AGO,2019,rl,1.0,0.2
AGO,2023,pv,-0.5,0.3
"""
DEATHS = """place,year,series,value,low,high
COD,2016,battle-deaths,9000,9000,9000
COD,2018,battle-deaths,100,90,200
COD,2020,battle-deaths,50,40,60
COD,2022,battle-deaths,7,5,9
AFG,2017,battle-deaths,1,1,1
AFG,2019,battle-deaths,1,1,1
AFG,2021,battle-deaths,1,1,1
"""
LISTS = """place,list,valid_from,valid_until,grade,basis,note
AGO,increased_monitoring,2024-10,,B,seen,
COD,call_for_action,2025-01-01,2026-01-01,A,seen,
COD,increased_monitoring,2025-01-01,,A,seen,
TZA,increased_monitoring,2023-01-01,2025-06,A,seen,
KEN,increased_monitoring,2024-02,,D,memory,
"""


@pytest.fixture
def references(tmp_path: Path, root: Path) -> Path:
    """Return series whose sums and means can be done in the head, beside the real vocabularies."""
    folder = tmp_path / "data" / "reference"
    folder.mkdir(parents=True)
    (folder.parent / "vocabulary").symlink_to(root / "data" / "vocabulary")
    (folder.parent / "places").symlink_to(root / "data" / "places")
    for key, text in (("wgi", WGI), ("ucdp-battle-deaths", DEATHS), ("fatf-lists", LISTS)):
        (folder / f"{key}.csv").write_text(text, encoding="utf-8")
        (folder / f"{key}.toml").write_bytes((root / "data" / "reference" / f"{key}.toml").read_bytes())
    return folder


@pytest.fixture
def desk(made: Any) -> Any:
    made.site("hill", country="AGO")
    made.site("line", kind="rail-corridor", country="AGO")
    made.say("line", "admin-unit", "a province", country="COD")
    made.site("dale", country="TZA")
    made.site("cloud")
    return made


def bounds(found: Any) -> tuple[float, float, float]:
    return found["low"], found["value"], found["high"]


def test_a_mean_of_estimates_with_its_standard_error(desk: Any, references: Path) -> None:
    # (-1 - 1 + 0 + 0) / 4 = -0.5; standard error 0.2 x 1.645 = 0.329 either way.
    found = desk.finding("governance", "hill", references=references)
    assert bounds(found) == approx((-0.829, -0.5, -0.171))
    assert found["detail"] == {
        "country": "Angola", "year": "2023", "value": "-0.50", "low": "-0.83", "high": "-0.17",
    }  # fmt: skip
    assert "ref:wgi/AGO/2023/rl" in found["statements"]
    assert len(found["statements"]) == 5  # four rows and the statement that places the site


def test_of_several_hosts_the_worst_counts(desk: Any, references: Path) -> None:
    # Four times -2 with errors 0.1, 0.1, 0.1 and none given: the mean of those given, 0.1645 either way.
    found = desk.finding("governance", "line", references=references)
    assert bounds(found) == approx((-2.1645, -2, -1.8355))
    assert found["detail"]["country"] == "Democratic Republic of the Congo"


def test_a_country_without_the_series_is_unknown(desk: Any, references: Path) -> None:
    found = desk.finding("governance", "dale", references=references)
    assert (found["reason"], found["value"] == found["value"]) == ("not-found", False)
    assert desk.finding("governance", "cloud", references=references)["reason"] == "not-found"


def test_the_year_that_was_past_on_the_day_is_used_and_an_early_edition_is_marked(desk: Any, references: Path) -> None:
    looking: dict[str, Any] = {"as_of": "2020-06-01", "known_by": "2020-06-01", "references": references}
    desk.source("gazette", published="2015-01-01")
    desk.say("hill", "admin-unit", "the old district", country="AGO", sources=["gazette"])
    found = desk.finding("governance", "hill", **looking)
    assert found["value"] == approx(1.0)  # rl of 2019 alone
    assert found["detail"]["year"] == "2019 (edition later than the date asked)"


def test_stability_is_one_series(desk: Any, references: Path) -> None:
    # 0.3 x 1.645 = 0.4935
    assert bounds(desk.finding("stability", "hill", references=references)) == approx((-0.9935, -0.5, -0.0065))


def test_deaths_of_the_last_five_years_covered_are_summed(desk: Any, references: Path) -> None:
    # Years covered: 2016 to 2022; the last five are 2018 to 2022: 100 + 50 + 7, low 90 + 40 + 5, high 200 + 60 + 9.
    found = desk.finding("conflict", "line", references=references)
    assert bounds(found) == approx((135, 157, 269))
    assert found["detail"]["year"] == "2018 to 2022"


def test_a_country_that_is_not_in_the_table_had_none(desk: Any, references: Path) -> None:
    found = desk.finding("conflict", "hill", references=references)
    assert bounds(found) == (0, 0, 0)
    assert "ref:ucdp-battle-deaths" in found["statements"]


def test_the_highest_level_of_the_lists_counts(desk: Any, references: Path) -> None:
    grey, both = (desk.finding("financial-crime", name, references=references) for name in ("hill", "line"))
    assert (grey["value"], both["value"]) == (50, 50)
    assert grey["detail"] == {
        "value": "under increased monitoring by the FATF since 2024-10", "country": "Angola",
    }  # fmt: skip
    assert desk.finding("financial-crime", "line", as_of="2025-12-31", references=references)["value"] == 100


def test_a_country_off_the_lists_is_at_zero_from_the_day_it_was_taken_off(desk: Any, references: Path) -> None:
    levels = [
        desk.finding("financial-crime", "dale", as_of=day, references=references)["value"]
        for day in ("2025-06-29", "2025-06-30")
    ]
    assert levels == [50, 0]


def test_a_listing_published_after_known_by_is_not_used(desk: Any, references: Path) -> None:
    looking: dict[str, Any] = {"as_of": "2026-11-21", "references": references}
    desk.source("gazette", published="2015-01-01")
    desk.say("dale", "admin-unit", "the old district", country="TZA", sources=["gazette"])
    # Taken off at the end of June 2025; whoever knew only what was published by May 2025 saw it listed.
    assert desk.finding("financial-crime", "dale", known_by="2025-05-31", **looking)["value"] == 50
    assert desk.finding("financial-crime", "dale", known_by="2025-07-01", **looking)["value"] == 0


def test_a_listing_from_memory_does_not_count_alone(made: Any, references: Path) -> None:
    made.site("hill", country="KEN")
    evidence = made.evidence(references=references)
    from georisk.evidence import Evidence
    from georisk.indicators.jurisdiction import country_lists

    indicator = made.indicator("financial-crime")
    strong = Evidence(evidence.snapshot.strong(), evidence.method, references)
    assert [country_lists(one, indicator)["value"][0] for one in (evidence, strong)] == [50, 0]


class TestProceedings:
    def test_open_ones_are_counted_and_disputed_ones_may_be_none(self, desk: Any) -> None:
        desk.say("hill", "proceeding", "a suit over the licence", against="permit")
        desk.say("hill", "proceeding", "a claim to the land", against="title", status="disputed")
        desk.say("hill", "proceeding", "a fine for dust", against="environment")
        desk.say("hill", "proceeding", "an old suit", against="ownership", until="2025-01-01")
        found = desk.finding("proceedings", "hill")
        assert bounds(found) == (1, 2, 2)
        assert found["detail"]["value"] == "2 open proceedings"

    def test_one_is_singular(self, desk: Any) -> None:
        desk.say("hill", "proceeding", "a suit over the licence", against="permit")
        assert desk.finding("proceedings", "hill")["detail"]["value"] == "1 open proceeding"

    def test_looked_for_and_not_found_is_zero(self, desk: Any) -> None:
        desk.say("hill", "proceeding", absent="none-found", against="title")
        found = desk.finding("proceedings", "hill")
        assert (*bounds(found), found["detail"]["value"]) == (0, 0, 0, "No open proceeding found")

    def test_nobody_looked_is_unknown(self, desk: Any) -> None:
        assert desk.finding("proceedings", "hill")["reason"] == "not-sought"

    def test_what_is_unknown_is_no_zero(self, desk: Any) -> None:
        desk.say("hill", "proceeding", unknown="withheld", against="title")
        assert desk.finding("proceedings", "hill")["reason"] == "withheld"

    def test_a_suit_against_the_operator_or_holder_counts(self, desk: Any) -> None:
        desk.party("runner")
        desk.say("hill", "operator", "runner")
        desk.say("runner", "proceeding", "a petition", against="ownership")
        assert desk.finding("proceedings", "hill")["value"] == 1


def test_the_real_series_are_read_as_they_are(root: Path) -> None:
    for key in ("wgi", "ucdp-battle-deaths", "fatf-lists", "eu-lists"):
        assert not read_series(root / "data" / "reference", key).table.empty


def doubted(desk: Any, precision_km: float) -> Any:
    """A site stated to lie in Angola, at Luau, some four kilometres from the Congolese border."""
    desk.site("edge")
    desk.shape("edge", {"type": "Point", "coordinates": [22.235, -10.705]}, "AGO", precision_km=precision_km)
    return desk


def test_a_radius_that_reaches_the_neighbour_widens_the_interval(desk: Any, references: Path) -> None:
    # Angola: -0.5 within -0.829 and -0.171. The Congo's -2 within -2.1645 and -1.8355 lowers the lower bound alone.
    found = doubted(desk, 25).finding("governance", "edge", references=references)
    assert bounds(found) == approx((-2.1645, -0.5, -0.171))
    assert found["detail"]["country"] == (
        "Angola (or Democratic Republic of the Congo: the position is known to 25 km)"
    )
    assert "ref:wgi/COD/2023/rl" in found["statements"]


def test_a_radius_that_stays_inside_changes_nothing(desk: Any, references: Path) -> None:
    found = doubted(desk, 0.5).finding("governance", "edge", references=references)
    assert bounds(found) == approx((-0.829, -0.5, -0.171))
    assert found["detail"]["country"] == "Angola"


def test_lists_and_deaths_take_both_too(desk: Any, references: Path) -> None:
    edge = doubted(desk, 25)
    # Deaths: none in Angola, 157 (135 to 269) in the Congo. Lists: both are grey, so nothing widens.
    assert bounds(edge.finding("conflict", "edge", references=references)) == (0, 0, 269)
    assert bounds(edge.finding("financial-crime", "edge", references=references)) == (50, 50, 50)


def test_without_layers_nothing_is_reached(desk: Any, references: Path) -> None:
    (references.parent / "places").unlink()
    assert doubted(desk, 25).evidence(references=references).hosts["radius_km"].max() == 0

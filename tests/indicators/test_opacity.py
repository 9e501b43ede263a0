from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytest import approx

LISTS = """place,list,valid_from,valid_until,grade,basis,note
PAN,eu-tax-annex1,2020-01-01,,A,seen,
VNM,eu-tax-annex2,2020-01-01,,A,seen,
MMR,eu-aml-high-risk,2020-01-01,,A,seen,
CYM,eu-tax-annex1,2020-01-01,2021-01-01,A,seen,
"""


@pytest.fixture
def references(tmp_path: Path, root: Path) -> Path:
    folder = tmp_path / "data" / "reference"
    folder.mkdir(parents=True)
    (folder.parent / "vocabulary").symlink_to(root / "data" / "vocabulary")
    (folder / "eu-lists.csv").write_text(LISTS, encoding="utf-8")
    (folder / "eu-lists.toml").write_bytes((root / "data" / "reference" / "eu-lists.toml").read_bytes())
    return folder


@pytest.fixture
def desk(made: Any) -> Any:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("hill-co", incorporation="TZA")
    for person in ("ada", "bob"):
        made.party(person, kind="person", incorporation="NOR")
    return made


def bounds(found: Any) -> tuple[float, float, float]:
    return found["low"], found["value"], found["high"]


class TestUnresolved:
    def test_what_nobody_names_of_a_private_company(self, desk: Any) -> None:
        desk.stake("hill-co", owner="ada", percent=60)
        assert bounds(desk.finding("unresolved", "hill")) == approx((40, 40, 40))

    def test_a_free_float_is_resolved(self, desk: Any) -> None:
        desk.party("hill-co", listed=True)
        desk.stake("hill-co", owner="ada", percent=60)
        assert bounds(desk.finding("unresolved", "hill")) == approx((0, 0, 0))

    def test_it_is_followed_through_the_chain(self, desk: Any) -> None:
        # 80 x 30 = 24 unnamed above middle, 20 unnamed at hill-co itself: 44.
        desk.stake("hill-co", owner="middle", percent=80)
        desk.stake("middle", owner="ada", percent=70)
        assert desk.finding("unresolved", "hill")["value"] == approx(44)

    def test_a_named_owner_of_unknown_share_resolves_nothing(self, desk: Any) -> None:
        desk.stake("hill-co", owner="ada")
        assert bounds(desk.finding("unresolved", "hill")) == approx((100, 100, 100))

    def test_a_band_widens_both_ways(self, desk: Any) -> None:
        desk.stake("hill-co", owner="ada", percent=[50, 70])
        assert bounds(desk.finding("unresolved", "hill")) == approx((30, 40, 50))

    def test_no_owner_known_is_all_unresolved_and_never_unknown(self, desk: Any) -> None:
        found = desk.finding("unresolved", "hill")
        assert (found["value"], found["reason"]) == (100, "")

    def test_bands_that_could_close_a_loop_keep_finite_bounds(self, desk: Any) -> None:
        # Each holds 60 to 100 of the other, 80 stated: of every round 20 per cent leak to the unnamed rest, so all does.
        desk.stake("hill-co", owner="ring", percent=[60, 100])
        desk.stake("ring", owner="hill-co", percent=[60, 100])
        assert bounds(desk.finding("unresolved", "hill")) == approx((0, 100, 100))

    def test_a_state_company_ends_at_its_state(self, desk: Any) -> None:
        desk.party("mines-board", kind="state-company", incorporation="NOR")
        desk.stake("hill-co", owner="mines-board", percent=100)
        assert desk.finding("unresolved", "hill")["value"] == approx(0)


class TestMissingFigures:
    def test_the_part_of_links_without_figure(self, desk: Any) -> None:
        desk.stake("hill-co", owner="ada", percent=60)
        desk.stake("hill-co", owner="bob")
        found = desk.finding("missing-figures", "hill")
        assert (*bounds(found), found["detail"]["value"]) == (50, 50, 50, "1 of 2")

    def test_links_too_small_to_matter_are_left_out(self, desk: Any) -> None:
        # 4 per cent lie below the material 5; bob's unknown share can be at most 1 then, below it too.
        desk.stake("hill-co", owner="ada", percent=95)
        desk.stake("hill-co", owner="carl", percent=4)
        desk.stake("hill-co", owner="bob")
        assert desk.finding("missing-figures", "hill")["detail"]["value"] == "0 of 1"

    def test_no_known_owner_is_all_missing(self, desk: Any) -> None:
        assert desk.finding("missing-figures", "hill")["value"] == 100


class TestDepth:
    def test_links_up_to_the_furthest_owner(self, desk: Any) -> None:
        desk.stake("hill-co", owner="one", percent=100)
        desk.stake("one", owner="two", percent=100)
        desk.stake("two", owner="ada", percent=100)
        found = desk.finding("depth", "hill")
        assert (found["value"], found["detail"]["value"]) == (3, "3 links")

    def test_vehicles_a_stake_runs_through_count(self, desk: Any) -> None:
        for name in ("shell", "shelf"):
            desk.party(name)
        desk.stake("hill-co", owner="ada", percent=60, via=["shell", "shelf"])
        assert desk.finding("depth", "hill")["value"] == 3

    def test_a_loop_is_walked_once(self, desk: Any) -> None:
        desk.stake("hill-co", owner="one", percent=90)
        desk.stake("one", owner="two", percent=90)
        desk.stake("two", owner="one", percent=50)
        assert desk.finding("depth", "hill")["value"] == 3

    def test_no_owner_is_one_link(self, desk: Any) -> None:
        assert desk.finding("depth", "hill")["detail"]["value"] == "1 link"


class TestSecrecy:
    @pytest.mark.parametrize(
        ("place", "expected"),
        [("PAN", (60, 60, 60)), ("MMR", (60, 60, 60)), ("VNM", (30, 30, 30)), ("CYM", (0, 0, 0)), ("NOR", (0, 0, 0))],
    )
    def test_the_share_through_a_vehicle_in_a_listed_place(
        self, desk: Any, references: Path, place: str, expected: tuple[float, float, float]
    ) -> None:
        # 60 per cent run through shell; Annex I and the high-risk list count full, Annex II half, a spell that ended not.
        desk.party("shell", incorporation=place)
        desk.stake("hill-co", owner="shell", percent=60)
        desk.stake("shell", owner="ada", percent=100)
        desk.stake("hill-co", owner="bob", percent=40)
        assert bounds(desk.finding("secrecy", "hill", references=references)) == approx(expected)

    def test_a_vehicle_whose_place_nobody_states_is_bounded_by_nothing_and_its_share(
        self, desk: Any, references: Path
    ) -> None:
        desk.stake("hill-co", owner="shell", percent=60)
        desk.stake("shell", owner="ada", percent=100)
        found = desk.finding("secrecy", "hill", references=references)
        assert bounds(found) == approx((0, 30, 60))
        assert found["detail"]["detail"] == "Shell: place not stated"

    def test_a_vehicle_in_the_host_country_is_no_vehicle(self, desk: Any, references: Path) -> None:
        desk.party("shell", incorporation="TZA")
        desk.stake("hill-co", owner="shell", percent=60)
        desk.stake("shell", owner="ada", percent=100)
        assert desk.finding("secrecy", "hill", references=references)["value"] == 0

    def test_neither_is_the_last_owner_nor_a_listed_company(self, desk: Any, references: Path) -> None:
        desk.party("house", incorporation="PAN")
        desk.party("board", incorporation="PAN", listed=True)
        desk.stake("hill-co", owner="house", percent=50)
        desk.stake("hill-co", owner="board", percent=50)
        desk.stake("board", owner="ada", percent=10)
        assert desk.finding("secrecy", "hill", references=references)["value"] == 0

    def test_what_a_stake_runs_through_counts(self, desk: Any, references: Path) -> None:
        desk.party("shelf", incorporation="PAN")
        desk.stake("hill-co", owner="ada", percent=25, via=["shelf"])
        assert desk.finding("secrecy", "hill", references=references)["value"] == approx(25)

    def test_of_two_vehicles_on_one_way_the_worse_counts_once(self, desk: Any, references: Path) -> None:
        desk.party("shell", incorporation="PAN")
        desk.party("shelf", incorporation="VNM")
        desk.stake("hill-co", owner="shell", percent=100)
        desk.stake("shell", owner="shelf", percent=100)
        desk.stake("shelf", owner="ada", percent=100)
        assert bounds(desk.finding("secrecy", "hill", references=references)) == approx((100, 100, 100))

    def test_stakes_without_figure_share_what_is_left(self, desk: Any, references: Path) -> None:
        # 100 - 40 = 60 between two: 30 through the one in Panama.
        desk.party("shell", incorporation="PAN")
        desk.stake("hill-co", owner="ada", percent=40)
        desk.stake("hill-co", owner="shell")
        desk.stake("hill-co", owner="bob")
        desk.stake("shell", owner="ada", percent=100)
        assert desk.finding("secrecy", "hill", references=references)["value"] == approx(30)


class TestAge:
    def test_months_since_the_links_were_last_stated_by_share(self, desk: Any) -> None:
        # 1461 days before the day are 48 months, for 60 of 100; the other 40 are stated on the day: 28.8.
        desk.source("old", published="2022-11-21")
        desk.source("new", published="2026-11-21")
        desk.stake("hill-co", owner="ada", percent=60, sources=["old"])
        desk.stake("hill-co", owner="bob", percent=40, sources=["new"])
        found = desk.finding("evidence-age", "hill")
        assert bounds(found) == approx((28.8, 28.8, 28.8))
        assert found["detail"]["value"] == "29 months"

    def test_the_latest_source_restates_a_link(self, desk: Any) -> None:
        desk.source("old", published="2022-11-21")
        desk.source("new", published="2026-11-21")
        desk.stake("hill-co", owner="ada", percent=60, sources=["old", "new"])
        assert desk.finding("evidence-age", "hill")["value"] == 0
        # As known four years earlier, nobody had restated it, and nobody needed to: it was just published.
        assert desk.finding("evidence-age", "hill", as_of="2024-11-20", known_by="2024-11-20")["value"] == approx(
            730 * 12 / 365.25
        )

    def test_without_any_owner_there_is_no_age(self, desk: Any) -> None:
        assert desk.finding("evidence-age", "hill")["reason"] == "not-found"


class TestGrade:
    def test_the_part_of_the_chain_that_rests_on_no_official_document(self, desk: Any) -> None:
        desk.source("paper", grade="B")
        desk.stake("hill-co", owner="ada", percent=60)
        desk.stake("hill-co", owner="bob", percent=40, sources=["paper"])
        assert bounds(desk.finding("evidence-grade", "hill")) == approx((40, 40, 40))

    def test_a_link_without_figure_weighs_what_can_run_through_it(self, desk: Any) -> None:
        # ada 60 official; bob at most 40 from the press: 40 of 100.
        desk.source("paper", grade="B")
        desk.stake("hill-co", owner="ada", percent=60)
        desk.stake("hill-co", owner="bob", sources=["paper"])
        assert desk.finding("evidence-grade", "hill")["value"] == approx(40)

    def test_without_any_owner_there_is_no_grade(self, desk: Any) -> None:
        assert desk.finding("evidence-grade", "hill")["reason"] == "not-found"

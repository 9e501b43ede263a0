from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from georisk.ownership.graph import Share, Stake
from georisk.ownership.stakes import Ageing, percents, stakes_on


@pytest.fixture
def desk(made: Any) -> Any:
    made.party("hill-co", incorporation="TZA")
    made.party("dragon", incorporation="CHN")
    return made


def stakes(desk: Any, **clocks: str) -> dict[tuple[str, str], Stake]:
    return {(stake.owner, stake.owned): stake for stake in stakes_on(desk.snapshot(**clocks), desk.ageing())}


def share(desk: Any, owner: str = "dragon", **clocks: str) -> Any:
    stake = stakes(desk, **clocks).get((owner, "hill-co"))
    return stake.equity if stake else None


class TestWhatCounts:
    def test_it_holds_from_its_first_day_to_the_day_before_its_end(self, desk: Any) -> None:
        desk.stake("hill-co", owner="dragon", percent=60, since="2026-07-01", until="2026-10-01")
        found = [share(desk, as_of=day) for day in ("2026-06-30", "2026-07-01", "2026-09-30", "2026-10-01")]
        assert found == [None, Share.exact(60), Share.exact(60), None]

    @pytest.mark.parametrize("force", ["planned", "speculative", "conditional", "nonbinding", "approved", "binding"])
    def test_what_is_not_in_effect_counts_nothing(self, desk: Any, force: str) -> None:
        desk.stake("hill-co", owner="dragon", percent=60, force=force)
        assert stakes(desk) == {}

    @pytest.mark.parametrize("flag", ["option", "as_converted"])
    def test_options_and_as_converted_stakes_count_nothing(self, desk: Any, flag: str) -> None:
        desk.stake("hill-co", owner="dragon", percent=60, **{flag: True})
        assert stakes(desk) == {}
        desk.stake("hill-co", owner="dragon", percent=40, **{flag: False})
        assert share(desk) == Share.exact(40)

    @pytest.mark.parametrize(("status", "counts"), [("claimed", True), ("disputed", True), ("denied", False)])
    def test_claimed_and_disputed_ones_count_and_denied_ones_not(self, desk: Any, status: str, counts: bool) -> None:
        desk.stake("hill-co", owner="dragon", percent=60, status=status)
        assert bool(stakes(desk)) is counts

    def test_a_closure_counts_from_the_day_it_was_published(self, desk: Any) -> None:
        desk.source("notice", published="2026-09-01")
        desk.stake("hill-co", owner="dragon", percent=60, key="dragon")
        desk.close("hill-co", "dragon", until="2026-07-01", sources=["notice"])
        assert share(desk, known_by="2026-08-31") == Share.exact(60)
        assert share(desk, known_by="2026-09-01") is None
        assert share(desk, known_by="2026-09-01", as_of="2026-06-30") == Share.exact(60)


class TestFigures:
    def test_an_unknown_share_may_be_anything(self, desk: Any) -> None:
        desk.stake("hill-co", owner="dragon")
        assert share(desk) == Share(0.0, None, 100.0)

    def test_a_band_has_its_middle_as_point(self, desk: Any) -> None:
        desk.stake("hill-co", owner="dragon", percent=[50, 70])
        assert share(desk) == Share(50, 60, 70)

    def test_rivals_widen_and_never_add(self, desk: Any) -> None:
        # The latest published is the point; the earlier one bounds it.
        desk.source("then", published="2026-01-01")
        desk.stake("hill-co", owner="dragon", percent=55, sources=["then"])
        desk.stake("hill-co", owner="dragon", percent=60)
        assert share(desk) == Share(55, 60, 60)
        assert len(stakes(desk)) == 1

    def test_a_or_b_goes_before_c_and_c_before_d_whatever_the_date(self, desk: Any) -> None:
        desk.source("paper", grade="B", published="2026-01-01")
        desk.source("digest", grade="C", published="2026-10-01")
        desk.source("memory", grade="D", published="2026-11-01")
        desk.stake("hill-co", owner="dragon", percent=70, sources=["memory"])
        assert share(desk) == Share.exact(70)
        desk.stake("hill-co", owner="dragon", percent=65, sources=["digest"])
        assert share(desk)[1] == 65
        desk.stake("hill-co", owner="dragon", percent=60, sources=["paper"])
        assert share(desk) == Share.exact(60)  # weak rivals do not widen it

    def test_a_figure_takes_the_place_of_an_unknown_one(self, desk: Any) -> None:
        desk.stake("hill-co", owner="dragon")
        desk.stake("hill-co", owner="dragon", percent=60)
        assert share(desk) == Share.exact(60)

    def test_votes_and_seats_are_no_equity(self, desk: Any) -> None:
        desk.stake("hill-co", owner="dragon", percent=80, basis="voting")
        desk.stake("hill-co", owner="ada", percent=40, basis="board")
        found = stakes(desk)
        voting, board = found["dragon", "hill-co"], found["ada", "hill-co"]
        assert (voting.equity, voting.voting, board.equity, board.board) == (
            None,
            Share.exact(80),
            None,
            Share.exact(40),
        )

    def test_a_free_carried_interest_is_marked(self, desk: Any) -> None:
        desk.party("dodoma", kind="state", incorporation="TZA")
        desk.stake("hill-co", owner="dodoma", percent=16, carried=True, statutory=True)
        desk.stake("hill-co", owner="dragon", percent=84)
        assert [stakes(desk)[owner, "hill-co"].carried for owner in ("dodoma", "dragon")] == [True, False]

    @pytest.mark.parametrize(
        ("value", "expected"), [(None, (0, None, 100)), (16, (16, 16, 16)), ([10, 20], (10, 15, 20))]
    )
    def test_values_as_low_point_and_high(self, value: Any, expected: Any) -> None:
        assert percents(value) == expected


class TestAgeing:
    RULE = Ageing(24, 0.1)

    def test_none_for_two_years_then_a_tenth_of_the_figure_a_year(self) -> None:
        # 1461 days are 48 months: two years beyond the grace, 2 x 0.1 x 50 = 10.
        assert self.RULE.half_width(50, date(2022, 11, 21), date(2026, 11, 21)) == approx(10)
        # 730 days are 23.98 months: within it.
        assert self.RULE.half_width(50, date(2024, 11, 21), date(2026, 11, 21)) == 0
        # 731 days are 24.02 months: what is beyond 24, as a part of a year, times a tenth of 50.
        assert self.RULE.half_width(50, date(2024, 11, 20), date(2026, 11, 21)) == approx((731 / 365.25 - 2) * 5)
        assert self.RULE.half_width(50, date(2026, 11, 21), date(2020, 1, 1)) == 0

    def test_the_figure_stays_the_point(self, desk: Any) -> None:
        desk.source("old", published="2022-11-21")
        desk.stake("hill-co", owner="dragon", percent=50, sources=["old"])
        assert share(desk) == approx((40, 50, 60))

    def test_bounds_stay_between_nothing_and_all(self, desk: Any) -> None:
        # 1461 x 4 days are 16 years, 14 beyond the grace: 1.4 times the figure either way.
        desk.source("old", published="2010-11-21")
        desk.stake("hill-co", owner="dragon", percent=60, sources=["old"])
        assert share(desk) == approx((0, 60, 100))

    def test_a_later_source_restates_it(self, desk: Any) -> None:
        desk.source("old", published="2020-01-01")
        desk.stake("hill-co", owner="dragon", percent=50, sources=["old", "ledger"])
        assert share(desk) == Share.exact(50)
        # What was published in 2026 restates nothing for one who asks as known by 2025.
        assert share(desk, as_of="2025-01-01", known_by="2025-01-01")[0] < 50

    @pytest.mark.parametrize(("percent", "more"), [(100, {}), (16, {"statutory": True})])
    def test_statutory_stakes_and_the_whole_never_age(self, desk: Any, percent: float, more: Any) -> None:
        desk.source("old", published="2010-11-21")
        desk.stake("hill-co", owner="dragon", percent=percent, sources=["old"], **more)
        assert share(desk) == Share.exact(percent)

    @given(st.floats(0, 100), st.dates(date(2000, 1, 1)), st.integers(0, 9000))
    def test_a_band_never_narrows_with_time(self, percent: float, restated: date, days: int) -> None:
        on = date.fromordinal(min(restated.toordinal() + days, date.max.toordinal() - 400))
        later = date.fromordinal(on.toordinal() + 365)
        assert self.RULE.half_width(percent, restated, later) >= self.RULE.half_width(percent, restated, on) >= 0


class TestGroups:
    def test_a_group_holding_joins_no_sum_twice(self, desk: Any) -> None:
        desk.stake("hill-co", owner="family", percent=60, includes=["ada", "bob"])
        desk.stake("hill-co", owner="ada", percent=25)
        assert set(stakes(desk)) == {("ada", "hill-co")}

    def test_it_stands_for_members_without_stakes_of_their_own(self, desk: Any) -> None:
        for name in ("ada", "bob"):
            desk.party(name, kind="person")
        desk.stake("hill-co", owner="family", percent=60, includes=["ada", "bob"])
        assert set(stakes(desk)) == {("family", "hill-co")}

    def test_a_member_s_stake_elsewhere_does_not_drop_it(self, desk: Any) -> None:
        desk.stake("hill-co", owner="family", percent=60, includes=["ada"])
        desk.stake("mill-co", owner="ada", percent=10)
        assert ("family", "hill-co") in stakes(desk)

    def test_a_party_may_include_itself(self, desk: Any) -> None:
        desk.stake("hill-co", owner="dragon", percent=60, includes=["dragon"])
        assert ("dragon", "hill-co") in stakes(desk)

    def test_through_a_vehicle_is_one_stake(self, desk: Any) -> None:
        desk.party("shell", incorporation="PAN")
        desk.stake("hill-co", owner="dragon", percent=60, via=["shell"])
        assert set(stakes(desk)) == {("dragon", "hill-co")}


@pytest.mark.parametrize(
    ("kind", "listed", "rest"),
    [("company", False, "undisclosed"), ("company", True, "listed"), ("partnership", False, "undisclosed"),
     ("fund", False, "undisclosed"), ("state-company", False, None), ("state-company", True, "listed"),
     ("state", False, None), ("agency", False, None), ("person", False, None), ("group", False, None)],
)  # fmt: skip
def test_whose_the_unnamed_rest_is(made: Any, kind: str, listed: bool, rest: str | None) -> None:
    made.party("owner", kind=kind, listed=listed)
    made.stake("hill-co", owner="owner", percent=60)
    assert made.graph().remainder.get("owner") == rest


def test_the_graph_holds_everyone_with_place_and_kind(made: Any) -> None:
    made.site("hill", holder="hill-co")
    made.site("dale")
    made.party("dodoma", kind="state", incorporation="TZA")
    made.party("quarry", listed=True)
    made.stake("hill-co", owner="dodoma", percent=16)
    made.stake("dale", owner="quarry", percent=84)
    graph = made.graph()
    assert {name: (one.kind, one.country) for name, one in graph.holders.items()} == {
        "hill-co": ("company", None), "dodoma": ("government", "TZA"), "quarry": ("listed_company", None),
        "dale": ("asset", None),
    }  # fmt: skip
    assert graph.remainder == {"hill-co": "undisclosed", "dale": "undisclosed", "quarry": "listed"}
    assert all(stake.statements for stake in graph.stakes)

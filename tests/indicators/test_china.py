from __future__ import annotations

from typing import Any

import pytest
from pytest import approx

FAR = "2036-01-01"  # more than five years off: a contract counts in full


@pytest.fixture
def desk(made: Any) -> Any:
    """Return a mine in Tanzania, held by a company of its own, and a few parties."""
    made.site("hill", country="TZA", holder="hill-co")
    made.party("hill-co", incorporation="TZA")
    made.party("dragon", title="Dragon Metals", incorporation="CHN")
    made.party("bear", title="Bear Trading", incorporation="NOR", listed=True)
    return made


def bounds(found: Any) -> tuple[float, float, float]:
    return found["low"], found["value"], found["high"]


class TestEquity:
    def test_the_rest_of_a_private_company_may_be_anyone_s(self, desk: Any) -> None:
        # 60 stated; the other 40 nobody names: anything from 60 to 100.
        desk.stake("hill-co", owner="dragon", percent=60)
        found = desk.finding("equity", "hill")
        assert bounds(found) == approx((60, 60, 100))
        assert found["detail"]["detail"] == "Dragon Metals 60.00 %"

    def test_a_hidden_holder_of_a_listed_company_stays_below_five_per_cent(self, desk: Any) -> None:
        # 60 stated, 40 free float: at most 5 of it in one undisclosed hand.
        desk.party("hill-co", listed=True)
        desk.stake("hill-co", owner="dragon", percent=60)
        assert bounds(desk.finding("equity", "hill")) == approx((60, 60, 65))

    def test_shares_multiply_along_a_chain_and_add_over_chains(self, desk: Any) -> None:
        # 50 x 40 = 20 through bear, and 30 directly: 50; all of hill-co and of bear is named.
        desk.party("state-norway", kind="state", incorporation="NOR")
        desk.stake("hill-co", owner="bear", percent=50)
        desk.stake("bear", owner="dragon", percent=40)
        desk.stake("bear", owner="state-norway", percent=60)
        desk.stake("hill-co", owner="dragon", percent=30)
        desk.stake("hill-co", owner="state-norway", percent=20)
        assert bounds(desk.finding("equity", "hill")) == approx((50, 50, 50))

    def test_hong_kong_and_macao_count_with_the_mainland(self, desk: Any) -> None:
        desk.party("harbour", incorporation="HKG")
        desk.party("casino", incorporation="MAC")
        desk.stake("hill-co", owner="harbour", percent=20)
        desk.stake("hill-co", owner="casino", percent=15)
        desk.stake("hill-co", owner="bear", percent=65)
        assert desk.finding("equity", "hill")["value"] == approx(35)

    def test_what_ends_at_the_state_is_said_apart(self, desk: Any) -> None:
        # 60 of hill-co through dragon, half of dragon is the state's: 30.
        desk.party("beijing", kind="state", incorporation="CHN")
        desk.stake("hill-co", owner="dragon", percent=60)
        desk.stake("dragon", owner="beijing", percent=50)
        detail = desk.finding("equity", "hill")["detail"]["detail"]
        assert "30.00 % ends at the Chinese state" in detail

    def test_none_among_owners_that_are_all_known(self, desk: Any) -> None:
        desk.stake("hill-co", owner="bear", percent=100)
        found = desk.finding("equity", "hill")
        assert found["value"] == 0
        assert found["high"] == approx(5)  # bear is listed: one hidden holder of its float stays below 5
        assert found["detail"]["detail"] == "none among the known holders"

    def test_mostly_unresolved_and_nobody_looked_is_unknown(self, desk: Any) -> None:
        desk.stake("hill-co", owner="bear", percent=49)  # 51 undisclosed
        assert desk.finding("equity", "hill")["reason"] == "not-found"

    def test_half_resolved_is_enough(self, desk: Any) -> None:
        desk.stake("hill-co", owner="bear", percent=50)
        assert desk.finding("equity", "hill")["reason"] == ""

    def test_a_search_that_found_nothing_counts_as_zero(self, desk: Any) -> None:
        desk.say("hill", "chinese-link", absent="none-found", channels=["equity"])
        found = desk.finding("equity", "hill")
        assert bounds(found) == (0, 0, 0)
        assert found["detail"]["detail"] == "looked for, none found"

    def test_a_closed_loop_is_refused_by_name_of_the_reason(self, desk: Any) -> None:
        desk.stake("hill-co", owner="ring", percent=100)
        desk.stake("ring", owner="hill-co", percent=100)
        assert desk.finding("equity", "hill")["reason"] == "closed-loop"
        assert desk.finding("control", "hill")["reason"] == "closed-loop"
        assert desk.finding("unresolved", "hill")["reason"] == "closed-loop"

    def test_a_stake_without_figure_counts_nothing_and_may_be_all(self, desk: Any) -> None:
        # The unstated stake is at most 45; of bear's free float one hidden holder may have 5 per cent: 0.05 x 55 = 2.75.
        desk.stake("hill-co", owner="dragon")
        desk.stake("hill-co", owner="bear", percent=55)
        assert bounds(desk.finding("equity", "hill")) == approx((0, 0, 47.75))

    def test_a_chinese_title_holder_is_the_whole(self, desk: Any) -> None:
        desk.party("hill-co", incorporation="CHN")
        desk.site("dale", country="CHN", holder="dragon")
        found = desk.finding("equity", "dale")
        assert bounds(found) == (100, 100, 100)
        assert found["detail"]["detail"] == "Dragon Metals is itself organised in China"


class TestControl:
    def test_control_that_a_source_states_counts_in_full(self, desk: Any) -> None:
        desk.stake("hill-co", owner="shell")
        desk.say("hill-co", "control", "runs it from afar", holder="dragon")
        found = desk.finding("control", "hill")
        assert bounds(found) == (100, 100, 100)
        assert "is said to control" in found["detail"]["detail"]
        assert desk.finding("equity", "hill")["reason"] == "not-found"  # how much, nobody published

    def test_disputed_control_may_be_none(self, desk: Any) -> None:
        desk.stake("hill-co", owner="shell", percent=60)
        desk.say("hill-co", "control", "runs it, some say", holder="dragon", status="disputed")
        assert bounds(desk.finding("control", "hill")) == (0, 100, 100)

    def test_a_sole_parent_without_a_figure_lies_between_nothing_and_control(self, desk: Any) -> None:
        desk.stake("hill-co", owner="shell")
        desk.stake("shell", owner="dragon", percent=51)
        found = desk.finding("control", "hill")
        assert bounds(found) == (0, 50, 100)
        assert "share that nobody published" in found["detail"]["detail"]

    def test_more_than_half_is_a_majority_chain(self, desk: Any) -> None:
        desk.stake("hill-co", owner="middle", percent=50.1)
        desk.stake("middle", owner="dragon", percent=50.1)
        assert bounds(desk.finding("control", "hill")) == (100, 100, 100)

    def test_exactly_half_is_none(self, desk: Any) -> None:
        desk.party("ada", kind="person", incorporation="NOR")
        desk.stake("hill-co", owner="dragon", percent=50)
        desk.stake("hill-co", owner="ada", percent=50)
        assert bounds(desk.finding("control", "hill")) == (0, 0, 0)

    def test_holdings_of_the_group_add(self, desk: Any) -> None:
        desk.party("harbour", incorporation="HKG")
        desk.stake("hill-co", owner="dragon", percent=26)
        desk.stake("hill-co", owner="harbour", percent=25)
        assert desk.finding("control", "hill")["value"] == 100

    def test_undisclosed_holders_could_be_a_majority(self, desk: Any) -> None:
        desk.stake("hill-co", owner="dragon", percent=20)
        desk.stake("hill-co", owner="bear", percent=40)  # 20 + 40 undisclosed = 60 > 50
        assert bounds(desk.finding("control", "hill")) == (0, 0, 100)

    @pytest.mark.parametrize(("company", "strength"), [("hill-co", 70), ("bear", 35)])
    def test_a_right_to_appoint_directors_counts_less_higher_up(self, desk: Any, company: str, strength: float) -> None:
        desk.stake("hill-co", owner="bear", percent=100)
        desk.say(company, "board-right", 20, unit="percent", holder="dragon")
        found = desk.finding("control", "hill")
        assert found["value"] == strength
        assert "right to appoint directors: Dragon Metals in" in found["detail"]["detail"]

    def test_a_right_that_is_only_planned_counts_nothing(self, desk: Any) -> None:
        desk.stake("hill-co", owner="bear", percent=100)
        desk.say("hill-co", "board-right", 20, unit="percent", holder="dragon", force="planned")
        assert desk.finding("control", "hill")["value"] == 0

    def test_looked_for_and_not_found(self, desk: Any) -> None:
        desk.say("hill", "chinese-link", absent="none-found", channels=["control"])
        assert bounds(desk.finding("control", "hill")) == (0, 0, 0)

    def test_no_owner_known_is_unknown(self, desk: Any) -> None:
        assert desk.finding("control", "hill")["reason"] == "not-found"


class TestOfftake:
    def test_a_long_contract_counts_in_full(self, desk: Any) -> None:
        desk.say("hill", "offtake", 40, unit="percent", buyer="dragon", until=FAR)
        assert bounds(desk.finding("offtake", "hill")) == approx((40, 40, 40))

    def test_half_counts_for_the_flow_half_for_the_term_that_is_left(self, desk: Any) -> None:
        # 2026-11-21 to 2030-11-21 are 1461 days, four years: 0.5 + 0.5 x 4/5 = 0.9; 0.9 x 50 = 45.
        desk.say("hill", "offtake", 50, unit="percent", buyer="dragon", until="2030-11-21")
        assert bounds(desk.finding("offtake", "hill")) == approx((45, 45, 45))

    def test_a_term_nobody_states_lies_between_the_flow_alone_and_all(self, desk: Any) -> None:
        # 0.5 x 80 = 40 to 1 x 80 = 80, the middle 60.
        desk.say("hill", "offtake", 80, unit="percent", buyer="dragon")
        assert bounds(desk.finding("offtake", "hill")) == approx((40, 60, 80))

    def test_a_share_nobody_states_lies_in_the_room_other_buyers_leave(self, desk: Any) -> None:
        # bear takes 40: 0 to 60, the middle 30.
        desk.say("hill", "offtake", unknown="not-found", buyer="dragon", until=FAR)
        desk.say("hill", "offtake", 40, unit="percent", buyer="bear", until=FAR)
        assert bounds(desk.finding("offtake", "hill")) == approx((0, 30, 60))

    def test_two_buyers_without_figures_share_one_room(self, desk: Any) -> None:
        desk.party("harbour", incorporation="HKG")
        desk.say("hill", "offtake", unknown="not-found", buyer="dragon", until=FAR)
        desk.say("hill", "offtake", unknown="withheld", buyer="harbour", until=FAR)
        assert bounds(desk.finding("offtake", "hill")) == approx((0, 50, 100))

    def test_a_buyer_without_figure_beside_one_with_widens_upward(self, desk: Any) -> None:
        desk.party("harbour", incorporation="HKG")
        desk.say("hill", "offtake", 30, unit="percent", buyer="dragon", until=FAR)
        desk.say("hill", "offtake", unknown="not-found", buyer="harbour", until=FAR)
        assert bounds(desk.finding("offtake", "hill")) == approx((30, 30, 100))

    def test_a_contract_that_ran_out_lies_between_nothing_and_its_last_value(self, desk: Any) -> None:
        # No term is left, so the flow's half: 0 to 0.5 x 80 = 40, the middle 20.
        desk.say("hill", "offtake", 80, unit="percent", buyer="dragon", until="2026-01-01")
        found = desk.finding("offtake", "hill")
        assert bounds(found) == approx((0, 20, 40))
        assert "no successor known" in found["detail"]["detail"]

    def test_a_successor_ends_the_doubt(self, desk: Any) -> None:
        desk.say("hill", "offtake", 80, unit="percent", buyer="dragon", until="2026-01-01")
        desk.say("hill", "offtake", 70, unit="percent", buyer="bear", since="2026-01-01", until=FAR)
        assert bounds(desk.finding("offtake", "hill")) == (0, 0, 30)  # where the other 30 go nobody says

    def test_one_buyer_says_nothing_of_the_rest(self, desk: Any) -> None:
        desk.say("hill", "offtake", 60, unit="percent", buyer="bear", until=FAR)
        found = desk.finding("offtake", "hill")
        assert bounds(found) == (0, 0, 40)
        assert "other 40 % go nobody states" in found["detail"]["detail"]

    def test_under_half_accounted_for_is_unknown_unless_somebody_looked(self, desk: Any) -> None:
        desk.say("hill", "offtake", 49, unit="percent", buyer="bear", until=FAR)
        assert desk.finding("offtake", "hill")["reason"] == "not-found"
        desk.say("hill", "chinese-link", absent="none-found", channels=["offtake"])
        assert bounds(desk.finding("offtake", "hill")) == (0, 0, 0)

    def test_a_stated_zero_to_chinese_buyers_settles_the_rest(self, desk: Any) -> None:
        desk.say("hill", "offtake", unknown="not-found", buyer="bear")
        desk.say("hill", "offtake", 0, unit="percent", buyer="dragon")
        assert bounds(desk.finding("offtake", "hill")) == (0, 0, 0)

    def test_a_terminated_contract_bounds_nothing_any_more(self, desk: Any) -> None:
        desk.say("hill", "offtake", 80, unit="percent", buyer="dragon", key="old")
        desk.close("hill", "old", until="2026-01-01", terminated=True)
        assert desk.finding("offtake", "hill")["reason"] == "not-found"

    def test_a_plan_or_a_letter_of_intent_is_no_contract(self, desk: Any) -> None:
        desk.say("hill", "offtake", 80, unit="percent", buyer="dragon", force="nonbinding")
        desk.say("hill", "offtake", 20, unit="percent", buyer="dragon", force="planned")
        assert desk.finding("offtake", "hill")["reason"] == "not-found"

    def test_a_railway_sells_nothing(self, desk: Any) -> None:
        desk.say("hill", "offtake", absent="not-applicable")
        assert desk.finding("offtake", "hill")["reason"] == "not-applicable"

    def test_looked_for_and_not_found_is_zero_and_never_looked_is_unknown(self, desk: Any) -> None:
        assert desk.finding("offtake", "hill")["reason"] == "not-found"
        desk.say("hill", "chinese-link", absent="none-found", channels=["offtake"])
        assert bounds(desk.finding("offtake", "hill")) == (0, 0, 0)

    def test_that_buyers_are_not_published_says_nothing_of_china(self, desk: Any) -> None:
        desk.say("hill", "offtake", unknown="withheld")
        assert desk.finding("offtake", "hill")["reason"] == "not-found"


class TestProcessing:
    def test_the_site_s_own_route_counts_by_country(self, desk: Any) -> None:
        desk.say("hill", "processing", 75, unit="percent", country="CHN")
        desk.say("hill", "processing", 25, unit="percent", country="EST")
        assert bounds(desk.finding("processing", "hill")) == approx((75, 75, 75))

    def test_a_route_that_ran_out_counts_half(self, desk: Any) -> None:
        desk.say("hill", "processing", 90, unit="percent", country="CHN", until="2026-06-01")
        assert bounds(desk.finding("processing", "hill")) == approx((0, 45, 90))

    def test_a_plan_is_no_route(self, desk: Any) -> None:
        desk.say("hill", "processing", 100, unit="percent", country="CHN", force="planned")
        assert desk.finding("processing", "hill")["reason"] == "not-found"
        desk.say("hill", "processing", 100, unit="percent", country="TZA")
        assert bounds(desk.finding("processing", "hill")) == (0, 0, 0)


def lend(desk: Any, value: float | None, lender: str, **more: Any) -> None:
    given = {"unit": "USD", "kind": "loan", "force": "binding", "lender": lender} | more
    desk.say("hill", "finance", value, **given)


class TestDebt:
    def test_the_share_in_one_currency_and_one_state(self, desk: Any) -> None:
        # 100 of 400 in USD: 25 per cent; the EUR loan is in no sum with them.
        lend(desk, 100, "dragon")
        lend(desk, 300, "bear")
        lend(desk, 5000, "bear", unit="EUR")
        lend(desk, 5000, "bear", force="in-effect")
        assert bounds(desk.finding("debt", "hill")) == approx((25, 25, 25))

    def test_the_largest_of_several_counts(self, desk: Any) -> None:
        # 10 of 100 in USD, 40 of 100 in EUR.
        for amount, lender, unit in (
            (10, "dragon", "USD"),
            (90, "bear", "USD"),
            (40, "dragon", "EUR"),
            (60, "bear", "EUR"),
        ):
            lend(desk, amount, lender, unit=unit)
        assert bounds(desk.finding("debt", "hill")) == approx((10, 40, 40))

    def test_a_framework_and_its_parts_are_not_added(self, desk: Any) -> None:
        # dragon 100 of 100 + 100 (the framework of bear), not of 100 + 100 + 60: 50 per cent.
        lend(desk, 100, "dragon")
        lend(desk, 100, "bear", key="frame")
        lend(desk, 60, "bear", part_of="frame")
        assert desk.finding("debt", "hill")["value"] == approx(50)

    def test_a_loan_to_the_host_state_counts_half_of_what_counts(self, desk: Any) -> None:
        # All of the debt: counts up to the upper goalpost of 50, half of it for a state's debt.
        desk.party("dodoma", kind="state", incorporation="TZA")
        lend(desk, 100, "dragon", recipient="dodoma")
        assert desk.finding("debt", "hill")["value"] == approx(25)

    def test_a_disputed_loan_and_one_without_figure_may_be_nothing(self, desk: Any) -> None:
        lend(desk, 50, "dragon", status="disputed")
        lend(desk, 150, "bear")
        assert bounds(desk.finding("debt", "hill")) == approx((0, 25, 25))

    def test_a_band_counts_with_its_middle(self, desk: Any) -> None:
        # [20, 40] is 30 of 30 + 70.
        lend(desk, [20, 40], "dragon")
        lend(desk, 70, "bear")
        assert desk.finding("debt", "hill")["value"] == approx(30)

    def test_other_finance_is_no_debt(self, desk: Any) -> None:
        lend(desk, 100, "dragon", kind="grant")
        assert desk.finding("debt", "hill")["reason"] == "not-sought"

    def test_known_lenders_or_a_search_are_zero(self, desk: Any) -> None:
        lend(desk, 100, "bear")
        assert bounds(desk.finding("debt", "hill")) == (0, 0, 0)

    def test_looked_for_and_not_found(self, desk: Any) -> None:
        desk.say("hill", "chinese-link", absent="none-found", channels=["debt"])
        assert bounds(desk.finding("debt", "hill")) == (0, 0, 0)


class TestContractor:
    @pytest.mark.parametrize(
        ("force", "strength"), [("in-effect", 100), ("binding", 100), ("planned", 25), ("nonbinding", 25)]
    )
    def test_in_force_is_full_and_intended_a_quarter(self, desk: Any, force: str, strength: float) -> None:
        desk.say("hill", "contractor", "dragon", force=force)
        assert bounds(desk.finding("contractor", "hill")) == (strength, strength, strength)

    def test_a_tie_that_names_no_party_counts_too(self, desk: Any) -> None:
        desk.say("hill", "chinese-link", "equipment from Chengdu", channel="contractor")
        found = desk.finding("contractor", "hill")
        assert (found["value"], found["detail"]["detail"]) == (100, "equipment from Chengdu.")

    def test_a_disputed_one_may_be_nothing(self, desk: Any) -> None:
        desk.say("hill", "contractor", "dragon", status="disputed")
        assert bounds(desk.finding("contractor", "hill")) == (0, 100, 100)

    def test_others_only_is_zero_and_nothing_said_is_unknown(self, desk: Any) -> None:
        assert desk.finding("contractor", "hill")["reason"] == "not-sought"
        desk.say("hill", "contractor", "bear")
        assert bounds(desk.finding("contractor", "hill")) == (0, 0, 0)

    def test_looked_for_and_not_found(self, desk: Any) -> None:
        desk.say("hill", "chinese-link", absent="none-found", channels=["contractor"])
        assert bounds(desk.finding("contractor", "hill")) == (0, 0, 0)

from __future__ import annotations

from typing import Any

import pytest

from georisk.explaining.agreements import Agreement, agreements_of, share_of
from georisk.explaining.citations import Citations
from georisk.files import bundled_root


@pytest.fixture
def hill(made: Any) -> Any:
    made.site("hill", country="TZA")
    made.party("dragon", incorporation="CHN", title="Dragon Metals")
    return made


def found(made: Any) -> list[Agreement]:
    snapshot = made.snapshot()
    citations = Citations(snapshot, bundled_root() / "data")
    supports = {one.id: citations.statement(one) for one in snapshot.known}
    return agreements_of(snapshot, ["hill"], supports)


def test_says_with_whom_how_much_and_until_when(hill: Any) -> None:
    hill.say("hill", "offtake", 40, unit="percent", buyer="dragon", product="concentrate", until="2030-01-01")
    (one,) = found(hill)
    assert (one.party, one.country, one.share, one.product, str(one.expiry)) == (
        "Dragon Metals", "CHN", "40 %", "concentrate", "2030-01-01",
    )  # fmt: skip


def test_says_how_real_it_is_on_the_day(hill: Any) -> None:
    hill.say("hill", "offtake", 1, unit="percent", until="2026-11-21")  # the end is the first day after
    hill.say("hill", "offtake", 2, unit="percent", since="2026-11-22")
    hill.say("hill", "offtake", 3, unit="percent", force="nonbinding")
    hill.say("hill", "offtake", 4, unit="percent")
    hill.say("hill", "offtake", 5, unit="percent", status="denied")
    hill.say("hill", "offtake", 6, unit="percent", force="binding")
    assert {one.share: one.state for one in found(hill)} == {
        "1 %": "ended",
        "2 %": "not yet begun",
        "3 %": "non-binding",
        "4 %": "in force",
        "5 %": "denied",
        "6 %": "binding",
    }


def test_the_country_of_treatment_counts_where_the_statement_names_it(hill: Any) -> None:
    hill.party("plant", incorporation="EST")
    hill.say("hill", "processing", 100, unit="percent", processor="plant", country="FRA")
    assert [one.country for one in found(hill)] == ["FRA"]


def test_a_share_that_is_unknown_a_band_or_absent_says_so(hill: Any) -> None:
    hill.say("hill", "offtake", unknown="not-found", buyer="dragon")
    hill.say("hill", "offtake", [25, 50], unit="percent")
    hill.say("hill", "offtake", absent="none-found")
    statements = hill.snapshot().known_of("hill", "offtake")
    assert {share_of(one) for one in statements} == {"share not stated", "25 to 50 %", "none found"}

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from georisk.assessment import Assessment
from georisk.changes.backtest import Backtest, Case, EventRule, backtest, read_backtest, tallies
from georisk.changes.views import View
from georisk.errors import FaultGroup

DAY = "2026-11-21"
DIMENSIONS = ["jurisdiction", "opacity", "china"]


@pytest.fixture(scope="module")
def rules(root: Path) -> Backtest:
    return read_backtest(root / "data" / "method", DIMENSIONS)


@pytest.fixture
def hill(made: Any) -> Any:
    """Two sites in Tanzania; the holder of one was Chinese for a fifth before it was Chinese for good."""
    made.source("early", grade="A", published="2021-01-01")
    for name in ("hill", "dale"):
        made.site(name, country="TZA", holder=f"{name}-co")
        made.stake(f"{name}-co", owner="rest", percent=80 if name == "hill" else 100, since="2020-01-01", key="rest",
                   sources=["early"])  # fmt: skip
        made.say(
            name,
            "chinese-link",
            absent="none-found",
            channels=["offtake", "processing", "debt", "contractor"],
            sources=["early"],
        )
    made.party("dragon", incorporation="CHN")
    made.stake("hill-co", owner="dragon", percent=20, since="2020-01-01", key="fifth", sources=["early"])
    made.stake("hill-co", owner="dragon", percent=100, since="2026-06-01", key="whole")
    made.close("hill-co", "fifth", "rest", until="2026-06-01")
    made.say("hill", "proceeding", "suit over the licence", against="permit", since="2026-03-01", key="suit")
    return made


def test_an_event_is_held_against_the_day_before_as_known_then(hill: Any, rules: Backtest) -> None:
    opened = hill.open()
    cases = {one.rule.key: one for one in backtest(View.of(opened, DAY, DAY), rules)}
    assert set(cases) == {"chinese-control-taken", "probe-opened"}
    taken = cases["chinese-control-taken"]
    then = opened.assess("2026-05-31", "2026-05-31").sites
    assert taken.on == date(2026, 6, 1)
    assert taken.score == then["hill"].dimensions["china"].score
    # The other site has no Chinese holder: the one that was bought stood above all others, and that was seen.
    assert (taken.others, taken.above, taken.seen) == (1, 1.0, True)


def test_sites_that_stand_alike_share_the_place(hill: Any, rules: Backtest) -> None:
    """Both lie in one country and nobody had sued yet: half, which is not above."""
    (suit,) = [one for one in backtest(View.of(hill.open(), DAY, DAY), rules) if one.rule.key == "probe-opened"]
    assert suit.site == "hill"
    assert (suit.above, suit.seen) == (0.5, False)


def test_what_was_replaced_was_not_withdrawn(made: Any, rules: Backtest) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("bank", kind="agency")
    made.party("fund", kind="fund")
    for lender, key in (("bank", "letter"), ("fund", "offer")):
        made.say("hill", "finance", 5, unit="USD", lender=lender, kind="loan", force="nonbinding", since="2025-01-01",
                 until="2026-01-01", key=key)  # fmt: skip
    made.say("hill", "finance", 9, unit="USD", lender="bank", kind="loan", force="binding", since="2026-01-01")
    (case,) = backtest(View.of(made.open(), DAY, DAY), rules)
    assert case.statements == ("hill:offer",)


def test_plans_and_the_future_are_no_events(made: Any, rules: Backtest) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("dragon", incorporation="CHN")
    made.stake("hill-co", owner="dragon", percent=100, since="2026-06-01", force="planned")
    made.say("hill", "proceeding", "a suit to come", against="permit", since="2027-03-01")
    assert backtest(View.of(made.open(), DAY, DAY), rules) == []


def test_under_ten_cases_no_percentile_is_given() -> None:
    rule = EventRule(key="a", title="b", property="c", at="start", dimension="china", direction="adverse", reason="d")

    def cases(count: int) -> list[Case]:
        return [Case(rule, "hill", date(2026, 1, 1), (), 5.0, 4, 0.75) for _ in range(count)]

    adverse, favourable = tallies(cases(9), 10)
    assert (adverse.cases, adverse.scored, adverse.seen, adverse.percentile) == (9, 9, 9, None)
    assert (favourable.cases, favourable.percentile) == (0, None)
    assert tallies(cases(10), 10)[0].percentile == 75


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('dimension = "china"', 'dimension = "people"', "dimension 'people'"),
        ('at = "start"', 'at = "once"', "event.0.at"),
        ("least_for_percentile", "least", "least_for_percentile"),
    ],
)
def test_a_broken_rule_is_named(root: Path, tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (root / "data" / "method" / "backtest.toml").read_text(encoding="utf-8")
    (tmp_path / "backtest.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FaultGroup) as caught:
        read_backtest(tmp_path, DIMENSIONS)
    assert told in " ".join(map(str, caught.value.exceptions))


AFRICA = {"AGO", "BWA", "COD", "GAB", "GHA", "GIN", "MDG", "MOZ", "MWI", "NAM", "TZA", "ZAF", "ZMB", "ZWE"}


def test_china_linkage_does_not_put_every_african_mine_on_top(assessed: Assessment) -> None:
    """Published work finds Chinese control of under 7 % of the value of African mines in 2018."""
    places = assessed.evidence.places
    african = set(places.loc[places["place"].isin(AFRICA), "subject"].str.split("/").str[0])
    scores = {name: site.dimensions["china"].score for name, site in assessed.sites.items()}
    scored = {name: score for name, score in scores.items() if score is not None}
    inside = [score for name, score in scored.items() if name in african]
    outside = [score for name, score in scored.items() if name not in african]
    assert len(inside) >= 2
    assert min(inside) < max(outside)
    assert min(inside) <= sorted(scored.values())[len(scored) // 2]

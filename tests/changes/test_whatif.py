from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from georisk.changes.comparing import Changes, compare
from georisk.changes.views import View
from georisk.changes.whatif import Desk
from georisk.changes.wording import read_wish
from georisk.errors import UsageError
from georisk.ownership.stakes import in_effect
from georisk.workspace import Workspace

DAY = "2026-11-21"


@pytest.fixture(scope="module")
def data(root: Path) -> Path:
    return root / "data"


def desk_of(opened: Workspace) -> Desk:
    return Desk(opened.seeds, opened.data, date.fromisoformat(DAY), date.fromisoformat(DAY))


def ask(opened: Workspace, site: str, *sets: str, planned: str = "", drop: str = "") -> Desk:
    desk = desk_of(opened)
    if drop:
        desk = desk.dropped(drop)
    if planned:
        desk = desk.come_about(planned)
    for number, text in enumerate(sets, start=1):
        desk = desk.wish(opened.seeds.sites[site], read_wish(text, opened.data / "vocabulary"), number)
    return desk.checked()


def held(desk: Desk, owned: str) -> dict[str, Any]:
    return {str(one.qualifiers["owner"]): one.value for one in in_effect(desk.snapshot) if one.subject == owned}


def moved(opened: Workspace, desk: Desk, site: str, as_of: str = DAY) -> Changes:
    before = View.of(opened, as_of, DAY)
    return compare(before, replace(before, seeds=desk.seeds), [site])


@pytest.fixture
def hill(made: Any) -> Any:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("dragon", incorporation="CHN")
    made.stake("hill-co", owner="rock", percent=70, key="rock", since="2020-01-01")
    made.stake("hill-co", owner="state", percent=30, since="2020-01-01")
    made.stake("hill-co", owner="dragon", percent=100, key="bid", force="planned", since="2026-10-01")
    made.say("hill", "chinese-link", absent="none-found", channels=["offtake", "processing", "debt", "contractor"])
    return made


def test_part_of_a_holding_changes_hands(hill: Any) -> None:
    """40 per cent of 70 is 28; the seller keeps 42."""
    desk = ask(hill.open(), "hill", "stake=40,owner=dragon,of=rock")
    assert held(desk, "hill-co") == {"rock": 42.0, "state": 30, "dragon": pytest.approx(28)}


def test_points_come_out_of_a_holding(hill: Any) -> None:
    desk = ask(hill.open(), "hill", "stake=70,owner=dragon,from=rock")
    assert held(desk, "hill-co") == {"state": 30, "dragon": 70.0}


def test_a_whole_purchase_leaves_nothing_to_others(hill: Any) -> None:
    desk = ask(hill.open(), "hill", planned="hill-co:bid")
    assert held(desk, "hill-co") == {"dragon": 100}


def test_a_new_figure_takes_the_place_of_the_old(hill: Any) -> None:
    desk = ask(hill.open(), "hill", "stake=60,owner=rock")
    assert held(desk, "hill-co") == {"rock": 60.0, "state": 30}


def test_what_is_left_out_counts_no_more(hill: Any) -> None:
    assert held(ask(hill.open(), "hill", drop="hill-co:rock"), "hill-co") == {"state": 30}


def test_causes_add_up_and_nothing_is_written(hill: Any) -> None:
    opened = hill.open()
    kept = {path: path.read_bytes() for path in opened.root.rglob("*") if path.is_file()}
    changes = moved(opened, ask(opened, "hill", "stake=40,owner=dragon,of=rock"), "hill")
    (site,) = changes.sites
    china = site.shifts["china"]
    assert china.delta is not None
    assert china.delta > 0
    for shift in site.shifts.values():
        assert sum(cause.share for cause in shift.causes) == pytest.approx(shift.delta, abs=1e-9)
    assert {path: path.read_bytes() for path in opened.root.rglob("*") if path.is_file()} == kept


def test_a_plan_that_comes_about_says_so(hill: Any) -> None:
    opened = hill.open()
    (site,) = moved(opened, ask(opened, "hill", planned="hill-co:bid"), "hill").sites
    told = {cause.mover.how for cause in site.shifts["china"].causes}
    assert "went from planned to in effect" in told


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"sets": ["stake=40,owner=dragon"]}, "add up to 140 %: rock 70, state 30, dragon 40"),
        ({"sets": ["stake=80,owner=dragon,from=rock"]}, "rock holds 70 % of hill-co; 80 % cannot come out of it"),
        ({"sets": ["stake=4,owner=dragon,of=nobody"]}, "'nobody' holds no stake in hill-co"),
        ({"sets": ["stake=4,owner=dragon,from=nobody"]}, "'nobody' has no stake in hill-co; holders: rock, state"),
        ({"sets": ["stake=0,owner=dragon,of=rock"]}, "0.0 is no part of a holding"),
        ({"sets": ["stake=4,owner=dragon,subject=hil-co"]}, "subject 'hil-co' is not known; near: hill-co"),
        ({"planned": "hill-co:bit"}, "no statement has this key or id; near: hill-co:bid"),
        ({"planned": "hill-co:rock"}, "hill-co:rock is in effect already"),
        ({"planned": "hill-co:bid,of=rock"}, "only from=HOLDER may stand"),
        ({"drop": "nothing"}, "no statement has this key or id"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(hill: Any, asked: dict[str, Any], told: str) -> None:
    opened = hill.open()
    with pytest.raises(UsageError) as caught:
        ask(opened, "hill", *asked.pop("sets", []), **asked)
    assert told in str(caught.value)


def test_a_site_with_several_title_holders_asks_which(made: Any) -> None:
    made.site("twin", parts=("east", "west"))
    for part in ("east", "west"):
        made.hold(f"twin/{part}", f"{part}-co")
    made.party("ada", kind="person")
    with pytest.raises(UsageError, match="several title holders; name one with subject=: east-co, west-co"):
        ask(made.open(), "twin", "stake=10,owner=ada")


# The three questions that the real registry was asked.


def test_orion_takes_forty_per_cent_of_glencore_s_interests(repository: Workspace) -> None:
    desk = ask(repository, "mutanda-kcc", "stake=40,owner=orion-cmc,of=glencore")
    before = desk_of(repository)
    for company in ("mutanda-mining", "kamoto-copper-company"):
        was = max(one.value for one in in_effect(before.snapshot.strong())
                  if one.subject == company and one.qualifiers["owner"] == "glencore")  # fmt: skip
        now = held(desk, company)
        assert now["orion-cmc"] == pytest.approx(0.4 * was)
        assert now["glencore"] == pytest.approx(0.6 * was)
    (site,) = moved(repository, desk, "mutanda-kcc").sites
    assert site.moved
    jurisdiction = site.shifts["jurisdiction"]
    assert jurisdiction.delta == pytest.approx(0)


def test_the_sale_of_serra_verde_closes(repository: Workspace) -> None:
    desk = ask(repository, "pela-ema", planned="svre-holdings:planned-usar")
    assert held(desk, "svre-holdings") == {"usa-rare-earth": 100}
    (site,) = moved(repository, desk, "pela-ema").sites
    opacity = site.shifts["opacity"]
    assert opacity.delta is not None
    assert opacity.delta < 0  # holders whose shares nobody published make way for one that is listed


def test_the_chinese_offtake_of_pela_ema_is_renewed(repository: Workspace) -> None:
    desk = ask(repository, "pela-ema", "offtake=100,buyer=chinese-processors,until=2037-01-01")
    (site,) = moved(repository, desk, "pela-ema").sites
    china = site.shifts["china"]
    assert china.delta is not None
    assert china.delta > 0  # a contract of ten years is a stronger tie than one of six weeks
    assert [cause.indicators.keys() for cause in china.causes] == [{"offtake"}]

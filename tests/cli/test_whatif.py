from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

DAY = ("--as-of", "2026-11-21", "--known-by", "2026-11-21")
ITEM = """id = "2026-11-20-news"
title = "The owner was bought"
compiled = 2026-11-20
[sources.press]
title = "Notice"
publisher = "Invented Press"
published = 2026-11-19
grade = "B"
[parties.tiger]
name = "Tiger Metals"
kind = "company"
[[propose]]
file = "parties/hill-co"
key = "stake-tiger"
property = "stake"
value = 80
unit = "percent"
qualifiers = { owner = "tiger" }
valid_from = 2026-11-01
sources = ["press"]
supersedes = ["rest"]
"""


@pytest.fixture
def desk(made: Any) -> Path:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("dragon", incorporation="CHN")
    made.stake("hill-co", owner="rest", percent=100, key="rest", since="2020-01-01")
    made.stake("hill-co", owner="dragon", percent=60, key="bid", force="planned", since="2026-10-01")
    made.say("hill", "chinese-link", absent="none-found", channels=["offtake", "processing", "debt", "contractor"])
    return made.write()  # type: ignore[no-any-return]


def test_today_and_what_if_stand_side_by_side(georisk: Any, desk: Path) -> None:
    ran = georisk("whatif", "hill", "--planned", "hill-co:bid,from=rest", "--workspace", desk, *DAY)
    assert ran.code == 0, ran.err
    assert "what if" in ran.out
    assert "went from planned to in effect" in ran.out
    assert "nothing is written" in ran.err


def test_shares_add_up_for_scripts(georisk: Any, desk: Path) -> None:
    ran = georisk(
        "whatif", "hill", "--set", "stake=60,owner=dragon,of=rest", "--format", "json", "--workspace", desk, *DAY
    )
    assert ran.code == 0, ran.err
    (site,) = json.loads(ran.out)["sites"]
    china = site["dimensions"]["china"]
    assert china["delta"] > 0
    assert sum(one["share"] for one in china["causes"]) == pytest.approx(china["delta"], abs=1e-9)


def test_a_row_a_score(georisk: Any, desk: Path) -> None:
    ran = georisk("whatif", "hill", "--drop", "hill-co:rest", "--format", "csv", "--workspace", desk, *DAY)
    lines = ran.out.splitlines()
    assert lines[0] == "part,dimension,score,low,high,band,if_score,if_low,if_high,if_band,delta"
    assert len(lines) == 5


def test_an_item_of_news_is_taken_as_known(georisk: Any, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "2026-11-20-news.toml"
    path.write_text(ITEM)
    before = {one: one.read_bytes() for one in desk.rglob("*.toml")}
    ran = georisk("whatif", "hill", "--file", path, "--format", "json", "--workspace", desk, *DAY)
    assert ran.code == 0, ran.err
    (site,) = json.loads(ran.out)["sites"]
    assert site["dimensions"]["opacity"]["delta"] != 0
    assert {one: one.read_bytes() for one in desk.rglob("*.toml")} == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "say what would be so"),
        (("--set", "stake"), "not of the form"),
        (("--set", "stake=60,owner=dragon"), "would add up to 160 %"),
        (("--planned", "hill-co:bit"), "near: hill-co:bid"),
        (("--drop", "hill-co:bit"), "near: hill-co:bid"),
        (("--file", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_bad_requests_leave_with_two_and_one_message(
    georisk: Any, desk: Path, words: tuple[str, ...], told: str
) -> None:
    ran = georisk("whatif", "hill", *words, "--workspace", desk, *DAY)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert "Traceback" not in ran.err

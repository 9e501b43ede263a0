from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

DAY = ("--as-of", "2026-11-21", "--known-by", "2026-11-21")


@pytest.fixture
def desk(made: Any) -> Path:
    made.source("press", grade="B", published="2026-05-01")
    made.site("hill", country="TZA", at=(35.75, -6.17), holder="hill-co")
    made.party("dragon", incorporation="CHN")
    made.stake("hill-co", owner="dragon", percent=60, key="dragon-60", sources=["press"])
    made.say("hill", "chinese-link", absent="none-found", channels=["offtake", "processing", "debt", "contractor"])
    made.site("dale", country="TZA", at=(35.75, -6.17), holder="dale-co")
    made.stake("dale-co", owner="rest", percent=100)
    return made.write()  # type: ignore[no-any-return]


def test_a_band_that_hangs_on_one_source_is_a_finding(georisk: Any, desk: Path) -> None:
    ran = georisk("audit", "hill", "--format", "json", "--workspace", desk, *DAY)
    assert ran.code == 1
    press = next(one for one in json.loads(ran.out) if one["key"] == "press")
    assert press["hangs"]
    assert not press["official"]
    assert {"key": "hill-co:dragon-60", "how": "falls"}.items() <= press["claims"][0].items()
    assert "owners" in press["cells"]
    assert "hang on one source that is not official" in ran.err


def test_where_none_hangs_all_is_well(georisk: Any, desk: Path) -> None:
    ran = georisk("audit", "dale", "--workspace", desk, *DAY)
    assert ran.code == 0, ran.err
    assert "no band hangs on one source" in ran.err
    assert "ledger report" in ran.out


def test_a_row_a_drop(georisk: Any, desk: Path) -> None:
    ran = georisk("audit", "hill", "--format", "csv", "--workspace", desk, *DAY)
    lines = ran.out.splitlines()
    assert lines[0] == "site,kind,key,official,hangs,claims_fall,claims_weaken,bands,scores,cells"
    assert any(line.startswith("hill,source,press,no,yes,hill-co:dragon-60,") for line in lines)


def test_an_unknown_site(georisk: Any, desk: Path) -> None:
    assert georisk("audit", "nowhere", "--workspace", desk, *DAY).code == 2

from __future__ import annotations

from itertools import combinations
from typing import Any

from georisk.explaining.citations import Citations
from georisk.explaining.dossier import Holding, dossier_of
from georisk.outputs.tree import WIDTH, Drawing, drawing_of, wrap


def drawn(made: Any, site: str = "hill") -> Drawing:
    opened = made.open()
    snapshot = opened.snapshot(made.day, made.day)
    holders = opened.holders(snapshot)
    found = dossier_of(snapshot.seeds.sites[site], holders, Citations(snapshot, opened.data))
    (holding,) = found.holdings
    assert isinstance(holding, Holding)
    return drawing_of(holding, holders, lambda code: {"TZA": "Tanzania", "CHN": "China"}.get(code, code))


def texts(drawing: Drawing) -> dict[str, list[str]]:
    return {
        " ".join(line.text for line in box.lines if line.style == "name"): [
            line.text for line in box.lines if line.style != "name"
        ]
        for box in drawing.boxes
    }


def hill(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("dodoma", kind="state", incorporation="TZA", title="Tanzania")
    made.stake("hill-co", owner="dodoma", percent=16, carried=True, statutory=True)
    made.party("quarry", listed=True, incorporation="CHN")
    made.party("shell")
    made.stake("hill-co", owner="quarry", percent=84, via=["shell"])
    made.stake("quarry", owner="ada", percent=25)


def test_a_box_says_who_holds_what_and_what_of_the_site_that_is(made: Any) -> None:
    hill(made)
    told = texts(drawn(made))
    assert " ".join(told["Hill Co"]) == "holds the title to Hill"
    assert told["Tanzania"] == ["holds 16 %, free carried"]
    assert told["Quarry"] == ["holds 84 %", "through Shell"]
    assert told["Ada"] == ["holds 25 %", "21 % of the site", "its owners are not", "published"]  # 25 % of 84 %
    assert told["Free float"] == ["63 % of the site"]  # 75 % of 84 %


def test_states_are_striped_and_places_named(made: Any) -> None:
    hill(made)
    boxes = {box.party: box for box in drawn(made).boxes if box.style != "rest"}
    assert boxes["dodoma"].style == "state"
    assert [chip.text for chip in boxes["dodoma"].chips] == ["Tanzania", "state"]
    assert [chip.text for chip in boxes["quarry"].chips] == ["China", "listed company"]
    assert [chip.text for chip in boxes["ada"].chips] == ["place ?", "company"]


def test_who_holds_twice_stands_once_and_says_of_what(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.stake("hill-co", owner="ada", percent=50)
    made.stake("hill-co", owner="mid", percent=50)
    made.stake("mid", owner="ada", percent=40)
    told = texts(drawn(made))
    assert sorted(told["Ada"])[:3] == ["70 % of the site", "holds 40 % of Mid", "holds 50 % of Hill Co"]  # 50 + 20


def test_a_ring_is_marked_and_does_not_hang_the_drawing(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.stake("hill-co", owner="mid", percent=60)
    made.stake("hill-co", owner="ada", percent=40)
    made.stake("mid", owner="hill-co", percent=30)
    drawing = drawn(made)
    assert [style for style, _ in drawing.paths].count("ring") == 1
    assert any(line.style == "ring" for box in drawing.boxes for line in box.lines)


def test_weak_and_disputed_stakes_are_broken_lines(made: Any) -> None:
    made.source("digest", grade="C")
    made.site("hill", country="TZA", holder="hill-co")
    made.stake("hill-co", owner="ada", percent=30, sources=["digest"])
    made.stake("hill-co", owner="ben", percent=30, status="disputed")
    made.stake("hill-co", owner="cid", percent=40)
    assert sorted(style for style, _ in drawn(made).paths) == ["firm", "weak", "weak"]


def test_a_share_nobody_published_stays_open(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    made.stake("hill-co", owner="mid")
    made.stake("mid", owner="ada", percent=50)
    told = texts(drawn(made))
    assert told["Mid"][0] == "share not published"
    assert "unknown part (at most 50.0 %) of the site" in " ".join(told["Ada"])  # half of what Mid can hold


def test_thirty_holders_stay_apart(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co")
    for number in range(10):
        made.stake("hill-co", owner=f"first-{number}", percent=9)
        made.stake(f"first-{number}", owner=f"second-{number}", percent=60)
        made.stake(f"first-{number}", owner=f"third-{number % 5}", percent=30)
    boxes = drawn(made).boxes
    assert len(boxes) > 30
    for one, other in combinations(boxes, 2):
        beside = one.x + WIDTH <= other.x or other.x + WIDTH <= one.x
        above = one.y + one.height <= other.y or other.y + other.height <= one.y
        assert beside or above


def test_every_box_lies_within_the_drawing_and_carries_its_statements(sample: Any) -> None:
    drawing = drawn(sample.made)
    assert drawing.width > 0
    for box in drawing.boxes:
        assert box.x >= -1e-6
        assert box.x + WIDTH <= drawing.width + 1e-6
        assert box.y + box.height <= drawing.height + 1e-6
        assert box.statements or box.style == "root"


def test_wide_signs_take_twice_the_room() -> None:
    assert len(wrap("盛和资源控股股份有限公司盛和资源控股股份有限公司")) == 2
    assert wrap("A name of two words that runs on and on")[0] == "A name of two words that"
    assert wrap("") == [""]

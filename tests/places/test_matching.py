"""What decides between places of one name."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytest import approx

from georisk.errors import UsageError
from georisk.places.asking import Question
from georisk.places.gazetteer import Entry, Region
from georisk.places.matching import Match, Rules, distinct, read_rules, scored
from georisk.places.names import Reading

MINE = Entry("Hill", 10.0, 0.0, 5.0, "GAB", "mine", ("copper",), "icmm", "1")
DOUBT = {"kind": 0.9, "commodity": 0.8, "region": 0.7, "beside": 0.6, "unplaced": 0.5, "works": 0.4, "beside_km": 150.0}
RULES = Rules(0.9, 3, 0.5, 0.3, 20.0, {}, {"icmm": 1.0, "usgs": 0.9, "geonames": 1.0, "hamlet": 0.8}, DOUBT)


def asked(kinds: str = "", commodities: str = "", regions: tuple[Region, ...] = ()) -> Question:
    name = Reading("hill", "hill", ("hill",), frozenset(filter(None, [kinds])), frozenset(filter(None, [commodities])))
    return Question("Hill", name, regions=regions)


@pytest.mark.parametrize(
    ("question", "entry", "score"),
    [
        (asked(), MINE, 1.0),
        (asked(), replace(MINE, source="mrdata_vms"), 0.9),
        (asked(kinds="refinery"), MINE, 0.9),
        (asked(commodities="copper"), MINE, 1.0),
        (asked(commodities="lithium"), MINE, 0.8),
        (asked(commodities="lithium"), replace(MINE, commodities=()), 1.0),  # not known what it holds
        (asked(kinds="refinery"), replace(MINE, kind="town", source="geonames", population=1_000_000), 0.4),
        (asked(), replace(MINE, kind="town", source="geonames", population=1), 0.8),
        # log10(1000) / 6 is a half, squared a quarter of the way from 0.8 to 1
        (asked(), replace(MINE, kind="town", source="geonames", population=1_000), 0.85),
        (asked(regions=(Region("GAB", 10.5, 0.0, 60.0),)), MINE, 1.0),  # 55.7 km away, inside
        (asked(regions=(Region("GAB", 12.0, 0.0, 60.0),)), MINE, 0.7),  # 222.6 km away
    ],
)
def test_each_doubt_lowers_the_score(question: Question, entry: Entry, score: float) -> None:
    assert scored(Match(entry, 1.0, "whole"), question, None, RULES).score == approx(score)


def test_a_town_that_follows_must_be_near() -> None:
    town = replace(MINE, name="Town", kind="town", lon=11.0)  # 111 km
    far = replace(town, lon=13.0)  # 334 km
    found = [scored(Match(MINE, 1.0, "whole"), asked(), beside, RULES).score for beside in ([town], [far], [])]
    assert found == approx([1.0, 0.6, 0.5])


def match(score: float, lon: float, record: str) -> Match:
    return Match(replace(MINE, lon=lon, record=record), 1.0, "whole", score)


def test_each_place_is_given_once_and_the_far_behind_not_at_all() -> None:
    near = match(0.9, 10.1, "2")  # 11 km from the first: the same place
    other, third = match(0.85, 20.0, "3"), match(0.8, 30.0, "4")
    weak, fourth = match(0.6, 40.0, "5"), match(0.79, 50.0, "6")
    found = distinct([weak, third, match(0.95, 10.0, "1"), near, other, fourth], RULES)
    assert [one.entry.record for one in found] == ["1", "3", "4"]  # at most three
    assert [one.entry.record for one in distinct([match(0.95, 10.0, "1"), weak], RULES)] == ["1"]  # 0.35 behind
    assert distinct([match(0.49, 10.0, "1")], RULES) == []  # below the least


def test_a_folder_without_rules_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ranking\.toml: no such file"):
        read_rules(tmp_path)

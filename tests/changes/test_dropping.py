from __future__ import annotations

from typing import Any

import pytest

from georisk.changes.dropping import Bench, Drop, benches
from georisk.changes.views import View

DAY = "2026-11-21"


@pytest.fixture
def bench(made: Any) -> Bench:
    """A company with a holder told by two sources of one document, an operator told by one, an end told by a third."""
    made.source("press", grade="B", published="2026-05-01", origin="the notice")
    made.source("copy", grade="B", published="2026-05-02", origin="the notice")
    made.source("filing", grade="A", published="2026-06-01")
    made.source("digest", grade="C", published="2026-06-02")
    made.site("hill", country="TZA", holder="hill-co")
    made.party("dragon", incorporation="CHN")
    made.stake("hill-co", owner="dragon", percent=60, since="2020-01-01", key="dragon-60", sources=["press", "copy"])
    made.say("hill", "operator", "hill-co", key="run-by", sources=["press", "digest"])
    made.say("hill", "offtake", 40, unit="percent", buyer="dragon", since="2020-01-01", key="sold", sources=["filing"])
    made.close("hill", "sold", until="2026-01-01", key="sold-ends", sources=["press"])
    (found,) = benches(View.of(made.open(), DAY, DAY), ["hill"])
    return found


def drop(bench: Bench, kind: str, key: str) -> Drop:
    return next(one for one in bench.drops() if one.kind == kind and key in (one.key, one.title))


def told(bench: Bench, one: Drop) -> dict[str, str]:
    return {claim.key: claim.how for claim in bench.touched(one)}


def test_a_source_takes_with_it_what_stands_on_it_alone(bench: Bench) -> None:
    assert told(bench, drop(bench, "source", "press")) == {
        "hill-co:dragon-60": "loses a source", "hill:run-by": "becomes weak", "hill:sold-ends": "falls",
    }  # fmt: skip


def test_copies_of_one_document_go_together(bench: Bench) -> None:
    origin = drop(bench, "origin", "the notice")
    assert origin.sources == {"press", "copy"}
    assert not origin.official
    assert told(bench, origin)["hill-co:dragon-60"] == "falls"


def test_an_origin_with_one_source_is_that_source(bench: Bench) -> None:
    assert [one.key for one in bench.drops() if one.kind == "origin"] == ["publisher: ledger press"] * 0 + [
        "the notice"
    ]


def test_a_closure_that_falls_leaves_open_what_it_closed(bench: Bench) -> None:
    sold = next(one for one in bench.statements.values() if one.key == "hill:sold")
    assert bench.strong[sold.id].valid_until is not None
    after = bench.without(drop(bench, "source", "press"))[sold.id]
    assert after is not None
    assert after.valid_until is None


def test_what_changes_is_told_against_the_strong_evidence_of_today(bench: Bench) -> None:
    (statement,) = [one for one in bench.statements.values() if one.key == "hill-co:dragon-60"]
    assert bench.without(drop(bench, "statement", "hill-co:dragon-60")) == {statement.id: None}
    assert bench.without(drop(bench, "source", "digest")).keys() == {
        one.id for one in bench.statements.values() if one.key == "hill:run-by"
    }


def test_a_world_is_the_site_as_it_would_be(bench: Bench) -> None:
    gone = drop(bench, "statement", "hill-co:dragon-60")
    left = {one.key for one in bench.world(bench.without(gone)).statements}
    assert left == {one.key for one in bench.world({}).statements} - {"hill-co:dragon-60"}


def test_an_official_source_is_told_apart(bench: Bench) -> None:
    assert drop(bench, "source", "filing").official
    assert not drop(bench, "source", "press").official

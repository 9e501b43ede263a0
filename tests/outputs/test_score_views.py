from __future__ import annotations

from typing import Any

import pytest

from georisk.explaining.citations import Citations
from georisk.explaining.reasons import explain
from georisk.outputs.score_views import ScoreViews, rank_of, speaks_of


@pytest.fixture(scope="module")
def views(sample: Any) -> dict[str, Any]:
    citations = Citations(sample.report.snapshot, sample.workspace.data)
    return ScoreViews(explain(sample.report.assessment, "hill", citations), sample.workspace.data).context({})


def test_bars_of_a_waterfall_follow_one_another_up_to_the_score(views: dict[str, Any], sample: Any) -> None:
    scored = sample.report.assessment.sites["hill"]
    for argument in views["arguments"]:
        reached = 0.0
        for reason in argument["reasons"]:
            assert reason["start"] == pytest.approx(reached)
            reached += reason["points"]
        score = scored.composite if argument["key"] == "composite" else scored.dimensions[argument["key"]]
        assert reached == pytest.approx(score.score)


def test_a_card_tells_rank_and_interval_in_whole_numbers(views: dict[str, Any], sample: Any) -> None:
    score = sample.report.assessment.sites["hill"].composite
    card = views["cards"][0]
    assert card["interval"] == f"{score.low:.0f} to {score.high:.0f}"
    assert card["rank"] == rank_of(sample.report.assessment.method, score)


def test_channels_show_how_they_count_or_that_nobody_looked(views: dict[str, Any]) -> None:
    readings = {row["title"]: row["reading"] for row in views["channels"]}
    assert readings["debt"] == "No Chinese lender among those known."
    assert readings["processing"].startswith("unknown")
    assert readings["people"] == "no indicator of its own"


def test_a_link_belongs_to_its_channels(made: Any) -> None:
    made.site("hill", country="TZA")
    made.say("hill", "chinese-link", "a tie", channel="debt")
    made.say("hill", "chinese-link", absent="none-found", channels=["equity", "control"])
    opened = made.open()
    cited = Citations(opened.snapshot(made.day, made.day), opened.data)
    tie, search = (cited.statement(one) for one in sorted(cited.snapshot.known_of("hill", "chinese-link"),
                   key=lambda one: one.absent is not None))  # fmt: skip
    assert [speaks_of(tie, code) for code in ("debt", "equity")] == [True, False]
    assert [speaks_of(search, code) for code in ("debt", "equity", "control")] == [False, True, True]

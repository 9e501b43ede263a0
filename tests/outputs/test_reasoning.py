from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from georisk.assessment import Score
from georisk.explaining.citations import Citations
from georisk.explaining.reasons import Explanation, explain
from georisk.explaining.swings import BOUNDED, ESTIMATE, UNKNOWN, Swing
from georisk.outputs.reasoning import (
    figure,
    headline,
    scored_as,
    standing,
    statements_of,
    swing_effect,
    swing_ends,
    swing_state,
    verdict,
    weak_sentence,
)


@pytest.fixture(scope="module")
def hill(sample: Any) -> Explanation:
    citations = Citations(sample.report.snapshot, sample.workspace.data)
    return explain(sample.report.assessment, "hill", citations)


def swing(**given: Any) -> Swing:
    plain: dict[str, Any] = {
        "part": None, "dimension": "china", "indicator": "debt", "question": "How much debt?", "kind": UNKNOWN,
        "reason": "not-sought", "sentence": "", "low": 10.0, "high": 20.0, "composite_low": 30.0,
        "composite_high": 31.0, "width": 10.0, "composite_width": 1.0, "bands": (), "composite_bands": (),
    }  # fmt: skip
    return Swing(**plain | given)


def with_score(explanation: Explanation, key: str, **given: Any) -> Explanation:
    changed = [
        replace(one, score=replace(one.score, **given)) if one.key == key else one for one in explanation.arguments
    ]
    return replace(explanation, composite=changed[0], dimensions=tuple(changed[1:]))


def test_rounding_never_carries_a_score_into_the_next_band(hill: Explanation) -> None:
    method = hill.assessment.method
    assert figure(method, 49.96) == "49.9"
    assert figure(method, 49.96, 0) == "49"
    assert figure(method, 50.04, 0) == "50"
    assert figure(method, 57.06) == "57.1"
    assert figure(method, None) == "–"


def test_the_headline_says_score_band_interval_and_what_carries_it(hill: Explanation) -> None:
    text = " ".join(headline(hill))
    score = hill.composite.score
    assert text.startswith(f"Hill: {figure(hill.assessment.method, score.score)} of 100, band {score.band}.")
    assert f"between {score.low:.1f} and {score.high:.1f}" in text
    first = hill.composite.reasons[0]
    assert f"{hill.of(first.indicator).title} carries most of it: {first.points:.1f} of" in text


def test_no_score_says_why_and_keeps_the_interval(hill: Explanation) -> None:
    unscored = with_score(hill, "china", score=None, band=None, reason="too little is known", low=3.0, high=90.0)
    argument = unscored.of("china")
    assert (
        verdict(hill.assessment.method, argument.score)
        == "not scored, because too little is known; between 3.0 and 90.0"
    )
    assert scored_as(unscored, argument) == "China linkage: not scored (3.0 to 90.0)"
    assert standing(unscored, argument) == []


def test_an_interval_that_leaves_the_band_names_where_it_reaches(hill: Explanation) -> None:
    wide = with_score(hill, "china", score=40.0, band="moderate", low=20.0, high=80.0)
    first, room = standing(wide, wide.of("china"))
    assert first.endswith("reaches into low, high or severe.")
    assert room.startswith("It stands 15.0 points above the edge to low and 10.0 points below the edge to high.")
    tight = with_score(hill, "china", score=40.0, band="moderate", low=30.0, high=45.0)
    assert standing(tight, tight.of("china"))[0].endswith("all within the band.")
    exact = with_score(hill, "china", score=40.0, band="moderate", low=40.0, high=40.0)
    assert standing(exact, exact.of("china"))[0] == "Nothing in it is unknown or only bounded."


def test_weak_evidence_is_named_only_where_it_would_change_a_band(hill: Explanation) -> None:
    same = with_score(hill, "china", weak_band=None)
    assert weak_sentence(replace(same, composite=hill.composite)).endswith("would change no band.")
    changed = with_score(hill, "china", weak_band="severe", weak=80.0)
    assert "China linkage would be severe" in weak_sentence(changed)


def test_a_missing_fact_says_where_it_would_lead(hill: Explanation) -> None:
    assert (
        swing_ends(hill, swing())
        == "At its ends: China linkage 10.0 to 20.0 (low); the composite 30.0 to 31.0 (moderate)."
    )
    across = swing(high=26.0, bands=("moderate",), composite_low=30.0, composite_high=30.0)
    assert swing_ends(hill, across).startswith("At its ends: China linkage 10.0 (low) to 26.0 (moderate);")
    assert "the composite stays 30.0 (moderate)" in swing_ends(hill, across)
    assert "still without a score" in swing_ends(hill, swing(low=None, high=None))


def test_a_missing_fact_says_what_knowing_it_would_do(hill: Explanation) -> None:
    assert swing_effect(hill, swing()) == (
        "It changes no band and takes 10.0 points off the interval of China linkage and 1.0 off the composite's."
    )
    both = swing(bands=("moderate",), composite_bands=("low", "high"), width=0.0)
    assert swing_effect(hill, both) == "It could make the composite low or high and China linkage moderate."


def test_why_a_fact_is_open() -> None:
    assert swing_state(swing()) == "Unknown: not sought."
    assert swing_state(swing(kind=BOUNDED, sentence="A band.")) == "Bounded today: A band."
    assert swing_state(swing(kind=ESTIMATE, sentence="An estimate.")) == "Estimated today: An estimate."


def test_the_ids_behind_a_score_stand_once(hill: Explanation) -> None:
    score: Score = hill.of("opacity").score
    ids = statements_of(score)
    assert len(ids) == len(set(ids))
    assert set(ids) == {name for one in score.contributions for name in one.statements}

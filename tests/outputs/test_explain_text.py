from __future__ import annotations

from typing import Any

import pytest

from georisk.explaining.citations import Citations
from georisk.explaining.reasons import Explanation, explain
from georisk.outputs.explain_text import explanation_text, source_text
from georisk.statements import Source


@pytest.fixture(scope="module")
def hill(sample: Any) -> Explanation:
    citations = Citations(sample.report.snapshot, sample.workspace.data)
    return explain(sample.report.assessment, "hill", citations)


def test_every_reason_of_every_dimension_is_told_with_its_points(hill: Explanation) -> None:
    text = " ".join(explanation_text(hill).split())
    for argument in hill.dimensions:
        for reason in argument.reasons:
            assert reason.sentence in text
            assert f"{reason.points:+5.1f}".strip() in text


def test_a_statement_is_told_once_and_named_after_that(hill: Explanation) -> None:
    text = explanation_text(hill, width=10_000)
    ids = {one.id for argument in hill.dimensions for reason in argument.reasons for one in reason.supports}
    for name in ids:
        lines = [line for line in text.splitlines() if name in line and "shown above" not in line]
        assert len(lines) == 1, name


def test_every_number_in_brackets_leads_to_a_source(hill: Explanation) -> None:
    text = explanation_text(hill, width=10_000)
    body, sources = text.split("\nSources\n")
    listed = [line.split("]")[0].strip() + "]" for line in sources.splitlines()]
    for number in range(1, len(listed) + 1):
        assert f"[{number}]" in body
    assert f"[{len(listed) + 1}]" not in body


def test_one_dimension_alone_leaves_the_others_out(hill: Explanation) -> None:
    text = explanation_text(hill, only="opacity")
    assert text.startswith("Ownership opacity")
    assert "China linkage" not in text


def test_lines_keep_to_the_width_unless_a_word_is_longer(hill: Explanation) -> None:
    for line in explanation_text(hill, width=80).splitlines():
        assert len(line) <= 80 or " " not in line.strip()


def test_text_cannot_steer_a_terminal(made: Any) -> None:
    made.site("hill", country="TZA", holder="hill-co", title="Hill \u202e txet")
    made.stake("hill-co", owner="ada", percent=60)
    opened = made.open()
    assessment = opened.assess(made.day, made.day)
    text = explanation_text(explain(assessment, "hill", Citations(assessment.snapshot, opened.data)))
    assert "\u202e" not in text
    assert "Hill" in text


def test_a_source_says_how_it_was_reached_and_whose_it_is() -> None:
    one = Source("x", "Report", "Agency", "C", url="https://example.org/x", reached_via="a mirror", state_linked=True)
    assert source_text(one) == (
        "Agency: Report, no date (grade C; state-linked; reached via a mirror) https://example.org/x"
    )

from __future__ import annotations

from typing import Any

import pytest

from georisk.explaining.citations import Citations
from georisk.explaining.dossier import dossier_of
from georisk.explaining.reasons import explain
from georisk.outputs.lead import Sentence, lead
from georisk.outputs.rows import report
from georisk.outputs.traced import traced_rows

WORDS = {"kind": "mine", "place": "Tanzania"}


def sentences(found: Any, data: Any, site: str) -> tuple[Sentence, ...]:
    citations = Citations(found.snapshot, data)
    explanation = explain(found.assessment, site, citations)
    dossier = dossier_of(found.snapshot.seeds.sites[site], found.holders, citations)
    row = next(one for one in traced_rows(found) if one["id"].value == site)
    return lead(dossier, explanation, found.holders, row, WORDS)


@pytest.fixture(scope="module")
def hill(sample: Any) -> tuple[Sentence, ...]:
    return sentences(sample.report, sample.workspace.data, "hill")


def test_four_sentences_answer_four_questions(hill: tuple[Sentence, ...]) -> None:
    assert [one.title for one in hill] == [
        "Where and at what stage",
        "Who owns it and who pays",
        "How risky, and why",
        "What changed, what is overdue",
    ]


def test_where_says_stage_and_how_well_the_place_is_known(hill: tuple[Sentence, ...]) -> None:
    assert hill[0].text == (
        "A mine in Tanzania, permitted since 2023-04, reported as construction (disputed). "
        "Its place is known to within 5 km."
    )


def test_who_names_holders_ends_and_money_by_how_real_it_is(hill: tuple[Sentence, ...]) -> None:
    text = hill[1].text
    assert text.startswith(
        "Hill Company, which holds the title, is held by Quarry plc 84 % and State of Tanzania 16 % (free carried)"
    )
    assert "free float of Quarry plc 63 %" in text  # 84 x 75 %
    assert text.endswith("Money, by how real it is: committed USD 5,000,000 senior loan, The Bank.")


def test_change_names_what_is_overdue_and_the_next_date(hill: tuple[Sentence, ...]) -> None:
    text = hill[3].text
    assert text.startswith("Latest change on record, 2026-02-01: Hill, stage: construction")
    assert "first metal was due 2026-Q3, outcome not found" in text
    assert text.endswith("Next known date: 2027-06-30.")


def test_every_span_with_a_figure_has_statements(hill: tuple[Sentence, ...]) -> None:
    for sentence in hill:
        for span in sentence.spans:
            assert span.statements or not any(sign.isdigit() for sign in span.text), span


def test_parts_are_told_one_by_one(sample: Any) -> None:
    twin = sentences(sample.report, sample.workspace.data, "twin")
    assert "; East: production since 2015; West: closed since 2024-01-01." in twin[0].text
    assert "West: West Co, which holds the title, is held by Dragon Metals 100 %" in twin[1].text


def test_nothing_known_says_so(sample: Any) -> None:
    cloud = sentences(sample.report, sample.workspace.data, "cloud")
    assert "stage not known" in cloud[0].text
    assert "no owner is known" in cloud[1].text
    assert "No loan, equity or grant" in cloud[1].text
    assert "not scored" in cloud[2].text
    assert cloud[3].text == "No dated change is on record. Nothing planned is overdue."


def test_an_end_is_told_as_an_end(made: Any) -> None:
    made.site("hill", country="TZA")
    made.say("hill", "stage", "construction", since="2020-01-01", until="2021-01-01")
    opened = made.open()
    assessment = opened.assess(made.day, made.day)
    found = report(assessment, opened.holders(assessment.snapshot), opened.data / "places")
    assert "2021-01-01: end of Hill, stage: construction." in sentences(found, opened.data, "hill")[3].text

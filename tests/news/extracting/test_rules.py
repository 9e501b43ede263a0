"""What the rules make of a passage: types, targets, figures, dates, modalities, traps. Published on Tuesday 14 May 2024."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from georisk.news.events import Event
from georisk.news.extracting.knowledge import Knowledge
from georisk.news.extracting.rules import candidates_of, extract
from georisk.news.reading.files import read_bytes
from georisk.news.tables import ReadingTables

Told = Callable[..., list[Event]]

EVENTS = [
    # a type, its target, its figures
    (
        "Orchid Capital acquired Falcão Terras for $40 million.",
        ("acquisition", "completed", "Falcão Terras", 40e6, None),
    ),
    (
        "Dragon Ridge Metals bought a 12% stake in Falcão Terras.",
        ("stake_purchase", "completed", "Falcão Terras", None, 12),
    ),
    ("Orchid Capital owns 80% of Falcão Terras.", ("ownership", "completed", "Orchid Capital", None, 80)),
    ("DFC signed a loan of $25 million for Serra Azul.", ("loan", "binding", "Serra Azul", 25e6, None)),
    (
        "The European Investment Bank granted Kitwe Smelting a loan of €15 million.",
        ("loan", "approved", "Kitwe Smelting", 15e6, None),
    ),
    ("The Serra Azul mine will cost $300 million.", ("capex", "claimed", "Serra Azul", 300e6, None)),
    (
        "Kitwe Smelting raised C$30 million in a private placement.",
        ("equity_investment", "completed", "Kitwe Smelting", 30e6, None),
    ),
    ("Dragon Ridge Metals agreed to buy 60% of Serra Azul's output.", ("offtake", "binding", "Serra Azul", None, 60)),
    ("Construction began at Serra Azul on Monday.", ("stage_change", "completed", "Serra Azul", None, None)),
    ("Kitwe Works was placed on care and maintenance.", ("stage_change", "completed", "Kitwe Works", None, None)),
    ("The ministry revoked the mining licence of Serra Azul.", ("permit", "completed", "Serra Azul", None, None)),
    ("Villagers sued Kitwe Smelting on Friday.", ("dispute", "completed", "Kitwe Smelting", None, None)),
    # how real it is
    (
        "Orchid Capital and Kitwe Smelting signed a memorandum of understanding.",
        ("mou", "proposed-nonbinding", "Kitwe Smelting", None, None),
    ),
    (
        "Serra Azul is expected to produce 5,000 tonnes of oxide a year.",
        ("capacity", "claimed", "Serra Azul", None, None),
    ),
    (
        "The loan of $25 million to Serra Azul is conditional on a permit.",
        ("loan", "conditional", "Serra Azul", 25e6, None),
    ),
    (
        "Falcão Terras denied that it had sold 12% of its shares.",
        ("stake_purchase", "denied", "Falcão Terras", None, 12),
    ),
    ("Serra Azul holds a resource of 90 million tonnes.", ("resource", "claimed", "Serra Azul", None, None)),
    (
        "Falcão Terras hopes to open the Serra Azul mine in 2027.",
        ("stage_change", "speculative", "Serra Azul", None, None),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), EVENTS, ids=[text[:48] for text, _ in EVENTS])
def test_a_plain_passage_is_its_event(text: str, wanted: tuple[Any, ...], told: Told) -> None:
    kind, modality, name, amount, share = wanted
    found = [one for one in told(text) if one.event_type == kind]
    assert len(found) == 1, told(text)
    (one,) = found
    assert (one.modality, one.amount, one.share_pct) == (modality, amount, share)
    assert name in (one.project, one.entity)
    assert one.evidence in text
    assert one.confidence is None or 0 <= one.confidence <= 1


TRAPS = {
    "hypothesis": "If Orchid Capital bought Falcão Terras for $40 million, the mine could open.",
    "possibility": "Kitwe Smelting might sell its works.",
    "advice": "Kitwe Smelting should sell its works to a fund.",
    "reader": "Investors should watch whether Serra Azul opens on time.",
    "question": "Will Orchid Capital sell Falcão Terras?",
    "national statistic": "Brazil produced 20 tonnes of oxides last year, about 2% of global output.",
    "market": "Demand for magnets grew by 8% last year.",
    "arithmetic": "In an illustrative case the ore of Serra Azul is worth $9 billion.",
    "sum": "Taken together, the loans to Serra Azul and Kitwe Works make $65 million.",
    "absence": "There is no loan for Serra Azul.",
    "generic": "Mines typically take ten years to open.",
    "budget": "The finance minister announced $2 billion for roads and schools.",
    "call for proposals": "The department opened a $134 million call for proposals for magnet recycling.",
    "opinion": "The essay argues that Serra Azul is a lesson in patience.",
    "told before": "This acquisition of Falcão Terras changed little.",
}


@pytest.mark.parametrize("why", TRAPS)
def test_what_only_looks_like_news_is_no_event(why: str, told: Told) -> None:
    assert told(TRAPS[why]) == []


@pytest.mark.parametrize(
    ("text", "event_date", "effective_date"),
    [
        ("Orchid Capital acquired Falcão Terras yesterday.", "2024-05-13", None),
        ("Orchid Capital acquired Falcão Terras on Friday.", "2024-05-10", None),
        ("Orchid Capital acquired Falcão Terras in March 2021.", "2021-03", None),
        ("Construction at Serra Azul is to start in the fourth quarter of 2026.", None, "2026-Q4"),
        ("Dragon Ridge Metals' offtake agreement with Serra Azul runs out at the end of 2026.", None, "2026-12-31"),
        ("Orchid Capital acquired Falcão Terras.", None, None),
    ],
)
def test_dates_are_told_relative_to_the_publication(
    text: str, event_date: str | None, effective_date: str | None, told: Told
) -> None:
    (one,) = told(text)
    assert (one.event_date, one.effective_date) == (event_date, effective_date)


def test_what_a_sentence_leaves_out_comes_from_the_one_before_and_is_cited(told: Told, article: Any) -> None:
    text = "The Serra Azul mine has a new road. It was granted a loan of $25 million by DFC."
    (one,) = [event for event in told(text) if event.event_type == "loan"]
    assert one.project == "Serra Azul"
    assert "Serra Azul" not in one.evidence
    file = f"A note\n\n14 May 2024\n\n{text}\n"
    assert [(of, file[start:end]) for of, start, end in one.context if of == "project"] == [("project", "Serra Azul")]


def test_a_list_of_deals_below_its_lender(told: Told) -> None:
    text = (
        "DFC approved the following loans:\n- $25 million: Serra Azul (Brazil)\n- $40 million: Kitwe Works (Zambia)\n"
    )
    found = {(one.project or one.entity): one.amount for one in told(text)}
    assert found == {"Serra Azul": 25e6, "Kitwe Works": 40e6}


def test_the_total_above_a_list_is_not_one_more_deal(told: Told) -> None:
    text = "DFC approved loans of $65 million in all:\n- $25 million: Serra Azul (Brazil)\n- $40 million: Kitwe Works (Zambia)\n"
    assert sorted(one.amount or 0 for one in told(text)) == [25e6, 40e6]


def test_a_headline_above_the_text_is_not_believed(told: Told) -> None:
    text = "Highlights\n• Chinese offtake ended in April.\n\nThe offtake agreement of Serra Azul with Dragon Ridge Metals was shortened and runs out at the end of 2026."
    (one,) = told(text)
    assert (one.event_type, one.effective_date) == ("offtake_ended", "2026-12-31")
    assert "shortened" in one.evidence


def test_what_is_told_twice_is_one_event_with_both_passages(told: Told) -> None:
    text = "DFC signed a loan of $25 million for Serra Azul. The town was glad.\n\nDFC's loan of $25 million for Serra Azul was signed on Monday."
    loans = [one for one in told(text) if one.event_type == "loan"]
    assert [one.amount for one in loans] == [25e6]
    assert len(loans[0].also) == 1


def test_a_price_and_a_share_are_one_purchase(told: Told) -> None:
    (one,) = told("Dragon Ridge Metals bought 12% of Falcão Terras for $9 million.")
    assert (one.event_type, one.share_pct, one.amount) == ("stake_purchase", 12, 9e6)


def test_risks_move_with_a_reason_or_not_at_all(told: Told) -> None:
    (lent,) = told("DFC signed a loan of $25 million for Serra Azul.")
    assert (lent.risk["china"], lent.risk["jurisdictional"], lent.risk["opacity"]) == ("lowers", "lowers", "neutral")
    assert set(lent.reasons) == {"china", "jurisdictional"}
    (sold,) = told("Dragon Ridge Metals bought a 12% stake in Falcão Terras.")
    assert sold.risk["china"] == "raises"
    (opened,) = told("Construction began at Serra Azul on Monday.")
    assert set(opened.risk.values()) == {"neutral"}


def test_ties_by_name_party_and_description(told: Told) -> None:
    (named,) = told("DFC signed a loan of $25 million for Blue Range.")  # an alias
    assert [(one.kind, one.id, one.inferred) for one in named.links if one.kind == "site"] == [
        ("site", "serra-azul", False)
    ]
    (through,) = told("Orchid Capital raised $25 million in a private placement.")
    assert [(one.id, one.via, one.inferred) for one in through.links if one.kind == "site"] == [
        ("serra-azul", "orchid", True)
    ]
    (described,) = told("DFC signed a loan of $25 million for a Brazilian clay mine.", title="Loans")
    assert [(one.id, one.basis, one.inferred) for one in described.links if one.kind == "site"] == [
        ("serra-azul", "description", True)
    ]


def test_a_party_stands_for_no_site_where_another_project_is_named(told: Told) -> None:
    (one,) = told("Orchid Capital bought the Monte Feo mine for $25 million.")
    assert one.project == "Monte Feo"
    assert [link for link in one.links if link.kind == "site"] == []


def test_names_the_registry_lacks_are_candidates_and_carry_events(
    told: Told, article: Any, knowledge: Knowledge
) -> None:
    text = "Pallas Antimony bought the Monte Feo mine for $25 million."
    (one,) = told(text)
    assert (one.event_type, one.project, one.amount) == ("acquisition", "Monte Feo", 25e6)
    assert {(name, kind) for _, name, kind in candidates_of([article(text)], knowledge)} == {
        ("Monte Feo", "project"),
        ("Pallas Antimony", "company"),
    }


def test_the_rules_pass_their_own_gate(knowledge: Knowledge, tables: ReadingTables) -> None:
    text = "\n\n".join(["A note", "14 May 2024", *(text for text, _ in EVENTS)])
    found = extract(read_bytes("900_note.txt", text.encode(), tables), knowledge)
    assert found.refused == ()
    assert len(found.events) > 10
    assert all(text[one.start : one.end] == one.evidence for one in found.events)


@pytest.mark.parametrize("script", ["隼土 sold nothing to nobody. DFC signed a loan of $25 million for 隼土."])
def test_names_in_scripts_without_spaces(script: str, told: Told) -> None:
    (one,) = [event for event in told(script) if event.event_type == "loan"]
    assert any(link.id == "falcao" for link in one.links)

from __future__ import annotations

from typing import Any

import pytest

from georisk.gate.acts import accept, accept_by_policy, undo
from georisk.gate.corrections import is_correction
from georisk.gate.policy import Accept, Policy
from georisk.gate.rules import Rules
from georisk.workspace import open_workspace

PAGE = """<html><head><title>{title}</title><meta property="og:site_name" content="Invented Press">
<meta property="article:published_time" content="{day}T08:00:00+00:00">
<link rel="canonical" href="https://press.example.org/{slug}"></head>
<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"""
STAKE = "Red River Smelting completed the acquisition of a 15% stake in Kilima Mining on 4 March 2026."
WRONG = (
    "An item of last week said that Red River Smelting had completed the acquisition of a 15% stake in Kilima Mining. "
    "That was wrong: no such sale took place. We regret the error."
)
OPEN = Policy(
    Accept(
        comparisons=["new", "retracts"], grades=["B"], properties=["stake"], forces=["in-effect"],
        statuses=["confirmed", "retracted"], state_linked=False, min_independent_sources=1, max_move_points=float("inf"),
        modalities=["completed", "denied"], source_kinds=["reporting", "correction"], min_confidence=0.0,
    ),
    "open",
)  # fmt: skip


def page(title: str, day: str, text: str) -> str:
    return PAGE.format(title=title, day=day, text=text, slug=title.lower().replace(" ", "-").replace(":", ""))


def statuses(newsroom: Any) -> dict[str, str]:
    found = open_workspace(newsroom.root).seeds.statements
    return {str(one.value): one.status for one in found if one.qualifiers.get("owner") == "red-river"}


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("Correction: a stake", "Nothing else.", True),
        ("RETRACTED: a stake", "Nothing else.", True),
        ("A stake", "The figure was wrong. We regret the error.", True),
        ("A correction of copper prices", "Prices fell.", False),
        ("A stake", STAKE, False),
    ],
)
def test_a_correction_says_so(newsroom: Any, rules: Rules, title: str, text: str, found: bool) -> None:
    articles, _ = newsroom.read(page(title, "2026-03-12", text))
    assert is_correction(articles[0], rules) is found


def test_a_correction_retracts_what_was_accepted_through_the_ledger(newsroom: Any) -> None:
    names = newsroom.place(page("A stake", "2026-03-05", STAKE))
    accept(newsroom.root, names, "ann")
    assert statuses(newsroom) == {"15": "confirmed"}
    (retraction, *_) = newsroom.place(page("Correction: a stake", "2026-03-12", WRONG))
    desk = newsroom.desk()
    assert desk.compared(desk.proposal(retraction)).kind == "retracts"
    accept(newsroom.root, [retraction], "ann")
    assert statuses(newsroom) == {"15": "retracted"}
    undo(newsroom.root, [retraction], "ann")
    assert statuses(newsroom) == {"15": "confirmed"}


def test_a_policy_takes_nothing_of_an_article_that_was_corrected(newsroom: Any) -> None:
    newsroom.place(page("A stake", "2026-03-05", STAKE))
    newsroom.place(page("Correction: a stake", "2026-03-12", WRONG))
    done = accept_by_policy(newsroom.root, OPEN, "night", "2026-03-15", "2026-03-15")
    first = [one for one in done if "a later article corrects" in one.text]
    assert [one.result for one in first] == ["left open"]
    assert statuses(newsroom) == {}


def test_a_correction_that_quotes_the_error_does_not_say_it_again(newsroom: Any) -> None:
    newsroom.place(page("A stake", "2026-03-05", STAKE))
    taken = newsroom.take(page("Correction: a stake", "2026-03-12", WRONG))
    assert "repeats what the article corrects" in [one.why for one in taken.left]
    assert [one for item in taken.items for one in item.proposals] == []


def test_what_another_source_carries_too_is_left_to_a_person(newsroom: Any) -> None:
    names = newsroom.place(page("A stake", "2026-03-05", STAKE))
    other = "Harbour town, Friday. The copper smelter Red River Smelting acquired 15% of Kilima Mining on 4 March 2026."
    elsewhere = page("Smelter buys in", "2026-03-06", other).replace("Invented Press", "Other Press")
    names += newsroom.place(elsewhere)
    accept(newsroom.root, names, "ann")
    taken = newsroom.take(page("Correction: a stake", "2026-03-12", WRONG))
    assert any("is carried by other sources too" in one.why for one in taken.left)
    assert not any(one.record.get("status") == "retracted" for item in taken.items for one in item.proposals)


def test_a_correction_of_what_was_never_read_is_told(newsroom: Any) -> None:
    taken = newsroom.take(page("Correction: a stake", "2026-03-12", WRONG))
    assert "corrects nothing that was read here" in [one.why for one in taken.left]

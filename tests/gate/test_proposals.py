from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from georisk.gate.newsitems import read_item
from georisk.gate.proposals import COMPARISONS, Comparison, compared, rivals_of

HEAD = """id = "2026-11-20-news"
title = "News"
compiled = 2026-11-20
[sources.press]
title = "Notice"
publisher = "Invented Press"
published = 2026-11-19
grade = "B"
[sources.wire]
title = "Wire"
publisher = "Invented Wire"
published = 2026-11-19
grade = "B"
[[propose]]
file = "sites/hill"
"""
Compare = Callable[[str], Comparison]


@pytest.fixture
def compare(made: Any) -> Compare:
    made.site("hill", country="TZA")
    for name in ("hill-co", "buyer", "other", "dragon"):
        made.party(name)
    made.say("hill", "offtake", 50, key="sold", unit="percent", buyer="buyer", since="2020-01-01")
    made.say("hill", "offtake", 20, key="past", unit="percent", buyer="other", since="2019-01-01", until="2021-01-01")
    made.say("hill", "stage", "permitted", key="stage", since="2020-01-01")
    made.say("hill", "operator", "hill-co", key="operator", since="2020-01-01")
    made.say("hill", "milestone", "opening", key="plan", force="planned", due="2027")
    made.close("hill", "operator", key="operator-ends", until="2027-01-01")
    workspace = made.open()

    def run(text: str) -> Comparison:
        path = workspace.root / "2026-11-20-news.toml"
        path.write_text(HEAD + text)
        (one,) = read_item(path, workspace.seeds, workspace.data / "vocabulary")
        return compared(one, workspace.seeds)

    return run


def statement(name: str, value: object, start: str, sources: str = '["press"]', **more: object) -> str:
    lines = [f'key = "k"\nproperty = "{name}"\nsources = {sources}\nvalid_from = {start}']
    lines += [f"value = {value}"] + [f"{key} = {given}" for key, given in more.items()]
    return "\n".join(lines) + "\n"


SOLD = statement("offtake", 50, "'2020-01-01'", unit='"percent"', qualifiers='{ buyer = "buyer" }')


def test_nothing_of_the_kind_is_new(compare: Compare) -> None:
    assert compare(statement("capex", 5, "2026-01-01", unit='"USD"')).kind == "new"
    other_buyer = statement("offtake", 30, "2026-01-01", unit='"percent"', qualifiers='{ buyer = "dragon" }')
    assert compare(other_buyer).kind == "new"


def test_the_same_claim_from_another_source_confirms(compare: Compare) -> None:
    found = compare(SOLD)
    assert found.kind == "confirms"
    assert found.text == "one more source of hill:sold: press"


def test_the_same_claim_from_the_same_source_is_known(compare: Compare) -> None:
    assert compare(SOLD.replace('["press"]', '["ledger"]')).kind == "already-known"


def test_another_figure_at_the_same_time_contradicts(compare: Compare) -> None:
    found = compare(SOLD.replace("value = 50", "value = 70"))
    assert found.kind == "contradicts"
    assert found.text == "differs from hill:sold; both are kept"


def test_another_figure_after_the_end_is_new(compare: Compare) -> None:
    later = statement("offtake", 30, "2022-01-01", unit='"percent"', qualifiers='{ buyer = "other" }')
    assert compare(later).kind == "new"


def test_what_says_it_replaces_another_supersedes(compare: Compare) -> None:
    found = compare(
        SOLD.replace("value = 50", "value = 70").replace("'2020-01-01'", "2026-06-01") + 'supersedes = ["sold"]\n'
    )
    assert found.kind == "supersedes"
    assert found.text == "ends hill:sold on 2026-06-01"


def test_a_later_stage_follows_and_one_of_the_same_day_contradicts(compare: Compare) -> None:
    assert compare(statement("stage", '"construction"', "2026-01-01")).kind == "new"
    assert compare(statement("stage", '"construction"', "2020-01-01")).kind == "contradicts"


def test_a_closed_statement_is_no_rival_after_its_end(compare: Compare) -> None:
    assert compare(statement("operator", '"other"', "2027-06-01")).kind == "new"
    assert compare(statement("operator", '"other"', "2026-06-01")).kind == "contradicts"


def test_a_plan_is_no_rival_of_a_fact(compare: Compare) -> None:
    assert compare(statement("operator", '"other"', "2026-06-01", force='"planned"')).kind == "new"


def test_taking_back_retracts_and_a_change_of_force_contradicts(compare: Compare) -> None:
    assert compare(SOLD + 'status = "denied"\n').kind == "retracts"
    assert compare(SOLD + 'status = "disputed"\n').kind == "contradicts"
    assert compare(SOLD + 'force = "planned"\n').kind == "contradicts"


def closure(closes: str, until: str, sources: str = '["press"]') -> str:
    return f'key = "k"\ncloses = ["{closes}"]\nvalid_until = {until}\nsources = {sources}\n'


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (closure("sold", "2026-06-01"), "supersedes"),
        (closure("operator", "2027-01-01"), "confirms"),
        (closure("operator", "'2027-01-01'", '["ledger"]'), "already-known"),
        (closure("operator", "2026-06-01"), "contradicts"),
        (closure("past", "2021-01-01"), "already-known"),
    ],
)
def test_closures_are_compared_with_what_ends_already(compare: Compare, text: str, kind: str) -> None:
    assert compare(text).kind == kind
    assert kind in COMPARISONS


def test_named_contradictions_count_even_where_no_figure_differs(compare: Compare) -> None:
    text = statement("capex", 5, "2026-01-01", unit='"USD"', contradicts='["plan"]')
    assert compare(text).text == "differs from hill:plan; both are kept"


def test_unknown_and_denied_figures_are_no_rivals(made: Any) -> None:
    made.site("hill", country="TZA")
    made.say("hill", "operator", "a", key="told")
    made.say("hill", "operator", "b", key="denied", status="denied")
    made.say("hill", "operator", key="unknown", unknown="not-found")
    for name in ("a", "b"):
        made.party(name)
    told = {one.key: one for one in made.open().seeds.statements}
    assert rivals_of(told["hill:told"], told.values()) == []
    assert rivals_of(told["hill:denied"], told.values()) == []
    assert rivals_of(told["hill:unknown"], told.values()) == []

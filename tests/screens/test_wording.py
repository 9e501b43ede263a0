"""Sentences for a memo: figures, paths, what would turn the answer, citation, warning."""

from __future__ import annotations

from typing import Any

from georisk.screens.opening import open_panel
from georisk.screens.records import COLUMNS, flat, record
from georisk.screens.wording import told


def judged(made: Any, rule: str) -> tuple[Any, Any]:
    made.party("state", kind="state", incorporation="CHN", title="The State")
    made.party("zoe", kind="person", incorporation="NOR")
    made.site("hill", country="TZA", holder="hill-co")
    made.party("hill-co", incorporation="TZA", title="Hill Company")
    made.stake("mid", owner="state", percent=60, since="2020-01-01")
    made.stake("mid", owner="zoe", percent=40)
    made.stake("hill-co", owner="mid", percent=30, since="2021-02")
    made.stake("hill-co", owner="zoe", percent=70)
    opened = made.open()
    panel = open_panel(opened.holders(opened.snapshot(made.day, made.day)), opened.data, None, rules=[rule])
    return panel, panel.findings[0]


def test_a_yes_is_told_with_its_chain_and_what_would_turn_it(made: Any) -> None:
    panel, found = judged(made, "doe_feoc_25")  # 60 merges, so 30 counts; 25 is the gate
    text = told(found, panel.snapshot)
    assert text.startswith("DOE foreign entity of concern, Hill Company (Hill): yes.")
    assert "What counts (equity) is 30 % against a gate of 25 % or more; the least figure is 5 points above it." in text
    assert "It rests on The State 60 % of Mid (since 2020-01-01), Mid 30 % of Hill Company (since 2021-02)." in text
    # What mid gives up nobody is known to hold, so it may be the state's.
    assert "5.0001 points less of the stake of Mid in Hill Company would make it undetermined." in text
    assert "In force on 2026-11-21." in text
    assert "89 FR 37079" in text
    assert "unverified-rule" in text
    assert text.endswith("Analysis, not legal advice.")


def test_a_missing_list_is_all_that_is_told(made: Any) -> None:
    panel, found = judged(made, "ofac_50")
    text = told(found, panel.snapshot)
    assert "undetermined. No list loaded: OFAC Specially Designated Nationals" in text
    assert "What counts" not in text


def test_records_carry_what_a_script_needs(made: Any) -> None:
    panel, found = judged(made, "doe_feoc_25")
    one = record(found, panel)
    assert (one["answer"], one["low_pct"], one["high_pct"], one["gate"], one["strict"]) == ("yes", 30, 30, 25, False)
    assert one["distance"] == 5
    assert one["flip"] == {"owner": "mid", "owned": "hill-co", "points": -5.0001}
    (path,) = one["paths"]
    assert path["cash_pct"] == 18  # 60 x 30
    assert [(stake["owner"], stake["owned"], stake["since"]) for stake in path["stakes"]] == [
        ("state", "mid", "2020-01-01"),
        ("mid", "hill-co", "2021-02"),
    ]
    assert one["sources"] == ["ledger"]
    assert set(one["statements"]) <= set(panel.snapshot.by_id)
    row = flat(found, panel)
    assert list(row) == list(COLUMNS)
    assert row["flip_points"] == -5.0001

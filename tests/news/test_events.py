from __future__ import annotations

from georisk.news.events import COLUMNS, Event, Link

CONTRACT = (
    "article", "project", "entity", "event_type", "amount", "currency", "share_pct", "quantities", "event_date",
    "effective_date", "modality", "risk", "start", "end", "evidence", "confidence",
)  # fmt: skip


def test_a_row_begins_with_the_fields_scripts_rely_on() -> None:
    row = Event(
        "1-00",
        None,
        "Acme",
        "loan",
        "binding",
        3,
        9,
        "a loan",
        amount=5e6,
        currency="USD",
        share_pct=[10.0, 12.5],
        confidence=0.98765,
    ).row()
    assert COLUMNS[: len(CONTRACT)] == CONTRACT
    assert tuple(row) == COLUMNS
    assert (row["amount"], row["share_pct"], row["confidence"]) == (5_000_000, [10, 12.5], 0.988)
    assert row["risk"] == {"jurisdictional": "neutral", "opacity": "neutral", "china": "neutral"}
    assert isinstance(row["amount"], int)


def test_a_tie_through_a_party_or_a_description_is_an_inference() -> None:
    assert [Link("site", "hill", basis).inferred for basis in ("named", "beside", "reference", "list", "party", "description", "article")] == [
        False, False, False, False, True, True, True,
    ]  # fmt: skip

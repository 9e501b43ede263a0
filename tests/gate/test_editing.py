from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from georisk.errors import FaultGroup, UsageError
from georisk.gate.acts import accept
from georisk.gate.editing import edit
from georisk.gate.ledger import read_ledger
from georisk.workspace import open_workspace

NOW = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
OFFTAKE = (
    "Kilima Mining signed a binding offtake agreement with Harbour Resources on 2 March 2026 for 20% of the output of the "
    "Kilima Hill mine."
)


@pytest.fixture
def name(newsroom: Any, tell: Callable[..., str]) -> str:
    (found,) = newsroom.place(tell("Copper", "10 March 2026", OFFTAKE))
    return str(found)


def test_an_edit_changes_the_item_and_the_ledger_says_how(newsroom: Any, name: str) -> None:
    (done,) = edit(newsroom.root, name, ["value=25", "qualifiers.term_years=3", "valid_until=2029-03-02"], "ann", NOW)
    assert (done.result, done.text) == ("edited", f"was {name}")
    (proposal,) = newsroom.desk().proposals
    assert proposal.id == done.proposal != name
    assert (proposal.record["value"], proposal.record["qualifiers"]["term_years"]) == (25, 3)
    assert proposal.passage == OFFTAKE
    (entry,) = read_ledger(newsroom.root).entries
    assert (entry.act, entry.who, entry.proposal) == ("edit", "ann", name)
    assert entry.note.startswith("value=25; qualifiers.term_years=3")
    assert newsroom.desk().open() == [proposal]
    accept(newsroom.root, [proposal.id], "ben", NOW)
    told = open_workspace(newsroom.root).seeds.statements
    assert [one.value for one in told if one.qualifiers.get("buyer") == "harbour"] == [25]


def test_an_empty_value_takes_a_field_out(newsroom: Any, name: str) -> None:
    edit(newsroom.root, name, ["valid_from="], "ann", NOW)
    (proposal,) = newsroom.desk().proposals
    assert "valid_from" not in proposal.record


@pytest.mark.parametrize(
    "change",
    ["passage=other words", "sources=[]", "confidence=1", "colour=red", "value", "qualifiers.a.b=1", "key.x=1"],
)
def test_evidence_and_unknown_fields_cannot_be_edited(newsroom: Any, name: str, change: str) -> None:
    before = sorted((newsroom.root / "seeds").rglob("*"))
    with pytest.raises(UsageError, match="write field=value"):
        edit(newsroom.root, name, [change], "ann", NOW)
    assert sorted((newsroom.root / "seeds").rglob("*")) == before


@pytest.mark.parametrize("change", ["value=140", "force=sure", "qualifiers.buyer=7", "property=colour"])
def test_an_edit_that_breaks_the_item_is_refused(newsroom: Any, name: str, change: str) -> None:
    path = next((newsroom.root / "seeds" / "news").glob("*.toml"))
    before = path.read_bytes()
    with pytest.raises(FaultGroup):
        edit(newsroom.root, name, [change, "valid_until=yesterday"], "ann", NOW)
    assert path.read_bytes() == before
    assert read_ledger(newsroom.root).entries == ()


def test_what_is_decided_is_not_edited(newsroom: Any, name: str) -> None:
    accept(newsroom.root, [name], "ann", NOW)
    with pytest.raises(UsageError, match="is accepted; undo that first"):
        edit(newsroom.root, name, ["value=25"], "ann", NOW)


def test_saying_what_it_says_changes_nothing(newsroom: Any, name: str) -> None:
    (done,) = edit(newsroom.root, name, ["value=20"], "ann", NOW)
    assert done.result == "unchanged"
    assert read_ledger(newsroom.root).entries == ()

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from georisk.errors import FaultGroup, UsageError, WorkspaceLocked
from georisk.gate.ledger import read_ledger
from georisk.gate.session import session_in
from georisk.journal import STATE
from georisk.locking import workspace_lock

ITEM = """id = "2026-11-20-news"
title = "News"
compiled = 2026-11-20
[sources.press]
title = "Notice"
publisher = "Invented Press"
published = 2026-11-19
grade = "B"
[[propose]]
file = "parties/hill-co"
key = "stake-a"
property = "stake"
value = 60
unit = "percent"
qualifiers = { owner = "a" }
valid_from = 2026-11-01
sources = ["press"]
[[propose]]
file = "parties/hill-co"
key = "stake-b"
property = "stake"
value = 70
unit = "percent"
qualifiers = { owner = "b" }
valid_from = 2026-11-01
sources = ["press"]
"""


@pytest.fixture
def root(made: Any) -> Path:
    for name in ("hill-co", "a", "b"):
        made.party(name)
    root: Path = made.write()
    (root / "seeds" / "news").mkdir()
    (root / "seeds" / "news" / "2026-11-20-news.toml").write_text(ITEM)
    return root


def test_nothing_is_written_before_the_session_ends_well(root: Path) -> None:
    path = root / "seeds/parties/hill-co.toml"
    before = path.read_text()
    with session_in(root, "ann") as session:
        session.accept(session.desk.proposals[0])
        assert path.read_text() == before
    assert "stake-a" in path.read_text()
    assert len(read_ledger(root).entries) == 1


def accepted(root: Path, count: int, trouble: bool = False) -> None:
    with session_in(root, "ann") as session:
        for proposal in session.desk.proposals[:count]:
            session.accept(proposal)
        if trouble:
            raise UsageError("something came up")


def test_a_session_that_fails_leaves_everything_as_it_was(root: Path) -> None:
    before = (root / "seeds/parties/hill-co.toml").read_text()
    with pytest.raises(UsageError):
        accepted(root, 1, trouble=True)
    with pytest.raises(FaultGroup):
        accepted(root, 2)  # 60 and 70 per cent of one company
    assert (root / "seeds/parties/hill-co.toml").read_text() == before
    assert read_ledger(root).entries == ()


def test_acts_after_a_mark_can_be_forgotten(root: Path) -> None:
    with session_in(root, "ann") as session:
        session.accept(session.desk.proposals[0])
        mark = session.mark()
        session.accept(session.desk.proposals[1])
        assert session.candidate.faults()
        session.put_back(mark)
        assert not session.candidate.faults()
        assert [one.proposal for one in session.done] == [session.desk.proposals[0].id]
    assert "stake-b" not in (root / "seeds/parties/hill-co.toml").read_text()


def test_a_second_session_waits(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("georisk.gate.session.workspace_lock", lambda folder: workspace_lock(folder, patience=0.0))
    with workspace_lock(root / STATE), pytest.raises(WorkspaceLocked), session_in(root, "ann"):
        pytest.fail("two sessions at once")

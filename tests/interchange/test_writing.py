"""Imported files: written as one act, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from georisk import journal
from georisk.errors import FaultGroup, UsageError
from georisk.interchange.writing import new_faults, require_target, write_checked

PARTY = 'id = "{0}"\nname = "{0}"\nkind = "{1}"\ncompiled = 2026-11-21\n'


def texts(*names: str, kind: str = "company") -> dict[str, str]:
    return {f"seeds/parties/{name}.toml": PARTY.format(name, kind) for name in names}


def test_an_interrupted_act_is_finished_or_never_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put, calls = journal._put, []

    def stop_at_the_second(path: Path, content: bytes | None) -> None:
        calls.append(path)
        if len(calls) == 2:
            raise KeyboardInterrupt
        put(path, content)

    monkeypatch.setattr(journal, "_put", stop_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        write_checked(tmp_path, texts("a", "b"))
    monkeypatch.setattr(journal, "_put", put)
    assert journal.finish(tmp_path)
    assert sorted(path.name for path in (tmp_path / "seeds" / "parties").iterdir()) == ["a.toml", "b.toml"]


def test_faults_that_were_there_before_are_no_new_ones(made: Any) -> None:
    made.party("odd", kind="octopus")
    made.write()
    assert new_faults(made.root, texts("a")) == []
    assert [one.where for one in new_faults(made.root, texts("b", kind="squid"))] == ["seeds/parties/b.toml"]
    with pytest.raises(FaultGroup):
        write_checked(made.root, texts("b", kind="squid"))
    assert not (made.root / "seeds" / "parties" / "b.toml").exists()


def test_targets(tmp_path: Path) -> None:
    require_target(tmp_path)
    require_target(tmp_path / "not-there")
    (tmp_path / "file").write_text("")
    for target in (tmp_path / "file", tmp_path):
        with pytest.raises(UsageError):
            require_target(target)

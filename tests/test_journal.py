from __future__ import annotations

import json
from pathlib import Path

import pytest

from georisk import journal
from georisk.errors import UsageError, WorkspaceLocked
from georisk.journal import JOURNAL, LEDGER, STATE, commit, finish, read_settled
from georisk.locking import workspace_lock


def files(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*.txt")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("old a")
    (tmp_path / "b.txt").write_text("old b")
    return tmp_path


ACT = {"a.txt": b"new a", "b.txt": None, "deep/c.txt": b"new c"}


def dies_after(monkeypatch: pytest.MonkeyPatch, writes: int) -> None:
    """Let the journal's own writing of files stop after some files."""
    put, done = journal._put, []

    def stops(path: Path, content: bytes | None) -> None:
        if len(done) == writes:
            raise KeyboardInterrupt
        done.append(path)
        put(path, content)

    monkeypatch.setattr(journal, "_put", stops)


def test_an_act_writes_all_of_it_and_leaves_no_journal(root: Path) -> None:
    commit(root, ACT)
    assert files(root) == {"a.txt": "new a", "deep/c.txt": "new c"}
    assert not (root / STATE / JOURNAL).exists()
    assert not finish(root)


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_an_interrupted_act_is_finished_by_whoever_comes_next(
    root: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    with monkeypatch.context() as patched:
        dies_after(patched, writes)
        with pytest.raises(KeyboardInterrupt):
            commit(root, ACT)
    assert finish(root)
    assert files(root) == {"a.txt": "new a", "deep/c.txt": "new c"}
    assert not finish(root)


def test_an_act_that_changes_nothing_writes_nothing(root: Path) -> None:
    before = (root / "a.txt").stat()
    commit(root, {"a.txt": b"old a"})
    assert (root / "a.txt").stat() == before
    assert not (root / STATE).exists()


def test_a_file_edited_since_the_interruption_is_not_overwritten(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        dies_after(patched, 1)
        with pytest.raises(KeyboardInterrupt):
            commit(root, ACT)
    (root / "b.txt").write_text("a person's words")
    with pytest.raises(UsageError, match=r"b\.txt was edited after an act"):
        finish(root)
    assert (root / "b.txt").read_text() == "a person's words"


def test_left_over_temporary_files_go_and_others_stay(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        dies_after(patched, 0)
        with pytest.raises(KeyboardInterrupt):
            commit(root, ACT)
    (root / ".a.txt.x8_kq01z").write_text("torn")
    (root / ".a.txt.swp").write_text("an editor's")
    finish(root)
    assert not (root / ".a.txt.x8_kq01z").exists()
    assert (root / ".a.txt.swp").exists()


def test_reading_begins_again_when_an_act_falls_into_it(root: Path) -> None:
    seen: list[dict[str, str]] = []

    def read() -> dict[str, str]:
        found = files(root)
        if not seen:
            commit(root, {**ACT, LEDGER: b"{}\n"})
        seen.append(found)
        return found

    assert read_settled(root, read) == {"a.txt": "new a", "deep/c.txt": "new c"}
    assert seen[0] == {"a.txt": "old a", "b.txt": "old b"}


def test_a_fault_of_half_an_act_is_not_told(root: Path) -> None:
    tries: list[int] = []

    def read() -> int:
        tries.append(1)
        if len(tries) == 1:
            commit(root, {LEDGER: b"{}\n"})
            raise ValueError("half an act")
        return len(tries)

    assert read_settled(root, read) == 2


def test_a_fault_that_is_there_is_told(root: Path) -> None:
    def read() -> int:
        raise ValueError("a real fault")

    with pytest.raises(ValueError, match="a real fault"):
        read_settled(root, read)


def test_an_act_in_progress_is_waited_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / STATE).mkdir()
    entry = {"path": "a.txt", "before": journal.sha256(b"old a"), "after": journal.sha256(b"new"), "bytes": "bmV3"}
    with workspace_lock(root / STATE):
        (root / STATE / JOURNAL).write_text(json.dumps({"files": [entry]}))
        monkeypatch.setattr("georisk.journal.workspace_lock", lambda folder: workspace_lock(folder, patience=0.0))
        with pytest.raises(WorkspaceLocked, match="is being written by process"):
            finish(root)
    monkeypatch.undo()
    assert finish(root)
    assert (root / "a.txt").read_text() == "new"

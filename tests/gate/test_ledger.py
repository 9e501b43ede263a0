from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.errors import Fault
from georisk.gate.drafts import Written
from georisk.gate.ledger import Entry, Ledger, Patch, is_chain, patch_of, read_ledger, reversed_exactly, taken_out
from georisk.journal import LEDGER, sha256

OLD = "one\ntwo\nthree\n"
NEW = "one\ntwo\nnew\nmore\nthree\n"


def entry(number: int, act: str = "accept", proposal: str = "p-1", **more: object) -> Entry:
    return Entry(number, act, "tester", "2026-11-21T12:00:00Z", proposal, "2026-11-20-news", "new", ("s-1",), **more)  # type: ignore[arg-type]


def written(root: Path, ledger: Ledger) -> Path:
    path = root / LEDGER
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(ledger.text.encode())
    return path


def test_no_file_is_an_empty_ledger(tmp_path: Path) -> None:
    assert read_ledger(tmp_path) == Ledger()


def test_what_was_entered_is_read_back(tmp_path: Path) -> None:
    record = Written("seeds/x.toml", "statement", "k", made=False, sources=("a", "b"), status="denied", was="claimed")
    ledger = Ledger().with_(entry(1, records=(record,), files=(patch_of("seeds/x.toml", OLD, NEW),), note="a\u2028b"))
    ledger = ledger.with_(entry(2, "undo"))
    written(tmp_path, ledger)
    assert read_ledger(tmp_path) == ledger


def test_the_state_is_that_of_the_last_act() -> None:
    ledger = Ledger()
    assert ledger.state("p-1") == "open"
    for number, (act, state) in enumerate([("accept", "accepted"), ("undo", "undone"), ("reject", "rejected")], 1):
        ledger = ledger.with_(entry(number, act))
        assert ledger.state("p-1") == state
    assert ledger.last("p-2") is None


def test_a_changed_torn_or_missing_line_shows(tmp_path: Path) -> None:
    ledger = Ledger().with_(entry(1)).with_(entry(2, "undo")).with_(entry(3))
    path = written(tmp_path, ledger)
    lines = path.read_text().splitlines(keepends=True)
    for damaged in (
        lines[0].replace("tester", "nobody") + lines[1] + lines[2],
        lines[0] + lines[2],
        lines[1] + lines[2],
        lines[0] + lines[1] + lines[2][:40],
        lines[0] + "\n" + lines[1],
        "[]\n",
    ):
        path.write_text(damaged)
        with pytest.raises(Fault, match=r"ledger\.jsonl line \d"):
            read_ledger(tmp_path)


def test_every_line_carries_the_hash_of_the_line_before() -> None:
    first, second = (json.loads(line) for line in Ledger().with_(entry(1)).with_(entry(2)).text.splitlines())
    line = Ledger().with_(entry(1)).text.removesuffix("\n")
    assert first["chain"] == (sha256(b"") or "")[:16]
    assert second["chain"] == (sha256(line.encode()) or "")[:16]


def test_a_patch_gives_back_the_bytes() -> None:
    patch = patch_of("x", OLD, NEW)
    assert [(hunk.old, hunk.new) for hunk in patch.hunks] == [("", "new\nmore\n")]
    assert reversed_exactly(patch, NEW) == OLD
    with pytest.raises(Fault, match="does not"):
        reversed_exactly(patch, NEW.replace("more", "less"))


def test_a_new_file_is_taken_back_to_none() -> None:
    patch = patch_of("x", None, NEW)
    assert patch.before is None
    assert reversed_exactly(patch, NEW) is None


lines = st.text(alphabet="ab\n\r\u2028\u0085é", max_size=30)


@given(lines, lines)
def test_any_change_can_be_reversed(before: str, after: str) -> None:
    assert reversed_exactly(patch_of("x", before, after), after) == before


def test_what_was_put_in_is_taken_out_of_a_text_that_changed_elsewhere() -> None:
    patch = patch_of("x", OLD, NEW)
    assert taken_out(patch, "zero\n" + NEW) == "zero\n" + OLD
    assert taken_out(patch, NEW.replace("more", "less")) is None
    assert taken_out(patch, NEW + NEW) is None


def test_patches_chain_where_nobody_else_wrote() -> None:
    first, second = Patch("x", "a", "b", ()), Patch("x", "b", "c", ())
    assert is_chain([first, second], "a", "c")
    assert is_chain([], "a", "a")
    assert not is_chain([second], "a", "c")
    assert not is_chain([first], "a", "c")


def test_later_acts_on_a_file_are_found() -> None:
    patches = [patch_of("x", OLD, NEW), patch_of("y", OLD, NEW), patch_of("x", NEW, OLD)]
    ledger = Ledger()
    for number, patch in enumerate(patches, 1):
        ledger = ledger.with_(entry(number, files=(patch,)))
    assert ledger.since(ledger.entries[0], "x") == [patches[2]]
    assert ledger.since(ledger.entries[0], "y") == [patches[1]]

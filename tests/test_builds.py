from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from georisk.builds import (
    LAST,
    Builds,
    Kept,
    changes_since,
    inputs_digest,
    kept_of,
    read_builds,
    view_of,
    write_builds,
)
from georisk.errors import UsageError
from georisk.workspace import Workspace

pytestmark = pytest.mark.long

TODAY = "2026-11-21"


@pytest.fixture
def hill(made: Any) -> Workspace:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("east", incorporation="CHN")
    made.stake("hill-co", owner="east", percent=60, since="2025-01-01")
    made.say("hill", "chinese-link", absent="none-found", channels=["offtake", "processing", "debt", "contractor"])
    return made.open()  # type: ignore[no-any-return]


def kept(workspace: Workspace, as_of: str = TODAY) -> Kept:
    return kept_of(workspace, workspace.assess(as_of, TODAY))


A, B = (Kept(day, TODAY, "digest", "0.1.0", {}) for day in ("2026-01-01", "2026-02-01"))


def test_a_build_is_compared_with_the_last_of_other_inputs() -> None:
    none = Builds()
    assert none.earlier(A) is None
    one = none.after(A)
    assert one == Builds(A, None)
    assert one.earlier(A) is None
    assert one.after(replace(A)) is one
    two = one.after(B)
    assert two == Builds(B, A)
    assert two.earlier(B) == A
    assert two.after(B) is two
    assert two.earlier(A) == B


@pytest.mark.parametrize("change", [{"as_of": "x"}, {"known_by": "x"}, {"inputs": "x"}, {"georisk": "x"}])
def test_builds_are_told_apart_by_what_they_were_made_from(change: dict[str, str]) -> None:
    assert replace(A, **change).fingerprint != A.fingerprint  # type: ignore[arg-type]
    assert replace(A, scores={"x": 1}).fingerprint == A.fingerprint


def test_what_was_written_is_read_back_and_left_alone(hill: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "state"
    assert read_builds(folder) == Builds()
    builds = Builds(kept(hill), None)
    write_builds(folder, builds, hill)
    assert read_builds(folder) == builds
    before = (folder / LAST).stat()
    write_builds(folder, builds, hill)
    assert (folder / LAST).stat() == before


def test_only_the_inputs_of_the_two_builds_are_kept(hill: Workspace, made: Any, tmp_path: Path) -> None:
    builds, workspace = Builds(), hill
    for number in range(3):
        made.say("hill", "profile", f"words {number}")
        workspace = made.open()
        builds = builds.after(kept(workspace))
        write_builds(tmp_path, builds, workspace)
    assert len(list(tmp_path.glob("inputs-*.zip"))) == 2


def test_the_digest_sees_seeds_and_data_and_no_news(hill: Workspace) -> None:
    first = inputs_digest(hill)
    news = hill.root / "seeds" / "news"
    news.mkdir()
    (news / "ledger.jsonl").write_text("{}")
    (hill.root / "seeds" / "sites" / "hill" / ".site.toml.swp").write_text("x")
    assert inputs_digest(hill) == first
    path = hill.root / "seeds" / "sites" / "hill" / "site.toml"
    path.write_text(path.read_text() + "# a remark\n")
    assert inputs_digest(hill) != first


def test_an_earlier_build_can_be_looked_at_again(hill: Workspace, made: Any, tmp_path: Path) -> None:
    first = kept(hill)
    write_builds(tmp_path, Builds(first, None), hill)
    made.stake("hill-co", owner="west", percent=10, since="2025-01-01")
    now = made.open()
    with view_of(tmp_path, first) as view:
        assert view is not None
        assert len(view.seeds.statements) == len(hill.seeds.statements)
        assert view.edition
    changes = changes_since(tmp_path, first, now, kept(now))
    assert changes is not None
    hows = {mover.how for mover in changes.sites[0].movers}
    assert hows == {"was added"}


def test_without_its_inputs_the_scores_are_compared(hill: Workspace, tmp_path: Path) -> None:
    first, now = kept(hill, "2024-01-01"), kept(hill)
    changes = changes_since(tmp_path, first, hill, now)
    assert changes is not None
    assert {cause.mover.kind for cause in changes.sites[0].shifts["china"].causes} == {"indicator"}
    assert changes_since(tmp_path, None, hill, now) is None


def test_what_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    for text in ("{", "[]", json.dumps({"current": {"as_of": 1}, "previous": None}), "{}"):
        (tmp_path / LAST).write_text(text)
        with pytest.raises(UsageError, match="delete it"):
            read_builds(tmp_path)


def test_a_build_killed_on_the_way_leaves_the_old_maps_or_the_new_and_the_next_one_heals(tmp_path: Path) -> None:
    script = Path(__file__).with_name("killed.py")
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(script.parent.parent)}
    ran = subprocess.run(
        [sys.executable, script, tmp_path, "build", "9", "10"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["killed"] >= 12
    assert found["before"] > 0
    assert found["after"] > 0

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from georisk import build as building
from georisk.build import MANIFEST, build, input_hashes
from georisk.errors import FaultGroup, UsageError

CLOCKS: dict[str, Any] = {"as_of": "2026-11-21", "known_by": "2026-11-21"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def note(found: Any, workspace: Any, folder: Path) -> list[str]:
    """Draw almost nothing, so that what surrounds drawing can be tested quickly."""
    (folder / "note.txt").write_text(f"{len(found.sites)} sites", encoding="utf-8")
    return ["note.txt"]


@pytest.fixture
def drawing(scored_once: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Replace all outputs by a short note, or by what a test sets, and scores by those already made."""

    def set_outputs(**outputs: Any) -> None:
        monkeypatch.setattr(building, "OUTPUTS", outputs)

    set_outputs(note=note)
    return set_outputs


@pytest.fixture
def desk(made: Any) -> Any:
    made.site("hill", country="TZA")
    return made


def test_the_manifest_names_dates_method_inputs_and_outputs(sample: Any, built: Path) -> None:
    manifest = json.loads((built / MANIFEST).read_text(encoding="utf-8"))
    method = sample.report.assessment.method
    assert (manifest["as_of"], manifest["known_by"], manifest["projection"]) == ("2026-11-21", "2026-11-21", False)
    assert manifest["method"] == {"version": method.version, "fingerprint": method.fingerprint}
    for name, digest in manifest["outputs"].items():
        assert hashlib.sha256((built / name).read_bytes()).hexdigest() == digest
    assert set(manifest["outputs"]) == set(contents(built)) - {MANIFEST, "README.md"}
    assert manifest["inputs"] == input_hashes(sample.workspace)
    assert "seeds/sites/hill/site.toml" in manifest["inputs"]
    assert "data/method/method.toml" in manifest["inputs"]


def test_outputs_are_for_all_to_read(built: Path) -> None:
    assert built.stat().st_mode & 0o777 == 0o755
    assert set(os.listdir(built.parent)) == {".georisk", "maps"}


def test_inputs_that_change_change_their_hash(desk: Any) -> None:
    before = input_hashes(desk.open())
    desk.say("hill", "history", "dug")
    after = input_hashes(desk.open())
    assert {name for name in after if after[name] != before.get(name)} == {"seeds/sites/hill/site.toml"}


def test_each_step_is_told_and_each_file_named(sample: Any, drawing: Any, tmp_path: Path) -> None:
    steps: list[str] = []
    made = build(sample.workspace, out=tmp_path / "maps", step=steps.append, **CLOCKS)
    assert (made.folder, made.files) == (tmp_path / "maps", ("note.txt",))
    assert steps[0] == "check"
    assert steps[-1] == "note"


def test_what_no_manifest_lists_is_carried_over_and_the_rest_replaced(
    sample: Any, drawing: Any, tmp_path: Path
) -> None:
    out = tmp_path / "maps"
    (out / "pictures").mkdir(parents=True)
    (out / "README.md").write_text("mine")
    (out / "pictures" / "map.png").write_bytes(b"\x89PNG")
    build(sample.workspace, out=out, **CLOCKS)
    assert set(contents(out)) == {"README.md", "pictures/map.png", "note.txt", MANIFEST}
    drawing(other=lambda found, workspace, folder: (folder / "other.txt").write_text("x") and ["other.txt"])
    build(sample.workspace, out=out, **CLOCKS)
    assert set(contents(out)) == {"README.md", "pictures/map.png", "other.txt", MANIFEST}
    assert (out / "README.md").read_text() == "mine"


def test_what_a_build_writes_wins_over_what_lay_there(sample: Any, drawing: Any, tmp_path: Path) -> None:
    out = tmp_path / "maps"
    out.mkdir()
    (out / "note.txt").write_text("an old note nobody listed")
    build(sample.workspace, out=out, **CLOCKS)
    assert (out / "note.txt").read_text() == "3 sites"


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, OSError, ZeroDivisionError])
def test_a_build_that_breaks_off_leaves_the_last_good_one(
    sample: Any, drawing: Any, tmp_path: Path, trouble: type[BaseException]
) -> None:
    out = tmp_path / "maps"
    build(sample.workspace, out=out, **CLOCKS)
    before = contents(tmp_path)

    def torn(found: Any, workspace: Any, folder: Path) -> list[str]:
        (folder / "half.txt").write_text("ha")
        raise trouble

    drawing(note=note, torn=torn)
    with pytest.raises(trouble):
        build(sample.workspace, out=out, **CLOCKS)
    assert {name: text for name, text in contents(tmp_path).items() if ".georisk" not in name} == {
        name: text for name, text in before.items() if ".georisk" not in name
    }


def test_what_a_killed_build_left_is_swept(sample: Any, drawing: Any, tmp_path: Path) -> None:
    left = tmp_path / ".maps-new-abc"
    left.mkdir()
    (left / "half.txt").write_text("ha")
    build(sample.workspace, out=tmp_path / "maps", **CLOCKS)
    assert not left.exists()


def test_without_an_atomic_swap_of_folders_two_renames_do(
    sample: Any, drawing: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoLibrary:
        def __init__(self, *given: Any, **more: Any) -> None:
            pass

    monkeypatch.setattr("georisk.build.ctypes.CDLL", NoLibrary)
    out = tmp_path / "maps"
    for _ in range(2):
        build(sample.workspace, out=out, **CLOCKS)
    assert set(contents(out)) == {"note.txt", MANIFEST}
    assert {path.name for path in tmp_path.iterdir()} == {"maps", ".georisk"}


def test_faults_stop_it_before_anything_is_written(desk: Any, drawing: Any, tmp_path: Path) -> None:
    desk.stake("hill-co", owner="ada", percent=130)
    with pytest.raises(FaultGroup):
        build(desk.open(), out=tmp_path / "maps", **CLOCKS)
    assert not (tmp_path / "maps").exists()


def test_faults_of_the_data_stop_it_too(desk: Any, drawing: Any, tmp_path: Path) -> None:
    data = desk.data()
    (data / "reference" / "fatf-lists.csv").write_text("place,list,valid_from,valid_until,grade\nTZA,grey,soon,,A\n")
    with pytest.raises(FaultGroup) as caught:
        build(desk.open(), out=tmp_path / "maps", **CLOCKS)
    assert "data/reference/fatf-lists.csv line 2: valid_from 'soon'" in str(caught.value.exceptions[0])


def test_a_file_in_the_place_of_the_folder_is_said(sample: Any, drawing: Any, tmp_path: Path) -> None:
    (tmp_path / "maps").write_text("a file")
    with pytest.raises(UsageError, match="is a file; name a folder with --out"):
        build(sample.workspace, out=tmp_path / "maps", **CLOCKS)
    assert (tmp_path / "maps").read_text() == "a file"

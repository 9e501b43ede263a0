"""``export``, ``import`` and ``parties`` on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DAY = ("--as-of", "2026-11-21", "--known-by", "2026-11-21")


@pytest.fixture
def desk(made: Any) -> Path:
    made.site("cloud", kind="refinery")
    made.party("zijin", title="Zijin Mining Group", aliases=["紫金矿业"])
    made.stake("cloud", owner="zijin", percent=60)
    return made.write()


def test_out_and_in_again(georisk: Callable[..., Any], desk: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert georisk("export", "--to", "bods", "--out", out, *DAY, "--workspace", desk).code == 0
    ran = georisk("import", out, "--from", "bods", "--into", tmp_path / "other", "--format", "json")
    assert ran.code == 0
    assert [one["outcome"] for one in json.loads(ran.out)] == ["written"] * 3 + ["left out"] * 2
    assert (tmp_path / "other" / "seeds" / "sites" / "cloud" / "site.toml").exists()
    assert "2 files written" in ran.err
    assert georisk("check", "--workspace", tmp_path / "other").code == 0


def test_text_goes_to_stdout_and_nothing_else(georisk: Callable[..., Any], desk: Path) -> None:
    for to in ("bods", "ftm"):
        ran = georisk("export", "--to", to, *DAY, "--workspace", desk)
        assert (ran.code, ran.err) == (0, "")
        assert json.loads(ran.out if to == "bods" else ran.out.splitlines()[0])


def test_known_by_is_kept(georisk: Callable[..., Any], desk: Path) -> None:
    ran = georisk("export", "--to", "bods", "--as-of", "2026-11-21", "--known-by", "2026-05-31", "--workspace", desk)
    assert "georisk-party-zijin" not in ran.out, "the stake was published in June 2026"


def test_bad_requests(georisk: Callable[..., Any], desk: Path, tmp_path: Path) -> None:
    for words in (
        ("export", "--to", "gpkg", "--workspace", desk),
        ("export", "--to", "shoe", "--workspace", desk),
        ("export", "--to", "bods", "--out", desk, "--workspace", desk),
        ("import", tmp_path / "nowhere.json", "--from", "bods", "--into", tmp_path / "other"),
        (
            "import",
            tmp_path / "nowhere.json",
            "--from",
            "bods",
            "--map",
            tmp_path / "m.toml",
            "--into",
            tmp_path / "other",
        ),
    ):
        ran = georisk(*words)
        assert (ran.code, ran.out) == (2, ""), words
        assert "Traceback" not in ran.err


def test_what_is_not_understood_is_a_finding(georisk: Callable[..., Any], desk: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id,name,kind,country\nx,X,castle,TZA\n", encoding="utf-8")
    ran = georisk("import", tmp_path / "in.csv", "--from", "csv", "--workspace", desk, "--format", "csv")
    assert ran.code == 1
    assert "line 2,not understood,kind" in ran.out


def test_a_party_by_another_script(georisk: Callable[..., Any], desk: Path) -> None:
    ran = georisk(
        "parties", "match", "紫金矿业集团股份有限公司", "Zijin International", "--workspace", desk, "--format", "json"
    )
    rows = json.loads(ran.out)
    assert [(row["party"], row["verdict"]) for row in rows if row["name"].startswith("紫")] == [("zijin", "same")]
    assert [row["verdict"] for row in rows if row["name"].startswith("Z")] in ([], ["different"])
    assert "no party is certainly 'Zijin International'" in ran.err

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.long

DAY = ("--as-of", "2026-11-21", "--known-by", "2026-11-21")
ITEM = """id = "2026-11-20-news"
title = "The owner was bought"
compiled = 2026-11-20
[sources.press]
title = "Notice"
publisher = "Invented Press"
url = "https://example.org/notice"
published = 2026-11-19
grade = "B"
[[propose]]
file = "parties/hill-co"
key = "stake-east"
property = "stake"
value = 80
unit = "percent"
qualifiers = { owner = "east" }
valid_from = 2026-11-01
sources = ["press"]
supersedes = ["stake-rest"]
"""
POLICY = """[accept]
comparisons = ["new", "supersedes"]
grades = ["B"]
properties = ["stake"]
forces = ["in-effect"]
statuses = ["confirmed"]
state_linked = false
min_independent_sources = 1
max_move_points = 100
"""


def tell(made: Any) -> Path:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("hill-co", incorporation="TZA")
    made.party("east", incorporation="CHN")
    made.stake("hill-co", owner="rest", percent=100, since="2020-01-01", key="stake-rest")
    made.say("hill", "chinese-link", absent="none-found", channels=["processing", "debt", "contractor", "offtake"])
    made.site("dale", country="TZA")
    made.data()
    return made.write()  # type: ignore[no-any-return]


@pytest.fixture
def desk(made: Any, tmp_path: Path) -> Path:
    root = tell(made)
    (tmp_path / "2026-11-20-news.toml").write_text(ITEM)
    (tmp_path / "policy.toml").write_text(POLICY)
    return root


def test_diff_between_days_prints_causes(georisk: Any, desk: Path) -> None:
    words = ("diff", "hill", "--from", "2019-01-01", "--to", "2026-11-21", "--workspace", desk)
    ran = georisk(*words, "--format", "json")
    (site,) = json.loads(ran.out)["sites"]
    opacity = site["dimensions"]["opacity"]
    assert sum(cause["share"] for cause in opacity["causes"]) == pytest.approx(opacity["delta"], abs=1e-9)
    assert "hill-co:stake-rest" in {cause["key"] for cause in opacity["causes"]}
    assert "Stake" in georisk(*words).out
    assert "**What moved**" in georisk(*words, "--format", "md").out


def test_diff_between_known_by_days(georisk: Any, desk: Path) -> None:
    ran = georisk(
        "diff", "--known-by-from", "2026-01-01", "--known-by-to", "2026-11-21", "--format", "json", "--workspace", desk
    )
    document = json.loads(ran.out)
    assert (document["before"]["known_by"], document["after"]["known_by"]) == ("2026-01-01", "2026-11-21")
    assert {cause["how"] for site in document["sites"] for cause in site["dimensions"]["opacity"]["causes"]} == {
        "became known"
    }


def test_diff_of_a_day_with_itself_says_nothing_moved(georisk: Any, desk: Path) -> None:
    ran = georisk("diff", "--from", "2026-11-21", "--to", "2026-11-21", "--workspace", desk)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("no score moved: as of 2026-11-21")


def test_diff_of_two_scores_files(georisk: Any, desk: Path, tmp_path: Path) -> None:
    for day in ("2019-01-01", "2026-11-21"):
        out = georisk("score", "--as-of", day, "--format", "json", "--workspace", desk).out
        (tmp_path / f"{day}.json").write_text(out)
    files = (tmp_path / "2019-01-01.json", tmp_path / "2026-11-21.json")
    document = json.loads(georisk("diff", *files, "--format", "json", "--workspace", desk).out)
    assert document["before"]["as_of"] == "2019-01-01"
    kinds = {cause["kind"] for site in document["sites"] for cause in site["dimensions"]["opacity"]["causes"]}
    assert kinds == {"indicator"}
    ran = georisk("diff", *files, "--from", "2020-01-01", "--workspace", desk)
    assert (ran.code, "have their own dates" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), "say which days"),
        (("hill",), "say which days"),
        (("brook", "--from", "2026-01-01"), "no site 'brook'; known sites: dale, hill"),
        (("--from", "soon"), "'soon' is not a date"),
        (("a.json", "b.json"), "a.json is no file"),
    ],
)
def test_diff_refuses_what_it_cannot_compare(georisk: Any, desk: Path, words: tuple[str, ...], expected: str) -> None:
    ran = georisk("diff", *words, "--workspace", desk)
    assert ran.code == 2
    assert expected in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("limit", ["bands", "points", "points:", "points:zero", "points:0", "points:-1", "points:101"])
def test_a_limit_that_makes_no_sense_is_refused(georisk: Any, desk: Path, limit: str) -> None:
    ran = georisk("rescore", "--fail-on", limit, "--workspace", desk)
    assert ran.code == 2
    assert "allowed: band, or points:N" in ran.err
    assert not (desk / "maps").exists()


def state(desk: Path) -> dict[str, bytes]:
    paths = [path for path in desk.rglob("*") if path.is_file() and path.name != "lock"]
    return {path.relative_to(desk).as_posix(): path.read_bytes() for path in paths}


def test_the_loop_from_news_to_a_rescored_map_and_back(georisk: Any, desk: Path, tmp_path: Path) -> None:
    where = ("--workspace", desk)
    first = georisk("rescore", *DAY, *where, "--format", "json")
    assert (first.code, json.loads(first.out)["sites"]) == (0, [])
    assert "the first build" in first.err
    assert not (desk / "maps" / "changes.html").exists()

    georisk("news", "propose", tmp_path / "2026-11-20-news.toml", *where)
    assert georisk("news", "accept", "--policy", tmp_path / "policy.toml", *DAY, *where).err == "1 accepted\n"
    ran = georisk("rescore", *DAY, *where, "--fail-on", "band", "--format", "md")
    assert ran.code == 1
    assert "**Hill**: China linkage 0.0 low to" in ran.out
    assert "Stake was added 2026-11-19: 80 %" in ran.out
    assert "(https://example.org/notice)" in ran.out
    assert "1 of 2 sites did not move." in ran.out

    document = json.loads((desk / "maps" / "changes.json").read_text())
    hill = next(site for site in document["sites"] if site["id"] == "hill")
    china = hill["dimensions"]["china"]
    assert sum(cause["share"] for cause in china["causes"]) == pytest.approx(china["delta"], abs=1e-9)
    scores = json.loads((desk / "maps" / "scores.json").read_text())
    now = next(site for site in scores["sites"] if site["id"] == "hill")
    assert china["after"] == now["dimensions"]["china"]["score"]
    assert "What moved" in (desk / "maps" / "changes.html").read_text()
    assert "since the build of 2026-11-21" in (desk / "maps" / "index.html").read_text()

    before = state(desk)
    again = georisk("rescore", *DAY, *where, "--fail-on", "band", "--format", "md")
    assert (again.code, again.out) == (0, "No score moved.\n")
    assert state(desk) == before

    (name,) = (json.loads(line)["proposal"] for line in (desk / "seeds/news/ledger.jsonl").read_text().splitlines())
    georisk("news", "undo", name, *where)
    back = georisk("rescore", *DAY, *where, "--fail-on", "points:5", "--format", "json")
    assert back.code == 1
    moved = {site["id"]: site["dimensions"]["china"]["delta"] for site in json.loads(back.out)["sites"]}
    assert moved["hill"] == pytest.approx(-china["delta"])
    assert georisk("rescore", *DAY, *where, "--fail-on", "points:5").code == 0


def test_the_documented_cron_line_runs_and_a_second_time_changes_nothing(made: Any, tmp_path: Path, root: Path) -> None:
    desk = tell(made)
    (desk / "inbox").mkdir()
    (desk / "inbox" / "2026-11-20-news.toml").write_text(ITEM)
    (desk / "policy.toml").write_text(POLICY)
    readme = (root / "seeds/news/README.md").read_text()
    line = next(line for line in readme.splitlines() if line.strip().startswith("15 4 * * *"))
    script = line.split("* * *")[1].replace("cd /srv/registry && ", "").strip()
    assert script.count("georisk ") == 3
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "georisk"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m georisk "$@"\n')
    command.chmod(0o755)
    environment = os.environ | {"PATH": f"{folder}:{os.environ['PATH']}", "PYTHONPATH": str(root)}

    def night(words: str = script) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-c", words], cwd=desk, env=environment, capture_output=True, text=True, check=False
        )

    assert night("georisk build").returncode == 0
    first = night()
    assert first.returncode == 1, first.stderr
    assert "**Hill**: China linkage" in first.stdout
    before = state(desk)
    second = night()
    assert second.returncode == 0, second.stderr
    assert "No score moved." in second.stdout
    assert state(desk) == before


def test_rescore_says_so_where_an_earlier_build_cannot_be_read(georisk: Any, desk: Path) -> None:
    (desk / ".georisk").mkdir()
    (desk / ".georisk" / "last.json").write_text("{")
    ran = georisk("rescore", *DAY, "--workspace", desk)
    assert ran.code == 2
    assert "delete it" in ran.err
    assert not (desk / "maps").exists()
    shutil.rmtree(desk / ".georisk")


def test_two_methods_are_compared_and_the_method_is_the_cause(georisk: Any, desk: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[aggregation]\nexponent = 1\n")
    ran = georisk("diff", "hill", "--to-method", own, "--format", "json", "--workspace", desk, "--from", "2026-11-21",
                  "--to", "2026-11-21")  # fmt: skip
    assert ran.code == 0, ran.err
    document = json.loads(ran.out)
    assert document["after"]["method"]["version"].endswith("+ own.toml")
    (site,) = document["sites"]
    assert {cause["kind"] for cause in site["composite"]["causes"]} <= {"method"}
    assert all(score["delta"] in (None, 0) for score in site["dimensions"].values())
    delta = site["composite"]["delta"]
    assert delta is None or sum(one["share"] for one in site["composite"]["causes"]) == pytest.approx(delta, abs=1e-9)


def test_two_registries_are_compared(georisk: Any, desk: Path, workspace: Any, tmp_path: Path) -> None:
    other = workspace(tmp_path / "other")
    tell(other)
    other.stake("hill-co", owner="east", percent=0, key="stake-east", since="2026-01-01")
    other.site("cove", country="TZA")
    root = other.write()
    ran = georisk("diff", "--against", root, "--format", "json", "--workspace", desk, "--from", "2026-11-21", "--to",
                  "2026-11-21")  # fmt: skip
    assert ran.code == 0, ran.err
    sites = {one["id"]: one for one in json.loads(ran.out)["sites"]}
    assert set(sites) == {"hill", "dale", "cove"}
    assert sites["cove"]["composite"]["band_after"] == "not in the registry"
    assert sites["hill"]["changed"] or sites["hill"]["moved"]

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from georisk.outputs import OUTPUTS
from tests.news import server as rude

ARTICLE = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Invented Press</title>
<item><title>Stake in Kilima sold</title><link>https://press.example.org/stake</link>
<pubDate>Thu, 05 Mar 2026 08:00:00 +0000</pubDate>
<description>Red River Smelting completed the acquisition of a 40% stake in Kilima Mining on 4 March 2026.</description></item>
<item><title>On patience</title><link>https://press.example.org/patience</link>
<pubDate>Thu, 05 Mar 2026 09:00:00 +0000</pubDate>
<description>If all mines were as patient as Kilima Hill, prices might fall, some day.</description></item></channel></rss>"""
POLICY = """[accept]
comparisons = ["new"]
grades = ["B"]
properties = ["stake"]
forces = ["in-effect"]
statuses = ["confirmed"]
state_linked = false
min_independent_sources = 1
max_move_points = inf
modalities = ["completed"]
source_kinds = ["reporting"]
min_confidence = 0.5
"""
DAY = ("--as-of", "2026-11-21", "--known-by", "2026-11-21")


@pytest.fixture
def server() -> Iterator[Any]:
    with rude.serving() as found:
        yield found


@pytest.fixture
def desk(made: Any, tmp_path: Path) -> Path:
    made.site("kilima-hill", title="Kilima Hill", country="TZA", at=(35.75, -6.17), holder="kilima-mining")
    made.party("kilima-mining", title="Kilima Mining", incorporation="TZA")
    made.party("red-river", title="Red River Smelting", incorporation="CHN")
    made.party("quarry", title="Quarry Capital", incorporation="GBR")
    made.stake("kilima-mining", owner="quarry", percent=60, since="2020-01-01")
    made.say(
        "kilima-hill", "chinese-link", absent="none-found", channels=["processing", "debt", "contractor", "offtake"]
    )
    (tmp_path / "policy.toml").write_text(POLICY)
    return made.write()  # type: ignore[no-any-return]


def files(folder: Path) -> dict[str, bytes]:
    found = [one for one in folder.rglob("*") if one.is_file() and one.name != "lock"]
    return {str(one): one.read_bytes() for one in found}


def test_from_feed_to_rescored_map_and_again_without_a_change(
    georisk: Any, server: Any, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("georisk.build.OUTPUTS", {"scores": OUTPUTS["scores"], "changes": OUTPUTS["changes"]})
    feeds = tmp_path / "feeds.toml"
    answer = rude.conditional(ARTICLE, '"1"', "Thu, 05 Mar 2026 10:00:00 GMT")
    feeds.write_text(f'[feeds.press]\nurl = "{server.url("/feed", answer)}"\n')
    policy, there = tmp_path / "policy.toml", ("--workspace", desk)
    copy = desk / ".georisk" / "feeds" / "press.xml"
    georisk("rescore", *DAY, *there)

    def night() -> str:
        assert georisk("news", "pull", feeds, *there).code == 0
        assert georisk("news", "propose", copy, *there).code == 0
        assert georisk("news", "accept", "--policy", policy, *DAY, *there).code == 0
        ran = georisk("rescore", "--fail-on", "points:1", "--format", "md", *DAY, *there)
        assert ran.code == (1 if "No score moved" not in ran.out else 0)
        return str(ran.out)

    first = night()
    assert "**Kilima Hill**: China linkage" in first
    assert "Stake was added 2026-03-05: 40 %, owner Red River Smelting" in first
    assert "(https://press.example.org/stake#:~:text=Red%20River%20Smelting%20completed" in first
    before = files(desk)
    assert "No score moved" in night()
    assert files(desk) == before


def test_pull_tells_each_feed_and_fails_if_one_does(georisk: Any, server: Any, desk: Path, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    good, bad = server.url("/good", rude.sends(ARTICLE)), server.url("/bad", rude.sends(b"", status=404))
    feeds.write_text(f'[feeds.good]\nurl = "{good}"\n[feeds.bad]\nurl = "{bad}"\n')
    ran = georisk("news", "pull", feeds, "--workspace", desk, "--format", "json")
    told = {one["feed"]: one for one in json.loads(ran.out)}
    assert (ran.code, told["good"]["result"], told["bad"]["result"]) == (1, "new", "failed")
    assert told["bad"]["text"] == "the server answered 404 Not Found"
    assert "2 feeds, 1 with news, 1 failed" in ran.err
    elsewhere = tmp_path / "cache"
    georisk("news", "pull", feeds, "--workspace", desk, "--out", elsewhere)
    assert (elsewhere / "good.xml").read_bytes() == ARTICLE


def test_a_bad_feeds_file_is_bad_input(georisk: Any, desk: Path, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[feeds.a]\nurl = "gopher://example.org"\n')
    ran = georisk("news", "pull", feeds, "--workspace", desk)
    assert (ran.code, ran.out) == (2, "")
    assert "feeds.toml" in ran.err


def test_status_watches_sites_sources_feeds_and_statements(georisk: Any, made: Any, desk: Path) -> None:
    made.say("kilima-hill", "milestone", "first metal", force="planned", due="2026-09", key="metal")
    made.write()
    cache = desk / ".georisk" / "feeds"
    cache.mkdir(parents=True)
    (cache / "press.xml").write_bytes(ARTICLE)
    note = {"url": "https://press.example.org/feed", "file": "press.xml"}
    (cache / "feeds.json").write_text(json.dumps({"feeds": {"press": note}}))
    ran = georisk("news", "status", *DAY, "--workspace", desk, "--format", "json")
    rows = json.loads(ran.out)
    assert ran.code == 0
    assert {row["kind"] for row in rows} == {"site", "source", "feed", "statement"}
    late = {row["name"]: row["text"] for row in rows if row["late"]}
    assert late == {"press": "silent for more than 14 days", "kilima-hill:metal": "due 2026-09, outcome not found"}
    assert "2 late" in ran.err
    only = georisk("news", "status", *DAY, "--workspace", desk, "--only", "site", "--format", "jsonl")
    assert [json.loads(line)["name"] for line in only.out.splitlines()] == ["kilima-hill"]

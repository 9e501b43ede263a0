from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

ITEM = """id = "2026-11-20-news"
title = "A sale to new buyers"
compiled = 2026-11-20
[sources.press]
title = "Notice"
publisher = "Invented Press"
url = "https://example.org/notice"
published = 2026-11-19
grade = "B"
[[propose]]
file = "sites/hill"
key = "sold-new"
property = "offtake"
value = 40
unit = "percent"
qualifiers = { buyer = "east" }
valid_from = 2026-11-01
force = "binding"
sources = ["press"]
passage = "sold forty per cent of its output"
locator = "line 3"
"""
POLICY = """[accept]
comparisons = ["new"]
grades = ["B"]
properties = ["offtake"]
forces = ["binding"]
statuses = ["confirmed"]
state_linked = false
min_independent_sources = 1
max_move_points = 100
"""
DAY = ("--as-of", "2026-11-21", "--known-by", "2026-11-21")


@pytest.fixture
def desk(made: Any, tmp_path: Path) -> Path:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("east", incorporation="CHN")
    made.stake("hill-co", owner="rest", percent=100, since="2020-01-01")
    made.say("hill", "chinese-link", absent="none-found", channels=["processing", "debt", "contractor", "offtake"])
    made.write()
    (tmp_path / "2026-11-20-news.toml").write_text(ITEM)
    (tmp_path / "policy.toml").write_text(POLICY)
    return made.root  # type: ignore[no-any-return]


def ids(georisk: Any, desk: Path) -> list[str]:
    ran = georisk("news", "review", "--all", "--format", "jsonl", "--workspace", desk)
    return [json.loads(line)["id"] for line in ran.out.splitlines()]


def seeds(desk: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (desk / "seeds").rglob("*") if path.is_file()}


def test_help_tells_what_each_command_does(georisk: Any) -> None:
    ran = georisk("news", "--help")
    assert ran.code == 0
    for command in ("pull", "propose", "review", "edit", "accept", "reject", "undo", "status"):
        assert re.search(rf"^\s+{command}\s+\w", ran.out, re.MULTILINE)
        assert "Usage: georisk news" in georisk("news", command, "--help").out


def test_proposing_checks_places_and_compares(georisk: Any, desk: Path, tmp_path: Path) -> None:
    item = tmp_path / "2026-11-20-news.toml"
    ran = georisk("news", "propose", item, "--workspace", desk, "--format", "json")
    (row,) = json.loads(ran.out)
    assert (row["comparison"], row["state"], row["property"], row["grade"]) == ("new", "open", "offtake", "B")
    assert row["passage"] == "sold forty per cent of its output"
    assert "put into seeds/news" in ran.err
    before = seeds(desk)
    again = georisk("news", "propose", item, "--workspace", desk, "--format", "json")
    assert (again.code, again.out, again.err) == (0, ran.out, "")
    inside = georisk(
        "news", "propose", desk / "seeds/news/2026-11-20-news.toml", "--workspace", desk, "--format", "json"
    )
    assert (inside.code, inside.out) == (0, ran.out)
    assert seeds(desk) == before


def test_a_preview_shows_the_move_and_writes_nothing(georisk: Any, desk: Path, tmp_path: Path) -> None:
    before = seeds(desk)
    ran = georisk("news", "propose", tmp_path / "2026-11-20-news.toml", "--preview", *DAY, "--workspace", desk)
    assert ran.code == 0
    assert "what accepting would move; nothing was written" in ran.out
    assert re.search(r"hill\s+china\s+0\.0 low \(0 to \d+\)", ran.out)
    assert "hill:sold-new" in ran.out
    assert seeds(desk) == before


def test_a_faulty_item_is_refused_with_its_place(georisk: Any, desk: Path, tmp_path: Path) -> None:
    item = tmp_path / "2026-11-20-news.toml"
    item.write_text(ITEM.replace("sites/hill", "sites/dale"))
    ran = georisk("news", "propose", item, "--workspace", desk)
    assert (ran.code, ran.out) == (2, "")
    assert "seeds/news/2026-11-20-news.toml [propose 1]: sites/dale is not in the registry" in ran.err
    assert not (desk / "seeds" / "news").exists()


def test_review_shows_ids_evidence_and_comparison(georisk: Any, desk: Path, tmp_path: Path) -> None:
    georisk("news", "propose", tmp_path / "2026-11-20-news.toml", "--workspace", desk)
    ran = georisk("news", "review", "--workspace", desk)
    (name,) = ids(georisk, desk)
    assert name in ran.out
    assert "“sold forty per cent of its output” (line 3)" in ran.err
    assert "[B] Invented Press, 2026-11-19: Notice https://example.org/notice" in ran.err
    assert "1 open, 0 decided" in ran.err


def test_accept_reject_and_undo_say_what_they_did(georisk: Any, desk: Path, tmp_path: Path) -> None:
    before = seeds(desk)
    georisk("news", "propose", tmp_path / "2026-11-20-news.toml", "--workspace", desk)
    (name,) = ids(georisk, desk)
    where = ("--workspace", desk, "--who", "ann")
    ran = georisk("news", "accept", name, *where)
    assert (ran.code, ran.err) == (0, "1 accepted\n")
    assert georisk("news", "accept", name, *where).err == "1 already accepted\n"
    assert georisk("news", "reject", name, *where).code == 2
    ran = georisk("news", "undo", name, *where)
    assert "restored to its earlier bytes" in ran.out
    assert {path: text for path, text in seeds(desk).items() if "/news/" not in path} == before
    assert georisk("news", "reject", name, *where).err == "1 rejected\n"
    ledger = [json.loads(line) for line in (desk / "seeds/news/ledger.jsonl").read_text().splitlines()]
    assert [(one["act"], one["who"]) for one in ledger] == [("accept", "ann"), ("undo", "ann"), ("reject", "ann")]


def test_a_policy_accepts_and_names_itself(georisk: Any, desk: Path, tmp_path: Path) -> None:
    georisk("news", "propose", tmp_path / "2026-11-20-news.toml", "--workspace", desk)
    ran = georisk("news", "accept", "--policy", tmp_path / "policy.toml", *DAY, "--workspace", desk)
    assert (ran.code, ran.err) == (0, "1 accepted\n")
    (entry,) = (json.loads(line) for line in (desk / "seeds/news/ledger.jsonl").read_text().splitlines())
    assert entry["who"] == "policy policy.toml"
    assert entry["note"].startswith("policy.toml ")
    again = georisk("news", "accept", "--policy", tmp_path / "policy.toml", *DAY, "--workspace", desk)
    assert (again.code, again.err) == (0, "nothing to decide on\n")


@pytest.mark.parametrize("words", [(), ("p-1", "--policy", "policy.toml")])
def test_accept_takes_ids_or_a_policy(georisk: Any, desk: Path, words: tuple[str, ...]) -> None:
    ran = georisk("news", "accept", *words, "--workspace", desk)
    assert ran.code == 2
    assert "name the ids of proposals, or give --policy FILE" in ran.err


def test_unknown_ids_and_files_are_refused(georisk: Any, desk: Path, tmp_path: Path) -> None:
    assert georisk("news", "accept", "p-1", "--workspace", desk).code == 2
    assert georisk("news", "undo", "p-1", "--workspace", desk).code == 2
    ran = georisk("news", "propose", tmp_path / "nowhere.toml", "--workspace", desk)
    assert ran.code == 2
    assert "cannot be read" in ran.err
    assert georisk("news", "accept", "--policy", tmp_path / "nowhere.toml", "--workspace", desk).code == 2


def test_the_bundled_registry_is_not_written(georisk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in ("accept", "reject", "undo"):
        ran = georisk("news", command, "p-1")
        assert ran.code == 2
        assert "the bundled registry is read-only" in ran.err


def test_check_tells_faults_of_news_too(georisk: Any, desk: Path, tmp_path: Path) -> None:
    georisk("news", "propose", tmp_path / "2026-11-20-news.toml", "--workspace", desk)
    assert georisk("check", "--workspace", desk).code == 0
    path = desk / "seeds/news/2026-11-20-news.toml"
    path.write_text(ITEM.replace('"offtake"', '"colour"'))
    ran = georisk("check", "--workspace", desk)
    assert ran.code == 1
    assert "seeds/news/2026-11-20-news.toml [propose 1] [sold-new]: property 'colour' is not known" in ran.out
    assert "fault: seeds/news" in georisk("news", "review", "--workspace", desk).err


ARTICLE = """Kilima news

20 November 2026

Hill entered commercial production on 1 November 2026. \x1b[2J\u202eAll is well there.

The board of Hill Co appointed Ann Other as its chairman on 1 November 2026.
"""


def test_an_article_is_proposed_shown_in_context_and_edited(georisk: Any, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text(ARTICLE)
    where = ("--workspace", desk)
    ran = georisk("news", "propose", path, *where, "--format", "json")
    (row,) = json.loads(ran.out)
    assert (row["property"], row["event"], row["modality"], row["inferred"]) == (
        "stage",
        "stage_change",
        "completed",
        False,
    )
    assert row["passage"] in row["context"]
    assert "put into seeds/news" in ran.err
    told = georisk("news", "review", *where).err
    assert "\u201cHill entered commercial production on 1 November 2026." in told
    assert "read as stage_change, completed, confidence" in told
    assert "\x1b" not in told
    assert "\u202e" not in told
    edited = georisk(
        "news", "edit", row["id"], "--set", "valid_from=2026-11-02", "--who", "ann", *where, "--format", "json"
    )
    (done,) = json.loads(edited.out)
    assert (edited.code, done["result"]) == (0, "edited")
    assert georisk("news", "edit", done["proposal"], "--set", "passage=x", *where).code == 2
    assert georisk("news", "edit", "p-0", "--set", "value=1", *where).code == 2
    assert georisk("news", "accept", done["proposal"], "--who", "ann", *where).code == 0


def test_what_is_left_is_told_with_its_reason(georisk: Any, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text("On patience\n\n20 November 2026\n\nIf all mines were like Hill, prices might fall, some day.\n")
    ran = georisk("news", "propose", path, "--left", "--workspace", desk, "--format", "json")
    assert [row["why"] for row in json.loads(ran.out)] == ["tells no act of a kind the registry keeps"]
    assert not list((desk / "seeds").glob("news/*.toml"))


def test_a_preview_of_an_article_tells_what_each_proposal_moves(georisk: Any, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text(
        "A stake\n\n20 November 2026\n\nEast completed the acquisition of a 40% stake in Hill Co on 1 November 2026.\n"
    )
    before = seeds(desk)
    ran = georisk("news", "propose", path, "--preview", *DAY, "--workspace", desk)
    assert "what each would move, in points" in ran.out
    assert seeds(desk) == before

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from georisk.errors import FaultGroup, UsageError
from georisk.gate.acts import accept, accept_by_policy, preview, reject, undo
from georisk.gate.desk import Desk, read_desk
from georisk.gate.ledger import read_ledger
from georisk.gate.policy import Policy, read_policy
from georisk.workspace import open_workspace

pytestmark = pytest.mark.long

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ITEM = "2026-11-20-news"
HEAD = """title = "News"
compiled = 2026-11-20
[sources.NAME]
title = "Notice"
publisher = "Invented Press"
published = 2026-11-19
grade = "B"
"""
OFFTAKE = """
[[propose]]
file = "sites/hill"
key = "KEY"
property = "offtake"
value = 40
unit = "percent"
qualifiers = { buyer = "BUYER" }
valid_from = 2026-11-01
force = "binding"
sources = ["NAME"]
"""
STAKE = """
[[propose]]
file = "parties/hill-co"
key = "stake-new"
property = "stake"
value = 70
unit = "percent"
qualifiers = { owner = "dragon" }
valid_from = 2026-11-01
sources = ["NAME"]
"""
CLOSURE = """
[[propose]]
file = "parties/hill-co"
key = "stake-old-ends"
closes = ["stake-old"]
valid_until = 2026-11-01
sources = ["NAME"]
"""
POLICY = """
[accept]
comparisons = ["new", "confirms", "supersedes"]
grades = ["A", "B"]
properties = ["offtake", "stake"]
forces = ["in-effect", "binding"]
statuses = ["confirmed"]
state_linked = false
min_independent_sources = 1
max_move_points = 100
"""


@pytest.fixture
def root(made: Any) -> Path:
    made.site("hill", country="TZA", holder="hill-co")
    made.party("dragon", incorporation="CHN")
    made.party("buyer", incorporation="DEU")
    made.party("hill-co", incorporation="TZA")
    made.stake("hill-co", owner="buyer", percent=60, since="2020-01-01", key="stake-old")
    made.say("hill", "offtake", 50, key="sold", unit="percent", buyer="buyer", since="2020-01-01")
    made.say("hill", "chinese-link", absent="none-found", channels=["processing", "debt", "contractor"])
    return made.write()  # type: ignore[no-any-return]


def news(root: Path, *records: str, name: str = ITEM, source: str = "press") -> list[str]:
    """Put an item into the workspace and return the ids of its proposals."""
    path = root / "seeds" / "news" / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'id = "{name}"\n' + (HEAD + "".join(records)).replace("NAME", source))
    return [one.id for one in read_desk(root).proposals if one.item == name]


def offtake(key: str = "sold-new", buyer: str = "dragon") -> str:
    return OFFTAKE.replace("KEY", key).replace("BUYER", buyer)


def seeds(root: Path) -> dict[str, bytes]:
    folder = root / "seeds"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def evidence(root: Path) -> dict[str, bytes]:
    return {name: text for name, text in seeds(root).items() if not name.startswith("seeds/news/")}


def told(root: Path) -> dict[str, str]:
    return {one.key: one.status for one in open_workspace(root).seeds.statements}


def iter_contains(lines: list[str], wanted: list[str]) -> bool:
    """Say whether all wanted lines stand among the lines, in their order."""
    rest = iter(lines)
    return all(line in rest for line in wanted)


def policy(root: Path, text: str = POLICY) -> Policy:
    (root / "policy.toml").write_text(text)
    return read_policy(root / "policy.toml")


# Accepting


def test_accepting_writes_the_statement_and_its_source_and_nothing_else(root: Path) -> None:
    (name,) = news(root, offtake())
    before = seeds(root)
    (done,) = accept(root, [name], "ann", NOW)
    after = seeds(root)
    assert done.result == "accepted"
    assert {path for path in after if after[path] != before.get(path)} == {
        "seeds/sites/hill/site.toml",
        "seeds/news/ledger.jsonl",
    }
    old = before["seeds/sites/hill/site.toml"].decode().splitlines()
    new = after["seeds/sites/hill/site.toml"].decode().splitlines()
    assert iter_contains(new, old)
    assert told(root)["hill:sold-new"] == "confirmed"
    (entry,) = read_ledger(root).entries
    assert (entry.act, entry.who, entry.when, entry.proposal) == ("accept", "ann", "2026-11-21T12:00:00Z", name)
    assert [(one.kind, one.key) for one in entry.records] == [("source", "press"), ("statement", "sold-new")]


def test_accepting_twice_changes_nothing(root: Path) -> None:
    (name,) = news(root, offtake())
    accept(root, [name, name], "ann", NOW)
    before = seeds(root)
    (done,) = accept(root, [name], "ben")
    assert done.result == "already accepted"
    assert seeds(root) == before


def test_an_unknown_id_is_refused_and_nothing_is_written(root: Path) -> None:
    (name,) = news(root, offtake())
    before = seeds(root)
    with pytest.raises(UsageError, match=f"no proposal 'p-0'.*{name}"):
        accept(root, [name, "p-0"], "ann")
    assert seeds(root) == before


def test_what_would_break_the_registry_is_refused_whole(root: Path) -> None:
    names = news(root, offtake(), STAKE)
    before = seeds(root)
    with pytest.raises(FaultGroup) as caught:  # 60 and 70 per cent of one company
        accept(root, names, "ann")
    assert "add to 130 %" in str(caught.value.exceptions[0])
    assert seeds(root) == before


def test_proposals_that_need_each_other_pass_together(root: Path) -> None:
    accept(root, news(root, STAKE, CLOSURE), "ann", NOW)
    assert told(root)["hill-co:stake-new"] == "confirmed"
    assert [one.key for one in open_workspace(root).seeds.closures] == ["hill-co:stake-old-ends"]


def test_what_supersedes_closes_in_the_same_act(root: Path) -> None:
    (name,) = news(root, STAKE + 'supersedes = ["stake-old"]\n')
    accept(root, [name], "ann", NOW)
    (closure,) = open_workspace(root).seeds.closures
    assert (closure.key, closure.valid_until.text) == ("hill-co:stake-new-supersedes", "2026-11-01")
    undo(root, [name], "ann", NOW)
    assert open_workspace(root).seeds.closures == ()


def test_a_contradiction_is_written_beside_and_tied(root: Path) -> None:
    (name,) = news(root, offtake(buyer="buyer"))
    accept(root, [name], "ann", NOW)
    told = {one.key: one for one in open_workspace(root).seeds.statements}
    assert told["hill:sold-new"].contradicts == (told["hill:sold"].id,)


def test_one_more_source_joins_the_record(root: Path) -> None:
    same = (
        offtake("again", "buyer")
        .replace("value = 40", "value = 50")
        .replace("valid_from = 2026-11-01", 'valid_from = "2020-01-01"')
    )
    (name,) = news(root, same.replace('force = "binding"\n', ""))
    accept(root, [name], "ann", NOW)
    (one,) = [one for one in open_workspace(root).seeds.statements if one.key == "hill:sold"]
    assert one.sources == ("ledger", "press")
    undo(root, [name], "ann", NOW)
    (one,) = [one for one in open_workspace(root).seeds.statements if one.key == "hill:sold"]
    assert one.sources == ("ledger",)


def test_what_is_known_already_is_accepted_without_a_change(root: Path) -> None:
    (first,) = news(root, offtake())
    accept(root, [first], "ann", NOW)
    (second,) = news(root, offtake("elsewhere"), name="2026-11-21-again")
    before = evidence(root)
    (done,) = accept(root, [second], "ann", NOW)
    assert done.text.endswith("nothing to write")
    assert evidence(root) == before
    assert read_ledger(root).state(second) == "accepted"


def test_two_reports_of_one_claim_confirm_each_other_in_one_act(root: Path) -> None:
    first = news(root, offtake())
    second = news(root, offtake("elsewhere"), name="2026-11-21-again", source="wire")
    accept(root, [*first, *second], "ann", NOW)
    (one,) = [one for one in open_workspace(root).seeds.statements if one.key == "hill:sold-new"]
    assert one.sources == ("press", "wire")


def test_a_new_party_gets_a_file_and_loses_it_again(root: Path) -> None:
    party = '\n[parties.stranger]\nname = "Stranger"\nkind = "company"\naliases = ["S"]\n'
    (name,) = news(root, party, offtake(buyer="stranger"))
    before = evidence(root)
    accept(root, [name], "ann", NOW)
    assert open_workspace(root).seeds.parties["stranger"].aliases == ("S",)
    undo(root, [name], "ann", NOW)
    assert evidence(root) == before


# Rejecting


def test_rejected_is_no_longer_open_and_can_still_be_accepted(root: Path) -> None:
    (name,) = news(root, offtake())
    before = evidence(root)
    assert [one.result for one in reject(root, [name], "ann", NOW)] == ["rejected"]
    assert [one.result for one in reject(root, [name], "ann", NOW)] == ["already rejected"]
    assert evidence(root) == before
    assert read_desk(root).open() == []
    assert accept_by_policy(root, policy(root), "night") == []
    accept(root, [name], "ben", NOW)
    assert read_ledger(root).state(name) == "accepted"
    with pytest.raises(UsageError, match="is accepted; to take it back"):
        reject(root, [name], "ann")


# Undoing


def test_undo_gives_back_the_bytes_and_twice_changes_nothing(root: Path) -> None:
    names = news(root, offtake(), STAKE, CLOSURE)
    before = evidence(root)
    accept(root, names, "ann", NOW)
    assert evidence(root) != before
    done = undo(root, names, "ann", NOW)
    assert {one.result for one in done} == {"undone"}
    assert evidence(root) == before
    ledger = seeds(root)
    assert [one.result for one in undo(root, names, "ann")] == ["already undone"] * 3
    assert seeds(root) == ledger


def test_what_was_never_accepted_cannot_be_undone(root: Path) -> None:
    (name,) = news(root, offtake())
    with pytest.raises(UsageError, match="was never accepted"):
        undo(root, [name], "ann")


def test_an_earlier_act_is_undone_around_a_later_one(root: Path) -> None:
    (first,) = news(root, offtake())
    (second,) = news(root, offtake("sold-too", "hill-co"), name="2026-11-21-more", source="wire")
    accept(root, [second], "ann", NOW)
    only_second = evidence(root)
    undo(root, [second], "ann", NOW)
    accept(root, [first], "ann", NOW)
    accept(root, [second], "ann", NOW)
    (done,) = undo(root, [first], "ann", NOW)
    assert "what was accepted later stays" in done.text
    assert told(root).keys() & {"hill:sold-new", "hill:sold-too"} == {"hill:sold-too"}
    assert sorted(evidence(root)["seeds/sites/hill/site.toml"].split(b"\n")) == sorted(
        only_second["seeds/sites/hill/site.toml"].split(b"\n")
    )


def test_a_persons_edit_stays_and_the_statement_is_marked_retracted(root: Path) -> None:
    (name,) = news(root, offtake())
    accept(root, [name], "ann", NOW)
    path = root / "seeds/sites/hill/site.toml"
    path.write_text(path.read_text().replace('name = "Hill"', 'name = "Hill"  # renamed soon'))
    (done,) = undo(root, [name], "ann", NOW)
    assert "marked retracted" in done.text
    assert "was edited since" in done.text
    assert "# renamed soon" in path.read_text()
    assert told(root)["hill:sold-new"] == "retracted"
    assert [one.result for one in undo(root, [name], "ann")] == ["already undone"]


def test_a_retracted_statement_scores_as_if_it_were_not_there(root: Path) -> None:
    before = open_workspace(root).assess("2026-11-21", "2026-11-21").sites["hill"]
    (name,) = news(root, offtake())
    accept(root, [name], "ann", NOW)
    between = open_workspace(root).assess("2026-11-21", "2026-11-21").sites["hill"]
    path = root / "seeds/sites/hill/site.toml"
    path.write_text(path.read_text() + "\n# a person's note\n")
    undo(root, [name], "ann", NOW)
    after = open_workspace(root).assess("2026-11-21", "2026-11-21").sites["hill"]
    assert between.dimensions["china"].score != before.dimensions["china"].score
    assert after.dimensions["china"].score == before.dimensions["china"].score


def test_a_closure_is_taken_out_of_an_edited_file(root: Path) -> None:
    (name,) = news(root, CLOSURE)
    accept(root, [name], "ann", NOW)
    path = root / "seeds/parties/hill-co.toml"
    path.write_text("# mine\n" + path.read_text())
    (done,) = undo(root, [name], "ann", NOW)
    assert "taken out" in done.text
    assert open_workspace(root).seeds.closures == ()
    assert path.read_text().startswith("# mine\n")


def test_a_source_that_others_cite_by_now_stays(root: Path) -> None:
    (name,) = news(root, offtake())
    accept(root, [name], "ann", NOW)
    path = root / "seeds/parties/hill-co.toml"
    path.write_text(
        path.read_text() + '\n[[statement]]\nkey = "more"\nproperty = "profile"\nvalue = "x"\nsources = ["press"]\n'
    )
    (done,) = undo(root, [name], "ann", NOW)
    assert "marked retracted" in done.text
    assert told(root)["hill:sold-new"] == "retracted"


# By policy


def test_a_policy_accepts_what_it_allows_and_says_why_not(root: Path) -> None:
    (good,) = news(root, offtake())
    hoped = offtake("hoped", "hill-co").replace('"binding"', '"speculative"')
    (bad,) = news(root, hoped, name="2026-11-21-hope", source="wire")
    done = {one.proposal: one for one in accept_by_policy(root, policy(root), "night", "2026-11-21", "2026-11-21", NOW)}
    assert done[good].result == "accepted"
    assert (done[bad].result, done[bad].text) == (
        "left open",
        "force speculative is not allowed (in-effect, binding)",
    )
    assert read_ledger(root).entries[0].note == policy(root).name
    before = seeds(root)
    again = accept_by_policy(root, policy(root), "night", "2026-11-21", "2026-11-21", NOW)
    assert [one.result for one in again] == ["left open"]
    assert seeds(root) == before


def test_a_policy_tries_again_what_needs_another_proposal_first(root: Path) -> None:
    names = news(root, STAKE, CLOSURE)
    done = accept_by_policy(root, policy(root), "night", "2026-11-21", "2026-11-21", NOW)
    assert {one.proposal: one.result for one in done} == dict.fromkeys(names, "accepted")


def test_a_policy_measures_the_move(root: Path) -> None:
    (name,) = news(root, STAKE + 'supersedes = ["stake-old"]\n')  # 70 per cent of the owner become Chinese
    strict = policy(root, POLICY.replace("max_move_points = 100", "max_move_points = 1"))
    before = seeds(root)
    (done,) = accept_by_policy(root, strict, "night", "2026-11-21", "2026-11-21", NOW)
    assert done.result == "left open"
    assert done.text.startswith("moves a score by ")
    assert seeds(root) == before
    assert read_desk(root).ledger.state(name) == "open"


# Previews


def test_a_preview_says_what_would_move_and_writes_nothing(root: Path) -> None:
    news(root, STAKE + 'supersedes = ["stake-old"]\n')
    before = seeds(root)
    desk: Desk = read_desk(root)
    found = preview(desk, desk.proposals, "2026-11-21", "2026-11-21")
    assert seeds(root) == before
    assert found.refused == {}
    shift = found.changes.sites[0].shifts["china"]
    assert shift.delta is not None
    assert shift.delta > 0
    assert sum(cause.share for cause in shift.causes) == pytest.approx(shift.delta)
    (moved,) = [share for site, name, share in found.moves(desk.proposals[0]) if (site, name) == ("hill", "china")]
    assert moved == pytest.approx(shift.delta)  # it is the only proposal
    accept(root, [one.id for one in desk.proposals], "ann", NOW)
    scored = open_workspace(root).assess("2026-11-21", "2026-11-21").sites["hill"].dimensions["china"].score
    assert shift.after is not None
    assert shift.after.score == scored


def test_a_preview_tells_what_could_not_be_accepted(root: Path) -> None:
    (name,) = news(root, STAKE)  # 70 per cent beside the 60 that are known
    desk = read_desk(root)
    found = preview(desk, desk.proposals, "2026-11-21", "2026-11-21")
    assert "add to 130 %" in found.refused[name]
    assert found.moves(desk.proposals[0]) == []


# Killed at every write


@pytest.mark.parametrize("act", ["accept", "undo"])
def test_killed_at_every_write_an_act_is_whole_or_not_at_all(tmp_path: Path, act: str) -> None:
    script = Path(__file__).parent.parent / "killed.py"
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(script.parent.parent)}
    ran = subprocess.run(
        [sys.executable, script, tmp_path, act, "1", "0"], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["killed"] == found["points"] >= 40
    assert found["before"] > 0
    assert found["after"] > 0

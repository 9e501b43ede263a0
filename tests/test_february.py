"""The story of February 2026: the registry as it was known on 31 January, fed with the news of the days after.

The briefs in ``tests/news/february`` are written for this test from the facts of the registry. What a policy lets pass
is accepted, and the scores before and after are compared: the right sites move in the right direction, each for the
reason that the news gives.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from georisk.changes.comparing import Changes, compare
from georisk.changes.shifts import Shift
from georisk.changes.views import View
from georisk.gate.acts import accept_by_policy, preview
from georisk.gate.concerned import Register
from georisk.gate.desk import Desk, read_desk
from georisk.gate.drafting import Drafter
from georisk.gate.incoming import Incoming, take_in
from georisk.gate.newsfile import Proposal
from georisk.gate.newsitems import place_items, place_texts
from georisk.gate.passages import passage_links
from georisk.gate.policy import read_policy
from georisk.gate.rules import read_rules
from georisk.gate.seedfile import SeedText
from georisk.gate.session import Done
from georisk.news.extracting.knowledge import read_knowledge
from georisk.news.extracting.rules import candidates_of, extract
from georisk.news.reading.files import read_files
from georisk.news.tables import reading_tables
from georisk.outputs.change_lines import changes_markdown
from georisk.seeds import Seeds
from georisk.workspace import Workspace, open_workspace

pytestmark = pytest.mark.long

HERE = Path(__file__).resolve().parent / "news" / "february"
EVE, DAY = "2026-01-31", "2026-02-10"
NOW = datetime(2026, 2, 10, 4, 15, tzinfo=UTC)
CLOSED = """<html><head><title>A sale on the copper belt is done</title>
<meta property="og:site_name" content="The Pit and Port Brief">
<meta property="article:published_time" content="2026-02-09T08:00:00+00:00">
<link rel="canonical" href="https://brief.example.org/2026/02/closed"></head><body><article>
<h1>A sale on the copper belt is done</h1>
<p>Orion Critical Mineral Consortium completed the acquisition of a 38% stake in Mutanda Mining on 8 February 2026.</p>
<p>On 8 February 2026 Glencore held 57% of Mutanda Mining.</p></article></body></html>"""
"""What would have been told had the memorandum become a sale: it did not, and this is only looked at, never accepted."""


def known_by(repository: Workspace, target: Path, day: str) -> Path:
    """Copy the seeds of a workspace as they would have stood on a day: without what was recorded later."""
    shutil.copytree(repository.root / "seeds", target / "seeds", ignore=shutil.ignore_patterns("news"))
    seeds = repository.seeds
    late = {(one.file, one.key.split(":", 1)[1]) for one in (*seeds.statements, *seeds.closures) if _is_late(one, day)}
    sources = {key for key, one in seeds.sources.items() if one.published is not None and str(one.published.last) > day}
    gone = {name for one in seeds.statements if _is_late(one, day) for name in (one.key, one.id)}
    for path in sorted((target / "seeds").rglob("*.toml")):
        if path.name != "unresolved.toml":
            where = path.relative_to(target).as_posix()
            path.write_text(_as_known(path.read_text(encoding="utf-8"), where, late, sources, gone), encoding="utf-8")
    return target


def _is_late(one: Any, day: str) -> bool:
    return not getattr(one, "timeless", False) and one.recorded.last.isoformat() > day


def _as_known(text: str, where: str, late: set[tuple[str, str]], sources: set[str], gone: set[str]) -> str:
    parsed, subject = SeedText.parse(text), tomllib.loads(text)["id"]
    found = parsed
    for number, piece in enumerate(parsed.pieces):
        if piece.name not in ("statement", "closure"):
            continue
        table = piece.table()
        left = {
            name: [one for one in table[name] if not {one, f"{subject}:{one}"} & gone and one not in sources]
            for name in ("sources", "see_also", "contradicts", "closes")
            if name in table
        }
        if (where, table["key"]) in late or left.get("closes") == []:
            found = found.without(number)
        elif any(left[name] != table[name] for name in left):
            found = found.changed(number, lambda record, left=left: _trim(record, left))  # type: ignore[misc]
    return str(found)


def _trim(record: Any, left: dict[str, list[str]]) -> None:
    for name, kept in left.items():
        if kept:
            record[name] = kept
        elif name != "sources":
            del record[name]


@dataclass(frozen=True)
class Story:
    """What came of the news: the seeds before, what was taken in and accepted, and what moved."""

    before: Seeds
    taken: Incoming
    candidates: list[tuple[str, str, str]]
    proposals: dict[str, Proposal]
    kinds: dict[str, str]
    done: dict[str, Done]
    changes: Changes
    message: str
    closed_deal: float
    root: Path

    def shift(self, site: str, dimension: str) -> Shift:
        return next(one for one in self.changes.sites if one.id == site).shifts[dimension]

    def proposed(self, file: str, name: str) -> list[Proposal]:
        found = self.proposals.values()
        return [one for one in found if file in one.file and one.statement and one.statement.property == name]

    def causes(self, site: str, dimension: str) -> set[str]:
        return {
            name for cause in self.shift(site, dimension).causes for name in (cause.mover.name, *cause.mover.statements)
        }


def read(desk: Desk, *files: Path) -> tuple[Incoming, list[tuple[str, str, str]]]:
    """Return what files become before the gate, and the names the registry does not know."""
    folder = Path(__file__).resolve().parent.parent / "data" / "news"
    knowledge = read_knowledge(desk.workspace.seeds, folder)
    found = read_files(files, reading_tables(folder))
    drafter = Drafter.of(read_rules(folder), Register.of(desk.workspace.seeds, knowledge.names), folder)
    taken = take_in(desk, found.articles, extract(found, knowledge).events, drafter, NOW.date())
    return taken, candidates_of(found.articles, knowledge)


@pytest.fixture(scope="module")
def story(repository: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Tell the story once: read, propose, accept by policy, compare."""
    folder = tmp_path_factory.mktemp("february")
    root = known_by(repository, folder / "desk", EVE)
    eve = read_desk(root)
    taken, candidates = read(eve, HERE / "feed.xml", HERE / "copy.html")
    place_texts(root, {f"{one.id}.toml": one.text.encode() for one in taken.items})
    place_items(root, [HERE / "2026-02-06-pela-ema-ties.toml"])
    desk = read_desk(root)
    kinds = {one.id: desk.compared(one).kind for one in desk.proposals}
    done = accept_by_policy(root, read_policy(HERE / "policy.toml"), "night", DAY, DAY, NOW)
    after = read_desk(root)
    changes = compare(View.of(eve.workspace, DAY, DAY), View.of(after.workspace, DAY, DAY))
    message = changes_markdown(changes, repository.data, passage_links(after))
    (folder / "900_closed.html").write_text(CLOSED)
    closed, _ = read(after, folder / "900_closed.html")
    moved = preview(after, [one for item in closed.items for one in item.proposals], DAY, DAY).changes
    part = next(part for site in moved.sites for part in site.parts if part.id == "mutanda-kcc/mutanda")
    farthest = max(abs(one.delta or 0.0) for one in part.shifts.values())
    proposals = {one.id: one for one in desk.proposals}
    told = {one.proposal: one for one in done}
    yield Story(eve.workspace.seeds, taken, candidates, proposals, kinds, told, changes, message, farthest, root)


def test_the_registry_of_the_eve_knows_nothing_of_february(story: Story) -> None:
    late = [one.key for one in (*story.before.statements, *story.before.closures) if _is_late(one, EVE)]
    assert late == []
    assert len(story.before.sites) >= 8


def test_every_brief_is_proposed_or_told_with_a_reason(story: Story) -> None:
    assert sum(one.result == "accepted" for one in story.done.values()) >= 12
    assert all(one.text for one in story.done.values())
    assert all(one.why for one in story.taken.left)
    read_here = {item.id[:10] for item in story.taken.items}
    assert read_here >= {"2026-02-02", "2026-02-03", "2026-02-04", "2026-02-06", "2026-02-07"}


def test_the_signed_loan_takes_the_place_of_the_approval(story: Story) -> None:
    """565 million dollars signed on 5 February end the 465 million that the lender's board had approved before."""
    loans = [one for one in story.proposed("pela-ema", "finance") if one.record["value"] == 565_000_000]
    assert [one.record["qualifiers"]["lender"] for one in loans] == ["us-dfc", "us-dfc"]  # the brief and its copy
    after = open_workspace(story.root).snapshot(DAY, DAY)
    standing = [one for one in after.holding("pela-ema", "finance") if one.qualifiers.get("lender") == "us-dfc"]
    assert [(one.value, one.force) for one in standing] == [(565_000_000, "binding")]


def test_the_copy_of_the_release_counts_once(story: Story) -> None:
    origins = [source.origin for one in story.proposed("pela-ema", "finance") for source in one.cited]
    assert len(origins) == 2
    assert len(set(origins)) == 1


def test_the_chinese_offtake_ends_with_2026_and_not_with_2025(story: Story) -> None:
    ends = [one for one in story.proposals.values() if one.closure is not None]
    assert {str(one.record["valid_until"]) for one in ends} == {"2027-01-01"}
    assert {story.kinds[one.id] for one in ends} == {"confirms"}  # the registry had it from December
    assert any(one.why == "the article itself gives a later end" for one in story.taken.left)


def test_pela_ema_gets_a_lower_bound_for_china_from_its_lender(story: Story) -> None:
    """Of what is known, a debt owed to an American lender counts nothing for China; before, nobody knew of any debt."""
    shift = story.shift("pela-ema", "china")
    assert shift.before is not None
    assert shift.after is not None
    assert shift.before.score is None
    assert shift.after.score is not None
    assert shift.after.high < shift.before.high
    assert "- **Pela Ema**: China linkage not scored to" in story.message


def test_minami_torishima_is_no_longer_without_an_owner(story: Story) -> None:
    """The State of Japan holds all of it: nothing of the chain is undisclosed any more."""
    shift = story.shift("minami-torishima", "opacity")
    assert shift.delta is not None
    assert shift.delta < 0
    (stake,) = [one for one in story.proposed("minami-torishima", "stake") if one.statement]
    assert stake.statement is not None
    assert stake.statement.id in story.causes("minami-torishima", "opacity")
    assert "https://brief.example.org/2026/02/minamitorishima-test#:~:text=which%20holds%20100%25" in story.message


def test_shenghe_s_meeting_only_renews_the_evidence(story: Story) -> None:
    """A later source of the same holding makes its evidence younger: opacity falls a little, the linkage stays."""
    shift = story.shift("ngualla", "opacity")
    assert shift.delta is not None
    assert -2 < shift.delta < 0
    (stake,) = story.proposed("peak-rare-earths", "stake")
    assert story.kinds[stake.id] == "confirms"
    assert story.shift("ngualla", "china").delta == pytest.approx(0)


def test_the_memorandum_and_the_framework_move_far_less_than_a_closed_deal(story: Story) -> None:
    (memorandum,) = story.proposed("mutanda-kcc", "transaction")
    assert memorandum.record["force"] == "nonbinding"
    assert memorandum.record["qualifiers"] == {"buyer": "orion-cmc", "percent": 40}
    framework = story.proposed("round-top", "finance")
    assert {one.record["force"] for one in framework} == {"nonbinding"}
    assert sorted(one.record["value"] for one in framework) == [277_000_000, 1_300_000_000, 1_600_000_000]
    farthest = max(
        abs(shift.delta or 0.0)
        for site in story.changes.sites
        if site.id in ("mutanda-kcc", "round-top")
        for one in (site, *site.parts)
        for shift in one.shifts.values()
    )
    assert farthest < story.closed_deal / 10


def test_an_agreed_purchase_counts_nothing_before_it_closes(story: Story) -> None:
    (stake,) = story.proposed("australian-strategic-materials", "stake")
    assert (stake.record["force"], stake.record["qualifiers"]["owner"]) == ("planned", "energy-fuels")
    site = next(one for one in story.changes.sites if one.id == "white-mesa")
    assert not site.moved


def test_the_mine_of_malawi_is_proposed_or_a_candidate(story: Story) -> None:
    """Whether the registry holds the site or not, the report is not lost."""
    named = {name for _, name, _ in story.candidates} | {one.subject for one in story.proposals.values()}
    assert named & {"Makanjira", "Mawei Mining Company Ltd", "mawei-makanjira"}


def test_strategic_signals_propose_nothing(story: Story) -> None:
    opinions = {"What a price floor can and cannot do", "Recycling is not a mine"}
    assert {one.passage for one in story.taken.left if one.event == ""} == opinions
    assert not opinions & {one.title for one in story.proposals.values()}


def test_a_second_night_changes_nothing(story: Story) -> None:
    before = {path: path.read_bytes() for path in (story.root / "seeds").rglob("*") if path.is_file()}
    again, _ = read(read_desk(story.root), HERE / "feed.xml", HERE / "copy.html")
    assert again.items == ()
    again_done = accept_by_policy(story.root, read_policy(HERE / "policy.toml"), "night", DAY, DAY, NOW)
    assert {one.result for one in again_done} <= {"left open"}
    assert {path: path.read_bytes() for path in (story.root / "seeds").rglob("*") if path.is_file()} == before

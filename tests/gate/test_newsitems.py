from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from georisk.errors import FaultGroup, UsageError
from georisk.gate.newsfile import Proposal
from georisk.gate.newsitems import FOLDER, place_items, read_item, read_news
from georisk.workspace import Workspace

HEAD = """id = "2026-11-20-news"
title = "A piece of news"
compiled = 2026-11-20

[sources.press]
title = "Notice"
publisher = "Invented Press"
published = 2026-11-19
grade = "B"
"""
STATEMENT = """
[[propose]]
file = "sites/hill"
key = "operator-new"
property = "operator"
value = "hill-co"
valid_from = 2026-11-01
sources = ["press"]
"""


@pytest.fixture
def hill(made: Any) -> Workspace:
    made.site("hill", country="TZA")
    made.party("hill-co")
    made.say("hill", "offtake", 50, key="sold", unit="percent", since="2020-01-01")
    return made.open()


def read(hill: Workspace, text: str, name: str = "2026-11-20-news") -> list[Proposal]:
    path = hill.root / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return read_item(path, hill.seeds, hill.data / "vocabulary")


def faults(hill: Workspace, text: str, name: str = "2026-11-20-news") -> str:
    with pytest.raises(FaultGroup) as caught:
        read(hill, text, name)
    return "\n".join(str(one) for one in caught.value.exceptions)


def test_a_statement_is_read_as_the_registry_would_read_it(hill: Workspace) -> None:
    (one,) = read(hill, HEAD + STATEMENT + 'passage = "words"\nlocator = "page 2"\n')
    assert one.statement is not None
    assert (one.statement.subject, one.statement.key, one.statement.grade) == ("hill", "hill:operator-new", "B")
    assert str(one.statement.recorded) == "2026-11-19"
    assert one.file == "seeds/sites/hill/site.toml"
    assert (one.passage, one.locator, one.closure) == ("words", "page 2", None)
    assert set(one.record) == {"key", "property", "value", "valid_from", "sources"}
    assert list(one.sources) == ["press"]


def test_a_closure_names_a_statement_of_the_registry(hill: Workspace) -> None:
    text = '[[propose]]\nfile = "sites/hill"\nkey = "end"\ncloses = ["sold"]\n'
    text += 'valid_until = 2026-11-01\nsources = ["press"]\n'
    (one,) = read(hill, HEAD + text)
    assert one.closure is not None
    assert [statement.key for statement in hill.seeds.statements if statement.id in one.closure.closes] == ["hill:sold"]
    assert "names the statement 'gone'" in faults(hill, HEAD + text.replace("sold", "gone"))


def test_ids_are_stable_and_tell_proposals_apart(hill: Workspace) -> None:
    first = read(hill, HEAD + STATEMENT + STATEMENT.replace("operator-new", "x").replace("hill-co", "other") + PARTY)
    again = read(hill, HEAD + "# a comment\n" + STATEMENT + 'passage = "words"\n')
    assert first[0].id == again[0].id
    assert first[0].id != first[1].id
    assert re.fullmatch(r"p-[0-9a-f]{10}", first[0].id)


PARTY = '[parties.other]\nname = "Other"\nkind = "company"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD, "proposes nothing; add [[propose]], or corrects = [...]"),
        (HEAD + STATEMENT.replace("operator-new", "two words"), "is not an id"),
        (HEAD + STATEMENT + "colour = 3\n", "unknown key 'colour'"),
        (HEAD + STATEMENT.replace('"operator"', '"colour"'), "property 'colour' is not known"),
        (HEAD + STATEMENT.replace("sites/hill", "sites/dale"), "sites/dale is not in the registry"),
        (HEAD + STATEMENT.replace("sites/hill", "../hill"), "file is '../hill'"),
        (HEAD + STATEMENT.replace("sites/hill", "parties/nobody"), "introduce it under [parties]"),
        (HEAD + STATEMENT.replace('["press"]', '["nobody"]'), "cites the source 'nobody'"),
        (HEAD + STATEMENT.replace('"hill-co"', '"nobody"'), "nobody"),
        (HEAD + STATEMENT + STATEMENT.replace("operator-new", "again"), "is proposed twice"),
        (HEAD + STATEMENT + 'supersedes = ["gone"]\n', "supersedes 'gone'"),
        (HEAD + STATEMENT.replace("valid_from = 2026-11-01", 'supersedes = ["sold"]'), "does not say from when"),
        (HEAD + STATEMENT.replace('"operator"', '"location"'), "proposes a place"),
        (HEAD.replace("published = 2026-11-19\n", "") + STATEMENT, "no source says when it was published"),
        (HEAD.replace("2026-11-20-news", "news") + STATEMENT, "both are <date>-<slug>"),
        (HEAD.replace("grade", "rank") + STATEMENT, "unknown key 'rank'"),
        ("not toml", "is not valid TOML"),
        (HEAD.replace("[sources.press]", "[sources.ledger]") + STATEMENT, "is another source in the registry"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(hill: Workspace, text: str, expected: str) -> None:
    told = faults(hill, text)
    assert expected in told
    assert told.startswith("seeds/news/2026-11-20-news.toml")


def test_a_statement_reported_on_a_day_needs_no_dated_source(hill: Workspace) -> None:
    (one,) = read(hill, HEAD.replace("published = 2026-11-19\n", "") + STATEMENT + "reported = 2026-11-18\n")
    assert one.statement is not None
    assert str(one.statement.recorded) == "2026-11-18"


def test_a_known_source_may_be_cited_or_said_the_same(hill: Workspace) -> None:
    (one,) = read(hill, HEAD + STATEMENT.replace('["press"]', '["press", "ledger"]'))
    assert [source.id for source in one.cited] == ["press", "ledger"]
    assert list(one.sources) == ["press"]


def test_a_faulty_item_hides_no_other(hill: Workspace) -> None:
    folder = hill.root / FOLDER
    folder.mkdir()
    (folder / "2026-11-20-news.toml").write_text(HEAD + STATEMENT)
    (folder / "2026-11-21-bad.toml").write_text("id = 3")
    found, told = read_news(hill.root, hill.seeds, hill.data / "vocabulary")
    assert [one.item for one in found] == ["2026-11-20-news"]
    assert {fault.where.split(" [")[0] for fault in told} == {"seeds/news/2026-11-21-bad.toml"}


def test_items_are_put_into_the_folder_once(hill: Workspace, tmp_path: Path) -> None:
    item = tmp_path / "2026-11-20-news.toml"
    item.write_text(HEAD + STATEMENT)
    assert place_items(hill.root, [item]) == ["2026-11-20-news.toml"]
    assert place_items(hill.root, [item]) == []
    item.write_text(HEAD + STATEMENT + "# changed\n")
    with pytest.raises(UsageError, match="lies there already and says something else"):
        place_items(hill.root, [item])
    assert (hill.root / FOLDER / item.name).read_text() == HEAD + STATEMENT


def test_the_example_of_the_readme_is_an_item(made: Any, root: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (root / "seeds/news/README.md").read_text(), re.DOTALL)
    made.site("example-hill", country="TZA")
    made.say("example-hill", "finance", 30_000_000, key="loan-talks", unit="USD", kind="loan", force="nonbinding")
    example = made.open()
    name = tomllib.loads(blocks[0])["id"]
    found = read(example, blocks[0], name)
    assert [one.statement is not None for one in found] == [True, False]
    assert list(found[0].parties) == ["invented-bank"]

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from georisk.errors import GeoriskError, UsageError
from georisk.gate.acts import accept, reject
from georisk.gate.desk import candidate_of, news_faults, read_desk
from georisk.gate.drafts import Written

ITEM = """id = "2026-11-20-news"
title = "News"
compiled = 2026-11-20
[sources.press]
title = "Notice"
publisher = "Invented Press"
published = 2026-11-19
grade = "B"
[[propose]]
file = "sites/hill"
key = "sold"
property = "offtake"
value = 60
unit = "percent"
valid_from = 2026-11-01
sources = ["press"]
"""


@pytest.fixture
def root(made: Any) -> Path:
    made.site("hill", country="TZA")
    root: Path = made.write()
    (root / "seeds" / "news").mkdir()
    (root / "seeds" / "news" / "2026-11-20-news.toml").write_text(ITEM)
    return root


def test_the_desk_holds_what_is_open(root: Path) -> None:
    desk = read_desk(root)
    (one,) = desk.open()
    assert desk.proposal(one.id) is one
    assert desk.compared(one).kind == "new"
    with pytest.raises(UsageError, match=f"open proposals: {one.id}"):
        desk.proposal("p-1")
    reject(root, [one.id], "ann")
    assert read_desk(root).open() == []
    assert len(read_desk(root).proposals) == 1


def test_faults_of_decided_items_are_told_no_more(root: Path) -> None:
    (one,) = read_desk(root).open()
    accept(root, [one.id], "ann")
    path = root / "seeds/news/2026-11-20-news.toml"
    path.write_text(ITEM.replace("sites/hill", "sites/gone"))
    assert read_desk(root).faults == ()
    path.rename(path.with_name("2026-11-21-news.toml"))
    assert "2026-11-21-news.toml" in read_desk(root).faults[0].where


def test_a_torn_ledger_is_a_fault_of_the_news(root: Path) -> None:
    desk = read_desk(root)
    data = desk.workspace.data
    assert news_faults(root, desk.workspace.seeds, data) == []
    (root / "seeds/news/ledger.jsonl").write_text("{}\n")
    (fault,) = news_faults(root, desk.workspace.seeds, data)
    assert fault.where == "seeds/news/ledger.jsonl line 1"


def test_a_candidate_reads_as_the_registry_would(root: Path) -> None:
    path = "seeds/sites/hill/site.toml"
    real = (root / path).read_text()
    with candidate_of(read_desk(root)) as candidate:
        kept = candidate.kept()
        candidate.draft.write(
            path, real + '\n[[statement]]\nkey = "x"\nproperty = "profile"\nvalue = "v"\nsources = ["ledger"]\n'
        )
        candidate.look()
        assert [one.key for one in candidate.seeds.statements if one.property == "profile"] == ["hill:x"]
        assert candidate.faults() == []
        candidate.draft.write(path, real + "\n[[statement]]\n")
        candidate.look()
        assert "lacks the key" in str(candidate.faults()[0])
        candidate.put_back(kept)
        assert candidate.faults() == []
        assert not [one for one in candidate.seeds.statements if one.property == "profile"]
        folder = candidate.folder
    assert not folder.exists()
    assert (root / path).read_text() == real


def test_an_act_that_would_change_something_else_is_refused(root: Path) -> None:
    path = "seeds/sites/hill/site.toml"
    with candidate_of(read_desk(root)) as candidate:
        before = candidate.seeds
        text = (root / path).read_text().replace("a district", "another district")
        candidate.draft.write(path, text)
        candidate.look()
        with pytest.raises(GeoriskError, match="would change as well"):
            candidate.changed_claims(before, [Written(path, "statement", "sold")])

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from georisk.gate.newsfile import NewsFile, ProposalKeys
from georisk.gate.newsitems import read_item

ITEM = {
    "id": "2026-11-20-news", "title": "News", "compiled": "2026-11-20",
    "propose": [{"file": "sites/hill"}],
}  # fmt: skip


def test_an_item_needs_a_proposal_and_knows_its_keys() -> None:
    assert NewsFile.model_validate(ITEM).sources == {}
    with pytest.raises(ValidationError):
        NewsFile.model_validate({**ITEM, "propose": []})
    with pytest.raises(ValidationError):
        NewsFile.model_validate({**ITEM, "colour": "red"})


def test_a_proposal_has_few_keys_of_its_own() -> None:
    assert ProposalKeys.model_validate({"file": "sites/hill"}).supersedes == []
    with pytest.raises(ValidationError):
        ProposalKeys.model_validate({"file": "sites/hill", "property": "offtake"})


def test_a_proposal_knows_its_sources_and_the_best_grade_among_them(made: Any, tmp_path: Path) -> None:
    made.source("rumour", grade="D")
    made.site("hill", country="TZA")
    path = tmp_path / "2026-11-20-news.toml"
    path.write_text(
        'id = "2026-11-20-news"\ntitle = "News"\ncompiled = 2026-11-20\n'
        '[[propose]]\nfile = "sites/hill"\nkey = "k"\nproperty = "offtake"\nvalue = 5\nunit = "percent"\n'
        'sources = ["rumour", "ledger"]\n'
    )
    opened = made.open()
    (one,) = read_item(path, opened.seeds, opened.data / "vocabulary")
    assert [source.id for source in one.cited] == ["rumour", "ledger"]
    assert one.grade == "A"

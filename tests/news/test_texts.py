"""The second set: texts of this project with what they report, read and scored."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from georisk.news.articles import Read
from georisk.news.extracting.knowledge import Knowledge, read_knowledge
from georisk.news.reading.files import read_files
from georisk.workspace import Workspace

HERE = Path(__file__).parent
TEXTS = HERE / "texts"


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (TEXTS / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def own(repository: Workspace, data: Path) -> Knowledge:
    return read_knowledge(repository.seeds, data)


@pytest.fixture(scope="module")
def read(own: Knowledge) -> Read:
    files = [path for path in sorted(TEXTS.iterdir()) if path.suffix != ".jsonl" and path.name != "README.md"]
    return read_files(files, own.lexicon.reading)


def test_the_marks_belong_to_the_texts() -> None:
    for one in lines("articles.jsonl"):
        assert hashlib.sha256((TEXTS / one["file"]).read_bytes()).hexdigest() == one["file_sha256"], one["id"]
    known = {one["id"] for one in lines("articles.jsonl")}
    assert {one["article"] for one in lines("events.jsonl")} <= known
    assert len(known) >= 40


def test_marks_name_known_types_and_modalities(own: Knowledge) -> None:
    for one in lines("events.jsonl"):
        if not one.get("trap"):
            assert {one["event_type"], *one["event_type_also"]} <= set(own.lexicon.types), one["id"]
            assert {one["modality"], *one["modality_also"]} <= set(own.lexicon.modalities), one["id"]


def test_articles_are_read_as_they_are_marked(read: Read) -> None:
    """Titles stand where they are marked; a day of publication that is told is right, and most are told."""
    found = {one.id: one for one in read.articles}
    marks = lines("articles.jsonl")
    for mark in marks:
        one = found[mark["id"]]
        if mark["title"] is not None and one.title is not None and one.kind != "page":  # a page says its title twice
            assert one.row()["title_start"] == mark["title_start"], mark["id"]
        if one.published is not None:
            assert one.published[:10] == (mark["published"] or "")[:10], mark["id"]
    dated = [mark["id"] for mark in marks if mark["published"]]
    assert sum(found[name].published is not None for name in dated) >= 0.9 * len(dated)


def test_the_second_set_is_found(own: Knowledge) -> None:
    """A floor under what is reported by ``make bench ONLY=news``; precision comes first."""
    spec = importlib.util.spec_from_file_location("georisk_news_scoring", HERE / "scoring.py")
    assert spec is not None
    assert spec.loader is not None
    scoring = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = scoring
    spec.loader.exec_module(scoring)
    for name, one in scoring.scores(own).items():
        assert one.precision >= 0.85, name
        assert one.f1 >= 0.75, name
        assert one.modality >= 0.85 * one.found, name
        assert one.traps <= 3, name

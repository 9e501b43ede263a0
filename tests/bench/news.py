"""News: articles a second on one core, with peak memory, beside a plain search for keywords; and the second set's scores."""

from __future__ import annotations

import re
import time
import tracemalloc
from pathlib import Path

from georisk.news.extracting.knowledge import Knowledge, read_knowledge
from georisk.news.extracting.rules import extract
from georisk.news.learning.training import files_of
from georisk.news.reading.files import read_files
from georisk.workspace import open_workspace
from tests.news.scoring import TEXTS, scores

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = re.compile(
    r"\b(?:loan|grant|stake|acquir\w+|offtake|licen[cs]e|permit|production|construction)\b", re.IGNORECASE
)
TIMES = 10
MEBIBYTE = 1 << 20


def run() -> dict[str, object]:
    """Return speed, memory and scores."""
    knowledge = read_knowledge(open_workspace(ROOT).seeds, ROOT / "data" / "news")
    return {**_speed(knowledge), **_scores(knowledge)}


def _speed(knowledge: Knowledge) -> dict[str, object]:
    files = files_of(TEXTS)
    extract(read_files(files, knowledge.lexicon.reading), knowledge)  # lazy imports and tables
    started = time.process_time()
    for _ in range(TIMES):
        read = read_files(files, knowledge.lexicon.reading)
    reading = time.process_time() - started
    started = time.process_time()
    for _ in range(TIMES):
        extract(read, knowledge)
    extracting = time.process_time() - started
    started = time.process_time()
    hits = sum(len(KEYWORDS.findall(one.body.text)) for _ in range(TIMES) for one in read.articles)
    plain = time.process_time() - started
    count, chars = TIMES * len(read.articles), sum(len(one.body.text) for one in read.articles)
    return {
        "articles read a second": count / reading,
        "articles extracted a second": count / extracting,
        "  thousand characters extracted a second": TIMES * chars / extracting / 1000,
        "  beside a search for keywords, articles a second": count / plain,
        "  which finds passages, right or wrong": hits // TIMES,
        "peak memory of reading and extracting, MiB": _peak(files, knowledge),
    }


def _peak(files: list[Path], knowledge: Knowledge) -> float:
    tracemalloc.start()
    extract(read_files(files, knowledge.lexicon.reading), knowledge)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / MEBIBYTE


def _scores(knowledge: Knowledge) -> dict[str, object]:
    return {
        f"second set, {name}": f"P {one.precision:.2f}  R {one.recall:.2f}  F1 {one.f1:.2f}  "
        f"modality {one.modality / max(1, one.found):.2f}  traps {one.traps}"
        for name, one in scores(knowledge).items()
    }

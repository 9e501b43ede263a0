"""Copies of one release: texts that share most of their wording form one group."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from zlib import crc32

from georisk.news.articles import Article
from georisk.news.tables import Limits

_WORD = re.compile(r"[^\W_]+")
_BUCKETS = 8


def grouped(articles: Sequence[Article], limits: Limits) -> list[Article]:
    """Give each article the id of the first that carries the same release; its own if none does.

    Two texts are one release if ``limits.same_release_share`` of the shorter one's runs of words stand in the
    other. Only the runs with the smallest hashes are compared to find pairs, so a large batch costs little.
    """
    runs = [_runs(article.body.text, limits) for article in articles]
    first_of: dict[int, int] = {}
    seen: dict[int, list[int]] = defaultdict(list)
    result = []
    for number, article in enumerate(articles):
        sketch = sorted(runs[number])[: _BUCKETS * 4]
        near = {other for run in sketch for other in seen[run]}
        match = next((other for other in sorted(near) if _same(runs[number], runs[other], limits)), number)
        first_of[number] = first_of.get(match, match)
        for run in sketch:
            seen[run].append(number)
        result.append(replace(article, group=articles[first_of[number]].id))
    return result


def _runs(text: str, limits: Limits) -> frozenset[int]:
    """Return numbers for the runs of words of a text; the same ones in every process."""
    words = _WORD.findall(text.lower())
    size = limits.shingle_words
    if len(words) < limits.fewest_shingles + size:
        return frozenset((crc32(" ".join(words).encode()),)) if words else frozenset()
    codes = [_code(word) for word in words]
    return frozenset(map(hash, zip(*(codes[at:] for at in range(size)), strict=False)))


@lru_cache(maxsize=65536)
def _code(word: str) -> int:
    return crc32(word.encode())


def _same(one: frozenset[int], other: frozenset[int], limits: Limits) -> bool:
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= limits.same_release_share * shorter

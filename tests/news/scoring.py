"""The second set's scorer: events of ``news extract`` held against the marks of the texts beside it.

Same article, same target (a name of ``match_names``), same type, same figures; one event to one mark; what is optional
counts neither way. ``georisk.news.learning.marking`` matches; this counts by groups of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from georisk.news.events import Event
from georisk.news.extracting.knowledge import Knowledge
from georisk.news.extracting.rules import extract
from georisk.news.learning.marking import Mark, Score, read_marks, score
from georisk.news.learning.training import files_of
from georisk.news.reading.files import read_files

TEXTS = Path(__file__).with_name("texts")
GROUPS: Mapping[str, tuple[int, int]] = {
    "written with the rules (101 to 144)": (101, 144),
    "marked before any rule saw them (145 to 156)": (145, 156),
    "other styles, marked before the rules were widened (157 to 164)": (157, 164),
    "other styles, a second time (165 to 169)": (165, 169),
}


def scores(knowledge: Knowledge) -> dict[str, Score]:
    """Return the scores of each group, and of all."""
    found = extract(read_files(files_of(TEXTS), knowledge.lexicon.reading), knowledge)
    marks = read_marks(TEXTS / "events.jsonl")
    by_group = {
        name: score(_within(found.events, *bounds), _within_marks(marks, *bounds)) for name, bounds in GROUPS.items()
    }
    return by_group | {"all": score(found.events, marks)}


def _within(events: Iterable[Event], low: int, high: int) -> Sequence[Event]:
    return [one for one in events if low <= int(one.article[:3]) <= high]


def _within_marks(marks: Iterable[Mark], low: int, high: int) -> Sequence[Mark]:
    return [one for one in marks if low <= int(one["article"][:3]) <= high]

"""What recognising events goes by: triggers, instruments, cues and rules of ``data/news``, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from georisk.errors import Fault
from georisk.news.sentences.figures import FigureTables, figure_tables
from georisk.news.tables import Patterns, ReadingTables, compiled, read_patterns, reading_tables, table
from georisk.vocabulary import Vocabulary, read_vocabulary


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell of an event: what kind, what must stand beside them, how telling they are."""

    code: str
    type: str
    pattern: re.Pattern[str]
    needs: frozenset[str]
    modality: str
    strength: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """Words beside a sum that say what it is; an empty type says that it is no deal."""

    code: str
    type: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell how real an event is: on which side of it, within how many characters, how strongly."""

    code: str
    modality: str
    pattern: re.Pattern[str]
    side: str
    reach: int
    weight: int


@dataclass(frozen=True, slots=True)
class Trap:
    """Words that tell that a passage only looks like news: where they must stand, and what they block."""

    code: str
    pattern: re.Pattern[str]
    scope: str
    blocks: str


@dataclass(frozen=True, slots=True)
class RiskRule:
    """Which risk an event moves, which way, and why."""

    code: str
    reason: str
    types: frozenset[str]
    modalities: frozenset[str]
    who: str
    dimension: str
    polarity: str


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All of it."""

    reading: ReadingTables
    figures: FigureTables
    types: Vocabulary
    modalities: Vocabulary
    triggers: tuple[Trigger, ...]
    stems: Mapping[str, tuple[int, ...]]
    stem_lengths: tuple[int, ...]
    instruments: tuple[Instrument, ...]
    cues: tuple[Cue, ...]
    traps: tuple[Trap, ...]
    risks: tuple[RiskRule, ...]
    weights: Mapping[str, float]
    patterns: Patterns

    def family(self, event_type: str) -> str:
        """Return the family of an event type: finance, ownership, project, trade, agreement or law."""
        return self.types[event_type].more["family"]

    def triggers_in(self, words: set[str]) -> list[Trigger]:
        """Return the triggers whose stems a sentence holds, in the order of the table."""
        hits: set[int] = set()
        for word in words:
            hits.update(_stem_hits(word, self))
        return [self.triggers[index] for index in sorted(hits)]


@lru_cache(maxsize=16384)
def _stem_hits(word: str, lexicon: Lexicon) -> tuple[int, ...]:
    return tuple(index for length in lexicon.stem_lengths for index in lexicon.stems.get(word[:length], ()))


@lru_cache(maxsize=4)
def read_lexicon(folder: Path) -> Lexicon:
    """Read the lexicon from ``data/news``.

    Raises
    ------
    Fault
        If a table lacks a column, repeats a code, names an unknown type or modality, or holds a bad pattern.
    """
    types, modalities = read_vocabulary(folder, "event-types"), read_vocabulary(folder, "modalities")
    triggers, stems = _triggers(folder, types, modalities)
    lengths = tuple(sorted({len(stem) for stem in stems}))
    return Lexicon(
        reading=reading_tables(folder),
        figures=figure_tables(folder),
        types=types,
        modalities=modalities,
        triggers=triggers,
        stems=stems,
        stem_lengths=lengths,
        instruments=_instruments(folder, types),
        cues=_cues(folder, modalities),
        traps=_traps(folder),
        risks=_risks(folder, types, modalities),
        weights=_weights(folder),
        patterns=read_patterns(folder),
    )


def _known(where: str, row: Mapping[str, str], key: str, terms: Vocabulary) -> str:
    value = row[key]
    for one in value.split():
        if one not in terms:
            raise Fault(f"data/news/{where}.csv [{row['code']}]", f"{key} {one!r} is not known", terms.allowed())
    return value


def _triggers(
    folder: Path, types: Vocabulary, modalities: Vocabulary
) -> tuple[tuple[Trigger, ...], dict[str, tuple[int, ...]]]:
    triggers: list[Trigger] = []
    stems: dict[str, tuple[int, ...]] = {}
    for row in table(folder, "triggers", "type", "stems", "pattern", "needs", "modality", "strength"):
        _known("triggers", row, "type", types)
        _known("triggers", row, "modality", modalities)
        pattern = compiled("triggers", row["code"], rf"(?<!\w)(?:{row['pattern']})")
        needs = frozenset(row["needs"].split(","))
        for stem in row["stems"].split():
            stems[stem] = (*stems.get(stem, ()), len(triggers))
        triggers.append(Trigger(row["code"], row["type"], pattern, needs, row["modality"], int(row["strength"])))
    return tuple(triggers), stems


def _instruments(folder: Path, types: Vocabulary) -> tuple[Instrument, ...]:
    return tuple(
        Instrument(
            row["code"],
            _known("instruments", row, "type", types),
            compiled("instruments", row["code"], rf"(?<![\w-])(?:{row['pattern']})(?![\w])"),
        )
        for row in table(folder, "instruments", "type", "pattern")
    )


def _cues(folder: Path, modalities: Vocabulary) -> tuple[Cue, ...]:
    return tuple(
        Cue(
            row["code"], _known("modality-cues", row, "modality", modalities),
            compiled("modality-cues", row["code"], rf"(?<!\w)(?:{row['pattern']})"),
            row["side"], int(row["reach"]), int(row["weight"]),
        )
        for row in table(folder, "modality-cues", "modality", "pattern", "side", "reach", "weight")
    )  # fmt: skip


def _traps(folder: Path) -> tuple[Trap, ...]:
    return tuple(
        Trap(row["code"], compiled("trap-cues", row["code"], row["pattern"]), row["scope"], row["blocks"])
        for row in table(folder, "trap-cues", "pattern", "scope", "blocks")
    )


def _risks(folder: Path, types: Vocabulary, modalities: Vocabulary) -> tuple[RiskRule, ...]:
    return tuple(
        RiskRule(
            row["code"], f"{row['title']}: {row['description']}",
            frozenset(_known("risk-rules", row, "types", types).split()),
            frozenset(_known("risk-rules", row, "modalities", modalities).split()),
            row["who"], row["dimension"], row["polarity"],
        )
        for row in table(folder, "risk-rules", "types", "modalities", "who", "dimension", "polarity")
    )  # fmt: skip


def _weights(folder: Path) -> dict[str, float]:
    return {row["code"]: float(row["weight"]) for row in table(folder, "confidence", "weight")}

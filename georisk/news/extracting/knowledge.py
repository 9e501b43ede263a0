"""What recognising goes by, gathered once: the lexicon, the names, the registry, the allies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from georisk.news.linking.registry import Registry, read_registry
from georisk.news.naming.names import Names, read_names
from georisk.news.spotting.lexicon import Lexicon, read_lexicon
from georisk.news.tables import table
from georisk.seeds import Seeds


@dataclass(frozen=True, eq=False)
class Knowledge:
    """All that recognising goes by: lexicon, names, registry, and the countries that count as allies."""

    lexicon: Lexicon
    names: Names
    registry: Registry
    allies: frozenset[str]


def read_knowledge(seeds: Seeds, folder: Path) -> Knowledge:
    """Gather what recognising goes by.

    Parameters
    ----------
    seeds
        The registry.
    folder
        ``data/news``.
    """
    names = read_names(seeds, folder)
    allies = frozenset(row["code"] for row in table(folder, "allies"))
    return Knowledge(read_lexicon(folder), names, read_registry(seeds, names), allies)

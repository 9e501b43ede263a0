"""What the map can be coloured and sorted by beside scores: stage, commodity, and the answers of legal screens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from georisk.outputs.law import ORDER
from georisk.outputs.map_data import Category, Choice, Site
from georisk.outputs.rows import Report
from georisk.screens.panel import Panel
from georisk.vocabulary import read_vocabulary

ANSWERS: tuple[Category, ...] = (
    {"key": "no", "title": "no", "short": "no"},
    {"key": "undetermined", "title": "undetermined", "short": "?"},
    {"key": "yes", "title": "yes", "short": "yes"},
)
OTHER = "other"
LEGAL = "legal:"


def choices(found: Report, sites: Sequence[Site], vocabulary: Path) -> list[Choice]:
    """Return the layers of words, with the values that some site has, in the order of their vocabularies."""
    return [_stages(sites, vocabulary), _commodities(sites, vocabulary), *_rules(found.law)]


def groups(commodities: Iterable[str], vocabulary: Path) -> list[str]:
    """Return the groups that some commodities belong to, in the order in which they are named.

    The words of a group stand in the description of its row in ``commodity-groups.csv``.
    """
    table = read_vocabulary(vocabulary, "commodity-groups")
    words = {code: [word.strip() for word in table[code].description.split(";") if word.strip()] for code in table}
    found = [_group(text.lower(), words) for text in commodities]
    return list(dict.fromkeys(found))


def answers(law: Panel, site: str) -> dict[str, str | None]:
    """Return the answer of each legal screen on a site, the worst of its parts; ``None``: the rule does not ask."""
    told: dict[str, str | None] = {LEGAL + rule.key: None for rule in law.rules}
    for one in sorted(law.of_site(site), key=lambda one: -ORDER[one.answer]):
        if one.applies:
            told[LEGAL + one.rule.key] = one.answer
    return told


def _group(text: str, words: dict[str, list[str]]) -> str:
    """Return the group whose word stands first in a text: ``rare earths and iron`` is rare earths."""
    places = {
        code: min((text.find(word) for word in sought if word in text), default=-1) for code, sought in words.items()
    }
    named = {code: place for code, place in places.items() if place >= 0}
    return min(named, key=lambda code: named[code]) if named else OTHER


def _stages(sites: Sequence[Site], vocabulary: Path) -> Choice:
    table = read_vocabulary(vocabulary, "stages")
    there = {site["stage"] for site in sites}
    return {
        "key": "stage",
        "title": "Stage",
        "question": "How far along is the project?",
        "ordered": False,
        "values": [{"key": code, "title": table.title(code), "short": code[:3]} for code in table if code in there],
    }


def _commodities(sites: Sequence[Site], vocabulary: Path) -> Choice:
    table = read_vocabulary(vocabulary, "commodity-groups")
    there = {code for site in sites for code in site.get("commodity_groups", [])}
    return {
        "key": "commodity",
        "title": "Commodity",
        "question": "What is named first among its products?",
        "ordered": False,
        "values": [
            {"key": code, "title": table.title(code), "short": _symbol(code)} for code in table if code in there
        ],
    }


def _symbol(code: str) -> str:
    return _SYMBOLS.get(code, code[:2].capitalize())


_SYMBOLS = {
    "rare-earths": "REE", "copper": "Cu", "cobalt": "Co", "nickel": "Ni", "lithium": "Li", "graphite": "C",
    "manganese": "Mn", "gallium-germanium": "Ga", "titanium-zirconium": "Ti", "tungsten-molybdenum": "W",
    "niobium-tantalum": "Nb", "antimony": "Sb", "aluminium": "Al", "zinc-lead": "Zn", "precious": "Au", "iron": "Fe",
    "uranium": "U", "other": "...",
}  # fmt: skip


def _rules(law: Panel) -> list[Choice]:
    return [
        {
            "key": LEGAL + rule.key,
            "title": rule.title,
            "question": "Does the rule catch the site on this day? Analysis, not legal advice.",
            "ordered": True,
            "values": list(ANSWERS),
        }
        for rule in law.rules
    ]

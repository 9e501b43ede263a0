"""How the words of other standards stand for ours: the files of ``data/interchange``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from georisk.files import read_toml
from georisk.vocabulary import read_vocabulary


@dataclass(frozen=True)
class BodsTables:
    """The tables of ``bods.toml``."""

    version: str
    publisher: str
    licence: str
    entity_types: Mapping[str, list[str]]
    party_kinds: Mapping[str, str]
    interests: Mapping[str, str]
    source_types: Mapping[str, str]
    grades: Mapping[str, str]
    unspecified: Mapping[str, Mapping[str, str]]
    unknown_reasons: Mapping[str, str]


@dataclass(frozen=True)
class FtmTables:
    """The tables of ``ftm.toml``."""

    schemata: Mapping[str, str]
    topics: Mapping[str, str]


@lru_cache(maxsize=4)
def read_bods_tables(data: Path) -> BodsTables:
    """Read ``data/interchange/bods.toml``."""
    return BodsTables(**read_toml(data / "interchange" / "bods.toml", "data/interchange/bods.toml"))


@lru_cache(maxsize=4)
def read_ftm_tables(data: Path) -> FtmTables:
    """Read ``data/interchange/ftm.toml``."""
    return FtmTables(**read_toml(data / "interchange" / "ftm.toml", "data/interchange/ftm.toml"))


@lru_cache(maxsize=4)
def alpha2_codes(data: Path) -> Mapping[str, str]:
    """Return ISO 3166-1 alpha-2 codes by alpha-3 code; countries without one are left out."""
    countries = read_vocabulary(data / "vocabulary", "countries")
    return {code: term.more["alpha2"] for code, term in countries.terms.items() if term.more.get("alpha2")}

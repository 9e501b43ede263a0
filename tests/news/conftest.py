"""What the tests of news share: the tables, an invented registry, and one text read and held against it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from georisk.news.articles import Article
from georisk.news.events import Event
from georisk.news.extracting.knowledge import Knowledge, read_knowledge
from georisk.news.extracting.rules import events_of
from georisk.news.reading.files import read_bytes
from georisk.news.spotting.lexicon import Lexicon, read_lexicon
from georisk.news.tables import ReadingTables, reading_tables

DAY = "14 May 2024"


@pytest.fixture(scope="session")
def data(root: Path) -> Path:
    """Return ``data/news``."""
    return root / "data" / "news"


@pytest.fixture(scope="session")
def tables(data: Path) -> ReadingTables:
    """Return what reading goes by."""
    return reading_tables(data)


@pytest.fixture(scope="session")
def lexicon(data: Path) -> Lexicon:
    """Return what recognising goes by."""
    return read_lexicon(data)


@pytest.fixture(scope="session")
def registry(workspace: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return an invented registry: a clay mine in Brazil held through a company by a fund, and a smelter in Zambia."""
    made = workspace(tmp_path_factory.mktemp("news") / "desk")
    made.party("falcao", title="Falcão Terras Ltda", aliases=["Falcao Terras", "隼土"], incorporation="BRA")
    made.party("orchid", title="Orchid Capital", kind="fund", incorporation="USA")
    made.party("dragon", title="Dragon Ridge Metals", incorporation="CHN")
    made.party("kitwe", title="Kitwe Smelting", incorporation="ZMB")
    made.site("serra-azul", title="Serra Azul", aliases=["Blue Range"], country="BRA", holder="falcao")
    made.say("serra-azul", "commodity", "rare-earths", product="ionic clay")
    made.site("kitwe-works", title="Kitwe Works", country="ZMB", holder="kitwe", kind="smelter")
    made.stake("falcao", owner="orchid", percent=80, since="2020-01-01")
    made._file("programme", "sky-vault", "Project Sky Vault", aliases=["Sky Vault"])
    return made.open().seeds


@pytest.fixture(scope="session")
def knowledge(registry: Any, data: Path) -> Knowledge:
    """Return what events are recognised by, with the invented registry."""
    return read_knowledge(registry, data)


@pytest.fixture(scope="session")
def article(tables: ReadingTables) -> Callable[..., Article]:
    """Return a reader of one text, published on 14 May 2024 (a Tuesday): ``article("The mill runs.")``."""

    def read(text: str, title: str = "A note", day: str = DAY) -> Article:
        found = read_bytes("900_note.txt", f"{title}\n\n{day}\n\n{text}\n".encode(), tables)
        return found.articles[0]

    return read


@pytest.fixture(scope="session")
def told(article: Callable[..., Article], knowledge: Knowledge) -> Callable[..., list[Event]]:
    """Return the rules at work on one text: ``told("Acme Mining opened the pit.")``."""

    def extracted(text: str, title: str = "A note", day: str = DAY) -> list[Event]:
        return events_of(article(text, title, day), knowledge)

    return extracted

"""What the tests of incoming news share: an invented registry, and a newsroom that reads texts against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from georisk.gate.concerned import Register
from georisk.gate.desk import Desk, read_desk
from georisk.gate.drafting import Drafted, Drafter
from georisk.gate.incoming import Incoming, take_in
from georisk.gate.newsitems import place_texts
from georisk.gate.rules import Rules, read_rules
from georisk.news.articles import Article
from georisk.news.events import Event
from georisk.news.extracting.knowledge import read_knowledge
from georisk.news.extracting.rules import extract
from georisk.news.reading.files import read_files
from georisk.news.tables import reading_tables

TODAY = date(2026, 3, 10)


@pytest.fixture(scope="session")
def rules(root: Path) -> Rules:
    """Return the rules of the repository."""
    return read_rules(root / "data" / "news")


@dataclass
class Newsroom:
    """A workspace, and texts read against it."""

    root: Path
    folder: Path
    inbox: Path
    today: date = TODAY

    def desk(self) -> Desk:
        return read_desk(self.root)

    def drafter(self) -> Drafter:
        knowledge = read_knowledge(self.desk().workspace.seeds, self.folder)
        register = Register.of(self.desk().workspace.seeds, knowledge.names)
        return Drafter.of(read_rules(self.folder), register, self.folder)

    def write(self, *texts: str) -> list[Path]:
        """Put texts into the inbox, one file each."""
        self.inbox.mkdir(exist_ok=True)
        first = len(list(self.inbox.iterdir())) + 100
        paths = [self.inbox / f"{first + number}_text.txt" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        return paths

    def read(self, *texts: str) -> tuple[list[Article], list[Event]]:
        """Return the articles and events of texts."""
        found = read_files(self.write(*texts), reading_tables(self.folder))
        knowledge = read_knowledge(self.desk().workspace.seeds, self.folder)
        return list(found.articles), list(extract(found, knowledge).events)

    def take(self, *texts: str) -> Incoming:
        """Return what becomes of texts; nothing is written."""
        return take_in(self.desk(), *self.read(*texts), self.drafter(), self.today)

    def place(self, *texts: str) -> list[str]:
        """Take texts in, write their items, and return the ids of what they propose."""
        taken = self.take(*texts)
        place_texts(self.root, {f"{one.id}.toml": one.text.encode() for one in taken.items})
        return [one.id for item in taken.items for one in item.proposals]

    def drafts(self, text: str) -> list[Drafted | str]:
        """Return the draft of each event of a text, or the reason why there is none."""
        articles, events = self.read(text)
        drafter = self.drafter()
        return [drafter.draft(one, articles[0]) for one in events]


@pytest.fixture
def newsroom(made: Any, root: Path, tmp_path: Path) -> Newsroom:
    """Return a newsroom over a mine in Tanzania, held by a company, sold to a Chinese smelter."""
    _tell(made)
    return Newsroom(made.write(), root / "data" / "news", tmp_path / "inbox")


@pytest.fixture
def tell() -> Callable[..., str]:
    """Return a maker of texts with a title and a day."""
    return lambda title, day, *lines: "\n\n".join([title, day, *lines]) + "\n"


def _tell(made: Any) -> None:
    made.site("kilima-hill", title="Kilima Hill", country="TZA", holder="kilima-mining")
    made.party("kilima-mining", title="Kilima Mining Limited", incorporation="TZA", aliases=["Kilima Mining"])
    made.party("red-river", title="Red River Smelting", incorporation="CHN")
    made.party("quarry", title="Quarry Capital plc", incorporation="GBR", aliases=["Quarry Capital"])
    made.party("harbour", title="Harbour Resources plc", incorporation="GBR", aliases=["Harbour Resources"])
    made.party("us-dfc", kind="agency", incorporation="USA", title="US International Development Finance Corporation",
               aliases=["Development Finance Corporation"])  # fmt: skip
    made.party("state-tza", kind="state", incorporation="TZA", title="Tanzania", aliases=["Government of Tanzania"])
    made.stake("kilima-mining", owner="quarry", percent=60, since="2020-01-01", key="stake-quarry")
    made.say("kilima-hill", "commodity", ["copper"])
    made.say("kilima-hill", "offtake", 70, unit="percent", buyer="red-river", since="2022-01-01", key="sold")
    made.say("kilima-hill", "stage", "construction", since="2023-01-01", key="building")
    made.say("kilima-hill", "finance", 40_000_000, unit="USD", lender="us-dfc", kind="loan", force="approved",
             since="2025-06-01", key="dfc-approved")  # fmt: skip
    made.say("kilima-hill", "chinese-link", absent="none-found", channels=["processing", "debt", "contractor"])

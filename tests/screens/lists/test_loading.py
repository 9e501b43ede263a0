"""Loading lists into a workspace: editions, closings, and matches that wait for a person."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from georisk.errors import UsageError
from georisk.screens.lists.loading import Updated, decide, update
from georisk.screens.lists.store import read_lists
from georisk.screens.opening import open_panel


def load(made: Any, tmp_path: Path, edition: str, *names: str) -> Updated:
    opened = made.open()
    path = tmp_path / "list.csv"
    path.write_text("name\n" + "".join(f'"{name}"\n' for name in names), encoding="utf-8")
    parties = {party.id: (party.name, *party.aliases) for party in opened.seeds.parties.values()}
    return update(opened.root, opened.data, path, parties, "ofac-sdn", date.fromisoformat(edition))[0]


@pytest.fixture
def hill(made: Any) -> Any:
    made.party("fox", kind="person", incorporation="NOR", title="Ada Fox")
    made.site("hill", country="TZA", holder="hill-co")
    made.party("hill-co", incorporation="TZA")
    made.stake("hill-co", owner="fox", percent=100)
    return made


def ofac(made: Any, day: str = "2026-11-21") -> tuple[str, str | None]:
    opened = made.open()
    panel = open_panel(opened.holders(opened.snapshot(day, "2026-11-21")), opened.data, opened.root, rules=["ofac_50"])
    return panel.findings[0].answer, next(iter(panel.findings[0].why), None)


def test_a_name_counts_only_when_a_person_confirmed_it(hill: Any, tmp_path: Path) -> None:
    load(hill, tmp_path, "2026-11-20", "FOX, Ada", "Somebody Else")
    answer, why = ofac(hill)
    assert answer == "undetermined"
    assert "name to confirm: FOX, Ada" in str(why)
    decide(hill.root, ["ofac-sdn:FOX, Ada:fox"], "confirmed")
    assert ofac(hill)[0] == "yes"
    decide(hill.root, ["ofac-sdn:FOX, Ada:fox"], "rejected")
    assert ofac(hill)[0] == "no"


def test_with_a_loaded_list_nobody_on_it_is_a_no(hill: Any, tmp_path: Path) -> None:
    load(hill, tmp_path, "2026-11-20", "Somebody Else")
    assert ofac(hill) == ("no", None)


def test_what_is_gone_is_closed_and_what_was_said_stays(hill: Any, tmp_path: Path) -> None:
    load(hill, tmp_path, "2026-10-01", "FOX, Ada", "Somebody Else")
    decide(hill.root, ["ofac-sdn:FOX, Ada:fox"], "confirmed")
    second = load(hill, tmp_path, "2026-11-01", "Somebody Else", "A Third")
    assert (second.added, second.closed) == (1, 1)
    kept = read_lists(hill.root).loaded["ofac-sdn"].entries["FOX, Ada"]
    assert (kept.first_seen, kept.entry.removed_on) == (date(2026, 10, 1), date(2026, 11, 1))
    assert (ofac(hill, "2026-10-31")[0], ofac(hill, "2026-11-01")[0]) == ("yes", "no")


def test_an_older_edition_an_unknown_list_and_an_unknown_match(hill: Any, tmp_path: Path) -> None:
    load(hill, tmp_path, "2026-11-20", "Somebody Else")
    with pytest.raises(UsageError, match="is older"):
        load(hill, tmp_path, "2026-11-19", "Somebody Else")
    with pytest.raises(UsageError, match="no list 'nonsense'"):
        update(hill.root, hill.open().data, tmp_path / "list.csv", {}, "nonsense", date(2026, 11, 20))
    with pytest.raises(UsageError, match="no name match"):
        decide(hill.root, ["ofac-sdn:x:y"], "confirmed")


def test_an_edition_that_came_out_later_is_not_known_yet(hill: Any, tmp_path: Path) -> None:
    load(hill, tmp_path, "2026-11-20", "Somebody Else")
    opened = hill.open()
    panel = open_panel(opened.holders(opened.snapshot("2026-11-21", "2026-11-19")), opened.data, opened.root)
    assert panel.standings.editions == {}

from __future__ import annotations

from typing import Any

import pytest

from georisk.explaining.phrases import FORCES, period, phrase, plain
from georisk.vocabulary import read_vocabulary


@pytest.fixture
def desk(made: Any) -> Any:
    made.site("hill", country="TZA")
    made.party("dragon", title="Dragon Metals")
    made.party("shell", title="Shell Two")
    return made


def said(desk: Any, name: str, value: Any = None, **more: Any) -> str:
    key = desk.say("hill", name, value, key="this", **more)
    snapshot = desk.snapshot()
    return phrase(snapshot, next(one for one in snapshot.seeds.statements if one.key == key))


def test_every_force_has_its_word(root: Any) -> None:
    assert set(FORCES) == set(read_vocabulary(root / "data" / "vocabulary", "forces"))


@pytest.mark.parametrize(
    ("name", "value", "more", "text"),
    [
        ("stage", "permitted", {}, "permitted"),
        ("offtake", 40, {"unit": "percent", "buyer": "dragon"}, "40 %, buyer Dragon Metals"),
        ("finance", 5_000_000, {"unit": "USD", "lender": "dragon", "kind": "loan", "force": "nonbinding"},
         "5,000,000 USD, lender Dragon Metals (non-binding)"),
        ("stake", 16, {"unit": "percent", "owner": "dragon", "via": ["shell"], "carried": True, "status": "disputed"},
         "16 %, owner Dragon Metals, through Shell Two, free carried (disputed)"),
        ("milestone", "first metal", {"due": "2026-Q3", "force": "planned"}, "first metal, due: 2026-Q3 (planned)"),
        ("commodity", ["gold", "copper"], {}, "gold, copper"),
        ("operator", "dragon", {"status": "claimed"}, "Dragon Metals (claimed)"),
        ("extent", {"area_km2": 12.5, "drilled": True}, {}, "area km2 12.5, drilled yes"),
        ("contractor", "dragon", {"force": "planned", "status": "claimed"}, "Dragon Metals (planned, claimed)"),
    ],
)  # fmt: skip
def test_a_statement_in_a_phrase(desk: Any, name: str, value: Any, more: dict[str, Any], text: str) -> None:
    assert said(desk, name, value, **more) == text


def test_unknown_and_absent_say_so(desk: Any) -> None:
    assert said(desk, "offtake", unknown="not-found", buyer="dragon") == "unknown (not found), buyer Dragon Metals"


def test_absent_says_so(desk: Any) -> None:
    assert said(desk, "offtake", absent="not-applicable") == "not applicable"


def test_a_place_is_what_it_stands_for(desk: Any) -> None:
    desk.shape("hill", {"type": "Point", "coordinates": [35.75, -6.17]}, "TZA")
    snapshot = desk.snapshot()
    [place] = snapshot.known_of("hill", "location")
    assert phrase(snapshot, place).startswith("the pit, within 5 km")


def test_plain_values(desk: Any) -> None:
    snapshot = desk.snapshot()
    values = [True, 1234567, 0.25, "dragon", "gold", ["a", 2], None]
    assert [plain(snapshot, value) for value in values] == [
        "yes", "1,234,567", "0.25", "Dragon Metals", "gold", "a, 2", "None",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until", "text"),
    [("2024-01-01", "2027", "2024-01-01 to before 2027"), ("2024", None, "since 2024"),
     (None, "2027", "start not stated to before 2027"), (None, None, "start not stated")],
)  # fmt: skip
def test_when_it_holds(desk: Any, since: str | None, until: str | None, text: str) -> None:
    given = {key: value for key, value in (("since", since), ("until", until)) if value}
    key = desk.say("hill", "history", "dug", key="this", **given)
    assert period(next(one for one in desk.open().seeds.statements if one.key == key)) == text

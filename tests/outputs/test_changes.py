from __future__ import annotations

import json
from typing import Any

import pytest

from georisk.changes.comparing import Changes, compare
from georisk.changes.views import View
from georisk.outputs.changes import changes_document, changes_text

TODAY = "2026-11-21"
CHANNELS = ["offtake", "processing", "debt", "contractor"]


@pytest.fixture(scope="module")
def changes(workspace: Any, tmp_path_factory: pytest.TempPathFactory) -> Changes:
    made = workspace(tmp_path_factory.mktemp("changes") / "desk")
    for number, site in enumerate(("hill", "dale")):
        made.site(site, country="TZA", holder=f"{site}-co", parts=("north", "south") if number else ())
        made.say(site, "chinese-link", absent="none-found", channels=CHANNELS)
    made.party("east", incorporation="CHN")
    made.stake("hill-co", owner="east", percent=60, since="2025-01-01", key="stake")
    made.say("hill", "profile", "words", key="profile", since="2025-06-01")
    opened = made.open()
    return compare(View.of(opened, "2024-01-01", TODAY), View.of(opened, TODAY, TODAY))


@pytest.fixture(scope="module")
def document(changes: Changes) -> dict[str, Any]:
    assert changes.after.view is not None
    found: dict[str, Any] = json.loads(changes_text(changes, changes.after.view.references.parent))
    return found


def shifts(site: dict[str, Any]) -> dict[str, Any]:
    return {"composite": site["composite"], **site["dimensions"]}


def test_it_says_what_it_stands_on(document: dict[str, Any], changes: Changes) -> None:
    assert document["before"]["as_of"] == "2024-01-01"
    assert document["after"] == {
        "as_of": TODAY,
        "known_by": TODAY,
        "method": {"version": changes.after.method, "fingerprint": changes.after.fingerprint},
    }


def test_every_site_and_dimension_has_before_after_delta_and_causes(document: dict[str, Any]) -> None:
    assert [site["id"] for site in document["sites"]] == ["dale", "hill"]
    for site in document["sites"]:
        assert set(site["dimensions"]) == {"jurisdiction", "opacity", "china"}
        for one in shifts(site).values():
            assert {"before", "after", "delta", "causes", "band_before", "band_after", "band_changed"} <= set(one)


def test_shares_add_up_to_the_delta_as_written(document: dict[str, Any]) -> None:
    moved = 0
    for site in document["sites"]:
        for place in (site, *site["parts"]):
            for one in shifts(place).values():
                if one["delta"]:
                    moved += 1
                    assert one["delta"] == pytest.approx(one["after"] - one["before"], abs=1e-9)
                    assert sum(cause["share"] for cause in one["causes"]) == pytest.approx(one["delta"], abs=1e-9)
    assert moved >= 3


def test_a_cause_names_its_statement_and_where_it_was_read(document: dict[str, Any], changes: Changes) -> None:
    hill = next(site for site in document["sites"] if site["id"] == "hill")
    cause = next(one for one in hill["dimensions"]["china"]["causes"] if one["key"] == "hill-co:stake")
    assert changes.after.view is not None
    assert changes.after.view.told[cause["statement"]].key == "hill-co:stake"
    assert (cause["kind"], cause["how"], cause["when"]) == ("statement", "began", "2025-01-01")
    assert cause["sources"][0]["publisher"] == "ledger press"
    assert sum(cause["indicators"].values()) == pytest.approx(cause["share"], abs=1e-6)


def test_what_changed_without_moving_anything_is_listed(document: dict[str, Any]) -> None:
    hill = next(site for site in document["sites"] if site["id"] == "hill")
    assert "hill:profile" in [one["key"] for one in hill["changed"]]


def test_parts_have_their_own_scores(document: dict[str, Any]) -> None:
    dale = next(site for site in document["sites"] if site["id"] == "dale")
    assert [part["id"] for part in dale["parts"]] == ["dale/north", "dale/south"]


def test_a_site_that_was_not_there_has_null_before(made: Any) -> None:
    made.site("hill", country="TZA")
    before = View.of(made.open(), TODAY, TODAY)
    made.site("dale", country="TZA")
    after = View.of(made.open(), TODAY, TODAY)
    document = changes_document(compare(before, after, ["dale"]), after.references.parent)
    one = document["sites"][0]["dimensions"]["opacity"]
    assert (one["before"], one["delta"], one["band_before"], one["interval_before"]) == (
        None,
        None,
        "not in the registry",
        None,
    )

from __future__ import annotations

import copy
from typing import Any

import pytest

from georisk.changes.comparing import Changes, compare
from georisk.changes.recorded import as_recorded, between_documents
from georisk.changes.views import View
from georisk.errors import UsageError
from georisk.outputs.scores import scores_document

TODAY = "2026-11-21"


@pytest.fixture(scope="module")
def hill(workspace: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = workspace(tmp_path_factory.mktemp("recorded") / "desk")
    made.site("hill", country="TZA", holder="hill-co", parts=("north", "south"))
    made.party("east", incorporation="CHN")
    made.stake("hill-co", owner="east", percent=60, since="2025-01-01")
    made.say("hill", "chinese-link", absent="none-found", channels=["offtake", "processing", "debt", "contractor"])
    return made.open()


@pytest.fixture(scope="module")
def scored(hill: Any) -> list[dict[str, Any]]:
    return [scores_document(hill.assess(day, TODAY)) for day in ("2024-01-01", TODAY)]


@pytest.fixture
def documents(scored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return copy.deepcopy(scored)


@pytest.fixture(scope="module")
def looked(hill: Any) -> Changes:
    return compare(View.of(hill, "2024-01-01", TODAY), View.of(hill, TODAY, TODAY))


def test_two_documents_tell_the_indicators_that_moved(hill: Any, documents: list[dict[str, Any]]) -> None:
    before, after = documents
    changes = between_documents(before, after)
    assert (changes.before.as_of, changes.after.as_of, changes.before.view) == ("2024-01-01", TODAY, None)
    (site,) = changes.sites
    assert [part.id for part in site.parts] == ["hill/north", "hill/south"]
    shift = site.shifts["china"]
    assert shift.delta == pytest.approx(
        after["sites"][0]["dimensions"]["china"]["score"] - before["sites"][0]["dimensions"]["china"]["score"]
    )
    assert sum(cause.share for cause in shift.causes) == pytest.approx(shift.delta, abs=1e-6)
    equity = next(cause for cause in shift.causes if cause.mover.name == "equity")
    assert equity.mover.kind == "indicator"
    stake = next(one.id for one in hill.seeds.statements if one.property == "stake")
    assert stake in equity.mover.statements


def test_they_show_what_two_views_show(looked: Changes, documents: list[dict[str, Any]]) -> None:
    before, after = documents
    views = looked.sites[0]
    for key, shift in between_documents(before, after).sites[0].shifts.items():
        assert shift.delta == pytest.approx(views.shifts[key].delta, abs=1e-6)
        assert shift.band_changed == views.shifts[key].band_changed


def test_a_site_in_one_document_alone_has_no_difference(documents: list[dict[str, Any]]) -> None:
    before, after = documents
    before["sites"] = []
    (site,) = between_documents(before, after).sites
    assert {(shift.before, shift.delta) for shift in site.shifts.values()} == {(None, None)}
    with pytest.raises(UsageError, match="neither of the two files"):
        between_documents(before, after, ["dale"])


@pytest.mark.parametrize("broken", [{}, {"sites": [{"id": "hill"}]}, {"sites": 3}, []])
def test_what_is_no_scores_document_is_refused(documents: list[dict[str, Any]], broken: Any) -> None:
    with pytest.raises(UsageError, match=r"shape of scores\.json"):
        between_documents(broken, documents[1])


def test_what_other_software_found_then_is_a_cause_of_its_own(looked: Changes, documents: list[dict[str, Any]]) -> None:
    changes = looked
    assert as_recorded(changes, documents[0], "from 0.1.0 to 0.2.0") == changes
    other = documents[0]
    other["sites"][0]["dimensions"]["opacity"]["score"] -= 3.0
    shift = as_recorded(changes, other, "from 0.1.0 to 0.2.0").sites[0].shifts["opacity"]
    plain = changes.sites[0].shifts["opacity"]
    assert shift.causes[-1].mover.kind == "software"
    assert shift.causes[-1].share == pytest.approx(3.0)
    assert shift.delta == pytest.approx((plain.delta or 0.0) + 3.0)
    assert sum(cause.share for cause in shift.causes) == pytest.approx(shift.delta)

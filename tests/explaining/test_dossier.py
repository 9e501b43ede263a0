from __future__ import annotations

from typing import Any

import pytest

from georisk.assessment import Assessment
from georisk.explaining.citations import Citations
from georisk.explaining.dossier import Dossier, dossier_of, partners_of


def gathered(found: Any, data: Any, site: str, cited: tuple[str, ...] = ()) -> Dossier:
    return dossier_of(found.snapshot.seeds.sites[site], found.holders, Citations(found.snapshot, data), cited)


@pytest.fixture(scope="module")
def hill(sample: Any) -> Dossier:
    return gathered(sample.report, sample.workspace.data, "hill")


def test_every_statement_of_the_page_can_be_looked_up_and_has_numbered_sources(hill: Dossier) -> None:
    grouped = [one.id for _, group in hill.groups for one in group]
    assert sorted(grouped) == sorted(hill.supports)
    numbers = [number for number, _ in hill.sources.values()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {source.id for one in hill.supports.values() for source in one.sources} == set(hill.sources)


def test_it_speaks_of_the_site_first_then_of_its_holder_and_the_owners_above(hill: Dossier) -> None:
    subjects = [subject for subject, _ in hill.groups]
    assert subjects[:2] == ["hill", "hill-co"]
    assert {"quarry", "ada"} <= set(subjects)


def test_partners_bring_where_they_are_organised_and_nothing_else(hill: Dossier) -> None:
    told = {subject: [one.topic for one in group] for subject, group in hill.groups}
    assert told["dragon"] == ["place of incorporation"]  # the buyer
    assert told["bank"] == ["nationality"]  # the lender


def test_overdue_and_coming_are_told_apart_on_the_day(hill: Dossier) -> None:
    assert [one.statement and one.statement.value for one in hill.overdue] == ["first metal"]
    assert [one.statement and one.statement.value for one in hill.coming] == ["second line"]


def test_a_disputed_stage_stands_beside_the_last_undisputed_one(hill: Dossier) -> None:
    (standing,) = hill.standings
    assert (standing.stage.code, standing.stage.reported) == ("permitted", "construction (disputed)")


def test_money_and_agreements_keep_their_state(hill: Dossier) -> None:
    assert [(one.state, one.amount) for one in hill.money] == [("committed", 5_000_000)]
    assert [(one.kind, one.share, one.state) for one in hill.agreements] == [("offtake", "40 %", "in force")]


def test_hopes_are_no_finance(made: Any) -> None:
    made.site("hill", country="TZA")
    made.say("hill", "finance", 7, unit="USD", force="speculative")
    made.say("hill", "finance", 8, unit="USD", force="conditional")
    opened = made.open()
    snapshot = opened.snapshot(made.day, made.day)
    found = dossier_of(snapshot.seeds.sites["hill"], opened.holders(snapshot), Citations(snapshot, opened.data))
    assert [one.amount for one in found.money] == [8]
    assert [one.statement and one.statement.value for one in found.announced] == [7]


def test_parts_have_stages_and_owners_of_their_own(sample: Any) -> None:
    twin = gathered(sample.report, sample.workspace.data, "twin")
    assert [(one.name, one.stage.code) for one in twin.standings] == [("East", "production"), ("West", "closed")]
    assert [one.root for one in twin.holdings] == ["east-co", "west-co"]


def test_a_site_of_which_nothing_is_known_is_an_empty_dossier(sample: Any) -> None:
    cloud = gathered(sample.report, sample.workspace.data, "cloud")
    assert cloud.groups == ()
    assert cloud.places == cloud.timeline == cloud.latest == cloud.conflicts == ()
    assert [one.direct for one in cloud.holdings] == [()]


def test_what_scores_cite_is_on_the_page(sample: Any) -> None:
    found = gathered(sample.report, sample.workspace.data, "hill", ("ref:wgi/TZA/2023/rl",))
    assert "ref:wgi/TZA/2023/rl" in found.supports
    assert found.groups[-1][0] == "Tanzania"


def test_open_questions_are_the_unknown_values_that_hold(made: Any) -> None:
    made.site("hill", country="TZA")
    made.say("hill", "offtake", unknown="withheld")
    made.say("hill", "capex", unknown="not-found", until="2020-01-01")
    opened = made.open()
    snapshot = opened.snapshot(made.day, made.day)
    found = dossier_of(snapshot.seeds.sites["hill"], opened.holders(snapshot), Citations(snapshot, opened.data))
    assert [one.topic for one in found.open_questions] == ["offtake"]


def test_another_partys_statement_that_names_the_site_is_told(made: Any) -> None:
    made.site("hill", country="TZA")
    made.party("trader")
    made.say("trader", "proceeding", "fined", against="conduct", sites=["hill"])
    made.say("trader", "proceeding", "sued", against="conduct")
    opened = made.open()
    snapshot = opened.snapshot(made.day, made.day)
    found = dossier_of(snapshot.seeds.sites["hill"], opened.holders(snapshot), Citations(snapshot, opened.data))
    assert [one.statement and one.statement.value for one in found.proceedings] == ["fined"]


def test_partners_are_all_parties_a_statement_names(made: Any) -> None:
    made.site("hill", country="TZA")
    made.say("hill", "finance", 7, unit="USD", lender="bank", recipient="hill-co")
    made.stake("hill-co", owner="ada", percent=10, via=["vehicle"])
    made.say("hill", "operator", "digger")
    by_property = {one.property: partners_of(one) for one in made.snapshot().known}
    assert by_property["finance"] == ["bank", "hill-co"]
    assert by_property["stake"] == ["ada", "vehicle"]
    assert by_property["operator"] == ["digger"]


def test_all_sites_of_the_registry_can_be_gathered(repository: Any, assessed: Assessment) -> None:
    citations = Citations(assessed.snapshot, repository.data)
    holders = repository.holders(assessed.snapshot)
    for site in assessed.snapshot.seeds.sites.values():
        found = dossier_of(site, holders, citations)
        own = {one.id for one in assessed.snapshot.known if one.subject == site.id}
        assert own <= set(found.supports)

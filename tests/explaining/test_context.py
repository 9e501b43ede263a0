"""What countries do and what schemes there are, on the sites they touch."""

import csv
from pathlib import Path
from typing import Any

import pytest

from georisk.explaining.context import SHOWN, chain_of, host_countries, touching, touching_now
from georisk.snapshot import Snapshot
from georisk.workspace import Workspace

DAY = "2026-11-21"
PROGRAMME = "library"  # every workspace of the builder has this one


def keys(snapshot: Snapshot, site: str, now: bool = False) -> set[str]:
    look = touching_now if now else touching
    return {one.key for one in look(snapshot, snapshot.seeds.sites[site])}


def rule(made: Any, place: str, name: str, value: Any = None, **more: Any) -> str:
    """Make a statement about a country, whose file has its code in small letters; return the key."""
    return made.say(place.lower(), name, value, **more).replace(place.lower(), place, 1)


@pytest.fixture
def hill(made: Any) -> Any:
    """Return a mine in Tanzania held by a firm, a line of two countries, and files of three countries."""
    made.site("hill", country="TZA", holder="hill-co")
    made.site("line", parts=("west", "east"))
    made.say("line/west", "admin-unit", "a district", country="AGO")
    made.say("line/east", "admin-unit", "a district", country="ZMB")
    for code, title in (("TZA", "Tanzania"), ("ZMB", "Zambia"), ("CHN", "China")):
        made.place(code, title)
    return made


# By country


def test_a_measure_that_names_nobody_touches_the_sites_of_its_country(hill: Any) -> None:
    ban = rule(hill, "TZA", "policy", "no raw exports")
    snapshot = hill.snapshot()
    assert keys(snapshot, "hill") == {ban}
    assert keys(snapshot, "line") == set()


def test_a_site_lies_where_its_parts_lie(hill: Any) -> None:
    levy = rule(hill, "ZMB", "policy", "a levy")
    snapshot = hill.snapshot()
    assert host_countries(snapshot, snapshot.seeds.sites["line"]) == {"AGO", "ZMB"}
    assert keys(snapshot, "line") == {levy}


def test_a_programme_reaches_the_countries_it_names_and_no_other(hill: Any) -> None:
    both = hill.say(PROGRAMME, "support", "loans", country=["ZMB", "TZA"])
    one = hill.say(PROGRAMME, "support", "grants", country="TZA")
    hill.say(PROGRAMME, "support", "advice")
    snapshot = hill.snapshot()
    assert keys(snapshot, "hill") == {both, one}
    assert keys(snapshot, "line") == {both}


def test_no_country_stated_and_nothing_named_is_touched_by_nothing(made: Any) -> None:
    made.site("nowhere")
    made.place("TZA", "Tanzania")
    rule(made, "TZA", "policy", "a levy")
    snapshot = made.snapshot()
    assert host_countries(snapshot, snapshot.seeds.sites["nowhere"]) == set()
    assert keys(snapshot, "nowhere") == set()


# By site


def test_a_measure_that_names_sites_touches_those_alone_wherever_they_lie(hill: Any) -> None:
    abroad = rule(hill, "CHN", "policy", "export licence", sites=["hill"])
    single = rule(hill, "CHN", "policy", "export ban", site="hill")
    rule(hill, "ZMB", "policy", "a rule for another mine", sites=["hill"])
    snapshot = hill.snapshot()
    assert {abroad, single} < keys(snapshot, "hill")
    assert keys(snapshot, "line") == set()


def test_naming_a_part_touches_its_site(hill: Any) -> None:
    measure = rule(hill, "CHN", "policy", "a rule", sites=["line/east"])
    assert keys(hill.snapshot(), "line") == {measure}


def test_an_empty_list_of_sites_touches_none(hill: Any) -> None:
    rule(hill, "TZA", "policy", "an order without content", sites=[])
    assert keys(hill.snapshot(), "hill") == set()


# By party


def test_a_measure_for_a_firm_touches_the_sites_it_stands_above(hill: Any) -> None:
    hill.stake("hill-co", owner="middle", percent=100, via=["vehicle"])
    hill.party("vehicle")
    hill.stake("middle", owner="top", percent=3)
    quota = rule(hill, "TZA", "policy", "a quota", party="top")
    vehicle = rule(hill, "CHN", "policy", "listed", party="vehicle")
    hill.party("stranger")
    rule(hill, "TZA", "policy", "a neighbour's quota", party="stranger")
    snapshot = hill.snapshot()
    assert keys(snapshot, "hill") == {quota, vehicle}
    assert chain_of(snapshot, snapshot.seeds.sites["hill"]) == {"hill-co", "middle", "vehicle", "top"}


def test_an_operator_is_of_the_chain_a_planned_owner_is_not(hill: Any) -> None:
    hill.party("runner")
    hill.say("hill", "operator", "runner")
    hill.stake("hill-co", owner="suitor", percent=40, force="planned")
    measure = rule(hill, "CHN", "policy", "a rule for the operator", party="runner")
    rule(hill, "CHN", "policy", "a rule for the suitor", party="suitor")
    assert keys(hill.snapshot(), "hill") == {measure}


def test_owners_of_each_other_are_walked_once(hill: Any) -> None:
    hill.stake("hill-co", owner="left", percent=60)
    hill.stake("left", owner="right", percent=20)
    hill.stake("right", owner="left", percent=20)
    snapshot = hill.snapshot()
    assert chain_of(snapshot, snapshot.seeds.sites["hill"]) == {"hill-co", "left", "right"}


def test_sites_named_beside_a_party_decide(hill: Any) -> None:
    hill.party("hill-co")
    rule(hill, "TZA", "policy", "a rule", party="hill-co", sites=["line"])
    snapshot = hill.snapshot()
    assert keys(snapshot, "hill") == set()
    assert len(keys(snapshot, "line")) == 1


# In time


def test_past_and_planned_measures_are_known_but_do_not_hold_now(hill: Any) -> None:
    past = rule(hill, "TZA", "policy", "a ban", since="2020-01-01", until="2021-01-01")
    future = rule(hill, "TZA", "policy", "a tariff", since="2027-01-01", force="planned")
    denied = rule(hill, "TZA", "policy", "a seizure", status="denied")
    open_ = rule(hill, "TZA", "policy", "a levy", since="2020-01-01")
    gap = rule(hill, "TZA", "policy", unknown="not-found", measure="what came after")
    snapshot = hill.snapshot()
    assert keys(snapshot, "hill") == {past, future, denied, open_, gap}
    assert keys(snapshot, "hill", now=True) == {open_, gap}


def test_a_suspension_ends_a_measure_only_once_it_is_known(hill: Any) -> None:
    licence = rule(hill, "CHN", "policy", "a licence", sites=["hill"], since="2025-10-01", sources=["early"])
    hill.source("early", published="2025-10-01")
    hill.source("later", published="2025-11-07")
    hill.close("chn", licence, until="2025-11-07", sources=["later"])
    assert keys(hill.snapshot(DAY, "2025-11-06"), "hill", now=True) == {licence}
    assert keys(hill.snapshot(DAY, "2025-11-07"), "hill", now=True) == set()


def test_what_was_not_published_is_not_known(hill: Any) -> None:
    rule(hill, "TZA", "policy", "a levy")  # the ledger is of 2026-06-01
    assert keys(hill.snapshot(DAY, "2026-05-31"), "hill") == set()


# What is shown


def test_places_come_before_programmes_and_policy_before_figures(hill: Any) -> None:
    hill.say(PROGRAMME, "policy", "a scheme", country="TZA", key="scheme")
    rule(hill, "TZA", "production", 5, unit="t", key="output")
    rule(hill, "TZA", "policy", "a levy", key="levy")
    rule(hill, "CHN", "policy", "a licence", sites=["hill"], key="licence")
    snapshot = hill.snapshot()
    order = [one.key for one in touching(snapshot, snapshot.seeds.sites["hill"])]
    assert order == ["CHN:licence", "TZA:levy", "TZA:output", f"{PROGRAMME}:scheme"]


def test_lists_of_participants_are_not_told_of_a_site(hill: Any) -> None:
    hill.say(PROGRAMME, "participants", ["TZA", "ZMB"], country="TZA")
    assert "participants" not in SHOWN
    assert keys(hill.snapshot(), "hill") == set()


def test_statements_of_sites_and_parties_are_not_context(hill: Any) -> None:
    hill.party("top")
    hill.say("top", "policy", "under sanctions", sites=["hill"])
    hill.say("hill", "policy", "a rule")
    assert keys(hill.snapshot(), "hill") == set()


# The registry itself


@pytest.fixture
def topics(repository: Workspace) -> list[Any]:
    """Return the statements of all places and programmes of the registry."""
    seeds = repository.seeds
    return [one for one in seeds.statements if one.subject in {*seeds.places, *seeds.programmes}]


def test_a_cobalt_quota_touches_the_mines_and_not_the_railway(repository: Workspace) -> None:
    snapshot = repository.snapshot(DAY, DAY)
    assert "COD:cobalt-quota-2026" in keys(snapshot, "mutanda-kcc", now=True)
    assert "COD:cobalt-quota-2026" not in keys(snapshot, "lobito-corridor")
    assert "COD:cobalt-quota-cmoc" not in keys(snapshot, "mutanda-kcc")


def test_the_chinese_acts_of_october_2025_come_and_go(repository: Workspace) -> None:
    help_abroad, after = "CHN:technology-and-help", "CHN:october-acts-after"
    during = keys(repository.snapshot("2025-10-20", "2025-10-20"), "mountain-pass", now=True)
    halted = keys(repository.snapshot("2026-02-01", "2026-02-01"), "mountain-pass", now=True)
    today = keys(repository.snapshot(DAY, DAY), "mountain-pass", now=True)
    assert (help_abroad in during, help_abroad in halted, help_abroad in today) == (True, False, False)
    assert (after in halted, after in today) == (False, True)
    # Of the acts that were to begin on 8 November none ever held.
    begun = keys(repository.snapshot("2025-11-08", "2025-11-08"), "round-top", now=True)
    assert "CHN:five-rare-earths" not in begun


def test_nothing_of_february_2026_was_known_in_january(repository: Workspace) -> None:
    snapshot = repository.snapshot("2026-01-31", "2026-01-31")
    found = {key for site in snapshot.seeds.sites for key in keys(snapshot, site)}
    assert "CHN:seven-rare-earths" in found
    assert not found & {"project-vault:reserve", "forge:launch", "price-floors:zone", "BRA:ministerial-2026"}


def test_the_ministerial_names_54_countries_once_each(topics: list[Any]) -> None:
    named = next(one for one in topics if one.key == "critical-minerals-ministerial-2026:participants")
    # The department counts 54 countries; the European Commission has no code.
    assert len(named.value) == len(set(named.value)) == 54
    assert {"USA", "CHN", "TZA"}.isdisjoint(named.value)


def test_parts_of_project_vault_add_to_its_total(topics: list[Any]) -> None:
    money = {one.key.split(":")[1]: one for one in topics if one.subject == "project-vault" and one.unit == "USD"}
    assert money["total"].value == money["exim-loan"].value + money["private"].value
    assert all(one.qualifiers["part_of"] == "total" for key, one in money.items() if key != "total")


def test_what_places_and_programmes_name_exists(repository: Workspace, topics: list[Any], root: Path) -> None:
    seeds = repository.seeds
    known = {part.id for site in seeds.sites.values() for part in site.parts} | set(seeds.sites)
    with (root / "data/vocabulary/countries.csv").open(encoding="utf-8") as stream:
        codes = {row["code"] for row in csv.DictReader(stream)}
    for one in topics:
        assert set(one.qualifiers.get("sites", ())) <= known, one.key
        assert one.qualifiers.get("programme", PROGRAMME) in {PROGRAMME, *seeds.programmes}, one.key
        assert one.qualifiers.get("destination", "USA") in codes, one.key


def test_memory_stands_alone(repository: Workspace) -> None:
    for one in repository.seeds.statements:
        assert "memory" not in one.sources or one.sources == ("memory",), one.key


def test_no_score_rests_on_policy(assessed: Any, topics: list[Any]) -> None:
    ids = {one.id for one in topics}
    scores = [score for site in assessed.sites.values() for score in (site.composite, *site.dimensions.values())]
    cited = {name for score in scores for one in score.contributions for name in one.statements}
    assert not cited & ids


def test_each_fact_of_the_source_texts_has_a_statement_or_a_reason(repository: Workspace, root: Path) -> None:
    seeds = repository.seeds
    held = {one.key for one in seeds.statements} | {one.key for one in seeds.closures}
    with (root / "tests/facts/source-texts.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) > 250
    for row in rows:
        named = [key for key in row["statement"].split(";") if key]
        assert named or row["reason"], row
        assert set(named) <= held, row

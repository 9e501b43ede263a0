"""Rules are files: read strictly, dated, and tried on both sides of every threshold."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from georisk.check import data_faults, record_faults
from georisk.errors import FaultGroup
from georisk.ownership.graph import Share, Stake
from georisk.screens.rules import Rule, read_rules
from tests.screens.parties import DATA, book, graph, judged, stake

RULES = DATA / "method" / "screens"


@pytest.mark.parametrize("found", book().rules.values(), ids=lambda one: one.key)
def test_every_rule_says_what_it_is(found: Rule) -> None:
    for words in (found.title, found.law, found.citation, found.text_version, found.consequence, found.reading):
        assert len(words) > 5
    assert found.sources
    assert found.periods[-1].until is None  # the last period runs on
    assert found.unverified == (found.evidence == "memory")


# One line a gate: parties, the stake under test, its figure at the gate, whether exactly there is in, who answers.
GATES = [
    ("ofac_50", "X:RUS:person:blocked T:LUX:company", "equity", 50, True),
    ("eu_50", "X:RUS:person:designated_eu T:LUX:company", "equity", 50, True),
    ("uk_50", "X:RUS:person:designated_uk T:LUX:company", "equity", 50, False),
    ("uk_50", "X:RUS:person:designated_uk T:LUX:company", "voting", 50, False),
    ("uk_50", "X:RUS:person:designated_uk T:LUX:company", "board", 50, False),
    ("bis_affiliates_50", "X:CHN:company:bis_listed T:LUX:company", "equity", 50, True),
    ("doe_feoc_25", "X:CHN:government T:AUS:company", "equity", 25, True),
    ("doe_feoc_25", "X:CHN:government T:AUS:company", "voting", 25, True),
    ("doe_feoc_25", "X:CHN:government T:AUS:company", "board", 25, True),
    ("commerce_feoc_25", "X:CHN:person T:KOR:company", "equity", 25, True),
    ("commerce_feoc_25", "X:CHN:company T:KOR:company", "board", 25, True),
    ("obbba_sfe", "X:CHN:company T:USA:company", "equity", 50, False),
    ("obbba_sfe", "X:CHN:company T:USA:company", "voting", 50, False),
    ("obbba_fie", "X:CHN:company T:USA:company", "equity", 25, True),
    ("us_outbound_parent", "X:USA:company:us_person T:CHN:company", "voting", 50, False),
    ("us_outbound_parent", "X:USA:company:us_person T:CHN:company", "board", 50, False),
    ("cfius_parent_100", "X:FRA:government T:USA:company:tid", "voting", 25, True),
    ("au_foreign_government", "X:CHN:government T:AUS:company", "equity", 20, True),
    ("ca_state_investor", "X:CHN:government T:CAN:company", "equity", 0, False),
    ("bo_uk_psc", "X:GBR:person T:GBR:company", "equity", 25, False),
    ("bo_uk_psc", "X:GBR:person T:GBR:company", "voting", 25, False),
    ("bo_uk_psc", "X:GBR:person T:GBR:company", "board", 50, False),
    ("bo_amld", "X:DEU:person T:DEU:company", "equity", 25, False),
    ("bo_amlr", "X:DEU:person T:DEU:company", "equity", 25, True),
]


def _only(metric: str, per_cent: float) -> Stake:
    figures = {"equity": 0.0, "voting": 0.0, "board": 0.0} | {metric: max(0.0, per_cent)}
    return stake("X", "T", figures["equity"], figures["voting"], figures["board"])


@pytest.mark.parametrize(("key", "parties", "metric", "gate", "inside"), GATES)
def test_both_sides_of_a_gate_and_exactly_at_it(key: str, parties: str, metric: str, gate: float, inside: bool) -> None:
    answers = [judged(key, graph(parties, _only(metric, gate + points))).answer("T") for points in (-0.01, 0, 0.01)]
    assert answers == [False, inside, True]


@pytest.mark.parametrize(
    ("key", "parties", "gate", "inside"),
    [
        ("au_foreign_government", "X:CHN:government Y:JPN:government Z:KOR:government T:AUS:company", 40, True),
        ("obbba_fie", "X:CHN:company Y:CHN:company Z:CHN:company T:USA:company", 40, True),
        ("ofac_50", "X:RUS:person:blocked Y:IRN:person:blocked Z:SYR:person:blocked T:LUX:company", 50, True),
    ],
)
def test_holders_together_at_their_gate(key: str, parties: str, gate: float, inside: bool) -> None:
    def at(total: float) -> bool | None:
        thirds = [round(total / 3, 4), round(total / 3, 4)]
        figures = [*thirds, round(total - sum(thirds), 4)]
        return judged(key, graph(parties, *(stake(x, "T", y) for x, y in zip("XYZ", figures, strict=True)))).answer("T")

    assert [at(gate - 0.01), at(gate), at(gate + 0.01)] == [False, inside, True]


@pytest.mark.parametrize(("owed", "caught"), [(14.99, False), (15.0, True), (15.01, True)])
def test_debt_at_its_gate(owed: float, caught: bool) -> None:
    lent = Stake("X", "T", debt=owed)
    assert judged("obbba_fie", graph("X:CHN:company T:USA:company", lent)).answer("T") is caught


@pytest.mark.parametrize(
    ("key", "country", "gate"),
    [("tz_free_carried_16", "TZA", 16), ("cd_free_carried_10", "COD", 10), ("cd_renewal_5", "COD", 15)],
)
def test_a_host_state_has_what_it_is_owed(key: str, country: str, gate: float) -> None:
    def at(per_cent: float) -> bool | None:
        carried = Stake("G", "T", Share.exact(per_cent), carried=True)
        return judged(key, graph(f"G:{country}:government:host_state T:{country}:company", carried)).answer("T")

    assert [at(gate - 0.01), at(gate), at(gate + 0.01)] == [False, True, True]


@pytest.mark.parametrize(
    ("in_investor", "in_target", "caught"), [(49, 25, True), (48.99, 25, False), (49, 24.99, False)]
)
def test_a_substantial_interest_needs_both_figures(in_investor: float, in_target: float, caught: bool) -> None:
    chain = (stake("G", "F", in_investor), stake("F", "T", in_target))
    found = judged("cfius_parent_100", graph("G:FRA:government F:FRA:company T:USA:company:tid", *chain))
    assert found.answer("T") is caught


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2025, 9, 28), "not-yet"),
        (date(2025, 9, 29), "in-force"),
        (date(2025, 11, 9), "in-force"),
        (date(2025, 11, 10), "suspended"),
        (date(2026, 11, 9), "suspended"),
        (date(2026, 11, 10), "unverified"),
    ],
)
def test_the_affiliates_rule_by_date(day: date, status: str) -> None:
    assert book().rules["bis_affiliates_50"].status_on(day) == status


def test_a_rule_that_ran_out_has_ended() -> None:
    assert book().rules["bo_amld"].status_on(date(2027, 7, 10)) == "ended"
    assert book().rules["bo_amlr"].status_on(date(2027, 7, 9)) == "not-yet"
    assert book().rules["bo_amlr"].status_on(date(2027, 7, 10)) == "in-force"


def _folder(tmp_path: Path, name: str, text: str) -> Path:
    shutil.copytree(RULES, tmp_path / "screens")
    (tmp_path / "screens" / name).write_text(text, "utf-8")
    return tmp_path / "screens"


def _ofac() -> str:
    return (RULES / "ofac_50.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (_ofac() + "\nsurprise = 1\n", "surprise"),
        (_ofac().replace('engine = "cascade"', 'engine = "cascad"'), "cascad"),
        (_ofac().replace("strict = false", "strict = false\nmerges_at = 50"), "merges_at"),
        (_ofac().replace('citation = "', 'quotation = "'), "citation"),
        (_ofac().replace("equity = 50", "equity = 150"), "less than or equal to 100"),
        (_ofac().replace("flags = ", 'caught_by = "nothing"\nflags = '), "names no rule"),
        ('key = "other"\n' + _ofac(), "the key is the file's name"),
        (_ofac() + '\n[[period]]\nfrom = 2030-01-01\nstatus = "in-force"\nsource = "x"\n', "does not follow"),
        ("title = ", "not valid TOML"),
    ],
)
def test_a_misfit_is_named_with_its_file(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(FaultGroup) as group:
        read_rules(_folder(tmp_path, "new_rule.toml", text))
    said = [str(fault) for fault in group.value.exceptions]
    assert any("new_rule.toml" in one and complaint in one for one in said)


def test_a_rule_of_a_known_kind_is_one_file(tmp_path: Path) -> None:
    text = _ofac().replace("equity = 50", "equity = 40").replace('flags = ["blocked"]', 'flags = ["sfe"]')
    rules = read_rules(_folder(tmp_path, "house_40.toml", text))
    from georisk.screens.engines import judge

    found = judge(graph("X:CHN:company:sfe T:LUX:company", stake("X", "T", 40)), rules["house_40"], rules, 5.0)
    assert found.caught == ["T"]


def test_check_names_the_file_and_the_field(tmp_path: Path) -> None:
    for folder in ("method", "vocabulary", "lists"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    path = tmp_path / "method" / "screens" / "ofac_50.toml"
    path.write_text(path.read_text("utf-8").replace("gates = { equity = 50 }", "gates = { equity = 150 }"), "utf-8")
    (fault,) = data_faults(tmp_path)
    assert fault.where == "data/method/screens/ofac_50.toml"
    assert "gates.equity" in fault.found


def test_check_names_a_list_entry_of_no_list(made: Any) -> None:
    made.party("fox", kind="person")
    made.say("fox", "list-entry", "Fox", list="nonsense", key="entry")
    (fault,) = record_faults(made.open().seeds, DATA)
    assert (fault.where, fault.found) == ("seeds/parties/fox.toml [entry]", "list is 'nonsense'")

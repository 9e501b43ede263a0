from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from georisk.errors import Fault
from georisk.gate.rules import FIRMNESS, Rules, firmer, news_folder, read_rules
from georisk.news.tables import table
from georisk.vocabulary import read_vocabulary


def test_every_event_type_and_modality_of_the_extractor_has_a_rule(root: Path, rules: Rules) -> None:
    folder = root / "data" / "news"
    assert set(rules.events) == {row["code"] for row in table(folder, "event-types")}
    told = {row["code"] for row in table(folder, "modalities")}
    assert set(rules.modalities) == told - {"denied"}


def test_the_rules_speak_the_vocabulary_of_the_registry(root: Path, rules: Rules) -> None:
    words = root / "data" / "vocabulary"
    properties, forces, stages = (read_vocabulary(words, name) for name in ("properties", "forces", "stages"))
    kinds, targets, roles = (
        read_vocabulary(words, name) for name in ("finance-kinds", "proceeding-targets", "qualifiers")
    )
    assert set(FIRMNESS) == set(forces)
    assert all(one.force in forces for one in rules.modalities.values())
    assert all(one.code in stages for one in rules.stages)
    assert all(one.code in targets for one in rules.against)
    for one in rules.events.values():
        assert (one.property is None) == (one.why is not None)
        assert one.property is None or one.property in properties
        assert one.otherwise is None or one.otherwise in properties
        assert one.kind is None or one.kind in kinds
        assert one.other is None or one.other in roles


def test_a_memorandum_is_never_firmer_than_a_memorandum(rules: Rules) -> None:
    assert {rules.events["mou"].force.get(name, one.force) for name, one in rules.modalities.items()} <= {
        "nonbinding", "conditional", "planned", "speculative",
    }  # fmt: skip


def test_a_purchase_that_is_only_agreed_is_planned(rules: Rules) -> None:
    assert rules.events["acquisition"].force["binding"] == "planned"
    assert "completed" not in rules.events["acquisition"].force


@pytest.mark.parametrize(
    ("passage", "code"),
    [
        ("the mine entered commercial production", "production"),
        ("construction has begun", "construction"),
        ("the mine was put on care and maintenance", "care-and-maintenance"),
        ("the quiet of the hills", None),
    ],
)
def test_a_stage_is_told_by_its_words(rules: Rules, passage: str, code: str | None) -> None:
    assert rules.stage(passage) == code


def test_a_proceeding_is_against_what_its_words_say_or_a_partys_conduct(rules: Rules) -> None:
    assert rules.target("an inquiry into the licence") == "permit"
    assert rules.target("an inquiry into who owns the shares") == "ownership"
    assert rules.target("an inquiry into the books") == "conduct"


def test_forces_are_ordered() -> None:
    assert firmer("in-effect", "binding")
    assert firmer("planned", "speculative")
    assert not firmer("nonbinding", "conditional")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('kind = "loan"', 'colour = "red"', "events.loan.colour"),
        ("same_figure = 0.02", "same_figure = 2", "limits.same_figure"),
        ("paid = 'disburs|drawn", "paid = '(disburs|drawn", "events.loan.paid"),
        ('force = { completed = "binding", claimed', 'force = { completed = "sure", claimed', "events.loan.force"),
    ],
)
def test_a_misspelt_rule_is_a_fault_that_names_it(root: Path, tmp_path: Path, old: str, new: str, found: str) -> None:
    text = (root / "data" / "news" / "proposing.toml").read_text()
    assert old in text
    (tmp_path / "proposing.toml").write_text(text.replace(old, new, 1))
    with pytest.raises(Fault, match=found):
        read_rules(tmp_path)


def test_a_workspace_s_own_tables_come_first(root: Path, tmp_path: Path) -> None:
    assert news_folder(tmp_path) == root / "data" / "news"
    shutil.copytree(root / "data" / "news", tmp_path / "news")
    assert news_folder(tmp_path) == tmp_path / "news"

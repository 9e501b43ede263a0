from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from georisk.errors import Fault, FaultGroup, UsageError
from georisk.gate.newsfile import Proposal
from georisk.gate.newsitems import read_item
from georisk.gate.policy import Policy, read_policy
from georisk.gate.proposals import Comparison

POLICY = """
[accept]
comparisons = ["new", "confirms"]
grades = ["A", "B"]
properties = ["offtake"]
forces = ["binding"]
statuses = ["confirmed"]
state_linked = false
min_independent_sources = 2
max_move_points = 5.0
"""
ITEM = """id = "2026-11-20-news"
title = "News"
compiled = 2026-11-20
[sources.press]
title = "Notice"
publisher = "Invented Press"
published = 2026-11-19
grade = "B"
[sources.wire]
title = "Wire"
publisher = "Invented Wire"
published = 2026-11-19
grade = "B"
[sources.copy]
title = "Copy"
publisher = "Invented Wire"
published = 2026-11-19
grade = "B"
[sources.state]
title = "State wire"
publisher = "Invented State Wire"
published = 2026-11-19
grade = "C"
state_linked = true
[[propose]]
file = "sites/hill"
key = "k"
property = "offtake"
value = 5
unit = "percent"
force = "binding"
sources = ["press", "wire"]
"""
NEW = Comparison("new", (), "")


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    path = tmp_path / "policy.toml"
    path.write_text(POLICY)
    return read_policy(path)


def proposal(made: Any, text: str) -> Proposal:
    if "hill" not in made.sites:
        made.site("hill", country="TZA")
    opened = made.open()
    path = opened.root / "2026-11-20-news.toml"
    path.write_text(text)
    return read_item(path, opened.seeds, opened.data / "vocabulary")[0]


def objections(policy: Policy, one: Proposal, comparison: Comparison = NEW) -> list[str]:
    assert one.statement is not None
    return policy.objections(one, comparison, [one.statement])


def test_what_a_policy_names_passes(made: Any, policy: Policy) -> None:
    assert objections(policy, proposal(made, ITEM)) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (('force = "binding"\n', ""), "force in-effect is not allowed (binding)"),
        (('"offtake"', '"feedstock"'), "property feedstock is not allowed (offtake)"),
        (("value = 5\n", 'value = 5\nstatus = "disputed"\n'), "status disputed is not allowed (confirmed)"),
        (('"press", "wire"]', '"press"]'), "1 independent source, 2 are asked for"),
        (('"press", "wire"]', '"wire", "copy"]'), "1 independent source, 2 are asked for"),
        (('"wire"]', '"state"]'), "a source is linked to a state"),
        (('"press", "wire"]', '"state"]'), "grade C is not allowed (A, B)"),
    ],
)
def test_what_it_does_not_name_is_objected_to(
    made: Any, policy: Policy, change: tuple[str, str], expected: str
) -> None:
    assert expected in objections(policy, proposal(made, ITEM.replace(*change)))


def test_a_comparison_that_is_not_named_is_objected_to(made: Any, policy: Policy) -> None:
    found = objections(policy, proposal(made, ITEM), Comparison("contradicts", (), ""))
    assert found == ["comparison contradicts is not allowed (new, confirms)"]


def test_an_empty_list_allows_nothing(made: Any, policy: Policy) -> None:
    strict = replace(policy, accept=policy.accept.model_copy(update={"forces": []}))
    assert objections(strict, proposal(made, ITEM)) == ["force binding is not allowed (none is)"]


def test_the_farthest_move_is_still_allowed(policy: Policy) -> None:
    assert policy.too_far(5.0) is None
    assert policy.too_far(5.1) == "moves a score by 5.1 points, 5 are allowed"
    assert policy.too_far(float("inf")) is not None


@pytest.mark.parametrize("key", [line.split(" = ")[0] for line in POLICY.splitlines() if " = " in line])
def test_every_key_is_required(tmp_path: Path, key: str) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("".join(line for line in POLICY.splitlines(keepends=True) if not line.startswith(f"{key} =")))
    with pytest.raises(FaultGroup) as caught:
        read_policy(path)
    assert key in str(caught.value.exceptions[0])


def test_what_is_unknown_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(POLICY + "anything = true\n")
    with pytest.raises(FaultGroup):
        read_policy(path)
    path.write_text(POLICY + "[reject]\n")
    with pytest.raises(Fault, match="unknown key 'reject'"):
        read_policy(path)
    with pytest.raises(UsageError, match="is no file"):
        read_policy(tmp_path / "nowhere.toml")


def test_its_name_and_content_go_into_the_ledger(policy: Policy, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(POLICY.replace("5.0", "6.0"))
    name, digest = policy.name.split(" ")
    assert name == "policy.toml"
    assert digest != read_policy(other).name.split(" ")[1]


def test_the_policy_of_the_readme_can_be_read(root: Path, tmp_path: Path) -> None:
    text = (root / "seeds/news/README.md").read_text()
    block = next(part for part in text.split("```toml\n") if part.startswith("[accept]")).split("```")[0]
    path = tmp_path / "policy.toml"
    path.write_text(block)
    assert read_policy(path).accept.min_independent_sources == 2


# What an extractor read

READ = 'event = "offtake"\nmodality = "binding"\nconfidence = 0.8\n'
ALLOWED = 'modalities = ["binding"]\nsource_kinds = ["reporting"]\nmin_confidence = 0.7\n'


def read_one(made: Any, more: str = READ, kind: str = "reporting") -> Proposal:
    return proposal(made, ITEM.replace("title = ", f'source_kind = "{kind}"\ntitle = ', 1) + more)


def against(policy: Policy, one: Proposal) -> list[str]:
    assert one.statement is not None
    return policy.objections(one, NEW, [one.statement])


def test_nothing_an_extractor_read_passes_a_policy_that_does_not_speak_of_it(made: Any, policy: Policy) -> None:
    told = "; ".join(against(policy, read_one(made)))
    assert "modality binding is not allowed (none is)" in told
    assert "source kind reporting is not allowed (none is)" in told
    assert "confidence is 0.80, 1 is asked for" in told


def test_a_policy_allows_by_modality_kind_of_source_and_confidence(made: Any, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(POLICY + ALLOWED)
    rules = read_policy(tmp_path / "policy.toml")
    assert against(rules, read_one(made)) == []
    assert against(rules, read_one(made, READ.replace("binding", "claimed"))) == [
        "modality claimed is not allowed (binding)"
    ]
    assert against(rules, read_one(made, READ.replace("0.8", "0.6"))) == ["confidence is 0.60, 0.7 is asked for"]
    assert against(rules, read_one(made, kind="correction")) == ["source kind correction is not allowed (reporting)"]


def test_an_inference_passes_only_where_the_policy_says_so(made: Any, tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(POLICY + ALLOWED)
    one = read_one(made, READ + "inferred = true\n")
    assert against(read_policy(path), one) == ["the text does not name the subject; the tie is an inference"]
    path.write_text(POLICY + ALLOWED + "inferred = true\n")
    assert against(read_policy(path), one) == []


def test_sources_elsewhere_of_the_same_claim_count_and_copies_count_once(made: Any, policy: Policy) -> None:
    one = proposal(made, ITEM.replace('sources = ["press", "wire"]', 'sources = ["wire"]'))
    assert one.statement is not None
    press, copy = one.known_sources["press"], one.known_sources["copy"]
    told = policy.objections(one, NEW, [one.statement], [copy])
    assert told == ["1 independent source, 2 are asked for"]
    assert policy.objections(one, NEW, [one.statement], [press]) == []


def test_any_move_is_said_with_infinity(tmp_path: Path, policy: Policy) -> None:
    assert not policy.any_move
    (tmp_path / "policy.toml").write_text(POLICY.replace("5.0", "inf"))
    assert read_policy(tmp_path / "policy.toml").any_move

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from georisk.errors import Fault, FaultGroup
from georisk.indicators import NAMES
from georisk.method import Method, read_method
from georisk.overrides import overridden


@pytest.fixture(scope="module")
def method(root: Path) -> Method:
    return read_method(root / "data" / "method", NAMES)


def lay(method: Method, folder: Path, text: str) -> Method:
    path = folder / "desk.toml"
    path.write_text(text, encoding="utf-8")
    return overridden(method, path)


def faults(method: Method, folder: Path, text: str) -> list[str]:
    with pytest.raises(FaultGroup) as caught:
        lay(method, folder, text)
    return [str(one) for one in caught.value.exceptions if isinstance(one, Fault)]


def test_weights_and_goalposts_are_laid_over_and_all_else_stays(method: Method, tmp_path: Path) -> None:
    text = """
[aggregation]
exponent = 1
[dimension.china]
weight = 40
reason = "a buyer's desk"
[indicator.governance]
goalposts = { zero = 2.0, hundred = -2.0 }
"""
    found = lay(method, tmp_path, text)
    assert found.aggregation.exponent == 1
    assert found.aggregation.floor_dimension_percent == method.aggregation.floor_dimension_percent
    china = next(one for one in found.dimension if one.key == "china")
    assert (china.weight, china.weight_reason) == (40, "a buyer's desk")
    governance = next(one for one in found.indicators if one.key == "governance")
    was = next(one for one in method.indicators if one.key == "governance")
    assert (governance.goalposts.zero, governance.goalposts.hundred) == (2.0, -2.0)
    assert governance.weight == was.weight
    assert [one for one in found.indicators if one.key != "governance"] == [
        one for one in method.indicators if one.key != "governance"
    ]


def test_the_version_and_the_fingerprint_say_so(method: Method, tmp_path: Path) -> None:
    found = lay(method, tmp_path, "[aggregation]\nexponent = 3\n")
    assert found.version == f"{method.version} + desk.toml"
    assert found.fingerprint != method.fingerprint
    other = lay(method, tmp_path, "[aggregation]\nexponent = 4\n")
    assert other.fingerprint != found.fingerprint


def test_an_empty_file_changes_no_number(method: Method, tmp_path: Path) -> None:
    found = lay(method, tmp_path, "")
    assert (found.dimension, found.indicators, found.aggregation) == (
        method.dimension, method.indicators, method.aggregation,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[indicator.governence]\nweight = 3", "desk.toml [indicator.governence]: there is no indicator 'governence'"),
        ("[dimension.people]\nweight = 3", "desk.toml [dimension.people]: there is no dimension 'people'"),
        ("[indicator.equity]\nwieght = 3", "desk.toml [indicator.equity.wieght]: is not known; allowed: weight, reason, goalposts"),
        ("[dimension.china]\ngoalposts = 3", "desk.toml [dimension.china.goalposts]: is not known; allowed: weight, reason"),
        ("[bands]\nlow = 3", "desk.toml [bands]: is not known; allowed: aggregation, dimension, indicator"),
        ("[aggregation]\npower = 3", "desk.toml [aggregation.power]: is not known"),
        ("[indicator.equity]\nweight = 0", "desk.toml [indicator.equity.weight]: 0"),
        ("[indicator.equity]\nweight = inf", "desk.toml [indicator.equity.weight]: inf"),
        ("[indicator.equity]\nweight = 'much'", "desk.toml [indicator.equity.weight]: 'much'"),
        ("[indicator.equity]\ngoalposts = { zero = 5, hundred = 5 }", "desk.toml [indicator.equity]: goalposts 5 and 5"),
        ("[indicator.equity]\ngoalposts = { zero = nan, hundred = 5 }", "desk.toml [indicator.equity]: goalposts nan"),
        ("[aggregation\n", "desk.toml: is not valid TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_file_and_key(method: Method, tmp_path: Path, text: str, told: str) -> None:
    (found,) = faults(method, tmp_path, text)
    assert found.startswith(told)


def test_all_faults_are_told_at_once(method: Method, tmp_path: Path) -> None:
    found = faults(
        method, tmp_path, "[indicator.a]\nweight = 1\n[indicator.b]\nweight = 1\n[dimension.c]\nweight = 1\n"
    )
    assert len(found) == 3


def test_a_file_that_is_not_there(method: Method, tmp_path: Path) -> None:
    with pytest.raises(FaultGroup, match=r"nowhere\.toml"):
        overridden(method, tmp_path / "nowhere.toml")


def test_own_weights_are_laid_over_and_said(georisk: Any, sample: Any, tmp_path: Path) -> None:
    desk = tmp_path / "desk.toml"
    desk.write_text("[aggregation]\nexponent = 1\n")
    words = ("score", "hill", "--format", "json", "--workspace", sample.workspace.root, "--as-of", "2026-11-21",
             "--known-by", "2026-11-21")  # fmt: skip
    plain, laid = json.loads(georisk(*words).out), georisk(*words, "--method", desk)
    assert laid.code == 0, laid.err
    document = json.loads(laid.out)
    assert document["method"]["version"] == f"{plain['method']['version']} + desk.toml"
    assert document["method"]["fingerprint"] != plain["method"]["fingerprint"]
    assert f"method {document['method']['version']}" in laid.err
    hill, was = document["sites"][0], plain["sites"][0]
    assert hill["dimensions"] == was["dimensions"]
    if was["composite"]["score"] is not None:
        scores = [hill["dimensions"][key]["score"] for key in ("jurisdiction", "opacity", "china")]
        # With exponent 1 the composite is the plain weighted mean.
        assert hill["composite"]["score"] == pytest.approx(0.4 * scores[0] + 0.3 * scores[1] + 0.3 * scores[2])

from __future__ import annotations

from typing import Any

import pytest

from georisk.outputs.content import map_data
from georisk.outputs.map_choices import answers, groups


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (["copper", "cobalt"], ["copper", "cobalt"]),
        (["NdFeB magnets"], ["rare-earths"]),
        (["rare earths in deep-sea mud", "dysprosium"], ["rare-earths"]),
        (["titanium powder"], ["titanium-zirconium"]),
        (["unobtainium"], ["other"]),
        ([], []),
    ],
)
def test_commodities_fall_into_groups_in_the_order_named(sample: Any, told: list[str], found: list[str]) -> None:
    assert groups(told, sample.workspace.data / "vocabulary") == found


def test_every_layer_of_words_offers_what_the_sites_have(sample: Any) -> None:
    data = map_data(sample.report, sample.workspace.data)
    offered = {choice["key"]: {value["key"] for value in choice["values"]} for choice in data.choices}
    assert [key for key in offered if not key.startswith("legal:")] == ["stage", "commodity"]
    for site in data.sites:
        assert set(site["groups"]) == set(offered)
        assert [key for key, value in site["groups"].items() if value is not None and value not in offered[key]] == []


def test_the_worst_answer_of_the_parts_is_told(sample: Any) -> None:
    law = sample.report.law
    order = ["no", "undetermined", "yes"]
    for site in sample.report.sites:
        told = answers(law, site.id)
        for rule in law.rules:
            asked = [one.answer for one in law.of_site(site.id) if one.applies and one.rule.key == rule.key]
            assert told[f"legal:{rule.key}"] == (max(asked, key=order.index) if asked else None)

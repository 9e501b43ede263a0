from __future__ import annotations

from typing import Any

import pytest

from georisk.news.extracting.knowledge import Knowledge
from georisk.news.extracting.recognising import read_scene


def cast(text: str, article: Any, knowledge: Knowledge, title: str = "A note") -> dict[str, tuple[str, str]]:
    scene = read_scene(article(text, title), knowledge)
    return {one.text: (one.entity.kind, one.entity.source) for one in scene.cast.mentions}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Pallas Antimony opened it.", "Pallas Antimony", "company"),
        ("They reopened the Monte Feo mine.", "Monte Feo", "project"),
        ("London-based Halyard Metals paid.", "Halyard Metals", "company"),
        ("Zhonghe Alloy of Ningbo paid.", "Zhonghe Alloy", "company"),
        ("PT Tambaro Nikel paid.", "PT Tambaro Nikel", "company"),
        ("The Minerals Income Investment Fund paid.", "Minerals Income Investment Fund", "company"),
        ("Voltwerk (ASX: VWK) paid.", "Voltwerk", "company"),
        ("The Ministry of Mines agreed.", "Ministry of Mines", "agency"),
        ("It was told to the Valley Times.", "Valley Times", "media"),
        ("The mill, said President Joyce Kileo, runs.", "Joyce Kileo", "person"),
    ],
)  # fmt: skip
def test_names_no_registry_has(text: str, name: str, kind: str, article: Any, knowledge: Knowledge) -> None:
    found = cast(text, article, knowledge)
    if kind == "person":
        assert found.get(name, ("person", ""))[0] == "person"
    else:
        assert found[name] == (kind, "candidate")


def test_short_forms_stand_for_the_full_name(article: Any, knowledge: Knowledge) -> None:
    scene = read_scene(
        article("Guinea Coast Lithium Ltd (GCL) paid. GCL was late. Guinea Coast hopes for more."), knowledge
    )
    kept = {one.text: one.entity.name for one in scene.cast.mentions}
    assert {kept["GCL"], kept["Guinea Coast"]} == {"Guinea Coast Lithium Ltd"}


def test_a_country_lends_its_name_to_no_company(article: Any, knowledge: Knowledge) -> None:
    scene = read_scene(article("Zambia Copper paid. Zambia was glad."), knowledge)
    assert [(one.text, one.entity.kind) for one in scene.cast.mentions][-1] == ("Zambia", "country")


def test_a_title_written_as_a_sentence_names_whom_the_text_is_about(article: Any, knowledge: Knowledge) -> None:
    scene = read_scene(
        article("We opened the pit in April.", title="An interview with the head of Norrsken Graphite"), knowledge
    )
    assert scene.topic_company is not None
    assert scene.topic_company.entity.name == "Norrsken Graphite"
    scene = read_scene(article("It is a wide field.", title="The Long Road Of Rare Metals Begins"), knowledge)
    assert scene.topic_company is None


def test_a_place_named_behind_in_does_not_deal(article: Any, knowledge: Knowledge) -> None:
    found = cast("The court in Kendari suspended the permit of Kitwe Smelting.", article, knowledge)
    assert found.get("Kendari", ("unknown", ""))[0] != "company"

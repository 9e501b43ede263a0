from dataclasses import fields
from typing import Any

import pytest

from georisk.outputs import map_data
from georisk.outputs.map_data import MapData

PLACES = {
    "Site": lambda sample: sample["sites"],
    "Score": lambda sample: [score for site in sample["sites"] for score in site["scores"].values()],
    "Reason": lambda sample: [each for score in PLACES["Score"](sample) for each in score["reasons"]],
    "Source": lambda sample: [each for reason in PLACES["Reason"](sample) for each in reason["sources"]],
    "Missing": lambda sample: [each for score in PLACES["Score"](sample) for each in score["missing"]],
    "Owner": lambda sample: [each for site in sample["sites"] for each in site["owners"]],
    "Parent": lambda sample: [each for site in sample["sites"] for each in site["ultimate"]],
    "Finance": lambda sample: [each for site in sample["sites"] for each in site["finance"]],
    "Line": lambda sample: [each for site in sample["sites"] for each in site["offtake"]],
    "Fact": lambda sample: [each for site in sample["sites"] for each in site["facts"]],
    "Part": lambda sample: [each for site in sample["sites"] for each in site["parts"]],
    "Shape": lambda sample: [each for site in sample["sites"] for each in site["shapes"]],
    "Layer": lambda sample: [sample["composite"], *sample["dimensions"]],
    "Band": lambda sample: sample["bands"],
    "Method": lambda sample: [sample["method"]],
    "Link": lambda sample: sample["links"],
}


@pytest.mark.parametrize("name", PLACES)
def test_the_sample_has_the_shape_that_is_written_down(map_fields: dict[str, Any], name: str) -> None:
    shape = getattr(map_data, name)
    found = PLACES[name](map_fields)
    assert found
    for each in found:
        assert shape.__required_keys__ <= set(each) <= shape.__required_keys__ | shape.__optional_keys__


def test_the_sample_names_every_field_of_the_map(map_fields: dict[str, Any]) -> None:
    assert {field.name for field in fields(MapData)} == set(map_fields)


def test_links_are_optional(map_fields: dict[str, Any]) -> None:
    del map_fields["links"]
    assert MapData(**map_fields).links == ()

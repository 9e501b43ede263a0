from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from georisk.dates import When
from georisk.errors import Fault, FaultGroup
from georisk.statements import statement_id


def faults(made: Any) -> list[Fault]:
    with pytest.raises(FaultGroup) as caught:
        made.open()
    return [one for one in caught.value.exceptions if isinstance(one, Fault)]


def only(found: list[Fault]) -> Fault:
    assert len(found) == 1, [str(one) for one in found]
    return found[0]


def test_a_folder_becomes_sites_parties_and_statements(made: Any) -> None:
    made.site("hill", country="TZA", at=(32.8, -7.7), holder="hill-co", parts=("north", "south"), aliases=["Kilima"])
    made.stake("hill-co", owner="dragon", percent=60, since="2020-01-01")
    made.say("hill/north", "stage", "production")
    seeds = made.open().seeds
    hill = seeds.sites["hill"]
    assert (hill.name, hill.kind, hill.aliases, hill.title_holder) == ("Hill", "mine", ("Kilima",), "hill-co")
    assert hill.subjects() == ["hill/north", "hill/south"]
    assert {"hill-co", "dragon"} <= set(seeds.parties)
    stake = next(one for one in seeds.statements if one.property == "stake")
    assert (stake.subject, stake.key.split(":")[0], stake.value) == ("hill-co", "hill-co", 60)
    assert stake.id == statement_id("hill-co", "stake", 60, "percent", {"owner": "dragon"}, When.parse("2020-01-01"))
    stage = next(one for one in seeds.statements if one.property == "stage")
    assert stage.subject == "hill/north"
    location = next(one for one in seeds.statements if one.property == "location")
    assert location.value == {"type": "Point", "coordinates": [32.8, -7.7]}
    assert location.qualifiers["country"] == "TZA"
    assert location.file == "seeds/sites/hill/shape.geojson"


def test_the_owned_node_is_the_part_s_holder_else_the_site_s_else_the_subject_itself(made: Any) -> None:
    made.site("hill", parts=("north", "south"), holder="hill-co")
    made.hold("hill/north", "north-co")
    made.site("dale")
    seeds = made.open().seeds
    assert seeds.sites["hill"].holder_of("hill/north") == "north-co"
    assert seeds.sites["hill"].holder_of("hill/south") == "hill-co"
    assert seeds.sites["dale"].holder_of("dale") == "dale"


def test_a_party_s_and_a_site_s_kind_are_codes(made: Any) -> None:
    made.party("hill-co", kind="corporation")
    made.site("hill", kind="hole")
    assert [fault.found for fault in faults(made)] == ["kind 'hole' is not known", "kind 'corporation' is not known"]


def test_a_file_s_id_is_its_name(made: Any) -> None:
    made.party("hill-co")
    made.place("TZA", "Tanzania")
    made._files["party", "hill-co"]["id"] = "mill-co"
    made._files["place", "tza"]["id"] = "tza"
    assert sorted(fault.found for fault in faults(made)) == ["id is 'mill-co'", "id is 'tza'"]


def test_faults_of_all_files_come_together(made: Any) -> None:
    made.site("hill", colour="red")
    made.party("hill-co", colour="red")
    made.write()
    made.path("party", "bear").write_text("not toml", encoding="utf-8")
    assert {fault.where for fault in faults(made)} == {
        "seeds/sites/hill/site.toml", "seeds/parties/hill-co.toml", "seeds/parties/bear.toml",
    }  # fmt: skip


def test_a_file_that_is_wrong_is_not_blamed_on_those_that_cite_it(made: Any) -> None:
    made.party("hill-co", colour="red")
    made._files["party", "hill-co"]["sources"]["annual"] = {"title": "t", "publisher": "p", "grade": "B"}
    made.say("hill-co", "profile", "digger", key="what")
    made.party("mill-co")
    made.say("mill-co", "profile", "miller", sources=["annual"])
    made.close("mill-co", "hill-co:what", until="2026-01-01")
    assert only(faults(made)).found == "unknown key 'colour'"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"features": {}}', '{"features": null}', '{"features": ["x"]}', '{"features": [1]}',
     '{"features": [{"properties": [1], "geometry": null}]}', '{"features": [{"properties": "x"}]}'],
)  # fmt: skip
def test_a_shape_that_is_no_feature_collection_is_a_fault(made: Any, text: str) -> None:
    made.site("hill")
    made.write()
    made.path("site", "hill").with_name("shape.geojson").write_text(text, encoding="utf-8")
    found = faults(made)
    assert found
    assert all(fault.where.startswith("seeds/sites/hill/shape.geojson") for fault in found)


def test_mentions_that_name_no_site_are_kept(made: Any) -> None:
    made.write()
    text = 'compiled = 2026-11-21\n[[mention]]\ntext = "a mine in the east"\nsource = "ledger"\nwhy = "no name"\n'
    (made.root / "seeds" / "unresolved.toml").write_text(text, encoding="utf-8")
    [mention] = made.open().seeds.mentions
    assert (mention.text, mention.why, mention.candidates) == ("a mine in the east", "no name", ())
    (made.root / "seeds" / "unresolved.toml").write_text(text + 'colour = "red"\n', encoding="utf-8")
    assert only(faults(made)).where.startswith("seeds/unresolved.toml")


def test_reading_does_not_depend_on_the_order_of_files(made: Any, tmp_path: Path) -> None:
    made.site("hill", holder="hill-co")
    made.stake("hill-co", owner="dragon", percent=60)
    made.party("dragon", incorporation="CHN")
    first = made.open().seeds
    copy = tmp_path / "copy"
    for path in sorted((made.root / "seeds").rglob("*"), reverse=True):
        if path.is_file():
            target = copy / path.relative_to(made.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    made.root = copy
    assert made.open().seeds == first

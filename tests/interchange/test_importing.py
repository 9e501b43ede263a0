"""Imports: round trips, foreign files, hostile ones; all or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from georisk.errors import FaultGroup, GeoriskError
from georisk.interchange.exporting import export_bytes
from georisk.interchange.importing import import_bods
from georisk.ownership.stakes import in_effect
from georisk.workspace import Workspace, open_workspace

DAY = "2026-11-21"


def write(path: Path, statements: object) -> Path:
    path.write_text(json.dumps(statements), encoding="utf-8")
    return path


def entity(name: str, **details: Any) -> dict[str, Any]:
    record = {"isComponent": False, "entityType": {"type": "registeredEntity"}, "name": name} | details
    return {"statementId": "s" * 40, "statementDate": "2026-01-31", "recordId": name, "recordType": "entity",
            "declarationSubject": name, "recordDetails": record, "source": {"type": ["officialRegister"]},
            "publicationDetails": {"publisher": {"name": "A registry"}, "bodsVersion": "0.4"}}  # fmt: skip


def relation(owner: Any, owned: str, *interests: dict[str, Any], **more: Any) -> dict[str, Any]:
    details = {"isComponent": False, "subject": owned, "interestedParty": owner, "interests": list(interests)}
    return entity(f"{owned}-{len(interests)}-{owner}") | {"recordType": "relationship", "recordDetails": details} | more


def held(**share: float) -> dict[str, Any]:
    return {"type": "shareholding", "share": share}


@pytest.fixture
def imported(tmp_path: Path) -> Callable[..., Any]:
    """Import statements into an empty workspace; return the report and the workspace."""

    def run(*statements: dict[str, Any]) -> Any:
        report = import_bods(write(tmp_path / "in.json", list(statements)), tmp_path / "desk")
        return report, open_workspace(tmp_path / "desk") if (tmp_path / "desk" / "seeds").is_dir() else None

    return run


def test_what_goes_out_comes_back_as_the_same_stakes(told: Any, tmp_path: Path, georisk: Any, stakes_of: Any) -> None:
    report = import_bods(write(tmp_path / "told.json", told.bods), tmp_path / "desk")
    assert report.troubles == ()
    back = open_workspace(tmp_path / "desk")
    assert stakes_of(back) == stakes_of(told.workspace)
    first, second = (in_effect(one.snapshot(DAY, DAY)) for one in (told.workspace, back))
    assert sorted(first, key=lambda one: one.id) != []
    kept = ("id", "value", "unknown", "valid_from", "valid_until", "grade", "recorded", "sources", "qualifiers")
    assert {one.id: [getattr(one, name) for name in kept] for one in first} == {
        one.id: [getattr(one, name) for name in kept] for one in second
    }
    assert back.seeds.sites["cloud"].kind == "refinery"
    assert georisk("check", "--workspace", tmp_path / "desk").code == 0


def test_the_registry_comes_back_whole_and_a_second_time_changes_nothing(
    repository: Workspace, tmp_path: Path, stakes_of: Any
) -> None:
    (tmp_path / "all.json").write_bytes(export_bytes(repository, "bods", DAY, DAY))
    import_bods(tmp_path / "all.json", tmp_path / "desk")
    assert stakes_of(open_workspace(tmp_path / "desk")) == stakes_of(repository)
    before = {path: path.read_bytes() for path in (tmp_path / "desk").rglob("*.toml")}
    assert import_bods(tmp_path / "all.json", tmp_path / "desk").files == ()
    assert {path: path.read_bytes() for path in (tmp_path / "desk").rglob("*.toml")} == before


def test_a_foreign_file(imported: Callable[..., Any], stakes_of: Any) -> None:
    report, desk = imported(
        entity("Hill Mining Ltd", jurisdiction={"name": "Tanzania", "code": "TZ"}, alternateNames=["Kilima"]),
        entity("Quarry plc"),
        relation("Quarry plc", "Hill Mining Ltd", held(exact=60) | {"startDate": "2020-01-01"}),
    )
    assert report.troubles == ()
    stake = stakes_of(desk)["quarry-plc", "hill-mining-ltd"]
    assert stake.equity.point == 60
    assert desk.snapshot(DAY, DAY).country_of("hill-mining-ltd") == "TZA"
    assert [one.grade for one in desk.seeds.sources.values()] == ["A"], "an official register"


@pytest.mark.parametrize(
    ("share", "value"),
    [({"exact": 0}, 0), ({"minimum": 25, "maximum": 50}, [25, 50]), ({"exclusiveMinimum": 75}, [75, 100]),
     ({"maximum": 5}, [0, 5]), ({}, None)],
)  # fmt: skip
def test_shares(imported: Callable[..., Any], share: dict[str, float], value: Any) -> None:
    _, desk = imported(entity("A"), entity("B"), relation("A", "B", held(**share)))
    (stake,) = in_effect(desk.snapshot(DAY, DAY))
    assert (stake.value, stake.unknown) == (value, "not-found" if value is None else None)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        (relation("A", "B", {"type": "boardChair"}), "type"),
        (relation("A", "B", held(exact=130)), "share.exact"),
        (relation("A", "B", held(minimum=60, maximum=40)), "share"),
        (relation("A", "nobody", held(exact=1)), "subject"),
        (relation("A", "B"), "interests"),
        (relation("A", "B", held(exact=5) | {"startDate": "soon"}), "startDate"),
        (relation("A", "B", held(exact=5), recordStatus="closed"), "recordStatus"),
        ({"recordId": 7, "recordType": "entity"}, "recordId, recordType, recordDetails"),
        (entity(""), "name"),
        (entity("C", jurisdiction={"name": "Nowhere", "code": "QQ"}), "jurisdiction"),
        (entity("C", entityType={"type": "octopus"}), "entityType"),
    ],
)
def test_what_is_not_understood_is_reported_by_row_and_field(
    imported: Callable[..., Any], statement: dict[str, Any], name: str
) -> None:
    report, _ = imported(entity("A"), entity("B"), statement)
    assert [(one.row, one.field) for one in report.troubles] == [("statement 3", name)]
    assert report.troubles[0].why


def test_an_unspecified_holder_is_understood_and_left_out(imported: Callable[..., Any]) -> None:
    report, _ = imported(entity("B"), relation({"reason": "unknown"}, "B", held(exact=5)))
    assert report.troubles == ()
    assert [one.outcome for one in report.outcomes if "not named" in one.why] == ["left out"]


def test_parties_are_matched_by_number_and_very_name_and_never_by_likeness(
    made: Any, tmp_path: Path, stakes_of: Any
) -> None:
    made.party("zijin", title="Zijin Mining Group", aliases=["紫金矿业"])
    made.party("quarry", title="Quarry plc")
    made.say("quarry", "identifier", "X1", scheme="XI-LEI")
    made.write()
    report = import_bods(
        write(tmp_path / "in.json", [
            entity("紫金矿业"), entity("Renamed Company", identifiers=[{"id": "x1", "scheme": "XI-LEI"}]),
            entity("Zijin Mining"),
            relation("紫金矿业", "Renamed Company", held(exact=5)), relation("Zijin Mining", "Renamed Company", held(exact=6)),
        ]),
        made.root,
    )  # fmt: skip
    outcomes = {one.what: one for one in report.outcomes}
    assert outcomes["紫金矿业"].outcome == outcomes["Renamed Company"].outcome == "known"
    assert outcomes["Zijin Mining"].outcome == "written"
    assert "like zijin" in outcomes["Zijin Mining"].why
    assert set(stakes_of(open_workspace(made.root))) == {("zijin", "quarry"), ("zijin-mining", "quarry")}
    text = (made.root / "seeds" / "parties" / "quarry.toml").read_text(encoding="utf-8")
    assert text.startswith('id = "quarry"\nname = "Quarry plc"'), "what a person wrote stays"


def test_faults_stop_everything(made: Any, tmp_path: Path) -> None:
    made.stake("quarry", owner="ada", percent=70)
    made.write()
    before = {path: path.read_bytes() for path in made.root.rglob("*.toml")}
    file = write(tmp_path / "in.json", [entity("Quarry"), entity("B"), relation("B", "Quarry", held(exact=60))])
    with pytest.raises(FaultGroup, match="nothing was written") as caught:
        import_bods(file, made.root)
    assert "add to 130 %" in str(caught.value.exceptions[0])
    assert {path: path.read_bytes() for path in made.root.rglob("*.toml")} == before


@pytest.mark.parametrize("text", ["", "{", "[1]", "{}", "null", '[{"statementType": "entityStatement"}]', "[" * 100_000,
                                  '[{"a": NaN}]'])  # fmt: skip
def test_broken_files_are_refused_in_one_message(text: str, tmp_path: Path, georisk: Any) -> None:
    (tmp_path / "in.json").write_text(text, encoding="utf-8")
    with pytest.raises(GeoriskError):
        import_bods(tmp_path / "in.json", tmp_path / "desk")
    ran = georisk("import", tmp_path / "in.json", "--from", "bods", "--into", tmp_path / "desk")
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert not (tmp_path / "desk" / "seeds").exists()


def test_binary_and_missing_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_bytes(b"\x00\xff\xfe")
    for name in ("in.json", "nowhere.json"):
        with pytest.raises(GeoriskError):
            import_bods(tmp_path / name, tmp_path / "desk")


def test_hostile_text_stays_text_and_inside_the_workspace(imported: Callable[..., Any], tmp_path: Path) -> None:
    ours = {"statementPointerTarget": "", "motivation": "commenting",
            "georisk": {"id": "../../evil", "site": "mine", "claims": [7, {"property": "../x", "sources": {"../k": 1}}]}}  # fmt: skip
    bad = entity("\x1b[31m]]\n[statement]\"'{{ 7*7 }}", entityType={"type": "unknownEntity", "details": "site"})
    nested = {"type": "shareholding", "details": "=1+1\n\n[[statement]]\nkey = 'x'"}
    report, desk = imported(
        bad | {"annotations": [ours]}, entity("B" * 5000), relation("B" * 5000, bad["recordId"], nested)
    )
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix == ".toml"]
    assert all(path.is_relative_to(tmp_path / "desk" / "seeds") for path in written)
    assert not (tmp_path / "evil").exists()
    assert desk is not None
    assert len(desk.seeds.statements) == 1
    assert report.files


def test_a_folder_of_other_things_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "letter.txt").write_text("mine")
    with pytest.raises(GeoriskError, match="holds no seeds"):
        import_bods(write(tmp_path / "in.json", []), tmp_path / "desk")

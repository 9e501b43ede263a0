"""Bad files, one kind after the other: ``check`` names file and record, ``build`` stops and leaves the maps alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Spoil = Callable[[Any], None]
GOOD = {"index.html": b"<!doctype html>good", "manifest.json": b"{}", "deep/table.csv": b"id\r\n"}


@pytest.fixture
def desk(made: Any) -> Any:
    """Return a workspace with a last good build, ready to be spoiled."""
    made.site("hill", country="TZA", holder="hill-co")
    made.party("dragon", incorporation="CHN")
    made.stake("hill-co", owner="dragon", percent=60, key="dragon")
    for name, text in GOOD.items():
        path = made.root / "maps" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    return made


def maps(desk: Any) -> dict[str, bytes]:
    folder = desk.root / "maps"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(kind: str, name: str, old: str, new: str) -> Spoil:
    def spoil(desk: Any) -> None:
        path = desk.path(kind, name)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def put(name: str, content: str | bytes) -> Spoil:
    def spoil(desk: Any) -> None:
        path = desk.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return spoil


def huge(desk: Any) -> None:
    with desk.path("party", "dragon").open("ab") as stream:
        stream.truncate(64 * 1024 * 1024 + 1)


def shape(content: Any) -> Spoil:
    return put("seeds/sites/hill/shape.geojson", content if isinstance(content, (str, bytes)) else json.dumps(content))


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    given = {"key": "place", "country": "TZA", "precision_km": 5, "geometry_basis": "gazetteer", "sources": ["ledger"]}
    one = {"type": "Feature", "geometry": geometry, "properties": given | properties}
    return {"type": "FeatureCollection", "features": [one]}


HILL_CO, DRAGON = "seeds/parties/hill-co.toml", "seeds/parties/dragon.toml"
PLACE = "seeds/sites/hill/shape.geojson"
NAIROBI = {"type": "Point", "coordinates": [36.82, -1.29]}
SPOILED: dict[str, tuple[Spoil, str, str]] = {
    "syntax error": (edit("party", "dragon", "[[statement]]", "[[statement"), DRAGON, "is not valid TOML"),
    "unknown key": (edit("party", "dragon", "compiled", "colour = 'red'\ncompiled"), DRAGON, "unknown key 'colour'"),
    "unknown key of a record": (edit("party", "hill-co", "unit", "units"), f"{HILL_CO} [dragon]", "unknown key 'units'"),
    "repeated key": (edit("party", "dragon", "compiled", "kind = 'person'\ncompiled"), DRAGON, "is not valid TOML"),
    "bad date": (edit("party", "dragon", '"2026-11-21"', '"21.11.2026"'), DRAGON, "compiled is '21.11.2026'"),
    "share over 100": (edit("party", "hill-co", "60", "160"), f"{HILL_CO} [dragon]", "value 160"),
    "unknown code": (edit("party", "dragon", '"CHN"', '"China"'), f"{DRAGON} [incorporation-", "value 'China' is not known"),
    "unknown kind": (edit("party", "dragon", '"company"', '"dragon"'), DRAGON, "kind 'dragon' is not known"),
    "missing source": (edit("party", "hill-co", "ledger", "rumour"), f"{HILL_CO} [dragon]", "cites the source 'rumour'"),
    "unknown party": (edit("party", "hill-co", '"dragon" }', '"dragoon" }'), f"{HILL_CO} [dragon]", "owner 'dragoon' is no"),
    "not UTF-8": (put(DRAGON, b'id = "dragon"\nname = "Dr\xe4gon"'), DRAGON, "is not UTF-8 text"),
    "binary": (put(DRAGON, bytes(range(256))), DRAGON, "is not UTF-8 text"),
    "empty": (put(DRAGON, ""), DRAGON, "lacks the key 'name'"),
    "huge": (huge, DRAGON, "is larger than 64 MiB"),
    "control characters": (edit("party", "dragon", '"Dragon"', '"Dra\\u001b[31mgon"'), DRAGON, "name is"),
    "raw control characters": (edit("party", "dragon", '"Dragon"', '"Dra\x1b[31mgon"'), DRAGON, "is not valid TOML"),
    "nested too deep": (put(DRAGON, "a = " + "[" * 50_000), DRAGON, "is not valid TOML"),
    "place outside its country": (shape(feature(NAIROBI)), f"{PLACE} [place]", "km outside TZA, its precision is 5 km"),
    "place off the globe": (shape(feature({"type": "Point", "coordinates": [36, 91]})), f"{PLACE} [place]", "off the globe"),
    "place without country": (shape(feature(NAIROBI, country=None)), f"{PLACE} [place]", "country 'nothing' is not known"),
    "place without precision": (shape(feature(NAIROBI, precision_km=None)), f"{PLACE} [place]", "precision_km is None"),
    "place that is not a number": (shape('{"features": [NaN]}'), PLACE, "is not valid JSON"),
    "shape with a repeated key": (shape('{"features": [], "features": []}'), PLACE, "key 'features' stands twice"),
    "shape that is empty": (shape(""), PLACE, "is not valid JSON"),
    "shape nested too deep": (shape("[" * 50_000), PLACE, "is not valid JSON"),
    "shape that is no collection": (shape({"type": "Point", "coordinates": [36, -6]}), PLACE, "is not a FeatureCollection"),
    "mention without source": (
        put("seeds/unresolved.toml", 'compiled = 2026-11-21\n[[mention]]\ntext = "x"\nwhy = "y"\nsource = "none"\n'),
        "seeds/unresolved.toml", "cites the source 'none'",
    ),
    "programme under another name": (
        put("seeds/programmes/forge.toml", 'id = "forgery"\nname = "x"\ncompiled = 2026-11-21\n'),
        "seeds/programmes/forge.toml", "id is 'forgery'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", SPOILED)
def test_each_kind_is_named_and_stops_a_build(
    georisk: Any, desk: Any, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("georisk.check.data_faults", lambda data: [])  # the bundled data is checked elsewhere
    spoil, where, found = SPOILED[kind]
    spoil(_written(desk))
    checked = georisk("check", "--workspace", desk.root)
    assert checked.code == 1
    lines = checked.out.splitlines()
    assert any(line.startswith(where) and found in line for line in lines)
    assert all(line.startswith(where.split(" [")[0]) for line in lines)
    _stopped(georisk, desk, where)


def _written(desk: Any) -> Any:
    desk.write()
    return desk


def _stopped(georisk: Any, desk: Any, where: str) -> None:
    built = georisk("build", "--workspace", desk.root)
    assert (built.code, built.out) == (2, "")
    assert where in built.err
    assert "nothing was written" in built.err
    assert "Traceback" not in built.err
    assert maps(desk) == GOOD


def test_stakes_adding_to_more_than_the_whole(georisk: Any, desk: Any) -> None:
    desk.stake("hill-co", owner="ada", percent=41, key="ada")
    desk.write()
    checked = georisk("check", "--workspace", desk.root)
    assert checked.code == 1
    assert "stakes in hill-co add to 101 % today and later: hill-co:ada, hill-co:dragon" in checked.out
    _stopped(georisk, desk, HILL_CO)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("method/method.toml", "version = ", "is not valid TOML"),
        ("method/indicators/equity.toml", "weight = 30", "lacks|missing|Field required"),
        ("reference/wgi.csv", "place,year,series,value\nTZA,2023,rl,low\n", "value 'low'"),
        ("reference/fatf-lists.toml", 'title = "x"', "Field required"),
        ("vocabulary/stages.csv", "code,title\n", "lacks the column description"),
        ("vocabulary/properties.csv", "", "lacks the column code"),
    ],
)  # fmt: skip
def test_faults_of_the_data_folder(georisk: Any, desk: Any, name: str, text: str, found: str) -> None:
    (desk.data() / name).write_text(text, encoding="utf-8")
    desk.write()
    checked = georisk("check", "--workspace", desk.root)
    assert checked.code == 1
    lines = [line for line in checked.out.splitlines() if line.startswith(f"data/{name}")]
    assert any(any(word in line for word in found.split("|")) for line in lines), checked.out
    built = georisk("build", "--workspace", desk.root)
    assert (built.code, built.out) == (2, "")
    assert f"data/{name}" in built.err
    assert "Traceback" not in built.err
    assert maps(desk) == GOOD


def test_everything_at_once_is_listed_at_once(georisk: Any, desk: Any) -> None:
    desk.party("bear")
    desk.party("wolf")
    desk.write()
    for kind in ("unknown key of a record", "place outside its country", "mention without source"):
        SPOILED[kind][0](desk)
    edit("party", "dragon", '"CHN"', '"China"')(desk)
    put("seeds/parties/bear.toml", "")(desk)
    put("seeds/parties/wolf.toml", b"\xff")(desk)
    checked = georisk("check", "--workspace", desk.root)
    places = {line.split(":")[0] for line in checked.out.splitlines()}
    assert {where.split(" [")[0] for where in places} == {
        DRAGON, HILL_CO, PLACE, "seeds/parties/bear.toml", "seeds/parties/wolf.toml", "seeds/unresolved.toml",
    }  # fmt: skip


@pytest.mark.parametrize("command", ["sites", "score", "table", "map"])
def test_no_other_command_works_on_bad_records(georisk: Any, desk: Any, command: str) -> None:
    SPOILED["share over 100"][0](_written(desk))
    ran = georisk(command, "--workspace", desk.root)
    assert (ran.code, ran.out) == (2, "")
    assert f"{HILL_CO} [dragon]: value 160" in ran.err
    assert maps(desk) == GOOD


def test_a_closed_loop_is_refused_by_name_and_the_others_are_scored(georisk: Any, desk: Any) -> None:
    desk.site("ring", country="TZA", holder="ouro")
    desk.stake("ouro", owner="boros", percent=100)
    desk.stake("boros", owner="ouro", percent=100)
    assert georisk("check", "--workspace", desk.write()).code == 0
    ran = georisk("score", "--workspace", desk.root, "--format", "json")
    assert ran.code == 0
    assert ran.err == "warning: closed ownership loop without an outside owner, refused: Boros and Ouro\n"
    ring, hill = sorted(json.loads(ran.out)["sites"], key=lambda site: str(site["id"]), reverse=True)
    unknown = {one["indicator"]: one["reason"] for one in ring["dimensions"]["china"]["unknown"]}
    assert (unknown["equity"], unknown["control"]) == ("closed-loop", "closed-loop")
    assert ring["dimensions"]["china"]["score"] is None
    assert hill["dimensions"]["china"]["score"] == 100  # 60 of the asset, above the upper goalpost of 50
    assert georisk("owners", "ring", "--workspace", desk.root).err.startswith("warning: closed ownership loop")


def test_hostile_text_is_inert_in_the_terminal(georisk: Any, desk: Any) -> None:
    hostile = "{{ 7 * 7 }}<script>alert(1)</script>=1+1\u202e"
    desk.party("dragon", title=hostile)
    desk.site("dale", title=hostile, country="TZA")
    desk.say("hill", "commodity", ["\u001b[31mgold"])
    ran = georisk("sites", "--workspace", desk.write())
    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
    assert "{{ 7 * 7 }}" in ran.out.replace("\n", "")


def test_a_path_trick_in_an_id_is_refused(georisk: Any, desk: Any) -> None:
    desk.site("dale", parts=("north",))
    desk._files["site", "dale"]["part"][0]["id"] = "../../etc"
    ran = georisk("check", "--workspace", desk.write())
    assert ran.code == 1
    assert "seeds/sites/dale/site.toml [../../etc]: id is '../../etc'" in ran.out


def test_a_folder_where_a_file_should_be_is_said(georisk: Any, desk: Any) -> None:
    desk.write()
    Path(desk.path("party", "eel")).mkdir()
    ran = georisk("check", "--workspace", desk.root)
    assert ran.code == 1
    assert "seeds/parties/eel.toml: cannot be read (Is a directory)" in ran.out

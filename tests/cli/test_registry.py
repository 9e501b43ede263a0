from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from georisk.registry import COLUMNS


def test_check_of_a_clean_workspace(georisk: Any, sample: Any) -> None:
    ran = georisk("check", "--workspace", sample.workspace.root)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("no faults: 3 sites, ")


def test_check_lists_faults_on_stdout_and_counts_them_on_stderr(georisk: Any, made: Any) -> None:
    made.party("ada", colour="red")
    made.stake("hill-co", owner="ada", percent=130, key="over")
    ran = georisk("check", "--workspace", made.write())
    assert ran.code == 1
    assert [line.split(": ")[0] for line in ran.out.splitlines()] == [
        "seeds/parties/ada.toml", "seeds/parties/hill-co.toml [over]",
    ]  # fmt: skip
    assert ran.err == f"2 faults in {made.root}\n"


def test_one_fault_is_singular_and_warnings_change_nothing(georisk: Any, made: Any) -> None:
    made.site("line", kind="rail-corridor")
    line = {"type": "LineString", "coordinates": [[35.75, -6.17], [36.82, -1.29]]}
    made.shape("line", line, "TZA", geometry_basis="schematic")
    ran = georisk("check", "--workspace", made.write())
    assert ran.code == 0
    assert ran.err.startswith("warning: seeds/sites/line/shape.geojson [")
    made.party("ada", colour="red")
    assert georisk("check", "--workspace", made.write()).err.endswith(f"1 fault in {made.root}\n")


def test_a_fault_cannot_steer_the_terminal(georisk: Any, made: Any) -> None:
    made.party("ada")
    made.say("ada", "listing", 5, key="odd")
    made.write()
    path = made.path("party", "ada")
    path.write_text(
        path.read_text(encoding="utf-8").replace("value = 5", 'value = ["\\u001b[31m\\u202e"]'), encoding="utf-8"
    )
    ran = georisk("check", "--workspace", made.root)
    assert ran.code == 1
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out


def test_init_makes_a_workspace_that_checks(georisk: Any, tmp_path: Path) -> None:
    ran = georisk("init", tmp_path / "desk")
    assert (ran.code, ran.out) == (0, "")
    assert sorted(path.name for path in (tmp_path / "desk").iterdir()) == ["data", "seeds"]
    again = georisk("init", tmp_path / "desk")
    assert again.code == 2
    assert "already holds seeds and data" in again.err


def test_sites_for_people_and_for_scripts(georisk: Any, sample: Any) -> None:
    where = ("--workspace", sample.workspace.root, "--as-of", "2026-11-21", "--known-by", "2026-11-21")
    table = georisk("sites", *where)
    assert table.code == 0
    assert "registry as of 2026-11-21, known by 2026-11-21" in table.out
    assert "Quarry plc 84 %" in table.out
    columns = [name for name in COLUMNS if name != "geometry"]
    rows = list(csv.DictReader(georisk("sites", *where, "--format", "csv").out.splitlines()))
    assert list(rows[0]) == columns
    objects = json.loads(georisk("sites", *where, "--format", "json").out)
    lines = [json.loads(line) for line in georisk("sites", *where, "--format", "jsonl").out.splitlines()]
    assert objects == lines
    assert [one["id"] for one in objects] == [row["id"] for row in rows] == ["cloud", "hill", "twin"]
    assert (objects[0]["owners"], rows[0]["owners"]) == (None, "")
    assert objects[1]["sources"] == 3


def test_a_projection_is_labelled(georisk: Any, sample: Any) -> None:
    ran = georisk("sites", "--workspace", sample.workspace.root, "--as-of", "2027-01-31", "--known-by", "2026-11-21")
    assert "(projection)" in ran.out


def test_one_site_with_every_cell_s_citation(georisk: Any, sample: Any) -> None:
    where = ("--workspace", sample.workspace.root, "--as-of", "2026-11-21", "--known-by", "2026-11-21")
    cells = json.loads(georisk("sites", "hill", *where, "--format", "json").out)
    by_id = sample.report.snapshot.by_id
    owners = [cell for cell in cells if cell["cell"] == "owners"]
    assert [by_id[cell["statement"]].value for cell in owners] == [84, 16]
    assert owners[0]["source"] == "ledger report"
    cited = {cell["cell"] for cell in cells if cell.get("source")}
    assert cited >= {"owners", "stage", "offtake", "geometry", "commodities", "finance_committed"}


def test_an_unknown_site_or_date_is_exit_2_and_says_what_there_is(georisk: Any, sample: Any) -> None:
    ran = georisk("sites", "nowhere", "--workspace", sample.workspace.root)
    assert (ran.code, ran.err) == (2, "georisk: no site 'nowhere'; known sites: cloud, hill, twin\n")
    ran = georisk("sites", "--as-of", "someday", "--workspace", sample.workspace.root)
    assert (ran.code, ran.out) == (2, "")
    assert "'someday' is not a date of the form YYYY" in ran.err


def test_mentions_that_name_no_site(georisk: Any, made: Any) -> None:
    made.write()
    text = 'compiled = 2026-11-21\n[[mention]]\ntext = "a mine in the east"\nsource = "ledger"\nwhy = "no name"\n'
    (made.root / "seeds" / "unresolved.toml").write_text(text, encoding="utf-8")
    ran = georisk("sites", "--unresolved", "--workspace", made.root, "--format", "csv")
    assert ran.out == "text,why,source,candidates\na mine in the east,no name,ledger,\n"

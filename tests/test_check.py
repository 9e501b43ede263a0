from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from georisk.check import Findings, check_seeds, check_workspace, data_faults, print_order, record_faults
from georisk.errors import Fault


def records(made: Any, root: Path) -> list[str]:
    return [str(fault) for fault in record_faults(made.open().seeds, root / "data")]


class TestSums:
    def test_best_figures_adding_to_more_than_the_whole_are_named(self, made: Any, root: Path) -> None:
        made.stake("hill-co", owner="ada", percent=60, key="ada")
        made.stake("hill-co", owner="bob", percent=41, key="bob")
        [fault] = records(made, root)
        assert "stakes in hill-co add to 101 % today and later: hill-co:ada, hill-co:bob" in fault
        assert "never rescaled" in fault

    def test_exactly_the_whole_is_fine(self, made: Any, root: Path) -> None:
        for owner, percent in (("ada", 33.3), ("bob", 33.3), ("carl", 33.4)):
            made.stake("hill-co", owner=owner, percent=percent)
        assert records(made, root) == []

    def test_only_what_holds_at_one_moment_adds(self, made: Any, root: Path) -> None:
        made.stake("hill-co", owner="ada", percent=100, since="2020-01-01", until="2024-01-01")
        made.stake("hill-co", owner="bob", percent=100, since="2024-01-01")
        assert records(made, root) == []

    def test_an_overlap_in_the_past_is_a_fault_with_its_day(self, made: Any, root: Path) -> None:
        made.stake("hill-co", owner="ada", percent=100, since="2020-01-01", until="2024-01-01")
        made.stake("hill-co", owner="bob", percent=10, since="2023-06-01")
        [fault] = records(made, root)
        assert "add to 110 % on 2023-06-01" in fault

    def test_a_closure_ends_the_overlap(self, made: Any, root: Path) -> None:
        made.stake("hill-co", owner="ada", percent=100, since="2020-01-01", key="ada")
        made.stake("hill-co", owner="bob", percent=100, since="2024-01-01")
        assert records(made, root) != []
        made.close("hill-co", "ada", until="2024-01-01")
        assert records(made, root) == []

    def test_rivals_for_one_holder_do_not_add(self, made: Any, root: Path) -> None:
        made.stake("hill-co", owner="ada", percent=60)
        made.stake("hill-co", owner="ada", percent=70)
        assert records(made, root) == []

    def test_a_group_and_its_members_do_not_add(self, made: Any, root: Path) -> None:
        for name in ("ada", "bob"):
            made.party(name)
        made.stake("hill-co", owner="family", percent=80, includes=["ada", "bob"])
        made.stake("hill-co", owner="ada", percent=50)
        made.stake("hill-co", owner="bob", percent=30)
        assert records(made, root) == []

    def test_options_plans_and_votes_do_not_add(self, made: Any, root: Path) -> None:
        made.stake("hill-co", owner="ada", percent=100)
        made.stake("hill-co", owner="bob", percent=50, option=True)
        made.stake("hill-co", owner="carl", percent=50, force="planned")
        made.stake("hill-co", owner="dora", percent=50, basis="voting")
        assert records(made, root) == []

    def test_faults_elsewhere_do_not_hide_them(self, made: Any, root: Path) -> None:
        made.stake("hill-co", owner="ada", percent=60)
        made.stake("hill-co", owner="bob", percent=50)
        made.stake("mill-co", owner="ada", percent=130, key="over")
        found = records(made, root)
        assert len(found) == 2
        assert any("[over]: value 130" in one for one in found)
        assert any("add to 110 %" in one for one in found)


class TestReferences:
    def test_a_title_holder_is_a_party(self, made: Any, root: Path) -> None:
        made.site("hill", parts=("north",))
        made._files["site", "hill"]["title_holder"] = "nobody"
        made._files["site", "hill"]["part"][0]["title_holder"] = "no-one"
        found = records(made, root)
        assert [one.split("; ")[0] for one in found] == [
            "seeds/sites/hill/site.toml: title_holder 'nobody' is no party",
            "seeds/sites/hill/site.toml: title_holder 'no-one' is no party",
        ]

    def test_a_statement_s_part_is_declared(self, made: Any, root: Path) -> None:
        made.site("hill", parts=("north",))
        made.say("hill/south", "history", "dug", key="odd")
        [fault] = records(made, root)
        assert fault.startswith("seeds/sites/hill/site.toml [odd]: part of 'hill/south' is not known")

    def test_a_closure_comes_after_the_beginning(self, made: Any, root: Path) -> None:
        made.stake("hill-co", owner="ada", percent=60, since="2024-01-01", key="ada")
        made.close("hill-co", "ada", until="2023-12-31", key="early")
        [fault] = records(made, root)
        assert fault.startswith("seeds/parties/hill-co.toml [early]: ends 2023-12-31, before the statement begins")


class TestPlaces:
    """Dodoma, 35.75 E 6.17 S, lies deep in Tanzania; Nairobi, 36.82 E 1.29 S, in Kenya about 100 km off the border."""

    def findings(self, made: Any, root: Path) -> Findings:
        return check_seeds(made.open().seeds, root / "data")

    def test_inside_is_fine(self, made: Any, root: Path) -> None:
        made.site("hill", country="TZA", at=(35.75, -6.17))
        assert self.findings(made, root) == Findings((), ())

    def test_further_outside_than_its_precision_is_a_fault(self, made: Any, root: Path) -> None:
        made.site("hill", country="TZA", at=(36.82, -1.29))
        [fault] = self.findings(made, root).faults
        assert fault.where.startswith("seeds/sites/hill/shape.geojson [")
        assert "km outside TZA, its precision is 5 km" in fault.found

    def test_a_precision_that_reaches_inside_is_fine(self, made: Any, root: Path) -> None:
        made.site("hill")
        made.shape("hill", {"type": "Point", "coordinates": [36.82, -1.29]}, "TZA", precision_km=300)
        assert self.findings(made, root).faults == ()

    def test_a_schematic_line_that_strays_is_a_warning(self, made: Any, root: Path) -> None:
        made.site("line", kind="rail-corridor")
        line = {"type": "LineString", "coordinates": [[35.75, -6.17], [36.82, -1.29]]}
        made.shape("line", line, "TZA", geometry_basis="schematic")
        found = self.findings(made, root)
        assert found.faults == ()
        assert "outside TZA" in found.warnings[0].found

    def test_a_schematic_point_is_no_line(self, made: Any, root: Path) -> None:
        made.site("hill")
        made.shape("hill", {"type": "Point", "coordinates": [36.82, -1.29]}, "TZA", geometry_basis="schematic")
        assert len(self.findings(made, root).faults) == 1

    @pytest.mark.parametrize(
        "geometry",
        [
            {"type": "Point", "coordinates": [200, 5]}, {"type": "Point", "coordinates": [5, 95]},
            {"type": "Point", "coordinates": []}, {"type": "Point", "coordinates": ["a", "b"]}, {"type": "Dot"},
            {"type": "Point", "coordinates": None}, {"type": "LineString", "coordinates": [[35, -6]]},
            {"type": "Polygon", "coordinates": [[[35, -6], [36, -6], [35, -7], [36, -7], [35, -6]]]},
            {"coordinates": [35, -6]}, {}, "POINT (35 -6)", 7, [35, -6],
        ],
    )  # fmt: skip
    def test_a_geometry_that_breaks_its_rules_is_a_fault(self, made: Any, root: Path, geometry: Any) -> None:
        made.site("hill")
        made.shape("hill", geometry, "TZA")
        [fault] = self.findings(made, root).faults
        assert fault.where.startswith("seeds/sites/hill/shape.geojson [")
        assert fault.found.startswith("geometry")


class TestData:
    def test_the_bundled_data_is_fine(self, root: Path) -> None:
        assert data_faults(root / "data") == []

    def test_method_vocabularies_and_series_are_looked_at_together(self, made: Any) -> None:
        data = made.data()
        for name, text in (
            ("method/indicators/equity.toml", "nonsense"),
            ("vocabulary/stages.csv", "code\nx\n"),
            ("reference/wgi.csv", "place,year,series,value\nXYZ,2023,rl,1\n"),
        ):
            (data / name).write_text(text, encoding="utf-8")
        assert {fault.where for fault in data_faults(data)} >= {
            "data/method/indicators/equity.toml", "data/vocabulary/stages.csv", "data/reference/wgi.csv line 2",
        }  # fmt: skip


class TestWorkspace:
    def test_everything_that_is_wrong_is_listed_at_once(self, made: Any) -> None:
        data = made.data()
        (data / "method" / "indicators" / "equity.toml").write_text("nonsense", encoding="utf-8")
        made.stake("hill-co", owner="ada", percent=130, key="over")
        made.party("bear", colour="red")
        made.write()
        made.path("party", "torn").write_text("not toml", encoding="utf-8")
        seeds, findings = check_workspace(made.root / "seeds", data)
        assert seeds is not None
        found = {(fault.where, fault.found.split(":")[0].split(" ")[0]) for fault in findings.faults}
        assert found >= {
            ("data/method/indicators/equity.toml", "is"),
            ("seeds/parties/bear.toml", "unknown"),
            ("seeds/parties/torn.toml", "is"),
            ("seeds/parties/hill-co.toml [over]", "value"),
        }
        assert len(findings.faults) == 4

    def test_a_broken_vocabulary_is_one_fault_and_nothing_is_read(self, made: Any) -> None:
        data = made.data()
        (data / "vocabulary" / "properties.csv").write_bytes(b"\xff\xfe")
        made.party("ada", incorporation="NOR")
        seeds, findings = check_workspace(made.write() / "seeds", data)
        assert seeds is None
        assert [fault.where for fault in findings.faults] == ["data/vocabulary/properties.csv"]

    def test_statements_of_unknown_properties_are_left_to_one_fault(self, made: Any, root: Path) -> None:
        made.party("ada")
        made.say("ada", "colour", "red", key="odd")
        _, findings = check_workspace(made.write() / "seeds", root / "data")
        assert [fault.found for fault in findings.faults] == ["property 'colour' is not known"]


def test_faults_are_printed_by_file_and_record() -> None:
    faults = [Fault("b", "x"), Fault("a [2]", "x"), Fault("a [1]", "z"), Fault("a [1]", "y")]
    assert [str(one) for one in print_order(faults)] == ["a [1]: y", "a [1]: z", "a [2]: x", "b: x"]

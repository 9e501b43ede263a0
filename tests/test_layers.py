"""Imports point upward in one list, never down, never around; nothing heavy loads before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "georisk"
HEAVY = ("pandas", "geopandas", "folium", "sklearn", "scipy", "shapely", "pyproj", "xlsxwriter", "pyarrow", "pydantic")


def _modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(["georisk", *path.relative_to(PACKAGE).with_suffix("").parts])
        yield name.removesuffix(".__init__"), path


def _imports(path, known):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("georisk"):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in known else node.module for name in names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("georisk.")]
        yield from names


def test_no_module_imports_itself_by_a_roundabout_way():
    """A cycle would leave no order of layers at all; lazy imports inside functions count too."""
    known = dict(_modules())
    graph = {
        name: {one for one in _imports(path, known) if one != name and one in known} for name, path in known.items()
    }
    graph["georisk"] = set()  # the package itself names what it offers and imports it when asked
    ready: set[str] = set()
    while True:
        free = {name for name, needs in graph.items() if name not in ready and needs - {"georisk"} <= ready}
        if not free:
            break
        ready |= free
    assert sorted(set(graph) - ready) == []


def test_facts_never_know_about_scores_nor_scores_about_drawings():
    """The rooms of the house, from the ground up: a room may use those below it."""
    rooms = [
        ("errors", "dates", "files", "vocabulary", "antimeridian", "geojson", "geometry"),
        ("statements", "records", "claims", "seeds", "places"),
        ("snapshot", "stages", "reference", "method", "financing", "ownership"),
        ("evidence", "indicators", "scoring", "assessment"),
        ("outputs", "build"),
        ("cli", "__main__"),
    ]
    floor = {name: number for number, room in enumerate(rooms) for name in room}
    known = dict(_modules())
    for name, path in known.items():
        own = floor.get(name.split(".")[1]) if "." in name else None
        for one in _imports(path, known):
            other = floor.get(one.split(".")[1]) if "." in one else None
            if own is not None and other is not None:
                assert other <= own, f"{name} imports {one}"


def test_help_loads_nothing_heavy():
    code = f"import sys, runpy\nsys.argv = ['georisk', '--help']\ntry:\n    runpy.run_module('georisk')\nexcept SystemExit:\n    pass\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    code = code.replace("runpy.run_module('georisk')", "import georisk.__main__ as m; m.main()")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert done.stdout.splitlines()[-1] == "[]"

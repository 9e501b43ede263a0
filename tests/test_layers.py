"""House rule: imports point upward in one list, never down, never around; heavy libraries load when they are used."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

LAYERS = (
    # what can go wrong, and reading or writing files
    "errors", "memory", "dates", "files", "vocabulary", "matching", "statements", "records", "locking", "journal",
    # the seeds on the map, and looking at them with two clocks
    "claims", "seeds", "tables", "places", "snapshot", "values", "stages", "news",
    # the method and what it reads
    "reference", "method", "overrides", "ownership", "financing", "screens", "evidence", "indicators", "check", "scoring", "assessment",
    # the registry, and the registry in words
    "registry", "explaining", "sensitivity",
    # a workspace, what moves in it, and the human gate
    "workspace", "__init__", "changes", "gate",
    # drawing, the formats of others, and the command line
    "outputs", "interchange", "builds", "build", "cli", "__main__",
)  # fmt: skip
PACKAGE = Path(__file__).resolve().parent.parent / "georisk"
HEAVY = ("pandas", "geopandas", "folium", "branca", "sklearn", "scipy", "shapely", "numpy", "pyproj", "pyarrow")
ONLY_IN = {"sklearn": ("georisk.scoring", "georisk.sensitivity", "georisk.news"), "folium": ("georisk.outputs.map",)}


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def layer(module: str) -> str:
    """Return the module or package directly under ``georisk`` that a module belongs to."""
    return module.split(".")[1] if "." in module else "__init__"


@cache
def imported(module: str) -> tuple[str, ...]:
    """Return every module a module imports, wherever the import stands; relative imports are refused."""
    return tuple(_imported(module))


def _imported(module: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            for alias in node.names:
                longer = f"{node.module}.{alias.name}"
                yield longer if longer in MODULES else str(node.module)


def own(module: str) -> set[str]:
    return {name for name in imported(module) if name.split(".")[0] == "georisk" and name != module}


def test_every_module_has_its_place_in_the_list() -> None:
    assert len(LAYERS) == len(set(LAYERS))
    assert sorted({layer(module) for module in MODULES} - set(LAYERS)) == []


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_upward(module: str) -> None:
    here = LAYERS.index(layer(module))
    down = [name for name in own(module) if LAYERS.index(layer(name)) > here]
    # The package's own name is the library's front door: it opens a workspace when it is called, not when it is imported.
    assert down == []


def test_no_module_imports_itself_by_a_detour() -> None:
    try:
        list(TopologicalSorter({module: own(module) for module in MODULES}).static_order())
    except CycleError as error:
        pytest.fail(f"import circle: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize("library", ONLY_IN)
def test_some_libraries_have_one_home(library: str) -> None:
    users = [module for module in MODULES if any(name.split(".")[0] == library for name in imported(module))]
    assert users
    assert [module for module in users if not module.startswith(ONLY_IN[library])] == []


def test_no_module_is_named_after_nothing() -> None:
    nothing = {"utils", "helpers", "common", "core", "manager", "handler", "service", "misc"}
    assert [module for module in MODULES if module.rsplit(".", 1)[-1] in nothing] == []


PACKAGES = [module for module, path in MODULES.items() if path.name == "__init__.py"]


def test_importing_a_package_loads_nothing_heavy() -> None:
    code = (
        f"import sys, importlib\nfor name in {PACKAGES!r}: importlib.import_module(name)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert ran.stdout == "[]\n"


def test_importing_runs_nothing(tmp_path: Path) -> None:
    """Nothing is printed, nothing is written, whatever module is imported first."""
    code = f"import importlib\nfor name in {[one for one in MODULES if not one.endswith('__main__')]!r}: importlib.import_module(name)"
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path,
        env={"PYTHONPATH": str(PACKAGE.parent), "PATH": "", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []

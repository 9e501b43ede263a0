"""Inside the package of news, too, imports point one way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ORDER = (
    "tables", "views", "articles", "events",
    "sentences", "reading", "naming", "spotting", "linking", "judging", "extracting", "learning",
)  # fmt: skip
PACKAGE = Path(__file__).resolve().parents[2] / "georisk" / "news"
MODULES = [
    path for path in sorted(PACKAGE.rglob("*.py")) if path.relative_to(PACKAGE).parts[0].removesuffix(".py") in ORDER
]


def room(path: Path) -> int:
    return ORDER.index(path.relative_to(PACKAGE).parts[0].removesuffix(".py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_from_earlier_rooms(path: Path) -> None:
    names = [
        node.module.split(".")[2]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("georisk.news.")
    ]
    assert [name for name in names if name not in ORDER or ORDER.index(name) > room(path)] == []


def test_every_room_says_what_lives_there() -> None:
    for name in ORDER:
        if (PACKAGE / name).is_dir():
            assert (ast.get_docstring(ast.parse((PACKAGE / name / "__init__.py").read_text())) or "").endswith(".")

"""The rescoring loop: how long a coalition takes, a comparison across years, an acceptance, its undo, a rescore.

Beside the time per coalition stands scoring the whole registry anew for each, as a plain loop would.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from georisk.build import build
from georisk.changes import sharing
from georisk.changes.comparing import compare
from georisk.changes.movers import Game, Pair
from georisk.changes.views import View
from georisk.changes.worlds import score_worlds
from georisk.gate import acts as gate
from georisk.gate.desk import read_desk
from georisk.gate.newsitems import place_items
from georisk.workspace import Workspace, open_workspace

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-11-21"
ITEM = """id = "2026-11-20-bench"
title = "An invented piece of news"
compiled = 2026-11-20
[sources.bench_news]
title = "Notice"
publisher = "Invented Desk"
published = 2026-11-20
grade = "B"
[[propose]]
file = "sites/{site}"
key = "bench-suit"
property = "proceeding"
value = "an invented suit"
qualifiers = {{ against = "title" }}
valid_from = 2026-11-20
sources = ["bench_news"]
"""


def run() -> dict[str, object]:
    """Return seconds and milliseconds of the loop on the embedded registry."""
    workspace = open_workspace(ROOT)
    return {**_coalitions(workspace), **_years(workspace), **_acts()}


def _coalitions(workspace: Workspace) -> dict[str, object]:
    pair = Pair(View.of(workspace, "2025-01-01", DAY), View.of(workspace, DAY, DAY))
    game = Game(pair, "ngualla")
    ground = game.ground(game.full)[1]
    score_worlds(ground, [game.world(game.full)])
    figures: dict[str, object] = {}
    for count in (1, 64, 512):
        worlds = [game.world(game.full) for _ in range(count)]
        seconds = _seconds(lambda worlds=worlds: score_worlds(ground, worlds))
        figures[f"a coalition of one site, {count} in a run, ms each"] = 1000 * seconds / count
    figures["  beside scoring the registry anew, ms each"] = 1000 * _seconds(lambda: workspace.assess(DAY, DAY))
    return figures


def _years(workspace: Workspace) -> dict[str, object]:
    scored: list[int] = []
    score = sharing.score_worlds

    def counted(ground: Any, worlds: Any) -> Any:
        scored.append(len(worlds))
        return score(ground, worlds)

    sharing.score_worlds = counted
    try:
        seconds = _seconds(lambda: compare(View.of(workspace, "2023-01-01", DAY), View.of(workspace, DAY, DAY)))
    finally:
        sharing.score_worlds = score
    return {
        "all sites, 2023-01-01 to 2026-11-21, s": seconds,
        "  coalitions scored": sum(scored),
        "  in runs": len(scored),
    }


def _acts() -> dict[str, object]:
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "desk"
        shutil.copytree(ROOT / "seeds", root / "seeds")
        item = Path(folder) / "2026-11-20-bench.toml"
        item.write_text(ITEM.format(site=next(iter(open_workspace(root).seeds.sites))), encoding="utf-8")
        place_items(root, [item])
        names = [one.id for one in read_desk(root).proposals if one.item == "2026-11-20-bench"]
        steps: dict[str, Callable[[], object]] = {
            "build": lambda: _build(root),
            "accept": lambda: gate.accept(root, names, "bench"),
            "rescore after it": lambda: _build(root),
            "undo": lambda: gate.undo(root, names, "bench"),
        }
        for name, step in steps.items():
            figures[f"{name}, s"] = _seconds(step)
    return figures


def _build(root: Path) -> None:
    build(open_workspace(root), as_of=DAY, known_by=DAY, out=root / "maps")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started

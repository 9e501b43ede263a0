"""Which tests are run, and in what order. Without Chromium its tests are counted, not run, unless CI asks for them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

BROWSER_TESTS = Path(__file__).parent / "browser"
REQUIRED = os.environ.get("GEORISK_REQUIRE_BROWSER") == "1"
not_run = pytest.StashKey[int]()


def chromium_path() -> str | None:
    return shutil.which("chromium")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("long") is None)  # long files first: no process waits for them
    ours = [item for item in items if BROWSER_TESTS in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
    if chromium_path() is None and not REQUIRED and ours:
        items[:] = [item for item in items if item not in ours]
        config.stash[not_run] = len(ours)
        config.hook.pytest_deselected(items=ours)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker process tells the one that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["not_run"] = session.config.stash.get(not_run, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[not_run] = getattr(node, "workeroutput", {}).get("not_run", 0)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    count = config.stash.get(not_run, 0)
    if count:
        terminalreporter.write_line(f"{count} browser tests not run: Chromium was not found")

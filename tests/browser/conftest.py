"""Chromium with the network cut."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from georisk.outputs.map import MapData, map_page
from tests.collecting import chromium_path

HERE = Path(__file__).parent
OUTPUTS = HERE.parent / "outputs"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LISTEN = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', event => {
  window.__violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.fail("Chromium was not found, and GEORISK_REQUIRE_BROWSER=1 asks for it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Visit:
    """An open page with all that went wrong on it."""

    page: Page
    asked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        return self.page.evaluate("window.__violations")

    def assert_quiet(self) -> None:
        assert self.asked == []
        assert self.errors == []
        assert self.dialogs == []
        assert self.violations() == []
        assert self.page.evaluate("window.__hostile ?? null") is None


Visitor = Callable[..., Visit]


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visitor]:
    """Opens a file, ``visit(path, fragment="", size=(1280, 900), **context options)``; every request is recorded."""
    yield from _visits(chromium)


@pytest.fixture(scope="module")
def stay(chromium: Browser) -> Iterator[Visitor]:
    """As ``visit``, for a page that all tests of a module look at."""
    yield from _visits(chromium)


def _visits(chromium: Browser) -> Iterator[Visitor]:
    contexts = []

    def opened(path: Path, fragment: str = "", size: tuple[int, int] = (1280, 900), **options: Any) -> Visit:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        made = Visit(page)

        def cut(route: Route) -> None:
            if route.request.url.startswith("file:"):
                route.continue_()
            else:
                made.asked.append(route.request.url)
                route.abort()

        context.route("**/*", cut)
        page.add_init_script(LISTEN)
        page.on(
            "console",
            lambda message: made.errors.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: made.errors.append(str(error)))
        page.on("dialog", lambda dialog: (made.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri() + fragment)
        return made

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def map_fields() -> dict[str, Any]:
    """Made-up sites in every kind of geometry, as the fields of MapData."""
    return json.loads((OUTPUTS / "sample-map.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def hostile_strings() -> list[str]:
    return json.loads((OUTPUTS / "hostile-strings.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def map_file(map_fields: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "index.html"
    path.write_text(map_page(MapData(**map_fields)), encoding="utf-8")
    return path

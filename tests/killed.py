"""Acts killed at every point where they write: run as a script, by ``test_gate.py`` and ``test_build.py``.

``python killed.py FOLDER ACT EVERY LAST`` prepares an invented workspace in FOLDER, then runs ACT (``accept``,
``undo``, ``build``) in a child that dies at its first write, at its second, and so on: at every EVERY-th point, and
at each of the last LAST ones. After each death it looks at the files as they lie, then opens the workspace and
compares it with what stood before the act and what stands after it. Prints a JSON summary; fails at the first torn
file or half act.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import georisk.build
import georisk.files
import georisk.outputs.rows  # imported before the first child is made
from georisk.gate import acts as gate
from georisk.gate.desk import read_desk
from georisk.gate.newsitems import place_items
from georisk.workspace import open_workspace

QUICK = ("scores", "sites", "changes")
"""Outputs that stand for all in a build that is killed many times."""
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DAY = "2026-11-21"
DIED = 9
EVENTS = frozenset({"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.truncate", "shutil.rmtree"})
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
ITEM = """
id = "2026-11-20-invented"
title = "An invented piece of news"
compiled = 2026-11-20

[sources.inv_news]
title = "Notice"
publisher = "Invented Desk"
published = 2026-11-20
grade = "B"

[parties.new-buyer]
name = "New Buyer"
kind = "company"

[[propose]]
file = "sites/hill"
key = "offtake-new"
property = "offtake"
value = 40
unit = "percent"
qualifiers = { buyer = "new-buyer" }
valid_from = 2026-11-20
valid_until = 2030-01-01
force = "binding"
sources = ["inv_news"]
supersedes = ["offtake-old"]

[[propose]]
file = "parties/hill-co"
key = "stake-new"
property = "stake"
value = 10
unit = "percent"
qualifiers = { owner = "new-buyer" }
valid_from = 2026-11-20
sources = ["inv_news"]
"""


class Death:
    """Counts the points at which a process writes below a folder, and ends it at one of them."""

    def __init__(self, root: Path, at: int) -> None:
        self.root, self.at, self.count, self.awake = f"{root}{os.sep}", at, 0, True

    def here(self, last_words: Callable[[], object] = lambda: None) -> None:
        self.count += 1
        if self.count == self.at:
            last_words()
            os._exit(DIED)

    def listen(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.awake or not (event in EVENTS or event == "open"):
            return
        path = arguments[0]
        if not isinstance(path, str | bytes | os.PathLike) or not os.fsdecode(path).startswith(self.root):
            return
        mode, flags = (arguments[1], arguments[2]) if event == "open" else ("", WRITING)
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & WRITING):
            self.here()

    def install(self) -> None:
        sys.addaudithook(self.listen)
        opened, sync, exchange = os.fdopen, os.fsync, georisk.build._exchange
        os.fdopen = lambda *given, **more: Halving(opened(*given, **more), self)  # type: ignore[assignment]

        def fsync(descriptor: int) -> None:
            self.here()
            sync(descriptor)
            self.here()

        def exchanged(fresh: Path, out: Path) -> None:
            self.here()
            exchange(fresh, out)
            self.here()

        os.fsync = fsync  # type: ignore[assignment]
        georisk.build._exchange = exchanged


class Halving:
    """A file that may die with half of what it was first given on disk."""

    def __init__(self, stream: Any, death: Death) -> None:
        self.stream, self.death, self.begun = stream, death, False

    def __enter__(self) -> Halving:
        self.stream.__enter__()
        return self

    def __exit__(self, *given: object) -> None:
        self.stream.__exit__(*given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def write(self, content: Any) -> Any:
        def half() -> None:
            self.stream.write(content[: len(content) // 2])
            self.stream.flush()

        if not self.begun:
            self.begun = True
            self.death.here(half)
        return self.stream.write(content)


def prepared(folder: Path) -> Path:
    """Return an invented workspace with an item of two proposals."""
    spec = importlib.util.spec_from_file_location("made_for_killing", Path(__file__).with_name("workspace.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    made = module.Made(folder / "desk")
    made.site("hill", country="TZA", at=(32.8, -7.7), holder="hill-co")
    made.party("dragon", incorporation="CHN")
    made.party("hill-co", incorporation="TZA")
    made.stake("hill-co", owner="dragon", percent=60, since="2020-01-01")
    made.say(
        "hill", "offtake", 100, key="offtake-old", unit="percent", buyer="dragon", since="2020-01-01", force="binding"
    )
    made.say("hill", "stage", "production", since="2020-01-01")
    made.data()
    root: Path = made.write()
    item = folder / "2026-11-20-invented.toml"
    item.write_text(ITEM, encoding="utf-8")
    place_items(root, [item])
    return root


def names(root: Path) -> list[str]:
    return [one.id for one in read_desk(root).proposals]


def accept(root: Path) -> None:
    gate.accept(root, names(root), "tester", NOW)


def undo(root: Path) -> None:
    gate.undo(root, names(root), "tester", NOW)


def build(root: Path) -> None:
    georisk.build.OUTPUTS = {name: georisk.build.OUTPUTS[name] for name in QUICK}
    georisk.build.build(open_workspace(root), as_of=DAY, known_by=DAY, out=root / "maps")


def contents(root: Path, *, temporary: bool) -> dict[str, bytes]:
    """Return the files of a workspace; hidden ones beside them are what a killed write may leave."""
    data = root / "data"
    paths = [path for path in root.rglob("*") if path.is_file() and path.name != "lock" and data not in path.parents]
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    return {name: text for name, text in found.items() if temporary or not _hidden(name)}


def _hidden(name: str) -> bool:
    return any(part.startswith(".") and part != ".georisk" for part in Path(name).parts)


def assert_untorn(root: Path, act: str) -> None:
    """Every file that has its own name is whole."""
    for name, content in contents(root, temporary=False).items():
        if name.endswith(".toml"):
            tomllib.loads(content.decode())
        elif name.endswith(".jsonl"):
            assert content.endswith(b"\n"), name
            [json.loads(line) for line in content.decode().splitlines()]
        elif name.endswith(".json"):
            json.loads(content)
    manifest = root / "maps" / "manifest.json"
    if act == "build" and manifest.exists():
        for name, digest in json.loads(manifest.read_text())["outputs"].items():
            assert hashlib.sha256((root / "maps" / name).read_bytes()).hexdigest() == digest, name


def killed(root: Path, act: Callable[[Path], None], at: int) -> bool:
    """Run an act in a child that dies at a point; say whether it did."""
    child = os.fork()
    if child == 0:
        death = Death(root, at)
        death.install()
        try:
            act(root)
        except BaseException as error:
            sys.stderr.write(f"{error!r}\n")
            os._exit(3)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, DIED), f"the act ended with {code} at point {at}"
    return code == DIED


def count_of(root: Path, act: Callable[[Path], None]) -> int:
    """Return how many points an act has, from a child that counts and does not die."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        death = Death(root, -1)
        death.install()
        act(root)
        os.write(writer, str(death.count).encode())
        os._exit(0)
    os.waitpid(child, 0)
    return int(os.read(reader, 32))


def _maps(found: dict[str, bytes]) -> dict[str, bytes]:
    return {name.removeprefix("maps/"): content for name, content in found.items() if name.startswith("maps/")}


def points(total: int, every: int, last: int) -> Iterator[int]:
    yield from (at for at in range(1, total + 1) if at % every == 0 or at > total - last)


def main(folder: Path, name: str, every: int, last: int) -> None:
    act = {"accept": accept, "undo": undo, "build": build}[name]
    template, work = prepared(folder), folder / "work"
    if name == "undo":
        accept(template)
    if name == "build":
        build(template)
        accept(template)
    before = contents(template, temporary=True)
    shutil.copytree(template, work, symlinks=True)
    total = count_of(work, act)
    after = contents(work, temporary=True)
    assert after != before
    seen = {"before": 0, "after": 0}
    for at in points(total, every, last):
        shutil.rmtree(work)
        shutil.copytree(template, work, symlinks=True)
        assert killed(work, act, at), at
        assert_untorn(work, name)
        read_desk(work)
        if name == "build":
            now, maps = contents(work / "maps", temporary=False), "maps/"
            ends = [
                {key.removeprefix(maps): one for key, one in end.items() if key.startswith(maps)}
                for end in (before, after)
            ]
            assert now in ends, f"maps are neither old nor new at point {at}"
            seen["before" if now == ends[0] else "after"] += 1
            build(work)
        else:
            now = contents(work, temporary=False)
            assert now in (before, after), f"half an act at point {at}"
            seen["before" if now == before else "after"] += 1
            act(work)
        left = contents(work, temporary=True)
        other = sorted(name for name in {*left, *after} if left.get(name) != after.get(name))
        assert not other, f"point {at}: {other[:5]} are others after it was run again"
    sys.stdout.write(json.dumps({"act": name, "points": total, "killed": sum(seen.values()), **seen}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))

"""The whole corpus of hostile strings in every field of a workspace, through every output and the terminal."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from georisk.build import build

CORPUS = Path(__file__).with_name("hostile-strings.json")
KINDS = ("<script", "<svg", "</script", "{{", "javascript:", "\u202e", "\u200b", "=", "\x1b", "../")
BUNDLE = 6
FOREIGN = {"img", "iframe", "object", "embed", "base", "math", "video", "audio", "foreignobject"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Tags(HTMLParser):
    """The elements of a page, and the attributes that run something."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.running: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.running += [name for name, value in attrs if name.startswith("on")]
        self.running += [
            value for name, value in attrs if name in ("href", "src") and value and "script:" in value.lower()
        ]


def corpus() -> list[str]:
    return json.loads(CORPUS.read_text(encoding="utf-8"))


def plain(text: str) -> bool:
    """Whether a seeds file may hold it: not empty, without control characters, which are faults of their own."""
    return bool(text.strip()) and not re.search("[\x00-\x1f\x7f-\x9f]", text)


@pytest.fixture(scope="module")
def outputs(workspace: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """A workspace that says hostile things everywhere, and all its outputs."""
    made = workspace(tmp_path_factory.mktemp("hostile") / "desk")
    texts = [text for text in corpus() if plain(text)]
    starters = [text for text in texts if text.strip()[0] in "=+-@|%\uff1d"]
    bundles = starters + [" ".join(texts[start : start + BUNDLE]) for start in range(0, len(texts), BUNDLE)]
    for number in range(4):
        share = bundles[number::4]
        title = share[0]
        made.site(
            f"site-{number}",
            country="TZA",
            at=(32.0 + number, -6.0),
            holder=f"holder-{number}",
            title=title,
            aliases=share,
        )
        made.say(f"site-{number}", "commodity", share)
        for place, text in enumerate(share):
            key = f"{number}-{place}"
            made.source(f"source-{key}", title=text, publisher=text, url=text, locator=text, note=text, origin=text)
            made.party(f"party-{key}", title=text, aliases=[text])
            made.stake(f"holder-{number}", owner=f"party-{key}", percent=1, note=text, sources=[f"source-{key}"])
            made.say(f"site-{number}", "milestone", text, force="planned", due="2026-01", sources=[f"source-{key}"])
            made.say(f"site-{number}", "offtake", 1, unit="percent", buyer=f"party-{key}", product=text, note=text)
            made.say(
                f"site-{number}", "finance", 5, unit="USD", lender=f"party-{key}", instrument=text, conditions=text
            )
            made.say(f"site-{number}", "tenure", text)
    out = made.root / "maps"
    build(made.open(), as_of=made.day, known_by=made.day, out=out)
    return made, out


def test_the_corpus_is_large_and_of_every_kind() -> None:
    texts = corpus()
    assert len(texts) == len(set(texts)) >= 150
    assert [kind for kind in KINDS if not any(kind in text for text in texts)] == []


def test_pages_hold_no_element_and_no_handler_of_the_data(outputs: tuple[Any, Path]) -> None:
    pages = sorted(outputs[1].rglob("*.html"))
    assert len(pages) >= 7
    for page in pages:
        tags = Tags()
        tags.feed(page.read_text(encoding="utf-8"))
        assert FOREIGN.isdisjoint(tags.names), page.name
        assert tags.names.count("form") <= 1, page.name  # the risk table has one of its own
        assert tags.running == [], page.name
        assert not ESCAPE.search(page.read_text(encoding="utf-8")), page.name


def test_tables_hold_no_formula(outputs: tuple[Any, Path]) -> None:
    with (outputs[1] / "risk-table.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell)] == []
    assert [cell for cell in cells if ESCAPE.search(cell)] == []
    for sheet in load_workbook(outputs[1] / "risk-table.xlsx"):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert cell.hyperlink is None or not re.match(
                    r"(?i)\s*(java|vb)script:|file:", str(cell.hyperlink.target)
                )


def test_markdown_holds_no_markup(outputs: tuple[Any, Path]) -> None:
    text = (outputs[1] / "risk-table.md").read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<\w", text)
    assert not ESCAPE.search(text.replace("\n", ""))


def test_exports_are_whole(outputs: tuple[Any, Path]) -> None:
    import geopandas as gpd

    for name in ("sites.geojson", "scores.json", "manifest.json"):
        json.loads((outputs[1] / name).read_text(encoding="utf-8"))
    assert (
        len(gpd.read_file(outputs[1] / "sites.gpkg", layer="sites"))
        == len(gpd.read_parquet(outputs[1] / "sites.parquet"))
        == 4
    )


def test_nothing_lies_outside_the_maps(outputs: tuple[Any, Path]) -> None:
    made, out = outputs
    assert {path.name for path in made.root.parent.iterdir()} == {made.root.name}
    assert {path.name for path in (out / "sites").iterdir()} == {f"site-{number}.html" for number in range(4)}
    assert not list(made.root.rglob("hostile-was-here*"))


@pytest.mark.parametrize(
    "words",
    [
        ("sites",),
        ("sites", "site-0"),
        ("score",),
        ("explain", "site-0"),
        ("owners", "site-1"),
        ("table",),
        ("screen", "site-2"),
    ],
    ids=" ".join,
)
def test_terminals_get_no_escape(georisk: Any, outputs: tuple[Any, Path], words: tuple[str, ...]) -> None:
    ran = georisk(*words, "--workspace", outputs[0].root, "--as-of", outputs[0].day, "--known-by", outputs[0].day)
    assert ran.out
    assert not ESCAPE.search((ran.out + ran.err).replace("\n", ""))

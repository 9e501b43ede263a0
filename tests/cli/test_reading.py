from __future__ import annotations

import csv
import io
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

NOTE = "Mill restarts\n\n14 May 2024\n\nDFC signed a loan of $25 million for Hill on Friday. Pallas Antimony bought the Monte Feo mine for $5 million.\n"


@pytest.fixture(scope="module")
def desk(workspace: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = workspace(tmp_path_factory.mktemp("reading") / "desk")
    made.site("hill", title="Hill", country="TZA", holder="hill-co")
    made.write()
    (made.root / "001_note.txt").write_text(NOTE)
    (made.root / "002_bad.txt").write_bytes(b"\x00\x01")
    return made.root  # type: ignore[no-any-return]


def test_read_prints_articles_and_names_what_it_could_not_read(georisk: Any, desk: Path) -> None:
    ran = georisk("news", "read", desk / "001_note.txt", desk / "002_bad.txt", "--workspace", desk, "--format", "jsonl")
    (one,) = map(json.loads, ran.out.splitlines())
    assert ran.code == 0
    assert (one["id"], one["title"], one["published"]) == ("001-00", "Mill restarts", "2024-05-14")
    assert ran.err == "not read: 002_bad.txt: is not text\n1 articles in 2 files\n"


def test_extract_prints_events_in_the_shape_of_scripts(georisk: Any, desk: Path) -> None:
    ran = georisk("news", "extract", desk / "001_note.txt", "--workspace", desk, "--format", "jsonl")
    loan, bought = map(json.loads, ran.out.splitlines())
    assert (ran.code, loan["article"], loan["project"], loan["event_type"], loan["amount"]) == (
        0,
        "001-00",
        "Hill",
        "loan",
        25000000,
    )
    assert loan["event_date"] == "2024-05-10"
    assert NOTE[loan["start"] : loan["end"]] == loan["evidence"]
    assert (bought["project"], bought["event_type"]) == ("Monte Feo", "acquisition")
    assert "2 events in 1 articles, 0 refused" in ran.err


def test_extract_lists_candidates_for_the_registry(georisk: Any, desk: Path) -> None:
    ran = georisk("news", "extract", desk / "001_note.txt", "--workspace", desk, "--candidates", "--format", "json")
    assert [(one["name"], one["kind"], one["articles"]) for one in json.loads(ran.out)] == [
        ("Monte Feo", "project", ["001-00"]), ("Pallas Antimony", "company", ["001-00"]),
    ]  # fmt: skip


def test_tables_and_csv_hold_the_same_events(georisk: Any, desk: Path) -> None:
    assert "Monte Feo" in georisk("news", "extract", desk / "001_note.txt", "--workspace", desk).out
    ran = georisk("news", "extract", desk / "001_note.txt", "--workspace", desk, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [row["event_type"] for row in rows] == ["loan", "acquisition"]
    assert json.loads(rows[0]["risk"])["china"] == "lowers"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["none.txt"], "cannot be read"),
        (["001_note.txt", "--extractor", "llm"], "go together"),
        (["001_note.txt", "--endpoint", "http://127.0.0.1:9/v1"], "go together"),
        (
            ["001_note.txt", "--extractor", "llm", "--endpoint", "http://127.0.0.1:9/v1"],
            "http://127.0.0.1:9/v1 cannot be asked",
        ),
        (["001_note.txt", "--extractor", "llm", "--endpoint", "nowhere"], "is no endpoint"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(words: list[str], message: str, georisk: Any, desk: Path) -> None:
    ran = georisk("news", "extract", desk / words[0], *words[1:], "--workspace", desk)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert "Traceback" not in ran.err


def test_a_model_that_cannot_be_understood_is_a_finding(georisk: Any, desk: Path) -> None:
    class Mumbling(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Mumbling)
    thread = threading.Thread(target=server.handle_request, daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/v1"
        ran = georisk(
            "news",
            "extract",
            desk / "001_note.txt",
            "--workspace",
            desk,
            "--extractor",
            "llm",
            "--endpoint",
            url,
            "--model",
            "m",
        )
    finally:
        thread.join()
        server.server_close()
    assert ran.code == 1
    assert "not extracted: 001-00: the answer is no chat completion" in ran.err

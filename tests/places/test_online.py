"""Nominatim, against a server of our own that counts the questions."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from pytest import approx

from georisk.errors import GeoriskError
from georisk.places import online
from georisk.places.gazetteer import load_gazetteer
from georisk.places.online import Nominatim

GAZETTEER = load_gazetteer(Path(__file__).resolve().parents[2] / "data" / "gazetteer")
ANSWER = {
    "display_name": "Hill, Tanzania", "lon": "35.0", "lat": "0.0", "boundingbox": ["-0.1", "0.1", "35.0", "35.0"],
    "type": "quarry", "importance": 0.4, "address": {"country": "Tanzania"},
}  # fmt: skip


class Fake(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []  # noqa: RUF012

    def do_GET(self) -> None:
        text = parse_qs(urlparse(self.path).query)["q"][0]
        Fake.asked.append((text, str(self.headers["User-Agent"])))
        body = json.dumps([] if text == "nowhere" else [ANSWER]).encode()
        self.send_response(403 if text == "refuse" else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *given: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(online, "WAIT_SECONDS", 0.0)
    Fake.asked = []
    serving = HTTPServer(("127.0.0.1", 0), Fake)
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield f"127.0.0.1:{serving.server_port}"
    serving.shutdown()
    thread.join()
    serving.server_close()


def test_an_answer_becomes_a_candidate(server: str, tmp_path: Path) -> None:
    (one,) = Nominatim(tmp_path / "kept.json", GAZETTEER, server, "http").places("Hill")
    assert (one.name, one.country, one.kind, one.source) == ("Hill, Tanzania", "TZA", "quarry", "nominatim")
    # a tenth of a degree of latitude at the equator is 11.06 km; rounded up
    assert one.precision_km == approx(12)


def test_each_name_is_asked_once_and_kept(server: str, tmp_path: Path) -> None:
    kept = tmp_path / "a" / "kept.json"
    first = Nominatim(kept, GAZETTEER, server, "http")
    assert first.places("Hill", "Tanzania") == first.places("Hill", "Tanzania")
    assert first.places("nowhere") == Nominatim(kept, GAZETTEER, server, "http").places("nowhere") == []
    assert [text for text, _ in Fake.asked] == ["Hill, Tanzania", "nowhere"]
    assert all("georisk" in agent for _, agent in Fake.asked)


def test_a_refusal_is_told_and_not_kept(server: str, tmp_path: Path) -> None:
    with pytest.raises(GeoriskError, match="gave no answer to 'refuse'"):
        Nominatim(tmp_path / "kept.json", GAZETTEER, server, "http").places("refuse")
    assert not (tmp_path / "kept.json").exists()


def test_the_policy_allows_one_question_a_second() -> None:
    assert online.WAIT_SECONDS >= 1.0

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from georisk.errors import UsageError
from georisk.outputs.map import MapData, map_page
from georisk.outputs.map_options import MAIL_NOTE, for_mail, on_tiles, only_sites, tiles_named


def policy_of(html: str) -> str:
    return re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")


def test_only_some_sites(map_fields: dict[str, Any]) -> None:
    cut = only_sites(MapData(**map_fields), {"twin-pits"})
    assert [site["id"] for site in cut.sites] == ["twin-pits"]


def test_the_edition_for_mail_is_shorter_keeps_every_score_and_says_what_it_lacks(map_fields: dict[str, Any]) -> None:
    full = MapData(**map_fields)
    small = for_mail(full)
    assert small.note == MAIL_NOTE
    assert len(map_page(small)) < len(map_page(full))
    for was, now in zip(full.sites, small.sites, strict=True):
        assert {key: one["score"] for key, one in now["scores"].items()} == {
            key: one["score"] for key, one in was["scores"].items()
        }
    assert "Annual report 2025" not in json.dumps(small.sites)


def test_only_the_page_over_tiles_may_ask_and_only_their_host(map_fields: dict[str, Any]) -> None:
    plain = MapData(**map_fields)
    tiles = tiles_named("OpenStreetMap.Mapnik")
    assert "img-src data:;" in policy_of(map_page(plain))
    policy = policy_of(map_page(on_tiles(plain, tiles)))
    assert "img-src data: https://tile.openstreetmap.org;" in policy
    assert policy.startswith("default-src 'none'; script-src 'sha256-")


def test_letters_of_several_hosts_are_each_named() -> None:
    tiles = tiles_named("OpenTopoMap")
    assert tiles["hosts"] == [f"https://{letter}.tile.opentopomap.org" for letter in "abc"]
    assert "OpenStreetMap" in tiles["credit"]


@pytest.mark.parametrize("name", ["Nobody.Tiles", "Thunderforest.Landscape", "https://example.com/{z}/{x}/{y}.png"])
def test_tiles_without_a_name_or_with_a_key_are_refused(name: str) -> None:
    with pytest.raises(UsageError):
        tiles_named(name)

"""The map cut down, made light, or laid over online tiles."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from georisk.errors import UsageError
from georisk.outputs.map_data import Fact, Finance, Line, MapData, Part, Reason, Score, Site, Tiles
from georisk.outputs.map_table import SiteTable

MAIL_NOTE = "A short edition for mail: without sources and further facts, which stand in the dossiers."
_STANDING = ("{z}", "{x}", "{y}", "{s}")


def only_sites(data: MapData, ids: Collection[str]) -> MapData:
    """Return the map of some sites; their filters and the countries' shades follow."""
    if isinstance(data.sites, SiteTable):
        raise UsageError("a table of very many sites is cut before it is drawn")
    return replace(data, sites=[site for site in data.sites if site["id"] in ids])


def for_mail(data: MapData) -> MapData:
    """Return the map with one base map and without sources, further facts and lists of what is missing."""
    if isinstance(data.sites, SiteTable):
        return replace(data, detail=None)
    return replace(data, detail=None, note=MAIL_NOTE, sites=[_short(site) for site in data.sites])


def on_tiles(data: MapData, tiles: Tiles) -> MapData:
    """Return the map over online tiles: the only page that asks the network, and it says so."""
    return replace(data, tiles=tiles)


def tiles_named(name: str) -> Tiles:
    """Return online tiles by the name xyzservices gives them, such as ``OpenStreetMap.Mapnik``.

    Raises
    ------
    UsageError
        If there are none of that name, they ask for a key, or their address is not one of pictures over https.
    """
    import xyzservices.providers
    from xyzservices import TileProvider

    found = xyzservices.providers.flatten().get(name)
    if found is None:
        near = [each for each in xyzservices.providers.flatten() if name.lower() in each.lower()][:5]
        raise UsageError(f"no tiles are named {name!r}; for instance: {', '.join(near) or 'OpenStreetMap.Mapnik'}")
    if not isinstance(found, TileProvider) or found.requires_token():
        raise UsageError(f"the tiles {name!r} ask for a key; choose others, such as OpenStreetMap.Mapnik")
    return _tiles(name, found)


def _tiles(name: str, found: Mapping[str, Any]) -> Tiles:
    address = str(found["url"]).replace("{r}", "")
    given = {key: str(value) for key, value in found.items()}
    for field in set(re.findall(r"{\w+}", address)) - set(_STANDING):
        address = address.replace(field, given.get(field[1:-1], ""))
    letters = "".join(found.get("subdomains", "abc"))
    parts = urlsplit(address.replace("{s}", letters[:1] or "a"))
    if parts.scheme != "https" or not re.fullmatch(r"[\w.-]+(:\d+)?", parts.netloc):
        raise UsageError(f"the tiles {name!r} do not come over https")
    return {
        "name": name,
        "address": address,
        "subdomains": letters,
        "zoom": int(found.get("max_zoom", 18)),
        "credit": str(found.get("attribution", "")),
        "hosts": sorted({_host(address, letter) for letter in letters} if "{s}" in address else {_host(address, "")}),
    }


def _host(address: str, letter: str) -> str:
    return f"https://{urlsplit(address.replace('{s}', letter)).netloc}"


def _short(site: Site) -> Site:
    nothing: list[Fact] = []
    return {
        **site,
        "facts": nothing,
        "flows": [],
        "finance": [Finance(state=one["state"], text=one["text"]) for one in site["finance"]],
        "offtake": [Line(text=one["text"]) for one in site["offtake"]],
        "scores": {key: _short_score(score) for key, score in site["scores"].items()},
        "parts": [_short_part(part) for part in site["parts"]],
    }


def _short_part(part: Part) -> Part:
    return {**part, "scores": {key: _short_score(score) for key, score in part["scores"].items()}}


def _short_score(score: Score) -> Score:
    reasons = [Reason(points=one["points"], sentence=one["sentence"], sources=[]) for one in score["reasons"]]
    return {**score, "reasons": reasons, "missing": []}

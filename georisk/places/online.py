"""Asking Nominatim, only when told to: one request a second at most, and every answer kept.

Reference: the usage policy of Nominatim (operations.osmfoundation.org/policies/nominatim): a user agent that names the
application, no more than one request a second, results cached. Data: OpenStreetMap contributors, ODbL 1.0.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from georisk.errors import GeoriskError, UsageError
from georisk.files import read_json, write_text
from georisk.places.gazetteer import Gazetteer
from georisk.places.geocoding import Candidate
from georisk.places.geometry import distance_km

__all__ = ["Nominatim"]

AGENT = "georisk (critical-mineral registry)"
HOST = "nominatim.openstreetmap.org"
WAIT_SECONDS = 1.0
MOST = 5
LEAST_KM = 1.0


class Nominatim:
    """Names to candidates over the network, each name asked once and kept in a file.

    Parameters
    ----------
    cache
        A JSON file; what it holds is not asked again.
    gazetteer
        Tells country codes by name.
    host, scheme
        Another server, for tests or one's own instance.
    """

    def __init__(self, cache: Path, gazetteer: Gazetteer, host: str = HOST, scheme: str = "https") -> None:
        self.cache = cache
        self.gazetteer = gazetteer
        self._ask = _asking(host, scheme)
        self._kept: dict[str, list[dict[str, Any]]] = read_json(cache, cache.name) if cache.is_file() else {}

    def places(self, name: str, country: str | None = None) -> list[Candidate]:
        """Return what Nominatim answers, best first; from the cache where it was asked before.

        Raises
        ------
        GeoriskError
            When the server cannot be reached or refuses.
        """
        question = name if country is None else f"{name}, {country}"
        if question not in self._kept:
            self._kept[question] = [asdict(self._candidate(answer)) for answer in self._ask(question)]
            self.cache.parent.mkdir(parents=True, exist_ok=True)
            write_text(self.cache, json.dumps(self._kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        return [Candidate(**{**one, "commodities": tuple(one["commodities"])}) for one in self._kept[question]]

    def _candidate(self, answer: dict[str, Any]) -> Candidate:
        lon, lat = float(answer["lon"]), float(answer["lat"])
        south, north, west, east = (float(edge) for edge in answer["boundingbox"])
        corners = [(west, south), (west, north), (east, south), (east, north)]
        reach = max(float(distance_km(lon, lat, *corner)) for corner in corners)
        codes = self.gazetteer.codes_of(str(answer.get("address", {}).get("country", "")))
        return Candidate(
            str(answer.get("display_name", "")), round(lon, 5), round(lat, 5), math.ceil(max(reach, LEAST_KM)),
            min(codes) if len(codes) == 1 else "", str(answer.get("type", "")), (),
            round(float(answer.get("importance", 0.0)), 3), "nominatim", "online",
        )  # fmt: skip


def _asking(host: str, scheme: str) -> Callable[[str], list[dict[str, Any]]]:
    """Return a polite asker; geopy is an optional part of the installation."""
    try:
        from geopy.exc import GeopyError
        from geopy.extra.rate_limiter import RateLimiter
        from geopy.geocoders import Nominatim as Client
    except ImportError:
        raise UsageError("--online needs geopy; install it with: pip install 'georisk[online]'") from None
    client = Client(user_agent=AGENT, domain=host, scheme=scheme, timeout=10)
    polite = RateLimiter(client.geocode, min_delay_seconds=WAIT_SECONDS, max_retries=0, swallow_exceptions=False)

    def ask(question: str) -> list[dict[str, Any]]:
        try:
            found = polite(question, exactly_one=False, limit=MOST, addressdetails=True, language="en")
        except GeopyError as error:
            raise GeoriskError(f"{host} gave no answer to {question!r}: {error}") from None
        return [one.raw for one in found or []]

    return ask

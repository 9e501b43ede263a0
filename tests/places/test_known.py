"""The registry's own sites as places."""

from typing import Any

from pytest import approx

from georisk.places.known import known_places

WORDS: dict[str, Any] = {}


def places(made: Any) -> dict[str, Any]:
    return {one.entry.record: one for one in known_places(made.open().seeds, WORDS)}


def test_a_site_brings_its_names_its_country_and_its_radius(made: Any) -> None:
    made.site("hill", country="TZA", at=(35.75, -6.17), aliases=["Kilima", "山"])
    made.say("hill", "commodity", ["gold", "copper"])
    hill = places(made)["hill"]
    entry = hill.entry
    assert (entry.lon, entry.lat, entry.country, entry.source) == (35.75, -6.17, "TZA", "registry")
    assert entry.commodities == ("gold", "copper")
    assert hill.keys["hill"] is False
    assert hill.keys["kilima"] is True


def test_a_site_of_parts_lies_within_the_radius_of_all(made: Any) -> None:
    made.site("twin", parts=("east", "west"), kind="refinery")
    for part, lon in (("east", 1.0), ("west", -1.0)):
        made.shape(f"twin/{part}", {"type": "Point", "coordinates": [lon, 0.0]}, "GAB", precision_km=3)
    found = places(made)
    assert found["twin/east"].entry.precision_km == approx(3)
    # The middle of both lies on the equator, a degree (111.319 km) from each, and each is known to 3 km.
    assert found["twin"].entry.precision_km == approx(114.319, abs=0.01)
    assert (found["twin"].entry.lon, found["twin"].entry.lat) == approx((0, 0))


def test_a_site_without_position_has_no_place(made: Any) -> None:
    made.site("cloud")
    assert places(made) == {}

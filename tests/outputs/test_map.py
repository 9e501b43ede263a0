import json
import re
from pathlib import Path
from typing import Any

import pytest

from georisk.errors import GeoriskError
from georisk.outputs import page
from georisk.outputs.map import MapData, map_page

ASSETS = Path(page.__file__).parent / "assets"


def written(fields: dict[str, Any]) -> str:
    return map_page(MapData(**fields))


def data_of(html: str) -> dict[str, Any]:
    return json.loads(re.search(r'<script type="application/json" id="page-data">(.*?)</script>', html, re.DOTALL)[1])


def without_data(html: str) -> str:
    return re.sub(
        r'(<script type="application/json" id="page-data">).*?</script>', r"\1</script>", html, flags=re.DOTALL
    )


def test_the_same_data_gives_the_same_bytes(map_fields: dict[str, Any]) -> None:
    assert written(map_fields) == written(json.loads(json.dumps(map_fields)))


def test_folium_starts_the_map_with_renumbered_ids(map_fields: dict[str, Any]) -> None:
    html = written(map_fields)
    assert '<div class="folium-map" id="map_00000000000000000000000000000001"' in html
    assert "var map_00000000000000000000000000000001 = L.map(" in html


def test_a_fingerprint_in_the_data_is_not_taken_for_an_id(map_fields: dict[str, Any]) -> None:
    assert data_of(written(map_fields))["method"]["fingerprint"] == "0123456789abcdef0123456789abcdef"


def test_folium_s_online_libraries_are_gone(map_fields: dict[str, Any]) -> None:
    html = written(map_fields)
    for trace in ("cdn.jsdelivr", "cdnjs", "jquery", "bootstrap", "awesome", "netdna"):
        assert trace not in html.lower()
    assert not re.search(r"<script[^>]+src|<link[^>]+stylesheet|<img|<iframe", without_data(html))


def test_no_markup_depends_on_the_data(map_fields: dict[str, Any], hostile_strings: list[str]) -> None:
    calm = without_data(written(map_fields))
    for start in range(0, len(hostile_strings), 20):
        text = "".join(hostile_strings[start : start + 20])
        fields = poisoned(map_fields, text)
        assert without_data(written(fields)).split("</title>")[1] == calm.split("</title>")[1]


def poisoned(value: Any, text: str, key: str = "") -> Any:
    """The same data with a text in place of every string that is not a code."""
    if isinstance(value, dict):
        return {name: poisoned(inner, text, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, text, key) for inner in value]
    codes = ("type", "key", "band", "with_weak_band", "worst", "iso3")
    return text if isinstance(value, str) and key not in codes else value


def test_template_braces_are_text_while_the_map_is_made(
    map_fields: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    payload = "{{ cycler.__init__.__globals__.__builtins__.open('hostile-was-here', 'w') }}{{ 7*7 }}"
    html = written(poisoned(map_fields, payload))
    assert data_of(html)["title"] == payload
    assert list(tmp_path.iterdir()) == []
    assert "<title>{{ cycler" in html


def test_every_site_travels_with_all_it_says(map_fields: dict[str, Any]) -> None:
    block = data_of(written(map_fields))
    assert block["sites"]["count"] == len(map_fields["sites"]) == 8
    carried = json.dumps(block["sites"], ensure_ascii=False)
    for site in map_fields["sites"]:
        told = [site["name"], *site["aliases"], *site["unknown"], *site["overdue"]]
        told += [reason["sentence"] for score in site["scores"].values() for reason in score["reasons"]]
        told += [line["text"] for line in (*site["finance"], *site["offtake"], *site["facts"])]
        assert [text for text in told if text not in carried] == []


@pytest.mark.parametrize(
    ("precision_km", "kept"),
    [
        # 20 x 111.32 / precision, rounded up to a power of ten: 10 km gives 223, so 3 decimals; and so on.
        (10.0, [12.346, -7.654]),
        (2.0, [12.3457, -7.6543]),
        (50.0, [12.35, -7.65]),
        (0.001, [12.34568, -7.65432]),
        (None, [12.34568, -7.65432]),
    ],
)
def test_a_point_is_not_written_more_exactly_than_it_is_known(
    map_fields: dict[str, Any], precision_km: float | None, kept: list[float]
) -> None:
    site = map_fields["sites"][0]
    site["shapes"][0]["geometry"] = {"type": "Point", "coordinates": [12.3456789, -7.6543211]}
    site["shapes"][0]["precision_km"] = precision_km
    fields = {**map_fields, "sites": [site]}
    shapes = data_of(written(fields))["sites"]["of"]["o"]["shapes"]
    assert shapes["e"]["o"]["geometry"]["o"]["coordinates"]["e"]["v"] == kept


def test_more_bands_than_colours_are_refused(map_fields: dict[str, Any]) -> None:
    bands = [{"key": str(place), "title": str(place), "low": place, "high": place + 1} for place in range(5)]
    with pytest.raises(GeoriskError, match="4 bands, found 5"):
        written({**map_fields, "bands": bands})


def test_a_score_that_is_not_a_number_is_refused(map_fields: dict[str, Any]) -> None:
    map_fields["sites"][0]["scores"]["china"]["score"] = float("nan")
    with pytest.raises(GeoriskError, match="plain JSON"):
        written(map_fields)


def test_no_sites_make_a_page_too(map_fields: dict[str, Any]) -> None:
    assert data_of(written({**map_fields, "sites": []}))["sites"] == {"count": 0, "of": {"v": []}, "hosts": []}


@pytest.mark.parametrize("asset", sorted(path.name for path in ASSETS.glob("*.js")))
def test_own_scripts_write_text_and_never_markup(asset: str) -> None:
    script = (ASSETS / asset).read_text(encoding="utf-8")
    assert script.startswith("'use strict';\n")
    markup = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|DOMParser|createContextualFragment"
    running = r"\beval\b|new Function|setTimeout\(['\"`]|import\("
    asking = r"\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource|new Image"
    assert re.findall(f"{markup}|{running}|{asking}", script) == []


@pytest.mark.parametrize("asset", sorted(path.name for path in ASSETS.glob("*.j2")))
def test_own_templates_have_no_inline_handlers(asset: str) -> None:
    assert re.findall(r"\son\w+\s*=|javascript:|<script src", (ASSETS / asset).read_text(encoding="utf-8")) == []


def test_every_asset_of_the_map_is_used() -> None:
    package = "".join(path.read_text(encoding="utf-8") for path in (ASSETS.parent).glob("*.py"))
    assert [path.name for path in sorted(ASSETS.glob("map*")) if f'"{path.name}"' not in package] == []

from __future__ import annotations

import json
from typing import Any

from georisk.outputs.geojson import sites_geojson
from georisk.registry import COLUMNS


def test_one_feature_a_site_longitude_first(sample: Any) -> None:
    document = json.loads(sites_geojson(sample.report))
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document  # RFC 7946: always WGS84
    features = {feature["id"]: feature for feature in document["features"]}
    assert list(features) == ["cloud", "hill", "twin"]
    assert features["hill"]["geometry"] == {"type": "Point", "coordinates": [35.75, -6.17]}
    assert features["twin"]["geometry"]["type"] == "MultiPoint"
    assert features["cloud"]["geometry"] is None


def test_properties_are_the_registry_s_cells_and_the_scores(sample: Any) -> None:
    document = json.loads(sites_geojson(sample.report))
    hill = next(feature for feature in document["features"] if feature["id"] == "hill")["properties"]
    assert set(hill) >= set(COLUMNS) - {"geometry"}
    assert hill["owners"] == "Quarry plc 84 %, State of Tanzania 16 % (free carried)"
    assert hill["jurisdiction"] == sample.report.rows["hill"]["jurisdiction"].value  # the country, not its score
    score = sample.report.assessment.sites["hill"].dimensions["china"]
    assert (hill["china_score"], hill["china_band"]) == (round(score.score, 3), score.band)
    cloud = next(feature for feature in document["features"] if feature["id"] == "cloud")["properties"]
    assert (cloud["composite_score"], cloud["composite_band"]) == (None, None)

"""``sites.geojson`` (RFC 7946): one feature a site, WGS84, longitude first."""

from __future__ import annotations

import json
from typing import Any

from georisk.outputs.plain import visible
from georisk.outputs.rows import Report


def sites_geojson(found: Report) -> str:
    """Return all sites with their registry cells and scores; a site without place has a null geometry."""
    from shapely.geometry import mapping

    features = []
    for site in found.sites:
        row = found.rows[site.id]
        scored = found.assessment.sites[site.id]
        properties: dict[str, Any] = {
            name: visible(cell.value) if isinstance(cell.value, str) else cell.value
            for name, cell in row.items()
            if name != "geometry"
        }
        for key, score in (("composite", scored.composite), *scored.dimensions.items()):
            properties[f"{key}_score"] = None if score.score is None else round(score.score, 3)
            properties[f"{key}_band"] = score.band
        geometry = row["geometry"].value
        shape = None if geometry is None else mapping(geometry)
        features.append({"type": "Feature", "id": site.id, "geometry": shape, "properties": properties})
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1) + "\n"

"""The sites as a CSV that reads back: columns of the registry and scores, place as numbers and as text (WKT)."""

from __future__ import annotations

import csv
import io
from typing import Any

from georisk.outputs.exports import sites_frame
from georisk.outputs.plain import cell
from georisk.outputs.rows import Report


def sites_csv(found: Report) -> str:
    """Return one row a site.

    ``country`` repeats what the registry calls jurisdiction, ``lon`` and ``lat`` (WGS84) are for points alone, ``wkt``
    for any shape. Text that could start a formula gets an apostrophe; an empty cell is not known.
    """
    frame = sites_frame(found)
    names = [name for name in frame.columns if name != "geometry"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*names, "country", "lon", "lat", "wkt"])
    for row in frame.itertuples(index=False):
        values = row._asdict()
        country = cell(found.rows[values["id"]]["jurisdiction"].value)
        writer.writerow([*(cell(_known(values[name])) for name in names), country, *_place(values["geometry"])])
    return text.getvalue()


def _known(value: Any) -> Any:
    return None if value != value else value


def _place(shape: Any) -> tuple[Any, Any, str]:
    if shape is None or shape.is_empty:
        return "", "", ""
    if shape.geom_type == "Point":
        return shape.x, shape.y, shape.wkt
    return "", "", shape.wkt

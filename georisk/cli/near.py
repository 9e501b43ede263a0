"""``near`` and ``overlay``: what lies near the sites, and how they lie to a layer of the user's own."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from georisk.cli.formats import Format
from georisk.cli.options import FormatOption, WorkspaceOption, opened
from georisk.cli.registry import known_site
from georisk.cli.show import show, tell

NEAR = ("subject", "layer", "name", "km", "low_km", "high_km", "date", "licence", "attribution", "note")
BRIEF = ("subject", "layer", "name", "km", "low_km", "high_km", "date", "licence")
MEETING = ("subject", "feature", "relation", "certainty", "km", "low_km", "high_km")


def near(
    site: Annotated[str | None, typer.Argument(help="One site; without it all.", show_default=False)] = None,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Tell the nearest port, railway, town and border of each site.

    Distances in km along the ellipsoid, from the shape as drawn; low_km and high_km are the least and the most there
    can be, given how well the site and the layer are placed. A layer that does not cover a site gives no row. Each
    row states its layer's date and licence.
    """
    from georisk.places.context import near as nearest
    from georisk.places.positions import positions

    found = opened(workspace)
    name = None if site is None else known_site(site, list(found.seeds.sites))
    rows = [
        asdict(one) for position in positions(found.seeds, name) for one in nearest(found.data / "places", position)
    ]
    if not rows:
        tell(f"{site or 'no site'} has no position: nothing to measure from")
    show(rows, BRIEF if how is Format.table else NEAR, how)


def overlay(
    layer_file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A layer: GeoPackage, GeoJSON, Shapefile or the like, in any coordinate system.",
            show_default=False,
        ),
    ],
    layer: Annotated[
        str | None,
        typer.Option(
            "--layer", metavar="NAME", help="Which layer of the file, where it holds several.", show_default=False
        ),
    ] = None,
    within: Annotated[
        float,
        typer.Option(
            "--within", metavar="KM", min=0.0, help="List features up to this far; the nearest is listed in any case."
        ),
    ] = 0.0,
    how: FormatOption = Format.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Lay the sites over a layer of your own: protected areas, licences, concessions.

    For each site: within a feature, crossing it or outside, certainly or possibly, and the distance in km as a range,
    for a position is known only within its precision.
    """
    from georisk.places.overlay import overlay as laid
    from georisk.places.overlay import read_features
    from georisk.places.positions import positions

    features = read_features(layer_file.expanduser(), layer)
    found = opened(workspace)
    rows = [asdict(one) for one in laid(list(positions(found.seeds)), features, within)]
    show(rows, MEETING, how)

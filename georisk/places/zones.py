"""Land, lake, territorial sea, exclusive economic zone, joint zone or high seas.

On land the polygons of the layers answer. At sea the nearest coast does (equidistance): its
territorial sea within 12 nautical miles, its presumed exclusive economic zone within 200, the high
seas beyond; distances are geodesics. So close to a coast that the layer is no finer, a point counts as
land. Boundaries agreed by treaty are known only where the table of
joint zones holds them.

References
----------
United Nations Convention on the Law of the Sea (1982), articles 3, 15, 57, 74 and 86.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from georisk.places.antimeridian import Floats
from georisk.places.edges import EdgeIndex, Integers
from georisk.places.layers import HIGH_SEAS, Layers, Limits

__all__ = ["zones_of"]

NOWHERE = -1


def zones_of(lon: Floats, lat: Floats, layers: Layers) -> pd.DataFrame:
    """Jurisdiction, zone, claimants and basis of points on the globe.

    Parameters
    ----------
    lon, lat
        Degrees, longitude in [-180, 180), no missing values.
    layers
        What :func:`georisk.places.layers.load_layers` returned.
    """
    points = np.asarray(shapely.points(lon, lat), dtype=object)
    owner = _first_holding(points, layers.land.geometry.to_numpy())
    lake = _first_holding(points, layers.lakes.geometry.to_numpy()) != NOWHERE
    zone = np.where(lake, "lake", np.where(owner == NOWHERE, "high seas", "land")).astype(object)
    basis = np.full(len(lon), "", dtype=object)
    for rows, settle in ((owner == NOWHERE) & lake, _by_shore), ((owner == NOWHERE) & ~lake, _by_coast):
        owner[rows], zone[rows], basis[rows] = settle(lon[rows], lat[rows], layers)
    table = _attributes(owner, zone, basis, layers)
    _lay_joint_zones(table, points, (owner == NOWHERE) | np.isin(zone, ["EEZ", "territorial sea"]), layers)
    return table


def _first_holding(points: NDArray[np.object_], polygons: NDArray[np.object_]) -> Integers:
    """Row of the first polygon that holds each point, its edge included."""
    polygon, point = shapely.STRtree(points).query(polygons, predicate="intersects")
    first = np.full(len(points), NOWHERE)
    first[point[::-1]] = polygon[::-1]
    return first


def _by_shore(lon: Floats, lat: Floats, layers: Layers) -> tuple[Integers, str, str]:
    """Lakes the country layer leaves out (the Caspian Sea) go to the country of the nearest shore."""
    _, edge = layers.coasts.nearest(lon, lat)
    return layers.coasts.edges.left[edge], "lake", "; nearest shore"


def _by_coast(lon: Floats, lat: Floats, layers: Layers) -> tuple[Integers, NDArray[np.object_], NDArray[np.object_]]:
    """The coast whose zone holds each point at sea, that zone, and how it was found."""
    limits = layers.limits
    km, coast = _owner(layers.coasts, lon, lat, limits.eez_km)
    bare_km, bare = _owner(layers.bare_coasts, lon, lat, limits.eez_km)
    by_bare = (bare_km < km) & (bare_km <= layers.land.reach_km.to_numpy()[bare])
    owner = np.where(by_bare, bare, coast)
    near = np.where(by_bare, bare_km, km)
    reach = [near <= limits.shore_km, near <= limits.territorial_km, near <= limits.eez_km]
    zone = np.select(reach, ["land", "territorial sea", "EEZ"], "high seas").astype(object)
    owner[zone == "high seas"] = NOWHERE
    return owner, zone, np.select(reach, _notes(limits), f"; no coast within {limits.eez_nm:g} nm").astype(object)


def _owner(index: EdgeIndex, lon: Floats, lat: Floats, within_km: float) -> tuple[Floats, Integers]:
    km, edge = index.nearest(lon, lat, within_km)
    return km, np.append(index.edges.left, NOWHERE)[edge]


def _notes(limits: Limits) -> list[str]:
    return [
        f"; coast within {limits.shore_km:g} km",
        f"; presumed, nearest coast within {limits.territorial_nm:g} nm",
        f"; presumed, nearest coast within {limits.eez_nm:g} nm",
    ]


def _attributes(owner: Integers, zone: NDArray[np.object_], note: NDArray[np.object_], layers: Layers) -> pd.DataFrame:
    land = layers.land[["jurisdiction", "claimants", "basis"]].to_numpy(dtype=object)
    nobody = np.array([[HIGH_SEAS, "", layers.limits.names["countries"]]], dtype=object)
    jurisdiction, claimants, basis = np.vstack([land, nobody])[owner].T
    return pd.DataFrame({"jurisdiction": jurisdiction, "zone": zone, "claimants": claimants, "basis": basis + note})


def _lay_joint_zones(
    table: pd.DataFrame, points: NDArray[np.object_], at_sea: NDArray[np.bool_], layers: Layers
) -> None:
    """A joint zone is answered for by the nearest coast if that state shares it, else by its first state."""
    zones = layers.joint_zones
    held = np.where(at_sea, _first_holding(points, zones.geometry.to_numpy()), NOWHERE)
    rows = np.flatnonzero(held != NOWHERE)
    claimants, basis = (zones[column].to_numpy(dtype=object)[held[rows]] for column in ("claimants", "basis"))
    whose = table.jurisdiction.to_numpy(dtype=object, copy=True)
    whose[rows] = [
        own if own in sharing.split(";") else sharing.partition(";")[0]
        for own, sharing in zip(whose[rows], claimants, strict=True)
    ]
    table["jurisdiction"] = whose
    for column, values in (("zone", "joint zone"), ("claimants", claimants), ("basis", basis)):
        cells = table[column].to_numpy(dtype=object, copy=True)
        cells[rows] = values
        table[column] = cells

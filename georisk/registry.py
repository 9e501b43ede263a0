"""The registry: one row a site, as of a day and as known by a day, every cell traceable to its statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from georisk.financing import Money, finance_of
from georisk.ownership.holders import Holders
from georisk.places.geojson import from_geojson
from georisk.seeds import Site
from georisk.snapshot import Snapshot
from georisk.stages import stage_of_site
from georisk.statements import Statement

if TYPE_CHECKING:
    import geopandas as gpd

COLUMNS = ("id", "name", "kind", "stage", "stage_since", "operator", "owners", "ultimate_parents", "commodities",
           "finance_committed", "finance_disbursed", "finance_approved", "finance_conditional", "finance_nonbinding",
           "offtake", "jurisdiction", "precision_km", "geometry_basis", "evidence_newest", "evidence_oldest",
           "sources", "sources_independent", "sources_official", "geometry")  # fmt: skip
"""Columns of the registry, in order. Texts are joined by ``; ``; ``None`` is not known.

stage_since, evidence_newest, evidence_oldest
    Dates as their sources give them. jurisdiction: ISO 3166-1 alpha-3, ``;``-separated. precision_km: kilometres,
    the largest of a site's parts. geometry: WGS84 (EPSG:4326), longitude first, ``None`` where it was not found.
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and the ids of the statements it comes from."""

    value: Any
    statements: tuple[str, ...] = ()


Row = dict[str, Cell]


def registry_rows(snapshot: Snapshot, holders: Holders, places: Path) -> dict[str, Row]:
    """Return the cells of every site by its id.

    Parameters
    ----------
    snapshot, holders
        What held on the day, and who owned it.
    places
        The folder of the layers that tell jurisdictions (``data/places``).
    """
    rows = {site.id: _row(snapshot, holders, site) for site in snapshot.seeds.sites.values()}
    for site, jurisdiction in jurisdictions(snapshot, places).items():
        rows[site]["jurisdiction"] = jurisdiction
    return rows


def registry_frame(rows: Mapping[str, Row]) -> gpd.GeoDataFrame:
    """Return the registry as a GeoDataFrame with the columns :data:`COLUMNS`, WGS84, longitude first."""
    import geopandas as gpd

    table = [{name: row[name].value for name in COLUMNS} for row in rows.values()]
    return gpd.GeoDataFrame(table, columns=list(COLUMNS), geometry="geometry", crs="EPSG:4326")


def in_scope(site: Site) -> list[str]:
    """Return the subjects whose statements speak of a site: itself, its parts, its title holders."""
    names = [site.id, *(part.id for part in site.parts), *(site.holder_of(one) for one in site.subjects())]
    return list(dict.fromkeys(names))


def chain_parties(snapshot: Snapshot, holders: Holders, site: Site) -> list[str]:
    """Return the parties above a site through which a material share runs, nearest first."""
    roots = dict.fromkeys(site.holder_of(one) for one in site.subjects())
    return list(dict.fromkeys(link.stake.owner for root in roots for link in holders.links(root)))


def statements_about(snapshot: Snapshot, holders: Holders, site: Site) -> list[Statement]:
    """Return all known statements about a site, its parts, its title holders and the owners above them."""
    subjects = dict.fromkeys([*in_scope(site), *chain_parties(snapshot, holders, site)])
    found = [one for one in snapshot.known if one.subject in subjects]
    return sorted(found, key=lambda one: (one.subject, one.property, one.key))


def _row(snapshot: Snapshot, holders: Holders, site: Site) -> Row:
    scope = in_scope(site)
    stage = stage_of_site(snapshot, site.id, [part.id for part in site.parts])
    evidence = [one for subject in scope for one in snapshot.known if one.subject == subject]
    row = {
        "id": Cell(site.id),
        "name": Cell(site.name),
        "kind": Cell(site.kind),
        "stage": Cell(stage.code, stage.statements),
        "stage_since": Cell(str(stage.since) if stage.since else None, stage.statements),
        "operator": _operator(snapshot, scope),
        "owners": _owners(snapshot, holders, site),
        "ultimate_parents": _ultimate(snapshot, holders, site),
        "commodities": _listed(snapshot.holding(site.id, "commodity")),
        "offtake": _offtake(snapshot, scope),
        **_finance(snapshot, scope),
        **_place(snapshot, site),
        **_evidence(snapshot, evidence),
    }
    return {name: row[name] for name in COLUMNS}


def jurisdictions(snapshot: Snapshot, places: Path) -> dict[str, Cell]:
    """Return whose land or sea each site lies in, computed from its geometry: ``TZA``, ``JPN (EEZ)``, ``AGO;COD``.

    A schematic line strays, so its leg counts with the country it states. No geometry: ``None``.
    """
    from georisk.places.jurisdiction import locate

    found = {site: _located(snapshot, site) for site in snapshot.seeds.sites.values()}
    computed = [one for items in found.values() for one in items if not _is_schematic(one)]
    points = [representative_point(one.value) for one in computed]
    answers = locate(places, [point[0] for point in points], [point[1] for point in points]) if points else None
    texts = {}
    if answers is not None:
        for one, answer in zip(computed, answers.itertuples(index=False), strict=True):
            texts[one.id] = answer.jurisdiction + ("" if answer.zone == "land" else f" ({answer.zone})")
    return {site.id: _jurisdiction(items, texts) for site, items in found.items()}


def representative_point(geometry: dict[str, Any]) -> tuple[float, float]:
    """Return a point that lies in a GeoJSON geometry, longitude first."""
    point = from_geojson(geometry).representative_point()
    return point.x, point.y


def _located(snapshot: Snapshot, site: Site) -> list[Statement]:
    found = [one for name in (site.id, *(part.id for part in site.parts)) for one in snapshot.holding(name, "location")]
    return [one for one in found if isinstance(one.value, dict)]


def _is_schematic(one: Statement) -> bool:
    return one.qualifiers.get("geometry_basis") == "schematic"


def _jurisdiction(items: list[Statement], texts: Mapping[str, str]) -> Cell:
    codes = [texts.get(one.id) or str(one.qualifiers["country"]) for one in items]
    return Cell(";".join(dict.fromkeys(codes)) or None, _ids(items))


def _join(texts: Iterable[str]) -> str | None:
    return "; ".join(dict.fromkeys(texts)) or None


def _ids(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.id for one in statements))


def _operator(snapshot: Snapshot, scope: list[str]) -> Cell:
    found = [one for subject in scope for one in snapshot.holding(subject, "operator") if one.value is not None]
    return Cell(_join(snapshot.name(str(one.value)) for one in found), _ids(found))


def _owners(snapshot: Snapshot, holders: Holders, site: Site) -> Cell:
    texts, ids = [], []
    for subject in site.subjects():
        prefix = f"{snapshot.name(subject)}: " if site.parts else ""
        stakes = holders.direct(site.holder_of(subject))
        ids += [one for stake in stakes for one in stake.statements]
        if stakes:
            texts.append(prefix + ", ".join(holders.stake_text(stake) for stake in stakes))
    return Cell(_join(texts), tuple(dict.fromkeys(ids)))


def _ultimate(snapshot: Snapshot, holders: Holders, site: Site) -> Cell:
    texts, ids = [], []
    for subject in site.subjects():
        prefix = f"{snapshot.name(subject)}: " if site.parts else ""
        ends = [one for one in holders.ultimate(site.holder_of(subject)) if one.high >= 1.0]
        ids += [one for end in ends for one in end.statements]
        if holders.direct(site.holder_of(subject)):
            texts.append(prefix + ", ".join(holders.terminal_text(end) for end in ends))
    return Cell(_join(texts), tuple(dict.fromkeys(ids)))


def _listed(statements: list[Statement]) -> Cell:
    values = [text for one in statements if isinstance(one.value, list) for text in one.value]
    return Cell(_join(values), _ids(statements))


def _offtake(snapshot: Snapshot, scope: list[str]) -> Cell:
    found = [one for subject in scope for one in snapshot.holding(subject, "offtake")]
    return Cell(_join(_offtake_text(snapshot, one) for one in found), _ids(found))


def _offtake_text(snapshot: Snapshot, one: Statement) -> str:
    if one.absent is not None:
        return one.absent.replace("-", " ")
    share = (
        "share not stated" if one.value is None else f"{one.value:g} %" if not isinstance(one.value, list) else "a band"
    )
    force = "" if one.force in ("in-effect", "binding") else f", {one.force}"
    end = f", ends before {one.valid_until}" if one.valid_until else ""
    return f"{snapshot.name(str(one.qualifiers.get('buyer', 'buyer not named')))} {share}{force}{end}"


def _finance(snapshot: Snapshot, scope: list[str]) -> dict[str, Cell]:
    items = finance_of(snapshot, scope)
    states = ("committed", "disbursed", "approved", "conditional", "nonbinding")
    return {f"finance_{state}": _money([item for item in items if item.state == state]) for state in states}


def _money(items: list[Money]) -> Cell:
    return Cell(_join(item.text for item in items), _ids(item.statement for item in items))


def _place(snapshot: Snapshot, site: Site) -> dict[str, Cell]:
    found = _located(snapshot, site)
    precision = max((float(one.qualifiers["precision_km"]) for one in found), default=None)
    bases = [str(one.qualifiers["geometry_basis"]) for one in found]
    shapes = [from_geojson(one.value) for one in found]
    return {
        "jurisdiction": _jurisdiction(found, {}),
        "precision_km": Cell(precision, _ids(found)),
        "geometry_basis": Cell(_join(bases), _ids(found)),
        "geometry": Cell(_collected(shapes), _ids(found)),
    }


def _collected(shapes: list[Any]) -> Any:
    from shapely import GeometryCollection, MultiPoint, Point

    if len(shapes) < 2:
        return shapes[0] if shapes else None
    return MultiPoint(shapes) if all(isinstance(one, Point) for one in shapes) else GeometryCollection(shapes)


def _evidence(snapshot: Snapshot, statements: list[Statement]) -> dict[str, Cell]:
    sources = {key: snapshot.seeds.sources[key] for one in statements for key in one.sources}
    dates = sorted(source.published for source in sources.values() if source.published is not None)
    ids = _ids(statements)
    return {
        "evidence_newest": Cell(str(dates[-1]) if dates else None, ids),
        "evidence_oldest": Cell(str(dates[0]) if dates else None, ids),
        "sources": Cell(len(sources), ids),
        "sources_independent": Cell(len({source.origin for source in sources.values()}), ids),
        "sources_official": Cell(sum(source.grade == "A" for source in sources.values()), ids),
    }

"""What the overview map shows, gathered as plain data from a report."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from georisk import assessment, financing
from georisk.explaining.context import touching_now
from georisk.explaining.phrases import phrase
from georisk.outputs import map as page
from georisk.outputs.change_lines import changed_sentence
from georisk.outputs.map_base import outlines
from georisk.outputs.map_choices import answers, choices, groups
from georisk.outputs.map_flows import country_parts, flows, named_parents
from georisk.outputs.rows import Report, overdue_texts
from georisk.ownership.holders import share_text
from georisk.registry import in_scope
from georisk.seeds import Site
from georisk.snapshot import Snapshot
from georisk.stages import stage_of, stage_of_site
from georisk.statements import Source, Statement
from georisk.vocabulary import Vocabulary, read_vocabulary

FACTS = {
    "processing": "Processing", "proceeding": "Proceeding", "milestone": "Planned", "support": "Government support",
    "tenure": "Tenure", "chinese-link": "Chinese link",
}  # fmt: skip
SHORT = {"jurisdiction": "Jurisd.", "opacity": "Opacity", "china": "China"}


def map_data(found: Report, data: Path, links: Iterable[page.Link] = ()) -> page.MapData:
    """Return what the map page needs.

    Parameters
    ----------
    found
        Report of the run.
    data
        The ``data/`` folder: vocabularies and the base map.
    links
        Pages beside the map.
    """
    snapshot, method = found.snapshot, found.assessment.method
    ends = [*(band.start for band in method.band[1:]), 100.0]
    sites = [_site(found, site, data / "vocabulary") for site in found.sites]
    return page.MapData(
        title="georisk: critical-mineral projects",
        as_of=snapshot.as_of.isoformat(),
        known_by=snapshot.known_by.isoformat(),
        projection=snapshot.projection,
        method={"version": method.version, "fingerprint": method.fingerprint},
        dimensions=[
            {"key": one.key, "title": one.title, "question": one.question, "short": SHORT.get(one.key, one.title)}
            for one in method.dimension
        ],
        bands=[{"key": band.key, "title": band.title, "low": band.start, "high": end}
               for band, end in zip(method.band, ends, strict=True)],
        basemap=outlines(data / "places" / "basemap-110m.json"),
        detail=outlines(data / "places" / "basemap-50m.json"),
        sites=sites,
        choices=choices(found, sites, data / "vocabulary"),
        countries=country_parts(found, [(site["id"], site["country"]) for site in sites]),
        composite={"key": "composite", "title": "Composite", "question": "How risky over all three dimensions?"},
        links=list(links),
    )  # fmt: skip


def _site(found: Report, site: Site, vocabulary: Path) -> page.Site:
    snapshot, scored = found.snapshot, found.assessment.sites[site.id]
    countries = read_vocabulary(vocabulary, "countries")
    codes = [code.split(" ")[0] for code in str(found.rows[site.id]["jurisdiction"].value or "").split(";")]
    stage = stage_of_site(snapshot, site.id, [part.id for part in site.parts])
    commodities = _texts(found, site, "commodities")
    grouped = groups(commodities, vocabulary)
    return {
        "id": site.id,
        "name": site.name,
        "aliases": _aliases(snapshot, site),
        "kind": site.kind,
        "kind_title": read_vocabulary(vocabulary, "site-kinds").title(site.kind),
        "country": [code for code in codes if code],
        "country_names": [_country(countries, code) for code in codes if code],
        "stage": stage.code,
        "stage_title": stage.code and read_vocabulary(vocabulary, "stages").title(stage.code),
        "stage_since": str(stage.since) if stage.since else None,
        "stage_reported": stage.reported,
        "operator": found.rows[site.id]["operator"].value,
        "owners": _owners(found, site),
        "ultimate": _ultimate(found, site),
        "commodities": commodities,
        "finance": _finance(found, site),
        "offtake": _lines(found, site, "offtake"),
        "facts": _facts(found, site),
        "scores": {"composite": _score(found, scored.composite)}
        | {key: _score(found, one) for key, one in scored.dimensions.items()},
        "worst": scored.worst,
        "unknown": [
            f"{one.question} ({one.reason.replace('-', ' ')})"
            for score in scored.dimensions.values()
            for one in score.unknown
        ],
        "overdue": overdue_texts(snapshot, site),
        "parts": [_part(found, site, part) for part in scored.parts],
        "dossier": f"sites/{site.id}.html",
        "shapes": _shapes(found, site, vocabulary),
        "changed": changed_sentence(found.changes, site.id),
        "owner_names": _owner_names(found, site),
        "commodity_groups": grouped,
        "groups": {"stage": stage.code, "commodity": next(iter(grouped), None)} | answers(found.law, site.id),
        "flows": flows(found, site),
    }


def _country(countries: Vocabulary, code: str) -> str:
    return countries.title(code) if code in countries else code


def _aliases(snapshot: Snapshot, site: Site) -> list[str]:
    names = [*site.aliases, *(alias for part in site.parts for alias in (part.name, *part.aliases))]
    for subject in site.subjects():
        party = snapshot.seeds.parties.get(site.holder_of(subject))
        names += [party.name, *party.aliases] if party else []
    return list(dict.fromkeys(name for name in names if name != site.name))


def _texts(found: Report, site: Site, column: str) -> list[str]:
    value = found.rows[site.id][column].value
    return str(value).split("; ") if value else []


def _owners(found: Report, site: Site) -> list[page.Owner]:
    owners: list[page.Owner] = []
    for subject in site.subjects():
        prefix = f"{found.snapshot.name(subject)}: " if site.parts else ""
        for stake in found.holders.direct(site.holder_of(subject)):
            point = stake.equity.point if stake.equity is not None else None
            owners.append({
                "name": prefix + found.snapshot.name(stake.owner),
                "share": None if point is None else share_text(stake),
                "note": "free carried" if stake.carried else None,
            })  # fmt: skip
    return owners


def _owner_names(found: Report, site: Site) -> list[str]:
    """Return who a filter by owner finds: direct holders and the ultimate parents that are named."""
    held = [site.holder_of(subject) for subject in site.subjects()]
    parties = [stake.owner for one in held for stake in found.holders.direct(one)]
    parties += [end.party for one in held for end in named_parents(found, one)]
    return list(dict.fromkeys(map(found.snapshot.name, parties)))


def _ultimate(found: Report, site: Site) -> list[page.Parent]:
    parents: list[page.Parent] = []
    for subject in site.subjects():
        if not found.holders.direct(site.holder_of(subject)):
            continue
        prefix = f"{found.snapshot.name(subject)}: " if site.parts else ""
        for end in found.holders.ultimate(site.holder_of(subject)):
            if end.high < 1.0:
                continue
            name = {"free-float": "free float of ", "undisclosed": "undisclosed owners of "}.get(end.kind, "")
            bounded = end.high - end.low >= 0.05
            parents.append({
                "name": prefix + name + found.snapshot.name(end.party),
                "share": None if end.share is None else f"{end.share:.2f}".rstrip("0").rstrip(".") + " %",
                "low": f"{end.low:.1f} %" if bounded else None,
                "high": f"{end.high:.1f} %" if bounded else None,
            })  # fmt: skip
    return parents


def _finance(found: Report, site: Site) -> list[page.Finance]:
    items = financing.finance_of(found.snapshot, in_scope(site))
    order = list(financing.STATES.values())
    items = sorted(items, key=lambda item: order.index(item.state))
    return [
        {
            "state": item.state.replace("nonbinding", "non-binding"),
            "text": item.text,
            "sources": cite(found.snapshot, item.statement),
        }
        for item in items
    ]


def _lines(found: Report, site: Site, name: str) -> list[page.Line]:
    statements = [one for subject in in_scope(site) for one in found.snapshot.holding(subject, name)]
    return [{"text": _told(found, site, one), "sources": cite(found.snapshot, one)} for one in statements]


def _told(found: Report, site: Site, one: Statement) -> str:
    """Return a statement in a phrase; of a site with parts, the part is named first."""
    prefix = f"{found.snapshot.name(one.subject)}: " if site.parts and one.subject != site.id else ""
    return prefix + phrase(found.snapshot, one)


def _facts(found: Report, site: Site) -> list[page.Fact]:
    facts: list[page.Fact] = []
    for name, label in FACTS.items():
        for subject in in_scope(site):
            for one in found.snapshot.holding(subject, name):
                facts.append({"label": label, "text": _told(found, site, one), "sources": cite(found.snapshot, one)})
    return facts + [_context(found.snapshot, one) for one in touching_now(found.snapshot, site)]


def _context(snapshot: Snapshot, one: Statement) -> page.Fact:
    """Return what a country or a scheme says, under the name of either."""
    own = "Policy" if one.property in ("policy", "support") else one.property.replace("-", " ").capitalize()
    label = "Programme" if one.subject in snapshot.seeds.programmes else own
    text = f"{snapshot.name(one.subject)}: {phrase(snapshot, one)}"
    return {"label": label, "text": text, "sources": cite(snapshot, one)}


def _part(found: Report, site: Site, part: assessment.Scored) -> page.Part:
    stage = stage_of(found.snapshot, part.id)
    owners = ", ".join(found.holders.stake_text(stake) for stake in found.holders.direct(site.holder_of(part.id)))
    lines = [f"Stage: {stage.code or 'not known'}" + (f", since {stage.since}" if stage.since else "")]
    lines.append(f"Owners: {owners}" if owners else "Owners: not known")
    lines += length_lines(found.snapshot, part.id)
    scores = {"composite": _score(found, part.composite)} | {
        key: _score(found, one) for key, one in part.dimensions.items()
    }
    return {"id": part.id, "name": part.name, "scores": scores, "lines": lines}


def length_lines(snapshot: Snapshot, subject: str) -> list[str]:
    """Return what a line measures as drawn, on the ellipsoid, and that the track is longer."""
    from georisk.places.geojson import from_geojson
    from georisk.places.geometry import length_km

    drawn = [one for one in snapshot.holding(subject, "location") if isinstance(one.value, dict)]
    lengths = [length_km(from_geojson(one.value)) for one in drawn if "LineString" in str(one.value.get("type"))]
    reported = [phrase(snapshot, one) for one in snapshot.known_of(subject, "length")]
    return [f"Length as drawn: {length:,.0f} km (geodesic, schematic)" for length in lengths] + [
        f"Track length as reported: {text}" for text in reported
    ]


def _score(found: Report, score: assessment.Score) -> page.Score:
    return {
        "score": score.score,
        "low": score.low,
        "high": score.high,
        "band": score.band,
        "known_weight": score.known_weight,
        "reason": score.reason or None,
        "with_weak_band": score.weak_band,
        "reasons": [
            {"points": one.points, "sentence": one.sentence, "sources": _reason_sources(found, one.statements)}
            for one in score.contributions
        ],
        "missing": [{"what": one.question, "reason": one.reason.replace("-", " ")} for one in score.unknown],
    }


def _reason_sources(found: Report, names: Iterable[str]) -> list[page.Source]:
    by_id, cited = found.snapshot.by_id, []
    series = dict.fromkeys(name.removeprefix("ref:").split("/")[0] for name in names if name.startswith("ref:"))
    for key in series:
        edition = found.assessment.evidence.series(key).edition
        cited.append(
            page.Source(
                title=edition.title, publisher=edition.publisher, date=edition.published, url=edition.url, grade="A"
            )
        )
    for name in names:
        if name in by_id and by_id[name].property != "location":
            cited += cite(found.snapshot, by_id[name])
    return list({(one["title"], one["date"]): one for one in cited}.values())[:8]


def cite(snapshot: Snapshot, one: Statement) -> list[page.Source]:
    """Return the sources of a statement, best grade first."""
    sources: list[Source] = sorted(snapshot.sources(one), key=lambda source: source.grade)
    return [
        {"title": source.title, "publisher": source.publisher, "url": source.url, "grade": source.grade,
         "date": str(source.published) if source.published else None}
        for source in sources
    ]  # fmt: skip


def _shapes(found: Report, site: Site, vocabulary: Path) -> list[page.Shape]:
    bases = read_vocabulary(vocabulary, "geometry-bases")
    shapes: list[page.Shape] = []
    for subject in (site.id, *(part.id for part in site.parts)):
        for one in found.snapshot.holding(subject, "location"):
            if isinstance(one.value, dict):
                given = one.qualifiers
                shapes.append({
                    "geometry": one.value,
                    "part": subject if subject != site.id else None,
                    "precision_km": float(given["precision_km"]),
                    "caption": given.get("caption") or given.get("stands_for"),
                    "planned": one.force == "planned",
                    "basis": bases.title(str(given["geometry_basis"])),
                })  # fmt: skip
    return shapes

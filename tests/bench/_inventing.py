"""An invented registry as large as asked, with the real one embedded in it unchanged."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from georisk.dates import When
from georisk.seeds import Party, Seeds, Site
from georisk.statements import Source, Statement, statement_id

GROUPS = 5
"""One group of owners for so many sites."""
PLACES = ("AUS", "BRA", "CAN", "CHL", "CHN", "COD", "GBR", "IDN", "KAZ", "MWI", "PER", "TZA", "USA", "ZAF", "ZMB")
DATES = [When.parse(f"{year}-{month:02d}-15") for year in range(2019, 2026) for month in range(1, 13)]
READ = When.parse("2026-06-01")


def invented(real: Seeds, sites: int, stakes: int, *, seed: int = 7) -> Seeds:
    """Return a registry of invented sites and the real ones.

    Parameters
    ----------
    real
        The registry to embed.
    sites, stakes
        How many to invent: each site has a title holder with one stake or more, the others lie further up.
    """
    draw = random.Random(seed)
    groups = max(2, sites // GROUPS)
    parties = {f"inv-{n}": Party(f"inv-{n}", f"Invented Mining {n}", "company", ()) for n in range(sites)}
    for n in range(groups):
        kind = ("state", "person", "fund", "company", "company")[n % 5]
        parties[f"own-{n}"] = Party(f"own-{n}", f"Invented Group {n}", kind, ())
    found = {
        f"site-{n}": Site(f"site-{n}", f"Invented Site {n}", "mine", (), f"inv-{n}", (), None) for n in range(sites)
    }
    sources = {f"inv_{grade}": _source(grade) for grade in "ABC"}
    statements = (*_stakes(draw, sites, groups, stakes), *_parties(draw, sites, groups), *_sites(draw, sites, groups))
    return replace(
        real,
        sites={**found, **real.sites},
        parties={**parties, **real.parties},
        sources={**sources, **real.sources},
        statements=(*statements, *real.statements),
    )


def _source(grade: str) -> Source:
    return Source(
        f"inv_{grade}", f"Invented report {grade}", "Invented Press", grade, published=READ, origin="invented"
    )


def _said(draw: random.Random, subject: str, name: str, value: Any, **more: Any) -> Statement:
    grade = draw.choices("ABC", (30, 60, 10))[0]
    start = draw.choice(DATES)
    qualifiers, unit = more.pop("qualifiers", {}), more.pop("unit", None)
    content = value if value is not None else {"absent": more.get("absent")}
    ident = statement_id(subject, name, content, unit, qualifiers, start)
    return Statement(
        ident, f"{subject}:{name}-{ident[2:]}", subject, name, value, (f"inv_{grade}",), grade, READ, "published", unit,
        qualifiers, valid_from=start, timeless=name in ("admin-unit", "incorporation", "commodity"), **more,
    )  # fmt: skip


def _stakes(draw: random.Random, sites: int, groups: int, stakes: int) -> Iterator[Statement]:
    def stake(owned: str, owner: int, percent: float | None) -> Statement:
        missing = "not-found" if percent is None else None
        qualifiers = {"owner": f"own-{owner}"}
        return _said(draw, owned, "stake", percent, unit="percent", qualifiers=qualifiers, unknown=missing)

    for n in range(sites):
        percent = None if draw.random() < 0.1 else round(draw.uniform(30, 60), 2) if draw.random() < 0.6 else 100.0
        yield stake(f"inv-{n}", draw.randrange(groups), percent)
    level = max(1, groups // 4)  # owners own upward only: level by level, no loops
    held: dict[tuple[str, int], float] = {}
    for n in range(stakes - sites):
        if n % 2:
            owned, owner = f"inv-{draw.randrange(sites)}", draw.randrange(groups)
        else:
            below = draw.randrange(level, groups)
            owned, owner = f"own-{below}", draw.randrange(below - below % level)
        if (owned, owner) not in held:
            held[owned, owner] = round(draw.uniform(5, 20), 2)
            yield stake(owned, owner, held[owned, owner])


def _parties(draw: random.Random, sites: int, groups: int) -> Iterator[Statement]:
    for n in range(sites):
        yield _said(draw, f"inv-{n}", "incorporation", draw.choice(PLACES))
    for n in range(groups):
        name = "nationality" if n % 5 < 2 else "incorporation"
        yield _said(draw, f"own-{n}", name, draw.choice(PLACES))
        if n % 5 == 3:
            yield _said(draw, f"own-{n}", "listing", "INV: OWN")


def _sites(draw: random.Random, sites: int, groups: int) -> Iterator[Statement]:
    for n in range(sites):
        site, other = f"site-{n}", f"own-{draw.randrange(groups)}"
        yield _said(draw, site, "admin-unit", "a district", qualifiers={"country": draw.choice(PLACES)})
        yield _said(draw, site, "commodity", [draw.choice(("copper", "cobalt", "rare earth concentrate", "graphite"))])
        yield _said(draw, site, "stage", draw.choice(("exploration", "construction", "production")))
        if draw.random() < 0.4:
            end = When.parse(f"{draw.randint(2025, 2034)}-06-01")
            share = draw.choice((20, 50, 100))
            yield _said(draw, site, "offtake", share, unit="percent", qualifiers={"buyer": other}, valid_until=end)
        if draw.random() < 0.3:
            place = draw.choice(PLACES)
            yield _said(draw, site, "processing", 100, unit="percent", qualifiers={"country": place})
        if draw.random() < 0.2:
            loan = {"lender": other, "kind": "loan"}
            yield _said(draw, site, "finance", draw.randint(1, 500) * 1e6, unit="USD", qualifiers=loan, force="binding")
        if draw.random() < 0.1:
            yield _said(draw, site, "proceeding", "an invented suit", qualifiers={"against": "title"})
        if draw.random() < 0.3:
            channels = {"channels": ["equity", "control", "debt", "contractor"]}
            yield _said(draw, site, "chinese-link", None, absent="none-found", qualifiers=channels)

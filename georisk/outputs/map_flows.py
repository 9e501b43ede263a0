"""Where owners and lenders of a site are at home, and how risky a country itself is: what the map draws on demand."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from georisk.assessment import Score, Scored
from georisk.method import Method
from georisk.outputs.map_data import CountryPart, Flow
from georisk.outputs.rows import Report
from georisk.ownership.terminals import Terminal
from georisk.registry import in_scope
from georisk.seeds import Site

_LEAST_PERCENT = 1.0
COUNTRY_FUNCTIONS = ("country_mean", "country_sum", "country_lists")


def flows(found: Report, site: Site) -> list[Flow]:
    """Return the countries from which a site is owned and financed; a party without a known home gives none."""
    told = chain(_owners(found, site), _lenders(found, site))
    return list({(one["kind"], one["country"], one["name"]): one for one in told}.values())


def named_parents(found: Report, holder: str) -> list[Terminal]:
    """Return the ultimate owners with a name that may hold a per cent or more."""
    return [end for end in found.holders.ultimate(holder) if end.kind == "owner" and end.high >= _LEAST_PERCENT]


def country_parts(found: Report, homes: Iterable[tuple[str, list[str]]]) -> dict[str, CountryPart]:
    """Return by country the mean risk, 0 to 100, of those jurisdiction indicators that look at the country alone.

    Parameters
    ----------
    homes
        Ids of sites with the countries they lie in; a site in several countries tells nothing of one.

    Notes
    -----
    Proceedings against a site are not in it. A country is absent where no indicator of the kind is known.
    """
    method, parts = found.assessment.method, {}
    for site, countries in homes:
        if len(countries) == 1 and countries[0] not in parts:
            score = _country_score(method, found.assessment.sites[site])
            if score is not None:
                parts[countries[0]] = CountryPart(score=score, band=method.band_of(score))
    return parts


def _country_score(method: Method, scored: Scored) -> float | None:
    one: Score = scored.dimensions["jurisdiction"]
    weights = {each.key: (each.weight, each.function) for each in method.of("jurisdiction")}
    known = sum(weights[each.indicator][0] for each in one.contributions)
    ours = [each for each in one.contributions if weights[each.indicator][1] in COUNTRY_FUNCTIONS]
    share = sum(weights[each.indicator][0] for each in ours)
    return round(sum(each.points for each in ours) * known / share, 1) if share else None


def _owners(found: Report, site: Site) -> Iterable[Flow]:
    for subject in site.subjects():
        for end in named_parents(found, site.holder_of(subject)):
            home = found.snapshot.country_of(end.party)
            if home is not None:
                share = "share not published" if end.share is None else f"{end.share:.1f} %"
                yield Flow(kind="owner", country=home, name=found.snapshot.name(end.party), text=share)


def _lenders(found: Report, site: Site) -> Iterable[Flow]:
    for subject in in_scope(site):
        for one in found.snapshot.holding(subject, "finance"):
            lender = str(one.qualifiers.get("lender", ""))
            home = found.snapshot.country_of(lender)
            if home is not None:
                text = f"{one.qualifiers.get('instrument', 'finance')}, {one.force.replace('-', ' ')}"
                yield Flow(kind="lender", country=home, name=found.snapshot.name(lender), text=text)

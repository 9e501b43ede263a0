"""The dossier of a site as one HTML page that asks the network for nothing.

Everything that states something carries the ids of its statements in ``data-statements``; the template escapes
every text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Template

from georisk.explaining.citations import Citations, Support
from georisk.explaining.dossier import Dossier, behind, dossier_of
from georisk.explaining.reasons import Explanation, explain
from georisk.financing import STATES, Money
from georisk.outputs import placemap, tree
from georisk.outputs.law import cited_by_law, legal_panel
from georisk.outputs.lead import STATE_TITLES, lead
from georisk.outputs.owner_marks import marks
from georisk.outputs.page import asset, document, environment, href
from georisk.outputs.reasoning import weak_sentence
from georisk.outputs.rows import NOT_COVERED, Report
from georisk.outputs.score_views import ScoreViews, speaks_of
from georisk.ownership.holders import Branch, bounds_text, share_text
from georisk.ownership.terminals import FLOAT, Terminal
from georisk.registry import Cell
from georisk.screens.lists.kinds import read_kinds
from georisk.seeds import Site
from georisk.vocabulary import read_vocabulary

STYLES = ("dossier-shell.css", "dossier.css")
CONTENTS = (
    ("place", "Place and stage"), ("owners", "Owners"), ("money", "Money"), ("sales", "Sales and processing"),
    ("scores", "Scores"), ("law", "Legal screens"), ("missing", "What to find out"), ("conflicts", "Disagreements"),
    ("china", "Chinese links"), ("proceedings", "Proceedings"), ("statements", "Statements"), ("sources", "Sources"),
)  # fmt: skip
GLOSSES = {
    "disbursed": "paid out, or held", "committed": "agreed and binding, not yet paid out",
    "approved": "approved, not signed", "conditional": "depends on a named condition",
    "nonbinding": "memorandum, letter of intent or offer",
}  # fmt: skip
CONFLICTS = {"contradiction": "These contradict each other", "rival": "Rival figures for one holding",
             "disputed": "Disputed, with no rival statement on record"}  # fmt: skip
_TERMS = ("conditions", "purpose", "security", "seniority", "part_of", "period")
_BASEMAP = ("places", "basemap-50m.json")


def dossier_page(found: Report, site: Site, row: Mapping[str, Cell], data: Path) -> str:
    """Return the dossier of one site.

    Parameters
    ----------
    found
        Report of the run.
    site
        The site.
    row
        Its row of the risk table.
    data
        The ``data/`` folder: vocabularies, reference tables, base map.
    """
    citations = Citations(found.snapshot, data)
    explanation = explain(found.assessment, site.id, citations)
    cited = [*_cited(found, site), *cited_by_law(found.law, found.payments(site), site)]
    dossier = dossier_of(site, found.holders, citations, cited)
    body = _template().render(_Writer(found, dossier, explanation, data).context(row))
    return document(f"{site.name}: dossier", body, styles=[asset(name) for name in STYLES])


@lru_cache(maxsize=1)
def _template() -> Template:
    return environment("dossier.html.j2", "dossier-parts.html.j2").get_template("dossier.html.j2")


def _cited(found: Report, site: Site) -> Iterator[str]:
    """Yield every id that the scores of a site and its parts rest on."""
    scored = found.assessment.sites[site.id]
    for one in (scored, *scored.parts):
        for score in one.dimensions.values():
            for contribution in score.contributions:
                yield from contribution.statements


@dataclass(frozen=True)
class _Writer:
    """Turns records into what the template asks for."""

    found: Report
    dossier: Dossier
    explanation: Explanation
    data: Path

    def context(self, row: Mapping[str, Cell]) -> dict[str, Any]:
        """Return everything the template names."""
        return {
            **self._head(row),
            **self._place(),
            **self._owners(),
            **self._evidence(),
            **self._scores(),
            **self._law(),
        }

    def _head(self, row: Mapping[str, Cell]) -> dict[str, Any]:
        snapshot, site = self.found.snapshot, self.dossier.site
        kind = read_vocabulary(self.data / "vocabulary", "site-kinds").title(site.kind)
        words = {"kind": kind, "place": _listed(list(map(self.country, self._hosts())))}
        return {
            "site": site,
            "changes": self.found.changes is not None,
            "dossier": self.dossier,
            "kind": kind,
            "aliases": site.aliases,
            "as_of": snapshot.as_of,
            "known_by": snapshot.known_by,
            "projection": snapshot.projection,
            "lead": lead(self.dossier, self.explanation, self.found.holders, row, words),
            "contents": CONTENTS,
            "country": self.country,
            "numbers": self.numbers,
            "web": web,
            "not_covered": NOT_COVERED,
            "method": self.found.assessment.method,
        }

    def _place(self) -> dict[str, Any]:
        hosts = self._hosts()
        places = [one.statement for one in self.dossier.places if one.statement is not None]
        place = _listed(list(map(self.country, hosts)))
        return {
            "hosts": list(map(self.country, hosts)),
            "map": placemap.place_map(places, self.data.joinpath(*_BASEMAP), hosts),
            "map_size": (placemap.WIDTH, placemap.HEIGHT),
            "map_text": f"Map of {self.dossier.site.name}" + (f" in {place}" if place else ""),
            "places": self.dossier.places,
            "main_events": [one for one in self.dossier.timeline if one.is_main],
            "other_events": [one for one in self.dossier.timeline if not one.is_main],
        }

    def _owners(self) -> dict[str, Any]:
        marked = marks(self.found.assessment, {key: one.title for key, one in read_kinds(self.data).items()})
        return {
            "holdings": [
                (one, tree.drawing_of(one, self.found.holders, self.country, marked) if one.direct else None)
                for one in self.dossier.holdings
            ],
            "box_width": tree.WIDTH,
            "kinds": tree.KIND_TITLES,
            "share": _branch_text,
            "end_name": self._end_name,
            "behind": behind,
            "subjects": {subject for subject, _ in self.dossier.groups},
        }

    def _evidence(self) -> dict[str, Any]:
        dossier = self.dossier
        return {
            "money": [
                (state, STATE_TITLES.get(state, state).capitalize(), GLOSSES[state],
                 [self._money(item) for item in dossier.money if item.state == state])
                for state in STATES.values()
            ],
            "conflicts": [{"title": CONFLICTS[one.kind], "sides": sides} for one, sides in dossier.conflicts],
            "proceedings": [self._dated(one) for one in dossier.proceedings],
            "topics": [self._dated(one) for one in dossier.topics],
            "groups": [(subject, self._group_name(subject), group) for subject, group in dossier.groups],
            "sources": list(dossier.sources.values()),
        }  # fmt: skip

    def _scores(self) -> dict[str, Any]:
        channels = read_vocabulary(self.data / "vocabulary", "channels")
        links = {code: [self._dated(one) for one in self.dossier.links if speaks_of(one, code)] for code in channels}
        views = ScoreViews(self.explanation, self.data).context(links)
        return {**views, "weak": weak_sentence(self.explanation)}

    def _law(self) -> dict[str, Any]:
        site = self.dossier.site
        return {"law": legal_panel(self.found.law, self.found.payments(site), site)}

    def country(self, code: str) -> str:
        """Return the name of a country."""
        countries = read_vocabulary(self.data / "vocabulary", "countries")
        return countries.title(code) if code in countries else code

    def numbers(self, names: Iterable[str]) -> list[int]:
        """Return the numbers of the sources behind some ids, smallest first."""
        supports = self.dossier.supports
        cited = {source.id for name in names if name in supports for source in supports[name].sources}
        return sorted(self.dossier.sources[key][0] for key in cited)

    def _hosts(self) -> list[str]:
        codes = [str(one.statement.qualifiers["country"]) for one in self.dossier.places if one.statement is not None]
        return list(dict.fromkeys(codes))

    def _money(self, item: Money) -> dict[str, Any]:
        one = item.statement
        lender = str(one.qualifiers.get("lender", ""))
        code = self.found.snapshot.country_of(lender) if lender else None
        terms = [f"{name.replace('_', ' ')}: {one.qualifiers[name]}" for name in _TERMS if name in one.qualifiers]
        terms += [f"ends before {one.valid_until}"] if one.valid_until else []
        return {
            "amount": "not published" if item.amount is None else f"{item.currency} {item.amount:,.0f}",
            "lender": item.lender,
            "place": self.country(code) if code else "",
            "recipient": item.recipient,
            "instrument": item.instrument,
            "statement": one,
            "status": one.status if one.status != "confirmed" else "",
            "since": str(one.valid_from or "not stated"),
            "terms": "; ".join(terms),
        }

    def _dated(self, one: Support) -> dict[str, Any]:
        past = one.statement is not None and not one.statement.holds(self.found.snapshot.as_of)
        return {"id": one.id, "about": one.about, "topic": one.topic, "text": one.text, "holds": one.holds,
                "past": past}  # fmt: skip

    def _end_name(self, end: Terminal) -> str:
        name = self.found.snapshot.name(end.party)
        if end.kind == "owner":
            hidden = self.found.holders.graph.remainder.get(end.party) == "undisclosed"
            return f"{name} (its owners are not published)" if hidden else name
        return f"{'Free float' if end.kind == FLOAT else 'Undisclosed owners'} of {name}"

    def _group_name(self, subject: str) -> str:
        first = dict(self.dossier.groups)[subject][0]
        return self.found.snapshot.name(subject) if first.statement is not None else f"{subject}: country series"


def web(address: str | None) -> str | None:
    """Return an address of the web that may be followed, ``None`` for any other; sources lie in no local page."""
    safe = href(address)
    return safe if safe is not None and ":" in safe else None


def _branch_text(branch: Branch) -> str:
    link = branch.link
    via = f", through {', '.join(branch.via)}" if branch.via else ""
    carried = ", free carried" if link.stake.carried else ""
    return f"{share_text(link.stake)}{carried}{via}; of the site {bounds_text(link.share, link.least, link.reach)}"


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)

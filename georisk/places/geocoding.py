"""From a name to the places it may mean, offline: registry, then mines and deposits, then towns.

Each candidate carries a radius within which the true place lies, and a score from 0 to 1. Several candidates with
close scores are an open question; an unknown name has none. Names are compared whole and without words such as
*mine*; where that finds nothing, by likeness (RapidFuzz). The numbers stand in ``ranking.toml`` of the gazetteer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import fuzz, process

from georisk.places.asking import Question, ask, without_country
from georisk.places.gazetteer import Entry, Gazetteer, Keys
from georisk.places.known import Known
from georisk.places.matching import WORKS, Match, Rules, distinct, read_rules, scored, shares_commodity
from georisk.places.names import Reading, fold

__all__ = ["Candidate", "Geocoder"]

MOST_TOWNS = 200  # of one name
MOST_LIKE = 30
MOST_LONGER = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a name may mean; the true place lies within ``precision_km`` of it. WGS 84, longitude first."""

    name: str
    lon: float
    lat: float
    precision_km: float
    country: str
    kind: str
    commodities: tuple[str, ...]
    score: float
    source: str
    matched: str


class Geocoder:
    """Looks names up in one registry and one gazetteer.

    Parameters
    ----------
    gazetteer
        The bundled tables.
    registry
        What :func:`georisk.places.known.known_places` returned.
    """

    def __init__(self, gazetteer: Gazetteer, registry: Sequence[Known] = ()) -> None:
        self.gazetteer = gazetteer
        self.registry = registry

    def places(self, name: str, country: str | None = None) -> list[Candidate]:
        """Return the places a name may mean, best first; an unknown name has none.

        Parameters
        ----------
        name
            In any script; a country, state or town may follow after a comma.
        country
            Name or code of a country it must lie in; with one that is not known nothing is found.
        """
        question = ask(name, self.gazetteer, None if country is None else self.gazetteer.codes_of(country))
        found = self._answers(question)
        if not self._settled(found) and (shorter := without_country(question, self.gazetteer)) is not None:
            found += self._answers(shorter)
        if not found and question.name.core:
            found = self._scored(self._pieces(question), question)
        return [_candidate(match) for match in distinct(found, self.rules)]

    @cached_property
    def rules(self) -> Rules:
        """How much each kind of likeness and doubt counts."""
        return read_rules(self.gazetteer.folder)

    def _settled(self, found: Sequence[Match]) -> bool:
        return any(match.likeness >= self.rules.settled for match in found)

    def _answers(self, question: Question) -> list[Match]:
        several = " " in fold(question.text)  # Silver City is a name, Mine is none
        readings = [one for one in (question.name, *question.others) if one.core or several]
        found = [match for reading in readings for match in self._named(reading, question)]
        if not self._settled(found) and not self.gazetteer.codes_of(question.text):
            found += self._longer(question.name, question)
            found += self._alike(question.name, question)
        return self._scored(found, question)

    def _scored(self, found: Iterator[Match] | list[Match], question: Question) -> list[Match]:
        beside = self._beside(question)
        works = bool(question.name.kinds & WORKS)
        return [scored(self._wider(match) if works else match, question, beside, self.rules) for match in found]

    def _wider(self, match: Match) -> Match:
        """A works that bears a town's name need not stand in the middle of it."""
        if match.entry.kind != "town":
            return match
        radius = max(match.entry.precision_km, self.gazetteer.radii["facility"])
        return replace(match, entry=replace(match.entry, precision_km=radius), how="town of that name")

    def _beside(self, question: Question) -> list[Entry] | None:
        if not question.places:
            return None
        plain = Question(question.text, question.name, countries=question.countries)
        readings = [ask(place, self.gazetteer).name for place in question.places]
        return [match.entry for reading in readings for match in self._named(reading, plain)]

    def _named(self, reading: Reading, question: Question) -> Iterator[Match]:
        """Places that bear the name exactly, whole or without common words."""
        for key, likeness in ((reading.whole, "whole"), (reading.core, "core")):
            if len(key) > 1 and (likeness == "whole" or key != reading.whole):
                yield from self._bearing(key, self.rules.likeness[likeness], likeness, question)

    def _bearing(self, key: str, likeness: float, how: str, question: Question) -> Iterator[Match]:
        for known in self.registry:
            if key in known.keys:
                yield from self._match(known.entry, likeness, known.keys[key], how, question)
        for row, alias in self.gazetteer.site_keys.exact(key):
            yield from self._match(self.gazetteer.site(row), likeness, alias, how, question)
        towns = [(row, alias) for row, alias in self.gazetteer.town_keys.exact(key)]
        for row, alias in towns[:MOST_TOWNS]:
            yield from self._match(self.gazetteer.town(row), likeness, alias, how, question)

    def _match(self, entry: Entry, likeness: float, alias: bool, how: str, question: Question) -> Iterator[Match]:
        if question.countries is None or entry.country in question.countries:
            factor = self.rules.likeness["alias"] if alias else 1.0
            yield Match(entry, likeness * factor, f"{how} name" + (" (another name)" if alias else ""))

    def _longer(self, reading: Reading, question: Question) -> Iterator[Match]:
        """Mines and deposits whose name begins with the one asked for."""
        if len(reading.core) < self.rules.likeness["beginning_from"]:
            return
        for known in self.registry:
            for key in [one for one in known.keys if one.startswith(reading.core)]:
                yield from self._match(
                    known.entry, self._beginning(reading, key), known.keys[key], "beginning of the", question
                )
        for key, row, alias in self.gazetteer.site_keys.beginning(reading.core, MOST_LONGER):
            share = self._beginning(reading, key)
            yield from self._match(self.gazetteer.site(row), share, alias, "beginning of the", question)

    def _beginning(self, reading: Reading, key: str) -> float:
        least = self.rules.likeness["beginning"]
        return (least + (1 - least) * len(reading.core) / len(key)) * self.rules.likeness["core"]

    def _alike(self, reading: Reading, question: Question) -> Iterator[Match]:
        """Names that are spelt almost so; among towns those of a stated country, else the larger ones."""
        if len(reading.core) < self.rules.likeness["alike_letters"]:
            return
        names = {key: known for known in self.registry for key in known.keys}
        for key, share in self._likest(reading.core, list(names)):
            yield from self._match(names[key].entry, share, names[key].keys[key], "like the", question)
        yield from self._alike_in(reading, self.gazetteer.site_keys, self.gazetteer.site, question)
        keys = self.gazetteer.town_keys_of(question.countries)
        yield from self._alike_in(reading, keys, self.gazetteer.town, question)

    def _alike_in(
        self, reading: Reading, keys: Keys, entry: Callable[[int], Entry], question: Question
    ) -> Iterator[Match]:
        like = keys.resembling(reading.core, self.rules.likeness["alike_from"])
        for key, share in self._likest(reading.core, like):
            for row, alias in keys.exact(key):
                yield from self._match(entry(row), share, alias, "like the", question)

    def _likest(self, key: str, keys: Sequence[str]) -> Iterator[tuple[str, float]]:
        rules = self.rules.likeness
        cutoff = 100 * rules["alike_from"]
        for other, share, _ in process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=cutoff, limit=MOST_LIKE):
            if other != key and len(other) >= rules["alike_letters"]:
                yield other, rules["alike"] * share / 100

    def _pieces(self, question: Question) -> Iterator[Match]:
        """Runs of whole words out of a longer name, the longest first: ``Lynas Mount Weld``."""
        tokens, rules = question.name.tokens, self.rules.likeness
        for length in range(len(tokens) - 1, 0, -1):
            found = []
            for start in range(len(tokens) - length + 1):
                key = "".join(tokens[start : start + length])
                share = len(key) / len(question.name.core)
                if len(key) >= rules["piece_letters"] and share >= rules["piece_share"]:
                    likeness = rules["piece"] + (1 - rules["piece"]) * share**2
                    bearing = self._bearing(key, likeness * rules["alike"], "part of the", question)
                    found += [match for match in bearing if self._fits(match, question)]
            if found:
                yield from found
                return

    @staticmethod
    def _fits(match: Match, question: Question) -> bool:
        """A part of a name is enough only for a mine of the commodity, or a town of the country, that is stated."""
        if match.entry.kind == "town":
            return bool(question.countries)
        return not question.name.commodities or shares_commodity(question.name.commodities, match.entry.commodities)


def _candidate(match: Match) -> Candidate:
    one = match.entry
    return Candidate(
        one.name, round(one.lon, 5), round(one.lat, 5), round(one.precision_km, 1), one.country, one.kind,
        one.commodities, round(match.score, 3), f"{one.source}:{one.record}".rstrip(":"), match.how,
    )  # fmt: skip

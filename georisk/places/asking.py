"""A question for a place: its name, and what it says about country, region, kind and commodity.

``White Mesa Mill, Utah`` names a mill in a region; ``Ngualla Tanzania`` a country without a comma.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from georisk.places.gazetteer import Gazetteer, Region
from georisk.places.names import ENCLOSED, Reading, fold, read_name

__all__ = ["Question", "ask", "without_country"]

COMMAS = re.compile(r"\s*[,，、;]\s*")
MOST_COUNTRY_WORDS = 4


@dataclass(frozen=True, slots=True)
class Question:
    """A name to look for.

    ``others`` are names that stand beside the first (in brackets); ``countries`` are the codes it may lie in,
    ``None`` where none is stated; ``places`` are towns or districts that follow the name and name no country or
    region.
    """

    text: str
    name: Reading
    others: tuple[Reading, ...] = ()
    countries: frozenset[str] | None = None
    regions: tuple[Region, ...] = ()
    places: tuple[str, ...] = ()


def ask(text: str, gazetteer: Gazetteer, country: frozenset[str] | None = None) -> Question:
    """Read a question.

    Parameters
    ----------
    text
        The name as somebody wrote it, in any script.
    country
        Codes of the country it must lie in, if the asker says so beside the name.
    """
    head, *behind = [part for part in COMMAS.split(text.strip()) if part] or [text]
    inside = [part.strip() for part in ENCLOSED.findall(head) if len(part.strip()) > 1]
    question = Question(text, read_name(ENCLOSED.sub(" ", head), gazetteer.words), countries=country)
    for part in behind:
        question = _placed(question, part, gazetteer)
    for part in inside:
        placed = _placed(question, part, gazetteer)
        other = read_name(part, gazetteer.words)
        question = replace(question, others=(*question.others, other)) if placed.places != question.places else placed
    return question


def without_country(question: Question, gazetteer: Gazetteer) -> Question | None:
    """Return the question with a country at the end or the beginning of its name taken for one; none is ``None``."""
    words = question.text.split()
    for count in range(min(MOST_COUNTRY_WORDS, len(words) - 1), 0, -1):
        for last, rest in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            codes = gazetteer.codes_of(" ".join(last))
            if codes and read_name(" ".join(rest), gazetteer.words).core:
                return ask(" ".join(rest), gazetteer, _narrowed(question.countries, codes))
    for length in range(len(question.text) - 1, 1, -1) if not question.text.isascii() else ():
        codes = gazetteer.countries.get(fold(question.text[:length]), frozenset())
        if codes and not question.text[:length].isascii():
            return ask(question.text[length:], gazetteer, _narrowed(question.countries, codes))
    return None


def _placed(question: Question, part: str, gazetteer: Gazetteer) -> Question:
    codes, found = gazetteer.codes_of(part), gazetteer.regions.get(_region_name(part), [])
    if found and not (codes and question.regions):
        wanted = [r for r in found if question.countries is None or r.country in question.countries]
        if codes:  # Georgia is both
            both = codes | {region.country for region in wanted}
            return replace(question, countries=_narrowed(question.countries, both))
        if wanted:
            countries = frozenset(region.country for region in wanted)
            return replace(question, countries=_narrowed(question.countries, countries), regions=tuple(wanted))
    if codes:
        kept = tuple(region for region in question.regions if region.country in codes)
        return replace(question, countries=codes if question.countries is None or kept else
                       _narrowed(question.countries, codes), regions=kept)  # fmt: skip
    return replace(question, places=(*question.places, part))


def _region_name(part: str) -> str:
    return re.sub(r"^(state|province) of | (province|state|region|oblast|krai|governorate|territory)$", "", fold(part))


def _narrowed(before: frozenset[str] | None, codes: frozenset[str]) -> frozenset[str]:
    return codes if before is None else (before & codes or codes)

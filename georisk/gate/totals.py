"""A total and its parts in one article: parts are as real as the whole they belong to, and are never added to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from georisk.gate.drafting import Drafted
from georisk.gate.rules import firmer

MOST_PARTS = 4


def weighed(drafts: Sequence[Drafted], within: float) -> list[Drafted]:
    """Return drafts with the parts of a sum no firmer than the sum.

    A framework of 1.6 billion "of 277 million of direct funding and a loan of 1.3 billion" makes neither of the two a
    deal, whatever the words of the clause.

    Parameters
    ----------
    drafts
        All drafts of one article.
    within
        How near parts must come to a total, as a share of it.
    """
    found = list(drafts)
    for whole, parts in _sums(found, within):
        force = str(found[whole].record["force"])
        for number in parts:
            record = dict(found[number].record)
            if firmer(str(record["force"]), force):
                record["force"] = force
            if (
                found[number].file == found[whole].file
                and "valid_from" not in record
                and "valid_from" in found[whole].record
            ):
                record["valid_from"] = found[whole].record["valid_from"]
            found[number] = replace(found[number], record=record, part_of=found[whole].event)
    return found


def _sums(drafts: Sequence[Drafted], within: float) -> Iterator[tuple[int, tuple[int, ...]]]:
    money = [number for number, one in enumerate(drafts) if one.record.get("property") == "finance"]
    for whole in money:
        total = float(drafts[whole].record["value"])
        rest = [
            number
            for number in money
            if number != whole
            and drafts[number].record["unit"] == drafts[whole].record["unit"]
            and float(drafts[number].record["value"]) < total
        ]
        for count in range(2, min(MOST_PARTS, len(rest)) + 1):
            for parts in combinations(rest[:12], count):
                if abs(sum(float(drafts[one].record["value"]) for one in parts) - total) <= within * total:
                    yield whole, parts

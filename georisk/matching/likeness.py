"""Whether the cores of two names are one: by letters, but for a slip, drawn together, or by ear across scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from georisk.matching.folding import skeleton
from georisk.matching.names import Name
from georisk.matching.words import Limits

EQUAL, SLIP, JOINED, HEARD = "equal", "a slip of letters", "written together or apart", "heard alike across scripts"


@dataclass(frozen=True, slots=True)
class Cores:
    """How two cores meet (``None``: they do not), and the words left over on either side."""

    how: str | None
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


def compare_cores(one: Name, other: Name, limits: Limits) -> Cores:
    """Compare the proper words of two names, whatever their order."""
    first, second = _without_initials(one.core, other.core)
    if sorted(first) == sorted(second):
        return Cores(EQUAL)
    left, right, crossed = _left_over(first, second, limits, crossed=one.latin != other.latin)
    if not left and not right:
        return Cores(HEARD if crossed else SLIP)
    if "".join(first) == "".join(second):
        return Cores(JOINED)
    if one.latin != other.latin and _heard("".join(first), "".join(second), limits):
        return Cores(HEARD)
    return Cores(None, left, right)


def _without_initials(one: Sequence[str], other: Sequence[str]) -> tuple[list[str], list[str]]:
    """Leave out middle initials that one side has alone: "James H. Litinsky"."""
    words, others = list(one), list(other)
    for mine, theirs in ((words, others), (others, words)):
        alone = [word for word in mine if len(word) == 1 and word not in theirs]
        if alone and len(mine) - len(alone) > 1:
            mine[:] = [word for word in mine if word not in alone]
    return words, others


def _left_over(
    first: Sequence[str], second: Sequence[str], limits: Limits, *, crossed: bool
) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    left, right, heard = list(first), list(second), False
    for word in first:
        if word in right:
            left.remove(word)
            right.remove(word)
    for word in list(left):
        for there in right:
            slip = is_slip(word, there, limits)
            if slip or (crossed and _heard(word, there, limits)):
                heard = heard or not slip
                left.remove(word)
                right.remove(there)
                break
    return tuple(left), tuple(right), heard


def is_slip(one: str, other: str, limits: Limits) -> bool:
    """Say whether two words are one but for a plural or a slip: one letter in longer words, two in long ones."""
    if one == other or (min(len(one), len(other)) > 3 and (one + "s" == other or other + "s" == one)):
        return True
    length = max(len(one), len(other))
    if length < limits.one_letter_from or one[:1] != other[:1]:
        return False
    allowed = 2 if length >= limits.two_letters_from else 1
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _heard(one: str, other: str, limits: Limits) -> bool:
    first, second = skeleton(one), skeleton(other)
    if first == second:
        return len(first) >= limits.heard_equal_from
    shortest = min(len(first), len(second))
    return shortest >= limits.heard_alike_from and fuzz.ratio(first, second) >= limits.heard_alike


def abbreviates(short: Name, long: Name, limits: Limits) -> bool:
    """Say whether a name is the initials of another, in order; words without weight and forms may be left out."""
    letters = short.core[0] if len(short.core) == 1 and short.bare else ""
    if not limits.abbreviation_shortest <= len(letters) <= limits.abbreviation_longest or not short.text.isupper():
        return False
    parts = [(word[0], role in ("drop", "company", "form", "group", "place") and at > 0)
             for at, (turn, role) in enumerate(long.parts) for word in turn.split()]  # fmt: skip
    return sum(not free for _, free in parts) > 1 and _spells(letters, parts)


def _spells(letters: str, parts: Sequence[tuple[str, bool]]) -> bool:
    if not parts:
        return not letters
    initial, free = parts[0]
    taken = letters[:1] == initial and _spells(letters[1:], parts[1:])
    return taken or (free and _spells(letters, parts[1:]))

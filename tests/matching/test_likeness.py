"""Cores of names compared."""

import pytest

from georisk.matching.likeness import EQUAL, HEARD, JOINED, SLIP, abbreviates, compare_cores, is_slip
from georisk.matching.names import read_name
from georisk.matching.words import Words


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Dan Gertler", "GERTLER, Dan", EQUAL),
        ("James H. Litinsky", "James Litinsky", EQUAL),
        ("Shenghe", "Shenge", SLIP),
        ("KazAtomProm", "Kaz Atom Prom", JOINED),
        ("Фрипорт-МакМоРан", "Freeport-McMoRan", HEARD),
        ("Kamoto", "Kamoa", None),
        ("Полюс", "Полиметалл", None),
    ],
)
def test_how_cores_meet(one: str, other: str, how: str | None, words: Words) -> None:
    assert compare_cores(read_name(one, words), read_name(other, words), words.limits).how == how


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("albermarle", "albemarle", True),
        ("mineral", "minerals", True),
        ("asm", "asml", False),  # shorter than six letters
        ("lundin", "mundin", False),  # another first letter
    ],
)
def test_slips(one: str, other: str, slip: bool, words: Words) -> None:
    assert is_slip(one, other, words.limits) is slip


@pytest.mark.parametrize(
    ("short", "long", "yes"),
    [
        ("SQM", "Sociedad Química y Minera de Chile S.A.", True),
        ("QIA", "Qatar Investment Authority", True),
        ("CCCC", "China Communications Construction Company Limited", True),
        ("ERA", "Eurasian Resources Group", False),
        ("Vale", "Vanadium Alloys Ltd", False),
        ("AB", "Alpha Beta", False),  # two letters are too few
    ],
)
def test_abbreviations(short: str, long: str, yes: bool, words: Words) -> None:
    assert abbreviates(read_name(short, words), read_name(long, words), words.limits) is yes

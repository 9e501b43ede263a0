from __future__ import annotations

import pytest

from georisk.news.reading.repair import mend
from georisk.news.views import View


def misread(char: str, encoding: str) -> str | None:
    """Return a character written in UTF-8 and read in another encoding, ``None`` where that cannot be."""
    try:
        return char.encode().decode(encoding)
    except UnicodeDecodeError:
        return None


PAIRS = [
    (char, wrong)
    for char in ("\u2019", "\u2014")
    for encoding in ("cp1252", "cp1251", "cp874", "latin-1", "mac_roman")
    if (wrong := misread(char, encoding)) is not None
]


@pytest.mark.parametrize(("char", "wrong"), PAIRS)
def test_a_dash_read_in_another_encoding_is_mended(char: str, wrong: str) -> None:
    broken = f"the mill{wrong}s ore"
    mended = mend(View.of(broken))
    assert mended.text == f"the mill{char}s ore"
    at = mended.text.index(char)
    assert mended.span(at, at + 1) == (8, 8 + len(wrong))  # the whole run of wrong characters stands behind it
    assert broken[slice(*mended.span(at + 1, at + 2))] == "s"


@pytest.mark.parametrize(
    "text", ["Gécamines à Kolwezi", "Åkerman Ñuñoa", "минерал", "稀土 矿", "€5 – “yes”", "เหมืองแร่"]
)
def test_sound_text_stays_as_it_is(text: str) -> None:
    assert mend(View.of(text)).text == text

"""Wrongly decoded characters mended, with the way back to the file kept.

A dash written in UTF-8 and read in another encoding becomes two or three strange characters. Each run of
characters beyond ASCII is tried by itself, so an offset never moves by more than the run.
"""

from __future__ import annotations

import re
import unicodedata

from georisk.news.views import Editing, View

_RUN = re.compile(r"[^\x00-\x7f]{2,12}")
_SUSPECT = re.compile(r"[ÃÂâãäåæçðïîÐÑΓΈ€‚\u0080-\u009f\u0400-\u045f\u0e00-\u0e7f]")
_BEYOND_FTFY = ("cp874", "cp1255", "cp1256", "cp1258", "cp866", "gb18030", "shift_jis", "euc_kr", "big5")
_GOOD = ("Pd", "Pi", "Pf", "Po", "Ps", "Pe", "Ll", "Lu", "Sc", "So", "Sm", "Zs")


def mend(view: View) -> View:
    r"""Return the view with wrongly decoded runs of characters mended.

    Examples
    --------
    >>> mend(View.of("mill\u0e42\u20ac\u2122s")).text
    'mill’s'
    """
    if _SUSPECT.search(view.text) is None:
        return view
    editing, last = Editing(view), 0
    for run in _RUN.finditer(view.text):
        mended = _mended(run[0])
        if mended is not None:
            editing.keep(last, run.start())
            editing.put(mended, run.start(), run.end())
            last = run.end()
    if last == 0:
        return view
    editing.keep(last, len(view.text))
    return editing.done()


def _mended(run: str) -> str | None:
    import ftfy

    if _SUSPECT.search(run) is None:
        return None
    fixed = ftfy.fix_encoding(run)
    if fixed != run:
        return fixed
    for encoding in _BEYOND_FTFY:
        reread = _reread(run, encoding)
        if reread is not None and all(unicodedata.category(char) in _GOOD and ord(char) < 0x3000 for char in reread):
            return reread
    return None


def _reread(run: str, encoding: str) -> str | None:
    """Return the run read as UTF-8 after being written in ``encoding``; its gaps are filled from Windows-1252."""
    try:
        return b"".join(_byte(char, encoding) for char in run).decode("utf-8")
    except UnicodeError:
        return None


def _byte(char: str, encoding: str) -> bytes:
    for name in (encoding, "cp1252", "latin-1"):
        try:
            return char.encode(name)
        except UnicodeEncodeError:
            continue
    raise UnicodeError(char)

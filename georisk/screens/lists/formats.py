"""Publishers' files of legal lists, read into entries.

Read are: OFAC ``SDN.CSV`` and ``SDN.XML`` (also ``CONSOLIDATED.XML``), the Consolidated Screening List of the US
Commerce Department as CSV or JSON, the EU full list as CSV or XML (1.1), the UK Sanctions List and the OFSI
consolidated list as CSV, and a simple CSV for any list: ``name`` and, if there are, ``aliases`` (``;`` between
them), ``listed_on``, ``removed_on``, ``program``, ``id``. The layouts are those the publishers describe; a file that
fits none is refused and says which are read.
"""

from __future__ import annotations

from pathlib import Path

from georisk.errors import UsageError
from georisk.screens.lists.entries import Entry
from georisk.screens.lists.kinds import Matching
from georisk.screens.lists.markup import read_xml
from georisk.screens.lists.tables import READ, read_json_list, read_table


def read_publisher_file(path: Path, key: str | None, rule: Matching) -> dict[str, list[Entry]]:
    """Return the entries of a publisher's file by the key of the list.

    Parameters
    ----------
    path
        The file.
    key
        Which list it is; needed for the simple CSV, else told from the file.
    rule
        The largest file and the most names that are read.

    Raises
    ------
    UsageError
        If it cannot be read, is too large, is no text, or has none of the layouts.
    """
    data = _bytes(path, rule.largest_bytes)
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        found = read_xml(data, path)
    else:
        text = _text(data, path)
        found = read_json_list(text, path) if start.startswith((b"{", b"[")) else read_table(text, path, key)
    found = {one: entries for one, entries in found.items() if key in (None, one) and entries}
    if not found:
        raise UsageError(f"{path}: no entries{f' of {key}' if key else ''}; read are {READ}")
    if sum(len(one.names) for entries in found.values() for one in entries) > rule.most_names:
        raise UsageError(f"{path}: more than {rule.most_names} names; no list is that long")
    return found


def _bytes(path: Path, largest: int) -> bytes:
    try:
        if path.stat().st_size > largest:
            raise UsageError(f"{path} is larger than {largest // 2**20} MiB; no publisher's list is")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}; name a publisher's file") from None


def _text(data: bytes, path: Path) -> str:
    if b"\0" in data[:4096]:
        raise UsageError(f"{path} is no text; read are {READ}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")

"""Lists published as XML, read without following any entity or document type."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from georisk.errors import UsageError
from georisk.screens.lists.entries import Entry, day_of


def read_xml(data: bytes, path: Path) -> dict[str, list[Entry]]:
    """Return the entries of the OFAC or the EU list by the list's key.

    Raises
    ------
    UsageError
        If it is not well formed, declares entities, or is neither list.
    """
    from defusedxml import DefusedXmlException, ElementTree  # type: ignore[import-untyped]

    found: dict[str, list[Entry]] = {"ofac-sdn": [], "eu-consolidated": []}
    try:
        for _, node in ElementTree.iterparse(io.BytesIO(data), forbid_dtd=True):
            tag = _tag(node)
            if tag in ("sdnEntry", "sanctionEntity"):
                key, entry = ("ofac-sdn", _sdn(node)) if tag == "sdnEntry" else ("eu-consolidated", _european(node))
                if entry.names:
                    found[key].append(entry)
                node.clear()
    except (DefusedXmlException, ElementTree.ParseError, ValueError) as error:
        raise UsageError(f"{path} is no XML that is read: {type(error).__name__}: {error}") from None
    return found


def _tag(node: Any) -> str:
    return str(node.tag).rsplit("}", 1)[-1]


def _under(node: Any, name: str) -> Iterator[Any]:
    return (one for one in node.iter() if _tag(one) == name)


def _texts(node: Any, *names: str) -> str:
    """Return the texts of a node's own children of some names, in that order."""
    given = {_tag(child): (child.text or "").strip() for child in node}
    return " ".join(given[name] for name in names if given.get(name))


def _sdn(node: Any) -> Entry:
    names = [
        _texts(node, "firstName", "lastName"),
        *(_texts(one, "firstName", "lastName") for one in _under(node, "aka")),
    ]
    programs = ", ".join(dict.fromkeys((one.text or "").strip() for one in _under(node, "program")))
    return Entry(_texts(node, "uid") or names[0], tuple(dict.fromkeys(filter(None, names))), programs)


def _european(node: Any) -> Entry:
    names = [one.get("wholeName", "").strip() for one in _under(node, "nameAlias")]
    regulation = next(_under(node, "regulation"), None)
    program = regulation.get("programme", "") if regulation is not None else ""
    listed = day_of(node.get("designationDate"))
    if listed is None and regulation is not None:
        listed = day_of(regulation.get("publicationDate"))
    number = node.get("logicalId") or node.get("euReferenceNumber") or (names[0] if names else "")
    return Entry(number, tuple(dict.fromkeys(filter(None, names))), program, listed)

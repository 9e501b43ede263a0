"""A person's seeds file, changed record by record: every line that is not concerned stays as it was.

The text is cut at its table headers; tomlkit changes the record concerned, all other pieces are carried over to the
byte. (Given a whole file, tomlkit would gather records of one kind that stand apart, and lose the order.)
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import tomlkit
from tomlkit.items import Table

from georisk.dates import When
from georisk.errors import UsageError

_HEADER = re.compile(r"^\s*\[(\[)?\s*([A-Za-z0-9_.\"' -]+?)\s*\]\]?\s*(#.*)?$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A record of the file: comments before it, its lines, and the name in its header (``""`` before the first)."""

    lead: str
    text: str
    name: str
    listed: bool

    def table(self) -> dict[str, Any]:
        """Return what the record holds, without its header."""
        found: Any = tomllib.loads(self.text)
        for part in self.name.split(".") if self.name else ():
            found = found[part.strip().strip("\"'")]
        record: dict[str, Any] = found[0] if self.listed else found
        return record


@dataclass(frozen=True)
class SeedText:
    """A seeds file as pieces. Every change gives another text; nothing is written here."""

    pieces: tuple[Piece, ...]
    ending: str = "\n"

    @classmethod
    def parse(cls, text: str) -> SeedText:
        """Cut a text into its records.

        Raises
        ------
        UsageError
            If it is not valid TOML.
        """
        ending = "\r\n" if "\r\n" in text else "\n"
        pieces: list[Piece] = []
        held, start = "", True
        for line in text.splitlines(keepends=True):
            if _HEADER.match(line) and not start and _whole(held):
                pieces.append(_piece(held))
                held = ""
            held, start = held + line, False
        if not _whole(held):
            raise UsageError("a seeds file that is not valid TOML cannot be changed; run georisk check")
        return cls(_with_leads([*pieces, _piece(held)]), ending)

    @classmethod
    def of_head(cls, table: Mapping[str, Any]) -> SeedText:
        """Return a new file that holds plain keys and no records yet."""
        return cls.parse(plain_keys(table))

    def __str__(self) -> str:
        return "".join(piece.lead + piece.text for piece in self.pieces)

    def place(self, name: str, key: str) -> int | None:
        """Return where the record of a kind with a key stands; ``None`` if it does not."""
        for number, piece in enumerate(self.pieces):
            if piece.name == name and piece.listed and piece.table().get("key") == key:
                return number
        return None

    def with_source(self, key: str, table: Mapping[str, Any]) -> SeedText:
        """Return the text with ``[sources.<key>]`` after the sources it has, before the records if it has none."""
        at = max((number for number, one in enumerate(self.pieces) if one.name.startswith("sources.")), default=0) + 1
        return self._with(at, rendered(f"sources.{key}", table, listed=False))

    def with_record(self, name: str, table: Mapping[str, Any], after: int | None = None) -> SeedText:
        """Return the text with one more ``[[name]]`` record after a piece, at the end if ``None``."""
        return self._with(len(self.pieces) if after is None else after + 1, rendered(name, table, listed=True))

    def last_like(self, like: str) -> int | None:
        """Return where the last statement of a property stands, or the closure that follows it; ``None``: nowhere."""
        found = None
        for number, piece in enumerate(self.pieces):
            follows = piece.name == "closure" and found is not None and number == found + 1
            if follows or (piece.name == "statement" and piece.table().get("property") == like):
                found = number
        return found

    def changed(self, place: int, change: Callable[[Table], None]) -> SeedText:
        """Return the text with one record changed in place."""
        piece = self.pieces[place]
        document = tomlkit.parse(piece.text)
        record: Any = document
        for part in piece.name.split("."):
            record = record[part]
        change(record[0] if piece.listed else record)
        return self._replaced(place, replace(piece, text=tomlkit.dumps(document)))

    def without(self, place: int) -> SeedText:
        """Return the text without one record; comments before it stay."""
        piece = self.pieces[place]
        return self._replaced(place, replace(piece, text="", name="", listed=False))

    def _replaced(self, place: int, piece: Piece) -> SeedText:
        return replace(self, pieces=(*self.pieces[:place], piece, *self.pieces[place + 1 :]))

    def _with(self, at: int, text: str) -> SeedText:
        before = list(self.pieces[:at])
        if before and not (before[-1].lead + before[-1].text).endswith("\n"):
            before[-1] = replace(before[-1], text=before[-1].text + self.ending)
        made = replace(_piece(text.replace("\n", self.ending)), lead=self.ending)
        return replace(self, pieces=(*before, made, *self.pieces[at:]))


def _whole(text: str) -> bool:
    """Say whether a piece parses by itself; a header inside a text or a list makes no record."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _piece(text: str) -> Piece:
    first = next((line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")), "")
    header = _HEADER.match(first)
    if header is None:
        return Piece("", text, "", listed=False)
    return Piece("", text, header[2], listed=header[1] is not None)


def _with_leads(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Give the blank lines and comments at the end of a piece to the record they stand before."""
    found: list[Piece] = []
    lead = ""
    for number, piece in enumerate(pieces):
        body, tail = _split_tail(piece.text) if number < len(pieces) - 1 else (piece.text, "")
        found.append(replace(piece, lead=lead, text=body))
        lead = tail
    return tuple(found)


def _split_tail(text: str) -> tuple[str, str]:
    lines = text.splitlines(keepends=True)
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    while end < len(lines) and lines[end].strip():  # a comment right under a value speaks of that value
        end += 1
    return "".join(lines[:end]), "".join(lines[end:])


def rendered(name: str, table: Mapping[str, Any], *, listed: bool) -> str:
    """Return a record as TOML, header first: ``[[name]]`` if it is one of several, else ``[name]``."""
    header = f"[[{name}]]" if listed else f"[{name}]"
    return f"{header}\n{plain_keys(table)}"


def plain_keys(table: Mapping[str, Any]) -> str:
    """Return keys and values as TOML, a line each."""
    return "".join(f"{_key(key)} = {toml_text(value)}\n" for key, value in table.items())


def toml_text(value: Any) -> str:
    """Return a value as TOML: partial dates as text, tables on one line.

    >>> toml_text({"owner": "a", "since": When.parse("2026-02")})
    '{ owner = "a", since = "2026-02" }'
    """
    if isinstance(value, When):
        return toml_text(value.first if value.text == value.first.isoformat() else value.text)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {toml_text(one)}" for key, one in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml_text(one) for one in value) + "]"
    return str(tomlkit.item(value).as_string())


def _key(name: str) -> str:
    return tomlkit.item({name: 0}).as_string().split(" = ")[0]

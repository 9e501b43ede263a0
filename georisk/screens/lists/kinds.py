"""Which legal lists there are, and how names are compared with them (``data/lists``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from georisk.errors import Fault
from georisk.files import bundled_root, read_csv, read_toml

COLUMNS = ("key", "title", "publisher", "flags", "url", "formats")


@dataclass(frozen=True, slots=True)
class ListKind:
    """One legal list.

    Attributes
    ----------
    key, title, publisher
        Its name here, its name there, and who keeps it.
    flags
        What a party on it is marked with; rules name these marks.
    url, formats
        Where its file is, and which files are read.
    """

    key: str
    title: str
    publisher: str
    flags: tuple[str, ...]
    url: str
    formats: str


class Sample(BaseModel):
    """The list entries among the statements of the registry: when they were gathered, and what they are not."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    edition: date
    warning: str


class Matching(BaseModel):
    """How names are compared, and how large a file may be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    candidate_from: Annotated[float, Field(ge=0, le=100)]
    shortest: int
    legal_forms: list[str]
    largest_bytes: int
    most_names: int
    sample: Sample


def _folder(data: Path) -> Path:
    """Return the folder of lists, the bundled one for a workspace whose data has none."""
    return data / "lists" if (data / "lists").is_dir() else bundled_root() / "data" / "lists"


@lru_cache(maxsize=8)
def read_kinds(data: Path) -> Mapping[str, ListKind]:
    """Read the lists there are, by key; ``data`` is the ``data/`` folder."""
    where = "data/lists/lists.csv"
    kinds: dict[str, ListKind] = {}
    for row in read_csv(_folder(data) / "lists.csv", where, COLUMNS):
        if row["key"] in kinds:
            raise Fault(where, f"key {row['key']!r} stands twice", "a key stands once")
        row_flags = tuple(row["flags"].split())
        kinds[row["key"]] = ListKind(row["key"], row["title"], row["publisher"], row_flags, row["url"], row["formats"])
    return kinds


@lru_cache(maxsize=8)
def read_matching(data: Path) -> Matching:
    """Read how names are compared; ``data`` is the ``data/`` folder."""
    where = "data/lists/matching.toml"
    try:
        return Matching.model_validate(read_toml(_folder(data) / "matching.toml", where))
    except ValidationError as error:
        first = error.errors()[0]
        raise Fault(where, f"{'.'.join(map(str, first['loc']))}: {first['msg']}", "see the comments there") from None

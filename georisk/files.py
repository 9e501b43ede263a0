"""Find the project's files and read them strictly.

A folder with ``seeds/`` is a workspace; without one the registry bundled in the wheel is read.
TOML, CSV and GeoJSON readers say which file and record is wrong, never a traceback.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from georisk.errors import Fault, UsageError

_LARGEST = 64 * 1024 * 1024


def bundled_root() -> Path:
    """Return the folder that holds the bundled ``seeds/`` and ``data/``.

    Beside the package in a checkout, inside it in a wheel.
    """
    package = Path(__file__).resolve().parent
    if (package.parent / "seeds").is_dir() and (package.parent / "data").is_dir():
        return package.parent
    return package / "_bundled"


def read_toml(path: Path, where: str) -> dict[str, Any]:
    """Read one TOML file.

    Raises
    ------
    Fault
        If it cannot be read, is not UTF-8, does not parse, or writes a key twice.
    """
    try:
        return tomllib.loads(_text(path, where))
    except (ValueError, RecursionError) as error:
        raise Fault(where, f"is not valid TOML: {error}", "each key stands once; text goes in quotes") from None


def read_json(path: Path, where: str) -> Any:
    """Read one JSON or GeoJSON file; a key written twice, ``NaN`` and ``Infinity`` are faults."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        record = dict(pairs)
        if len(record) < len(pairs):
            twice = sorted({key for key, _ in pairs if [k for k, _ in pairs].count(key) > 1})
            raise Fault(where, f"key {twice[0]!r} stands twice", "each key stands once")
        return record

    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is no number")

    try:
        return json.loads(_text(path, where), object_pairs_hook=unique, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise Fault(where, f"is not valid JSON: {error}", "write GeoJSON as in RFC 7946") from None


def read_csv(path: Path, where: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Read a CSV table as text cells; every named column must be there, empty cells are ``""``."""
    reader = csv.DictReader(io.StringIO(_text(path, where), newline=""))
    rows = []
    try:
        missing = [name for name in columns if name not in (reader.fieldnames or [])]
        if missing:
            raise Fault(where, f"lacks the column {', '.join(missing)}", f"columns are {', '.join(columns)}")
        for row in reader:
            if None in row or None in row.values():
                spot = f"{where} line {reader.line_num}"
                raise Fault(spot, "has another number of cells than the header", "quote commas")
            rows.append({str(key): str(value) for key, value in row.items()})
    except csv.Error as error:
        raise Fault(f"{where} line {reader.reader.line_num}", f"is not valid CSV: {error}", "mend the line") from None
    return rows


def _text(path: Path, where: str) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise Fault(where, "is larger than 64 MiB", "use the Parquet tables for large registries")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Fault(where, "is not UTF-8 text", "save it as UTF-8") from None
    except OSError as error:
        raise Fault(where, f"cannot be read ({error.strerror})", "check the file") from None


@contextmanager
def atomic_write(path: Path) -> Iterator[IO[bytes]]:
    """Write a file whole or not at all: a temporary file beside it is synced, then renamed over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
        sync_folder(path.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text atomically, line ends as they are."""
    with atomic_write(path) as stream:
        stream.write(text.encode("utf-8"))


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def require_folder(path: Path) -> Path:
    """Return ``path`` if it is a folder, else say so."""
    if not path.is_dir():
        raise UsageError(f"{path} is not a folder; name a folder that holds seeds/, or run: georisk init DIR")
    return path

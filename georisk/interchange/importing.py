"""Imports: a file read, matched with a workspace, and written into its seeds as one act, or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from georisk.errors import FaultGroup
from georisk.interchange.arrivals import Report
from georisk.interchange.bods_reading import read_bods
from georisk.interchange.mapping import read_mapping
from georisk.interchange.sites_reading import TableOfSites, read_sites
from georisk.interchange.tables import alpha2_codes, read_bods_tables
from georisk.interchange.taking import Taking, book_of, take
from georisk.interchange.writing import require_target, write_checked
from georisk.journal import read_settled
from georisk.matching.words import read_words
from georisk.seeds import Seeds, gather_seeds
from georisk.workspace import data_folder


def import_bods(path: Path, root: Path, compiled: date | None = None) -> Report:
    """Import the stakes of a BODS 0.4 file, and the parties they name.

    Parameters
    ----------
    path
        The file.
    root
        The workspace; a folder that is empty or not there yet becomes one.
    compiled
        The day the new files are compiled on; today if ``None``.

    Raises
    ------
    UsageError
        If the file is no list of statements of version 0.4, or the folder is no workspace.
    FaultGroup
        If the registry would not pass its checks afterwards; nothing is written.
    """
    seeds, data = _opened(root)
    codes = {short: code for code, short in alpha2_codes(data).items()}
    arrived = read_bods(path, read_bods_tables(data), codes)
    taking = Taking(root, data, seeds, book_of(seeds, read_words(data / "matching")), compiled or _today())
    take(taking, arrived)
    texts = {name: str(text) for name, text in taking.texts.items()}
    if texts:
        write_checked(root, texts)
    return Report(tuple(taking.outcomes), tuple(taking.troubles), tuple(sorted(texts)))


def import_sites(path: Path, root: Path, mapping: Path | None = None, compiled: date | None = None) -> Report:
    """Import sites from a CSV.

    Parameters
    ----------
    path, root, compiled
        As of :func:`import_bods`.
    mapping
        Which column is which field; the columns of georisk's own CSV if ``None``.

    Raises
    ------
    Fault, FaultGroup
        If the table or the mapping cannot be read, or the registry would not pass its checks afterwards.
    """
    seeds, data = _opened(root)
    standard = data / "interchange" / "sites.toml"
    chosen = read_mapping(mapping or standard, mapping.name if mapping is not None else "data/interchange/sites.toml")
    table = TableOfSites(chosen, seeds, data, compiled or _today())
    read_sites(path, table)
    if table.texts:
        write_checked(root, table.texts)
    return Report(tuple(table.outcomes), tuple(table.troubles), tuple(sorted(table.texts)))


def _today() -> date:
    return datetime.now(UTC).date()


def _opened(root: Path) -> tuple[Seeds, Path]:
    """Read a workspace's seeds, none for a folder that is to become one.

    Raises
    ------
    FaultGroup
        If the seeds have faults: they are mended first.
    """
    require_target(root)
    data = data_folder(root)
    seeds, faults = read_settled(root, lambda: gather_seeds(root / "seeds", data / "vocabulary"))
    if faults:
        raise FaultGroup(f"{len(faults)} faults in seeds/; mend them before an import", faults)
    return seeds, data

"""The panel of a workspace: its data, its loaded lists, its owners."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from georisk.errors import UsageError
from georisk.ownership.holders import Holders
from georisk.screens.lists.kinds import read_kinds, read_matching
from georisk.screens.lists.standing import Standings, standings
from georisk.screens.lists.store import NONE_LOADED, read_lists
from georisk.screens.panel import Panel, panel
from georisk.screens.rulebook import read_rulebook


def open_standings(holders: Holders, data: Path, root: Path | None) -> Standings:
    """Return who is on which list on the day; ``root`` is the workspace, ``None`` where no list can be loaded."""
    lists = NONE_LOADED if root is None else read_lists(root)
    return standings(holders.snapshot, lists, read_kinds(data))


def open_panel(
    holders: Holders,
    data: Path,
    root: Path | None,
    *,
    sites: Sequence[str] | None = None,
    rules: Sequence[str] | None = None,
    explained: bool = True,
) -> Panel:
    """Screen the sites of a workspace.

    Parameters
    ----------
    holders
        Who owns what, on the snapshot's day.
    data, root
        The ``data/`` folder, and the workspace whose loaded lists are read.
    sites, rules
        Ids and keys; all if none is named.
    explained
        Whether to look for the paths and the stakes that turn the answers.

    Raises
    ------
    UsageError
        For a site or rule that there is not.
    """
    book = read_rulebook(data)
    _known("site", sites, list(holders.snapshot.seeds.sites))
    _known("rule", rules, list(book.rules))
    found = open_standings(holders, data, root)
    return panel(
        holders, book, found, read_matching(data).sample, sites=sites or None, rules=rules or None, explained=explained
    )


def _known(what: str, asked: Sequence[str] | None, there: Sequence[str]) -> None:
    for one in asked or ():
        if one not in there:
            raise UsageError(f"no {what} {one!r}; there are: {', '.join(there)}")

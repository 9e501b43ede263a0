"""The panel printed for people: a row a site, its parts below it, a column a rule."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from georisk.outputs.plain import visible

if TYPE_CHECKING:
    from georisk.screens.exposure import Exposure
    from georisk.screens.finding import Finding
    from georisk.screens.panel import Panel
    from georisk.screens.rules import Rule

_NAME, _CELL, _PIPED = 22, 9, 222
WORDS = {"yes": "yes", "no": "no", "undetermined": "undet."}
MARKS = {"suspended": "s", "not-yet": "n", "ended": "e", "unverified": "u"}


def print_panel(panel: Panel, payments: Sequence[Exposure]) -> None:
    """Print the panel; columns that do not fit beside each other follow in a further table."""
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else _PIPED, highlight=False, emoji=False, markup=False)
    fitting = max(1, (console.width - _NAME - 2) // _CELL)
    rules = list(panel.rules)
    for start in range(0, max(len(rules), 1), fitting):
        last = start + fitting >= len(rules)
        console.print(_table(panel, rules[start : start + fitting], payments if last else None))
    for line in _legend(panel):
        console.print(visible(line), style=None, soft_wrap=False)


def _table(panel: Panel, rules: Sequence[Rule], payments: Sequence[Exposure] | None) -> object:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("site", overflow="fold", width=_NAME)
    for rule in rules:
        table.add_column(rule.head or rule.key, overflow="fold", width=_CELL - 1)
    if payments is not None:
        table.add_column("pays", overflow="fold", width=_CELL - 1)
    for name, findings, site in _rows(panel):
        by_rule = {one.rule.key: one for one in findings}
        cells = [cell_text(by_rule[rule.key]) if rule.key in by_rule else "" for rule in rules]
        if payments is not None:
            found = {one.hit.list for one in payments if site in (one.subject, one.site)}
            cells.append("; ".join(sorted(found)))
        table.add_row(*[Text(visible(text)) for text in (name, *cells)])
    return table


def _rows(panel: Panel) -> Iterator[tuple[str, list[Finding], str]]:
    """Yield a row a site; of a site with parts its name alone, then its parts."""
    snapshot = panel.snapshot
    shown: set[str] = set()
    for subject, findings in panel.by_subject.items():
        site = findings[0].site
        if subject != site and site not in shown:
            yield snapshot.name(site), [], site
        shown.add(site)
        yield ("  " if subject != site else "") + snapshot.name(subject), findings, subject


def cell_text(one: Finding) -> str:
    """Return a finding in a few letters: the answer, a mark for its rule's standing, and its bounds."""
    if not one.applies:
        return "n/a"
    marks = (
        MARKS.get(one.status, "")
        + ("m" if one.rule.unverified else "")
        + ("L" if one.not_loaded and one.answer != "yes" else "")
    )
    low, high = one.bounds
    range_ = "" if low is None else f" {low:.3g}-{'?' if high is None else f'{high:.3g}'}"
    if high is not None and low is not None and high - low < 0.05:
        range_ = f" {low:.3g}"
    return f"{WORDS[one.answer]}{f' ({marks})' if marks else ''}{range_}"


def _legend(panel: Panel) -> Iterator[str]:
    yield "Under each answer: what the rule counts, in per cent, from and to. undet.: undetermined; n/a: not asked."
    yield (
        "Marks: s suspended, n not yet in force, e ended, u standing not verified, m text known from memory only "
        "(unverified-rule), L no list loaded."
    )
    yield "pays: lists on which somebody stands whom the site pays or borrows from, directly or through a stake."
    yield "Columns: " + "; ".join(f"{rule.head or rule.key} = {rule.key}, {rule.title}" for rule in panel.rules) + "."

"""The ownership above a site, drawn: boxes for holders, lines for stakes; a template writes them as SVG.

The site or its title holder stands at the left, owners to the right of what they own. A box says who holds what,
and what of the site that is. A broken line rests on summaries, memory or disputed claims; a ring is marked.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from georisk.explaining.dossier import Holding, behind
from georisk.outputs.layers import Layout, layered
from georisk.ownership.holders import Branch, Holders, bounds_text, share_text
from georisk.ownership.terminals import FLOAT, Terminal

STATE_KINDS = {"government": "state", "party_state_organ": "state body", "state_company": "state company"}
KIND_TITLES = {
    **STATE_KINDS, "company": "company", "listed_company": "listed company", "partnership": "partnership",
    "fund": "fund", "person": "person", "asset": "site",
}  # fmt: skip
WIDTH, ACROSS, DOWN = 188, 32, 14
_PAD, _LINE, _CHIPS, _LETTERS, _CHIP_LETTER = 11, 17, 23, 24, 5.9
_BOLD = 2  # letters fewer in a bold row
_CHIP_ROOM = 14  # letters; a longer country name is shown by its code
_RING = 22.0
_PART = "part"


class Line(NamedTuple):
    """A line of text in a box: its style (``name``, ``stake`` or ``part``) and where it stands."""

    text: str
    style: str
    y: float = 0.0


class Chip(NamedTuple):
    """A small label in a box: a country, or the kind of a holder."""

    text: str
    style: str
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Box:
    """A holder in the drawing. ``statements`` are the ids behind what it says, ``party`` whom it links to."""

    style: str
    x: float
    y: float
    height: float
    lines: tuple[Line, ...]
    chips: tuple[Chip, ...]
    statements: tuple[str, ...]
    party: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """An ownership tree ready to be written. ``paths`` are pairs of a style and SVG path data."""

    title: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    paths: tuple[tuple[str, str], ...]


class _Text(NamedTuple):
    """What a box will say, before it has a place."""

    style: str
    name: str
    tags: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...]
    statements: tuple[str, ...]
    party: str


class _Step(NamedTuple):
    """One stake on the way up. ``ring``: it leads back to what lies below it."""

    owned: str
    branch: Branch
    ring: bool


Marks = Callable[[str], tuple[str, ...]]
"""What is marked beside the name of a party."""


def drawing_of(
    holding: Holding, holders: Holders, country: Callable[[str], str], marks: Marks = lambda party: ()
) -> Drawing:
    """Return the drawing of the owners of a site or part.

    Parameters
    ----------
    holding
        The owned node and what lies above it.
    holders
        The ownership it was taken from.
    country
        Gives the name of a country code.
    marks
        Gives what else is to be said of a party: lists that name it, a place known for secrecy.
    """
    steps = list(_walk(holding.tree, holding.root, (holding.root,)))
    by_owner: dict[str, list[_Step]] = defaultdict(list)
    for step in steps:
        by_owner[step.branch.link.stake.owner].append(step)
    texts = {holding.root: _root(holding, holders, country, by_owner.pop(holding.root, []))}
    texts |= {owner: _holder(holding, holders, country, found, marks) for owner, found in by_owner.items()}
    rests = [end for end in holding.ends if end.kind != "owner" and end.party in texts and end.high >= 0.05]
    texts |= {_rest_key(end): _rest(holding, end) for end in rests}
    lines = [(step.owned, step.branch.link.stake.owner) for step in steps if not step.ring]
    lines += [(end.party, _rest_key(end)) for end in rests]
    lines = list(dict.fromkeys(lines))
    heights = {key: _height(text) for key, text in texts.items()}
    layout = layered(heights, lines, holding.root, width=WIDTH, across=ACROSS, down=DOWN)
    return _placed(holding, holders, layout, texts, steps, lines)


def _walk(branches: Iterable[Branch], owned: str, way: tuple[str, ...]) -> Iterator[_Step]:
    for branch in branches:
        owner = branch.link.stake.owner
        yield _Step(owned, branch, owner in way)
        yield from _walk(branch.above, owner, (*way, owner))


def _root(holding: Holding, holders: Holders, country: Callable[[str], str], steps: list[_Step]) -> _Text:
    """Return the text of the owned node; ``steps`` are rings by which it holds what holds it."""
    code = holders.snapshot.country_of(holding.root)
    tags = ((_short(code, country), "place"),) if code else ()
    note = [] if holding.root_name == holding.name else [(f"holds the title to {holding.name}", _PART)]
    lines = [*note, *_stake_lines(holders, steps, named=True)]
    return _Text("root", holding.root_name, tags, tuple(lines), _statements(steps), holding.root)


def _holder(
    holding: Holding, holders: Holders, country: Callable[[str], str], steps: list[_Step], marks: Marks
) -> _Text:
    first = steps[0].branch
    place = _short(first.country, country) if first.country else "place ?"
    is_state = first.kind in STATE_KINDS
    tags = ((place, "place"), (KIND_TITLES.get(first.kind, first.kind), "state" if is_state else "kind"))
    lines = _stake_lines(holders, steps, named=len(steps) > 1)
    lines += _of_site(holding, [step for step in steps if not step.ring])
    owner = first.link.stake.owner
    lines += [(text, "mark") for text in marks(owner)]
    ends = any(end.kind == "owner" and end.party == owner for end in holding.ends)
    if ends and holders.graph.remainder.get(owner) == "undisclosed":
        lines.append(("its owners are not published", "via"))
    return _Text("state" if is_state else "plain", first.name, tags, tuple(lines), _statements(steps), owner)


def _stake_lines(holders: Holders, steps: list[_Step], *, named: bool) -> list[tuple[str, str]]:
    """Return what a party holds, stake by stake; ``named``: and of whom."""
    lines = []
    for owned, branch, ring in steps:
        of = f" of {holders.snapshot.name(owned)}" if named else ""
        carried = ", free carried" if branch.link.stake.carried else ""
        text = share_text(branch.link.stake)
        stated = text if text.startswith("share") else f"holds {text}"
        lines.append((f"{stated}{of}{carried}", "stake"))
        lines += [(f"through {', '.join(branch.via)}", "via")] if branch.via else []
        lines += [("ring: leads back to what it owns", "ring")] if ring else []
    return lines


def _statements(steps: list[_Step]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for step in steps for name in step.branch.link.stake.statements))


def _short(code: str, country: Callable[[str], str]) -> str:
    name = country(code)
    return name if len(name) <= _CHIP_ROOM else code


def _of_site(holding: Holding, steps: list[_Step]) -> list[tuple[str, str]]:
    """Return what of the site a holder has; nothing for a single direct stake, which says it already."""
    whole = "site" if "/" not in holding.subject else "part"
    links = [step.branch.link for step in steps]
    if not links or (len(links) == 1 and links[0].level == 1):
        return []
    shares = [link.share for link in links]
    share = None if None in shares else sum(one for one in shares if one is not None)
    low, high = sum(link.least for link in links), min(100.0, sum(link.reach for link in links))
    return [(f"{_bounded(share, low, high)} of the {whole}", _PART)]


def _rest_key(end: Terminal) -> str:
    return f"{end.kind} of {end.party}"


def _rest(holding: Holding, end: Terminal) -> _Text:
    name = "Free float" if end.kind == FLOAT else "Undisclosed owners"
    whole = "site" if "/" not in holding.subject else "part"
    line = (f"{_bounded(end.share, end.low, end.high)} of the {whole}", _PART)
    return _Text("rest", name, (), (line,), behind(holding, end), end.party)


def _bounded(share: float | None, low: float, high: float) -> str:
    return bounds_text(share, low, high).replace("share not published", "unknown part")


def _height(text: _Text) -> float:
    rows = len(wrap(text.name, bold=True)) + sum(len(wrap(line, bold=style == _PART)) for line, style in text.lines)
    return 2 * _PAD + _LINE * rows + (_CHIPS if text.tags else 0)


def _placed(
    holding: Holding,
    holders: Holders,
    layout: Layout,
    texts: dict[str, _Text],
    steps: list[_Step],
    lines: list[tuple[str, str]],
) -> Drawing:
    boxes = {key: _box(text, *layout.centres[key]) for key, text in texts.items()}
    by_pair = {(step.owned, step.branch.link.stake.owner): step for step in steps}
    paths = []
    for pair in lines:
        step = by_pair.get(pair)
        style = "rest" if step is None else "weak" if _is_weak(holders, step.branch) else "firm"
        paths.append((style, _path(boxes[pair[0]], boxes[pair[1]], layout.routes.get(pair, ()))))
    height = layout.height
    for step in steps:
        if step.ring:
            height += _RING
            paths.append(("ring", _ring(boxes[step.owned], boxes[step.branch.link.stake.owner], height)))
    title = f"Owners of {holding.name}"
    return Drawing(title, layout.width, height + 2, tuple(boxes.values()), tuple(paths))


def _box(text: _Text, x: float, y: float) -> Box:
    height = _height(text)
    left, top = x - WIDTH / 2, y - height / 2
    at = top + _PAD + 12
    lines, chips = [], []
    for row in wrap(text.name, bold=True):
        lines.append(Line(row, "name", at))
        at += _LINE
    start = left + _PAD + 3
    for label, style in text.tags:
        width = _CHIP_LETTER * _columns(label) + 12
        chips.append(Chip(label, style, start, at - 11, width))
        start += width + 5
    at += _CHIPS if text.tags else 0
    for line, style in text.lines:
        for row in wrap(line, bold=style == _PART):
            lines.append(Line(row, style, at))
            at += _LINE
    return Box(text.style, left, top, height, tuple(lines), tuple(chips), text.statements, text.party)


def _path(owned: Box, owner: Box, between: Iterable[tuple[float, float]]) -> str:
    x, y = owned.x + WIDTH, owned.y + owned.height / 2
    parts = [f"M{x:.1f} {y:.1f}"]
    for column, level in between:
        parts.append(_curve(x, y, column - WIDTH / 2, level) + f"L{column + WIDTH / 2:.1f} {level:.1f}")
        x, y = column + WIDTH / 2, level
    parts.append(_curve(x, y, owner.x, owner.y + owner.height / 2))
    return "".join(parts)


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    middle = (x + to_x) / 2
    return f"C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"


def _ring(owned: Box, owner: Box, floor: float) -> str:
    """Return a way that leaves a box below, runs under the drawing, and enters the other from below."""
    from_x, to_x = owned.x + WIDTH / 2, owner.x + WIDTH / 2
    return (
        f"M{from_x:.1f} {owned.y + owned.height:.1f}L{from_x:.1f} {floor - 6:.1f}"
        f"L{to_x:.1f} {floor - 6:.1f}L{to_x:.1f} {owner.y + owner.height:.1f}"
    )


def _is_weak(holders: Holders, branch: Branch) -> bool:
    found = [holders.snapshot.by_id[name] for name in branch.link.stake.statements]
    return all(one.is_weak() or one.status == "disputed" for one in found)


def wrap(text: str, *, bold: bool = False) -> list[str]:
    """Return text in rows that fit a box; wide signs count double."""
    wide = sum(_columns(sign) > 1 for sign in text)
    letters = _LETTERS - _BOLD if bold else _LETTERS
    room = max(8, letters - round(letters / 2 * wide / max(1, len(text))))
    return textwrap.wrap(text, room, break_long_words=True) or [""]


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)

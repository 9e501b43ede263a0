"""What if: a registry in which something else were so. Nothing is written anywhere.

A hypothetical statement takes the place of what answers the same question today. A stake may say whose holding it comes
out of; one of 100 per cent leaves nothing to others. What would then add up to more than a whole is refused.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from georisk.changes.wording import SOURCE, Wish, stated
from georisk.dates import When
from georisk.errors import UsageError
from georisk.ownership.stakes import best_first, in_effect, percents
from georisk.seeds import Party, Seeds, Site
from georisk.snapshot import Snapshot
from georisk.statements import COUNTING_STATUSES, Closure, Source, Statement

ANSWERS: dict[str, tuple[str, ...]] = {
    "stage": (), "operator": (), "incorporation": (), "nationality": (), "domicile": (), "listing": (),
    "stake": ("owner",), "offtake": ("buyer",), "processing": ("country",), "board-right": ("holder",),
}  # fmt: skip
"""Properties with one answer at a time, and the qualifier that makes it another question."""
NOT_YET = ("option", "as_converted")
"""Qualifiers that keep a stake from counting: they fall away when a plan is taken to have come about."""
_WHOLE = 100
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Desk:
    """A registry on which hypotheses are tried out, one after another.

    Attributes
    ----------
    seeds, data
        The registry as it would be so far, and the ``data/`` folder.
    as_of, known_by
        The two clocks: a hypothesis holds from ``as_of`` and counts as published by ``known_by``.
    """

    seeds: Seeds
    data: Path
    as_of: date
    known_by: date

    @property
    def snapshot(self) -> Snapshot:
        """The registry on the day."""
        return Snapshot.take(self.seeds, self.as_of, self.known_by)

    # What can be asked

    def wish(self, site: Site, wish: Wish, number: int) -> Desk:
        """Return the desk with a hypothetical statement; see :class:`georisk.changes.wording.Wish`."""
        if wish.of is not None and wish.subject is None:
            subjects = [one.subject for one in self._held_by(wish.of) if one.subject in _roots(site)]
            subjects = list(dict.fromkeys(subjects))
            if not subjects:
                raise UsageError(f"--set {wish.text}: {wish.of!r} holds no stake in {', '.join(_roots(site))}; "
                                 "name the company with subject=")  # fmt: skip
        else:
            subjects = [self._subject(wish)] if wish.subject is not None else [_asked(site, wish)]
        desk = self
        for subject in subjects:
            value = None if wish.of is None else self._part_of(wish, subject)
            one = stated(wish, subject, value, number, desk.seeds, desk.data, desk.known_by)
            if one.valid_from is None:
                one = replace(one, valid_from=When.parse(self.as_of))
            desk = desk._with(one, wish.seller)
        return desk

    def come_about(self, text: str) -> Desk:
        """Return the desk with a planned statement in effect: ``KEY``, or ``KEY,from=HOLDER`` for a stake."""
        key, _, more = text.partition(",")
        name, _, seller = more.partition("=")
        if more and (name != "from" or not seller):
            raise UsageError(f"--planned {text}: after the key only from=HOLDER may stand")
        one = self._named(f"--planned {text}", key)
        if one.force == "in-effect" and not any(one.qualifiers.get(mark) for mark in NOT_YET):
            raise UsageError(f"--planned {text}: {one.key} is in effect already; plans have another force")
        begun = one.valid_from is not None and one.valid_from.last <= self.as_of
        ended = one.valid_until is not None and one.valid_until.last <= self.as_of
        done = replace(
            one,
            force="in-effect",
            status=one.status if one.status in COUNTING_STATUSES else "claimed",
            qualifiers={key: value for key, value in one.qualifiers.items() if key not in NOT_YET},
            valid_from=one.valid_from if begun else When.parse(self.as_of),
            valid_until=None if ended else one.valid_until,
            sources=(SOURCE.id,),
            grade=SOURCE.grade,
            recorded=When.parse(self.known_by),
        )
        return self._without_statement(one)._with(done, seller or None)

    def dropped(self, key: str) -> Desk:
        """Return the desk without a statement or closure, by key or id."""
        closures = tuple(one for one in self.seeds.closures if key not in (one.key, one.id))
        if len(closures) < len(self.seeds.closures):
            return replace(self, seeds=replace(self.seeds, closures=closures))
        return self._without_statement(self._named(f"--drop {key}", key))

    def given(
        self,
        statements: Iterable[Statement],
        closures: Iterable[Closure],
        sources: Mapping[str, Source],
        parties: Mapping[str, Party],
    ) -> Desk:
        """Return the desk with statements and closures of one's own; they count as published by ``known_by``."""
        day = When.parse(self.known_by)
        told = {one.id: one for one in self.seeds.statements}
        told |= {one.id: replace(one, recorded=min(one.recorded, day)) for one in statements}
        ends = [replace(one, recorded=min(one.recorded, day)) for one in closures]
        seeds = replace(
            self.seeds,
            statements=tuple(told.values()),
            closures=(*self.seeds.closures, *ends),
            sources={**self.seeds.sources, **sources},
            parties={**parties, **self.seeds.parties},
        )
        return replace(self, seeds=seeds)

    def superseded(self, one: Statement, names: Sequence[str]) -> list[Closure]:
        """Return the end of the statements that one takes the place of."""
        start = one.valid_from or When.parse(self.as_of)
        key = f"{one.key}-supersedes"
        found = Closure(f"c-{one.id}", key, tuple(names), start, one.sources, one.grade, one.recorded, "published")
        return [found] if names else []

    def checked(self) -> Desk:
        """Return the desk; raises ``UsageError`` where stakes in a company would add up to more than a whole."""
        by_owned: dict[str, dict[str, list[Statement]]] = {}
        for one in in_effect(self.snapshot):
            by_owned.setdefault(one.subject, {}).setdefault(str(one.qualifiers["owner"]), []).append(one)
        for owned, holders in by_owned.items():
            figures = {owner: _figure(found) for owner, found in holders.items()}
            if SOURCE.id in {key for found in holders.values() for one in found for key in one.sources}:
                _refuse_more_than_whole(owned, figures)
        return self

    # How it is done

    def _with(self, one: Statement, seller: str | None) -> Desk:
        """Add a statement in the place of what answers the same question; a seller keeps the rest of its stake."""
        same, pushed_out = self._answering(one)
        desk = self._restated(one, same)
        if seller is not None:
            best, rest, sold = self._rest(one, seller)
            desk = desk._restated(best, sold) if rest > _ROUNDING else desk._ended([other.id for other in sold])
        return desk._ended([other.id for other in pushed_out])

    def _restated(self, one: Statement, olds: Sequence[Statement]) -> Desk:
        """Put a statement in the place of others, under the id of the first: so it is one change, not two."""
        new = replace(one, id=olds[0].id) if olds else one
        gone = {new.id, *(old.id for old in olds)}
        closures = [replace(end, closes=tuple(name for name in end.closes if name not in gone))
                    for end in self.seeds.closures]  # fmt: skip
        seeds = replace(
            self.seeds,
            statements=(*(other for other in self.seeds.statements if other.id not in gone), new),
            closures=tuple(end for end in closures if end.closes),
            sources={**self.seeds.sources, SOURCE.id: SOURCE},
        )
        return replace(self, seeds=seeds)

    def _ended(self, names: Sequence[str]) -> Desk:
        """End statements on the day."""
        if not names:
            return self
        day, known = When.parse(self.as_of), When.parse(self.known_by)
        key = f"hypothesis:ends-{len(self.seeds.closures)}"
        end = Closure(f"c-{key}", key, tuple(dict.fromkeys(names)), day, (SOURCE.id,), SOURCE.grade, known, "compiled")
        return replace(self, seeds=replace(self.seeds, closures=(*self.seeds.closures, end)))

    def _answering(self, one: Statement) -> tuple[list[Statement], list[Statement]]:
        """Return what answers the same question, the best first, and the stakes that a whole one leaves nothing."""
        if one.property not in ANSWERS or one.force not in ("in-effect", "binding"):
            return [], []
        holding = [other for other in self.snapshot.holding(one.subject, one.property) if other.id != one.id]
        if one.property == "stake":
            holding = [other for other in holding if other.force == "in-effect"]
        roles = ANSWERS[one.property]
        same = [
            other for other in holding if all(other.qualifiers.get(role) == one.qualifiers.get(role) for role in roles)
        ]
        whole = one.property == "stake" and one.value is not None and percents(one.value)[0] >= _WHOLE
        return best_first(same), [other for other in holding if other not in same] if whole else []

    def _held_by(self, owner: str) -> list[Statement]:
        return [one for one in in_effect(self.snapshot) if one.qualifiers["owner"] == owner]

    def _holding(self, words: str, owner: str, owned: str) -> tuple[Statement, float, list[Statement]]:
        """Return the best statement of a holding, its figure, and all of its statements."""
        found = [one for one in self._held_by(owner) if one.subject == owned]
        figured = [one for one in found if percents(one.value)[1] is not None]
        if not figured:
            what = "no published share" if found else "no stake"
            holders = sorted({str(one.qualifiers["owner"]) for one in in_effect(self.snapshot) if one.subject == owned})
            raise UsageError(f"{words}: {owner!r} has {what} in {owned}; holders: {', '.join(holders) or 'none known'}")
        best = best_first(figured)[0]
        return best, percents(best.value)[1] or 0.0, found

    def _part_of(self, wish: Wish, subject: str) -> float:
        """Return the points of a company that so many per cent of a holding are."""
        _, held, _ = self._holding(f"--set {wish.text}", str(wish.of), subject)
        part = wish.table.get("value")
        if isinstance(part, bool) or not isinstance(part, (int, float)) or not 0 < part <= _WHOLE:
            raise UsageError(
                f"--set {wish.text}: {part!r} is no part of a holding; above 0 and at most {_WHOLE} per cent"
            )
        return held * part / _WHOLE

    def _rest(self, one: Statement, seller: str) -> tuple[Statement, float, list[Statement]]:
        """Return what a seller keeps as a statement, its figure, and the seller's statements of today."""
        best, held, found = self._holding(f"stake of {one.qualifiers.get('owner')}", seller, one.subject)
        sold = percents(one.value)[1]
        if sold is None or sold > held + _ROUNDING:
            text = "an unknown share" if sold is None else f"{sold:g} %"
            raise UsageError(f"{seller} holds {held:g} % of {one.subject}; {text} cannot come out of it")
        kept = replace(
            best, key=f"{one.subject}:{seller}-keeps", value=held - sold, valid_from=When.parse(self.as_of),
            valid_until=None, sources=(SOURCE.id,), grade=SOURCE.grade, recorded=When.parse(self.known_by),
            contradicts=(), see_also=(), note=None, ended_by=None,
            qualifiers={**best.qualifiers, "owner": seller, "derived": f"{held:g} less {sold:g}"},
        )  # fmt: skip
        return kept, held - sold, best_first(found)

    def _without_statement(self, one: Statement) -> Desk:
        statements = tuple(other for other in self.seeds.statements if other.id != one.id)
        return replace(self, seeds=replace(self.seeds, statements=statements))

    def _named(self, words: str, key: str) -> Statement:
        told = {name: one for one in self.seeds.statements for name in (one.id, one.key)}
        if key in told:
            return told[key]
        raise UsageError(f"{words}: no statement has this key or id{_near(key, told)}; keys read subject:key")

    def _subject(self, wish: Wish) -> str:
        seeds = self.seeds
        parts = [part.id for site in seeds.sites.values() for part in site.parts]
        known = [*seeds.sites, *parts, *seeds.parties, *seeds.places, *seeds.programmes]
        if wish.subject is None or wish.subject not in known:
            raise UsageError(
                f"--set {wish.text}: subject {wish.subject!r} is not known{_near(str(wish.subject), known)}"
            )
        return wish.subject


def _asked(site: Site, wish: Wish) -> str:
    """Return whom a wish without subject speaks of: the site, or for a stake the company that holds its title."""
    if wish.table["property"] not in ("stake", "board-right"):
        return site.id
    roots = _roots(site)
    if len(roots) > 1:
        raise UsageError(f"--set {wish.text}: {site.id} has several title holders; name one with subject=: "
                         f"{', '.join(roots)}")  # fmt: skip
    return roots[0]


def _roots(site: Site) -> list[str]:
    return list(dict.fromkeys(site.holder_of(subject) for subject in site.subjects()))


def _near(key: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(key, list(known), n=3)
    return f"; near: {', '.join(near)}" if near else ""


def _figure(found: Iterable[Statement]) -> float:
    figured = best_first(one for one in found if one.value is not None and one.qualifiers.get("basis") != "voting")
    return (percents(figured[0].value)[1] or 0.0) if figured else 0.0


def _refuse_more_than_whole(owned: str, figures: dict[str, float]) -> None:
    total = sum(figures.values())
    if total > _WHOLE + _ROUNDING:
        held = ", ".join(f"{owner} {figure:g}" for owner, figure in figures.items() if figure)
        raise UsageError(f"stakes in {owned} would add up to {total:g} %: {held}; say whose holding it comes out of "
                         "(from=HOLDER, or of=HOLDER for a part of it), or leave a stake out: --drop KEY")  # fmt: skip

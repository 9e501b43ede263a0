"""An explanation as text for a terminal: the score, its reasons with their evidence, what would settle most."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from georisk.assessment import COMPOSITE
from georisk.explaining.citations import PREFIX, Support
from georisk.explaining.reasons import Argument, Explanation, Reason, title_of
from georisk.explaining.swings import ESTIMATE, Swing
from georisk.outputs.plain import visible
from georisk.outputs.reasoning import headline, scored_as, swing_effect, swing_ends, swing_state
from georisk.statements import Source

_STEP = 2
_EVIDENCE = 8


@dataclass
class _Writing:
    """The text so far: its width, the statements already told, the sources by number."""

    explanation: Explanation
    width: int
    told: set[str] = field(default_factory=set)
    sources: dict[str, Source] = field(default_factory=dict)

    def wrapped(self, text: str, indent: int, hang: int = 0) -> list[str]:
        pad = " " * indent
        return textwrap.wrap(
            visible(text), self.width, initial_indent=pad, subsequent_indent=pad + " " * hang,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip

    def numbers(self, sources: Iterable[Source]) -> str:
        """Return the numbers of some sources, such as ``[3][7]``; a new source gets the next one."""
        found = []
        for source in sources:
            self.sources.setdefault(source.id, source)
            found.append(list(self.sources).index(source.id) + 1)
        return "".join(f"[{number}]" for number in found)


def explanation_text(explanation: Explanation, *, width: int = 100, only: str | None = None) -> str:
    """Return the argument as text.

    Parameters
    ----------
    width
        Columns to wrap at.
    only
        Key of the one dimension to explain; ``None``: all.
    """
    writing = _Writing(explanation, width)
    lines: list[str] = []
    if only is None:
        lines += [*writing.wrapped(" ".join(headline(explanation)), 0), ""]
    for argument in explanation.arguments:
        if only in (None, argument.key):
            lines += [*_argument(writing, argument), ""]
    lines += [*_missing(writing, only), "", *_sources(writing)]
    return "\n".join(lines) + "\n"


def _argument(writing: _Writing, argument: Argument) -> Iterator[str]:
    part = f"; of {argument.part}" if argument.part else ""
    yield from writing.wrapped(scored_as(writing.explanation, argument) + part, 0)
    if argument.score.score is None:
        yield from writing.wrapped(f"No score: {argument.score.reason}.", _STEP)
    for number, reason in enumerate(argument.reasons, start=1):
        yield from _reason(writing, number, reason, named=argument.key != COMPOSITE)
    for missing in argument.score.unknown:
        text = f"?  {missing.question} Unknown: {title_of(missing.reason)} ({missing.weight:.0f} % of the weight)."
        yield from writing.wrapped(text, _STEP, hang=3)


def _reason(writing: _Writing, number: int, reason: Reason, *, named: bool) -> Iterator[str]:
    share = f" ({reason.percent:.0f} %)" if reason.points else ""
    name = f"{title_of(reason.indicator)}: " if named else ""
    yield from writing.wrapped(f"{number}. {reason.points:+5.1f} points{share}  {name}{reason.sentence}", _STEP, hang=3)
    fresh = [one for one in reason.supports if one.id not in writing.told]
    again = [one.id for one in reason.supports if one.id in writing.told]
    writing.told.update(one.id for one in fresh)
    for _, group in groupby(fresh, key=_series):
        yield from _support(writing, list(group))
    if again:
        yield from writing.wrapped(f"shown above: {', '.join(again)}", _EVIDENCE, hang=2)


def _series(support: Support) -> str:
    """Return what supports are told together: rows of one series, each statement alone."""
    return support.topic if support.id.startswith(PREFIX) else support.id


def _support(writing: _Writing, supports: list[Support]) -> Iterator[str]:
    first = supports[0]
    numbers = writing.numbers(dict.fromkeys(source for one in supports for source in one.sources))
    if first.statement is None:
        rows = "; ".join(f"{one.text} ({one.id})" if len(one.id) < 60 else one.text for one in supports)
        text = f"[{first.grade}] {first.about}, {first.topic}: {rows} {numbers}"
    else:
        text = f"{first.id} [{first.grade}] {first.about}, {first.topic}: {first.text}; {first.holds} {numbers}"
    yield from writing.wrapped(text, _EVIDENCE, hang=2)


def _missing(writing: _Writing, only: str | None) -> Iterator[str]:
    swings = [one for one in writing.explanation.swings if only in (None, one.dimension)]
    facts = [one for one in swings if one.kind != ESTIMATE]
    estimates = [one for one in swings if one.kind == ESTIMATE]
    if facts:
        yield "What is missing: first what can change a band, then by the width it takes off"
    else:
        yield "No missing fact would move a score."
    for number, swing in enumerate(facts, start=1):
        yield from _swing(writing, number, swing)
    if estimates:
        yield ""
        yield "Published estimates with errors of their own: only a new edition narrows them"
    for number, swing in enumerate(estimates, start=1):
        yield from _swing(writing, number, swing)


def _swing(writing: _Writing, number: int, swing: Swing) -> Iterator[str]:
    explanation = writing.explanation
    where = "" if swing.part is None else f"{explanation.assessment.snapshot.name(swing.part)}: "
    yield from writing.wrapped(f"{number}. {where}{swing.question} {swing_state(swing)}", _STEP, hang=3)
    yield from writing.wrapped(f"{swing_ends(explanation, swing)} {swing_effect(explanation, swing)}", 2 * _STEP + 1)


def _sources(writing: _Writing) -> Iterator[str]:
    if writing.sources:
        yield "Sources"
    for number, source in enumerate(writing.sources.values(), start=1):
        yield from writing.wrapped(f"[{number}] {source_text(source)}", _STEP, hang=4)


def source_text(source: Source) -> str:
    """Return a source in a line: publisher, title, date, grade, how it was reached, where it is."""
    date = str(source.published) if source.published else "no date"
    marks = [f"grade {source.grade}"]
    marks += ["state-linked"] if source.state_linked else []
    marks += [f"reached via {source.reached_via}"] if source.reached_via else []
    link = f" {source.url}" if source.url else ""
    return f"{source.publisher}: {source.title}, {date} ({'; '.join(marks)}){link}"

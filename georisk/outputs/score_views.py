"""Scores, their reasons and what is missing, as the templates of dossier and table ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from georisk.assessment import Score, Scored
from georisk.explaining.citations import Support
from georisk.explaining.reasons import Argument, Explanation, Reason, title_of
from georisk.explaining.swings import Swing
from georisk.method import Method
from georisk.outputs.reasoning import (
    figure,
    interval_text,
    scored_as,
    standing,
    statements_of,
    swing_effect,
    swing_ends,
    swing_state,
    weak_text,
)
from georisk.vocabulary import read_vocabulary

View = dict[str, Any]
CHINA = "china"


def rank_of(method: Method, score: Score) -> int | None:
    """Return the place of a score's band, 0 for the lowest; ``None``: not scored."""
    keys = [band.key for band in method.band]
    return None if score.band is None else keys.index(score.band)


@dataclass(frozen=True)
class ScoreViews:
    """Writes what one explanation says; ``data`` is the ``data/`` folder."""

    explanation: Explanation
    data: Path

    @property
    def method(self) -> Method:
        """The method of the run."""
        return self.explanation.assessment.method

    def context(self, links: Mapping[str, list[View]]) -> View:
        """Return cards, arguments, parts, channels and swings; ``links`` are Chinese links by channel."""
        from georisk.explaining.swings import ESTIMATE

        swings = self.explanation.swings
        return {
            "cards": [self._card(one) for one in self.explanation.arguments],
            "arguments": [self._argument(one) for one in self.explanation.arguments],
            "titles": [(one.key, one.title) for one in self.explanation.arguments],
            "scored_parts": [self._part(one) for one in self.explanation.scored.parts],
            "channels": self._channels(links),
            "swings": [self._swing(one) for one in swings if one.kind != ESTIMATE],
            "estimates": [self._swing(one) for one in swings if one.kind == ESTIMATE],
            "starts": [band.start for band in self.method.band],
        }

    def _card(self, argument: Argument) -> View:
        score = argument.score
        return {
            "key": argument.key,
            "title": argument.title,
            "rank": rank_of(self.method, score),
            "score": score.score,
            "low": score.low,
            "high": score.high,
            "shown": figure(self.method, score.score, 0),
            "band": score.band or "not scored",
            "interval": interval_text(score, 0),
            "known": f"{100 * score.known_weight:.0f} % of the weight known",
            "part": argument.part,
            "weak": weak_text(score),
            "worst": argument.key == self.explanation.scored.worst,
            "statements": statements_of(score),
        }

    def _argument(self, argument: Argument) -> View:
        start, reasons = 0.0, []
        for one in argument.reasons:
            reasons.append(self._reason(one, start))
            start += one.points
        return {
            "key": argument.key,
            "heading": scored_as(self.explanation, argument),
            "question": argument.question,
            "part": argument.part,
            "rank": rank_of(self.method, argument.score),
            "reasons": reasons,
            "statements": statements_of(argument.score),
            "reason": argument.score.reason,
            "standing": " ".join(standing(self.explanation, argument)),
            "unknown": [
                {"title": title_of(one.indicator).capitalize(), "question": one.question, "weight": one.weight,
                 "reason": title_of(one.reason)}
                for one in argument.score.unknown
            ],
        }  # fmt: skip

    def _reason(self, one: Reason, start: float) -> View:
        """Return one reason; in the composite it is a dimension and rests on what that one rests on."""
        dimension = next((found for found in self.explanation.dimensions if found.key == one.indicator), None)
        statements = tuple(support.id for support in one.supports)
        return {
            "title": "" if dimension else f"{title_of(one.indicator).capitalize()}.",
            "sentence": one.sentence,
            "points": one.points,
            "start": start,
            "supports": one.supports,
            "statements": statements or (statements_of(dimension.score) if dimension else ()),
        }

    def _part(self, part: Scored) -> View:
        cells = [self._part_cell(score) for score in (part.composite, *part.dimensions.values())]
        return {"name": part.name, "cells": cells}

    def _part_cell(self, score: Score) -> View:
        text = f"{figure(self.method, score.score, 0)} {score.band or 'not scored'} ({interval_text(score, 0)})"
        return {"rank": rank_of(self.method, score), "text": text, "statements": statements_of(score)}

    def _swing(self, one: Swing) -> View:
        score = self._scored_part(one).dimensions[one.dimension]
        ids = next((found.statements for found in score.contributions if found.indicator == one.indicator), ())
        return {
            "question": one.question,
            "title": title_of(one.indicator).capitalize(),
            "part": one.part and self.explanation.assessment.snapshot.name(one.part),
            "state": swing_state(one),
            "ends": swing_ends(self.explanation, one),
            "effect": swing_effect(self.explanation, one),
            "statements": ids or statements_of(score),
        }

    def _scored_part(self, one: Swing) -> Scored:
        scored = self.explanation.scored
        return next((part for part in scored.parts if part.id == one.part), scored)

    def _channels(self, links: Mapping[str, list[View]]) -> list[View]:
        vocabulary = read_vocabulary(self.data / "vocabulary", "channels")
        china = next((one for one in self.explanation.dimensions if one.key == CHINA), None)
        reasons = {one.indicator: one for one in china.reasons} if china else {}
        missing = {one.indicator: title_of(one.reason) for one in china.score.unknown} if china else {}
        return [
            {
                "title": vocabulary.title(code),
                "reading": reasons[code].sentence if code in reasons else _not_read(missing.get(code)),
                "points": f"{reasons[code].points:+.1f}" if code in reasons else "",
                "statements": [one.id for one in reasons[code].supports] if code in reasons else [],
                "links": links.get(code, []),
            }
            for code in vocabulary
        ]


def _not_read(reason: str | None) -> str:
    return "no indicator of its own" if reason is None else f"unknown: {reason}"


def speaks_of(one: Support, channel: str) -> bool:
    """Say whether a Chinese link is of a channel."""
    given = one.statement.qualifiers if one.statement is not None else {}
    return given.get("channel") == channel or channel in given.get("channels", ())

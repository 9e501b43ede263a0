"""How events become statements: ``data/news/proposing.toml``, read strictly."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from georisk.errors import Fault
from georisk.files import bundled_root, read_toml

WHERE = "data/news/proposing.toml"
FIRMNESS = ("speculative", "planned", "nonbinding", "conditional", "approved", "binding", "in-effect")
"""Forces from the least to the most real."""


def _compiled(given: Any) -> Any:
    if not isinstance(given, str):
        raise ValueError("is no pattern")
    try:
        return re.compile(given, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"is no pattern: {error}") from None


def _force(given: dict[str, str]) -> dict[str, str]:
    wrong = sorted(set(given.values()) - set(FIRMNESS))
    if wrong:
        raise ValueError(f"no force: {wrong[0]}")
    return given


Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Weight(_Strict):
    """How real and how true the acts of a modality are."""

    force: str
    status: Literal["confirmed", "claimed", "disputed"]


class Limits(_Strict):
    """Shares and lengths; the file says why each."""

    same_figure: float = Field(gt=0, lt=1)
    sum_of_parts: float = Field(gt=0, lt=1)
    context_chars: int = Field(gt=0)
    same_words_chars: int = Field(gt=0)


class EventRule(_Strict):
    """What events of one type become; see the comments of the file."""

    property: str | None = None
    value: Literal["amount", "share", "quantity", "stage", "party", "text"] | None = None
    subject: Literal["site", "owned", "any"] = "site"
    kind: str | None = None
    other: str | None = None
    text: str = "$title"
    unknown: str | None = None
    whole: bool = False
    ends: bool = False
    period: bool = False
    otherwise: str | None = None
    qualifiers: dict[str, Any] = Field(default_factory=dict)
    force: Annotated[dict[str, str], AfterValidator(_force)] = Field(default_factory=dict)
    paid: Pattern | None = None
    why: str | None = None


class Coded(_Strict):
    """A code and the words of a passage that stand for it."""

    code: str
    words: Pattern


class SourceRule(_Strict):
    """A kind of source: whose host or publisher fits the words."""

    kind: str
    grade: Literal["A", "B", "C", "D"]
    words: Pattern
    state_linked: bool = False


class Patterns(_Strict):
    """Turns of phrase."""

    share_of_holding: Pattern
    buys: Pattern
    bought_by: Pattern
    government: Pattern
    correction: Pattern


class Rules(_Strict):
    """All of the file."""

    modalities: dict[str, Weight]
    limits: Limits
    events: dict[str, EventRule]
    stages: tuple[Coded, ...]
    against: tuple[Coded, ...]
    sources: tuple[SourceRule, ...]
    patterns: Patterns

    def stage(self, passage: str) -> str | None:
        """Return the stage a passage tells of, ``None`` if none."""
        return next((one.code for one in self.stages if one.words.search(passage)), None)

    def target(self, passage: str) -> str:
        """Return what a proceeding is against."""
        return next(one.code for one in self.against if one.words.search(passage))


def firmer(one: str, other: str) -> bool:
    """Say whether a force is more real than another.

    >>> firmer("binding", "approved"), firmer("planned", "planned")
    (True, False)
    """
    return FIRMNESS.index(one) > FIRMNESS.index(other)


def news_folder(data: Path) -> Path:
    """Return the tables of news to go by: the workspace's own, else the bundled ones."""
    own = data / "news"
    return own if own.is_dir() else bundled_root() / "data" / "news"


@lru_cache(maxsize=4)
def read_rules(folder: Path) -> Rules:
    """Read ``proposing.toml`` of a ``data/news`` folder.

    Raises
    ------
    Fault
        If a key is unknown, missing or of the wrong kind.
    """
    try:
        return Rules.model_validate(read_toml(folder / "proposing.toml", WHERE))
    except ValidationError as error:
        one = error.errors()[0]
        raise Fault(f"{WHERE} [{'.'.join(map(str, one['loc']))}]", one["msg"], "see the comments of the file") from None

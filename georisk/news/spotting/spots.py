"""Places in a sentence that may tell of an event: a sum, a share, a quantity, or words that trigger one."""

from __future__ import annotations

from dataclasses import dataclass

from georisk.news.sentences.figures import Amount, Quantity
from georisk.news.sentences.shares import Share
from georisk.news.sentences.structure import Sentence

HELD = "share-held"


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one sentence."""

    amounts: tuple[Amount, ...] = ()
    shares: tuple[Share, ...] = ()
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence as spots are looked for in it.

    Attributes
    ----------
    sentence, figures
        The sentence and its figures.
    triggered
        Telling words found in it.
    context
        What stands above it: title, heading, lead-in.
    dealing
        Whether it stands in a list of deals, where a bare sum counts.
    names
        Spans of known names within the sentence; words of theirs tell of nothing.
    """

    sentence: Sentence
    figures: Figures
    triggered: tuple[Spot, ...]
    context: str
    dealing: bool
    names: tuple[tuple[int, int], ...] = ()

    def in_name(self, start: int, end: int) -> bool:
        """Tell whether words belong to a known name: "Export" of an export bank."""
        return any(a <= start and end <= b for a, b in self.names)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that may tell of an event.

    Attributes
    ----------
    sentence
        Where it stands.
    type
        The type of event.
    start, end
        The telling words, within the sentence.
    rule
        Which row of the tables found it.
    strength
        How telling the words are, 1 to 3.
    needs
        What must stand beside it.
    modality
        What the words themselves say of it; empty if nothing.
    amount, share, quantities
        Its figures.
    """

    sentence: Sentence
    type: str
    start: int
    end: int
    rule: str
    strength: int
    needs: frozenset[str]
    modality: str = ""
    amount: Amount | None = None
    share: Share | None = None
    quantities: tuple[Quantity, ...] = ()

    @property
    def figured(self) -> bool:
        """Whether it carries a sum, a share or a quantity."""
        return self.amount is not None or self.share is not None or bool(self.quantities)

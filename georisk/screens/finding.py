"""What one rule says of one site or part on a day: an answer of three words, and everything it hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from georisk.screens.judgement import Answer
from georisk.screens.lists.kinds import ListKind
from georisk.screens.lists.standing import Hit
from georisk.screens.rules import Rule, Status
from georisk.screens.verdict import Verdict

Word = Literal["yes", "no", "undetermined"]
WARNING = "Analysis, not legal advice."


@dataclass(frozen=True)
class Finding:
    """What one rule says of one site or part.

    Attributes
    ----------
    site, subject, name
        The site, the site or part screened, and its name.
    party, party_name
        The owned node: the title holder, or the site itself.
    rule
        The rule.
    answer
        What holds on the day.
    test
        What the rule's test alone says, in force or not.
    applies
        Whether the rule asks about such a party at all.
    status
        The rule's standing on the day.
    verdict
        Figures, paths and what would turn them; ``None`` where no figure can be had.
    why
        Reasons the figures do not give: a list that is not loaded, a name to confirm, a fact the registry lacks.
    listed
        List entries of the parties above that the rule looks at.
    not_loaded
        Lists the rule needs that were not loaded.
    """

    site: str
    subject: str
    name: str
    party: str
    party_name: str
    rule: Rule
    answer: Word
    test: Word
    applies: bool
    status: Status
    verdict: Verdict | None
    why: tuple[str, ...] = ()
    listed: tuple[Hit, ...] = ()
    not_loaded: tuple[ListKind, ...] = ()

    @property
    def exempt(self) -> bool:
        """Whether the party is one of those the rule counts, or at home, and so not asked about."""
        return self.verdict is not None and self.verdict.exempt

    @property
    def listless(self) -> bool:
        """Whether nothing can be said because the rule counts nobody but those on lists that were not loaded."""
        return bool(self.not_loaded) and on_lists_alone(self.rule) and self.test == "undetermined" and not self.listed

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """Least and greatest per cent of the figure that decides.

        Nothing where no figure decides: the rule does not ask, the party is caught by what it is, or there was no list
        to count by.
        """
        verdict = self.verdict
        if verdict is None or not self.applies or self.exempt or verdict.reason is not None:
            return None, None
        figure = verdict.nearest
        if figure is None and self.not_loaded:
            return None, None
        low, high = (0.0, 0.0) if figure is None else (figure.low, figure.high)
        return low, None if self.not_loaded and on_lists_alone(self.rule) else high


def on_lists_alone(rule: Rule) -> bool:
    """Say whether a rule counts nobody but those on its lists."""
    group = rule.holders
    return bool(group.flags) and group.nations is None and group.kinds is None and group.foreign_to is None


def word(answer: Answer) -> Word:
    """Return an answer in a word."""
    return "undetermined" if answer is None else "yes" if answer else "no"


def in_effect(test: Answer, status: Status) -> tuple[Word, list[str]]:
    """Return what holds on a day when a rule stands as it does, and why if that is not what its test says.

    Examples
    --------
    >>> in_effect(True, "suspended")
    ('no', ['suspended on the day: it catches nobody; the test alone says yes'])
    >>> in_effect(True, "unverified")[0], in_effect(False, "unverified")[0]
    ('undetermined', 'no')
    """
    if status == "in-force":
        return word(test), []
    if status == "unverified":
        return ("no" if test is False else "undetermined"), []
    words = {
        "suspended": "suspended on the day",
        "not-yet": "not yet in force on the day",
        "ended": "no longer in force",
    }
    return "no", [f"{words[status]}: it catches nobody; the test alone says {word(test)}"]

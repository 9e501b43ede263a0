"""Learns how much to trust an event from the annotated texts that ship with the project.

    python -m georisk.news.learning.training [FOLDER]

reads the texts and ``events.jsonl`` of a folder (default: ``tests/news/texts``), proposes events, marks those that
agree with the annotations, and fits a logistic regression (scikit-learn) to what is known of each. The weights go to
``data/news/confidence.csv``. How well they do is told for each article by weights that have not seen it. No registry is
read: what is learned rests on the texts and the tables alone, and holds for names that no registry has.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from georisk.errors import UsageError
from georisk.files import bundled_root, write_text
from georisk.news.extracting.knowledge import Knowledge
from georisk.news.extracting.recognising import propose
from georisk.news.learning.marking import Mark, agrees, is_trapped, overlap, read_marks
from georisk.news.reading.files import read_files
from georisk.seeds import Seeds

NO_REGISTRY = Seeds({}, {}, {}, {}, {}, (), (), ())
TEXTS = Path("tests") / "news" / "texts"
_MARKS = "events.jsonl"
_NO_TEXTS = (".jsonl",)
_README = "README.md"
_STRENGTH = 1.0
_BINS = (0.0, 0.5, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Example:
    """A proposed event: its article, what is known of it, and whether it is right."""

    article: str
    features: Mapping[str, float]
    right: bool


@dataclass(frozen=True)
class Learned:
    """Weights by feature, and how chances given without having seen the article compare with the truth.

    Attributes
    ----------
    weights
        Weight of each feature.
    examples
        How many were learned from.
    brier
        Mean squared difference between chance and truth, leaving one article out at a time.
    baseline
        The same if every chance were the share of right ones.
    bins
        Lower end, upper end, number, mean chance and share of right ones.
    """

    weights: Mapping[str, float]
    examples: int
    brier: float
    baseline: float
    bins: tuple[tuple[float, float, int, float, float], ...]


def files_of(folder: Path) -> list[Path]:
    """Return the texts of a folder of annotated texts, in order."""
    return sorted(
        path for path in folder.iterdir() if path.suffix not in _NO_TEXTS and path.name != _README and path.is_file()
    )


def examples_of(folder: Path, knowledge: Knowledge) -> list[Example]:
    """Propose events for the texts of a folder and hold them against its marks.

    Raises
    ------
    UsageError
        If the folder holds no marks.
    """
    if not (folder / _MARKS).is_file():
        raise UsageError(f"{folder} holds no {_MARKS}; name a folder with annotated texts")
    marks = read_marks(folder / _MARKS)
    by_article: dict[str, list[Mark]] = {}
    for mark in marks:
        by_article.setdefault(mark["article"], []).append(mark)
    found = []
    for article in read_files(files_of(folder), knowledge.lexicon.reading).articles:
        own = by_article.get(article.id, [])
        for one in propose(article, knowledge):
            trapped = is_trapped(one.event, own)
            right = any(agrees(one.event, mark) and (not trapped or overlap(one.event, mark) >= 0.5) for mark in own)
            found.append(Example(article.id, one.features, right))
    return found


def learn(examples: Sequence[Example]) -> Learned:
    """Fit weights, and tell how well they do on articles they have not seen.

    Raises
    ------
    UsageError
        If all examples are right, or all are wrong, or they come from one article only.
    """
    truth = [one.right for one in examples]
    groups = [one.article for one in examples]
    if len(set(truth)) < 2 or len(set(groups)) < 2:
        raise UsageError("learning needs right and wrong proposals from more than one article")
    names = sorted({name for one in examples for name, value in one.features.items() if value and name != "bias"})
    rows = [[one.features.get(name, 0.0) for name in names] for one in examples]
    fitted = _regression().fit(rows, truth)
    weights = dict(zip(names, map(float, fitted.coef_[0]), strict=True)) | {"bias": float(fitted.intercept_[0])}
    chances = _unseen(rows, truth, groups)
    share = sum(truth) / len(truth)
    return Learned(weights, len(examples), _brier(chances, truth), share * (1 - share), tuple(_bins(chances, truth)))


def _regression() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=_STRENGTH, max_iter=2000, solver="newton-cholesky")


def _unseen(rows: list[list[float]], truth: list[bool], groups: list[str]) -> list[float]:
    from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict

    found = cross_val_predict(_regression(), rows, truth, groups=groups, cv=LeaveOneGroupOut(), method="predict_proba")
    return [float(one[1]) for one in found]


def _brier(chances: Sequence[float], truth: Sequence[bool]) -> float:
    return sum((chance - right) ** 2 for chance, right in zip(chances, truth, strict=True)) / len(chances)


def _bins(chances: Sequence[float], truth: Sequence[bool]) -> list[tuple[float, float, int, float, float]]:
    found = []
    for low, high in pairwise(_BINS):
        inside = [(c, t) for c, t in zip(chances, truth, strict=True) if low <= c < high or (high == 1.0 and c == 1.0)]
        if inside:
            mean, right = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            found.append((low, high, len(inside), mean, right))
    return found


def table_of(weights: Mapping[str, float]) -> str:
    """Return weights as the text of ``confidence.csv``, rounded to three decimals."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("code", "title", "description", "weight"))
    for code in sorted(weights, key=lambda name: (name != "bias", name)):
        kind, _, what = code.partition(":")
        writer.writerow((code, f"{kind} is {what}" if what else kind, "", f"{weights[code]:.3f}"))
    return out.getvalue()


def report(learned: Learned) -> str:
    """Return in words how well the weights do on articles they have not seen."""
    lines = [
        f"{learned.examples} proposed events; Brier score {learned.brier:.3f} leaving one article out"
        f" ({learned.baseline:.3f} if every chance were the same)"
    ]
    lines += [
        f"chance {low:.1f} to {high:.1f}: {number} events, mean chance {mean:.2f}, right {right:.2f}"
        for low, high, number, mean, right in learned.bins
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn from a folder, write the weights, and say how well they do."""
    from georisk.news.extracting.knowledge import read_knowledge

    given = list(sys.argv[1:] if arguments is None else arguments)
    folder = Path(given[0]) if given else TEXTS
    root = bundled_root()
    learned = learn(examples_of(folder, read_knowledge(NO_REGISTRY, root / "data" / "news")))
    write_text(root / "data" / "news" / "confidence.csv", table_of(learned.weights))
    sys.stdout.write(report(learned) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What is learned comes again from the shipped marks, by one command, and is judged on articles it has not seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from georisk.errors import UsageError
from georisk.news.extracting.knowledge import Knowledge
from georisk.news.learning import training
from georisk.news.learning.training import Example, examples_of, learn, report, table_of

TEXTS = Path(__file__).resolve().parents[1] / "texts"


def test_the_command_gives_the_shipped_weights_again(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written: list[tuple[Path, str]] = []
    monkeypatch.setattr(training, "write_text", lambda path, text: written.append((path, text)))
    assert training.main([str(TEXTS)]) == 0
    ((path, text),) = written
    assert path.name == "confidence.csv"
    shipped = weights(data / "confidence.csv", None)
    again = weights(None, text)
    assert again.keys() == shipped.keys()
    # the solver may end elsewhere in the last digits on another machine
    assert all(again[name] == pytest.approx(shipped[name], abs=0.01) for name in shipped)
    assert "leaving one article out" in capsys.readouterr().out


def weights(path: Path | None, text: str | None) -> dict[str, float]:
    rows = (path.read_text() if path is not None else str(text)).splitlines()[1:]
    return {row.split(",")[0]: float(row.rsplit(",", 1)[1]) for row in rows}


def test_an_article_is_judged_by_weights_that_have_not_seen_it() -> None:
    """Each of twelve articles says by its own mark that it is right, and the others say the contrary of it."""
    examples = [
        Example(f"{number}-00", {"bias": 1.0, f"own:{number}": 1.0, "lean": float(number % 2)}, bool(number % 2))
        for number in range(12)
    ] * 2
    learned = learn(examples)
    assert learned.examples == 24
    assert learned.baseline == 0.25  # half of them right: 0.5 * 0.5
    assert learned.weights["lean"] > 0
    assert learned.brier < learned.baseline  # what the others teach ("lean") helps on the one left out
    assert "24 proposed events" in report(learned)


def test_nothing_can_be_learned_from_one_article_or_one_answer() -> None:
    with pytest.raises(UsageError, match="more than one article"):
        learn([Example("1-00", {"bias": 1.0}, True), Example("1-00", {"bias": 1.0}, False)])
    with pytest.raises(UsageError, match="right and wrong"):
        learn([Example("1-00", {"bias": 1.0}, True), Example("2-00", {"bias": 1.0}, True)])


def test_a_folder_without_marks_is_a_usage_error(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(UsageError, match=r"holds no events\.jsonl"):
        examples_of(tmp_path, knowledge)


def test_the_table_is_sorted_and_round() -> None:
    assert (
        table_of({"type:loan": 0.12345, "bias": 1.0})
        == "code,title,description,weight\nbias,bias,,1.000\ntype:loan,type is loan,,0.123\n"
    )


@pytest.mark.parametrize("number", [0, 3])
def test_every_proposal_is_an_example(number: int, knowledge: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "1_a.txt").write_text(
        "A note\n\n14 May 2024\n\n" + "DFC signed a loan of $25 million for Serra Azul.\n\n" * min(number, 1)
    )
    (tmp_path / "events.jsonl").write_text("")
    found = examples_of(tmp_path, knowledge)
    assert [one.right for one in found] == [False] * min(number, 1)

"""``screen --cases`` through the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from georisk.cli.screen import screen
from georisk.errors import UsageError

CASES = Path(__file__).parents[1] / "cases"

app = typer.Typer()
app.command()(screen)


def run(*words: str | Path) -> tuple[int, str, str]:
    found = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False, standalone_mode=True)
    return found.exit_code, found.stdout, found.stderr


def test_json_is_one_object_by_case_and_rule() -> None:
    code, out, err = run("--cases", CASES / "public.json", "--format", "json")
    answers = json.loads(out)
    assert code == 0
    assert answers["pub-ofac-01"]["ofac_50"]["caught"] == ["A", "B"]
    assert len(answers) == 28
    assert err == ""


def test_a_check_without_differences_leaves_with_0() -> None:
    code, _, err = run("--cases", CASES / "refused.json", "--check", "--format", "json")
    assert code == 0
    assert "all as expected" in err


def test_a_difference_leaves_with_1_and_says_where(tmp_path: Path) -> None:
    content = json.loads((CASES / "public.json").read_text("utf-8"))
    content["cases"][0]["expected"]["ofac_50"]["caught"] = ["A"]
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(content), "utf-8")
    code, out, err = run("--cases", path, "--check", "--format", "json")
    assert code == 1
    assert len(json.loads(out)) == 28  # the answers are printed all the same
    assert "pub-ofac-01: ofac_50 > caught: expected ['A'], found ['A', 'B']" in err
    assert "28 cases, 1 with a difference" in err


def test_people_get_a_row_for_each_case_and_rule() -> None:
    code, out, _ = run("--cases", CASES / "refused.json", "--format", "csv")
    assert code == 0
    assert out.splitlines()[0] == "case,rule,answer"
    assert len(out.splitlines()) == 1 + 10


@pytest.mark.parametrize("words", [("--check",), ("--cases", "nowhere.json"), ("hill", "--cases", "x.json")])
def test_what_is_missing_is_said(words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        run(*words)

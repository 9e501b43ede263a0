from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from georisk.dates import When
from georisk.errors import UsageError
from georisk.gate.seedfile import SeedText, toml_text

TEXT = '''# A hill.
id = "hill"
kind = "mine"

[sources.one]
title = "One"   # its title
grade = "A"

# Owners

[[statement]]
key = "first"
property = "stake"
sources = [
  "one", # kept
]

[[closure]]
key = "first-ends"
closes = ["first"]

# Sales

[[statement]]
key = "second"
property = "offtake"
note = """
[[statement]]
not a header, but words
"""
'''


def test_a_text_is_put_together_as_it_was(root: Path) -> None:
    assert str(SeedText.parse(TEXT)) == TEXT
    files = sorted((root / "seeds").rglob("*.toml"))
    assert files
    for path in files:
        text = path.read_bytes().decode()
        assert str(SeedText.parse(text)) == text


def test_headers_in_texts_and_lists_make_no_records() -> None:
    parsed = SeedText.parse(TEXT)
    assert [piece.name for piece in parsed.pieces] == ["", "sources.one", "statement", "closure", "statement"]
    assert parsed.place("statement", "second") == 4
    assert parsed.place("statement", "third") is None
    assert SeedText.parse('a = [\n  ["b"]\n]\n').pieces[0].name == ""


def test_a_source_goes_behind_the_sources_and_before_the_comment_that_follows() -> None:
    changed = str(SeedText.parse(TEXT).with_source("two", {"title": "Two", "published": When.parse("2026-02")}))
    assert changed == TEXT.replace(
        'grade = "A"\n', 'grade = "A"\n\n[sources.two]\ntitle = "Two"\npublished = "2026-02"\n'
    )


def test_a_source_in_a_file_without_sources_stands_before_the_records() -> None:
    changed = str(SeedText.parse('id = "hill"\n\n[[statement]]\nkey = "a"\n').with_source("one", {"grade": "A"}))
    assert changed == 'id = "hill"\n\n[sources.one]\ngrade = "A"\n\n[[statement]]\nkey = "a"\n'


def test_a_record_goes_behind_its_like_and_its_closure() -> None:
    parsed = SeedText.parse(TEXT)
    assert parsed.last_like("stake") == 3
    assert parsed.last_like("offtake") == 4
    assert parsed.last_like("finance") is None
    record = {"key": "third", "property": "stake", "value": 5.0, "valid_from": date(2026, 3, 1)}
    changed = str(parsed.with_record("statement", record, parsed.last_like("stake")))
    block = '\n[[statement]]\nkey = "third"\nproperty = "stake"\nvalue = 5.0\nvalid_from = 2026-03-01\n'
    assert changed == TEXT.replace('closes = ["first"]\n', 'closes = ["first"]\n' + block)


def test_a_record_without_a_like_goes_to_the_end_even_without_a_last_line_end() -> None:
    changed = str(SeedText.parse(TEXT.rstrip("\n")).with_record("statement", {"key": "third"}))
    assert changed == TEXT + '\n[[statement]]\nkey = "third"\n'


def test_one_record_changes_and_nothing_else() -> None:
    parsed = SeedText.parse(TEXT)
    place = parsed.place("statement", "first")
    assert place is not None
    changed = str(parsed.changed(place, lambda record: record["sources"].append("two")))
    assert "# kept" in changed
    assert tomllib.loads(changed)["statement"][0]["sources"] == ["one", "two"]
    head, tail = TEXT.split("sources = [\n")[0], TEXT.split("]\n\n[[closure]]")[1]
    assert changed.startswith(head)
    assert changed.endswith(tail)


def test_a_record_is_taken_out_and_its_comment_stays() -> None:
    parsed = SeedText.parse(TEXT)
    changed = str(parsed.without(parsed.place("closure", "first-ends") or 0))
    assert changed == TEXT.replace('[[closure]]\nkey = "first-ends"\ncloses = ["first"]\n', "")


def test_line_ends_are_kept() -> None:
    windows = TEXT.replace("\n", "\r\n")
    changed = str(SeedText.parse(windows).with_record("closure", {"key": "x"}))
    assert changed == windows + '\r\n[[closure]]\r\nkey = "x"\r\n'


def test_what_is_no_toml_cannot_be_changed() -> None:
    with pytest.raises(UsageError, match="not valid TOML"):
        SeedText.parse('id = "hill\n')


def test_a_new_file_begins_with_its_plain_keys() -> None:
    assert str(SeedText.of_head({"id": "x", "aliases": ["a", "b"]})) == 'id = "x"\naliases = ["a", "b"]\n'


scalars = st.text(max_size=20) | st.integers(-(10**9), 10**9) | st.booleans() | st.dates(date(1900, 1, 1))
tables = st.deferred(lambda: st.dictionaries(st.text(max_size=6), values, max_size=3))
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | tables, max_leaves=6)


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), values, min_size=1, max_size=5))
def test_any_value_is_read_back_as_it_was(record: dict[str, object]) -> None:
    text = str(SeedText.parse(TEXT).with_record("statement", record))
    assert tomllib.loads(text)["statement"][-1] == record


def test_partial_dates_are_texts() -> None:
    assert toml_text(When.parse("2026-Q3")) == '"2026-Q3"'
    assert toml_text(When.parse("2026-03-01")) == "2026-03-01"

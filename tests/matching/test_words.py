"""The tables of words, forms and limits."""

import shutil
from pathlib import Path

import pytest

from georisk.errors import Fault
from georisk.files import bundled_root
from georisk.matching.words import Words, read_words


def test_forms_of_one_company(words: Words) -> None:
    forms = words.forms
    assert words.may_be_one(forms["ltd"], forms["limited"])
    assert words.may_be_one(forms["inc"], forms["corp"])
    assert not words.may_be_one(forms["plc"], forms["ag"])
    assert not words.may_be_one(forms["plc"], forms["ltd"])
    assert not words.may_be_one(forms["ab"], forms["as"]), "share companies of different countries"


def test_every_family_that_is_compatible_exists(words: Words) -> None:
    families = {one.family for one in words.forms.values()}
    assert {name for pair in words.compatible for name in pair} <= families


def test_an_unknown_role_is_a_fault(tmp_path: Path) -> None:
    shutil.copytree(bundled_root() / "data" / "matching", tmp_path / "matching")
    with (tmp_path / "matching" / "words.csv").open("a", encoding="utf-8") as table:
        table.write("strange,strange,nonsense,\n")
    with pytest.raises(Fault, match="role 'nonsense'"):
        read_words(tmp_path / "matching")

from __future__ import annotations

import gc

import pytest

from georisk.memory import uncollected


def test_nothing_is_collected_inside_and_all_is_as_before_after() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_inside_leaves_it_as_before_too() -> None:
    def fail() -> None:
        with uncollected():
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert gc.isenabled()

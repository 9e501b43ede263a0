from __future__ import annotations

from georisk.indicators import NAMES, functions


def test_every_name_a_definition_may_ask_for_is_a_documented_function() -> None:
    found = functions()
    assert set(found) == NAMES
    assert all(function.__doc__ for function in found.values())

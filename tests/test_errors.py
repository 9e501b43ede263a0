from __future__ import annotations

import pytest

from georisk.errors import Fault, FaultGroup, GeoriskError, UsageError, WorkspaceLocked


@pytest.mark.parametrize("kind", [Fault, FaultGroup, UsageError, WorkspaceLocked])
def test_every_error_is_caught_by_the_base(kind: type[Exception]) -> None:
    assert issubclass(kind, GeoriskError)


def test_a_fault_says_where_what_and_what_to_do() -> None:
    fault = Fault("seeds/parties/x.toml [stake]", "value 130", "a number from 0 to 100")
    assert str(fault) == "seeds/parties/x.toml [stake]: value 130; a number from 0 to 100"
    assert str(Fault("here", "odd")) == "here: odd"


def test_a_group_holds_all_faults_and_splits_into_groups() -> None:
    group = FaultGroup("2 faults", [Fault("a", "x"), Fault("b", "y")])
    mine, rest = group.split(lambda one: isinstance(one, Fault) and one.where == "a")
    assert isinstance(mine, FaultGroup)
    assert isinstance(rest, FaultGroup)
    assert [str(one) for one in mine.exceptions] == ["a: x"]

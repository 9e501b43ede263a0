from __future__ import annotations

from typing import Any

from georisk.ownership.steering import MAJORITY, SOLE, STATED, grips


def found(made: Any, *group: str) -> dict[str, tuple[str, str, bool]]:
    snapshot = made.snapshot()
    told = grips(snapshot, made.graph(), made.open().method().ownership, group)
    return {party: (grip.kind, grip.holder, grip.sure) for party, grip in told.items()}


def test_majority_then_stated_then_sole_parent(made: Any) -> None:
    made.stake("one", owner="dragon", percent=51)
    made.say("one", "profile", "a shell")
    made.stake("two", owner="ada", percent=60)
    made.say("two", "control", "through one", holder="one")
    made.stake("three", owner="two")
    assert found(made, "dragon") == {
        "one": (MAJORITY, "dragon", True), "two": (STATED, "one", True), "three": (SOLE, "two", False),
    }  # fmt: skip


def test_half_is_no_majority_and_two_owners_are_no_sole_parent(made: Any) -> None:
    made.stake("one", owner="dragon", percent=50)
    made.stake("two", owner="dragon")
    made.stake("two", owner="ada")
    assert found(made, "dragon") == {}


def test_what_is_disputed_or_rests_on_a_guess_is_not_sure(made: Any) -> None:
    made.party("one")
    made.say("one", "control", "some say", holder="dragon", status="disputed")
    made.party("dragon")
    made.stake("two", owner="one", percent=80)
    assert found(made, "dragon") == {"one": (STATED, "dragon", False), "two": (MAJORITY, "one", False)}


def test_plans_past_control_and_unnamed_holders_count_nothing(made: Any) -> None:
    made.party("dragon")
    made.party("one")
    made.say("one", "control", "is to run it", holder="dragon", force="planned")
    made.say("one", "control", "ran it", holder="dragon", since="2020", until="2025-01-01")
    made.say("one", "control", "somebody runs it")
    assert found(made, "dragon") == {}


def test_two_firms_do_not_steer_each_other_into_existence(made: Any) -> None:
    made.stake("one", owner="two")
    made.stake("two", owner="one")
    made.party("dragon")
    assert found(made, "dragon") == {}

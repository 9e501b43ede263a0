from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from georisk.gate.drafting import Drafted
from georisk.gate.totals import weighed

WITHIN = 0.03


def money(value: float, force: str, start: int, unit: str = "USD") -> Drafted:
    record: dict[str, Any] = {"property": "finance", "value": value, "unit": unit, "force": force}
    return Drafted(SimpleNamespace(start=start), None, "sites/hill", None, record)  # type: ignore[arg-type]


def test_parts_of_a_framework_are_no_firmer_than_it() -> None:
    """277 and 1300 make 1577, which is 1.4 % from 1600."""
    found = weighed([money(1600, "nonbinding", 1), money(277, "binding", 2), money(1300, "conditional", 3)], WITHIN)
    assert [one.record["force"] for one in found] == ["nonbinding"] * 3
    assert [one.part_of is found[0].event for one in found] == [False, True, True]


def test_money_that_does_not_add_up_is_left_alone() -> None:
    drafts = [money(1600, "nonbinding", 1), money(277, "binding", 2), money(1500, "in-effect", 3)]
    assert weighed(drafts, WITHIN) == drafts


def test_another_currency_is_no_part() -> None:
    drafts = [money(100, "nonbinding", 1), money(60, "binding", 2), money(40, "binding", 3, "EUR")]
    assert weighed(drafts, WITHIN) == drafts


def test_a_weaker_part_stays_weaker() -> None:
    found = weighed([money(100, "binding", 1), money(60, "planned", 2), money(40, "binding", 3)], WITHIN)
    assert [one.record["force"] for one in found] == ["binding", "planned", "binding"]

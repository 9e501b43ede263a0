"""Every rule finds its engine."""

from __future__ import annotations

import pytest

from georisk.errors import UsageError
from georisk.screens.engines import judge
from georisk.screens.judgement import Judgement
from tests.screens.parties import DISCLOSED, book, graph, rule, stake

ON = graph("G:CHN:government T:AUS:company", stake("G", "T", 100))


@pytest.mark.parametrize("key", [key for key, one in book().rules.items() if one.test.engine != "cost-ratio"])
def test_every_rule_on_owners_answers(key: str) -> None:
    assert isinstance(judge(ON, rule(key), book().rules, DISCLOSED), Judgement)


def test_a_rule_on_costs_does_not() -> None:
    with pytest.raises(UsageError, match="about costs"):
        judge(ON, rule("obbba_macr"), book().rules, DISCLOSED)


def test_attribution_needs_a_rule_on_holders() -> None:
    lonely = rule("obbba_fie").model_copy(update={"holders": rule("ofac_50").holders})
    with pytest.raises(UsageError, match="caught_by"):
        judge(ON, lonely, book().rules, DISCLOSED)

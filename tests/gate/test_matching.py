from __future__ import annotations

from typing import Any

import pytest

from georisk.dates import When
from georisk.gate.drafting import Drafted
from georisk.gate.matching import Firmer, matched, same_value
from georisk.gate.rules import Rules
from georisk.statements import Statement


def statement(**more: Any) -> Statement:
    given: dict[str, Any] = {
        "id": "s-1", "key": "hill:loan", "subject": "hill", "property": "finance", "value": 40_000_000, "unit": "USD",
        "sources": ("ledger",), "grade": "A", "recorded": When.parse("2025-06-01"), "recorded_basis": "published",
        "qualifiers": {"lender": "bank", "kind": "loan", "instrument": "senior loan"},
        "valid_from": When.parse("2025-06-01"), "force": "binding", "file": "seeds/sites/hill/site.toml",
    }  # fmt: skip
    return Statement(**(given | more))


def draft(**more: Any) -> Drafted:
    record: dict[str, Any] = {
        "property": "finance", "value": 40_000_000, "unit": "USD", "force": "binding", "status": "confirmed",
        "qualifiers": {"lender": "bank", "kind": "loan"},
    }  # fmt: skip
    return Drafted(None, None, "sites/hill", None, record | more)  # type: ignore[arg-type]


def test_the_same_claim_takes_the_known_ones_words(rules: Rules) -> None:
    known = statement()
    found = matched(draft(value=40_200_000), [known], rules)  # 0.5 % apart
    assert isinstance(found, Drafted)
    assert found.restates == "hill:loan"
    assert found.record["value"] == known.value
    assert found.record["qualifiers"] == known.qualifiers
    assert found.record["valid_from"] == known.valid_from


@pytest.mark.parametrize(
    "more",
    [
        {"value": 50_000_000},
        {"unit": "EUR"},
        {"qualifiers": {"lender": "other", "kind": "loan"}},
        {"qualifiers": {"lender": "bank", "kind": "grant"}},
        {"valid_from": When.parse("2026-02-01")},
    ],
)
def test_another_sum_lender_kind_or_day_is_another_claim(rules: Rules, more: dict[str, Any]) -> None:
    found = matched(draft(**more), [statement()], rules)
    assert isinstance(found, Drafted)
    assert found.restates is None
    assert found.supersedes == ()


def test_what_is_known_more_firmly_is_not_proposed_again(rules: Rules) -> None:
    found = matched(draft(force="nonbinding"), [statement()], rules)
    assert isinstance(found, Firmer)
    assert str(found) == "hill:loan says so already, and more firmly (binding)"


def test_a_signed_loan_ends_the_approval_of_the_same_lender(rules: Rules) -> None:
    known = statement(force="approved")
    later = draft(value=45_000_000, valid_from=When.parse("2026-03-01"))
    found = matched(later, [known], rules)
    assert isinstance(found, Drafted)
    assert found.supersedes == ("hill:loan",)


def test_a_second_loan_of_the_same_lender_ends_nothing(rules: Rules) -> None:
    found = matched(draft(value=45_000_000, valid_from=When.parse("2026-03-01")), [statement()], rules)
    assert isinstance(found, Drafted)
    assert found.supersedes == ()


def test_a_later_share_of_the_same_owner_ends_the_earlier(rules: Rules) -> None:
    stake: dict[str, Any] = {
        "property": "stake",
        "unit": "percent",
        "qualifiers": {"owner": "quarry"},
        "force": "in-effect",
    }
    known = statement(**stake, value=60, key="hill:stake")
    found = matched(draft(**stake, value=35, valid_from=When.parse("2026-03-01")), [known], rules)
    assert isinstance(found, Drafted)
    assert found.supersedes == ("hill:stake",)
    assert matched(draft(**stake, value=60), [known], rules).restates == "hill:stake"  # type: ignore[union-attr]


def test_two_wordings_of_one_deal_are_one_claim(rules: Rules) -> None:
    deal: dict[str, Any] = {"property": "transaction", "unit": None, "force": "nonbinding"}
    known = statement(**deal, value="Memorandum for the sale of a stake", qualifiers={"buyer": "quarry", "percent": 40},
                      valid_from=When.parse("2026-03-01"))  # fmt: skip
    again = draft(**deal, value="purchase of a stake: Quarry", qualifiers={"buyer": "quarry", "percent": 40},
                  valid_from=When.parse("2026-03-02"))  # fmt: skip
    found = matched(again, [known], rules)
    assert isinstance(found, Drafted)
    assert found.record["value"] == known.value


def test_a_plan_for_another_day_is_another_plan(rules: Rules) -> None:
    plan: dict[str, Any] = {"property": "milestone", "unit": None, "force": "planned", "valid_from": None}
    known = statement(**plan, value="production", qualifiers={"due": "2027"})
    found = matched(draft(**plan, value="production at Hill", qualifiers={"due": "2028"}), [known], rules)
    assert isinstance(found, Drafted)
    assert found.restates is None


def test_figures_within_two_in_a_hundred_are_one() -> None:
    assert same_value(100, 102, 0.02)  # 2 is not more than 2 % of 102
    assert not same_value(100, 103, 0.02)
    assert same_value([1, 2], [1, 2], 0.02)

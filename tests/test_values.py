from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from georisk.check import record_faults
from georisk.errors import Fault


@pytest.fixture
def desk(made: Any) -> Any:
    made.site("hill", country="TZA")
    made.party("dragon", incorporation="CHN")
    made.party("hill-co")
    return made


def faults(desk: Any, root: Path) -> list[Fault]:
    return record_faults(desk.open().seeds, root / "data")


def only(desk: Any, root: Path) -> Fault:
    found = faults(desk, root)
    assert len(found) == 1, [str(one) for one in found]
    return found[0]


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("stake", 100.1, "0 to 100"), ("stake", -1, "0 to 100"), ("stake", "60", "0 to 100"), ("stake", True, "0 to 100"),
        ("stake", [60, 40], "0 to 100"), ("stake", [50], "0 to 100"), ("stake", [1, 2, 3], "0 to 100"),
        ("stake", [0, 101], "0 to 100"), ("stake", ["a", "b"], "0 to 100"), ("stake", {"low": 1}, "0 to 100"),
        ("capacity", "many", "plain number"), ("capacity", [9, 1], "plain number"),
        ("incorporation", "China", "codes"), ("incorporation", "CN", "codes"), ("incorporation", ["CHN", "XX"], "codes"),
        ("incorporation", {"a": 1}, "codes"), ("incorporation", [["CHN"]], "codes"), ("incorporation", 7, "codes"),
        ("stage", "digging", "allowed: "), ("operator", "nobody", "seeds/parties"), ("operator", ["dragon"], "seeds/parties"),
        ("commodity", "gold", "list of texts"), ("commodity", [1], "list of texts"), ("listing", 5, "a text"),
        ("location", "somewhere", "GeoJSON"),
    ],
)  # fmt: skip
def test_a_value_that_its_property_does_not_allow(desk: Any, root: Path, name: str, value: Any, allowed: str) -> None:
    desk.say("hill-co", name, value, key="odd", **({"owner": "dragon"} if name == "stake" else {}))
    fault = only(desk, root)
    assert fault.where == "seeds/parties/hill-co.toml [odd]"
    assert allowed in fault.allowed


@pytest.mark.parametrize("value", ["inf", "nan", "-inf"])
def test_numbers_are_finite(desk: Any, root: Path, value: str) -> None:
    desk.write()
    path = desk.path("party", "hill-co")
    text = f'[[statement]]\nkey = "odd"\nproperty = "capacity"\nvalue = {value}\nsources = ["ledger"]\n'
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    from georisk.workspace import open_workspace

    [fault] = record_faults(open_workspace(desk.root).seeds, root / "data")
    assert "plain number" in fault.allowed


@pytest.mark.parametrize(
    ("name", "value"),
    [("stake", 0), ("stake", 100), ("stake", [0, 100]), ("stake", 33.3), ("capacity", [1, 2]), ("capacity", -5),
     ("stage", "production"), ("operator", "dragon"), ("commodity", ["gold"]), ("listing", "INV: HIL"),
     ("incorporation", "CHN"), ("extent", {"any": "thing"})],
)  # fmt: skip
def test_what_is_allowed_is_no_fault(desk: Any, root: Path, name: str, value: Any) -> None:
    desk.say("hill-co", name, value, **({"owner": "dragon"} if name == "stake" else {}))
    assert faults(desk, root) == []


@pytest.mark.parametrize(
    ("unit", "fine"), [("USD", True), ("usd", False), (None, False), ("DOLLAR", False), ("US$", False)]
)
def test_money_has_a_currency(desk: Any, root: Path, unit: str | None, fine: bool) -> None:
    desk.say("hill-co", "finance", 5_000_000, kind="loan", **({"unit": unit} if unit else {}))
    assert (faults(desk, root) == []) is fine


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("owner", "nobody", "owner 'nobody' is no party"), ("owner", ["dragon"], "owner ['dragon'] is no party"),
        ("lender", "a bank", "lender 'a bank' is no party"), ("holder", 5, "holder 5 is no party"),
        ("via", ["nobody"], "via names 'nobody'"), ("via", "dragon", "via is 'dragon'"),
        ("includes", ["dragon", "nobody"], "includes names 'nobody'"), ("includes", [1], "includes is [1]"),
        ("channels", "debt", "channels is 'debt'"), ("channels", ["magic"], "channels 'magic' is not known"),
        ("channel", "magic", "channel 'magic' is not known"), ("categories", ["sure"], "categories 'sure' is not known"),
        ("against", "nature", "against 'nature' is not known"),
        ("country", "China", "country 'China' is not known"), ("due", "soon", "due is 'soon'"), ("due", 2027, "due is 2027"),
        ("carried", "yes", "carried is 'yes'"), ("option", 1, "option is 1"), ("sites", "hill", "sites is 'hill'"),
    ],
)  # fmt: skip
def test_a_qualifier_that_is_not_what_it_should_be(desk: Any, root: Path, name: str, value: Any, found: str) -> None:
    desk.say("hill-co", "profile", "digger", key="odd", qualifiers={name: value})
    fault = only(desk, root)
    assert fault.where == "seeds/parties/hill-co.toml [odd]"
    assert fault.found.startswith(found)


@pytest.mark.parametrize(
    ("name", "value"),
    [("owner", "hill"), ("buyer", "twenty groups"), ("partner", "a neighbour"), ("via", ["dragon"]), ("due", "2027-Q1"),
     ("channels", ["debt", "offtake"]), ("carried", True), ("country", "TZA"), ("includes", [])],
)  # fmt: skip
def test_a_qualifier_that_is_fine(desk: Any, root: Path, name: str, value: Any) -> None:
    desk.say("hill-co", "profile", "digger", qualifiers={name: value})
    assert faults(desk, root) == []


def test_the_kind_of_finance_is_a_code(desk: Any, root: Path) -> None:
    desk.say("hill-co", "finance", 5, unit="USD", kind="gift", key="odd")
    assert only(desk, root).found == "kind 'gift' is not known"


def test_a_stake_has_an_owner(desk: Any, root: Path) -> None:
    desk.say("hill-co", "stake", 60, key="odd")
    assert "without an owner" in only(desk, root).found

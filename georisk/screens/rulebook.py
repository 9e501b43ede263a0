"""What screens are evaluated with: the rules, country codes, and the method's figures on control and disclosure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from georisk.errors import Fault
from georisk.files import read_toml
from georisk.screens.case_file import alpha3_codes
from georisk.screens.rules import Rule, read_rules


@dataclass(frozen=True)
class Rulebook:
    """Rules, places and figures.

    Attributes
    ----------
    rules
        By key.
    places
        Alpha-3 codes by alpha-2 code.
    control_from
        Per cent of votes above which control begins.
    disclosed_from
        Per cent from which holders of a listed company must report.
    """

    rules: Mapping[str, Rule]
    places: Mapping[str, str]
    control_from: float
    disclosed_from: float


def read_rulebook(data: Path) -> Rulebook:
    """Read the rulebook from the folder of method and vocabulary.

    Raises
    ------
    Fault
        If the method lacks a figure.
    FaultGroup
        With every misfit of every rule.
    """
    where = "data/method/method.toml"
    figures = read_toml(data / "method" / "method.toml", where).get("ownership", {})
    for key in ("control_percent", "float_holder_percent"):
        if not isinstance(figures.get(key), int | float):
            raise Fault(f"{where} [ownership]", f"lacks {key}", "a number of per cent")
    return Rulebook(
        read_rules(data / "method" / "screens"),
        alpha3_codes(data / "vocabulary"),
        figures["control_percent"],
        figures["float_holder_percent"],
    )

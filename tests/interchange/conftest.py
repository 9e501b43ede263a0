"""An invented registry of stakes of every kind, and what it exports, made once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from georisk.interchange.exporting import export_bytes
from georisk.ownership.graph import Stake
from georisk.ownership.stakes import Ageing, stakes_on
from georisk.workspace import Workspace

DAY = "2026-11-21"


def _stakes_of(workspace: Workspace) -> dict[tuple[str, str], Stake]:
    """Return the stakes of a workspace on the pinned day by owner and owned, ageing as the method has it."""
    rule = workspace.method().ageing
    found = stakes_on(workspace.snapshot(DAY, DAY), Ageing(rule.grace_months, rule.per_year))
    return {(one.owner, one.owned): one for one in found}


@pytest.fixture(scope="session")
def stakes_of() -> Callable[[Workspace], dict[tuple[str, str], Stake]]:
    """Return what tells the stakes of a workspace."""
    return _stakes_of


@dataclass(frozen=True)
class Told:
    """The registry, and its exports."""

    workspace: Workspace
    bods: list[dict[str, Any]]
    ftm: list[dict[str, Any]]

    def relation(self, owner: str, owned: str) -> dict[str, Any]:
        """Return the BODS statement of one stake."""
        ends = (f"georisk-party-{owner}", f"georisk-party-{owned}")
        return next(
            one for one in self.bods if one["recordType"] == "relationship"
            and (one["recordDetails"]["interestedParty"], one["recordDetails"]["subject"]) == ends
        )  # fmt: skip

    def entity(self, name: str) -> dict[str, Any]:
        """Return one FollowTheMoney entity."""
        return next(one for one in self.ftm if one["id"] == name)


@pytest.fixture(scope="session")
def told(workspace: Any, tmp_path_factory: pytest.TempPathFactory) -> Told:
    made = workspace(tmp_path_factory.mktemp("told"))
    tell(made)
    opened = made.open()
    bods = json.loads(export_bytes(opened, "bods", DAY, DAY))
    lines = export_bytes(opened, "ftm", DAY, DAY).decode("utf-8").splitlines()
    return Told(opened, bods, [json.loads(line) for line in lines])


def tell(made: Any) -> None:
    made.source("paper", grade="B", published="2026-02", url="https://example.org/paper", origin="an interview")
    made.source("undated", grade="C", published=None)
    made.site("hill", country="TZA", at=(35.75, -6.17), holder="hill-co", aliases=["Kilima"])
    made.site("cloud", kind="refinery")
    made.party("hill-co", title="Hill Company Limited", incorporation="TZA")
    made.party("quarry", title="Quarry plc", listed=True, incorporation="GBR", aliases=["Steinbruch <b>{{ 7 }}</b>"])
    made.party("ada", kind="person", incorporation="NOR", title="Ada")
    made.party("dodoma", kind="state", incorporation="TZA", title="State of Tanzania")
    made.party("office", kind="agency", incorporation="TZA", title="The Office")
    made.party("family", kind="group", title="The family")
    made.party("vessel", title="Vessel Ltd")
    made.party("dragon", title="=Dragon Metals", incorporation="CHN")
    made.say("quarry", "identifier", "529900ODI3047E2LIV03", scheme="XI-LEI")
    made.say("dragon", "list-entry", "DRAGON METALS CO", since="2025-01-07", list="us-1260h", status="disputed")
    made.stake("hill-co", owner="dodoma", percent=16, carried=True, statutory=True, since="2020-01-01")
    made.stake("hill-co", owner="quarry", percent=[40, 50], since="2021-Q2", via=["vessel"], sources=["paper"])
    made.stake("hill-co", owner="dragon", since="2022", sources=["undated"], reported="2024-05-01")
    made.stake("quarry", owner="ada", percent=25, sources=["ledger", "paper"], until="2027-01-01")
    made.stake("quarry", owner="family", percent=12.5, basis="voting", includes=["ada"], note="A note.")
    made.stake("quarry", owner="office", percent=5, force="planned", since="2027-01-01")
    made.stake("cloud", owner="dragon", percent=60)
    made.stake("quarry", owner="dragon", percent=3, since="2019-01-01", until="2020-01-01")

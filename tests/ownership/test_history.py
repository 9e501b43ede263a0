"""What changed in the chain of owners between two days."""

from __future__ import annotations

import pytest

from georisk.ownership.history import stake_changes


@pytest.fixture
def changes(made):
    made.site("hill", country="TZA", at=(32.8, -7.7), holder="hill-co")
    made.party("hill-co")
    made.party("anna", kind="person")
    made.party("ben", kind="person")
    made.party("cora", kind="person")
    made.stake("hill-co", owner="anna", percent=60, since="2020-01-01", until="2024-01-01")
    made.stake("hill-co", owner="anna", percent=30, since="2024-01-01")
    made.stake("hill-co", owner="ben", percent=40, since="2020-01-01", until="2024-01-01")
    made.stake("hill-co", owner="cora", percent=70, since="2024-01-01")
    opened = made.open()
    return lambda since, until: stake_changes(
        *(opened.holders(opened.snapshot(day, "2026-11-21")) for day in (since, until)), "hill-co"
    )


def test_a_sale_shows_who_came_who_went_and_who_holds_less(changes):
    found = {(one.owner, one.how): (one.before, one.after) for one in changes("2023-12-31", "2024-01-01")}
    assert set(found) == {("anna", "changed"), ("ben", "ended"), ("cora", "began")}
    assert found["ben", "ended"][1] is None
    assert found["cora", "began"][0] is None


def test_a_band_that_only_grew_is_no_change(changes):
    assert changes("2024-06-01", "2026-11-21") == []


def test_the_command_prints_the_changes(georisk, root):
    ran = georisk(
        "owners", "ngualla", "--from", "2025-09-01", "--to", "2025-10-15", "--format", "csv", "--workspace", root
    )
    assert ran.code == 0
    assert 'changed,"Shenghe Resources Holding Co., Ltd.",Peak Rare Earths Limited,19.8 %,100 %' in ran.out


def test_one_day_alone_is_refused(georisk, root):
    ran = georisk("owners", "ngualla", "--from", "2025-09-01", "--workspace", root)
    assert ran.code == 2
    assert "--from and --to go together" in ran.err

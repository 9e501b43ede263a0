"""House rules of scoring, on invented registries drawn at random.

Many sites share one registry in each example: that another site never moves one is a rule of its own below.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from georisk.evidence import Evidence
from georisk.scoring import PowerMeanPoints, Scores, WeightedPoints, risk_of, score_subjects
from georisk.snapshot import Snapshot
from georisk.statements import Statement

DAY = date(2026, 11, 21)
CHINA = ("equity", "control", "offtake", "processing", "debt", "contractor")
OPACITY = ("unresolved", "missing-figures", "depth", "secrecy", "evidence-age", "evidence-grade")
SOME = (*CHINA, "unresolved", "secrecy", "evidence-age", "governance", "proceedings")
SITES = 8
PERCENT = st.integers(0, 100)


@dataclass(frozen=True)
class Plan:
    """One invented site: who owns it through whom, and its other ties."""

    chinese: int
    other: int
    middle: int | None
    listed: bool
    offtake: tuple[int, str | None] | None
    western: int | None
    processing: int | None
    loans: tuple[int, int] | None
    contractor: str | None


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    chinese = draw(st.integers(0, 90))
    offtake = draw(st.none() | st.tuples(PERCENT, st.sampled_from([None, "2026-01-01", "2029-11-21", "2040-01-01"])))
    return Plan(
        chinese=chinese,
        other=draw(st.integers(0, 100 - chinese)),
        middle=draw(st.none() | st.integers(1, 100)),
        listed=draw(st.booleans()),
        offtake=offtake,
        western=draw(st.none() | st.integers(0, 100 - (offtake[0] if offtake else 0))),  # output is sold once
        processing=draw(st.none() | PERCENT),
        loans=draw(st.none() | st.tuples(st.integers(1, 100), st.integers(0, 100))),
        contractor=draw(st.none() | st.sampled_from(["dragon", "bear"])),
    )


def tell(made: Any, name: str, plan: Plan) -> None:
    """Write a plan down as a site of its own, with a company and perhaps a holding between."""
    root = f"{name}-co"
    made.site(name, holder=root, country="TZA")
    made.party(root, listed=plan.listed)
    upper = root
    if plan.middle is not None:
        upper = f"{name}-middle"
        made.stake(root, owner=upper, percent=plan.middle, key="middle")
    if plan.chinese:
        made.stake(upper, owner="dragon", percent=plan.chinese, key="dragon")
    if plan.other:
        made.stake(upper, owner="ada", percent=plan.other, key="ada")
    if plan.offtake is not None:
        share, end = plan.offtake
        made.say(name, "offtake", share, buyer="dragon", key="offtake", **({"until": end} if end else {}))
    if plan.western is not None:
        made.say(name, "offtake", plan.western, buyer="bear", key="western")
    if plan.processing is not None:
        made.say(name, "processing", plan.processing, country="CHN", key="processing")
    if plan.loans is not None:
        for lender, amount in zip(("dragon", "bear"), plan.loans, strict=True):
            made.say(
                name, "finance", amount, unit="USD", kind="loan", force="binding", lender=lender, key=f"loan-{lender}"
            )
    if plan.contractor is not None:
        made.say(name, "contractor", plan.contractor, key="contractor")


@pytest.fixture(scope="module")
def desks(workspace: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a maker of workspaces that know a few parties."""

    def desk() -> Any:
        made = workspace(tmp_path_factory.mktemp("desk"))
        made.party("dragon", incorporation="CHN")
        made.party("bear", incorporation="NOR", listed=True)
        made.party("ada", kind="person", incorporation="NOR")
        return made

    yield desk


def score(made: Any, keys: tuple[str, ...] = CHINA, **clocks: str) -> Scores:
    return run(made.evidence(**clocks), keys)


def run(evidence: Evidence, keys: tuple[str, ...]) -> Scores:
    """Score with some of the indicators."""
    method = evidence.method
    some = tuple(one for one in method.indicators if one.key in keys)
    dimensions = [one for one in method.dimension if one.key in {indicator.dimension for indicator in some}]
    changed = method.model_copy(update={"indicators": some, "dimension": dimensions})
    return score_subjects(Evidence(evidence.snapshot, changed, evidence.references))


def table(found: Scores, dimension: str = "china") -> pd.DataFrame:
    return found.dimensions[found.dimensions["dimension"] == dimension].set_index("subject")


@settings(max_examples=6)
@given(st.lists(st.tuples(plans(), st.integers(1, 100)), min_size=SITES, max_size=SITES))
def test_more_chinese_equity_never_lowers_china_linkage(desks: Any, drawn: list[tuple[Plan, int]]) -> None:
    """More may also make an unknown equity known, which is another thing: then low alone is compared."""
    made = desks()
    for number, (plan, more) in enumerate(drawn):
        tell(made, f"less{number}", plan)
        chinese = min(100, plan.chinese + more)
        tell(made, f"more{number}", replace(plan, chinese=chinese, other=min(plan.other, 100 - chinese)))
    found = score(made)
    scores, marks = table(found), found.marks.set_index(["subject", "indicator"])
    for number in range(len(drawn)):
        less, more_ = scores.loc[f"less{number}"], scores.loc[f"more{number}"]
        assert more_["low"] >= less["low"] - 1e-9
        known = [marks.loc[(f"{name}{number}", "equity"), "reason"] == "" for name in ("less", "more")]
        if known[0] == known[1] and not np.isnan(less["score"]):
            assert more_["score"] >= less["score"] - 1e-9


VALUED = {"stake", "offtake", "processing", "finance", "contractor"}


@settings(max_examples=6)
@given(st.lists(plans(), min_size=SITES, max_size=SITES), st.randoms(use_true_random=False))
def test_making_a_known_value_unknown_never_narrows_the_bounds(
    desks: Any, drawn: list[Plan], chance: random.Random
) -> None:
    """Opacity is left out: there a missing figure is the measurement itself."""
    known, vague = desks(), desks()
    for number, plan in enumerate(drawn):
        for made in (known, vague):
            tell(made, f"site{number}", plan)
        records = [
            record
            for (_, name), file in vague._files.items()
            if name.startswith(f"site{number}")
            for record in file["statement"]
            if record["property"] in VALUED
        ]
        for record in chance.sample(records, min(len(records), chance.randint(1, 2))):
            record.pop("value", None)
            record["unknown"] = "not-found"
    before, after = table(score(known)), table(score(vague))
    assert (after["low"] <= before["low"] + 1e-9).all(), after["low"] - before["low"]
    assert (after["high"] >= before["high"] - 1e-9).all(), after["high"] - before["high"]


@settings(max_examples=5)
@given(st.lists(plans(), min_size=SITES, max_size=SITES))
def test_points_add_up_and_the_score_lies_between_its_bounds(desks: Any, drawn: list[Plan]) -> None:
    made = desks()
    for number, plan in enumerate(drawn):
        tell(made, f"site{number}", plan)
    found = score(made, (*CHINA, *OPACITY))
    points = found.marks.groupby(["subject", "dimension"])["points"].sum()
    for row in found.dimensions.itertuples():
        assert 0 <= row.low <= row.high <= 100 + 1e-9
        if not np.isnan(row.score):
            assert row.low - 1e-9 <= row.score <= row.high + 1e-9
            if row.dimension != "composite":
                assert points[row.subject, row.dimension] == approx(row.score, abs=1e-6)


def exactly(found: Scores, names: set[str]) -> list[tuple[Any, ...]]:
    """Return every figure of some sites, to the last digit that is written (nine decimals), NaN made comparable."""
    rows = []
    for frame in (found.dimensions, found.marks.drop(columns="detail")):
        some = frame[frame["subject"].isin(names)].round(9).astype(object)
        rows += [tuple(map(repr, row)) for row in some.sort_index(axis=1).itertuples(index=False)]
    return sorted(rows)


@settings(max_examples=3)
@given(st.lists(plans(), min_size=2, max_size=4), st.lists(plans(), min_size=1, max_size=4))
def test_another_site_never_moves_one(desks: Any, drawn: list[Plan], others: list[Plan]) -> None:
    made = desks()
    names = {f"site{number}" for number in range(len(drawn))}
    for number, plan in enumerate(drawn):
        tell(made, f"site{number}", plan)
    alone = exactly(score(made, SOME), names)
    for number, plan in enumerate(others):
        tell(made, f"other{number}", plan)
    assert exactly(score(made, SOME), names) == alone


@settings(max_examples=3)
@given(st.lists(plans(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_files_and_statements_never_matters(desks: Any, drawn: list[Plan], chance: random.Random) -> None:
    made = desks()
    for number, plan in enumerate(drawn):
        tell(made, f"site{number}", plan)
        made.stake(
            f"site{number}-co", owner="dragon", percent=min(plan.chinese + 1, 100 - (plan.middle or 0)), key="rival"
        )
    evidence = made.evidence()
    seeds = evidence.snapshot.seeds

    def shuffled(given: Any) -> Any:
        items = list(given.items() if isinstance(given, dict) else given)
        chance.shuffle(items)
        return dict(items) if isinstance(given, dict) else tuple(items)

    mixed = replace(
        seeds, statements=shuffled(seeds.statements), closures=shuffled(seeds.closures), sources=shuffled(seeds.sources),
        parties=shuffled(seeds.parties), sites=shuffled(seeds.sites),
    )  # fmt: skip
    runs = [
        run(Evidence(Snapshot.take(one, DAY, DAY), evidence.method, evidence.references), SOME)
        for one in (seeds, mixed)
    ]
    assert exactly(runs[0], set(seeds.sites)) == exactly(runs[1], set(seeds.sites))


@settings(max_examples=4)
@given(plans(), st.sampled_from(["stake", "offtake", "processing", "contractor", "finance"]))
def test_an_accepted_statement_is_undone_by_closing_it(desks: Any, plan: Plan, kind: str) -> None:
    """Accepted in March, closed in June as of its own beginning: what was known in between stays what it was."""
    made = desks()
    for key, published in (("base", "2026-01-10"), ("news", "2026-03-01"), ("mend", "2026-06-10")):
        made.source(key, published=published)
    tell(made, "site", plan)
    for file in made._files.values():
        for record in file["statement"]:
            record["sources"] = ["base"]

    def seen(known_by: str) -> list[tuple[Any, ...]]:
        return exactly(score(made, known_by=known_by), {"site"})

    base = seen("2026-11-21")
    more: dict[str, Any] = {
        "stake": {"subject": "site-co", "value": 5, "owner": "dragon"}, "offtake": {"value": 33, "buyer": "dragon"},
        "processing": {"value": 44, "country": "CHN"}, "contractor": {"value": "dragon"},
        "finance": {"value": 77, "unit": "USD", "kind": "loan", "lender": "dragon", "force": "binding"},
    }[kind]  # fmt: skip
    subject = more.pop("subject", "site")
    made.say(subject, kind, more.pop("value"), key="news", since="2026-02-01", sources=["news"], **more)
    accepted = seen("2026-06-09")
    made.close(subject, "news", until="2026-02-01", sources=["mend"])
    assert seen("2026-11-21") == base
    assert seen("2026-06-09") == accepted
    assert seen("2026-02-28") == base


# Ownership against an exact solver that shares no code with the package


def exact_share(companies: list[str], held: dict[tuple[str, str], int], group: str) -> dict[str, Fraction]:
    """Solve share_j = held(group, j) + sum over companies i of held(i, j) share_i, in fractions."""
    size = len(companies)
    rows = [
        [Fraction(int(i == j)) - Fraction(held.get((i, j), 0), 100) for i in companies]
        + [Fraction(held.get((group, j), 0), 100)]
        for j in companies
    ]
    for column in range(size):
        pivot = next(row for row in range(column, size) if rows[row][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [cell / rows[column][column] for cell in rows[column]]
        for row in range(size):
            if row != column:
                rows[row] = [
                    one - rows[row][column] * other for one, other in zip(rows[row], rows[column], strict=True)
                ]
    return {company: rows[place][-1] for place, company in enumerate(companies)}


@st.composite
def rings(draw: st.DrawFn) -> dict[tuple[str, str], int]:
    """Draw stakes between six companies, two of which are mines, and a Chinese party; loops are likely."""
    companies = [f"c{number}" for number in range(6)]
    held: dict[tuple[str, str], int] = {}
    for owned in companies:
        left = 97  # never all of it, so that no loop is closed
        owners = draw(st.lists(st.sampled_from(["dragon", *companies]), max_size=4, unique=True))
        for owner in owners:
            percent = draw(st.integers(0, left))
            if percent and owner != owned:
                held[owner, owned] = percent
                left -= percent
    return held


@settings(max_examples=20)
@given(rings())
def test_shares_agree_with_an_exact_solver_on_graphs_with_cycles(desks: Any, held: dict[tuple[str, str], int]) -> None:
    made = desks()
    companies = [f"c{number}" for number in range(6)]
    for company in companies:
        made.site(f"mine-{company}", holder=company)
    for (owner, owned), percent in held.items():
        made.stake(owned, owner=owner, percent=percent)
    expected = exact_share(companies, held, "dragon")
    from georisk.indicators import functions

    evidence = made.evidence()
    found = functions()["chinese_equity"](evidence, made.indicator("equity")).set_index("subject")
    for company in companies:
        row = found.loc[f"mine-{company}"]
        if row["reason"] == "":
            assert row["value"] == approx(float(100 * expected[company]), abs=1e-9)
            assert row["low"] - 1e-9 <= row["value"] <= row["high"] + 1e-9
        else:
            assert expected[company] == 0


# Arithmetic


TABLES = st.integers(1, 5).flatmap(
    lambda width: st.tuples(
        st.lists(st.lists(st.floats(0, 100), min_size=width, max_size=width), min_size=1, max_size=4),
        st.lists(st.floats(0.1, 50), min_size=width, max_size=width),
        st.integers(0, width - 1),
        st.floats(0, 100),
    )
)


@given(TABLES, st.floats(1, 6))
def test_a_worse_finding_never_improves_a_score(drawn: Any, exponent: float) -> None:
    rows, weights, place, worse = drawn
    before = np.array(rows)
    after = before.copy()
    after[0, place] = max(after[0, place], worse)
    for estimator in (WeightedPoints(weights), PowerMeanPoints(weights, exponent)):
        sums = [estimator.fit(values).transform(values).sum(axis=1) for values in (before, after)]
        assert sums[1][0] >= sums[0][0] - 1e-9
        assert np.array_equal(sums[0][1:], sums[1][1:])
        assert (sums[0] <= before.max(axis=1) + 1e-9).all()
        assert (sums[0] >= before.min(axis=1) - 1e-9).all()


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_a_worse_raw_value_never_lowers_its_risk(root: Path, value: float, more: float) -> None:
    from georisk.indicators import NAMES
    from georisk.method import read_method

    for indicator in read_method(root / "data" / "method", NAMES).indicators:
        sign = 1 if indicator.goalposts.hundred > indicator.goalposts.zero else -1
        less, worse = risk_of(pd.Series([value, value + sign * more]), indicator)
        assert 0 <= less <= worse <= 100


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=6))
def test_what_is_not_known_yet_is_never_seen(drawn: list[tuple[int, bool]]) -> None:
    from georisk.dates import When
    from georisk.seeds import Seeds

    days = [date(2020 + year, 6, 1) for year in range(4)]
    statements = tuple(
        Statement(
            f"s-{place}",
            f"x:{place}",
            "x",
            "history",
            place,
            (),
            "A",
            When.parse(days[year]),
            "published",
            timeless=timeless,
        )
        for place, (year, timeless) in enumerate(drawn)
    )
    seeds = Seeds({}, {}, {}, {}, {}, statements, (), ())
    for known_by in days:
        seen = {one.id for one in Snapshot.take(seeds, DAY, known_by).known}
        assert seen == {one.id for one in statements if one.timeless or one.recorded.last <= known_by}

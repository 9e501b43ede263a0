"""Stories the real registry must tell, on the pinned day; an order, not a number, wherever numbers may move.

Where a story stops being told, the evidence or the method has changed: report it with the reasons, tune nothing.
"""

from __future__ import annotations

from pytest import approx

from georisk.assessment import Assessment
from georisk.evidence import Evidence
from georisk.ownership.holders import Holders
from georisk.scoring import score_subjects
from georisk.workspace import Workspace

DAY = "2026-11-21"
EIGHT = (
    "mountain-pass",
    "round-top",
    "white-mesa",
    "pela-ema",
    "ngualla",
    "mutanda-kcc",
    "minami-torishima",
    "lobito-corridor",
)


def score(found: Assessment, site: str, dimension: str) -> float:
    value = found.sites[site].dimensions[dimension].score
    assert value is not None, f"{site} has no score for {dimension}: {found.sites[site].dimensions[dimension].reason}"
    return value


def then(repository: Workspace, day: str, site: str, dimension: str) -> float:
    """Return the score of a site without parts as of another day, by what is known on the pinned one."""
    evidence = Evidence(repository.snapshot(day, DAY).strong(), repository.method(), repository.data / "reference")
    table = score_subjects(evidence).dimensions.set_index(["subject", "dimension"])
    return float(table.loc[(site, dimension), "score"])


def owners(repository: Workspace, day: str = DAY) -> Holders:
    return repository.holders(repository.snapshot(day, DAY))


class TestOrder:
    def test_china_linkage_ngualla_pela_ema_round_top(self, assessed: Assessment) -> None:
        ngualla, pela, top = (score(assessed, site, "china") for site in ("ngualla", "pela-ema", "round-top"))
        assert ngualla > pela > top

    def test_jurisdiction_mutanda_kcc_then_ngualla_and_pela_ema_then_white_mesa(self, assessed: Assessment) -> None:
        congo, ngualla, pela, mesa = (
            score(assessed, site, "jurisdiction") for site in ("mutanda-kcc", "ngualla", "pela-ema", "white-mesa")
        )
        assert congo > max(ngualla, pela)
        assert min(ngualla, pela) > mesa

    def test_the_middle_two_overlap(self, assessed: Assessment) -> None:
        """Tanzania and Brazil differ by less than their estimates' errors: the interval says so."""
        ngualla, pela = (assessed.sites[site].dimensions["jurisdiction"] for site in ("ngualla", "pela-ema"))
        assert max(ngualla.low, pela.low) < min(ngualla.high, pela.high)


class TestTime:
    def test_ngualla_s_linkage_rises_when_the_purchase_of_peak_closes(self, repository: Workspace) -> None:
        before, after = (then(repository, day, "ngualla", "china") for day in ("2025-09-01", "2025-10-15"))
        assert after > before

    def test_mountain_pass_was_more_linked_in_2023_than_today(
        self, repository: Workspace, assessed: Assessment
    ) -> None:
        assert then(repository, "2023-06-30", "mountain-pass", "china") > score(assessed, "mountain-pass", "china")

    def test_pela_ema_is_less_linked_once_its_contracts_end_with_2026(
        self, repository: Workspace, assessed: Assessment
    ) -> None:
        assert repository.snapshot("2027-01-31", DAY).projection
        assert then(repository, "2027-01-31", "pela-ema", "china") < score(assessed, "pela-ema", "china")

    def test_kcc_s_shares_make_up_the_whole_on_both_sides_of_2024(self, repository: Workspace) -> None:
        shares = {}
        for day in ("2023-12-31", "2024-01-01"):
            stakes = owners(repository, day).direct("kamoto-copper-company")
            points = {stake.owner: stake.equity.point for stake in stakes if stake.equity is not None}
            assert None not in points.values()
            assert sum(points.values()) == approx(100)
            shares[day] = points
        assert shares["2023-12-31"] != shares["2024-01-01"]


class TestOwners:
    def test_cccc_s_share_of_the_railway_through_mota_engil(self, repository: Workspace) -> None:
        # Mota-Engil has 49.5 per cent of the railway, CCCC 32.41 of Mota-Engil: 0.495 x 32.41 = 16.043.
        ways = [one for one in owners(repository).links("lobito-atlantic-railway") if one.stake.owner == "cccc"]
        assert sum(one.share or 0.0 for one in ways) == approx(0.495 * 32.41, abs=0.005)

    def test_its_band_grows_with_the_age_of_the_figure(self, repository: Workspace) -> None:
        [way] = [one for one in owners(repository).links("lobito-atlantic-railway") if one.stake.owner == "cccc"]
        assert way.least < 0.495 * 32.41 < way.reach

    def test_tanzania_s_sixteen_are_carried_beside_shenghe_s_eighty_four(self, repository: Workspace) -> None:
        found = owners(repository)
        site = repository.seeds.sites["ngualla"]
        direct = {stake.owner: stake for stake in found.direct(site.holder_of("ngualla"))}
        state = direct.pop("state-tza")
        assert state.equity is not None
        assert (state.equity.point, state.carried) == (16.0, True)
        [other] = direct.values()
        assert other.equity is not None
        assert (other.equity.point, other.carried) == (84.0, False)
        ends = {end.party: end for end in found.ultimate(site.holder_of("ngualla"))}
        chinese = [one for one in found.links(site.holder_of("ngualla")) if one.stake.owner == "shenghe-resources"]
        assert sum(one.share or 0.0 for one in chinese) == approx(84)
        assert ends["state-tza"].share == approx(16)

    def test_nobody_published_what_serra_verde_s_shareholders_hold(self, repository: Workspace) -> None:
        found = owners(repository)
        links = found.links("serra-verde-mining")
        holders = {"denham-capital", "energy-minerals-group", "vision-blue-resources"}
        named = [one for one in links if one.stake.owner in holders]
        assert {one.stake.owner for one in named} == holders
        assert all(one.share is None and one.stake.equity is not None for one in named)
        assert all(one.stake.equity.point is None for one in named if one.stake.equity is not None)


def test_no_site_is_without_a_place_and_an_opacity_score(assessed: Assessment) -> None:
    for name, site in assessed.sites.items():
        assert site.dimensions["opacity"].score is not None, name
        assert site.dimensions["jurisdiction"].score is not None, name


def test_a_china_score_is_missing_only_below_its_floor_and_says_so(assessed: Assessment) -> None:
    floor = assessed.method.aggregation.floor_dimension_percent / 100
    for name, site in assessed.sites.items():
        china = site.dimensions["china"]
        assert (china.score is None) == (china.known_weight < floor), name
        assert china.score is not None or "of the applicable weight is known" in china.reason, name
    assert all(assessed.sites[name].dimensions["china"].score is not None for name in EIGHT)


def test_what_was_published_in_february_2026_was_not_known_in_january(repository: Workspace) -> None:
    then = repository.snapshot(DAY, "2026-01-31")
    for one in then.known:
        assert one.timeless or one.recorded.last.isoformat() <= "2026-01-31"
        assert one.ended_by is None or one.ended_by.recorded.last.isoformat() <= "2026-01-31"
        if not one.timeless:
            for source in then.sources(one):
                assert source.published is None or source.published.last.isoformat() <= "2026-01-31"

from __future__ import annotations

from typing import Any


def values(made: Any, name: str = "stage", **clocks: str) -> list[Any]:
    return [one.value for one in made.snapshot(**clocks).holding("hill", name)]


def staged(made: Any) -> Any:
    made.source("early", published="2021-03-01")
    made.source("late", published="2024-05-01", grade="B")
    made.site("hill")
    made.say("hill", "stage", "exploration", key="explore", since="2020-01-01", sources=["early"])
    made.close("hill", "explore", until="2024-01-01", sources=["late"])
    made.say("hill", "stage", "construction", since="2024-01-01", sources=["late"])
    return made


def test_both_clocks(made: Any) -> None:
    staged(made)
    assert values(made, as_of="2023-12-31") == ["exploration"]
    assert values(made, as_of="2024-01-01") == ["construction"]
    # The closure and the new stage were published in May 2024: before, the first one was thought to go on.
    assert values(made, as_of="2024-02-01", known_by="2024-04-30") == ["exploration"]
    assert values(made, as_of="2024-02-01", known_by="2024-05-01") == ["construction"]
    assert values(made, as_of="2024-02-01", known_by="2021-02-28") == []


def test_a_day_beyond_what_could_be_known_is_a_projection(made: Any) -> None:
    made.site("hill")
    assert made.snapshot(as_of="2027-01-31").projection
    assert not made.snapshot().projection


def test_identity_is_known_at_all_times(made: Any) -> None:
    made.site("hill")
    made.party("hill-co", incorporation="TZA", listed=True)
    then = made.snapshot(as_of="1990-01-01", known_by="1990-01-01")
    assert then.country_of("hill-co") == "TZA"
    assert not then.listed("hill-co")
    assert made.snapshot().listed("hill-co")


def test_denied_and_retracted_statements_are_known_but_do_not_hold(made: Any) -> None:
    made.site("hill")
    for status in ("confirmed", "claimed", "disputed", "denied", "retracted"):
        made.say("hill", "history", status, status=status)
    assert sorted(values(made, "history")) == ["claimed", "confirmed", "disputed"]
    assert len(made.snapshot().known_of("hill", "history")) == 5


def test_statements_come_in_order_of_their_start(made: Any) -> None:
    made.site("hill")
    made.say("hill", "history", "second", since="2021")
    made.say("hill", "history", "third", since="2022-01-01")
    made.say("hill", "history", "first")
    assert [one.value for one in made.snapshot().known_of("hill", "history")] == ["first", "second", "third"]


def test_the_strong_view_leaves_out_what_only_summaries_and_memory_carry(made: Any) -> None:
    made.source("digest", grade="C")
    made.source("memory", grade="D", published=None)
    made.site("hill")
    made.say("hill", "history", "filed")
    made.say("hill", "history", "summed up", sources=["digest"])
    made.say("hill", "history", "recalled", sources=["memory"])
    made.say("hill", "history", "filed and summed up", sources=["digest", "ledger"])
    strong = made.snapshot().strong()
    assert {one.value for one in strong.known} == {"filed", "filed and summed up"}
    assert not strong.weak_used


def test_a_closure_that_only_a_summary_carries_ends_nothing_in_the_strong_view(made: Any) -> None:
    made.source("digest", grade="C")
    made.site("hill")
    made.say("hill", "stage", "production", key="runs", since="2020-01-01")
    made.close("hill", "runs", until="2025-01-01", sources=["digest"])
    snapshot = made.snapshot()
    assert snapshot.holding("hill", "stage") == []
    assert [one.value for one in snapshot.strong().holding("hill", "stage")] == ["production"]


def test_a_source_published_later_changes_nothing_about_the_past(made: Any) -> None:
    made.source("digest", grade="C", published="2022-01-01")
    made.source("filing", grade="A", published="2025-01-01")
    made.site("hill")
    made.say("hill", "stage", "production", key="runs", since="2020-01-01", sources=["digest", "filing"])
    before, after = (made.snapshot(known_by=day) for day in ("2024-12-31", "2025-01-01"))
    [then], [now] = before.holding("hill", "stage"), after.holding("hill", "stage")
    assert (then.sources, then.grade) == (("digest",), "C")
    assert (now.sources, now.grade) == (("digest", "filing"), "A")
    assert then.id == now.id
    assert before.strong().holding("hill", "stage") == []
    assert [one.id for one in after.strong().holding("hill", "stage")] == [now.id]


def test_a_grade_that_a_person_gave_is_kept(made: Any) -> None:
    made.source("digest", grade="C", published="2022-01-01")
    made.source("report", grade="B", published="2025-01-01")
    made.site("hill")
    made.say("hill", "stage", "production", since="2020", sources=["digest", "report"], grade="A", grade_reason="seen")
    [then] = made.snapshot(known_by="2024-12-31").holding("hill", "stage")
    assert then.grade == "A"


def test_names_fall_back_on_the_id(made: Any) -> None:
    made.site("hill", parts=("north",))
    made.party("hill-co", title="Hill & Sons")
    made.place("TZA", "Tanzania")
    snapshot = made.snapshot()
    names = [snapshot.name(one) for one in ("hill", "hill/north", "hill-co", "TZA", "library", "stranger")]
    assert names == ["Hill", "North", "Hill & Sons", "Tanzania", "Library of sources", "stranger"]


def test_sources_of_one_origin_are_one_independent_source(made: Any) -> None:
    made.source("copy", origin="the interview")
    made.source("other-copy", origin="the interview")
    made.site("hill")
    made.say("hill", "history", "dug", sources=["copy", "other-copy", "ledger"])
    snapshot = made.snapshot()
    assert snapshot.independent_sources(snapshot.known_of("hill", "history")) == 2


def test_what_everyone_says_of_one_property(made: Any) -> None:
    made.stake("hill-co", owner="dragon", percent=60)
    made.stake("mill-co", owner="dragon", percent=40)
    assert sorted(one.subject for one in made.snapshot().every("stake")) == ["hill-co", "mill-co"]

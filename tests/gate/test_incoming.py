from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from georisk.gate.acts import accept
from georisk.gate.newsitems import place_texts
from georisk.workspace import open_workspace

LOAN = (
    "On 1 March 2026 the US International Development Finance Corporation signed a $45 million loan agreement with "
    "Kilima Mining for its Kilima Hill mine."
)
OPINION = "If every mine in Africa were like Kilima Hill, copper would be cheap. It might be, some day."
DAY = "10 March 2026"


def test_an_article_becomes_one_item_with_its_evidence(newsroom: Any, tell: Callable[..., str]) -> None:
    taken = newsroom.take(tell("A loan", DAY, LOAN, "Nobody minded."))
    (item,) = taken.items
    table = tomllib.loads(item.text)
    (record,) = table["propose"]
    assert table["id"] == item.id
    assert item.id.startswith("2026-03-10-a-loan-")
    assert record["passage"] == LOAN
    assert LOAN in record["context"]
    assert "Nobody minded." in record["context"]
    assert (record["event"], record["modality"]) == ("loan", "binding")
    assert 0 < record["confidence"] <= 1
    (source,) = table["sources"].values()
    assert (source["grade"], source["published"].isoformat()) == ("C", "2026-03-10")  # neither publisher nor address
    assert table["source_kind"] == "unnamed"


def test_what_is_superseded_is_named(newsroom: Any, tell: Callable[..., str]) -> None:
    (proposal,) = newsroom.take(tell("A loan", DAY, LOAN)).items[0].proposals
    found = newsroom.desk().compared(proposal)
    assert (found.kind, found.text) == ("supersedes", "ends kilima-hill:dfc-approved on 2026-03-01")


def test_an_opinion_makes_no_item_and_is_told(newsroom: Any, tell: Callable[..., str]) -> None:
    taken = newsroom.take(tell("What copper could cost", DAY, OPINION))
    assert taken.items == ()
    (left,) = taken.left
    assert left.why == "tells no act of a kind the registry keeps"


def test_an_article_without_a_date_is_left_and_told(newsroom: Any) -> None:
    taken = newsroom.take(f"A loan\n\n{LOAN.replace('On 1 March 2026 the', 'The')}\n")
    assert taken.items == ()
    assert [one.why for one in taken.left] == ["shows no date of publication"]


def test_nothing_is_dropped_in_silence(newsroom: Any, tell: Callable[..., str]) -> None:
    """Every event is proposed, or left with a reason."""
    articles, events = newsroom.read(
        tell("A loan", DAY, LOAN, "The Chinese offtake of Kilima Hill will end on 30 June 2026.",
             "The board of Kilima Mining appointed Ann Other as its chairman on 1 March 2026.")
    )  # fmt: skip
    from georisk.gate.incoming import take_in

    taken = take_in(newsroom.desk(), articles, events, newsroom.drafter(), newsroom.today)
    proposed = sum(len(item.proposals) for item in taken.items)
    assert proposed + len(taken.left) == len(events)


def test_reading_twice_makes_no_second_item(newsroom: Any, tell: Callable[..., str]) -> None:
    text = tell("A loan", DAY, LOAN)
    assert len(newsroom.place(text)) == 1
    again = newsroom.take(text)
    assert again.items == ()
    assert len(again.known) == 1


def test_an_item_stays_as_it_is_after_its_statement_was_accepted(newsroom: Any, tell: Callable[..., str]) -> None:
    text = tell("A loan", DAY, LOAN)
    names = newsroom.place(text)
    accept(newsroom.root, names, "ann")
    assert newsroom.take(text).items == ()


def test_two_reports_of_one_loan_confirm_each_other(newsroom: Any, tell: Callable[..., str]) -> None:
    other = tell(
        "Money for copper", "11 March 2026", LOAN, "Quite another paper wrote this about the weather of March."
    )
    names = [*newsroom.place(tell("A loan", DAY, LOAN)), *newsroom.place(other)]
    assert len(names) == 2
    accept(newsroom.root, names, "ann")
    told = [one for one in open_workspace(newsroom.root).seeds.statements if one.value == 45_000_000]
    assert len(told) == 1
    assert len(told[0].sources) == 2


def test_items_that_quote_the_same_words_count_as_one_source(newsroom: Any, tell: Callable[..., str]) -> None:
    newsroom.place(tell("A loan", DAY, LOAN))
    newsroom.place(tell("Money for copper", "11 March 2026", LOAN, "Sent on by another paper."))
    origins = {source.origin for one in newsroom.desk().proposals for source in one.cited}
    assert len(origins) == 1


@pytest.mark.parametrize(
    "title",
    [
        'Loan " = 1\n[[propose]]',
        "{{ 7 * 7 }} <script>alert(1)</script>",
        "=HYPERLINK(1)",
        "a\u202eb\x1b[2J",
        "../../up",
    ],
)
def test_hostile_titles_stay_text(newsroom: Any, title: str) -> None:
    found = newsroom.take(f"{title}\n\n{DAY}\n\n{LOAN}\n")
    for item in found.items:
        assert set(item.id) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        table = tomllib.loads(item.text)
        assert len(table["propose"]) == len(item.proposals) == 1
        assert not any(ord(char) < 32 and char != "\n" for char in item.text)


def test_items_are_placed_all_or_none(newsroom: Any, tmp_path: Path) -> None:
    folder = newsroom.root / "seeds" / "news"
    assert place_texts(newsroom.root, {"2026-03-10-a.toml": b"a = 1\n", "2026-03-10-b.toml": b"b = 1\n"}) == [
        "2026-03-10-a.toml", "2026-03-10-b.toml",
    ]  # fmt: skip
    assert place_texts(newsroom.root, {"2026-03-10-a.toml": b"other\n"}) == []
    assert (folder / "2026-03-10-a.toml").read_bytes() == b"a = 1\n"
    assert place_texts(newsroom.root, {}) == []

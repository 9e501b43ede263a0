from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from georisk.changes.comparing import Changes, compare
from georisk.changes.recorded import between_documents
from georisk.changes.views import View
from georisk.outputs.changes_page import changes_page
from georisk.outputs.scores import scores_document

TODAY = "2026-11-21"
CHANNELS = ["offtake", "processing", "debt", "contractor"]


def told(made: Any, title: str = "East Limited") -> Any:
    made.source("ledger", published="2020-01-01")
    made.source("press", published="2025-01-02", url="https://example.org/a")
    made.site("hill", country="TZA", holder="hill-co", parts=("north", "south"))
    made.say("hill", "chinese-link", absent="none-found", channels=CHANNELS)
    made.site("dale", country="TZA")
    made.say("dale", "profile", title, key="profile", since="2025-06-01")
    made.party("east", incorporation="CHN", title=title)
    made.stake("hill-co", owner="east", percent=60, since="2025-01-01", key="stake", sources=["press"])
    return made.open()


def page(opened: Any) -> tuple[Changes, str]:
    changes = compare(View.of(opened, TODAY, "2025-01-01"), View.of(opened, TODAY, TODAY))
    return changes, changes_page(changes, opened.data)


def plain(text: str) -> str:
    body = re.sub(r"<(script|style).*?</\1>", "", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_it_tells_what_moved_why_and_where_it_was_read(made: Any) -> None:
    opened = told(made)
    changes, text = page(opened)
    words = plain(text)
    assert "What moved" in words
    assert "As of 2026-11-21, known by 2025-01-01 to 2026-11-21" in words
    assert "Stake became known 2025-01-02" in words
    assert "60 %, owner East Limited" in words
    assert (
        '<a href="https://example.org/a" rel="noopener noreferrer" target="_blank">press press, 2025-01-02</a>' in text
    )
    stake = next(one.id for one in opened.seeds.statements if one.property == "stake")
    assert f'data-statements="{stake}"' in text
    assert "band changed" in words
    assert "Not moved Dale." in words
    shift = next(site for site in changes.sites if site.id == "hill").shifts["china"]
    assert shift.after is not None
    assert f"{shift.after.score:.1f} {shift.after.band}" in words


def test_the_site_that_moved_farthest_comes_first(made: Any) -> None:
    made.source("press", published="2025-01-02")
    made.site("brook", country="TZA", holder="brook-co")
    made.say("brook", "chinese-link", absent="none-found", channels=CHANNELS)
    made.party("far", incorporation="CHN")
    made.stake("brook-co", owner="rest", percent=90, since="2024-06-01")
    made.stake("brook-co", owner="far", percent=10, since="2024-06-01", sources=["press"])
    opened = told(made)
    changes, text = page(opened)
    assert [one.id for one in changes.moved] == ["brook", "hill"]
    assert text.index('<section id="hill"') < text.index('<section id="brook"')


def test_text_from_data_is_inert(made: Any, hostile_strings: list[str]) -> None:
    for number, hostile in enumerate(hostile_strings):
        if hostile and "\x00" not in hostile and all(ord(sign) >= 32 for sign in hostile):
            made.party(f"nasty-{number}", title=hostile)
            made.stake("hill-co", owner=f"nasty-{number}", percent=0.2, since="2025-01-01", note=hostile)
    _, text = page(told(made, hostile_strings[0]))
    body = text.split("<body>")[1].split('<script type="application/json"')[0]
    assert "<script" not in body.lower()
    assert "<img" not in body.lower()
    assert "&lt;script&gt;" in body


def test_it_asks_the_network_for_nothing(made: Any) -> None:
    _, text = page(told(made))
    assert "default-src &#39;none&#39;" in text
    loads = re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?!data:)([^\"]+)", text)
    assert loads == []


def test_no_change_is_a_page_too(made: Any) -> None:
    view = View.of(told(made), TODAY, TODAY)
    words = plain(changes_page(compare(view, view), view.references.parent))
    assert "No score moved." in words
    assert "Not moved Dale, Hill." in words


def test_scores_alone_make_a_page_of_indicators(made: Any) -> None:
    opened = told(made)
    documents = [scores_document(opened.assess(TODAY, day)) for day in ("2025-01-01", TODAY)]
    words = plain(changes_page(between_documents(*documents), opened.data))
    assert "Equity" in words


def test_sampled_shares_say_so(made: Any) -> None:
    changes, _ = page(told(made))
    sites = tuple(
        replace(site, shifts={key: replace(shift, orders=48) for key, shift in site.shifts.items()})
        for site in changes.sites
    )
    assert changes.after.view is not None
    text = changes_page(replace(changes, sites=sites), changes.after.view.references.parent)
    assert "shares from 48 sampled orders" in plain(text)


def test_it_is_drawn_alike_every_time(made: Any) -> None:
    opened = told(made)
    assert page(opened)[1] == page(opened)[1]

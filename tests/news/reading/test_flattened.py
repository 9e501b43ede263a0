from __future__ import annotations

from georisk.news.reading.files import read_bytes
from georisk.news.reading.flattened import feed_date
from georisk.news.tables import ReadingTables

FLAT = (
    "Ore Post https://ore.example/ News of ore hourly 1 https://feeds.example/?v=6 "
    "Mill restarts https://ore.example/mill https://ore.example/mill#respond Mon, 13 May 2024 08:30:00 +0000 https://ore.example/?p=1\n"
    "Highlights\n• It runs.\n\nThe mill restarted (opens in a new tab) on Sunday.\n]]> https://ore.example/mill/feed/ 0 "
    "Pit closes https://ore.example/pit Tue, 14 May 2024 09:00:00 +0000 https://ore.example/?p=2\nThe pit closed.\n"
)


def test_a_feed_without_its_markup_is_split_into_items(tables: ReadingTables) -> None:
    one, two = read_bytes("5_flat.txt", FLAT.encode(), tables).articles
    assert [one.title.text if one.title else "", two.title.text if two.title else ""] == ["Mill restarts", "Pit closes"]
    assert (one.url, two.url) == ("https://ore.example/mill", "https://ore.example/pit")
    assert (one.published, two.published) == ("2024-05-13T08:30:00+00:00", "2024-05-14T09:00:00+00:00")
    assert "opens in a new tab" not in one.body.text
    assert "]]>" not in one.body.text
    assert two.body.text.strip() == "The pit closed."
    for article, word in ((one, "restarted"), (two, "closed")):
        at = article.body.text.index(word)
        assert FLAT[slice(*article.body.span(at, at + len(word)))] == word


def test_a_date_without_zone_or_sense() -> None:
    assert feed_date("Mon, 13 May 2024 08:30:00 -0000") == ("2024-05-13T08:30:00+00:00", "second")
    assert feed_date("the day before") == (None, None)

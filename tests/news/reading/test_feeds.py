from __future__ import annotations

from georisk.news.reading.files import read_bytes
from georisk.news.tables import ReadingTables

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Ore Post</title><language>en-gb</language>
<item><title>One &amp; only</title><link>https://ore.example/1?a=1&amp;b=2</link><pubDate>Mon, 13 May 2024 08:30:00 +0200</pubDate>
<description>short</description><content:encoded><![CDATA[<p>The mine opened.</p><p>Source: Hill Gazette</p>]]></content:encoded></item>
<item><title><![CDATA[Two]]></title><guid>x</guid><description>&lt;p&gt;It &lt;b&gt;closed&lt;/b&gt;.&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom Post</title>
<entry><title>Three</title><link rel="alternate" href="https://ore.example/3"/><updated>2024-05-13T08:30:00Z</updated>
<content type="html">&lt;p&gt;Work &amp;amp; ore.&lt;/p&gt;</content></entry></feed>"""


def test_items_with_what_they_say_of_themselves(tables: ReadingTables) -> None:
    one, two = read_bytes("7_feed.xml", RSS.encode(), tables).articles
    assert (one.id, one.kind, one.url, one.publisher, one.language) == (
        "7-00",
        "feed-item",
        "https://ore.example/1?a=1&b=2",
        "Ore Post",
        "en",
    )
    assert (one.published, one.precision, one.cited) == ("2024-05-13T08:30:00+02:00", "second", "Hill Gazette")
    assert (one.title.text if one.title else None, two.title.text if two.title else None) == ("One & only", "Two")
    assert "The mine opened." in one.body.text
    assert two.body.text.strip() == "It closed."
    assert (two.published, two.url) == (None, None)


def test_offsets_of_items_lead_back_to_the_feed(tables: ReadingTables) -> None:
    for text in (RSS, ATOM):
        for article in read_bytes("7_feed.xml", text.encode(), tables).articles:
            for word in ("mine", "closed", "ore."):
                at = article.body.text.find(word)
                if at >= 0:
                    assert text[slice(*article.body.span(at, at + len(word)))] == word


def test_atom(tables: ReadingTables) -> None:
    (one,) = read_bytes("8_atom.xml", ATOM.encode(), tables).articles
    assert (one.url, one.published, one.body.text.strip()) == (
        "https://ore.example/3",
        "2024-05-13T08:30:00+00:00",
        "Work & ore.",
    )


def test_entities_of_the_feeds_own_making_are_never_expanded(tables: ReadingTables) -> None:
    bomb = (
        '<!DOCTYPE r [<!ENTITY a "'
        + "ha" * 500
        + '"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    )
    read = read_bytes("9_bomb.xml", (bomb + RSS.replace("The mine opened.", "&b;&f; opened")).encode(), tables)
    assert len(read.articles) == 2
    assert "haha" not in read.articles[0].body.text
    assert any("defines entities" in one.found for one in read.troubles)


def test_a_feed_cut_off_in_an_item_is_read_as_far_as_it_goes(tables: ReadingTables) -> None:
    read = read_bytes("9_cut.xml", RSS[: RSS.index("closed")].encode(), tables)
    assert len(read.articles) == 2
    assert any("cut off inside an item" in one.found for one in read.troubles)


def test_items_beyond_the_limit_are_reported(tables: ReadingTables) -> None:
    most = tables.limits.most_articles
    read = read_bytes("9_many.xml", ("<rss><channel>" + "<item><title>t</title></item>" * (most + 5)).encode(), tables)
    assert len(read.articles) == most
    assert any(f"more than {most} items" in one.found for one in read.troubles)

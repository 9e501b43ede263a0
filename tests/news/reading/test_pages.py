from __future__ import annotations

import time

from georisk.news.reading.files import read_bytes
from georisk.news.reading.pages import deepest
from georisk.news.tables import ReadingTables

PAGE = """<!doctype html><html lang="pt-BR"><head><title>Mina abre | Jornal</title>
<meta property="og:site_name" content="Jornal da Serra"><meta property="article:published_time" content="2024-05-13T08:30:00Z"></head>
<body><nav><a href="/x">Another miner was fined $3 million</a></nav><header><p>Weather</p></header>
<article><h1>Mina abre na serra</h1><p>A mina abriu na segunda&#8209;feira, disse a empresa, depois de dois anos de obras no vale.</p>
<p>A empresa vai vender a sua primeira carga em junho, segundo o diretor da mina e o governo do estado.</p></article>
<aside>Most read: Ore prices fell 4%</aside><footer>Subscribe for $5</footer><script>var a = "<p>ore</p>";</script></body></html>"""


def test_a_page_is_its_text_without_navigation(tables: ReadingTables) -> None:
    (one,) = read_bytes("3_page.html", PAGE.encode(), tables).articles
    assert (one.kind, one.publisher, one.published, one.language) == (
        "page",
        "Jornal da Serra",
        "2024-05-13T08:30:00Z",
        "pt",
    )
    assert one.title is not None
    assert one.title.text == "Mina abre na serra"
    assert "disse a empresa" in one.body.text
    for gone in ("fined", "Weather", "Most read", "Subscribe", "var a"):
        assert gone not in one.body.text
    at = one.body.text.index("primeira carga")
    assert PAGE[slice(*one.body.span(at, at + 14))] == "primeira carga"


def test_a_page_nested_too_deep_is_read_by_blocks(tables: ReadingTables) -> None:
    deep = "<html><body>" + "<div>" * 20_000 + "<p>The mine opened on Monday.</p>" + "</div>" * 20_000
    started = time.process_time()
    read = read_bytes("4_deep.html", deep.encode(), tables)
    assert time.process_time() - started < 5
    assert "The mine opened on Monday." in read.articles[0].body.text
    assert any("nested deeper than" in one.found for one in read.troubles)
    assert deepest("<a><b><br><i></i></b>") == 3


def test_a_page_too_large_for_the_search_is_read_by_blocks(tables: ReadingTables) -> None:
    raw = b"<html><body><p>" + b"ore and " * (tables.limits.largest_page_bytes // 8) + b"</p></body>"
    read = read_bytes("4_large.html", raw, tables)
    assert any("very large page" in one.found or "longer than" in one.found for one in read.troubles)
    assert len(read.articles[0].body.text) <= tables.limits.largest_article_chars

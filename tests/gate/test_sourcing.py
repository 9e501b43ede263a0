from __future__ import annotations

from dataclasses import replace

import pytest

from georisk.gate.rules import Rules
from georisk.gate.sourcing import bare_url, cite, item_id, mark_of, shared_origin, slug_of
from georisk.news.articles import Article
from georisk.news.views import View
from georisk.statements import Source

BODY = "The bank lent the mine forty million dollars on Monday, and the mine will pay them back in ten years."


def article(**more: object) -> Article:
    given: dict[str, object] = {
        "id": "1-00", "file": "1.xml", "kind": "feed-item", "title": View.of("A loan: signed!"),
        "url": "https://press.example.org/loan", "published": "2026-03-01T09:00:00+00:00", "precision": "second",
        "publisher": "Invented Press", "cited": None, "language": "en", "state_linked": False, "body": View.of(BODY),
    }  # fmt: skip
    return Article(**(given | more))  # type: ignore[arg-type]


def test_an_item_is_named_after_day_title_and_address() -> None:
    name = item_id(article())
    assert name is not None
    assert name.startswith("2026-03-01-a-loan-signed-")
    assert name == item_id(article(url="https://press.example.org/loan?utm_source=mail#top"))
    assert name != item_id(article(url="https://press.example.org/other"))
    assert item_id(article(published=None)) is None


def test_without_an_address_the_text_names_the_article() -> None:
    one = article(url=None)
    assert mark_of(one) == mark_of(replace(one, body=View.of(BODY.replace(" ", "  "))))
    assert mark_of(one) != mark_of(replace(one, body=View.of("Something else.")))


@pytest.mark.parametrize("title", ["../../etc/passwd", "“”", "x" * 400, "Rio Tinto & Söhne"])
def test_a_title_cannot_leave_the_folder(title: str) -> None:
    assert set(slug_of(title)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(slug_of(title)) <= 48


@pytest.mark.parametrize(
    ("given", "grade", "linked", "kind"),
    [
        ({"url": "https://www.energy.gov/a"}, "A", False, "official"),
        ({"url": "https://www.prnewswire.com/a"}, "B", False, "company"),
        ({}, "B", False, "reporting"),
        ({"url": "https://en.wikipedia.org/wiki/Mine"}, "C", False, "digest"),
        ({"url": "https://english.xinhuanet.example/a"}, "C", True, "state-media"),
        ({"state_linked": True}, "C", True, "reporting"),
        ({"kind": "letter"}, "C", False, "reporting"),
        ({"url": None, "publisher": None}, "C", False, "unnamed"),
    ],
)
def test_a_source_is_graded_by_its_kind(
    rules: Rules, given: dict[str, object], grade: str, linked: bool, kind: str
) -> None:
    found = cite(article(**given), rules, {}, None)
    assert found.record is not None
    assert (found.record["grade"], found.record.get("state_linked", False), found.kind) == (grade, linked, kind)


def test_a_source_of_the_registry_is_cited_by_its_address(rules: Rules) -> None:
    known = {"loan_note": Source("loan_note", "A loan", "Invented Press", "A", url="https://Press.example.org/loan/")}
    found = cite(article(), rules, known, None)
    assert (found.key, found.record) == ("loan_note", None)


def test_the_origin_is_the_release_else_the_cited_medium_else_the_publisher(rules: Rules) -> None:
    def origin(one: Article, given: str | None = None) -> str:
        record = cite(one, rules, {}, given).record
        assert record is not None
        return str(record["origin"])

    assert origin(article()) == "publisher: Invented Press"
    assert origin(article(cited="Other Wire")) == "publisher: Other Wire"
    assert origin(article(), "release: a loan") == "release: a loan"


def test_copies_of_one_release_share_an_origin(rules: Rules) -> None:
    first = article(group="1-00")
    copy = article(id="2-00", group="1-00", publisher="Other Press", url="https://other.example.org/loan")
    alone = article(id="3-00", group="3-00")
    origin = shared_origin(copy, [first, copy, alone], [], rules)
    assert origin == shared_origin(first, [first, copy, alone], [], rules)
    assert origin == "release: A loan: signed!, 2026-03-01"
    assert shared_origin(alone, [first, copy, alone], [], rules) is None


def test_an_address_loses_what_counts_readers() -> None:
    assert bare_url("https://example.org/a/?utm_medium=x&id=3&fbclid=9#part") == "https://example.org/a?id=3"

from __future__ import annotations

from typing import Any

import pytest

from georisk.errors import UsageError
from georisk.gate.drafts import Draft, Written, take_back, texts_of, write_proposal
from georisk.gate.newsfile import Proposal
from georisk.gate.newsitems import read_item
from georisk.gate.proposals import compared
from georisk.workspace import Workspace

HEAD = """id = "2026-11-20-news"
title = "News"
compiled = 2026-11-20
[sources.press]
title = "Notice"
publisher = "Invented Press"
published = 2026-11-19
grade = "B"
[parties.stranger]
name = "Stranger"
kind = "company"
[parties.nobody]
name = "Nobody"
kind = "company"
[[propose]]
file = "sites/hill"
"""
SOLD = """key = "sold"
property = "offtake"
value = 50
unit = "percent"
qualifiers = { buyer = "buyer" }
sources = ["press"]
"""
PATH = "seeds/sites/hill/site.toml"


@pytest.fixture
def hill(made: Any) -> Workspace:
    made.site("hill", country="TZA")
    made.party("buyer")
    made.say("hill", "offtake", 50, key="known", unit="percent", buyer="buyer", status="claimed")
    return made.open()  # type: ignore[no-any-return]


def read(hill: Workspace, text: str) -> Proposal:
    path = hill.root / "2026-11-20-news.toml"
    path.write_text(HEAD + text)
    return read_item(path, hill.seeds, hill.data / "vocabulary")[0]


def drafted(hill: Workspace, text: str) -> tuple[Draft, list[Written]]:
    draft, one = Draft(hill.root, hill.seeds), read(hill, text)
    return draft, write_proposal(draft, one, compared(one, hill.seeds))


def test_a_draft_reads_what_it_holds_else_the_file(hill: Workspace) -> None:
    draft = Draft(hill.root, hill.seeds)
    assert draft.read("seeds/nowhere.toml") is None
    assert draft.read(PATH) == (hill.root / PATH).read_text()
    draft.write(PATH, "id = 1\n")
    assert draft.read(PATH) == "id = 1\n"
    draft.write(PATH, None)
    with pytest.raises(UsageError, match="is gone"):
        draft.parsed(PATH)
    assert texts_of(draft.texts) == {PATH: None}


def test_only_parties_that_are_named_get_a_file(hill: Workspace) -> None:
    draft, done = drafted(hill, SOLD.replace('"buyer" }', '"stranger" }'))
    assert draft.texts["seeds/parties/stranger.toml"] == (
        'id = "stranger"\nname = "Stranger"\nkind = "company"\ncompiled = 2026-11-20\n'
    )
    assert "seeds/parties/nobody.toml" not in draft.texts
    assert [(one.kind, one.key) for one in done] == [("party", "stranger"), ("source", "press"), ("statement", "sold")]


def test_taking_back_a_claim_sets_its_status_and_cites_who_says_so(hill: Workspace) -> None:
    draft, done = drafted(hill, SOLD + 'status = "denied"\n')
    text = draft.texts[PATH] or ""
    assert 'status = "denied"' in text
    assert 'sources = ["ledger", "press"]' in text
    assert done[-1] == Written(
        PATH, "statement", "known", made=False, sources=("press",), status="denied", was="claimed"
    )
    assert take_back(draft, done, "2026-11-21T00:00:00Z") == [
        f"statement 'known' restored as far as it was changed in {PATH}, which was edited since"
    ]
    text = draft.texts[PATH] or ""
    assert 'status = "claimed"' in text
    assert 'sources = ["ledger"]' in text


def test_the_same_claim_with_another_force_takes_a_persons_hand(hill: Workspace) -> None:
    with pytest.raises(UsageError, match="change that statement by hand"):
        drafted(hill, SOLD + 'status = "claimed"\nforce = "planned"\n')


def test_what_a_person_removed_is_said_to_be_gone(hill: Workspace) -> None:
    draft = Draft(hill.root, hill.seeds)
    assert take_back(draft, [Written(PATH, "statement", "gone")], "2026-11-21") == [
        f"{PATH} holds no statement 'gone' any more"
    ]
    assert draft.texts == {}
    assert take_back(draft, [Written(PATH, "source", "press"), Written(PATH, "party", "x")], "2026-11-21") == []


def test_a_retracted_statement_keeps_its_note(hill: Workspace) -> None:
    draft, done = drafted(hill, SOLD.replace("value = 50", "value = 60") + 'note = "Told by letter."\n')
    take_back(draft, done, "2026-11-21T10:00:00Z")
    assert 'note = "Told by letter. Acceptance undone on 2026-11-21."' in (draft.texts[PATH] or "")

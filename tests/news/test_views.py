from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from georisk.news.views import Editing, View


def test_a_view_knows_where_its_characters_stand() -> None:
    view = View.of("copper", base=10).cut(2, 5)  # "ppe" stands at 12..15
    assert (view.text, view.span(0, 3), view.span(1, 1), view.span(3, 3)) == ("ppe", (12, 15), (13, 13), (15, 15))
    assert View.of("").span(0, 0) == (0, 0)


def test_what_is_put_in_covers_what_it_replaces() -> None:
    view = View.of("a&amp;b")
    editing = Editing(view)
    editing.keep(0, 1)
    editing.put("&", 1, 6)
    editing.keep(6, 7)
    done = editing.done()
    assert (done.text, done.span(1, 2), done.span(0, 3), done.find_file_offset(3)) == ("a&b", (1, 6), (0, 7), 1)


@given(st.text(min_size=1, max_size=40), st.data())
def test_offsets_of_kept_pieces_lead_back(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    editing, view = Editing(View.of(text)), View.of(text)
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        editing.keep(start, end)
    done = editing.done()
    for at, char in enumerate(done.text):
        start, end = done.span(at, at + 1)
        assert text[start:end] == char
        assert done.find_file_offset(start) == at
    assert view.cut(0, len(text)).text == text

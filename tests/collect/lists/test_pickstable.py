"""Tables of links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.lists.pickstable import parse_table

A, B = "https://a.example/story", "https://b.example/other"


@pytest.mark.parametrize(
    "text",
    [
        f"url,title,note\n{A},The bridge,It took years\n",
        f"\ufeffTitle;URL;Notes\r\nThe bridge;{A};It took years\r\n",
        f"id\ttitle\tnote\thref\n7\tThe bridge\tIt took years\t{A}\n",
        f'title,link,description\n"The bridge",{A},"It took\nyears"\n',
    ],
)
def test_columns_are_found_by_their_names(text: str) -> None:
    table = parse_table(text)
    assert table is not None
    [pick] = table.picks
    assert (pick.url, pick.title, pick.note) == (A, "The bridge", "It took years")


def test_a_row_without_an_address_is_told_with_its_line() -> None:
    found = parse_table(f'url,note\n{A},"two\nlines"\nwww.x.example,no\n,\n{B},\n')
    assert found is not None
    assert [(pick.url, pick.line) for pick in found.picks] == [(A, 2), (B, 6)]
    assert found.problems == ((4, '"www.x.example" is no web address: write it in full, "https://..."'),)


@pytest.mark.parametrize("text", ["", "https://a.example/story, a note", "a,b\n1,2\n", "url\nhttps://a.example"])
def test_what_names_no_column_of_links_is_no_table(text: str) -> None:
    assert parse_table(text) is None


@given(st.text().map(lambda text: "url,note\n" + text))
def test_no_table_breaks_it(text: str) -> None:
    table = parse_table(text)
    assert table is None or all(pick.url.startswith("http") for pick in table.picks)

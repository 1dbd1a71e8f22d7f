from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from digest.collect.pages.blocks import kind_of, read_blocks


def texts(markup: str) -> list[str]:
    return [block.text for block in read_blocks(html.document_fromstring(markup))]


def test_each_block_element_is_a_line_of_its_own():
    assert texts("<h1>Ice</h1><p>One <b>two</b>\n three<br>four</p>five<ul><li>six</li></ul>") == [
        "Ice",
        "One two three",
        "four",
        "five",
        "six",
    ]


def test_what_no_reader_sees_is_left_out_and_what_follows_it_stays():
    markup = (
        "<title>x</title><p>One <script>x</script>two<!-- x --> three</p><style>x</style>four<noscript>x</noscript>"
    )

    assert texts(markup) == ["One two three", "four"]


def test_the_share_of_links_is_known():
    blocks = read_blocks(
        html.document_fromstring("<p>abcde <a href='x'>fghij</a></p><p><a href='x'>klm</a></p><p>n</p>")
    )

    assert [round(block.linked, 1) for block in blocks] == [0.5, 1.0, 0.0]


def test_a_block_knows_what_it_stands_in():
    tree = html.document_fromstring("<article><p>One</p></article><p>Two</p>")
    [article] = tree.iter("article")

    assert [block.is_within(article) for block in read_blocks(tree)] == [True, False]


def test_numbered_classes_are_of_one_kind():
    tree = html.document_fromstring("<div><p class='post-1'>a</p><p class='post-22'>b</p><p class='note'>c</p></div>")
    one, two, note = (kind_of(element) for element in tree.iter("p"))

    assert one == two != note


@given(st.text(max_size=300))
def test_any_markup_gives_lines_without_extra_space(markup):
    tree = html.document_fromstring(f"<html>{markup.translate(dict.fromkeys(range(32)))}</html>")

    assert all(block.text == " ".join(block.text.split()) != "" for block in read_blocks(tree))

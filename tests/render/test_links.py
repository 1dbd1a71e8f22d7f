from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render.links import html_with_links, text_with_links


@pytest.mark.parametrize(
    ("text", "markup", "plain"),
    [
        (
            "See [my page](https://a.example/x_(y)?b=1&c=2), please.",
            'See <a href="https://a.example/x_(y)?b=1&amp;c=2">my page</a>, please.',
            "See my page <https://a.example/x_(y)?b=1&c=2>, please.",
        ),
        ("[Write](mailto:me@a.example)", '<a href="mailto:me@a.example">Write</a>', "Write <mailto:me@a.example>"),
        ("[A & B](<https://a.example>)", '<a href="https://a.example">A &amp; B</a>', "A & B <https://a.example>"),
        (
            "[a](https://a.example) [b](https://b.example)",
            '<a href="https://a.example">a</a> <a href="https://b.example">b</a>',
            "a <https://a.example> b <https://b.example>",
        ),
    ],
)
def test_words_with_an_address_behind_them_are_a_link(text, markup, plain):
    assert html_with_links(text) == markup
    assert text_with_links(text) == plain


def test_a_bare_address_is_a_link():
    assert html_with_links("At https://a.example/x.") == 'At <a href="https://a.example/x">https://a.example/x</a>.'
    assert text_with_links("At https://a.example/x.") == "At https://a.example/x."


@pytest.mark.parametrize(
    "text", ["[x](javascript:alert(1))", "[x](data:text/html,a)", "[x] (https://)", "[x]", "[]()", "[1] and (2)"]
)
def test_what_is_no_link_stays_as_it_was_written(text):
    assert html_with_links(text) == text
    assert text_with_links(text) == text


@given(st.text("[]()<>&\"'ahtps:/.@x \n") | st.text())
def test_whatever_is_written_only_safe_links_come_of_it(text):
    document = lxml.html.fragment_fromstring(f"<p>{html_with_links(text)}</p>", create_parent=True)
    assert {str(element.tag) for element in document.iter() if isinstance(element.tag, str)} <= {"div", "p", "a"}
    assert all(url.startswith(("http://", "https://", "mailto:")) for url in document.xpath("//@href"))

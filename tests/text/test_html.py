"""HTML fragments as plain text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.text.html import html_to_line, html_to_text

ACTIVE = re.compile(r"<\s*/?\s*(?:script|iframe|img|svg|a|object|embed|style|b)[\s/>]", re.IGNORECASE)


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One\nline <b>and</b>\tmore</p>", "One line and more"),
        ("One<br>line<br><br>Two", "One line\n\nTwo"),
        ("In May:<br>• rain<br>\n• wind", "In May:\n\n• rain\n\n• wind"),
        ("Fish &amp; chips:\n\n- cod\n- plaice", "Fish & chips:\n\n- cod\n\n- plaice"),
        ("<ul><li>a<li>b</ul>tail", "a\n\nb\n\ntail"),
        ("<div><div>a</div>b</div>", "a\n\nb"),
        ("Fish &amp; chips&nbsp;&mdash; &#8220;good&#8221; &hellip;", "Fish & chips — “good” …"),
        ("It&apos;s 5 &lt; 6", "It's 5 < 6"),
        ("It isn&apost Clojure&aposs &amp;quotpower&amp;quot", "It isn't Clojure's \"power\""),
        ("&amp;amp;quot;Well&amp;amp;quot; at AT&amp;amp;T", '"Well" at AT&T'),
        ("plain\ntext\n\nin two", "plain text\n\nin two"),
        ("<p>kept</p><script>alert(1)</script><style>p{}</style>", "kept"),
        ("<p>kept</p><iframe src=x>not</iframe><noscript>no</noscript>", "kept"),
        ("<figure><img src=x alt=y><figcaption>Photo: AP</figcaption></figure><p>kept</p>", "kept"),
        ('<p class="wp-caption-text">A caption</p><p>kept</p>', "kept"),
        ('<p style="display: none">hidden</p><p hidden>too</p><p aria-hidden="true">three</p>kept', "kept"),
        ("<p>See<pre><code>x = 1\ny = 2</code></pre>that</p>", "See\n\nthat"),
        ('<div class="highlight"><pre>x = 1</pre></div>kept', "kept"),
        ('<p>A <span class="highlight">word</span></p>', "A word"),
        ("<p>Run <code>make</code> now</p>", "Run make now"),
        ("<pre>Dear list,\n\nhello</pre>", "Dear list, hello"),
        ("<p>Said so.<sup>1</sup> And<sup>[2]</sup> more<sup><a href='#fn'>3</a></sup></p>", "Said so. And more"),
        ("<p>5 m<sup>2</sup>, 10<sup>6</sup>, 1<sup>st</sup></p>", "5 m², 10⁶, 1st"),
        ("<figure><img src=x><figcaption>The bridge</figcaption></figure>", "The bridge"),
        ("<form><p>All of it in a form", "All of it in a form"),
        ("a<img hidden>b<input hidden>c<br class=caption>d", "abcd"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\n\nb"),
        ("unclosed <p>a <b>b <p>c", "unclosed\n\na b\n\nc"),
        ("", ""),
        ("   ", ""),
        ("<!-- only a comment -->", ""),
        ("<img src=x>", ""),
    ],
)
def test_a_fragment_is_read_as_its_prose(fragment: str, text: str) -> None:
    assert html_to_text(fragment) == text


def test_a_fragment_escaped_once_too_often_is_read_again() -> None:
    assert html_to_text("&lt;p&gt;Fish &amp;amp; chips&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;") == "Fish & chips\n\nTwo"


def test_entities_escaped_twice_are_read_and_escaped_brackets_stay() -> None:
    assert html_to_text("<p>Fish &amp;amp; chips&amp;nbsp;&amp;#8212; 5 &amp;lt; 6</p>") == "Fish & chips — 5 &lt; 6"


def test_a_text_about_html_keeps_its_words_and_loses_its_brackets() -> None:
    assert html_to_text("<p>Use &lt;script src=x&gt; and Vec&lt;T&gt;</p>") == "Use ‹script src=x› and Vec<T>"


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("<b>Bold</b> claims <i>made</i>", "Bold claims made"),
        ("One<br/>two", "One two"),
        ("Fish &amp; chips", "Fish & chips"),
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("Ten &#60; eleven", "Ten < eleven"),
        ("<![CDATA[Inside]]>", "Inside"),
        ("Before<!-- not this -->After", "BeforeAfter"),
        ("<script>alert(1)</script>News", "News"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;News", "News"),
        ("The <select> element", "The ‹select› element"),
        ("Why Vec<T> and a < b", "Why Vec<T> and a < b"),
        ("<img src=x onerror=alert(1)>Headline", "Headline"),
        ("Headline <svg onload=alert(1)", "Headline ‹svg onload=alert(1)"),
        ('<a href="https://example.org/?a=1&b=2">Link</a>', "Link"),
        ("two\nlines", "two lines"),
    ],
)
def test_a_title_with_markup_becomes_one_line_of_text(title: str, line: str) -> None:
    assert html_to_line(title) == line


HOSTILE = st.lists(
    st.sampled_from(["<script", ">", "<", "&lt;", "&amp;lt;", "img onerror=x", "<b>", "</p>", "<!--", "-->", "<sup>1"])
    | st.text(max_size=5)
).map("".join)


@given(HOSTILE)
@example("&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;")
@example("<<script>script>alert(1)<</script>/script>")
@example("<scr<script>ipt>alert(1)</scr</script>ipt>")
@example("<script")
@example("<b<!---->r>")
@example("<script\x1b>alert(1)")
@example("&lt;scr\x07ipt>")
def test_nothing_that_comes_out_can_be_taken_for_a_tag(fragment: str) -> None:
    assert not ACTIVE.search(html_to_text(fragment))
    assert not ACTIVE.search(html_to_line(fragment))


@pytest.mark.parametrize(
    "fragment",
    ["<div>" * 200_000, "<sup>1" * 100_000, "<" * 500_000, "<p title='" * 50_000, "&lt;" * 100_000, "<!--" * 100_000],
    ids=["nested", "raised", "brackets", "attributes", "escaped", "comments"],
)
def test_a_fragment_made_to_hurt_is_read_all_the_same(fragment: str) -> None:
    assert isinstance(html_to_text(fragment), str)
    assert isinstance(html_to_line(fragment), str)

"""Text and markup as feeds declare them; marks of CDATA sections."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.feeds.textconstructs import TextConstruct, as_html, as_line, escaped_text, without_cdata
from digest.collect.feeds.xmlfeed import parse_xml_feed
from digest.text.html import html_to_text

ABOUT_TAGS = "Stop using the <b> and <i> tags"


@pytest.mark.parametrize("kind", ["text", "text of atom", "unsaid"])
def test_a_title_that_talks_of_tags_keeps_them(kind) -> None:
    assert as_line(TextConstruct(ABOUT_TAGS, kind)) == "Stop using the ‹b› and ‹i› tags"


@pytest.mark.parametrize(
    ("written", "kind", "line"),
    [
        ("<i>Alien</i> reviewed", "unsaid", "Alien reviewed"),
        ("<i>Alien</i> reviewed", "html", "Alien reviewed"),
        ("<i>Alien</i> reviewed", "text", "‹i›Alien‹/i› reviewed"),
        ("<p>Alien", "html", "Alien"),
        ("Use &lt;b&gt;", "html", "Use ‹b›"),
        ("AT&amp;T", "html", "AT&T"),
        ("AT&T", "text", "AT&T"),
        ("Fish &amp; chips", "text", "Fish & chips"),
        ("a < b, x <3, C++ <vector> and $x<y$", "text", "a < b, x <3, C++ <vector> and $x<y$"),
        ("a < b, x <3, C++ <vector> and $x<y$", "unsaid", "a < b, x <3, C++ <vector> and $x<y$"),
    ],
)
def test_markup_is_taken_out_where_it_is_declared_to_be_some(written: str, kind, line: str) -> None:
    assert as_line(TextConstruct(written, kind)) == line


def test_a_summary_of_text_keeps_what_looks_like_a_tag() -> None:
    written = "Close each <p> with </p>.\n\nIt helps."
    assert html_to_text(as_html(TextConstruct(written, "text"))) == "Close each ‹p› with ‹/p›.\n\nIt helps."
    assert html_to_text(as_html(TextConstruct("<p>One.</p><p>Two.</p>", "html"))) == "One.\n\nTwo."


def test_an_article_that_atom_takes_for_text_only_by_default_is_markup_if_it_closes_elements() -> None:
    assert html_to_text(as_html(TextConstruct("<p>One.</p><p>Two.</p>", "text of atom"))) == "One.\n\nTwo."


SECTIONS = (
    "&lt;![CDATA[{}]]&gt;",
    "<![CDATA[<![CDATA[{}]]]]><![CDATA[>]]>",
    "<![CDATA[<![CDATA[{}]]>]]>",
    "&amp;lt;![CDATA[{}]]&amp;gt;",
    "\n  &lt;![CDATA[\n{}\n]]&gt;\n",
    "&lt;![CDATA[&lt;![CDATA[{}]]&gt;]]&gt;",
    "&lt;![CDATA[{}",
    "<![CDATA[{}]]>",
)


@pytest.mark.parametrize("section", SECTIONS)
def test_words_are_read_in_sections_of_any_depth_wherever_they_are(section: str) -> None:
    def written(words: str) -> str:
        return section.format(words)

    feed = parse_xml_feed(
        f"<rss version='2.0'><channel><title>Gazette</title><link>{written('https://gazette.example/')}</link><item>"
        f"<title>{written('Otters are back')}</title><link>{written('https://gazette.example/otter')}</link>"
        f"<guid>{written('7')}</guid><pubDate>{written('Sun, 29 Nov 2026 10:15:00 GMT')}</pubDate>"
        f"<author>{written('Rosa Engelby')}</author><category>{written('Rivers')}</category>"
        f"<description>{written('Three otters were filmed below the weir.')}</description></item></channel></rss>",
        url="https://gazette.example/feed",
    )
    [entry] = feed.entries
    assert (entry.title, entry.link, entry.guid) == ("Otters are back", "https://gazette.example/otter", "7")
    assert (entry.author, entry.categories) == ("Rosa Engelby", ("Rivers",))
    assert entry.published is not None
    assert html_to_text(entry.content) == "Three otters were filmed below the weir."
    assert feed.link == "https://gazette.example/"


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="<>&[]"), min_size=1)


@given(PLAIN, st.integers(0, 4))
def test_marks_of_sections_are_taken_off_however_many_there_are(words: str, depth: int) -> None:
    assert without_cdata("<![CDATA[" * depth + words + "]]>" * depth) == words


@given(st.text(st.sampled_from("<>&;![CDATA]]> abp/\n"), max_size=60))
def test_no_text_becomes_markup(written: str) -> None:
    assert "<" not in html.unescape(escaped_text(written)).replace("<p>", "").replace("</p>", "").replace(
        "<br>", ""
    ) or ("<p>" not in written)

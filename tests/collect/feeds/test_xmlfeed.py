"""RSS, Atom and RDF, well and badly written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.feeds.entries import Entry, Feed
from digest.collect.feeds.xmlfeed import parse_xml_feed

URL = "https://example.org/blog/feed.xml"
NOON = datetime(2026, 2, 17, 12, tzinfo=UTC)


def rss(items: str, about: str = "") -> Feed:
    channel = f"<title>The Gazette</title><link>https://example.org/</link>{about}{items}"
    return parse_xml_feed(
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel>{channel}</channel></rss>",
        url=URL,
    )


def item(inside: str) -> Entry:
    [entry] = rss(f"<item>{inside}</item>").entries
    return entry


def atom(inside: str, root: str = "") -> Feed:
    return parse_xml_feed(
        f'<feed xmlns="http://www.w3.org/2005/Atom" {root}><title>The Gazette</title>'
        f'<link href="https://example.org/"/>{inside}</feed>',
        url=URL,
    )


def test_an_item_of_rss_is_read() -> None:
    entry = item(
        "<title>A &amp;amp; B</title><link>https://example.org/a</link><guid>1</guid>"
        "<pubDate>Tue, 17 Feb 2026 13:00:00 +0100</pubDate><description>Short</description>"
        "<content:encoded><![CDATA[<p>Long</p>]]></content:encoded><dc:creator>Jane</dc:creator><category>News</category>"
    )
    assert entry == Entry(
        title="A & B",
        link="https://example.org/a",
        guid="1",
        published=NOON,
        content="<p>Long</p>",
        summary="Short",
        author="Jane",
        categories=("News",),
    )


def test_an_entry_of_atom_is_read() -> None:
    feed = atom(
        '<entry><title type="html">A &lt;b&gt;B&lt;/b&gt;</title><id>tag:example.org,2026:1</id>'
        '<link rel="self" href="/self"/><link rel="alternate" href="a.html"/>'
        "<published>2026-02-17T12:00:00Z</published>"
        "<updated>2026-02-18T12:00:00Z</updated><summary>Short</summary>"
        '<content type="html">&lt;p&gt;Long&lt;/p&gt;</content>'
        '<author><name>Jane</name></author><category term="news" label="News"/></entry>',
        'xml:lang="de-AT" xml:base="https://example.org/base/"',
    )
    [entry] = feed.entries
    assert (feed.title, feed.link, feed.language) == ("The Gazette", "https://example.org/", "de")
    assert (entry.title, entry.link, entry.guid) == ("A B", "https://example.org/base/a.html", "tag:example.org,2026:1")
    assert (entry.published, entry.author, entry.categories) == (NOON, "Jane", ("News",))
    assert (entry.content, entry.summary) == ("<p>Long</p>", "Short")


def test_rdf_is_read() -> None:
    feed = parse_xml_feed(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://example.org/"><title>G</title>'
        "<link>https://example.org/</link><dc:language>fr</dc:language></channel>"
        '<item rdf:about="https://example.org/a"><title>A</title><link>https://example.org/a</link>'
        "<dc:date>2026-02-17T12:00:00Z</dc:date></item></rdf:RDF>",
        url=URL,
    )
    [entry] = feed.entries
    assert (feed.title, feed.language) == ("G", "fr")
    assert (entry.title, entry.link, entry.published) == ("A", "https://example.org/a", NOON)


def test_the_title_of_an_xhtml_entry_is_whole() -> None:
    div = '<div xmlns="http://www.w3.org/1999/xhtml">Hi <b>you</b> there</div>'
    [entry] = atom(f'<entry><title type="xhtml">{div}</title><link href="/a"/></entry>').entries
    assert entry.title == "Hi you there"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("AT&T & R&D", "AT&T & R&D"),
        ("caf&eacute; &mdash; open", "café — open"),
        ("<![CDATA[<b>Bold</b> &amp; more]]>", "Bold & more"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;News", "News"),
        ("be\x07ll", "bell"),
        ("Vec&lt;T&gt;", "Vec<T>"),
        ("", ""),
    ],
)
def test_a_title_is_one_line_of_text_however_it_is_written(written: str, title: str) -> None:
    assert item(f"<title>{written}</title><link>/a</link>").title == title


def test_ampersands_do_not_cut_what_follows_them() -> None:
    entry = item("<title>AT&T</title><description>AT&T <p>said &lt;b&gt;so</p> &nbsp; yes</description>")
    assert entry.content.startswith("AT&amp;T <p>said")


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("<link>/a</link>", "https://example.org/a"),
        ("<link>a</link>", "https://example.org/a"),
        ("<link>https://example.org/?a=1&amp;b=2</link>", "https://example.org/?a=1&b=2"),
        ("<link>https://example.org/?a=1&b=2</link>", "https://example.org/?a=1&b=2"),
        ("<link><![CDATA[ https://example.org/?a=1&b=2\n]]></link>", "https://example.org/?a=1&b=2"),
        ("<guid>https://example.org/a</guid>", "https://example.org/a"),
        ("<guid isPermaLink='false'>17</guid>", ""),
        ("<enclosure url='https://example.org/a.mp3' type='audio/mpeg'/>", "https://example.org/a.mp3"),
        ("<link>javascript:alert(1)</link>", ""),
        ("<link>file:///etc/passwd</link>", ""),
        ("", ""),
    ],
)
def test_a_link_is_an_absolute_web_address_or_none(written: str, link: str) -> None:
    assert item(f"<title>A</title>{written}").link == link


@pytest.mark.parametrize(
    "written",
    [
        "<pubDate>Tue, 17 Feb 2026 12:00:00 GMT</pubDate>",
        "<pubDate>Tue, 17 Feb 2026 04:00:00 PST</pubDate>",
        "<pubDate>17 Feb 2026 12:00 +0000</pubDate>",
        "<pubDate>2026-02-17T12:00:00</pubDate>",
        "<dc:date>2026-02-17T13:00:00+01:00</dc:date>",
        "<pubDate>Tues, 17 February 2026 12:00:00 UT</pubDate>",
    ],
)
def test_dates_are_read_in_the_forms_that_are_found(written: str) -> None:
    assert item(f"<title>A</title>{written}").published == NOON


@pytest.mark.parametrize("written", ["", "<pubDate/>", "<pubDate>soon</pubDate>", "<pubDate>99 Foo 2026</pubDate>"])
def test_what_is_no_date_is_none(written: str) -> None:
    assert item(f"<title>A</title>{written}").published is None


@pytest.mark.parametrize(
    ("about", "language"),
    [
        ("<language>en-US</language>", "en"),
        ("<dc:language>pt</dc:language>", "pt"),
        ("<language></language>", ""),
        ("", ""),
    ],
)
def test_the_language_is_what_the_feed_says(about: str, language: str) -> None:
    assert rss("<item><title>A</title></item>", about).language == language


@pytest.mark.parametrize(
    ("about", "updated"),
    [
        ("<lastBuildDate>Tue, 17 Feb 2026 13:00:00 +0100</lastBuildDate>", NOON),
        ("<lastBuildDate>2026-02-17T12:00:00Z</lastBuildDate>", NOON),
        ("<lastBuildDate>today</lastBuildDate>", None),
        ("", None),
    ],
)
def test_when_the_feed_changed_is_what_it_says(about: str, updated: datetime | None) -> None:
    assert rss("<item><title>A</title></item>", about).updated == updated


def test_a_document_that_breaks_off_gives_what_came_before() -> None:
    whole = "<item><title>One</title><link>/1</link></item><item><title>Two</title><link>/2</link>"
    feed = parse_xml_feed(f"<rss version='2.0'><channel><title>T</title>{whole}", url=URL)
    assert [entry.title for entry in feed.entries] == ["One", "Two"]
    assert feed.notes == ("is not well-formed XML: mended, and read as far as it goes",)


def test_what_only_the_thorough_parser_knows_is_read() -> None:
    feed = parse_xml_feed(
        "<rss version='0.91'><channel><title>T</title><ITEM><TITLE>One</TITLE><LINK>https://example.org/1</LINK></ITEM>"
        "</channel></rss>",
        url=URL,
    )
    assert [(entry.title, entry.link) for entry in feed.entries] == [("One", "https://example.org/1")]


def test_the_words_of_a_video_are_those_of_its_media() -> None:
    entry = item(
        "<title>A</title><media:group><media:content url='https://example.org/v'/><media:description>About this"
        "</media:description></media:group>"
    )
    assert entry.content == entry.summary == "About this"


def test_nothing_is_fetched_whatever_the_document_is() -> None:
    with pytest.raises(Exception, match="neither RSS, Atom nor JSON Feed"):
        parse_xml_feed("http://127.0.0.1:9/", url=URL)


@pytest.mark.parametrize(
    "written",
    [
        "<pubDate>0000-00-00</pubDate><dc:date>2026-02-17T12:00:00Z</dc:date>",
        "<dc:date>2026-02-19T12:00:00Z</dc:date><pubDate>Tue, 17 Feb 2026 12:00:00 GMT</pubDate>",
        "<dcterms:modified>2026-02-18T12:00:00Z</dcterms:modified><pubDate>17 février 2026 à 13:00 CET</pubDate>",
        "<lastBuildDate>Tue, 17 Feb 2026 12:00:00 GMT</lastBuildDate>",
    ],
)
def test_when_it_was_published_comes_before_when_it_changed(written: str) -> None:
    assert item(f"<title>A</title>{written}").published == NOON


@pytest.mark.parametrize(
    ("element", "title"),
    [
        ('<title type="text">The &lt;b&gt; tag</title>', "The ‹b› tag"),
        ("<title>The &lt;b&gt; tag</title>", "The ‹b› tag"),
        ('<title type="html">The &lt;b&gt;bold&lt;/b&gt; tag</title>', "The bold tag"),
        ('<title type="html">The &amp;lt;b&amp;gt; tag</title>', "The ‹b› tag"),
        ("<title>AT&amp;T &amp;#8217;s</title>", "AT&T ’s"),
    ],
)
def test_a_title_of_atom_is_text_or_markup_as_it_says(element: str, title: str) -> None:
    assert atom(f'<entry>{element}<link href="/a"/></entry>').entries[0].title == title


def test_links_of_atom_are_relative_to_its_bases_else_to_where_it_was_found() -> None:
    entry = '<entry xml:base="2026/"><title>A</title><link xml:base="11/" href="a"/></entry>'
    assert atom(entry, 'xml:base="https://example.org/base/"').entries[0].link == "https://example.org/base/2026/11/a"
    assert atom(entry).entries[0].link == "https://example.org/blog/2026/11/a"
    assert atom('<entry><title>A</title><link href="a"/></entry>').entries[0].link == "https://example.org/blog/a"


def test_warnings_before_a_feed_and_bare_attributes_hide_no_entries() -> None:
    feed = parse_xml_feed(
        "Warning: deprecated in /srv/index.php on line 7\n<!-- made by hand --><?xml version='1.0'?>"
        "<rss version=2.0><channel><title>T</title><item><title>One</title></item></channel></rss>",
        url=URL,
    )
    assert [entry.title for entry in feed.entries] == ["One"]


PARTS = st.lists(
    st.sampled_from(
        [
            *(
                "<item>",
                "</item>",
                "<title>",
                "</title>",
                "<link>",
                "</link>",
                "<![CDATA[",
                "]]>",
                "&lt;",
                "&amp;",
                "<b>",
            ),
            *(
                "<guid isPermaLink='x'>",
                "</guid>",
                "<pubDate>",
                "</pubDate>",
                "29 Nov 2026",
                "xml:base='/'",
                "\0",
                "&x;",
            ),
        ]
    )
    | st.text(max_size=4),
    max_size=40,
).map("".join)


@given(PARTS)
def test_any_items_are_entries_with_plain_titles_and_safe_links(inside: str) -> None:
    for entry in rss(f"<item>{inside}</item>").entries:
        assert entry.link == "" or entry.link.startswith("http")
        assert "<b>" not in entry.title

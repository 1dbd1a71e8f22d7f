"""Where entries lead."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.feeds.entries import Entry
from digest.collect.feeds.feed import parse_feed
from digest.collect.feeds.links import address, same_site, with_pages
from digest.collect.feeds.xmlfeed import parse_xml_feed
from digest.text.urls import is_safe_url

HOME, PAGE, PLAYED = "https://gazette.example/", "https://gazette.example/bridge", "https://cdn.example/bridge.mp3"
SPACES = 'xmlns:media="http://search.yahoo.com/mrss/"'


def rss(inside: str, *, home: str = HOME) -> Entry:
    document = f"<title>The Gazette</title><link>{home}</link><item><title>A</title>{inside}</item>"
    feed = parse_feed(f'<rss version="2.0" {SPACES}><channel>{document}</channel></rss>'.encode(), url=f"{home}feed")
    return feed.entries[0]


def atom(inside: str) -> Entry:
    document = f'<title>The Gazette</title><link href="{HOME}"/><entry><title>A</title>{inside}</entry>'
    return parse_xml_feed(f'<feed xmlns="http://www.w3.org/2005/Atom">{document}</feed>', url=HOME).entries[0]


@pytest.mark.parametrize(
    ("inside", "link"),
    [
        (f"<guid>{PAGE}</guid>", PAGE),
        (f"<link>javascript:alert(1)</link><guid>{PAGE}</guid>", PAGE),
        (f"<guid>{PAGE}</guid><enclosure url='{PLAYED}' type='audio/mpeg'/>", PAGE),
        (f"<enclosure url='{PLAYED}' type='audio/mpeg'/>", PLAYED),
        (f"<media:content url='{PLAYED}' type='audio/mpeg'/>", PLAYED),
        ("<enclosure url='https://cdn.example/bridge.jpg' type='image/jpeg'/>", ""),
        ("<guid isPermaLink='false'>7</guid>", ""),
        (f"<comments>{PAGE}#comments</comments>", ""),
    ],
)
def test_of_rss_a_link_is_what_an_item_says_is_its_own(inside: str, link: str) -> None:
    assert rss(inside).link == link


@pytest.mark.parametrize(
    ("inside", "link"),
    [
        (f"<id>{PAGE}</id>", PAGE),
        ("<id>https://schemas.example/items/7</id>", ""),
        ("<id>tag:gazette.example,2026:7</id>", ""),
        (
            f'<link type="application/json" href="{PAGE}.json"/><link type="text/html" href="{PAGE}"/>',
            PAGE,
        ),
        (f'<link rel="enclosure" type="audio/mpeg" href="{PLAYED}"/>', PLAYED),
    ],
)
def test_of_atom_a_page_comes_before_its_other_forms(inside: str, link: str) -> None:
    assert atom(inside).link == link


def test_an_item_of_rdf_is_about_its_page() -> None:
    feed = parse_xml_feed(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        f"<channel><title>The Gazette</title><link>{HOME}</link></channel>"
        f'<item rdf:about="{PAGE}"><title>A</title></item></rdf:RDF>',
        url=HOME,
    )
    assert feed.entries[0].link == PAGE


@pytest.mark.parametrize(("name", "link"), [(PAGE, PAGE), ("7", ""), ("https://schemas.example/7", "")])
def test_the_id_of_a_json_feed_is_an_address_at_best(name: str, link: str) -> None:
    body = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"id": "{name}", "title": "A"}}]}}'
    assert parse_feed(body.encode(), url=HOME).entries[0].link == link


SEE = '&lt;a href="{}"&gt;See more&lt;/a&gt;'


@pytest.mark.parametrize(
    ("inside", "page"),
    [
        (f"<comments>{PAGE}#comments</comments>", f"{PAGE}#comments"),
        (f"<description>{SEE.format(PAGE)}</description>", PAGE),
        (f"<description>{SEE.format(PAGE)} or {SEE.format('http://www.gazette.example/bridge')}</description>", None),
        (f"<description>{SEE.format(PAGE)} or {SEE.format(HOME)}</description>", PAGE),
        (f"<description>{SEE.format(PAGE)} or {SEE.format(HOME + 'other')}</description>", ""),
        (f"<description>{SEE.format('https://elsewhere.example/bridge')}</description>", ""),
        # Programs write these where they know no address.
        (f"<description>{SEE.format('null')}</description>", ""),
        (f"<description>{SEE.format('')}</description>", ""),
        ("<description>See https://gazette.example/bridge</description>", ""),
    ],
)
def test_an_entry_without_a_link_may_name_one_page_of_its_site(inside: str, page: str | None) -> None:
    entry = rss(inside)
    assert entry.link == ""
    assert entry.page == page if page is not None else same_site(entry.page, PAGE)


def test_an_entry_with_a_link_needs_no_other_page() -> None:
    feed = parse_feed(
        f"<rss><channel><link>{HOME}</link><item><link>{PAGE}</link>"
        f"<description>{SEE.format(HOME + 'other')}</description></item></channel></rss>".encode(),
        url=HOME,
    )
    assert with_pages(feed) is feed
    assert feed.entries[0].page == ""


@pytest.mark.parametrize(
    ("url", "other", "same"),
    [
        (PAGE, HOME, True),
        ("https://www.gazette.example/a", HOME, True),
        ("https://blog.gazette.example/a", HOME, True),
        (HOME, "https://blog.gazette.example/a", True),
        ("https://notgazette.example/a", HOME, False),
        ("nowhere", HOME, False),
        (PAGE, "", False),
    ],
)
def test_a_site_is_a_host_with_those_below_it(url: str, other: str, same: bool) -> None:
    assert same_site(url, other) is same


@given(st.text(alphabet="<a href='\"=>/:.htpsgazette#?é\0 ", max_size=200))
def test_no_text_makes_it_lead_elsewhere(text: str) -> None:
    page = rss(f"<description>{escape(text)}</description>").page
    assert page == "" or same_site(page, HOME)


def origin_of(inside: str) -> str:
    spaces = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:atom="http://www.w3.org/2005/Atom"'
    document = f"<title>The Gazette</title><link>{HOME}</link><item><title>A</title>{inside}</item>"
    return parse_xml_feed(f'<rss version="2.0" {spaces}><channel>{document}</channel></rss>', url=HOME).entries[0].link


OTHERS = '<atom:link rel="{}" type="text/html" href="https://gazette.example/other"/>'
CLICKS = "https://clicks.example/~r/1"


@pytest.mark.parametrize("rel", ["self", "replies", "via", "related", "edit", "hub", "shortlink", "enclosure", "next"])
def test_links_of_other_relations_hide_no_link_wherever_they_stand(rel: str) -> None:
    other = OTHERS.format(rel)
    assert origin_of(f"{other}<link>{PAGE}</link>") == origin_of(f"<link>{PAGE}</link>{other}") == PAGE


@pytest.mark.parametrize(
    "inside",
    [
        f"<link/><atom:link href='{PAGE}'/>",
        f"<atom:link rel='alternate' href='{PAGE}'/>",
        f"<link>{CLICKS}</link><feedburner:origLink>{PAGE}</feedburner:origLink>",
        f"<link>{CLICKS}</link><guid>{PAGE}</guid>",
        f"<link>https://www.google.com/url?q={PAGE}&amp;sa=U</link>",
        f"<link>{HOME}</link><guid isPermaLink='true'>{PAGE}</guid>",
        f"<link>http://www.gazette.example/index.html</link><guid>{PAGE}</guid>",
        f"<link>{PAGE}#comments</link><comments>{PAGE}#comments</comments><guid>{PAGE}</guid>",
        f"<link>https://elsewhere.example/report</link><guid>{PAGE}</guid>",
        f"<link>mailto:rosa@gazette.example</link><guid>{PAGE}</guid>",
    ],
)
def test_a_link_is_the_articles_own_rather_than_the_trackers_or_the_sites(inside: str) -> None:
    assert origin_of(inside) == PAGE


@pytest.mark.parametrize(
    ("inside", "link"),
    [
        (f"<link>{CLICKS}</link><guid isPermaLink='false'>{PAGE}</guid>", CLICKS),
        (f"<link>{CLICKS}</link><guid>https://clicks.example/7</guid>", CLICKS),
        (f"<link>{HOME}</link><guid>{HOME}</guid>", HOME),
        (f"<link>{HOME}</link><guid>{HOME}a.mp3</guid><enclosure type='audio/mpeg' url='{HOME}a.mp3'/>", HOME),
    ],
)
def test_nothing_takes_the_place_of_a_link_that_is_no_page_of_the_site(inside: str, link: str) -> None:
    assert origin_of(inside) == link


def test_a_link_blog_of_atom_names_its_own_page_as_related() -> None:
    inside = f'<link rel="alternate" href="https://elsewhere.example/report"/><link rel="related" href="{PAGE}"/>'
    assert atom(inside).link == PAGE


def test_a_page_in_the_feeds_language_comes_before_its_translations() -> None:
    ends = {"de": ".de", "en": "", "fr": ".fr"}
    links = "".join(f'<link hreflang="{language}" href="{PAGE}{end}"/>' for language, end in ends.items())
    document = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><entry><title>A</title>{links}</entry></feed>'
    assert parse_xml_feed(document, url=HOME).entries[0].link == PAGE


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("bridge", PAGE),
        ("/bridge", PAGE),
        ("//gazette.example/bridge", PAGE),
        ("HTTPS://gazette.example/bridge", PAGE),
        (" https://gazette.example/\n    bridge\t", PAGE),
        ("https://gazette.example/?a=1&amp;amp;b=2&copy=3", "https://gazette.example/?a=1&b=2&copy=3"),
        ("www.gazette.example/bridge", "https://www.gazette.example/bridge"),
        ("https://gazette.example/the bridge", "https://gazette.example/the%20bridge"),
        ("?p=7", "https://gazette.example/?p=7"),
        ("#7", "https://gazette.example/#7"),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:rosa@gazette.example", ""),
        ("https://", ""),
    ],
)
def test_an_address_is_absolute_however_it_is_written(written: str, found: str) -> None:
    assert address(written, HOME) == found


@given(st.text(alphabet="htps:/.w@ga-z?#&;%\n\t é\0", max_size=60))
def test_any_text_is_a_safe_address_or_none(written: str) -> None:
    found = address(written, HOME)
    assert found == "" or is_safe_url(found)

"""Sitemaps as sites write them, and as nobody should."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.documents.compression import inflated
from digest.collect.lists.sitemap import NotASitemapError, parse_sitemap

BASE = "https://gazette.example/sitemap.xml"
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
        xmlns:video="http://www.google.com/schemas/sitemap-video/1.1">
  <url>
    <loc>https://gazette.example/2026/ferry-aground</loc>
    <lastmod>2026-02-17T12:00:00+01:00</lastmod>
    <news:news>
      <news:publication>
        <news:name>The Harbour Gazette</news:name><news:language>en-GB</news:language>
      </news:publication>
      <news:publication_date>2026-02-17T09:30:00+01:00</news:publication_date>
      <news:title>Ferry &amp;amp; freighter run aground off Port Elsin</news:title>
      <news:keywords>ferry, harbour, rescue</news:keywords>
    </news:news>
    <image:image><image:loc>/pictures/ferry.jpg</image:loc><image:title>Not the headline</image:title></image:image>
    <video:video><video:title>Not the headline either</video:title></video:video>
  </url>
</urlset>"""


def parse(text: str | bytes, url: str = BASE):
    return parse_sitemap(text if isinstance(text, bytes) else text.encode(), url=url)


def urlset(*entries: str) -> str:
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{''.join(entries)}</urlset>"


def entry(path: str, lastmod: str = "") -> str:
    changed = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<url><loc>https://gazette.example/{path}</loc>{changed}</url>"


def test_a_news_sitemap_tells_headline_time_publisher_and_language() -> None:
    [page] = parse(NEWS).pages
    assert page.url == "https://gazette.example/2026/ferry-aground"
    assert page.title == "Ferry & freighter run aground off Port Elsin"
    assert page.published == datetime(2026, 2, 17, 8, 30, tzinfo=UTC)
    assert page.changed == datetime(2026, 2, 17, 11, tzinfo=UTC)
    assert (page.publisher, page.language) == ("The Harbour Gazette", "en")
    assert page.categories == ("ferry", "harbour", "rescue")


def test_a_list_of_sitemaps_names_its_parts() -> None:
    index = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <sitemap><loc>https://gazette.example/posts.xml.gz</loc><lastmod>2026-02-17T08:00:00Z</lastmod></sitemap>
      <sitemap><loc>/pages.xml</loc></sitemap><sitemap><loc>ftp://gazette.example/x.xml</loc></sitemap></sitemapindex>"""
    first, second = parse(index).sitemaps
    assert (first.url, first.changed) == ("https://gazette.example/posts.xml.gz", datetime(2026, 2, 17, 8, tzinfo=UTC))
    assert (second.url, second.changed) == ("https://gazette.example/pages.xml", None)


def test_a_sitemap_without_namespaces_is_read_too() -> None:
    text = "<urlset><url><loc>https://gazette.example/a</loc><news:news><news:title>A</news:title></news:news></url></urlset>"
    [page] = parse(text).pages
    assert (page.url, page.title) == ("https://gazette.example/a", "A")


def test_a_text_file_of_addresses_is_a_sitemap() -> None:
    assert [page.url for page in parse("\ufeffhttps://gazette.example/a\n\nhttps://gazette.example/b\n").pages] == [
        "https://gazette.example/a",
        "https://gazette.example/b",
    ]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-02-17T09:30:00Z", datetime(2026, 2, 17, 9, 30, tzinfo=UTC)),
        ("2026-02-17T09:30+01:00", datetime(2026, 2, 17, 8, 30, tzinfo=UTC)),
        ("2026-02-17T09:30:00.125-05:00", datetime(2026, 2, 17, 14, 30, 0, 125000, tzinfo=UTC)),
        ("2026-02-17 09:30:00", datetime(2026, 2, 17, 9, 30, tzinfo=UTC)),
        ("2026-02-17", datetime(2026, 2, 17, 23, 59, 59, tzinfo=UTC)),
        ("Tue, 17 Feb 2026 09:30:00 GMT", datetime(2026, 2, 17, 9, 30, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", None),
        ("1914-07-28T12:00:00Z", datetime(1970, 1, 2, tzinfo=UTC)),
        ("2026-02", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("yesterday", None),
    ],
)
def test_a_date_is_read_as_it_is_written(written: str, moment: datetime | None) -> None:
    [page] = parse(urlset(entry("a", written))).pages
    assert page.changed == moment


def test_entries_without_an_address_are_told() -> None:
    found = parse(urlset(entry("a"), "<url><loc>javascript:alert(1)</loc></url>", "<url/>"))
    assert [page.url for page in found.pages] == ["https://gazette.example/a"]
    assert found.notes == ("2 of its entries left out: no web address",)


def test_a_bare_ampersand_does_not_end_the_sitemap() -> None:
    found = parse(urlset("<url><loc>https://gazette.example/?a=1&b=2</loc></url>", entry("b")))
    assert [page.url for page in found.pages] == ["https://gazette.example/?a=1&b=2", "https://gazette.example/b"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("Nothing here\n", "neither XML nor a list of addresses"),
        ("<!doctype html><html><body>Not found</body></html>", "is HTML"),
        ("<rss version='2.0'><channel/></rss>", "write feed = instead"),
        ("<opml/>", "begins with <opml>"),
        ("<\x00", "cannot be read"),
        ('<!DOCTYPE u [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><urlset>&c;</urlset>', "as an attack does"),
        ('<!DOCTYPE u [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset>&f;</urlset>', "as an attack does"),
    ],
)
def test_what_is_no_sitemap_says_what_it_is(text: str, reason: str) -> None:
    with pytest.raises(NotASitemapError, match=reason):
        parse(text)


def test_of_a_sitemap_without_end_only_the_allowed_number_is_read() -> None:
    found = parse("<urlset>" + "<url><loc>https://gazette.example/a</loc></url>" * 50_010 + "</urlset>")
    assert len(found.pages) == 50_000
    assert found.notes == ("has 50,010 entries: only the newest 50,000 were read",)


def test_a_gzipped_sitemap_is_unpacked_within_the_limit() -> None:
    packed = gzip.compress(NEWS.encode())
    assert parse(inflated(packed, limit=10_000)).pages == parse(NEWS).pages


@given(
    st.text() | st.text().map(lambda text: f"<urlset><url><loc>{text}</loc><lastmod>{text}</lastmod></url></urlset>")
)
def test_no_text_breaks_it(text: str) -> None:
    try:
        found = parse(text)
    except NotASitemapError:
        return
    assert all(page.url.startswith(("http://", "https://")) for page in found.pages)


@given(st.binary(max_size=200))
def test_no_bytes_break_it(body: bytes) -> None:
    try:
        parse(b"<urlset>" + body)
    except NotASitemapError:
        return

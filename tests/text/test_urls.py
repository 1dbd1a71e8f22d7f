"""Addresses."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.text.urls import (
    canonical_url,
    http_url,
    is_safe_url,
    is_web,
    resolved,
    shown_host,
    untracked_url,
    without_user,
)

PAGE = "https://example.org/news/story-1"


@pytest.mark.parametrize(
    "written",
    [
        "http://example.org/news/story-1",
        "HTTPS://WWW.Example.ORG/news/story-1",
        "https://example.org:443/news/story-1",
        "http://example.org:80/news/story-1",
        "https://example.org/news/story-1/",
        "https://example.org//news/./x/../story-1",
        "https://example.org/news/story-1#comments",
        "https://example.org/news/story-1?utm_source=rss&utm_medium=feed",
        "https://example.org/news/story-1?fbclid=abc&gclid=def&mc_cid=1",
        "https://example.org/news/story-1?at_medium=RSS&at_campaign=rss",
        "https://example.org/news/story-1?ref=rss",
        "https://example.org/news/story-1?icid=rss",
        "https://example.org/news/story-1?maca=en-rss-en-all-1573-rdf",
        "https://m.example.org/news/story-1",
        "https://amp.example.org/news/story-1",
        "https://example.org/news/story-1/amp/",
        "https://example.org/news/story-1.amp",
        "https://example.org/news/story-1?outputType=amp",
        "https://example.org/news/story%2D1",
        "https://example.org./news/story-1",
        "https://www.google.com/url?rct=j&sa=t&url=https://example.org/news/story-1&ct=ga",
        "https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fnews%2Fstory-1&sa=D",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fnews%2Fstory-1&data=05",
        "https://x.r.eu-west-1.awstrack.me/L0/https:%2F%2Fexample.org%2Fnews%2Fstory-1/1/0102/AbC=1",
        "https://urldefense.com/v3/__https://example.org/news/story-1__;!!AbC$",
        "https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU=https%3a%2f%2fexample.org%2fnews%2fstory-1/RK=0/RS=x",
        "https://www.google.com/amp/s/example.org/news/story-1",
        "https://example-org.cdn.ampproject.org/c/s/example.org/news/story-1",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fnews%2Fstory-1&h=x",
        "https://out.reddit.com/t3_1?url=https%3A%2F%2Fexample.org%2Fnews%2Fstory-1",
        "  https://example.org/news/story-1\n",
    ],
)
def test_what_makes_no_difference_is_left_out(written: str) -> None:
    assert canonical_url(written) == PAGE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/?p=1", "https://example.org/?p=2"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?page=2", "https://example.org/a"),
        ("https://example.org/a?ref=main", "https://example.org/a"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://example.org/#!/story/1", "https://example.org/#!/story/2"),
        ("https://m.de/a", "https://de/a"),
        ("https://blog.example.org/a", "https://example.org/a"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/stamp", "https://example.org/st"),
        ("https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url?q=other"),
    ],
)
def test_what_may_be_another_page_stays_another(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_the_order_of_parameters_makes_no_difference() -> None:
    assert canonical_url("https://example.org/?b=2&a=1") == canonical_url("https://example.org/?a=1&b=2")


def test_a_host_in_another_script_is_the_same_written_in_ascii() -> None:
    assert canonical_url("https://bücher.example/") == canonical_url("https://xn--bcher-kva.example/")


def test_what_is_no_address_of_the_web_comes_back_as_it_is() -> None:
    assert canonical_url(" tag:example.org,2026:1 ") == "tag:example.org,2026:1"


@given(st.text() | st.from_regex(r"https?://[a-z.]{1,20}(:[0-9]{1,6})?/[!-~]{0,60}", fullmatch=True))
@example("https://[::1]:80/a")
@example("https://[broken/")
@example("http://a.b:99999/")
@example("https://www.google.com/url?q=https://www.google.com/url?q=https://example.org")
@example("https://example.org/%2525/%zz")
@example("https://example.org/amp/amp")
def test_the_canonical_form_of_anything_is_its_own_canonical_form(written: str) -> None:
    once = canonical_url(written)
    assert canonical_url(once) == once


@pytest.mark.parametrize("url", ["https://example.org/a", "http://example.org:8080/?q=1#x", "mailto:news@example.org"])
def test_web_and_mail_addresses_are_safe(url: str) -> None:
    assert is_safe_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/a",
        "/a",
        "",
        "https://",
        "https:///a",
        "https://bank.example@evil.example/",
        "https://example.org/a b",
        "https://example.org/\r\nBcc: x@example.org",
        "https://example.org/\x00",
        " https://example.org/",
        "https://example.org:0x50/",
        "mailto:",
        "mailto://news@example.org",
    ],
)
def test_everything_else_is_not_safe(url: str) -> None:
    assert not is_safe_url(url)


@pytest.mark.parametrize(
    ("link", "base", "expected"),
    [
        ("/a", "https://example.org/feed.xml", "https://example.org/a"),
        ("a.html", "https://example.org/blog/feed.xml", "https://example.org/blog/a.html"),
        ("//cdn.example/a", "https://example.org/", "https://cdn.example/a"),
        ("https://example.org/ä b", "", "https://example.org/%C3%A4%20b"),
        ("https://example.org/a%20b?x=1&y=2", "", "https://example.org/a%20b?x=1&y=2"),
        ("https://bücher.example/x", "", "https://xn--bcher-kva.example/x"),
        ("https://exam\nple.org/\ta", "", "https://example.org/a"),
        ("HTTP://example.org/", "", "HTTP://example.org/"),
        ("", "https://example.org/", None),
        ("/a", "", None),
        ("javascript:alert(1)", "https://example.org/", None),
        ("mailto:a@example.org", "https://example.org/", None),
        ("https://[broken/", "https://example.org/", None),
        ("https://" + "ü" * 100 + ".example/", "", None),
        ("/" + "a" * 3_000, "https://example.org/", None),
    ],
)
def test_a_link_becomes_an_absolute_address_or_none(link: str, base: str, expected: str | None) -> None:
    assert http_url(link, base) == expected


@given(st.text(), st.sampled_from(["", "https://example.org/feed", "http://[::1]/"]))
def test_whatever_a_link_holds_only_safe_addresses_come_of_it(link: str, base: str) -> None:
    address = http_url(link, base)
    assert address is None or (is_safe_url(address) and address.isascii())


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a?utm_source=rss&p=1&fbclid=x#top", "https://example.org/a?p=1#top"),
        ("https://example.org/a?utm_source=rss", "https://example.org/a"),
        ("https://example.org/a?b=%2F&ref=rss", "https://example.org/a?b=%2F&ref=rss"),
        ("https://www.example.org/a/", "https://www.example.org/a/"),
        ("https://example.org/#/a?utm_source=rss", "https://example.org/#/a?utm_source=rss"),
        ("https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa%3Futm_source%3Dx", "https://example.org/a"),
        ("", ""),
    ],
)
def test_readers_get_the_page_without_what_follows_their_click(url: str, shown: str) -> None:
    assert untracked_url(url) == shown


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Example.org:8080/a", "example.org"),
        ("https://news.example.org", "news.example.org"),
        ("feeds/x", ""),
        ("https://[", ""),
    ],
)
def test_readers_see_the_host_without_www(url: str, host: str) -> None:
    assert shown_host(url) == host


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("imaps://rosa@reader.example@mail.example:993/News", "imaps://mail.example:993/News"),
        ("imap://rosa@mail.example", "imap://mail.example"),
        ("https://medium.example/@rosa/feed", "https://medium.example/@rosa/feed"),
        ("articles/rosa@home", "articles/rosa@home"),
    ],
)
def test_a_log_names_no_user_of_a_mailbox(address: str, shown: str) -> None:
    assert without_user(address) == shown


@pytest.mark.parametrize("location", ["https://example.org", "HTTP://example.org"])
def test_web_addresses_are_told_from_paths(location: str) -> None:
    assert is_web(location)
    assert not is_web(f"feeds/{location}")


@pytest.mark.parametrize(
    ("location", "base", "whole"),
    [
        ("/my feed.xml", "https://example.org/a", "https://example.org/my%20feed.xml"),
        ("\\feeds\\a.xml", "https://example.org/a", "https://example.org/feeds/a.xml"),
        (" /a\r\n", "https://example.org/", "https://example.org/a"),
        ("/ä?q=ü b\\c", "https://example.org/", "https://example.org/%C3%A4?q=%C3%BC%20b%5Cc"),
        ("//bücher.example/a", "https://example.org/", "https://xn--bcher-kva.example/a"),
        ("/a%20b", "https://example.org/", "https://example.org/a%20b"),
        ("ftp://example.org/a", "https://example.org/", "ftp://example.org/a"),
        ("../a", "https://example.org/lists/mine", "https://example.org/a"),
        ("https://other.example/a", "https://example.org/", "https://other.example/a"),
        ("feeds/a.xml", "", "feeds/a.xml"),
        ("http://[bad", "https://example.org/", "http://[bad"),
    ],
)
def test_a_location_leads_from_where_it_was_found(location: str, base: str, whole: str) -> None:
    assert resolved(location, base) == whole

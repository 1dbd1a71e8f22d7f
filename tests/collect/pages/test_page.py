from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.article.article import LONGEST_TEXT, LONGEST_TITLE, article_id
from digest.collect.pages.page import Page, extract_page, is_wall, page_article
from digest.model import Source

PROSE = (
    "Der Hafen von Salzmünde ist am Sonntag zum ersten Mal seit vierzig Jahren zugefroren, und niemand fuhr hinaus. "
)
HEAD = '<meta charset="{}"><title>Hafen zugefroren</title><meta name="date" content="2026-02-19 10:00">'


def page(charset: str = "utf-8") -> str:
    return (
        f"<html lang='de'><head>{HEAD.format(charset)}</head><body><article><p>{PROSE * 3}</p></article></body></html>"
    )


def test_a_page_gives_its_article_and_what_it_says_of_itself():
    found = extract_page(page(), url="https://example.org/hafen")

    assert found.title == "Hafen zugefroren"
    assert found.text == (PROSE * 3).strip()
    assert found.published is not None
    assert found.published.isoformat() == "2026-02-19T10:00:00+00:00"
    assert found.language == "de"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_bytes_are_read_in_the_encoding_they_declare(charset):
    assert extract_page(page(charset).encode(charset)).text == (PROSE * 3).strip()


def test_utf8_is_known_whatever_is_declared():
    assert extract_page(page("iso-8859-1").encode()).text == (PROSE * 3).strip()


def test_an_xml_declaration_does_not_matter():
    assert extract_page('<?xml version="1.0" encoding="latin-1"?>' + page()).text == (PROSE * 3).strip()


def test_the_language_is_that_of_the_text_not_of_the_template():
    assert extract_page(page().replace("lang='de'", "lang='en'")).language == "de"


def test_nulls_do_not_end_a_page():
    assert extract_page(page().replace("<article>", "<article>\0")).text == (PROSE * 3).strip()


@pytest.mark.parametrize("nothing", ["", " ", b"", b"\xff\xfe", "<!-- -->", "<?php", "<html>", "no markup at all"])
def test_a_page_without_an_article_has_no_text(nothing):
    assert extract_page(nothing).text == ""


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 50_000,
        "<article>" * 2_000,
        "<table><tr><td>" * 2_000,
        "<!--" * 50_000,
        "".join(f"<li><a href='{i}'>{PROSE}</a></li>" for i in range(2_000)),
        "<p>" + PROSE * 5_000,
    ],
)
def test_a_page_made_to_choke_a_reader_is_read(bomb):
    assert isinstance(extract_page(bomb + page()).text, str)


def test_no_markup_is_left_in_a_text():
    found = extract_page(page().replace("Salzmünde", "<b>Salz</b>münde<script>alert(1)</script>"))

    assert found.text == (PROSE * 3).strip()


@given(st.binary(max_size=400))
def test_any_bytes_are_a_page(body):
    assert isinstance(extract_page(b"<html><body><p>" + body).text, str)


# --- as a source of its own --------------------------------------------------------------------------------------

DAY, NOW = datetime(2026, 2, 17, tzinfo=UTC), datetime(2026, 2, 18, tzinfo=UTC)
PAGE = Page(
    title="The bridge", text="The council voted on the bridge.", published=DAY, site="The Gazette", language="en"
)
SOURCE = Source(kind="page", location="https://example.org/bridge?utm_source=x", section="World", weight=2.0)


def never(name: str) -> datetime:
    raise AssertionError(name)


def test_a_page_is_known_by_its_canonical_address() -> None:
    found = page_article(PAGE, source=SOURCE, url=SOURCE.location, first_seen=never)
    assert (found.canonical, found.id) == ("https://example.org/bridge", article_id("https://example.org/bridge"))
    assert (found.publisher, found.section, found.weight) == ("The Gazette", "World", 2.0)
    assert (found.published, found.dated) == (DAY, True)


def test_a_page_without_a_time_is_as_old_as_our_memory_of_it() -> None:
    seen: list[str] = []
    page = replace(PAGE, published=None)
    found = page_article(page, source=SOURCE, url=SOURCE.location, first_seen=lambda name: seen.append(name) or NOW)
    assert (found.published, found.dated, seen) == (NOW, False, [found.id])


def test_a_page_without_end_is_cut() -> None:
    page = replace(PAGE, title="word " * 1_000, text="word " * 100_000)
    found = page_article(page, source=SOURCE, url=SOURCE.location, first_seen=never)
    assert (len(found.title), len(found.text)) == (LONGEST_TITLE, LONGEST_TEXT)


@pytest.mark.parametrize(("name", "publisher"), [("", "The Gazette"), ("Ours", "Ours")])
def test_a_page_in_a_file_is_known_by_its_path(name: str, publisher: str) -> None:
    found = page_article(PAGE, source=Source(kind="page", location="b.html", name=name), url="", first_seen=never)
    assert (found.canonical, found.url, found.publisher) == ("file:b.html", None, publisher)


# --- pages served in an article's place ------------------------------------------------------------------------------

LOGIN = "Please log in to read this article, which only our readers with an account may see, as you surely understand. "


@pytest.mark.parametrize(
    "title",
    [
        "Log in",
        "Sign in to continue reading | The Gazette",
        "Just a moment...",
        "Page not found – The Gazette",
        "404",
        "404: Not Found",
        "Access denied",
        "Are you a robot?",
        "Before you continue to Example",
        "Anmelden · Blatt",
        "Connexion | Le Journal",
        "Страница не найдена",
    ],
)
def test_a_page_to_log_in_to_or_one_that_is_gone_is_known_by_its_title(title: str) -> None:
    assert is_wall(title)


@pytest.mark.parametrize(
    "title",
    [
        "Log in to the past: how a mill worker kept his diary",
        "Just a moment of rain in Ashford",
        "Not found in any map: the lost village of Kent",
        "404 new homes for Ashford approved by the council of the county",
        "Why you need not sign in any more",
        "Anmeldung für den Kindergarten beginnt",
        "Forbidden love on the Stour",
        "",
    ],
)
def test_a_headline_with_such_words_is_none(title: str) -> None:
    assert not is_wall(title)


def test_such_a_page_has_no_article() -> None:
    found = extract_page(f"<title>Log in | The Gazette</title><article><h1>Log in</h1><p>{LOGIN * 3}</p></article>")
    assert (found.title, found.text) == ("", "")

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.collect.files.manuscript import read_manuscript

PROSE = "The harbour froze on Sunday for the first time in forty years, and nobody went out."


def test_markdown_gives_its_heading_and_plain_paragraphs():
    text = f"# The *frozen* harbour\n\n{PROSE} See [the log](https://example.org).\n\n- one\n- two\n\n> Quoted.\n"
    found = read_manuscript(text, kind="markdown", zone=UTC)

    assert found.title == "The frozen harbour"
    assert found.text == f"{PROSE} See the log.\n\none\n\ntwo\n\nQuoted."


def test_an_underlined_heading_is_a_title_too():
    found = read_manuscript(f"The frozen harbour\n==================\n\n{PROSE}\n", kind="markdown", zone=UTC)

    assert (found.title, found.text) == ("The frozen harbour", PROSE)


def test_markdown_without_a_heading_has_no_title_and_keeps_its_text():
    found = read_manuscript(PROSE, kind="markdown", zone=UTC)

    assert (found.title, found.text) == ("", PROSE)


def test_scripts_in_markdown_are_left_out():
    found = read_manuscript(f"{PROSE}\n\n<script>alert(1)</script>\n\n<b>Bold.</b>\n", kind="markdown", zone=UTC)

    assert found.text == f"{PROSE}\n\nBold."


def test_front_matter_says_what_the_article_is():
    text = (
        "---\ntitle: Frozen\ndate: 2026-02-19 09:30\nurl: https://example.org/frozen\nauthor: Rosa\nlang: en-GB\n"
        f"publisher: The Gazette\nsection: World\ntags: [sea]\nsummary: Ice.\n---\n# Heading\n\n{PROSE}"
    )
    found = read_manuscript(text, kind="markdown", zone=ZoneInfo("Europe/Berlin"))

    assert found.title == "Frozen"
    assert found.published is not None
    assert found.published.moment.isoformat() == "2026-02-19T09:30:00+01:00"
    assert (found.url, found.author, found.language) == ("https://example.org/frozen", "Rosa", "en")
    assert (found.publisher, found.section, found.categories) == ("The Gazette", "World", ("sea",))
    assert (found.teaser, found.text) == ("Ice.", PROSE)
    assert found.problems == ()


def test_a_date_that_is_none_is_reported_with_its_line():
    found = read_manuscript(f"---\ntitle: Frozen\ndate: next Tuesday\n---\n{PROSE}", kind="markdown", zone=UTC)

    assert found.published is None
    assert [line for line, _ in found.problems] == [3]
    assert '"next Tuesday"' in found.problems[0][1]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "www.example.org", "https://"])
def test_an_address_that_is_not_of_the_web_is_reported_and_left_out(address):
    found = read_manuscript(f"---\nurl: {address}\n---\n{PROSE}", kind="markdown", zone=UTC)

    assert found.url == ""
    assert [line for line, _ in found.problems] == [2]


def test_a_draft_is_known_as_one():
    assert read_manuscript(f"---\ndraft: true\n---\n{PROSE}", kind="markdown", zone=UTC).draft


def test_a_text_file_may_have_front_matter():
    found = read_manuscript(f"---\ntitle: Frozen\n---\n{PROSE}", kind="text", zone=UTC)

    assert (found.title, found.text) == ("Frozen", PROSE)


def test_a_page_without_an_article_is_reported():
    found = read_manuscript("<html><body><a href='/'>Home</a></body></html>", kind="html", zone=UTC)

    assert found.text == ""
    assert found.problems[0][0] == 0


def test_a_day_in_a_page_of_ones_own_is_that_day_in_the_zone_of_the_newsletter():
    prose = "<p>All 214 people aboard the ferry were brought ashore unhurt on Sunday, the harbour office said.</p>" * 4
    page = f"<html><head><meta name='date' content='2026-02-14'></head><body><article>{prose}</article></body></html>"
    zone = ZoneInfo("America/New_York")

    assert read_manuscript(page, kind="html", zone=zone).published == datetime(2026, 2, 14, tzinfo=zone)

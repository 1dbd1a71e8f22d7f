"""Posts as the feeds of Mastodon and Bluesky carry them."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.feeds.feed import parse_feed

URL = "https://social.example/@rosa.rss"


def mastodon(*posts: str, title: str = "") -> bytes:
    """A feed as Mastodon 4 writes it."""
    items = "".join(
        f"<item>{title}<guid isPermaLink='true'>https://social.example/@rosa/1140000000{n:04}</guid>"
        f"<link>https://social.example/@rosa/1140000000{n:04}</link><pubDate>Tue, 17 Feb 2026 08:00:00 +0000</pubDate>"
        f"<description>{html.escape(post)}</description><category>canals</category></item>"
        for n, post in enumerate(posts)
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>Rosa Engelby</title>"
        f"<link>https://social.example/@rosa</link><generator>Mastodon v4.3.2</generator>{items}</channel></rss>"
    ).encode()


def bluesky(*posts: str) -> bytes:
    """A feed as Bluesky writes it: plain text."""
    items = "".join(
        f"<item><link>https://bsky.app/profile/did:plc:abc/post/3k{n:011}</link><description>{html.escape(post)}"
        f"</description><pubDate>17 Feb 2026 08:00 +0000</pubDate>"
        f"<guid isPermaLink='false'>at://did:plc:abc/app.bsky.feed.post/3k{n:011}</guid></item>"
        for n, post in enumerate(posts)
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>@rosa.example - Rosa Engelby</title>"
        f"<link>https://bsky.app/profile/rosa.example</link>{items}</channel></rss>"
    ).encode()


def read(body: bytes) -> list[tuple[str, str]]:
    """Titles and texts."""
    entries = parse_feed(body, url=URL).entries
    return [
        (entry.title, html.unescape(re.sub(r"<p>|</p>$", "", entry.content).replace("</p>", "\n\n")))
        for entry in entries
    ]


def tag(name: str) -> str:
    return f'<a href="https://social.example/tags/{name}" class="mention hashtag" rel="tag">#<span>{name}</span></a>'


def mention(name: str) -> str:
    return (
        f'<span class="h-card" translate="no"><a href="https://other.example/@{name}" class="u-url mention">'
        f"@<span>{name}</span></a></span>"
    )


def shortened(url: str) -> str:
    rest = url.removeprefix("https://")
    return (
        f'<a href="{url}" target="_blank" rel="nofollow"><span class="invisible">https://</span>'
        f'<span class="ellipsis">{rest[:20]}</span><span class="invisible">{rest[20:]}</span></a>'
    )


LONG = (
    "The council voted nine to four for a second ferry line, after a debate of three hours in which nobody mentioned "
    "the price of the boats, and the mayor left early."
)


def test_the_first_sentence_of_a_post_is_its_headline_and_the_rest_its_text() -> None:
    post = "<p>The ferry runs again.</p><p>It had waited for eleven days.</p>"
    assert read(mastodon(post)) == [("The ferry runs again", "It had waited for eleven days.")]


def test_of_a_long_first_sentence_a_part_is_the_headline_and_the_text_stays_whole() -> None:
    [(title, text)] = read(bluesky(LONG))
    assert len(title) <= 90
    assert LONG.startswith(title.rstrip("…"))
    assert text == LONG


def test_a_title_that_is_the_post_again_is_none() -> None:
    post = "The ferry runs again. It had waited for eleven days."
    assert read(mastodon(f"<p>{post}</p>", title=f"<title>{post[:40]}…</title>")) == [
        ("The ferry runs again", "It had waited for eleven days.")
    ]


def test_a_title_of_its_own_stays() -> None:
    post = "<p>It had waited for eleven days. Now it runs.</p>"
    assert read(mastodon(post, title="<title>Ferries</title>"))[0][0] == "Ferries"


def test_tags_at_the_end_go_and_those_in_a_sentence_are_its_words() -> None:
    tags = f"<p>{tag('boats')} {tag('news')}</p>"
    post = f"<p>The {tag('FerryLine')} runs again on the {tag('fjord')}. Come and see.</p>{tags}"
    assert read(mastodon(post)) == [("The Ferry Line runs again on the fjord", "Come and see.")]


def test_mentions_at_the_start_go_and_others_lose_their_server() -> None:
    post = f"<p>{mention('anna')} {mention('olaf')} The ferry runs, says {mention('port')}. Good.</p>"
    assert read(mastodon(post)) == [("The ferry runs, says @port", "Good.")]
    assert (
        read(bluesky("@anna.example The ferry runs, says @port@sea.example. Good."))[0][0]
        == "The ferry runs, says @port"
    )


def test_a_post_that_is_mainly_a_link_says_where_it_leads_and_links_to_itself() -> None:
    link = shortened("https://gazette.example/2026/02/the-ferry-that-waited")
    body = mastodon(f"<p>Worth your time: {link} {tag('ferry')}</p>")
    assert read(body) == [("Worth your time (gazette.example)", "")]
    assert parse_feed(body, url=URL).entries[0].link == "https://social.example/@rosa/11400000000000"


def test_a_post_that_is_nothing_but_a_link_is_called_by_it() -> None:
    link = shortened("https://gazette.example/2026/02/the-ferry-that-waited.html")
    assert read(mastodon(f"<p>{link}</p>", f"<p>{shortened('https://gazette.example/?p=12')}</p>")) == [
        ("gazette.example: the ferry that waited", ""),
        ("gazette.example", ""),
    ]


def test_an_address_cut_by_bluesky_is_no_word() -> None:
    assert read(bluesky("The ferry runs.\n\ngazette.example/2026/02/the-f...")) == [
        ("The ferry runs (gazette.example)", "")
    ]


def test_an_address_in_a_longer_post_is_left_out_only() -> None:
    post = f"{LONG} https://gazette.example/ferry"
    assert read(bluesky(post))[0][1] == LONG


@pytest.mark.parametrize("words", ["Content warning:", "CW:", "Inhaltswarnung:"])
def test_what_is_behind_a_warning_stays_there(words: str) -> None:
    post = f"<p><strong>{words}</strong> shipwreck, dead</p><hr /><p>The captain went down with it.</p>"
    assert read(mastodon(post)) == [("CW: shipwreck, dead", "")]


@pytest.mark.parametrize("label", ["", "<strong>閲覧注意:</strong>", "<strong>Upozornění na obsah:</strong> "])
def test_a_warning_is_known_by_the_rule_below_it_in_any_language(label: str) -> None:
    assert read(mastodon(f"<p>{label}shipwreck</p><hr><p>The captain went down with it.</p>")) == [
        ("CW: shipwreck", "")
    ]


def test_a_post_of_somebody_else_is_theirs() -> None:
    [entry] = parse_feed(mastodon("<p>RT @olaf@sea.example: The ferry runs again.</p>"), url=URL).entries
    assert (entry.title, entry.author) == ("The ferry runs again", "olaf@sea.example")


def test_codes_of_emoji_and_notes_on_embedded_posts_go() -> None:
    assert read(bluesky("The ferry runs :blobboat: again\n\n[contains quote post or other embedded content]")) == [
        ("The ferry runs again", "")
    ]


def test_a_channel_is_called_by_its_authors_name() -> None:
    assert parse_feed(bluesky("The ferry runs."), url=URL).title == "Rosa Engelby"


def test_other_feeds_are_left_alone() -> None:
    body = mastodon("<p>#1 in the charts. @home</p>", title="<title>A</title>").replace(
        b"/@rosa/1140000000", b"/blog/1140000000"
    )
    assert read(body) == [("A", "#1 in the charts. @home")]


@given(st.text(max_size=200))
def test_no_post_breaks_it(post: str) -> None:
    visible = "".join(character for character in post if character.isprintable())
    for body in (mastodon(visible, f"<p>{html.escape(visible)}</p>"), bluesky(visible)):
        for title, text in read(body):
            assert len(title) <= 300
            assert "<script" not in title + text


def test_hostile_posts_take_no_time() -> None:
    read(bluesky("#a" * 5_000, "@a " * 5_000, "a.b/" * 5_000, ":" * 10_000, "# " * 5_000, "RT " * 5_000))

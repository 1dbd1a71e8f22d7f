"""What feeds put around an article."""

from __future__ import annotations

import pytest

from digest.collect.prose.boilerplate import is_boilerplate, repeated_paragraphs, without_boilerplate


@pytest.mark.parametrize(
    "paragraph",
    [
        "The post A bridge opens appeared first on The Gazette.",
        "The post A bridge opens first appeared on The Gazette",
        "Der Beitrag Die Brücke erschien zuerst auf Die Zeitung.",
        "L’article Le pont est apparu en premier sur Le Journal.",
        "La entrada El puente se publicó primero en El Diario.",
        "Artykuł Most pochodzi z serwisu Gazeta.",
        "This article was originally published on The Gazette.",
        "Read more",
        "Read more »",
        "Read more at example.org",
        "Continue reading A bridge opens at The Gazette →",
        "Read the full story at The Gazette.",
        "[…]",
        "Weiterlesen …",
        "Lire la suite",
        "Leer más",
        "続きを読む",
        "Comments",
        "12 comments",
        "Article URL: https://example.org/a",
        "Comments URL: https://news.example.org/item?id=1",
        "Points: 120",
        "# Comments: 45",
        "submitted by /u/somebody [link] [comments]",
        "Share this:",
        "Thanks for reading The Gazette! Subscribe for free to receive new posts.",
        "The Gazette is a reader-supported publication. To receive new posts, subscribe.",
        "Photo by Jane Doe on Unsplash",
        "(Image credit: Jane Doe)",
        "Filed under: News, Bridges",
        "Advertisement",
        "* * *",
        "https://example.org/a",
        "(12:34) - Chapter 3: The bridge",
        "Instagram",
    ],
)
def test_a_paragraph_of_the_feeds_is_told(paragraph: str) -> None:
    assert is_boilerplate(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The post office opened on Monday.",
        "The bridge, first built in 1851, opened again.",
        "Read more books this year, the minister said. It would do everybody good.",
        "Comments by the minister were met with silence.",
        "Photographers gathered at the bridge.",
        "Sharing is what the project is about.",
        "Images of the bridge went around the world.",
        "At 12:34 the bridge opened.",
        "The post A bridge opens appeared first on " + "the front page of many papers " * 20,
    ],
)
def test_a_paragraph_of_the_articles_is_left_alone(paragraph: str) -> None:
    assert not is_boilerplate(paragraph)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The bridge opened. Read more", "The bridge opened."),
        ("The bridge opened. Continue reading →", "The bridge opened."),
        ("The bridge opened and… Read more", "The bridge opened and…"),
        ("The bridge opened and [...] Read More »", "The bridge opened and…"),
        ("The bridge opened and [&hellip;]", "The bridge opened and [&hellip;]"),
        ("The bridge opened and […]", "The bridge opened and…"),
        ("The bridge opened and (more…)", "The bridge opened and…"),
        ("[Capital News] The bridge opened.", "The bridge opened."),
        ("[W]e are glad, she said.", "[W]e are glad, she said."),
        ("One.\n\nAdvertisement\n\nTwo.\n\nThe post X appeared first on Y.", "One.\n\nTwo."),
        ("Comments", ""),
        ("", ""),
        ("They wanted to read more", "They wanted to read more"),
    ],
)
def test_what_is_left_is_the_article(text: str, kept: str) -> None:
    assert without_boilerplate(text) == kept


def test_a_stub_that_only_links_has_no_text() -> None:
    stub = "Article URL: https://example.org/a\n\nComments URL: https://x.example/1\n\nPoints: 5\n\n# Comments: 2"
    assert without_boilerplate(stub) == ""


def test_a_paragraph_in_every_article_of_a_feed_is_its_footer() -> None:
    texts = [f"Words number {number}.\n\nThe Gazette is printed in Exampletown." for number in range(4)]
    assert repeated_paragraphs(texts) == {"The Gazette is printed in Exampletown."}


def test_two_articles_are_too_few_to_tell_a_footer() -> None:
    assert repeated_paragraphs(["a\n\nb", "c\n\nb"]) == frozenset()

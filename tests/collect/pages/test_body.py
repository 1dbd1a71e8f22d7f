from __future__ import annotations

from lxml import html

from digest.collect.pages.blocks import read_blocks
from digest.collect.pages.body import article_body

PROSE = [
    f"{opening} of Saltmouth froze on {day} for the first time in {years} years, and nobody went out to fish."
    for opening, day, years in (
        ("The harbour", "Sunday", "forty"),
        ("The river", "Monday", "thirty"),
        ("The lake", "Tuesday", "twenty"),
        ("The pond", "Wednesday", "ten"),
        ("The canal", "Thursday", "five"),
    )
]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
LINKS = "".join(f"<li><a href='/{i}'>Five winters to remember in the north, part {i}</a></li>" for i in range(4))


def body(markup: str, *titles: str) -> list[str]:
    """The paragraphs of a page that calls itself "Ice" and what else is given."""
    tree = html.document_fromstring(f"<html><body>{markup}</body></html>")
    return article_body(tree, read_blocks(tree), titles=["Ice", *titles])


def test_the_paragraphs_of_an_article_are_taken():
    assert body(f"<nav><a href='/'>Home</a></nav><article><h1>Ice</h1>{TEXT}</article>", "Ice") == PROSE


def test_the_title_is_not_repeated():
    markup = f"<article><h1>Saltmouth's harbour freezes over</h1>{TEXT}</article>"

    assert body(markup, "Saltmouth’s harbour freezes over") == PROSE


def test_a_list_of_links_within_the_article_is_left_out():
    markup = f"<article><h1>Ice</h1><div>{TEXT}<ul>{LINKS}</ul><p>And {PROSE[0]}</p></div></article>"

    assert body(markup) == [*PROSE, f"And {PROSE[0]}"]


def test_a_list_of_the_article_s_own_is_kept():
    items = "<ul><li>rope of ten metres</li><li>salt for the pier</li></ul>"

    assert body(f"<article><h1>Ice</h1><div>{TEXT}{items}</div></article>") == [
        *PROSE,
        "rope of ten metres",
        "salt for the pier",
    ]


def test_other_articles_below_the_article_are_left_out():
    others = "".join(f"<article><p>{text} Later it snowed, too, and the ice broke.</p></article>" for text in PROSE)

    assert body(f"<article><h1>Ice</h1>{TEXT}</article>{others}") == PROSE


def test_a_text_in_two_parts_is_taken_whole():
    part = "<div class='chunk'><div class='ad'>Advertisement</div><div class='body'>{}</div></div>"
    first, second = ("".join(f"<p>{text}</p>" for text in half) for half in (PROSE[:3], PROSE[3:]))

    assert body(f"<main><h1>Ice</h1>{part.format(first)}{part.format(second)}</main>") == PROSE


def test_calls_and_credits_within_the_article_are_left_out():
    calls = "<p>Also read: Five winters to remember</p><p>Photo: Jane Roe/Reuters</p><p>With inputs from agencies</p>"

    assert body(f"<article><h1>Ice</h1><div>{TEXT}{calls}</div></article>") == PROSE


def test_a_page_of_links_has_no_article():
    assert body("<ul><li><a href='/'>Home</a></li><li><a href='/n'>News</a></li></ul>") == []


def test_an_empty_page_has_no_article():
    assert body("") == []

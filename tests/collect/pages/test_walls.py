"""Pages that are served in an article's place."""

from __future__ import annotations

import pytest

from digest.collect.pages.page import extract_page
from digest.collect.pages.walls import is_wall

PROSE = "Please log in to read this article, which only our readers with an account may see, as you surely understand. "


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
    found = extract_page(f"<title>Log in | The Gazette</title><article><h1>Log in</h1><p>{PROSE * 3}</p></article>")
    assert (found.title, found.text) == ("", "")

from __future__ import annotations

import pytest

from digest.render.greeting import greeter
from digest.settings import NewsletterSettings, RenderSettings


def greetings(pattern: str = "", language: str = "en") -> tuple[str, str]:
    newsletter = NewsletterSettings(title="T", sender="a@example.org", language=language)
    greet = greeter(newsletter, RenderSettings(greeting=pattern), templates=[])
    return greet("Anna Ngô"), greet("")


def test_a_name_is_greeted_in_the_newsletters_language():
    assert greetings() == ("Hello Anna Ngô,", "Hello,")
    assert greetings(language="es") == ("Hola, Anna Ngô:", "Hola:")


@pytest.mark.parametrize(
    ("pattern", "named", "nameless"),
    [
        ("Dear {name}!", "Dear Anna Ngô!", "Dear!"),
        ("Good morning, {name}.", "Good morning, Anna Ngô.", "Good morning."),
        ("Good morning", "Good morning", "Good morning"),
    ],
)
def test_the_owners_greeting_is_used_with_and_without_a_name(pattern, named, nameless):
    assert greetings(pattern) == (named, nameless)


def test_a_name_from_a_list_is_cleaned(newsletter):
    greet = greeter(newsletter, RenderSettings(), templates=[])
    assert greet("A\u202e\r\nBcc: x@y.z") == "Hello A Bcc: x@y.z,"
    assert greet(" \u200b ") == "Hello,"

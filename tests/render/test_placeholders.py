from __future__ import annotations

import pytest

from digest.render.placeholders import SENTINEL, greeter, new_placeholders
from digest.settings import NewsletterSettings, RenderSettings


def sentinels(token: str = "0123456789abcdef") -> list[str]:  # noqa: S107  # not a password
    made = new_placeholders(token)
    return [made.greeting, made.email, made.unsubscribe_url]


def test_sentinels_are_letters_and_digits_so_that_nothing_rewrites_them():
    assert all(sentinel.isalnum() and sentinel.isascii() and sentinel.islower() for sentinel in sentinels())


def test_no_sentinel_is_part_of_another():
    made = sentinels()
    assert not [(a, b) for a in made for b in made if a != b and a in b]


def test_every_sentinel_is_known_as_one():
    assert all(SENTINEL.fullmatch(sentinel) for sentinel in sentinels("f" * 64))


@pytest.mark.parametrize("token", ["", "0123", "0123456789ABCDEF", "0123456789abcdeg", "0" * 65, "0123456789abcdef\n"])
def test_a_token_that_could_be_guessed_or_rewritten_is_refused(token):
    with pytest.raises(ValueError, match="hexadecimal"):
        new_placeholders(token)


def test_values_stand_in_for_sentinels():
    made = new_placeholders("0123456789abcdef")
    text = f"{made.greeting} {made.email} {made.unsubscribe_url} {made.email}"
    values = {"greeting": "Hi <3 & co", "email": "a@b.c", "unsubscribe_url": "u?a&b"}
    assert made.filled(text, markup=False, **values) == "Hi <3 & co a@b.c u?a&b a@b.c"
    assert made.filled(text, markup=True, **values) == "Hi &lt;3 &amp; co a@b.c u?a&amp;b a@b.c"


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

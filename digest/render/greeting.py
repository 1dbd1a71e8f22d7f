"""The line that greets a subscriber: the owner's, or the newsletter's language's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from digest.render.words import find_words
from digest.settings import NewsletterSettings, RenderSettings
from digest.text.clean import clean_line

_NAME = re.compile(r"[\s,،、]*\{name\}")


def greeter(
    newsletter: NewsletterSettings, settings: RenderSettings, *, templates: Sequence[Path]
) -> Callable[[str], str]:
    """Make the function that greets a name ("" where none is known); its lines stand in for the edition's sentinel.

    Raises:
        UsageError: a file of words is wrong.
    """
    words = find_words(newsletter.language, templates)
    named = settings.greeting or words.greeting
    nameless = _NAME.sub("", settings.greeting) if settings.greeting else words.nameless_greeting

    def greet(name: str) -> str:
        known = clean_line(name)
        return named.replace("{name}", known) if known else nameless

    return greet

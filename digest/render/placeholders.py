"""Random sentinels that stand in an edition for what differs from subscriber to subscriber.

They are put in by templates and replaced when a message is made. Markers such as `{{ name }}` would be found in
articles too: somebody who writes about templates, or wants a reader's unsubscribe link, could have them filled.
The greeting, which stands in for the first of them, is the owner's or that of the newsletter's language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from digest.model import Placeholders
from digest.render.words import find_words
from digest.settings import NewsletterSettings, RenderSettings
from digest.text.clean import clean_line

#: 64 random bits: no article can hold them by chance, and no author can know them before the edition exists.
_TOKEN = re.compile(r"[0-9a-f]{16,64}")

#: Any sentinel of any edition; the closing letter keeps one from being the beginning of another.
SENTINEL = re.compile(r"x(?:greeting|email|unsubscribeurl)[0-9a-f]{16,64}x")

_NAME = re.compile(r"[\s,،、]*\{name\}")


def new_placeholders(token: str) -> Placeholders:
    """Make the sentinels of one edition.

    Args:
        token: 16 to 64 random hexadecimal digits in lower case (`secrets.token_hex(8)`), new for each edition.

    Raises:
        ValueError: `token` is something else.
    """
    if _TOKEN.fullmatch(token) is None:
        raise ValueError("the token of placeholders is 16 to 64 hexadecimal digits")
    return Placeholders(
        greeting=f"xgreeting{token}x", email=f"xemail{token}x", unsubscribe_url=f"xunsubscribeurl{token}x"
    )


def greeter(
    newsletter: NewsletterSettings, settings: RenderSettings, *, templates: Sequence[Path]
) -> Callable[[str], str]:
    """Make the function that greets a name ("" where none is known); what it returns replaces the edition's sentinel.

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

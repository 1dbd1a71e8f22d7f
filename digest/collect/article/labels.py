"""What documents of all kinds say of an article in a word or two: its language, its author, its categories. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from digest.languages.tables import merged
from digest.text.html import html_to_line

_LONGEST_CATEGORY = 80
_MOST_CATEGORIES = 30
#: RSS writes "mail@example.org (Jane Doe)"; programs that hide the address write "noreply@..." or "hidden".
_MAIL_AND_NAME = re.compile(r"(?:\S+@\S+|hidden|noreply|nobody|unknown)\s+\((?P<name>.+)\)", re.IGNORECASE)
_MAIL = re.compile(r"<?[^\s<>()@]+@[^\s<>()@]+>?")
_LONGEST_AUTHOR = 120


def primary_tag(language: str) -> str:
    """ "en" of "en-US"; "" of what is no language tag."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", language)
    return match[1].lower() if match else ""


def author_name(written: str) -> str:
    """A person's name without a mail address: nobody agreed to see theirs passed on."""
    line = html_to_line(written)
    named = _MAIL_AND_NAME.fullmatch(line)
    return (named["name"] if named else _MAIL.sub("", line).strip(" ()<>,"))[:_LONGEST_AUTHOR]


def category_names(written: Iterable[str]) -> tuple[str, ...]:
    """Categories worth sorting by: one line each, none twice, none that says "none"."""
    none = merged("feeds")["no_category"]
    lines = (html_to_line(name) for name in written)
    telling = (line for line in lines if 0 < len(line) <= _LONGEST_CATEGORY and line.casefold() not in none)
    return tuple(dict.fromkeys(telling))[:_MOST_CATEGORIES]

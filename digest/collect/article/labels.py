"""What sources say of an article in a word or two: its publisher, author, language and categories. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from digest.languages.tables import merged
from digest.text.clean import clean_line
from digest.text.html import html_to_line
from digest.text.urls import shown_host

_LONGEST_CATEGORY = 80
_MOST_CATEGORIES = 30
#: RSS writes "mail@example.org (Jane Doe)"; programs that hide the address write "noreply@..." or "hidden".
_MAIL_AND_NAME = re.compile(r"(?:\S+@\S+|hidden|noreply|nobody|unknown)\s+\((?P<name>.+)\)", re.IGNORECASE)
_MAIL = re.compile(r"<?[^\s<>()@]+@[^\s<>()@]+>?")
_LONGEST_AUTHOR = 120
#: Names that say what the document is or is about, not whose it is.
_GENERIC = frozenset(
    "all articles atom blog business culture entries feed headlines health home international "  # noqa: SIM905  # words as words
    "journal latest main news opinion politics posts rss science sport sports stories tech technology top untitled "
    "updates world".split()
)
_BETWEEN_NAMES = re.compile(r"\s+[|·•»–—-]\s*|\s*[|»]\s*|:\s+")
_ABOUT_ITSELF = re.compile(
    r"^(?:comments on:\s*|rss feed (?:of|for)\s+)|\s+(?:rss(?: feed)?|atom feed|feed|rss 2\.0)$|[\s|·»:–—-]+$"
    # A search, kept as a feed, calls itself "The Gazette Search Results Found 250".
    r"|\s+search (?:records|results)\b.*$",
    re.IGNORECASE,
)
_LONGEST_PUBLISHER = 60
#: Beside a generic part, what is longer is a tagline: "World News: Breaking news, politics, crime, and more".
_MOST_NAME_WORDS = 5


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


def publisher_of(title: str, *, link: str) -> str:
    """ "BBC News" for "BBC News", "Ardour" for "Blog - Ardour", the host of `link` where the title says nothing."""
    whole = _ABOUT_ITSELF.sub("", _ABOUT_ITSELF.sub("", clean_line(title)))
    parts = [part for part in _BETWEEN_NAMES.split(whole) if part]
    names = [part for part in parts if not _is_generic(part)]
    if names and len(names) == len(parts) and len(whole) <= _LONGEST_PUBLISHER:
        return whole
    short = [name for name in names if len(name.split()) <= _MOST_NAME_WORDS and len(name) <= _LONGEST_PUBLISHER]
    return short[0] if short else shown_host(link) or whole[:_LONGEST_PUBLISHER] or link


def _is_generic(name: str) -> bool:
    return all(word in _GENERIC for word in name.casefold().split())

"""The name of a source as readers see it, from what a feed calls itself. Pure."""

from __future__ import annotations

import re

from digest.text.clean import clean_line
from digest.text.urls import shown_host

#: Names that say what the document is or is about, not whose it is.
_GENERIC = frozenset(
    "all articles atom blog business culture entries feed headlines health home international "  # noqa: SIM905  # words as words
    "journal latest main news opinion politics posts rss science sport sports stories tech technology top untitled "
    "updates world".split()
)
_SEPARATOR = re.compile(r"\s+[|·•»–—-]\s*|\s*[|»]\s*|:\s+")
_ABOUT_ITSELF = re.compile(
    r"^(?:comments on:\s*|rss feed (?:of|for)\s+)|\s+(?:rss(?: feed)?|atom feed|feed|rss 2\.0)$|[\s|·»:–—-]+$"
    # A search, kept as a feed, calls itself "The Gazette Search Results Found 250".
    r"|\s+search (?:records|results)\b.*$",
    re.IGNORECASE,
)
_LONGEST = 60
#: Beside a generic part, what is longer is a tagline: "World News: Breaking news, politics, crime, and more".
_MOST_WORDS = 5


def publisher_of(title: str, *, link: str) -> str:
    """ "BBC News" for "BBC News", "Ardour" for "Blog - Ardour", the host of `link` where the title says nothing."""
    whole = _ABOUT_ITSELF.sub("", _ABOUT_ITSELF.sub("", clean_line(title)))
    parts = [part for part in _SEPARATOR.split(whole) if part]
    names = [part for part in parts if not _is_generic(part)]
    if names and len(names) == len(parts) and len(whole) <= _LONGEST:
        return whole
    short = [name for name in names if len(name.split()) <= _MOST_WORDS and len(name) <= _LONGEST]
    return short[0] if short else shown_host(link) or whole[:_LONGEST] or link


def _is_generic(name: str) -> bool:
    return all(word in _GENERIC for word in name.casefold().split())

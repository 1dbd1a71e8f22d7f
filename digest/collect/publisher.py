"""The name of a source as readers see it, from what a feed calls itself."""

from __future__ import annotations

import re

from digest.text.clean import clean_line
from digest.urls import shown_host

#: Names that say what the document is, not whose it is.
_GENERIC = frozenset(
    "all all-posts all-stories articles atom blog feed headlines home journal latest "  # noqa: SIM905  # words as words
    "latest-news main-feed my-blog "
    "news posts rss rss-feed stories top-news top-stories untitled updates world world-news".split()
)
_SEPARATOR = re.compile(r"\s+[|·•»–—-]\s*|\s*[|»]\s*|:\s+")
_ABOUT_ITSELF = re.compile(
    r"^(?:comments on:\s*|rss feed (?:of|for)\s+)|\s+(?:rss(?: feed)?|atom feed|feed|rss 2\.0)$|[\s|·»:–—-]+$",
    re.IGNORECASE,
)
_LONGEST = 60


def publisher_of(title: str, *, link: str) -> str:
    """ "BBC News" for "BBC News", "Ardour" for "Blog - Ardour", the host of `link` where the title says nothing."""
    whole = _ABOUT_ITSELF.sub("", _ABOUT_ITSELF.sub("", clean_line(title)))
    telling = [part for part in _SEPARATOR.split(whole) if part and not _is_generic(part)]
    name = whole if len(telling) == len(_SEPARATOR.split(whole)) else " – ".join(telling)
    if len(name) > _LONGEST and telling:
        name = telling[0]
    return (
        name
        if name and not _is_generic(name) and len(name) <= _LONGEST
        else shown_host(link) or name[:_LONGEST] or link
    )


def _is_generic(name: str) -> bool:
    return name.casefold().replace(" ", "-") in _GENERIC

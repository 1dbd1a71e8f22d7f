"""The article in a web page: HTML → clean text, title, time. Pure; the page was fetched elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import trafilatura

from digest.collect.dates import read_date
from digest.model import Image


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a web page says about its article; "" or None where it says nothing."""

    title: str
    #: Clean text, paragraphs separated by one blank line.
    text: str
    #: Aware; midnight UTC where the page names only the day.
    published: datetime | None = None
    author: str = ""
    #: BCP 47 primary tag.
    language: str = ""
    image: Image | None = None
    #: The address that the page calls its own.
    canonical: str = ""
    site: str = ""


def extract_page(html: str | bytes, *, url: str = "") -> Page:
    """Read the article of a page; a page without one gives an empty text.

    Args:
        html: the page as it was served; bytes are decoded by what they say about themselves.
        url: where it came from, to resolve relative addresses.
    """
    found = trafilatura.bare_extraction(
        html, url=url or None, favor_precision=True, include_comments=False, with_metadata=True
    )
    if found is None or isinstance(found, dict):
        return Page(title="", text="")
    return Page(
        title=found.title or "",
        text="\n\n".join((found.text or "").splitlines()),
        published=read_date(found.date or ""),
        author=found.author or "",
        language=found.language or "",
        image=Image(url=found.image) if found.image else None,
        canonical=found.url or "",
        site=found.sitename or "",
    )

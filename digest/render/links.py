"""Links in the owner's own words, written as in Markdown or as bare addresses. Nothing else of Markdown is read."""

from __future__ import annotations

import re

from jinja2.utils import urlize
from markupsafe import Markup

from digest.render.safety import safe_link

#: [words](https://...), the address with balanced parentheses or none.
_LINK = re.compile(
    r"\[(?P<words>[^\[\]]{1,300})\]\(\s*<?(?P<url>(?:https?://|mailto:)[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?\s*\)",
    re.IGNORECASE,
)


def html_with_links(text: str) -> Markup:
    """A paragraph as HTML, with its links."""
    shown, at = Markup(), 0
    for found in _LINK.finditer(text):
        if url := safe_link(found["url"]):
            between = Markup(urlize(text[at : found.start()]))  # noqa: S704 - urlize escapes
            shown += between + Markup('<a href="{}">{}</a>').format(url, found["words"])
            at = found.end()
    return shown + Markup(urlize(text[at:]))  # noqa: S704 - urlize escapes


def text_with_links(text: str) -> str:
    """A paragraph as plain text, with the address of each link behind its words."""
    return _LINK.sub(lambda found: f"{found['words']} <{url}>" if (url := safe_link(found["url"])) else found[0], text)

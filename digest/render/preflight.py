"""What would be wrong with an edition once it is sent: errors stop the send, warnings are shown.

Pure; the codes are stable, for scripts. The HTML itself is looked at in `document`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from digest.model import GMAIL_CLIPS_AT, Edition, Finding, Issue, Item, Link, Placeholders
from digest.render.document import check_document, error, read_document, warning
from digest.render.placeholders import SENTINEL
from digest.render.safety import safe_issue, safe_link
from digest.settings import NewsletterSettings
from digest.text.clean import clean_line
from digest.text.mailbox import BIDI_CONTROLS

#: Above this a message is near what Gmail clips.
NEARLY_CLIPPED_AT = 90 * 1024

#: The longest values that stand in for sentinels: RFC 5321's limit for an address; ours for the others.
_LONGEST = {"greeting": "n" * 120, "email": "n" * 254, "unsubscribe_url": "n" * 300}

#: RFC 5322 §2.1.1, without CRLF.
_LONGEST_LINE = 998
#: Mail programs show 40 to 80 characters; more than this is a mistake rather than a style.
_LONG_SUBJECT = 150

#: Marks of the template languages people paste from: Jinja and Handlebars, Ghost, Mailchimp, Mailgun.
_MARKS = re.compile(r"\{\{.{0,80}?\}\}|\{%.{0,80}?%\}|%%\{?\w+\}?%%|\*\|\w+\|\*|%recipient\.\w+%")


def check(edition: Edition, *, issue: Issue, newsletter: NewsletterSettings) -> tuple[Finding, ...]:
    """Look an edition over before it is sent; errors first."""
    findings = [
        *_headers(edition, newsletter),
        *_size(edition),
        *_unsubscribe(edition),
        *_postal_address(edition, newsletter),
        *_leftovers(edition, issue),
        *_dropped_links(issue),
        *_long_lines(edition),
        *check_document(edition.html, own_links=_sentinels(edition.placeholders)),
    ]
    return tuple(sorted(findings, key=lambda finding: finding.level))


def _headers(edition: Edition, newsletter: NewsletterSettings) -> Iterator[Finding]:
    if not edition.subject.strip():
        yield error("subject", "The subject is empty.", "Write one into the draft.")
    if len(edition.subject) > _LONG_SUBJECT:
        message = f"The subject has {len(edition.subject)} characters; mail programs show 40 to 80."
        yield warning("subject", message, "Shorten it in the draft.")
    for name, value in (("subject", edition.subject), ("newsletter.title", newsletter.title)):
        if any(unicodedata.category(character) == "Cc" or character in BIDI_CONTROLS for character in value):
            yield error("header", f"{name} holds a control character.", "Write it again by hand.")


def _size(edition: Edition) -> Iterator[Finding]:
    size = len(edition.placeholders.filled(edition.html, markup=True, **_LONGEST).encode("utf-8", "replace"))
    shown = f"The HTML has {size / 1024:.0f} KiB"
    hint = "Lower pick.max_stories or summarize.words in digest.toml."
    if size >= GMAIL_CLIPS_AT:
        yield error("size", f"{shown}: Gmail clips a message at {GMAIL_CLIPS_AT // 1000} KB.", hint)
    elif size >= NEARLY_CLIPPED_AT:
        yield warning("size", f"{shown}; Gmail clips a message at {GMAIL_CLIPS_AT // 1000} KB.", hint)


def _unsubscribe(edition: Edition) -> Iterator[Finding]:
    link = edition.placeholders.unsubscribe_url
    hint = "Put {{ placeholders.unsubscribe_url }} into the template."
    if re.search(rf'<a\b[^>]*\shref="[^"]*{link}', edition.html) is None:
        yield error("unsubscribe", "The HTML has no link to unsubscribe.", hint)
    if link not in edition.text:
        yield error("unsubscribe", "The text has no link to unsubscribe.", hint)


def _postal_address(edition: Edition, newsletter: NewsletterSettings) -> Iterator[Finding]:
    if not newsletter.address.strip():
        message = "The mail has no postal address, which the law of many countries wants."
        yield error("postal-address", message, 'Write it into digest.toml: [newsletter] address = "...".')
        return
    lines = [shown for line in newsletter.address.splitlines() if (shown := clean_line(line))]
    for name, part in (("HTML", _readable(edition.html)), ("text", " ".join(edition.text.split()))):
        if not all(line in part for line in lines):
            message = f"The {name} does not show newsletter.address."
            yield error("postal-address", message, "Put {% for line in address %} into the template.")


def _leftovers(edition: Edition, issue: Issue) -> Iterator[Finding]:
    """Marks and sentinels that nobody will fill in. An article about templates may hold such marks as its text."""
    told = _issue_text(safe_issue(issue))
    own = _sentinels(edition.placeholders)
    if any(sentinel in told for sentinel in own):
        yield error("placeholder", "An article holds a sentinel of this edition.", "Render it again.")
    shown = f"{_readable(edition.html)} {unquote(_addresses(edition.html))} {edition.text}"
    leftovers = [mark for mark in [*_MARKS.findall(shown), *SENTINEL.findall(shown)] if mark not in own]
    for mark in dict.fromkeys(leftovers):
        if " ".join(mark.split()) not in told:
            yield error("unresolved", f"{mark} would be sent as it is.", "Mend the template.")


def _dropped_links(issue: Issue) -> Iterator[Finding]:
    for item in issue.items:
        for url in dict.fromkeys([item.url, *(other.url for other in _others(item))]):
            if url and safe_link(url) is None:
                message = f'"{item.headline[:80]}" has an address that readers are not given: {url[:100]!r}.'
                yield warning("dropped-link", message, "Write a web address into the draft.")


def _long_lines(edition: Edition) -> Iterator[Finding]:
    for name, part in (("HTML", edition.html), ("text", edition.text)):
        for number, line in enumerate(part.split("\n"), 1):
            if len(line.encode("utf-8", "replace")) > _LONGEST_LINE:
                message = f"Line {number} of the {name} is longer than mail allows and will be encoded."
                yield warning("long-line", message)
                break


def _issue_text(issue: Issue) -> str:
    """All text of an issue, on one line; its addresses as they are and as they read."""
    texts = [issue.newsletter, issue.subject, issue.preheader, issue.introduction]
    for section in issue.sections:
        texts += [section.title, section.introduction]
        for item in section.items:
            texts += [item.headline, item.publisher, item.url or "", item.note]
            texts += [sentence.text for sentence in item.sentences]
            texts += [text for other in _others(item) for text in (other.publisher, other.title, other.url or "")]
            texts += [item.follows.headline, item.follows.url or ""] if item.follows else []
    told = " ".join(" ".join(texts).split())
    return f"{told} {unquote(told)}"


def _others(item: Item) -> list[Link]:
    """The other articles that an item links to."""
    return [*item.also, *(sentence.cites for sentence in item.sentences if sentence.cites)]


def _readable(markup: str) -> str:
    return " ".join(str(read_document(markup).text_content()).split())


def _addresses(markup: str) -> str:
    return " ".join(map(str, read_document(markup).xpath("//@href|//@src")))


def _sentinels(placeholders: Placeholders) -> tuple[str, ...]:
    return (placeholders.greeting, placeholders.email, placeholders.unsubscribe_url)

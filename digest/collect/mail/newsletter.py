"""A message of a mailbox → a newsletter, without anything that is its receiver's own. Pure.

What readers are shown must not be the owner's: a newsletter is addressed to one person, and its links (to unsubscribe,
to read it in a browser, even to its articles) often carry that person's key. So no address of a message's body is kept,
its greeting and its footer go, and it has a link only where that is plainly the same for everybody (`public_link`).
Only mail to many is read at all: a private message in the same folder never becomes an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from functools import cache
from urllib.parse import urlsplit

from lxml import etree

from digest.collect.documents.trees import page_tree
from digest.collect.mail.metadata import ADDRESS, Receiver, read_metadata
from digest.collect.mail.parts import words_of
from digest.collect.prose.boilerplate import without_boilerplate
from digest.languages.tables import either, merged
from digest.text.clean import clean_line, clean_paragraphs
from digest.text.html import html_to_text, without_tags_in_text
from digest.text.urls import http_url

#: Lines of the same kind as a language's furniture.
_COPYRIGHT = ("©", r"\(c\) ?(?:19|20)\d\d")
_LONGEST_FURNITURE = 300
_LABEL_WORDS = 4
_SLUG = re.compile(r"[a-z]{2,20}(?:-[a-z0-9]{1,20})+\.?(?:html?)?", re.IGNORECASE)
_PLAIN_SEGMENT = re.compile(r"(?:[a-z]{1,20}|\d{1,4})\.?(?:html?)?", re.IGNORECASE)
_MIXED = re.compile(r"(?=.*[a-z])(?=.*\d)[a-z\d]{6,}|[^-]{21,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """A message to many, without what is its receiver's."""

    #: The same in every run; a digest of the Message-ID, which may hold a number of its receiver.
    key: str
    subject: str
    sender: str
    #: The domain that it came from.
    domain: str
    published: datetime | None
    text: str
    language: str = ""
    #: Where everybody can read it, "" where no such place is known.
    link: str = ""


def read_newsletter(body: bytes, *, received: datetime | None) -> Newsletter | None:
    """What a message says; None where it is no mail to many, or is about the subscription itself.

    Args:
        received: when the mailbox got it.

    Raises:
        ValueError, RecursionError: it is made so that nobody could read it.
    """
    message = message_from_bytes(body, policy=policy.compat32)
    metadata = read_metadata(message, received=received)
    if metadata is None:
        return None
    html, plain = words_of(message)
    return Newsletter(
        key=metadata.key,
        subject=metadata.subject,
        sender=metadata.sender,
        domain=metadata.domain,
        published=metadata.published,
        text=_text(html, plain, metadata.receiver),
        language=metadata.language,
        link=_link(html, metadata.receiver),
    )


def public_link(url: str) -> str:
    """The address without query and fragment where it plainly is the same for every reader, else "".

    Its path has a headline in words ("/p/the-ferry-that-waited"); no part of it could be a key or a number of somebody.
    """
    address = http_url(url) or ""
    parts = urlsplit(address)
    segments = [segment for segment in parts.path.split("/") if segment]
    slugs = [segment for segment in segments if _SLUG.fullmatch(segment)]
    plain = all(_is_plain(segment) for segment in segments)
    if parts.scheme != "https" or not slugs or not plain or parts.port not in {None, 443}:
        return ""
    return f"https://{parts.hostname}{parts.path}"


def _is_plain(segment: str) -> bool:
    if _SLUG.fullmatch(segment):
        return not any(_MIXED.fullmatch(word) or (word.isdigit() and len(word) > 4) for word in segment.split("-"))
    return _PLAIN_SEGMENT.fullmatch(segment) is not None


# --- body -------------------------------------------------------------------------------------------------------


def _text(html: str, plain: str, receiver: Receiver) -> str:
    prose = html_to_text(html) if html else without_tags_in_text(clean_paragraphs(plain))
    body = _without_footer([_without_addresses(paragraph) for paragraph in prose.split("\n\n")])
    kept = [paragraph for paragraph in body if paragraph and not _is_furniture(paragraph)]
    public = [paragraph for at, paragraph in enumerate(kept) if not _is_personal(paragraph, at, receiver)]
    return without_boilerplate("\n\n".join(public))


def _without_addresses(paragraph: str) -> str:
    found, addresses = ADDRESS.subn("", paragraph)
    if not addresses:
        return paragraph
    # What is left of a label: "Read on:".
    return clean_line(re.sub(r"\s+([.,;:!?])", r"\1", found)) if len(found.split()) > _LABEL_WORDS else ""


def _without_footer(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs above the one that says how to leave; where that stands in the upper half, all but that one."""
    half = len(paragraphs) // 2
    leaving = [at for at, paragraph in enumerate(paragraphs) if len(paragraph) < 1_000 and _leaving().search(paragraph)]
    end = next((at for at in leaving if at >= half), len(paragraphs))
    return [paragraph for at, paragraph in enumerate(paragraphs[:end]) if at not in leaving]


def _is_furniture(paragraph: str) -> bool:
    return not re.search(r"\w", paragraph) or (
        len(paragraph) <= _LONGEST_FURNITURE and _furniture().search(paragraph) is not None
    )


def _is_personal(paragraph: str, at: int, receiver: Receiver) -> bool:
    """Whether it greets the receiver or names them."""
    if at < 5 and len(paragraph) <= 80 and _greeting().fullmatch(paragraph):
        return True
    lower = paragraph.casefold()
    called = any(re.match(rf"\W*{re.escape(name)}\b\s*[,!:–—-]", lower) for name in receiver.first)
    return called or any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", lower) for name in receiver.whole)


def _link(html: str, receiver: Receiver) -> str:
    """The address behind "view in browser" where it is everybody's."""
    tree = page_tree(html) if html else None
    if tree is None:
        return ""
    links = filter(None, map(public_link, _browser_links(tree)))
    return next((link for link in links if receiver.parts.isdisjoint(re.split(r"[^\w.+]+", link.casefold()))), "")


def _browser_links(tree: etree._Element) -> Iterator[str]:
    for link in tree.iter("a"):
        words = clean_line(" ".join(link.itertext()))
        if len(words) < 80 and _in_browser().search(words):
            yield link.get("href") or ""


# --- words ------------------------------------------------------------------------------------------------------


@cache
def _leaving() -> re.Pattern[str]:
    """From the first paragraph on that has this, a letter speaks of itself."""
    return re.compile(rf"\b{either(merged('letters')['leaving'])}\b", re.IGNORECASE)


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile(either((*merged("letters")["furniture"], *_COPYRIGHT)), re.IGNORECASE)


@cache
def _greeting() -> re.Pattern[str]:
    return re.compile(rf"{either(merged('letters')['greetings'])}\b[^.?!:]{{0,50}}[,!.:]?", re.IGNORECASE)


@cache
def _in_browser() -> re.Pattern[str]:
    return re.compile(either(merged("letters")["in_browser"]), re.IGNORECASE)

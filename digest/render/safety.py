"""An issue as templates get it: text that can't reorder or break the page, links that only lead to the web or to mail.

Collected articles were cleaned before, a draft that a person edited was not; and templates may be edited by the owner,
so nothing here depends on a filter they might forget.
"""

from __future__ import annotations

from dataclasses import replace

from digest.model import Earlier, Issue, Item, Link, Section, Sentence
from digest.text.clean import clean_line, clean_paragraphs
from digest.text.urls import http_url, is_safe_url


def safe_link(url: str | None) -> str | None:
    """The address in ASCII if readers may be given it, else None."""
    if not url:
        return None
    return http_url(url) or (url if is_safe_url(url) and url.isascii() else None)


def safe_issue(issue: Issue) -> Issue:
    """The same issue with harmless text; an address that is not http, https or mailto is dropped."""
    return replace(
        issue,
        newsletter=clean_line(issue.newsletter),
        subject=clean_line(issue.subject),
        preheader=clean_line(issue.preheader),
        introduction=clean_paragraphs(issue.introduction),
        sections=tuple(_safe_section(section) for section in issue.sections),
    )


def _safe_section(section: Section) -> Section:
    return replace(
        section,
        title=clean_line(section.title),
        items=tuple(_safe_item(item) for item in section.items),
        introduction=clean_paragraphs(section.introduction),
    )


def _safe_item(item: Item) -> Item:
    return replace(
        item,
        headline=clean_line(item.headline),
        url=safe_link(item.url),
        publisher=clean_line(item.publisher),
        sentences=tuple(_safe_sentence(sentence) for sentence in item.sentences),
        also=tuple(_safe_other(link) for link in item.also),
        note=clean_line(item.note),
        follows=_safe_earlier(item.follows) if item.follows else None,
    )


def _safe_sentence(sentence: Sentence) -> Sentence:
    cites = _safe_other(sentence.cites) if sentence.cites else None
    return replace(sentence, text=clean_line(sentence.text), cites=cites)


def _safe_earlier(earlier: Earlier) -> Earlier:
    return replace(earlier, headline=clean_line(earlier.headline), url=safe_link(earlier.url))


def _safe_other(link: Link) -> Link:
    return replace(link, publisher=clean_line(link.publisher), title=clean_line(link.title), url=safe_link(link.url))

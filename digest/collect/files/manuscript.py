"""The text of a file → what it says about its article: title, date, address, words. A reader for each kind of file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Literal

from digest.collect.article.dates import WrittenDate, find_date
from digest.collect.files.frontmatter import FrontMatter, split_front_matter
from digest.collect.pages.page import extract_page
from digest.collect.prose.plaintext import clean_plaintext
from digest.text.clean import clean_line, clean_paragraphs
from digest.text.html import html_to_text
from digest.text.urls import is_safe_url, is_web

Kind = Literal["text", "markdown", "html"]

#: The heading that a Markdown file opens with: `# Title`, or a line underlined with = or -.
_HEADING = re.compile(r"\s*#{1,6}[ \t]+(?P<atx>[^\n]+)(?:\n|$)|\s*(?P<setext>[^\n]+)\n(?:=+|-{2,})[ \t]*(?:\n|$)")
_TRUE = {"true", "yes", "on"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """What a file says about its article; "" or None where it says nothing."""

    title: str = ""
    text: str = ""
    published: WrittenDate | datetime | None = None
    url: str = ""
    author: str = ""
    publisher: str = ""
    language: str = ""
    teaser: str = ""
    section: str | None = None
    categories: tuple[str, ...] = ()
    #: Not to be published yet.
    draft: bool = False
    #: What is wrong: (line counted from 1, or 0 for the whole file; what, and the next step).
    problems: tuple[tuple[int, str], ...] = ()


def read_manuscript(text: str, *, kind: Kind, zone: tzinfo) -> Manuscript:
    """Read a file's text; a time without a zone is one in `zone`."""
    return _READERS[kind](text, zone)


def _read_text(text: str, zone: tzinfo) -> Manuscript:
    matter = split_front_matter(text)
    plain = clean_plaintext(matter.body, zone=zone)
    words = Manuscript(title=plain.title, text=plain.text, published=plain.published)
    return _with_front_matter(words, matter, zone)


def _read_markdown(text: str, zone: tzinfo) -> Manuscript:
    matter = split_front_matter(text)
    opening = _HEADING.match(matter.body)
    title = _markdown_to_text(opening["atx"] or opening["setext"]) if opening else ""
    words = Manuscript(
        title=clean_line(title), text=_markdown_to_text(matter.body[opening.end() :] if opening else matter.body)
    )
    return _with_front_matter(words, matter, zone)


def _read_html(text: str, zone: tzinfo) -> Manuscript:
    page = extract_page(text, zone=zone)
    return Manuscript(
        title=page.title,
        text=page.text,
        published=page.published,
        url=page.canonical,
        author=page.author,
        publisher=page.site,
        language=page.language,
        problems=() if page.text else ((0, "has no article that could be told from the page around it"),),
    )


_READERS: dict[Kind, Callable[[str, tzinfo], Manuscript]] = {
    "text": _read_text,
    "markdown": _read_markdown,
    "html": _read_html,
}


def _markdown_to_text(markdown: str) -> str:
    from markdown_it import MarkdownIt  # noqa: PLC0415  # 0.1 s to import, and few folders hold Markdown

    return html_to_text(MarkdownIt("commonmark").enable("table").render(markdown))


def _with_front_matter(words: Manuscript, matter: FrontMatter, zone: tzinfo) -> Manuscript:
    published, date_problems = _date(matter, zone)
    url, url_problems = _address(matter)
    return replace(
        words,
        title=matter.text("title") or words.title,
        published=published or words.published,
        url=url,
        author=matter.text("author", "authors"),
        publisher=matter.text("publisher", "source"),
        language=matter.text("language", "lang").split("-")[0].lower(),
        teaser=clean_paragraphs(matter.text("description", "summary")),
        section=matter.text("section") or None,
        categories=matter.words("tags", "categories", "category"),
        draft=matter.text("draft").lower() in _TRUE,
        problems=(*matter.problems, *date_problems, *url_problems),
    )


def _date(matter: FrontMatter, zone: tzinfo) -> tuple[WrittenDate | None, tuple[tuple[int, str], ...]]:
    written = matter.text("date", "published")
    found = find_date(written, zone=zone) if written else None
    if found or not written:
        return found, ()
    problem = f'the date "{written[:40]}" is not understood: write it as 2026-02-19 or 2026-02-19 09:30'
    return None, ((matter.line("date", "published"), problem),)


def _address(matter: FrontMatter) -> tuple[str, tuple[tuple[int, str], ...]]:
    written = matter.text("url", "link")
    if not written or (is_web(written) and is_safe_url(written)):
        return written, ()
    problem = f'the address "{written[:60]}" does not begin with https:// or http://: the article gets no link'
    return "", ((matter.line("url", "link"), problem),)

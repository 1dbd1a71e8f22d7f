"""The draft: an issue as a Markdown file that a person edits, and the way back.

What a person left alone comes back exactly as it was; what they wrote over is theirs, and cites no article.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NoReturn, TypeVar

from digest.errors import UsageError
from digest.issue.attribution import (
    attributed_sentences,
    shown_sentences,
    shown_summary,
    with_edited_links,
    with_lead_cited,
)
from digest.issue.compose import issue_minutes, named_anew
from digest.issue.draft_parser import (
    ParsedDraft,
    ParsedEarlier,
    ParsedLink,
    ParsedSection,
    ParsedStory,
    front_value,
    parse_draft,
)
from digest.issue.markup import comments, escape, escape_headline, escape_line, link, plain, written_url
from digest.model import Earlier, Issue, Item, Link, Section, Sentence
from digest.text.urls import is_safe_url, shown_host

T = TypeVar("T")

_NOTE = """\
<!-- This note is not sent, and neither is anything else between these marks.

Edit this file as you like, save it, and go on with "digest preview" or "digest send".

  subject, headline, summary   write over them. Leave the {#...} of a headline: it says which story it is.
  the source of a sentence     stays while you leave, move or mend it (a word or two); what you write over is yours.
  drop a story                 delete it, from its ### line to the next.
  move a story                 cut it and paste it elsewhere, under another ## section or a new one.
  add an introduction          write it below this note, one to a section below its ## line.
  say a word on a story        write a line that begins with ">" below its link; readers see it as the editor's.
  add a story of your own      "### Headline" without {#...}, then a line [Publisher](https://...), then your text.
  "Update to #12 ..."          names the earlier story that this one goes on with; delete the line if it doesn't.
-->"""
#: In all versions of the program.
_NOTE_BEGINS = "This note is not sent"


def write_draft(issue: Issue) -> str:
    """The draft of an issue; `read_draft` reads the same issue from it."""
    front = ["---", f"subject: {_front(issue.subject)}", f"preheader: {_front(issue.preheader)}", "---"]
    introduction = [escape_line(paragraph) for paragraph in _paragraphs(issue.introduction)]
    sections = [block for section in issue.sections for block in _section_blocks(section)]
    return "\n\n".join(["\n".join(front), _NOTE, *introduction, *sections]) + "\n"


def read_draft(text: str, *, original: Issue, name: str) -> Issue:
    """The issue that an edited draft describes.

    Args:
        text: the file's content; a byte order mark, CRLF and spaces at line ends do no harm.
        original: the issue that the draft was written from.
        name: the file's name, for messages.

    Raises:
        UsageError: names file and line, and says what to write instead.
    """
    return _Edit(parse_draft(text, name=name), original, name).issue()


def has_own_notes(text: str) -> bool:
    """Whether a draft has notes, which are not sent, besides the one that `write_draft` begins it with."""
    return any(not note.strip().startswith(_NOTE_BEGINS) for note in comments(text))


def _front(value: str) -> str:
    shown = plain(value)
    return shown if plain(front_value(shown)) == shown else json.dumps(shown, ensure_ascii=False)


def _paragraphs(text: str) -> list[str]:
    return [shown for paragraph in text.split("\n\n") if (shown := plain(paragraph))]


def _section_blocks(section: Section) -> Iterator[str]:
    yield f"## {escape(plain(section.title))}"
    yield from (escape_line(paragraph) for paragraph in _paragraphs(section.introduction))
    for item in section.items:
        yield from _item_blocks(item)


def _item_blocks(item: Item) -> Iterator[str]:
    known = f" {{#{item.id}}}" if item.id else ""
    yield f"### {escape_headline(plain(item.headline))}{known}"
    if item.url or plain(item.publisher):
        yield link(item.publisher, item.url)
    if item.follows and plain(item.follows.headline):
        yield f"{_number_and_date(item.follows)} {link(item.follows.headline, item.follows.url)}"
    if note := plain(item.note):
        yield f"> {escape(note)}"
    if summary := shown_summary(item):
        yield escape_line(summary)
    if item.also:
        yield "Also: " + ", ".join(link(other.publisher, other.url, other.title) for other in item.also)


def _number_and_date(earlier: Earlier) -> str:
    return f"Update to #{earlier.number} ({earlier.date.isoformat()}):"


class _Edit:
    """A parsed draft, compared with the issue that it was written from."""

    def __init__(self, draft: ParsedDraft, original: Issue, name: str) -> None:
        self._draft = draft
        self._original = original
        self._name = name
        self._known = {item.id: item for item in original.items if item.id}
        kept = {story.id for section in draft.sections for story in section.stories}
        #: Stories of the original whose id is not in the draft: an earlier draft's own ones, and those dropped.
        self._nameless = [item for item in original.items if item.id not in kept or not item.id]
        self._sections = list(original.sections)
        self._lines: dict[str, int] = {}
        self._told = [
            known for item in original.items for known in shown_sentences(with_lead_cited(item)) if known[1].article
        ]

    def issue(self) -> Issue:
        was = self._original
        sections = tuple(self._section(section) for section in self._draft.sections if section.stories)
        if not sections:
            self._fail(1, "the draft has no story", 'Write one: "## Section", below it "### Headline" and a text.')
        introduction = _paragraphs_unless_changed(was.introduction, self._draft.introduction)
        edited = replace(
            was,
            subject=_unless_changed(was.subject, self._draft.front["subject"]),
            preheader=_unless_changed(was.preheader, self._draft.front.get("preheader", "")),
            introduction=introduction,
            sections=sections,
        )
        if edited == was:
            return edited
        return named_anew(replace(edited, reading_minutes=issue_minutes(introduction, sections)), was)

    def _section(self, section: ParsedSection) -> Section:
        was = _take_first(self._sections, lambda known: plain(known.title) == section.title)
        return Section(
            title=was.title if was else section.title,
            items=tuple(self._item(story) for story in section.stories),
            introduction=_paragraphs_unless_changed(was.introduction if was else "", section.introduction),
        )

    def _item(self, story: ParsedStory) -> Item:
        was = self._story_meant(story)
        if was is None:
            return self._own(story)
        now = replace(
            was,
            headline=_unless_changed(was.headline, story.headline),
            url=self._url(story.link, was.url),
            publisher=_unless_changed(was.publisher, story.link.text if story.link else ""),
            also=self._also(story.also, was.also),
            note=_unless_changed(was.note, story.note),
            follows=self._earlier(story.earlier, was.follows),
        )
        led = was if now.url == was.url or now.publisher == was.publisher else with_lead_cited(was)
        sentences = self._sentences(story.body, led)
        return replace(now, sentences=with_edited_links(sentences, was.also, now.also))

    def _story_meant(self, story: ParsedStory) -> Item | None:
        """The story of the original that a story of the draft is, None for a person's own."""
        if not story.id:
            return self._nameless_meant(story)
        if story.id not in self._known:
            hint = "Leave the {#...} of a story as it was; a story of your own has none."
            self._fail(story.line, f"this issue has no story {{#{plain(story.id)}}}", hint)
        if story.id in self._lines:
            hint = "Delete one of the two; a story of your own has no {#...}."
            self._fail(story.line, f"the story {{#{story.id}}} is also on line {self._lines[story.id]}", hint)
        self._lines[story.id] = story.line
        return self._known[story.id]

    def _nameless_meant(self, story: ParsedStory) -> Item | None:
        """The same story without its {#...}: somebody deleted that by mistake, or it was their own before."""
        mangled = next((known for known in self._known if known in story.headline), None)
        if mangled:
            self._fail(story.line, f"the mark of the story is broken: {mangled}", f"Write {{#{mangled}}}.")
        url = story.link.url if story.link else ""
        return _take_first(
            self._nameless, lambda was: plain(was.headline) == story.headline and written_url(was.url) == url
        )

    def _own(self, story: ParsedStory) -> Item:
        own = Item(
            id="",
            headline=story.headline,
            url=self._url(story.link, None),
            publisher=_publisher(story.link),
            published=None,
            sentences=(),
            also=self._also(story.also, ()),
            note=story.note,
            language=self._original.language,
            follows=self._earlier(story.earlier, None),
        )
        return replace(own, sentences=self._sentences(story.body, own))

    def _sentences(self, text: str, was: Item) -> tuple[Sentence, ...]:
        return attributed_sentences(text, was, self._told, was.language or self._original.language)

    def _also(self, others: Sequence[ParsedLink], was: Sequence[Link]) -> tuple[Link, ...]:
        left = list(was)
        return tuple(self._link(other, left) for other in others)

    def _link(self, other: ParsedLink, left: list[Link]) -> Link:
        was = _take_first(left, lambda known: _shows(other, known))
        return was or Link(publisher=other.text, title=other.title, url=self._url(other, None))

    def _earlier(self, written: ParsedEarlier | None, was: Earlier | None) -> Earlier | None:
        if written is None:
            return None
        return Earlier(
            number=written.number,
            date=written.date,
            headline=_unless_changed(was.headline if was else "", written.link.text),
            url=self._url(written.link, was.url if was else None),
        )

    def _url(self, target: ParsedLink | None, was: str | None) -> str | None:
        url = target.url if target else ""
        if url == written_url(was):
            return was
        if target and url and not (is_safe_url(url) and url.lower().startswith("http")):
            self._fail(target.line, f'"{url}" is not a web address', 'Write it in full: "https://...".')
        return url or None

    def _fail(self, line: int, message: str, hint: str) -> NoReturn:
        raise UsageError(f"{self._name}:{line}: {message}", hint=hint)


def _publisher(target: ParsedLink | None) -> str:
    return (target.text or shown_host(target.url)) if target else ""


def _unless_changed(was: str, shown: str) -> str:
    """What it was, where the draft shows it unchanged."""
    return was if plain(was) == shown else shown


def _paragraphs_unless_changed(was: str, shown: Sequence[str]) -> str:
    return was if _paragraphs(was) == [*shown] else "\n\n".join(shown)


def _take_first(left: list[T], fits: Callable[[T], bool]) -> T | None:
    """The first value that fits, taken out of the list: what a draft shows twice is in the issue twice."""
    found = next((at for at, value in enumerate(left) if fits(value)), None)
    return None if found is None else left.pop(found)


def _shows(written: ParsedLink, known: Link) -> bool:
    return (written.text, written.url, written.title) == (
        plain(known.publisher),
        written_url(known.url),
        plain(known.title),
    )

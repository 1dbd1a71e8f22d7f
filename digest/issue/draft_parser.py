"""A draft's text, parsed: what stands where and on which line. Knows the form of a draft, not the issue."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NoReturn

from digest.errors import UsageError
from digest.issue.markup import match_link, plain, unescape, without_comments

FRONT_KEYS = ("subject", "preheader")

_HEADING = re.compile(r"(#+)(.*)$")
#: A rule across the page; people put them between stories.
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}$")
_ID = re.compile(r"(?<!\\)\{#([^{}]*)\}$")
_ITEM = re.compile(r"(?:[-*+•]|\d{1,2}[.)])\s")
_ALSO = re.compile(r"also[ ]?:[ ]*", re.IGNORECASE)
_UPDATE = re.compile(r"update to #", re.IGNORECASE)
_UPDATE_OF = re.compile(r"update to #(\d{1,6}) ?\((\d{4}-\d\d-\d\d)\) ?: *", re.IGNORECASE)
_NOTE = re.compile(r"> ?")
_STRAY = re.compile(r"(?<!\\)-->")
_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?$", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class ParsedLink:
    """`[text](url "title")`."""

    text: str
    url: str
    title: str = ""
    line: int = 0


@dataclass(slots=True, kw_only=True)
class ParsedEarlier:
    """`Update to #12 (2026-02-05): [headline](url)`."""

    number: int
    date: date
    link: ParsedLink


@dataclass(slots=True, kw_only=True)
class ParsedStory:
    """`### headline {#id}` and what is below it."""

    headline: str
    id: str
    line: int
    link: ParsedLink | None = None
    earlier: ParsedEarlier | None = None
    #: The editor's own words on one line: `> words`.
    note: str = ""
    #: The summary on one line.
    body: str = ""
    also: list[ParsedLink] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class ParsedSection:
    """`## title` and the stories below it."""

    title: str
    line: int
    introduction: list[str] = field(default_factory=list)
    stories: list[ParsedStory] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class ParsedDraft:
    """A draft as it is written."""

    front: dict[str, str]
    introduction: list[str]
    sections: list[ParsedSection]


def parse_draft(text: str, *, name: str) -> ParsedDraft:
    """What a draft says, by line. Raises UsageError that names the line and says what to write instead."""
    return _Reader(name).read(text)


def front_value(value: str) -> str:
    """A value of the front matter; in JSON's double quotes or plain."""
    if value[:1] == '"' == value[-1:]:
        try:
            return str(json.loads(value))
        except ValueError:
            return value
    return value


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name

    def read(self, text: str) -> ParsedDraft:
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        lines = text.split("\n")
        body_at = self._front_end(lines)
        front = self._front(lines[: body_at - 1])
        body, unclosed = without_comments("\n".join(lines[body_at:]))
        if unclosed is not None:
            line = body_at + 1 + "\n".join(lines[body_at:]).count("\n", 0, unclosed)
            self.fail(line, 'a note that begins with "<!--" has no end', 'Write "-->" after it.')
        result = ParsedDraft(front=front, introduction=[], sections=[])
        body_lines = body.split("\n")
        stray = next((at for at, line in enumerate(body_lines) if _STRAY.search(line)), None)
        if stray is not None:
            hint = 'Write "<!--" before the note, or delete "-->".'
            self.fail(body_at + 1 + stray, '"-->" ends a note that does not begin', hint)
        for number, block in _blocks(body_lines, first=body_at + 1):
            self._add(result, block, number)
        return result

    def _front_end(self, lines: list[str]) -> int:
        """The index of the line below the front matter."""
        begin = next((at for at, line in enumerate(lines) if line.strip()), 0)
        if lines[begin].strip() != "---":
            self.fail(begin + 1, "the draft must begin with its subject", _FRONT_HINT)
        end = next((at for at in range(begin + 1, len(lines)) if lines[at].startswith(("---", "#"))), begin)
        if lines[end].strip() != "---" or end == begin:
            self.fail(begin + 1, 'the "---" below the subject and the preheader is missing', _FRONT_HINT)
        return end + 1

    def _front(self, lines: list[str]) -> dict[str, str]:
        front: dict[str, str] = {}
        for number, line in enumerate(lines, start=1):
            if line.strip() in {"", "---"}:
                continue
            key, colon, value = line.partition(":")
            key = key.strip().lower()
            if not colon or key not in FRONT_KEYS:
                self.fail(number, f'"{plain(line)}" is not a line of this part', _front_hint(key))
            if key in front:
                self.fail(number, f'"{key}" is here twice', "Delete one of the two lines.")
            front[key] = plain(front_value(value.strip()))
        if not front.get("subject"):
            self.fail(1, "the draft has no subject", 'Write "subject: ..." between the first two lines of "---".')
        return front

    def _add(self, result: ParsedDraft, line: str, number: int) -> None:
        heading = _HEADING.match(line)
        if heading:
            self._add_heading(result, heading[1], heading[2], number)
        elif not result.sections:
            result.introduction.append(plain(unescape(line)))
        elif not result.sections[-1].stories:
            self._add_introduction(result.sections[-1], line, number)
        else:
            self._add_text(result.sections[-1].stories[-1], line, number)

    def _add_introduction(self, section: ParsedSection, line: str, number: int) -> None:
        if _only_link(line, number) or any(part.match(line) for part in (_ALSO, _UPDATE, _NOTE)):
            self.fail(
                number,
                f'this line of a story stands between the section "{section.title}" and its first story',
                'Write the headline above it: "### Headline".',
            )
        section.introduction.append(plain(unescape(line)))

    def _add_heading(self, result: ParsedDraft, mark: str, rest: str, number: int) -> None:
        title = rest.strip()
        if mark not in {"##", "###"} or (title and rest[0] not in " \t"):
            self.fail(
                number,
                f'"{plain(mark + rest)[:40]}" is neither a section nor a story',
                'Write "## Section" or "### Headline", with a space; for a text that begins with #, write "\\#".',
            )
        if mark == "##":
            self._refuse_empty(title, number, "## Section")
            result.sections.append(ParsedSection(title=plain(unescape(title)), line=number))
            return
        story = self._story(title, number)
        if not result.sections:
            self.fail(number, f'"{story.headline}" is in no section', 'Write a line "## Section" above it.')
        result.sections[-1].stories.append(story)

    def _story(self, title: str, number: int) -> ParsedStory:
        found = _ID.search(title)
        headline = plain(unescape(title[: found.start()] if found else title))
        self._refuse_empty(headline, number, "### Headline")
        return ParsedStory(headline=headline, id=found[1].strip() if found else "", line=number)

    def _refuse_empty(self, title: str, number: int, form: str) -> None:
        if not plain(unescape(title)):
            self.fail(number, "a title is missing", f'Write it on this line: "{form}".')

    def _add_text(self, story: ParsedStory, line: str, number: int) -> None:
        also = _ALSO.match(line)
        first = story.link is None and not story.body and not story.also
        target = _only_link(line, number) if first else None
        if first and target is None and line.startswith("[") and "](" in line:
            hint = 'Write: [Publisher](https://...), or "\\[" for a text that begins with "[".'
            self.fail(number, f'"{plain(line)[:60]}" is not a link', hint)
        if target:
            story.link = target
        elif also:
            story.also += self._links(line, also.end(), number)
        elif _UPDATE.match(line):
            story.earlier = self._earlier(line, number)
        elif note := _NOTE.match(line):
            story.note = f"{story.note} {plain(unescape(line[note.end() :]))}".strip()
        else:
            story.body = f"{story.body} {plain(unescape(line))}".strip()

    def _links(self, line: str, at: int, number: int) -> Iterator[ParsedLink]:
        while at < len(line):
            found = match_link(line, at)
            if found is None:
                self.fail(
                    number,
                    f'"{plain(line[at : at + 40])}" is not a link',
                    'Write: Also: [Publisher](https://... "Title"), [Publisher](https://...). '
                    'For a summary that begins with "Also:", write "Also\\:".',
                )
            text, url, title, end = found
            yield ParsedLink(text=text, url=url, title=title, line=number)
            at = end + len(line[end:]) - len(line[end:].lstrip(" ,;·"))

    def _earlier(self, line: str, number: int) -> ParsedEarlier:
        found = _UPDATE_OF.match(line)
        target = _only_link(line[found.end() :], number) if found else None
        try:
            day = date.fromisoformat(found[2]) if found else None
        except ValueError:
            day = None
        if not (found and target and target.text and day):
            hint = 'Write: Update to #12 (2026-02-05): [Headline](https://...). For a summary, write "Update to \\#12".'
            self.fail(number, f'"{plain(line)[:60]}" does not say which story it is an update to', hint)
        return ParsedEarlier(number=int(found[1]), date=day, link=target)

    def fail(self, line: int, message: str, hint: str) -> NoReturn:
        raise UsageError(f"{self._name}:{line}: {message}", hint=hint)


_FRONT_HINT = 'Write a line "---", then "subject: ..." and "preheader: ...", then a line "---".'


def _front_hint(key: str) -> str:
    near = difflib.get_close_matches(key, FRONT_KEYS, n=1)
    return f'Write "{near[0]}: ...".' if near else 'Only "subject: ..." and "preheader: ..." may stand here.'


def _only_link(line: str, number: int) -> ParsedLink | None:
    """The link that a line consists of."""
    address = _ADDRESS.match(line)
    if address:
        return ParsedLink(text="", url=address[1], line=number)
    found = match_link(line)
    if found is None or found[3] != len(line):
        return None
    return ParsedLink(text=found[0], url=found[1], title=found[2], line=number)


def _blocks(lines: list[str], *, first: int) -> Iterator[tuple[int, str]]:
    """Headings, links, notes and the like one by one, other lines joined to paragraphs; each with its line number."""
    held: list[str] = []
    held_at = first
    for number, line in enumerate([*(line.strip() for line in lines), ""], start=first):
        alone = bool(_HEADING.match(line) or _ALSO.match(line) or _only_link(line, number))
        alone = alone or bool(_UPDATE.match(line) or _NOTE.match(line))
        gap = not line or bool(_RULE.match(line))
        # The items of a list are paragraphs: nobody leaves a line free between them.
        if held and (alone or gap or _ITEM.match(line)):
            yield held_at, " ".join(held)
            held = []
        if alone:
            yield number, line
        elif not gap:
            held_at = held_at if held else number
            held.append(line)

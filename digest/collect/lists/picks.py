"""A file of links with notes, as a person writes it → the owner's picks. Pure.

    https://example.org/story — why I like it
    - [The headline](https://example.org/other) A note that goes on
      in the next line.

    https://example.org/third

    A note in a paragraph of its own.

A link begins a pick; words around and below it, up to the next link, are its note. Lines that begin with "# " or stand
between <!-- and --> are for the writer alone. What can't be understood is reported with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from digest.collect.article.article import LONGEST_TITLE
from digest.text.clean import clean_line
from digest.text.html import without_tags_in_text
from digest.text.urls import canonical_url, http_url

#: A note is a word to the reader, not an article; a longer one belongs into a file of `folder =`.
_LONGEST_NOTE = 2_000
#: A file that a person keeps by hand has fewer.
_MOST_PICKS = 2_000

_BULLET = re.compile(r"(?:[-*+•–]|\d{1,4}[.)])\s+(?:\[[ xX]\]\s+)?")
_MARKDOWN_LINK = re.compile(
    r"\[(?P<title>[^\[\]]*)\]\(\s*<?(?P<url>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+\"[^\"]*\")?\s*\)"
)
_ADDRESS = re.compile(r"<(?P<inside>https?://[^\s<>]+)>|(?P<bare>https?://[^\s<>\"]{1,2000})", re.IGNORECASE)
#: What begins a line as an address does, but is none that can be fetched.
_HALF_ADDRESS = re.compile(
    r"(?:www\.[^\s/]+\.\w+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/|[a-z][a-z0-9+.-]*://)\S*", re.IGNORECASE
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"#{1,6}(?:\s|$)|(?:[-=*_]\s*){3,}$")
#: Between a link and its note.
_DASHES = " \t—–-:|·"
#: What is left of a sentence that ends with the link.
_STRAY = re.compile(r"^[\W_]+$")
_CLOSING = ".,;:!?'\"»”’"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPick:
    """A link that the owner chose."""

    #: Absolute http(s) address.
    url: str
    #: The headline as the owner wrote it, "" where they left that to the page.
    title: str = ""
    #: The owner's words, one paragraph.
    note: str = ""
    #: The line that the link stands on, from 1.
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PicksFile:
    """The picks of a file in its order, and what could not be understood: (line, what and what to do)."""

    picks: tuple[OwnPick, ...]
    problems: tuple[tuple[int, str], ...] = ()


def parse_picks(text: str) -> PicksFile:
    """Read a file of picks; each address once, with the notes of all its places."""
    found: list[OwnPick] = []
    problems: list[tuple[int, str]] = []
    for block in _blocks(text):
        _read_block(block, found, problems)
    return picks_of(found, problems)


def picks_of(found: Iterable[OwnPick], problems: list[tuple[int, str]]) -> PicksFile:
    """The picks that were found, each address once; what is wrong with that is added to the problems."""
    picks = _each_once(found, problems)
    if len(picks) > _MOST_PICKS:
        problems.append((picks[_MOST_PICKS].line, f"only the first {_MOST_PICKS:,} links of a file are taken"))
    return PicksFile(picks=tuple(picks[:_MOST_PICKS]), problems=tuple(sorted(problems)))


def _blocks(text: str) -> Iterator[list[tuple[int, str]]]:
    """The lines between blank ones, with their numbers; comments, headings and rules count as blank."""
    bare = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text.removeprefix("\ufeff"))
    block: list[tuple[int, str]] = []
    for number, written in enumerate([*re.split(r"\r\n|\r|\n", bare), ""], start=1):
        line = clean_line(written)
        if line and not _HEADING.match(line):
            block.append((number, line))
        elif block:
            yield block
            block = []


def _read_block(block: Sequence[tuple[int, str]], found: list[OwnPick], problems: list[tuple[int, str]]) -> None:
    above: list[str] = []
    opened = astray = False
    for number, line in block:
        written = _BULLET.sub("", line, count=1)
        pick = _pick(written, number, anywhere=written != line or not opened)
        if pick:
            found.append(replace(pick, note=_joined_words(*above, pick.note)))
            above, opened, astray = [], True, False
        elif _looks_like_a_link(written):
            problems.append((number, f'"{written[:80]}" begins with no web address: write it in full, "https://..."'))
            # The words below it belong to it, not to the link above or the next one.
            above, opened, astray = [], False, True
        elif opened:
            found[-1] = replace(found[-1], note=_joined_words(found[-1].note, line))
        elif not astray:
            above.append(line)
    if above:
        _note_in_a_paragraph(block[0][0], _joined_words(*above), found, problems)


def _note_in_a_paragraph(number: int, note: str, found: list[OwnPick], problems: list[tuple[int, str]]) -> None:
    if found:
        found[-1] = replace(found[-1], note=_joined_words(found[-1].note, note))
    else:
        problems.append((number, f'"{note[:80]}" belongs to no link: write it below or behind one'))


def _pick(line: str, number: int, *, anywhere: bool) -> OwnPick | None:
    """The link of a line, and the words around it; one inside a sentence counts only where `anywhere` is set."""
    match = min(filter(None, (_MARKDOWN_LINK.search(line), _ADDRESS.search(line))), key=re.Match.start, default=None)
    if match is None or (match.start() and not anywhere):
        return None
    parts = match.groupdict()
    address = parts.get("url") or parts.get("inside") or _without_punctuation(parts.get("bare") or "")
    url = http_url(address) if "//" in address else None
    if url is None:
        return None
    end = match.end() - (len(parts["bare"]) - len(address) if parts.get("bare") else 0)
    title = without_tags_in_text(parts.get("title") or "").strip()
    return OwnPick(
        url=url,
        # A link whose words are its address was not given a headline.
        title="" if http_url(title) else title[:LONGEST_TITLE],
        note=_joined_words(
            line[: match.start()].rstrip("([").strip(_DASHES), _STRAY.sub("", line[end:]).strip(_DASHES)
        ),
        line=number,
    )


def _without_punctuation(address: str) -> str:
    """An address in running text without the full stop behind it, and without a bracket that was opened before it."""
    while address and (address[-1] in _CLOSING or (address[-1] == ")" and address.count(")") > address.count("("))):
        address = address[:-1]
    return address


def _looks_like_a_link(line: str) -> bool:
    return bool(_HALF_ADDRESS.match(line) or _MARKDOWN_LINK.match(line))


def _joined_words(*words: str) -> str:
    return without_tags_in_text(" ".join(part for part in words if part))


def _each_once(picks: Iterable[OwnPick], problems: list[tuple[int, str]]) -> list[OwnPick]:
    found: dict[str, OwnPick] = {}
    for pick in picks:
        key = canonical_url(pick.url)
        known = found.get(key)
        if known is None:
            found[key] = _shortened(pick, problems)
            continue
        problems.append((pick.line, f"{pick.url} stands on line {known.line} already: its note was added there"))
        note = known.note if pick.note in known.note else _joined_words(known.note, pick.note)
        found[key] = _shortened(replace(known, title=known.title or pick.title, note=note), problems)
    return [*found.values()]


def _shortened(pick: OwnPick, problems: list[tuple[int, str]]) -> OwnPick:
    if len(pick.note) <= _LONGEST_NOTE:
        return pick
    problems.append((pick.line, f"its note is longer than {_LONGEST_NOTE:,} characters: cut there"))
    return replace(pick, note=pick.note[: _LONGEST_NOTE - 1].rsplit(" ", 1)[0] + "…")

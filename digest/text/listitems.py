"""The lines of a paragraph in groups: an item of a list with the lines that it goes on in, and the prose around it.

Mail and text files break a paragraph where a line is full, and lists where an item ends. An item is known by
a mark before it, or by lines so short that they were never full, none of which ends a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

_MARK = re.compile(r"\s*(?:(?P<bullet>[•‣⁃▪▫●○◦■□►▶➤✓✔✅🔹🔸])|(?P<dash>[-*+>–—])(?=\s)|(?P<number>\d{1,3}[.)])(?=\s))")

#: At least 3 lines in a row of at most 6 words, none of which ends a sentence, are a list; a line that begins with a
#: small letter goes on with the one before. Where words have no spaces between them, 3 characters count for one.
_LISTED, _SHORT = 3, 6
_UNSPACED, _CHARACTERS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"), 3
#: Lines are broken to fit a width within these; short ones without a mark, to fit a narrow column, too.
_NARROW, _NARROWEST, _WIDEST = 30, 40, 120
_ENDS = tuple(".!?…:。！？；।؟۔\"'”’»“)]）」』")
_OPEN_ENDS = tuple(",;，、،-–—")


def split_items(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines of a paragraph in order: each item of a list as one group, what stands between two as another."""
    if len(lines) < 2:
        yield from filter(None, [[*lines]])
        return
    kinds, width = _marked(lines), max(len(line.rstrip()) for line in lines)
    group: list[str] = []
    in_item = False
    for line, kind in zip(lines, kinds, strict=True):
        if kind or (in_item and not _goes_on(group[-1], line, width)):
            yield from [group] if in_item else _without_short(group, width)
            group, in_item = [], bool(kind)
        group.append(line)
    yield from [group] if in_item else _without_short(group, width)


def _marked(lines: Sequence[str]) -> list[str]:
    """The kind of mark that makes an item of each line, "" where none does.

    A line of prose may begin with a dash or a number, too: these are marks where one stands on top, or behind what
    leads up to a list, or right below another one.
    """
    marks = [_MARK.match(line) for line in lines]
    kinds = [mark.lastgroup or "" if mark else "" for mark in marks]
    often = {kind for kind, count in Counter(kinds).items() if count > 1}
    known = {"bullet"}
    for at, kind in enumerate(kinds):
        if kind and (at == 0 or kind == kinds[at - 1] or _leads_up(lines[at - 1], often=kind in often)):
            known.add(kind)
    return [kind if kind in known else "" for kind in kinds]


def _leads_up(line: str, *, often: bool) -> bool:
    bare = line.rstrip()
    return bare.endswith(":") or (often and (bare.endswith(_ENDS) or _words(bare) <= _SHORT))


def is_broken(lines: Sequence[str], width: int, *, narrowest: int = _NARROWEST) -> bool:
    """Whether lines are one that was broken to fit a width: the next one's first word would not have fitted."""
    firsts = ("".join(line.split(maxsplit=1)[:1]) for line in lines[1:])
    return narrowest <= width <= _WIDEST and all(
        len(line.rstrip()) + 1 + len(first) > width for line, first in zip(lines, firsts, strict=False)
    )


def _goes_on(before: str, line: str, width: int) -> bool:
    """Whether an item goes on in a line."""
    small = line.lstrip()[:1].islower()
    return small or (is_broken((before, line), width) and not before.rstrip().endswith(_ENDS))


def _without_short(lines: Sequence[str], width: int) -> Iterator[list[str]]:
    """The lines of a list without marks, one by one, and what stands around it."""
    prose: list[str] = []
    for listed, run in groupby(lines, key=_may_be_listed):
        short = list(run)
        if listed and len(short) >= _LISTED and not _is_narrow_prose(short, width):
            yield from filter(None, [prose, *([line] for line in short)])
            prose = []
        else:
            prose += short
    if prose:
        yield prose


def _is_narrow_prose(lines: Sequence[str], width: int) -> bool:
    return is_broken(lines, width, narrowest=_NARROW) and not any("://" in line for line in lines)


def _may_be_listed(line: str) -> bool:
    bare = line.strip()
    return bool(bare) and _words(bare) <= _SHORT and not bare[0].islower() and not bare.endswith((*_ENDS, *_OPEN_ENDS))


def _words(line: str) -> int:
    return len(line.split(maxsplit=_SHORT)) + len(_UNSPACED.findall(line)) // _CHARACTERS

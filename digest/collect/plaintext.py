"""Plain text as a careless scraper leaves it → the article's title, date and whole paragraphs. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from digest.collect.dates import find_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plaintext:
    """What a plain-text file holds; "" or None where it holds nothing of the kind."""

    title: str
    #: Paragraphs separated by one blank line, the title not among them.
    text: str
    published: datetime | None = None
    #: Captions and credits of pictures that stood between the paragraphs.
    credits: tuple[str, ...] = ()


_CALL = re.compile(r"(?:also read|read also|read more|related|watch|follow us|subscribe)\b", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:(?:file|representative|representational)\s+)?(?:image|photo|picture|pic)s?\s*[/:|]\s*\S[\w .,/&-]*\Z"
    r"|(?:/(?:AP|AFP|Reuters|Getty Images|PTI|ANI|EPA|dpa|KCNA))+\.?\Z",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:what'?s your reaction|share this|related posts|leave a comment|with inputs from|tags:)", re.IGNORECASE
)


def clean_plaintext(text: str, *, zone: tzinfo = UTC) -> Plaintext:
    """Separate the article from what surrounds it; never gives less than the input has prose.

    Args:
        text: the file's content, decoded.
        zone: where a date line without a zone of its own was written.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        return Plaintext(title="", text="")
    title, rest = lines[0], [line for line in lines[1:] if _folded(line) != _folded(lines[0])]
    dates = [found for line in rest[:8] if len(line) < 60 and (found := find_date(line, zone=zone))]
    credit_lines = tuple(line for line in rest if _CREDIT.search(line))
    body = [line for line in _without_tail(rest) if not _is_furniture(line)]
    return Plaintext(
        title=title,
        text="\n\n".join(body),
        published=dates[0].moment if dates else None,
        credits=credit_lines,
    )


def _folded(line: str) -> str:
    return re.sub(r"\W+", " ", line).strip().casefold()


def _without_tail(lines: list[str]) -> list[str]:
    half = len(lines) // 2
    cut = next((i for i, line in enumerate(lines) if i >= half and _TAIL.match(line.replace("’", "'"))), len(lines))
    return lines[:cut]


def _is_furniture(line: str) -> bool:
    if not any(c.isalpha() for c in line) or _CALL.match(line) or _CREDIT.search(line):
        return True
    found = find_date(line)
    return found is not None and len(line) - (found.end - found.start) < 12

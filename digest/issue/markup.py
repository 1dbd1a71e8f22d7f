"""The little Markdown of a draft: texts written so that they read back as they were, and links.

A backslash before punctuation means that character itself, as in CommonMark; it is written only where a text would be
taken for something else, so that drafts stay readable.
"""

from __future__ import annotations

import re

from digest.text.clean import clean_line

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
#: What a line of text must not begin with.
_LINE_START = re.compile(r"#|>|---|\*\*\*|___|([-*_])(?:[ \t]*\1){2,}$|\[|<(?!!--)")
_UPDATE_START = re.compile(r"(update to )#", re.IGNORECASE)
_ADDRESS_START = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*|[Aa][Ll][Ss][Oo] ?):")

_COMMENT = re.compile(r"(?P<escaped>\\.)|<!--(?P<body>.*?)(?P<end>-->|\Z)", re.DOTALL)

_LINK = re.compile(
    r"\[(?P<text>(?:\\.|[^\]\\])*)\]\([ ]*(?P<url>(?:\\.|[^)\"\s\\])*)(?:[ ]+\"(?P<title>(?:\\.|[^\"\\])*)\")?[ ]*\)"
)


def plain(text: str) -> str:
    """A text as a draft shows it: one line, no characters that cannot be seen."""
    return clean_line(text)


def escape(text: str) -> str:
    """A plain text for the middle of a line."""
    return text.replace("\\", "\\\\").replace("<!--", "\\<!--").replace("-->", "--\\>")


def escape_line(text: str) -> str:
    """A plain text that has a line of its own."""
    escaped = escape(text)
    if _LINE_START.match(escaped):
        return f"\\{escaped}"
    escaped = _UPDATE_START.sub(r"\1\#", escaped, count=1) if _UPDATE_START.match(escaped) else escaped
    return _ADDRESS_START.sub(r"\1\:", escaped, count=1) if _ADDRESS_START.match(escaped) else escaped


def escape_headline(text: str) -> str:
    """A plain text for a headline, where `{#` begins the story's id."""
    return escape(text).replace("{#", "\\{#")


def unescape(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def written_url(url: str | None) -> str:
    """An address as it reads back from a link."""
    return re.sub(r"\s", "%20", plain(url or ""))


def link(text: str, url: str | None, title: str = "") -> str:
    """A Markdown link with an optional title; the address may be missing."""
    target = re.sub(r"([()\"])", r"\\\1", escape(written_url(url)))
    shown = re.sub(r"([\[\]])", r"\\\1", escape(plain(text)))
    quoted = escape(plain(title)).replace('"', '\\"')
    return f'[{shown}]({target} "{quoted}")' if quoted else f"[{shown}]({target})"


def match_link(line: str, at: int = 0) -> tuple[str, str, str, int] | None:
    """The link that begins at a place of a line: its text, address, title and end; None where there is none."""
    found = _LINK.match(line, at)
    if found is None:
        return None
    text, url, title = (unescape(found[name] or "") for name in ("text", "url", "title"))
    return text, url, title, found.end()


def comments(text: str) -> list[str]:
    """What its HTML comments say."""
    return [found["body"] for found in _COMMENT.finditer(text) if not found["escaped"]]


def without_comments(text: str) -> tuple[str, int | None]:
    """The text without its HTML comments, the lines numbered as before; and where an unclosed one begins, if any."""
    unclosed: int | None = None

    def blank(found: re.Match[str]) -> str:
        nonlocal unclosed
        if found["escaped"]:
            return found[0]
        if not found["end"]:
            unclosed = found.start()
        return "\n" * found[0].count("\n")

    return _COMMENT.sub(blank, text), unclosed

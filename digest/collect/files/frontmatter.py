"""The lines above a Markdown file's text that say what it is: title, date, address, tags. Pure.

Between two lines of `+++` stands TOML. Between two lines of `---` stands the part of YAML that people write there:
`key: value` lines, lists in brackets or as `- item` lines, quotes, comments. What goes further (nested tables, anchors,
tags, multi-line strings) is reported and skipped: nobody needs it to name an article, and a full YAML parser would be
the largest and least safe thing that reads an author's file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.text.clean import clean_line

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What stands above a text, and the text."""

    #: Keys in lower case.
    values: dict[str, Value]
    #: Where each key stands, counted from 1; TOML gives no lines.
    lines: dict[str, int]
    #: What could not be read: (line, what is wrong and what to do).
    problems: tuple[tuple[int, str], ...]
    body: str

    def text(self, *keys: str) -> str:
        """The first of the keys that has a value; a list is joined by commas."""
        found = next((self.values[key] for key in keys if self.values.get(key)), "")
        return found if isinstance(found, str) else ", ".join(found)

    def line(self, *keys: str) -> int:
        """Where the first of the keys stands; 1 where that is unknown."""
        return next((self.lines[key] for key in keys if key in self.lines), 1)

    def words(self, *keys: str) -> tuple[str, ...]:
        """All values of the keys; a single string is taken apart at its commas."""
        found = (self.values.get(key, ()) for key in keys)
        parts = (value.split(",") if isinstance(value, str) else value for value in found)
        return tuple(dict.fromkeys(word for some in parts for part in some if (word := part.strip())))


@dataclass(slots=True)
class _Fields:
    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)


_KEY_LINE = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)\s*:(?:\s+(?P<value>.*))?")
_ITEM_LINE = re.compile(r"\s*-(?:\s+(?P<value>.*))?")
_COMMENT = re.compile(r"\s+#.*$")
#: Longer than any front matter: a `---` further down is a rule between two parts of the text.
_MOST_LINES = 200
_LONGEST_LINE = 2000


def split_front_matter(text: str) -> FrontMatter:
    """Separate the front matter from the text; a file without one is all text."""
    lines = text.splitlines()
    fence = lines[0].rstrip() if lines else ""
    if fence not in {"---", "+++"} or not _opens_front_matter(lines, fence):
        return FrontMatter(values={}, lines={}, problems=(), body=text)
    end = next((i for i, line in enumerate(lines[1:_MOST_LINES], start=1) if _closes_front_matter(line, fence)), None)
    if end is None:
        problem = f"the front matter has no closing {fence} line: write one below its last key"
        return FrontMatter(values={}, lines={}, problems=((1, problem),), body=text)
    read = _read_toml if fence == "+++" else _read_keys
    fields = read(lines[1:end])
    return FrontMatter(
        values=fields.values,
        lines=fields.lines,
        problems=tuple(fields.problems),
        body="\n".join(lines[end + 1 :]),
    )


def _opens_front_matter(lines: Sequence[str], fence: str) -> bool:
    """Whether the first line opens front matter; in Markdown, `---` is a rule, too."""
    if fence == "+++":
        return True
    first = next((line for line in lines[1:] if line.strip() and not line.startswith("#")), "")
    return bool(_KEY_LINE.fullmatch(first)) or _closes_front_matter(first, fence)


def _closes_front_matter(line: str, fence: str) -> bool:
    return line.rstrip() == fence or (fence == "---" and line.rstrip() == "...")


def _read_toml(lines: Sequence[str]) -> _Fields:
    try:
        table = tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) + 1 if at else 1
        return _Fields(problems=[(line, f"the front matter is no valid TOML: {error}")])
    values = {key.lower(): _toml_value(value) for key, value in table.items() if not isinstance(value, dict)}
    return _Fields(values=values)


def _toml_value(value: object) -> Value:
    if isinstance(value, list):
        return tuple(clean_line(str(item)) for item in value)
    return clean_line(str(value).lower() if isinstance(value, bool) else str(value))


def _read_keys(lines: Sequence[str]) -> _Fields:
    fields = _Fields()
    key = ""
    for number, line in enumerate(lines, start=2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        pair = _KEY_LINE.fullmatch(line) if len(line) <= _LONGEST_LINE else None
        item = _ITEM_LINE.fullmatch(line[:_LONGEST_LINE])
        if item and key:
            _add_item(fields, key, item["value"] or "")
        elif pair:
            key = _add_pair(fields, pair, number)
        elif not (line[0].isspace() and fields.problems):  # else it continues what was reported
            key = ""
            fields.problems.append((number, f'"{_excerpt(line)}" is no "key: value" line: it is skipped'))
    return fields


def _add_pair(fields: _Fields, pair: re.Match[str], number: int) -> str:
    """Note a `key: value` line; the key that items below it belong to, or "" where it has a value already."""
    key, value = pair["key"].strip().lower(), (pair["value"] or "").strip()
    if key in fields.lines:
        fields.problems.append((number, f'"{key}" stands here a second time: the first one counts'))
        return ""
    if value[:1] in {"|", ">", "&", "*", "!", "{"}:
        fields.problems.append(
            (number, f'"{key}" is written in a way that is not read: write "{key}: value" on one line')
        )
        return ""
    fields.lines[key] = number
    fields.values[key] = _value(value)
    return key if not value else ""


def _add_item(fields: _Fields, key: str, item: str) -> None:
    before = fields.values[key]
    fields.values[key] = (*(before if isinstance(before, tuple) else ()), _scalar(item.strip()))


def _value(written: str) -> Value:
    if written.startswith("[") and written.rstrip().endswith("]"):
        items = re.findall(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]+)\s*(?:,|$)""", written.strip()[1:-1])
        return tuple(item for item in map(_scalar, items) if item)
    return _scalar(written)


def _scalar(written: str) -> str:
    text = written.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return clean_line(re.sub(r"\\(.)", r"\1", text[1:-1]))
    if len(text) >= 2 and text[0] == text[-1] == "'":
        return clean_line(text[1:-1].replace("''", "'"))
    return clean_line(_COMMENT.sub("", text))


def _excerpt(line: str) -> str:
    return clean_line(line)[:60]

"""New [[sources]] in digest.toml, as a person would write them: added, with every other byte left as it is.

The file is its owner's: comments, order, quoting and line ends are theirs. So nothing is parsed and written anew; a
piece of text is put in, at the first place where reading the result with the standard library gives exactly the old
settings and the new sources. (tomlkit keeps comments, too, but takes those below the last source for a part of it and
adds behind them, and costs 40 ms to import.)
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from digest.collect.feeds.opml import NotOpmlError, Outline, read_outlines
from digest.disk import write_atomically
from digest.errors import UsageError
from digest.model import Source
from digest.project import Project
from digest.settings import Settings
from digest.settings.reading import SETTINGS_FILE, load, read_settings, read_table
from digest.text.urls import canonical_url, is_web

#: What a [[sources]] table may hold, in the order in which it is written; values are text, numbers or booleans.
Entry = Mapping[str, str | float | bool]

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*[\"']?sources[\"']?[ \t]*\]\]", re.MULTILINE)
#: The next table, if it is none inside the source.
_OTHER_HEADER = re.compile(r"^[ \t]*\[(?![ \t]*[\"']?sources[\"']?[ \t]*\.)", re.MULTILINE)
_CLOSING = re.compile(r"\]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r"[\x00-\x1f\x7f\\\"]")


def with_sources(text: str, entries: Sequence[Entry]) -> str:
    """The text of a digest.toml with more sources: behind those that are there, else at the end.

    Raises:
        UsageError: the text is no TOML, or holds its sources in a form that can't be added to.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    old = read_table(text)
    wanted = {**old, "sources": [*old.get("sources", []), *(dict(entry) for entry in entries)]}
    for candidate in _candidates(text.removeprefix(mark), entries):
        try:
            if tomllib.loads(candidate) == wanted:
                return mark + candidate
        except tomllib.TOMLDecodeError:
            continue
    raise UsageError(
        f"{SETTINGS_FILE}: nothing could be added to its sources in the form they have.",
        hint="Add this by hand:\n" + "\n".join(_table(entry) for entry in entries),
    )


def _candidates(text: str, entries: Sequence[Entry]) -> Iterator[str]:
    """Texts with the sources put in, the best place first."""
    newline = "\r\n" if "\r\n" in text else "\n"
    tables = "\n".join(_table(entry) for entry in entries).replace("\n", newline)
    for at in _ends_of_sources(text):
        yield _put_in(text, at, tables, newline)
    yield _put_in(text, len(text), tables, newline)
    inline = ", ".join(_inline(entry) for entry in entries)
    for closing in _CLOSING.finditer(text):
        before, after = text[: closing.start()], text[closing.start() :]
        yield f"{before}, {inline}{after}"
        yield f"{before}{inline}{after}"


def _ends_of_sources(text: str) -> Iterator[int]:
    """Where the paragraph with the last key of a source ends, for the last source first.

    What stands in that paragraph below the key, such as keys that are commented out, belongs to the source.
    """
    for header in reversed([*_HEADER.finditer(text)]):
        following = _OTHER_HEADER.search(text, header.end())
        end = following.start() if following else len(text)
        at = end_of_keys = header.end()
        for line in text[header.end() : end].splitlines(keepends=True):
            at += len(line)
            content = line.strip()
            if content and not content.startswith("#"):
                end_of_keys = at
        yield end_of_keys + _rest_of_paragraph(text[end_of_keys:end])


def _rest_of_paragraph(text: str) -> int:
    length = 0
    for line in text.splitlines(keepends=True):
        if not line.strip():
            break
        length += len(line)
    return length


def _put_in(text: str, at: int, tables: str, newline: str) -> str:
    before, after = text[:at], text[at:]
    gap = newline if before.endswith("\n") else 2 * newline
    follows = newline if after.strip() and not re.match(r"[ \t]*\r?\n", after) else ""
    return f"{before}{gap if before else ''}{tables}{follows}{after}"


def _table(entry: Entry) -> str:
    return "[[sources]]\n" + "".join(f"{key} = {_value(value)}\n" for key, value in entry.items())


def _inline(entry: Entry) -> str:
    return "{ " + ", ".join(f"{key} = {_value(value)}" for key, value in entry.items()) + " }"


def _value(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{_ESCAPED.sub(_escaped, value)}"'
    return repr(value)


def _escaped(character: re.Match[str]) -> str:
    return _ESCAPES.get(character[0], f"\\u{ord(character[0]):04x}")


# --- a project's file -------------------------------------------------------------------------------------------


def open_to_add(folder: Path, environ: Mapping[str, str]) -> Project:
    """The project, also where it has no source yet: this is how to mend that. Raises UsageError as `Project.open`."""
    text = read_settings(folder)
    if "sources" in read_table(text):
        return Project.open(folder, environ)
    settings = load(folder, environ, text=with_sources(text, [{"folder": "."}]))
    return Project(folder=folder, settings=settings.model_copy(update={"sources": ()}))


def add_sources(folder: Path, environ: Mapping[str, str], entries: Sequence[Entry]) -> Settings:
    """Write sources into a project's digest.toml, in one step, and only if it can be loaded with them.

    Raises:
        UsageError: the settings would be wrong, or the file can't be written; it is left as it was.
    """
    text = with_sources(read_settings(folder), entries)
    settings = load(folder, environ, text=text)
    # A file that is kept elsewhere and linked here is changed there.
    path = (folder / SETTINGS_FILE).resolve()
    try:
        write_atomically(path, text, mode=path.stat().st_mode & 0o777)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}", hint="Check its permissions.") from error
    return settings


# --- from other programs ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What a list of feeds adds to a project."""

    entries: tuple[Entry, ...]
    #: Feeds that were in digest.toml already, or twice in the list.
    known: int
    #: Lines that can't be used.
    problems: tuple[Outline, ...]


def to_import(file: Path, known: Sequence[Source]) -> Import:
    """The feeds of an OPML file that are not known yet. Raises UsageError where it can't be read."""
    try:
        outlines = read_outlines(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror}", hint="Name an OPML file.") from error
    except NotOpmlError as error:
        raise UsageError(f"{file} {error}.", hint="Export the feeds of your reader as OPML.") from error
    keys = {place_key(source.location) for source in known}
    entries, problems = [], [outline for outline in outlines if outline.problem]
    for outline in (outline for outline in outlines if not outline.problem):
        if not is_web(outline.location):
            problems.append(replace(outline, problem=f'"{outline.location[:100]}" is no address of the web'))
        elif place_key(outline.location) not in keys:
            keys.add(place_key(outline.location))
            named = {"feed": outline.location, "name": outline.name, "section": outline.folder}
            entries.append({key: value for key, value in named.items() if value})
    return Import(
        entries=tuple(entries),
        known=len(outlines) - len(problems) - len(entries),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


# --- the same place ---------------------------------------------------------------------------------------------


def place_key(location: str) -> str:
    """Equal for the same place written differently: an address with another protocol or tracking, a path with "./"."""
    if is_web(location):
        return canonical_url(location)
    return str(Path(location))


def same_place(sources: Sequence[Source], location: str) -> Source | None:
    """The source that names this place already."""
    key = place_key(location)
    return next((source for source in sources if place_key(source.location) == key), None)

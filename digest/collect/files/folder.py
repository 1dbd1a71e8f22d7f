"""A folder of .txt, .md and .html files → articles.

Every file of the folder becomes an article or is named in a note with the reason why not. A date is taken from the
front matter, else from a line of the text, else from the file's name (2026-02-19-title.md), else from the file itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from digest.collect.article.article import new_article
from digest.collect.article.dates import WrittenDate, find_date
from digest.collect.files.manuscript import Kind, Manuscript, read_manuscript
from digest.collect.files.textfile import NotATextError, read_text_file
from digest.model import Article, Source
from digest.text.clean import clean_line
from digest.text.language import detect_language
from digest.text.urls import canonical_url

#: What a file holds, by the end of its name.
KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}
_DAY_IN_NAME = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)[-_ ]*")


def read_folder(source: Source, *, root: Path, now: datetime) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    """Read the articles of a folder and of all folders in it, in the order of their paths.

    Args:
        root: the project's folder, which `source.location` is relative to.
        now: aware; a time written without a zone is one in its zone, and no file is younger.

    Returns:
        the articles, and a note on each file that gave none or was odd, beginning with its path (and line).
    """
    notes: list[str] = []
    articles, others = [], []
    for path in _files(root / source.location, root=root, notes=notes):
        kind = KINDS.get(path.suffix.lower())
        if kind is None:
            others.append(path.name)
            continue
        found = _manuscript(path, kind, root=root, now=now, notes=notes)
        if found is not None:
            articles.append(_article(found, path, source=source, root=root, now=now))
    if others:
        notes.append(f"{_some_names(others)}: neither .txt, .md nor .html, left out")
    return tuple(articles), tuple(notes)


def _files(folder: Path, *, root: Path, notes: list[str]) -> Iterator[Path]:
    """The files of a folder in the order of their paths; hidden ones and what lies outside are left out."""
    inside = folder.resolve()
    seen: set[Path] = set()

    def note_unreadable(error: OSError) -> None:
        notes.append(f"{_shown_path(Path(error.filename), root)}: cannot be read: {error.strerror}")

    for place, folders, names in os.walk(folder, onerror=note_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(place, name) for name in sorted(names) if not name.startswith(".")):
            # Path.resolve raises RuntimeError for a link that leads to itself (until Python 3.13).
            target = Path(os.path.realpath(path))
            if not target.is_relative_to(inside):
                notes.append(f"{_shown_path(path, root)}: is a link to a file outside the folder, left out")
            elif target not in seen:
                seen.add(target)
                yield path


def _manuscript(path: Path, kind: Kind, *, root: Path, now: datetime, notes: list[str]) -> Manuscript | None:
    name = _shown_path(path, root)
    try:
        file = read_text_file(path)
    except NotATextError as error:
        notes.append(f"{name}: {error}")
        return None
    if file.note:
        notes.append(f"{name}: {file.note}")
    found = read_manuscript(file.text, kind=kind, zone=now.tzinfo or UTC)
    notes += [f"{name}:{line}: {problem}" if line else f"{name}: {problem}" for line, problem in found.problems]
    if found.draft:
        notes.append(f"{name}: is marked as a draft, left out")
        return None
    if not found.text:
        notes.append(f"{name}: holds no text, left out")
        return None
    return found


def _article(found: Manuscript, path: Path, *, source: Source, root: Path, now: datetime) -> Article:
    saved = min(datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo), now)
    published = _published(found.published or _day_in_name(path, saved.tzinfo or UTC), saved)
    canonical = canonical_url(found.url) if found.url else f"file:{_shown_path(path, root)}"
    return new_article(
        source,
        canonical=canonical,
        publisher=found.publisher or source.name or clean_line(Path(source.location).name),
        title=found.title or _title_from_name(path),
        url=found.url,
        published=published or saved,
        dated=published is not None,
        text=found.text,
        teaser=found.teaser,
        author=found.author,
        language=found.language or detect_language(found.text),
        categories=found.categories,
        section=found.section,
    )


def _published(written: WrittenDate | datetime | None, saved: datetime) -> datetime | None:
    """When an article was published, None where the file does not say.

    A day without a time is its midnight, except for the day on which the file was saved: a text written after this
    morning's issue would else be older than that issue, and no issue would ever carry it.
    """
    if not isinstance(written, WrittenDate):
        return written
    same_day = saved.astimezone(written.moment.tzinfo).date() == written.moment.date()
    return saved if same_day and not written.timed else written.moment


def _day_in_name(path: Path, zone: tzinfo) -> WrittenDate | None:
    day = _DAY_IN_NAME.match(path.stem)
    return find_date("-".join(day.groups()), zone=zone) if day else None


def _title_from_name(path: Path) -> str:
    name = _DAY_IN_NAME.sub("", path.stem, count=1) or path.stem
    words = clean_line(re.sub(r"[-_]+", " ", name))
    return words[:1].upper() + words[1:]


def _shown_path(path: Path, root: Path) -> str:
    return clean_line(path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix())


def _some_names(names: Sequence[str]) -> str:
    return ", ".join(clean_line(name) for name in names[:5]) + (f" and {len(names) - 5} more" * (len(names) > 5))

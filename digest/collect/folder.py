"""A folder of .txt, .md and .html files → articles."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from digest.collect.pages import extract_page
from digest.collect.plaintext import clean_plaintext
from digest.model import Article, Source
from digest.text.language import detect_language


def read_folder(source: Source, *, root: Path, now: datetime) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    """Read the articles of a folder, by path, and say of each file that gave none why.

    Args:
        root: the project's folder, which `source.location` is relative to.
        now: aware; times written without a zone are read in its zone.
    """
    folder = root / source.location
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in {".txt", ".md", ".html"} and path.is_file())
    return tuple(_article(path, source=source, root=root, now=now) for path in files), ()


def _article(path: Path, *, source: Source, root: Path, now: datetime) -> Article:
    content = path.read_text("utf-8-sig", errors="replace")
    if path.suffix == ".html":
        page = extract_page(content)
        title, text, published = page.title, page.text, page.published
    else:
        plain = clean_plaintext(content)
        title, text, published = plain.title, plain.text, plain.published
    canonical = f"file:{path.relative_to(root).as_posix()}"
    return Article(
        id=hashlib.sha256(canonical.encode()).hexdigest()[:16],
        source=source.location,
        publisher=source.name or path.parent.name,
        title=title or path.stem,
        url=None,
        canonical=canonical,
        published=published or datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo),
        dated=published is not None,
        text=text,
        language=detect_language(text),
        section=source.section,
        weight=source.weight,
    )

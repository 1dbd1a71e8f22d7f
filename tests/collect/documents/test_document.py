"""Documents from files and from the web."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.collect.documents.document import Documents
from digest.collect.documents.fetch import FetchError
from digest.model import Remembered
from digest.settings import CollectSettings

URL = "https://example.org/feed"
KNOWN = Remembered(
    url=URL,
    final_url="https://example.org/feed.xml",
    moved=True,
    etag="",
    last_modified="",
    content_type="text/xml",
    body=b"<rss/>",
    fetched_at=datetime(2026, 2, 18, tzinfo=UTC),
)


class Web:
    """Answers with what it is given, and notes what it is told is known."""

    def __init__(self, answer: Remembered = KNOWN) -> None:
        self.answer = answer
        self.known: list[Remembered | None] = []

    async def fetch(self, url: str, known: Remembered | None = None) -> Remembered:
        self.known.append(known)
        return self.answer


@pytest.fixture
def documents(tmp_path: Path, shelf) -> Documents:
    return Documents(root=tmp_path, settings=CollectSettings(max_megabytes=1), fetcher=Web(), shelf=shelf)


async def test_a_path_is_read_below_the_projects_folder(documents: Documents) -> None:
    (documents.root / "feeds").mkdir()
    (documents.root / "feeds/a.xml").write_bytes(b"<rss/>")
    document = await documents.get("feeds/a.xml")
    assert (document.body, document.url, document.response) == (b"<rss/>", "", None)


async def test_a_gzip_file_is_unpacked(documents: Documents) -> None:
    (documents.root / "a.xml.gz").write_bytes(gzip.compress(b"<rss/>"))
    assert (await documents.get("a.xml.gz")).body == b"<rss/>"


async def test_what_cannot_be_read_says_why(documents: Documents) -> None:
    (documents.root / "folder").mkdir()
    (documents.root / "large.xml").write_bytes(b"x" * 1_000_001)
    (documents.root / "bomb.gz").write_bytes(gzip.compress(b"\0" * 1_000_001))
    for location, said in {
        "missing.xml": f"is no file in {documents.root}",
        "folder": "is a folder: write folder = instead",
        "large.xml": "is larger than 1 MB, the limit of collect.max_megabytes",
        "bomb.gz": "is larger than 1 MB, the limit of collect.max_megabytes",
        "nul\0.xml": "cannot be read: a null character is in its name",
        "ftp://example.org/feed": f"is no file in {documents.root}",
    }.items():
        with pytest.raises(FetchError) as caught:
            await documents.get(location)
        assert str(caught.value) == said


async def test_a_response_is_remembered_only_when_kept(documents: Documents, shelf) -> None:
    document = await documents.get(URL)
    assert (document.url, document.content_type) == ("https://example.org/feed.xml", "text/xml")
    assert shelf.responses == {}
    documents.keep(document)
    assert shelf.responses == {URL: KNOWN}


async def test_what_is_remembered_is_told_to_the_fetcher_and_not_remembered_again(documents: Documents, shelf) -> None:
    shelf.responses[URL] = KNOWN
    document = await documents.get(URL)
    assert documents.fetcher.known == [KNOWN]
    assert document.response is None

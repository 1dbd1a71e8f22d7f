"""Gets the document of a source: from the web, remembered from run to run, or from a file of the project."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from digest.collect.documents.compression import BodyError, inflated, too_large
from digest.collect.documents.fetch import Fetcher, FetchError, Shelf
from digest.model import Remembered
from digest.settings import CollectSettings
from digest.text.urls import is_web


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source's bytes."""

    body: bytes
    #: The address that answered, "" for a file.
    url: str
    content_type: str = ""
    #: The response to remember once it turned out to be readable; None where there is nothing new.
    response: Remembered | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """The documents that sources name by URL or by path."""

    root: Path
    settings: CollectSettings
    fetcher: Fetcher
    shelf: Shelf

    async def get(self, location: str) -> Document:
        """The document at a URL or at a path below the project's folder.

        Raises:
            FetchError: it cannot be had.
        """
        if is_web(location):
            return await self._from_web(location)
        return Document(body=await asyncio.to_thread(self._from_file, location), url="")

    def keep(self, document: Document) -> None:
        """Remember a document that could be read; one that could not must not replace one that once could."""
        if document.response is not None:
            self.shelf.remember(document.response)

    async def _from_web(self, url: str) -> Document:
        known = self.shelf.recall(url)
        answer = await self.fetcher.fetch(url, known)
        return Document(
            body=answer.body,
            url=answer.final_url,
            content_type=answer.content_type,
            response=None if answer is known else answer,
        )

    def _from_file(self, location: str) -> bytes:
        path = self.root / location
        limit = int(self.settings.max_megabytes * 1_000_000)
        try:
            if path.is_dir():
                raise FetchError("is a folder: write folder = instead")
            if path.stat().st_size > limit:
                raise FetchError(too_large(limit))
            return inflated(path.read_bytes(), limit=limit)
        except BodyError as error:
            raise FetchError(str(error)) from error
        except FileNotFoundError:
            raise FetchError(f"is no file in {self.root.resolve()}") from None
        except OSError as error:
            raise FetchError(f"cannot be read: {error.strerror}") from error
        except ValueError:
            raise FetchError("cannot be read: a null character is in its name") from None

"""A newsletter's folder on disk: its settings, and where everything in it lies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from digest import bundled
from digest.errors import UsageError
from digest.render.words import find_words
from digest.settings import Settings
from digest.settings.reading import load

#: A list's name becomes a file's name; it must not lead out of its folder.
_LIST_NAME = re.compile(r"\w[\w .@+-]*")


def _stem(file: Path) -> str:
    """A list's name by its file: macOS writes "ü" as two characters, an owner as one."""
    return unicodedata.normalize("NFC", file.stem)


def _with_catch_all(project: Project) -> Settings:
    """The settings, with the language's own name for the catch-all section where the owner gave it none."""
    settings = project.settings
    if "catch_all" in settings.pick.model_fields_set:
        return settings
    try:
        words = find_words(settings.newsletter.language, project.templates)
    except UsageError:
        # A file of phrases has a mistake: told by whoever needs them, and most commands don't.
        return settings
    others = settings.sections or any(source.section for source in settings.source_list())
    name = words.catch_all if others else words.only_section
    return settings.model_copy(update={"pick": settings.pick.model_copy(update={"catch_all": name})})


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    folder: Path
    settings: Settings

    @classmethod
    def open(cls, folder: Path, environ: Mapping[str, str]) -> Project:
        """Read the folder's settings. Raises UsageError with every problem in them."""
        project = cls(folder=folder, settings=load(folder, environ))
        return replace(project, settings=_with_catch_all(project))

    @property
    def issues(self) -> Path:
        return self.folder / "issues"

    @property
    def outbox(self) -> Path:
        return self.folder / "outbox"

    @property
    def database(self) -> Path:
        """The ledger's file, where DATABASE_URL names no other."""
        return self.folder / "digest.db"

    @property
    def keys(self) -> Path:
        """The private keys that mail is signed with."""
        return self.folder / (self.settings.private_keys or "keys")

    @property
    def secret_copy(self) -> Path:
        """The ledger's own key to links, once more: who copies or restores the folder has it, whatever the ledger."""
        return self.folder / "keys" / "unsubscribe.key"

    @property
    def journal(self) -> Path:
        """What a run notes of its messages; see `store.journal`."""
        return self.folder / "digest.db-sending"

    @property
    def lock(self) -> Path:
        return self.folder / ".digest.lock"

    @property
    def log(self) -> Path:
        """What each run did, a JSON object a line."""
        return self.folder / "digest.log"

    @property
    def templates(self) -> tuple[Path, ...]:
        """Where templates are looked for: the owner's first, then the packaged ones."""
        own = self.folder / "templates"
        return (own, bundled.templates()) if own.is_dir() else (bundled.templates(),)

    @property
    def list_names(self) -> list[str]:
        """The lists below subscribers/ that can be named."""
        return sorted(_stem(file) for file in self._files() if file.is_file() and _LIST_NAME.fullmatch(_stem(file)))

    def _files(self) -> Iterator[Path]:
        return (self.folder / "subscribers").glob("*.csv")

    def has_list(self, name: str) -> bool:
        """Whether the file of a list is there, by a name that was good once."""
        return unicodedata.normalize("NFC", name) in self.list_names

    def list_columns(self, name: str = "") -> Mapping[str, tuple[str, ...]]:
        """What the owner said of a list's columns: see `settings.whole.ListSettings`."""
        said = self.settings.lists.get(name or self.settings.newsletter.list)
        return said.columns if said else {}

    def list_file(self, name: str = "") -> Path:
        """The CSV file of a list; of the newsletter's own where no name is given.

        Raises:
            UsageError: the name is none, or there is no such list.
        """
        name = unicodedata.normalize("NFC", name or self.settings.newsletter.list)
        if not _LIST_NAME.fullmatch(name):
            raise UsageError(f'"{name}" is not the name of a list.', hint="A list is a file below subscribers/.")
        path = self.folder / "subscribers" / f"{name}.csv"
        if found := next((file for file in (path, *self._files()) if _stem(file) == name and file.is_file()), None):
            return found
        known = ", ".join(sorted(_stem(file) for file in self._files() if file.is_file())) or "none yet"
        without = 'A list is named without ".csv". ' if name.endswith(".csv") else ""
        raise UsageError(
            f"There is no list {path.relative_to(self.folder)}.",
            hint=f"{without}Lists in subscribers/: {known}. Set newsletter.list in digest.toml or use --list.",
        )

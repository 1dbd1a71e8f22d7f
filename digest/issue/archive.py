"""The issues/ folder of a project: one folder per issue, named by its key.

    issues/0007-2026-02-19/
        issue.json      the issue as it was composed; what draft.md is read against
        draft.md        what a person edits
        writing.json    what a language model was asked for, and what of its answers was left out
        edition.html    the rendered edition with an example subscriber, to look at
        edition.txt
        edition.json    the same with its placeholders, to be mailed
        explain.json    what became of every article
        ballot.json     what the stories were chosen from
        report.json     what was delivered, for programs
        report.txt      the same for people

A file is replaced in one step, so that a crash leaves the old one or the new one, never half of either.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from digest.disk import write_atomically
from digest.errors import UsageError
from digest.issue.ballot import Ballot
from digest.issue.fates import Fate
from digest.issue.jsoncodec import JsonFormatError, from_json, to_json
from digest.model import Edition, Issue, Report

#: Raised when a file's form changes so that an older program would misread it.
VERSION = 1

_SURROGATE = re.compile(r"[\ud800-\udfff]")
#: As `deliver.report` writes it.
_ENDED = re.compile(r"^Run ended (\d\d \w{3} \d{4} \d\d:\d\d:\d\d) ", re.MULTILINE)
_KEY = re.compile(r"(\d{4,})-\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Archive:
    """The issues of a project."""

    root: Path

    def folder(self, key: str) -> Path:
        return self.root / key

    def keys(self) -> list[str]:
        """The keys of all issues on disk, oldest first."""
        if not self.root.is_dir():
            return []
        names = [entry.name for entry in self.root.iterdir() if _KEY.fullmatch(entry.name) and entry.is_dir()]
        return sorted(names, key=lambda name: (int(name.partition("-")[0]), name))

    def next_number(self) -> int:
        """One more than any folder's: what is there is never written over."""
        return 1 + max((int(key.partition("-")[0]) for key in self.keys()), default=0)

    def find(self, name: str) -> str:
        """The key of the issue called `name`: a key, a number ("7", "0007"), a date or "latest".

        Raises UsageError where there is none, or more than one.
        """
        keys = self.keys()
        found = keys[-1:] if name == "latest" else [key for key in keys if _is_called(key, name)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(
                f'"{name}" is the name of several issues: {", ".join(found)}', hint="Write the whole name."
            )
        known = f"There are: {', '.join(keys[-5:])}." if keys else "Make one with: digest build"
        raise UsageError(f'there is no issue "{name}" in {self.root}', hint=known)

    def save_issue(self, issue: Issue) -> Path:
        return self._save(issue.key, "issue.json", _dump("issue", issue))

    def load_issue(self, key: str) -> Issue:
        """The issue as it was composed. Raises UsageError where the file is missing or broken."""
        issue: Issue = _load(self.folder(key) / "issue.json", "issue", Issue)
        return issue

    def save_draft(self, key: str, text: str) -> Path:
        return self._save(key, "draft.md", text)

    def draft_path(self, key: str) -> Path:
        return self.folder(key) / "draft.md"

    def load_draft(self, key: str) -> str:
        """The draft's text. Raises UsageError where it is missing or not UTF-8."""
        return _text_of(self.draft_path(key))

    def save_edition(self, edition: Edition, *, html: str, text: str) -> None:
        """The rendered edition, as edition.json for `load_edition`.

        Args:
            html, text: the same with an example subscriber's values, for people to look at.
        """
        self._save(edition.issue, "edition.html", html)
        self._save(edition.issue, "edition.txt", text)
        self._save(edition.issue, "edition.json", _dump("edition", edition))

    def load_edition(self, key: str) -> Edition:
        """The edition as it was rendered, so that an interrupted mailing goes on with the same bytes."""
        edition: Edition = _load(self.folder(key) / "edition.json", "edition", Edition)
        return edition

    def save_report(self, report: Report, *, text: str) -> None:
        """What was delivered, for programs and (`text`) for people."""
        # They name people: only the owner may read them.
        self._save(report.issue, "report.json", _dump("report", report), mode=0o600)
        self._save(report.issue, "report.txt", text, mode=0o600)

    def was_mailed(self, key: str) -> bool:
        """Whether a report tells that somebody got the issue, or may have; also where it can't be read any more."""
        with suppress(UsageError):
            report = self.load_report(key)
            return report is not None and bool(report.sent_total or report.uncertain)
        return True

    def load_report(self, key: str) -> Report | None:
        """What was delivered; None where nothing was tried. Raises UsageError where the file can't be read."""
        path = self.folder(key) / "report.json"
        if not path.exists() and not path.with_name("report.txt").exists():
            return None
        report: Report = _load(path, "report", Report)
        return report

    def ended(self, key: str) -> datetime | None:
        """When the run ended that is reported of, by the newsletter's clock; None where no report tells."""
        with suppress(UsageError):
            told = _ENDED.search(_text_of(self.folder(key) / "report.txt"))
            return datetime.strptime(told[1], "%d %b %Y %H:%M:%S") if told else None  # noqa: DTZ007 - the caller knows the zone
        return None

    def save_writing(self, key: str, account: object) -> Path:
        """The account of a model's answers, a value of fields that JSON can hold."""
        return self._save(key, "writing.json", _dump("writing", account))

    def save_fates(self, key: str, fates: Sequence[Fate]) -> Path:
        return self._save(key, "explain.json", _dump("articles", fates))

    def load_fates(self, key: str) -> tuple[Fate, ...]:
        """What became of every article. Raises UsageError where the file is missing or broken."""
        fates: tuple[Fate, ...] = _load(self.folder(key) / "explain.json", "articles", tuple[Fate, ...])
        return fates

    def save_ballot(self, key: str, ballot: Ballot) -> Path:
        return self._save(key, "ballot.json", _dump("ballot", ballot))

    def load_ballot(self, key: str) -> Ballot | None:
        """What the stories were chosen from; None where an older program built the issue."""
        path = self.folder(key) / "ballot.json"
        if not path.exists():
            return None
        ballot: Ballot = _load(path, "ballot", Ballot)
        return ballot

    def _save(self, key: str, name: str, text: str, *, mode: int = 0o644) -> Path:
        path = self.folder(key) / name
        write_atomically(path, text, mode=mode)
        return path


def _is_called(key: str, name: str) -> bool:
    number, _, day = key.partition("-")
    return name in {key, day} or (name.isdecimal() and int(name) == int(number))


def _dump(what: str, value: Any) -> str:
    document = {"version": VERSION, what: to_json(value)}
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    # Half a surrogate pair, as broken feeds have them, cannot be written as UTF-8.
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _load(path: Path, what: str, kind: Any) -> Any:
    document = _parse(path)
    version = document.get("version")
    if not isinstance(version, int):
        raise UsageError(f"{path} does not say its version", hint=_REMAKE)
    if version > VERSION:
        raise UsageError(
            f"{path} was written by a newer digest (its form is {version}, this program knows {VERSION})",
            hint="Update with: pip install --upgrade newsletter-digest",
        )
    try:
        return from_json(kind, document.get(what), where=what)
    except JsonFormatError as error:
        raise UsageError(f"{path}: {error}", hint=_REMAKE) from None


_REMAKE = "The program writes this file itself: build the issue again, or put back a copy of the file."


def _parse(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(_text_of(path))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not valid JSON: {error}", hint=_REMAKE) from None
    if not isinstance(document, dict):
        raise UsageError(f"{path} is not what digest writes", hint=_REMAKE)
    return document


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise UsageError(f"{path} is missing", hint="Make it anew with: digest build --discard-draft") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 (byte {error.start})", hint="Save it as UTF-8 in your editor.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None

"""The theme's own words in the newsletter's language: dates, "also covered by", the footer.

They are files, templates/words/LANGUAGE.toml, so that an owner can change a phrase or add a language. Where there is
none for the newsletter's language, English is used and marked as English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from digest.errors import UsageError
from digest.model import Medium
from digest.render.script import primary, tag


class Words(BaseModel):
    """Phrases with places in braces for what they speak of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: The language they are in, from the file's name.
    language: str
    months: tuple[str, ...] = Field(min_length=12, max_length=12)
    #: With {day}, {month} and {year}.
    long_date: str
    #: With {day} and {month}: for a date in the issue's own year.
    short_date: str
    #: What {day} is on the first of a month, where that is no plain number: "1er".
    first_day: str = ""
    #: With {number}.
    issue: str
    #: With {minutes}.
    reading_time: str
    #: With {minutes}. These three are English where an owner's file for another language is older than they are.
    watching_time: str = "{minutes} min to watch"
    listening_time: str = "{minutes} min to listen"
    #: The section of all stories, where the owner has no sections.
    only_section: str = "In this issue"
    #: The section for what fits none, where the owner gave it no name.
    catch_all: str = "More stories"
    #: Before the owner's own words on a story.
    note: str = "Editor’s note:"
    #: With {name}.
    greeting: str
    #: For a subscriber whose name is not known.
    nameless_greeting: str
    also: str
    #: Between two publishers.
    comma: str
    #: Behind a phrase with a list or an address below it.
    colon: str = ":"
    #: With {count}, at least 2: publishers that are not named.
    more: str
    #: With {number} and {date}, before the headline of an earlier story that this one goes on with. English where an
    #: owner's file for another language is older than the phrase.
    update: str = "Update to #{number} ({date}):"
    #: With {email} and {newsletter}.
    why: str
    unsubscribe: str

    def speaks(self, language: str) -> bool:
        """Whether they are in a language; they are English where nobody knows them in that one."""
        return primary(self.language) == primary(language)

    def full_date(self, day: date) -> str:
        return _filled(self.long_date, day=self._day(day), month=self.months[day.month - 1], year=day.year)

    def date_near(self, day: date, *, issue: date) -> str:
        """A date as short as it can be in an issue of that date."""
        if day.year != issue.year:
            return self.full_date(day)
        return _filled(self.short_date, day=self._day(day), month=self.months[day.month - 1])

    def _day(self, day: date) -> str:
        return (self.first_day if day.day == 1 else "") or str(day.day)

    def issue_number(self, number: int) -> str:
        return _filled(self.issue, number=number)

    def minutes(self, minutes: int, medium: Medium = "text") -> str:
        """How long something takes to read, watch or listen to, never broken over two lines."""
        phrases = {"text": self.reading_time, "video": self.watching_time, "audio": self.listening_time}
        return _filled(phrases[medium], minutes=minutes).replace(" ", "\u00a0")

    def others(self, count: int) -> str:
        return _filled(self.more, count=count)

    def update_to(self, number: int, day: date, *, issue: date) -> str:
        """What stands before the headline of an earlier story, in an issue of that date."""
        return _filled(self.update, number=number, date=self.date_near(day, issue=issue))

    def reason(self, *, email: str, newsletter: str) -> str:
        """Why the reader gets this mail."""
        return _filled(self.why, email=email, newsletter=newsletter)


def find_words(language: str, folders: Sequence[Path]) -> Words:
    """Read the words for a language from the first folder that knows each of them.

    Args:
        language: a language tag; "pt-BR" falls back to "pt", and what no folder knows to "en".
        folders: template folders, the owner's first.

    Raises:
        UsageError: a file is not TOML, lacks a phrase or has an unknown one.
    """
    # A file's name is made of it: what is no tag may be a path.
    language = tag(language)
    for name in dict.fromkeys((language, primary(language), "en")):
        files = [file for folder in folders if (file := folder / "words" / f"{name}.toml").is_file()]
        if files:
            return _read(files, name)
    raise UsageError("templates/words/en.toml is missing", hint="Install the program again.")


def _read(files: Sequence[Path], language: str) -> Words:
    merged: dict[str, Any] = {}
    for file in reversed(files):
        merged |= _table(file)
    try:
        return Words.model_validate(merged | {"language": language})
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors()]
        message = f"{_shown(files[0])}: {'; '.join(problems)}"
        raise UsageError(message, hint="Compare it with templates/words/en.toml.") from error


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{_shown(file)}: {error}", hint="Write it as TOML, in UTF-8.") from error


def _shown(file: Path) -> str:
    return "/".join(file.parts[-3:])


def _filled(phrase: str, **values: object) -> str:
    # Not str.format: a phrase is the owner's, and free to hold any other brace.
    return re.sub(r"\{(\w+)\}", lambda place: str(values.get(place[1], place[0])), phrase)

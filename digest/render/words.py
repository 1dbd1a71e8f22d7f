"""The theme's own words in the newsletter's language: dates, "also covered by", the footer.

They are the table "mail" of the language's file. An owner's templates/words/LANGUAGE.toml changes a phrase or adds a
language. Where nobody knows the newsletter's language, English is used and marked as English.
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
from digest.languages import tables
from digest.languages.schema import SCHEMA
from digest.model import Medium
from digest.render.script import tag
from digest.text.language import primary_subtag

#: Phrases that came later: an owner's file for another language may be older than they are, and has the English ones.
_LATER = ("watching_time", "listening_time", "only_section", "catch_all", "note", "update")


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
    #: With {minutes}.
    watching_time: str
    listening_time: str
    #: The section of all stories, where the owner has no sections.
    only_section: str
    #: The section for what fits none, where the owner gave it no name.
    catch_all: str
    #: Before the owner's own words on a story.
    note: str
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
    #: With {number} and {date}, before the headline of an earlier story that this one goes on with.
    update: str
    #: With {email} and {newsletter}.
    why: str
    unsubscribe: str

    def speaks(self, language: str) -> bool:
        """Whether they are in a language; they are English where nobody knows them in that one."""
        return primary_subtag(self.language) == primary_subtag(language)

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
    """The words for a language, each as the first folder has it that knows it, else the language's own file.

    Args:
        language: a language tag; "pt-BR" falls back to "pt", and what nobody knows to "en".
        folders: template folders; the first one counts before the others.

    Raises:
        UsageError: a file is not TOML, lacks a phrase or has an unknown one.
    """
    # A file's name is made of it: what is no tag may be a path.
    language = tag(language)
    for name in (language, primary_subtag(language)):
        files = [file for folder in folders if (file := folder / "words" / f"{name}.toml").is_file()]
        if files or name in tables.languages("mail"):
            return _read(files, name)
    return _read([file for folder in folders if (file := folder / "words" / "en.toml").is_file()], "en")


def _read(files: Sequence[Path], language: str) -> Words:
    merged = _own_words(language)
    for file in reversed(files):
        merged |= _table(file)
    try:
        return Words.model_validate(merged | {"language": language})
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors()]
        where = _shown(files[0]) if files else f"languages/{language}.toml"
        hint = "Compare it with the words/en.toml that `digest init --with-templates` writes."
        raise UsageError(f"{where}: {'; '.join(problems)}", hint=hint) from error


def _own_words(language: str) -> dict[str, Any]:
    """What the language's file has of the words: the phrases and the names of months."""
    mail = tables.table_of(language, "mail")
    months = mail.get("months") or "".join(tables.words(language, "months", "names")[:1]).split()
    later = {name: tables.text("en", "mail", name) for name in _LATER}
    phrases = {name: phrase[0] for name, phrase in mail.items() if SCHEMA["mail"][name].kind == "text"}
    return later | phrases | ({"months": months} if months else {})


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

"""Patterns made of a language's words, as its script has them found."""

from __future__ import annotations

from collections.abc import Iterable

from digest.languages.tables import either, text


def is_spaceless(language: str) -> bool:
    """Whether no spaces stand between the words of a language."""
    return bool(text(language, "script", "spaceless"))


def whole_words(patterns: Iterable[str], language: str) -> str:
    """A regular expression for any of several words, each from its first letter to its last.

    Where no spaces stand between words, they are found anywhere.
    """
    any_of = either(patterns)
    return any_of if is_spaceless(language) else rf"(?<![^\W_]){any_of}(?![^\W_])"


def as_spoken(patterns: Iterable[str]) -> tuple[str, ...]:
    """The same patterns with blanks of any width, and any apostrophe."""
    return tuple(pattern.replace(" ", r"\s+").replace("'", "['’]") for pattern in patterns)

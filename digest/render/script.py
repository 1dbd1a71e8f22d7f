"""What follows from a language's script: its direction, and whether words have spaces between them."""

from __future__ import annotations

from typing import Literal

from digest.settings import LANGUAGE_TAG
from digest.text.language import primary_subtag

Direction = Literal["ltr", "rtl"]

#: Languages written from right to left in their usual script (CLDR 46, layout.orientation).
_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "lrc", "mzn", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"])
#: Languages that run from left to right in a script without capitals (CLDR 46, the main script of each). Their letters
#: don't slant, and those that hang from a line come apart when they are spaced.
_WITHOUT_CAPITALS = frozenset(
    "am as bho bn bo dz gu hi ja ka km kn ko lo mai ml mr my ne or pa si ta te th ti yue zh".split()  # noqa: SIM905 - a list takes six lines
)
_SCRIPTS_WITH_CAPITALS = frozenset(["armn", "cyrl", "geok", "grek", "latn"])
#: They write brackets as wide as their characters, which bring their own space.
_WIDE = frozenset(["zh", "yue", "ja"])
_UNSPACED = frozenset(["zh", "yue", "ja", "th", "lo", "km", "my", "bo"])


def tag(language: str, *, otherwise: str = "") -> str:
    """The language tag if it is one, so that it can stand in a `lang` attribute; else `otherwise`."""
    return language if LANGUAGE_TAG.fullmatch(language) else otherwise


def direction(language: str) -> Direction:
    if script := _script(language):
        return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary_subtag(language) in _RIGHT_TO_LEFT else "ltr"


def has_capitals(language: str) -> bool:
    """Whether its script has capital letters, as Latin, Greek and Cyrillic have; only those slant and bear spacing."""
    if script := _script(language):
        return script in _SCRIPTS_WITH_CAPITALS
    return primary_subtag(language) not in _WITHOUT_CAPITALS | _RIGHT_TO_LEFT


def _script(language: str) -> str:
    """The script that a tag names, "" where it is the usual one."""
    subtags = language.lower().split("-")[1:]
    return next((part for part in subtags if len(part) == 4 and part.isalpha()), "")


def word_space(language: str) -> str:
    """What stands between two sentences."""
    return "" if primary_subtag(language) in _UNSPACED else " "


def brackets(language: str) -> tuple[str, str]:
    """What stands before and behind a remark in brackets between two sentences."""
    return ("（", "）") if primary_subtag(language) in _WIDE else (" (", ") ")

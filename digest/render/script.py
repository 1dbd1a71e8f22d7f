"""What follows from a language's script: its direction, and whether words have spaces between them."""

from __future__ import annotations

from typing import Literal

from digest.settings import LANGUAGE_TAG

Direction = Literal["ltr", "rtl"]

#: Languages written from right to left in their usual script (CLDR 46, layout.orientation).
_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "lrc", "mzn", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"])
_UNSPACED = frozenset(["zh", "yue", "ja", "th", "lo", "km", "my", "bo"])


def tag(language: str, *, otherwise: str = "") -> str:
    """The language tag if it is one, so that it can stand in a `lang` attribute; else `otherwise`."""
    return language if LANGUAGE_TAG.fullmatch(language) else otherwise


def primary(language: str) -> str:
    return language.partition("-")[0].lower()


def direction(language: str) -> Direction:
    subtags = language.lower().split("-")
    script = next((part for part in subtags[1:] if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if subtags[0] in _RIGHT_TO_LEFT else "ltr"


def word_space(language: str) -> str:
    """What stands between two sentences."""
    return "" if primary(language) in _UNSPACED else " "

"""What sites put before and behind a headline: alarms, labels, emoji, promises of what is below.

The words of all languages are asked of any headline: none of them means anything else in another one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from digest.languages.tables import either, merged

# What ends the part that is kept stays: a question mark, a quotation.
_JOINT = r"(?:(?:(?<=[?!])|(?<=[.!?]['’”\"]))\s+|\s?[.:;,：，]\s*|\s+[-–—|]\s*)"
_DASH = r"\s+[-–—|]\s*"
_END = r"\s*[.!?…]*\s*$"
#: How many words a headline must keep before a tail of each kind: "2026 Winter Olympics" alone is none.
_KEPT_BEFORE = {"common_promises": 5, "promises": 3, "tickers": 2}
_FEWEST_WORDS = 2
#: Of a headline in a script without spaces, which counts as one word.
_FEWEST_CHARACTERS = 5
_UNSPACED = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
#: Signs that rate or belong to a name or a number.
_SIGNS = frozenset("©®™°★☆⭐№")


def without_alarm(title: str) -> str:
    """The title without "BREAKING:", "[VIDEO]" and emoji at its ends."""
    headline = _first_whole(_bare(title), title)
    headline = _first_whole(_label().sub(" ", headline).strip(), headline)
    # "🚨 BREAKING 🚨": one stands behind the other.
    return _first_whole(_bare(_alarm().sub("", headline)), headline)


def without_promise(headline: str) -> str:
    """The headline without a tail that only says that there is more below."""
    for kind, fewest in _KEPT_BEFORE.items():
        kept = _tail(kind).sub("", headline)
        if kept != headline and (len(kept.split()) >= fewest or _is_unspaced(kept)):
            headline = kept
    return headline


def is_headline(text: str) -> bool:
    """Whether what a cleaning leaves is still a headline."""
    return len(text.split()) >= _FEWEST_WORDS or _is_unspaced(text)


def _is_unspaced(text: str) -> bool:
    return len(text) >= _FEWEST_CHARACTERS and bool(_UNSPACED.search(text))


def _first_whole(*texts: str) -> str:
    return next((text for text in texts if is_headline(text)), texts[-1])


def _bare(text: str) -> str:
    """The text without emoji at its ends."""
    kept = [at for at, is_sign in enumerate(_signs(text)) if not is_sign]
    return text[kept[0] : kept[-1] + 1] if kept else text


def _signs(text: str) -> Iterator[bool]:
    for character in text:
        kind = unicodedata.category(character)
        emoji = kind == "So" or "\U0001f3fb" <= character <= "\U0001f3ff" or character in "\ufe0f\u200d"
        yield character.isspace() or (emoji and character not in _SIGNS)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"\s*[\[(]{either(merged('bait')['labels'])}[\])]\s*", re.IGNORECASE)


@cache
def _alarm() -> re.Pattern[str]:
    bait = merged("bait")
    alarms, kinds, shouts = either(bait["alarms"]), either(bait["kinds"]), "|".join(bait["shouts"])
    return re.compile(
        rf"^\s*(?:[¡【\[(]?\s*{alarms}\s*[:：!|–—\-】\])\u2600-\u27bf\U0001f000-\U0001faff]+|{kinds}\s*[:：|]"
        # "LIVE Storm hits": the capitals set it off, where the others are small.
        rf"|(?-i:{shouts})\s+(?=(?-i:[A-Z][a-z])))[\s!|:：]*",
        re.IGNORECASE,
    )


@cache
def _tail(kind: str) -> re.Pattern[str]:
    joint = _DASH if kind == "tickers" else _JOINT
    return re.compile(rf"{joint}{either(merged('bait')[kind])}{_END}", re.IGNORECASE)

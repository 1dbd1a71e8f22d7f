"""Whether a text opens a quotation that it does not close, or closes one that it did not open."""

from __future__ import annotations

import re
from functools import cache

from digest.languages import tables

_MARKS = re.compile(r"[\"“”„«»「」『』]")
#: Opening mark → the marks that may close it. German closes „ with “; Scandinavians and Finns open and close with ”;
#: German books write »so«.
_CLOSES = {
    # Careless typists mix the straight and the curly.
    '"': '"”',
    "“": '”"',
    "„": "“”",
    "«": "»",
    "»": "«»",
    "”": "”",
    "「": "」",
    "『": "』",
}
_CLOSERS_ONLY = {"」", "』"}
#: These close in most languages and open in some.
_SOMETIMES_OPENERS = {"”", "»"}
#: A single mark closes behind a letter.
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…])['’](?=[\s.,;:)—–!?”\"-]|$)")


def open_quotes(text: str, language: str, already: str = "") -> str | None:
    """The marks that are still open at the end of a text, outermost first; None where one is closed unopened.

    Args:
        language: BCP 47 primary tag; some marks open in one language and close in another.
        already: the marks that are open where the text begins.
    """
    stack = list(already)
    for mark in _MARKS.findall(text):
        if stack and mark in _CLOSES[stack[-1]]:
            stack.pop()
        elif mark in _CLOSERS_ONLY or (
            mark in _SOMETIMES_OPENERS and mark not in tables.words(language, "quotes", "openers")
        ):
            return None
        else:
            stack.append(mark)
    return "".join(stack)


def quotes_whole(text: str, language: str) -> bool:
    """Whether every quotation in a text is opened and closed there."""
    return open_quotes(text, language) == "" and _single_whole(text, language or "en")


def _single_whole(text: str, language: str) -> bool:
    """Only asked where single marks are common, and the words are known of which letters are dropped."""
    dropped = tables.words(language, "quotes", "dropped")
    return not dropped or len(_single_open(dropped).findall(text)) <= len(_SINGLE_CLOSE.findall(text))


@cache
def _single_open(dropped: tuple[str, ...]) -> re.Pattern[str]:
    """A single mark opens before a letter; apostrophes of dropped letters do not."""
    return re.compile(rf"(?:^|(?<=[\s(—–“\"-]))['‘](?=[^\W\d_])(?!(?:{'|'.join(dropped)})\b)", re.IGNORECASE)

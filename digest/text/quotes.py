"""Whether a text opens a quotation that it does not close, or closes one that it did not open."""

from __future__ import annotations

import re

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
_OPENS_WITH_CLOSER = {"”": ("sv", "fi", "no", "nb", "da", "hu"), "»": ("de", "da", "sv", "fi", "no", "nb")}

#: A single mark opens before a letter and closes after one; apostrophes of dropped letters do neither.
_SINGLE_OPEN = re.compile(
    r"(?:^|(?<=[\s(—–“\"-]))['‘](?=[^\W\d_])(?!(?:em|til|cause|tis|twas|n|bout|round)\b)", re.IGNORECASE
)
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
        elif mark in _CLOSERS_ONLY or language not in _OPENS_WITH_CLOSER.get(mark, (language,)):
            return None
        else:
            stack.append(mark)
    return "".join(stack)


def quotes_whole(text: str, language: str) -> bool:
    """Whether every quotation in a text is opened and closed there."""
    return open_quotes(text, language) == "" and (language not in {"en", ""} or _single_whole(text))


def _single_whole(text: str) -> bool:
    return len(_SINGLE_OPEN.findall(text)) <= len(_SINGLE_CLOSE.findall(text))

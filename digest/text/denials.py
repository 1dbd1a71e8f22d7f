"""The words that deny, in the languages known here: the smallest change that turns a report into its opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from digest.text.words import fold

_DENIALS = {
    "en": r"not|no|never|none|nobody|nothing|neither|nor|cannot|without|\w+n't|fail(?:s|ed|ing)?|den(?:y|ies|ied|ying)"
    r"|refus(?:e|es|ed|ing)|reject(?:s|ed|ing)?",
    "de": r"nicht|nichts|nie|niemals|niemand|kein\w{0,2}|ohne|weder|bestreitet|bestritt|lehnt\w*"
    r"|ablehn\w*|dementier\w*",
    "fr": r"ne|n'\w+|pas|jamais|rien|aucune?|personne|sans|ni|non|refus\w*|dement\w*|rejet\w*",
    "es": r"no|nunca|jamas|nada|nadie|ningun\w*|sin|ni|nego|niega\w*|rechaz\w*",
    "it": r"non|mai|niente|nulla|nessun\w*|senza|ne|nega\w*|rifiut\w*|respin\w*",
    "pt": r"nao|nunca|jamais|nada|ninguem|nenhum\w*|sem|nem|neg(?:a|ou)\w*|recus\w*|rejeit\w*",
    "nl": r"niet|niets|nooit|niemand|geen|zonder|noch|ontken\w*|weiger\w*",
    "pl": r"nie|nigdy|nikt|nic|zaden|zadn\w*|bez|ani|zaprzecz\w*|odmow\w*|odrzuc\w*",
    "ru": r"не|нет|никогда|никто|ничего|без|ни|отрица\w*|отказ\w*|отверг\w*",
    "zh": r".*(?:不|没|未|無|无|否认|拒绝).*",
    "ja": r".*(?:ない|なかった|ません|否定|拒否|ず).*",
}


def denials(sentence: str, language: str) -> Iterator[re.Match[str]]:
    """The denying words of a sentence, found in its folded text; none in languages not known here."""
    if (language or "en") in _DENIALS:
        yield from _pattern(language or "en").finditer(fold(sentence.replace("’", "'")))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{_DENIALS[language]})(?![^\W_])")

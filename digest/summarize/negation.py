"""Whether a sentence denies something: the smallest change that turns a report into its opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from digest.summarize.claims import stems
from digest.text.words import fold

_CLAUSE = re.compile(r"[,;:–—()]")
#: Words of its clause on each side of a denial that it may be about.
_REACH = 6

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


def denied(sentence: str, language: str) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Of each denial in a sentence: the words behind it, and those on both sides; nothing in languages not known here.

    "Nobody was hurt": the word behind is "hurt". In "er kam nicht" it stands before.
    """
    if (language or "en") not in _DENIALS:
        return
    text = fold(sentence.replace("’", "'"))
    for found in _pattern(language or "en").finditer(text):
        before = _CLAUSE.split(text[: found.start()])[-1].split()[-_REACH:]
        behind = _CLAUSE.split(text[found.end() :])[0].split()[:_REACH]
        yield stems(" ".join(behind), language), stems(" ".join(before + behind), language)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{_DENIALS[language]})(?![^\W_])")

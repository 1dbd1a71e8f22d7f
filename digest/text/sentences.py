"""Text → sentences, each a verbatim piece of it but for white space.

sentencex does the splitting (247 of pysbd's 273 golden rules in over 20 languages at 0.03 ms an article; pysbd itself
hangs on hostile text). What it gets wrong in news is mended here: its cuts are joined again after initials and
abbreviations it does not know, and inside quotations; and "said no. He" is cut where it takes "no." for "number".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import segment

#: Longer paragraphs are split piece by piece: sentencex takes quadratic time in the length of a paragraph of opening
#: quotation marks (0.5 s for 100 KB, 50 s for 1 MB).
_PIECE = 4_000

#: Spaces that may be folded; the no-break spaces of French typography stay as they are.
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|\n(?=[^\S\n]*(?:[-*•‣▪–—]|\d{1,3}[.)])[^\S\n])|\u2029")

_ENDS_IN_INITIAL = re.compile(r"(?:^|[\s(“\"'‘.])[A-ZÀ-ÖØ-ÞА-ЯŁŚŻ]\.$")
#: Abbreviations before a name or number that sentencex does not hold together, measured on news in these languages.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"'‘])(?:Rep|Reps|Sens|Gov|Govs|Lt|Col|Gen|Sgt|Capt|Cmdr|Adm|Maj|Rev|Hon|Pres|Supt|Insp|Det|Amb|Atty|"
    r"Prof|Dr|Mr|Mrs|Ms|Messrs|Mx|St|Ste|Mt|Ft|No|Nos|vs|v|approx|ca|cf|e\.g|i\.e|Op|Art|Abs|Nr|Hr|Fr|Sr|Sra|Dra|Dª|"
    r"Mme|Mlle|Me|Bd|av|Avv|Ing|Dott|Sig|Jhr|Drs|Mgr|ks|prof|dr|inż|ul|św|ur|tys|им|г|гг|ул|стр|проф|акад|руб|тыс|"
    r"डॉ|श्री)\.$"
)
_LOWER = re.compile(r"[a-zà-öø-ÿа-яąćęłńóśźż]")
_NO = re.compile(r"(?<=\bno)\. (?=[A-Z“\"])")


def fold_space(text: str) -> str:
    """The text on one line, with single spaces."""
    return _SPACE.sub(" ", text).strip()


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line; an item of a list counts as one."""
    folded = (fold_space(paragraph) for paragraph in _PARAGRAPH.split(text))
    return [paragraph for paragraph in folded if paragraph]


def split_sentences(text: str, language: str) -> list[str]:
    """The sentences of a text in order; no sentence spans two paragraphs.

    `language` is a BCP 47 primary tag; English rules are used where it is empty or unknown. Time is linear in the
    length of the text, whatever it holds.
    """
    return [sentence for paragraph in paragraphs(text) for sentence in _split_paragraph(paragraph, language or "en")]


def _split_paragraph(paragraph: str, language: str) -> Iterator[str]:
    while len(paragraph) > _PIECE:
        *whole, rest = _mended(paragraph[:_PIECE], language)
        yield from whole
        if not whole:
            yield rest
            rest = ""
        paragraph = (rest + paragraph[_PIECE:]).lstrip()
    if paragraph:
        yield from _mended(paragraph, language)


def _mended(piece: str, language: str) -> list[str]:
    cuts = [cut for sentence in segment(language, piece) for cut in _cut_missed(sentence, language)]
    sentences: list[str] = []
    for cut in cuts:
        if sentences and _belongs(sentences[-1].rstrip(), cut):
            sentences[-1] += cut
        else:
            sentences.append(cut)
    return [sentence.strip() for sentence in sentences if sentence.strip()] or [piece]


def _cut_missed(sentence: str, language: str) -> list[str]:
    if language != "en":
        return [sentence]
    parts = _NO.split(sentence)
    return [part + ". " for part in parts[:-1]] + parts[-1:]


def _belongs(before: str, after: str) -> bool:
    """Whether sentencex cut inside a sentence."""
    if _ENDS_IN_INITIAL.search(before) or _ABBREVIATION.search(before):
        return True
    return bool(before.endswith((".", "…")) and _LOWER.match(after))

"""Text as it is compared: without what writers of one word may do differently.

Unicode's full case folding (NFKC_Casefold) is the base: ß and ss, ς and σ, ﬁ and fi, full-width and half-width forms,
composed and decomposed accents. On top of it comes what readers of a script take for one spelling, as search engines
do: no accents, i for the dotless ı, and for Arabic and Hebrew no vowel points, no tatweel, one alef, one ye, one kaf.
"""

from __future__ import annotations

import unicodedata

#: Marks that are left out as often as they are written: accents of alphabets, points of Hebrew and Arabic, selectors of
#: variants. In Devanagari or Thai a mark is a vowel and stays.
_LEFT_OUT = (
    *((0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F)),
    *((0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5), (0x05C7, 0x05C7)),
    *((0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC), (0x06DF, 0x06E8)),
    *((0x06EA, 0x06ED), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF)),
)
#: Soft hyphen, zero-width space and joiners, marks of direction, tags: nobody sees them.
_INVISIBLE = (
    *((0x00AD, 0x00AD), (0x061C, 0x061C), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F)),
    *((0xFEFF, 0xFEFF), (0xE0000, 0xE007F)),
)
#: One letter in different fonts, keyboards or languages. Arabic as Lucene folds it, and Persian and Urdu into it.
_VARIANTS = {
    "ı": "i",
    **dict.fromkeys("ٱٲٳ", "ا"),
    **dict.fromkeys("ىیېۍ", "ي"),
    "ک": "ك",
    **dict.fromkeys("ةہۀۂۃە", "ه"),
    **dict.fromkeys("ʼʻʽʾʹ‘’‛′＇", "'"),
    **dict.fromkeys("‐‑‒−", "-"),
}
_FOLDS: dict[int, str | None] = {
    **{at: None for first, last in (*_LEFT_OUT, *_INVISIBLE) for at in range(first, last + 1)},
    **{ord(letter): plain for letter, plain in _VARIANTS.items()},
}


def folded(text: str) -> str:
    """The text as it is compared, its marks of punctuation kept; folding it again changes nothing."""
    if text.isascii():
        return text.lower()
    # NFKD makes a space and a mark of these two.
    text = text.replace("´", "'").replace("ٵ", "ا")
    plain = unicodedata.normalize("NFKD", text).translate(_FOLDS).casefold()
    if plain.isascii():
        return plain
    # Folding may take a letter apart (ß) or give one that has a variant; NFC puts syllables of Hangul together again.
    if not unicodedata.is_normalized("NFKD", plain):
        plain = unicodedata.normalize("NFKD", plain).translate(_FOLDS)
    return unicodedata.normalize("NFC", plain)


def folded_name(name: str) -> str:
    """A name as it is compared with another: folded, with single spaces."""
    return " ".join(folded(name).split())


def lowered(text: str, language: str) -> str:
    """The text in small letters as its language writes them: İ and I are i and ı in Turkish and Azerbaijani."""
    if language in _DOTTED:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def capitalized(word: str, language: str) -> str:
    """The word with its first letter in capitals, the others small."""
    first = "İ" if language in _DOTTED and word[:1] == "i" else word[:1].upper()
    return first + lowered(word[1:], language)


_DOTTED = frozenset(["tr", "az"])

"""Headlines that announce: "Expectations are low for the talks", "Macron eyes a deal", "Council to vote on a bridge".

Once the talks are held they lead nobody. The words are those that headlines of the trade use for what is to come, in
the languages of most feeds, compared without accents and capitals.
"""

from __future__ import annotations

import re
from functools import cache

from digest.text.words import fold

_AHEAD = {
    "en": r"ahead of|on the eve of|expectations|expected|set to|poised to|prepar(?:es?|ing) (?:to|for)|braces? for|"
    r"looms?|eyes|will|upcoming|heads? to|begins? (?:visit|trip)|"
    r"to (?:address|appear|attend|be|begin|decide|discuss|face|go|head|hear|hold|host|join|launch|meet|open|restart|"
    r"resume|review|seek|sign|start|testify|visit|vote)",
    "de": r"soll(?:en)?|wird|werden|will|wollen|vor dem|erwartet|bevor|plant|planen",
    "fr": r"va|vont|doit|doivent|a la veille|avant (?:le|la|les)|attendue?s?|s apprete|prevoit",
    "es": r"va a|van a|antes de|en visperas|se prepara|preve|espera",
    "it": r"alla vigilia|in vista|prima d(?:i|el|ella)|si prepara|attes[oaie]|prevede",
    "pt": r"vai|vao|deve|devem|antes d[aeo]|na vespera|se prepara|preve",
    "nl": r"zal|zullen|gaat|gaan|moet|voorafgaand|verwacht|wil",
    "pl": r"ma|maja|bedzie|beda|przed|spodziewa|planuje",
    "ru": r"будет|будут|ожидает\w*|накануне|перед|планирует|намерен\w*",
}


def looks_ahead(headline: str, language: str) -> bool:
    """Whether a headline tells what is to come; `language` is a BCP 47 primary tag, English where it is empty."""
    return bool(_ahead(language or "en").search(fold(headline).replace("'", " ")))


@cache
def _ahead(language: str) -> re.Pattern[str]:
    words = _AHEAD.get(language)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)")

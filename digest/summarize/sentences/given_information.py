"""What a sentence takes as given: whom it names by surname, and what it calls "the ban", as if the reader had met them.

"Klingbeil made the comments before a meeting" stands behind a sentence with "Finance Minister Lars Klingbeil", or below
a headline with his name, not alone. The same holds for the short forms of parties, firms and places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digest.summarize.facts.claims import names, without_quotations
from digest.text.stems import stem, stems

#: Where every noun has a capital, a surname can't be told from a noun.
_CAPITAL_NOUNS = frozenset({"de", "lb"})
#: Papers that write "Mr Owen" name him in full before.
_TITLES = "dhr madame mevr miss mlle mme monsieur mr mrs ms senor senora sig signor signora sr sra"
_POLITE = frozenset(_TITLES.split())
#: "The proposed ban, ...", "The ban came ...": nothing behind the noun says which.
_EN_DEFINITE = re.compile(
    r"\W*The (?:[a-z][\w-]* ){0,2}?(?P<noun>[a-z-]+)(?:,| (?:also|appear\w*|are|came|comes?|could|did|does|follow\w*|"
    r"had|has|have|is|may|marks?|might|says?|said|was|were|will|would|[a-z]+ed)\b)"
)
#: "Ann Miller had", but not "Ann Miller, the mayor, had"; a title or an office stands before in small letters, or makes
#: three words of the name.
_STRANGER = re.compile(r"(?P<name>[A-Z][a-z]+ [A-Z][a-z]+) (?=(?:had|has|is|said|says|told|was|will|won)\b)")
#: "an AI chatbot" introduces what "the chatbot" takes as given. The noun stands before what is no part of its name.
_EN_END = (
    r"(?=[,.;:)]|\s(?:after|against|and|are|as|at|before|but|by|called|can|could|for|from|had|has|have|in|into|is|named|"
    r"of|on|or|said|says|so|than|that|to|was|were|when|where|which|while|who|will|with|would)\b)"
)
_EN_NEW = re.compile(rf"\b[Aa]n? (?:(?!the |an? )[\w-]+ ){{0,3}}?(?P<noun>[a-z-]{{3,}}){_EN_END}")
#: "the chatbot of Ashford" says which, "the chatbot industry" is another thing.
_EN_KNOWN = re.compile(
    rf"\b[Tt]he (?P<noun>[a-z-]{{3,}}){_EN_END}(?! (?:called|for|from|named|of|on|than|that|to|which|who|with)\b)"
)


def given_stems(sentences: Iterable[str], language: str) -> Iterator[frozenset[str]]:
    """The stems of what each of an article's sentences takes as given because an earlier one introduced it."""
    introduced: set[str] = set()
    said: set[str] = set()
    new: set[str] = set()
    for sentence in sentences:
        written = () if language in _CAPITAL_NOUNS else tuple(names(sentence, language))
        runs = [run[1:] if run[0] in _POLITE and len(run) > 1 else run for run in written]
        polite = {stem(run[1]) for run in written if len(run) == 2 and run[0] in _POLITE} if said else set()
        full = frozenset(stem(run[-1]) for run in runs if len(run) > 1)
        alone = frozenset(stem(run[0]) for run in runs if len(run) == 1)
        definite = _EN_DEFINITE.match(sentence) if language in {"en", ""} else None
        noun = {stem(definite["noun"])} if definite else set()
        own = without_quotations(sentence) if language in {"en", ""} else ""
        here = {stem(found["noun"]) for found in _EN_NEW.finditer(own)}
        known = {stem(found["noun"]) for found in _EN_KNOWN.finditer(own)}
        yield (((alone & introduced) | polite) - full) | (noun & said) | ((known & new) - here)
        introduced |= full
        said.update(stems(sentence))
        new |= here


def opens_with_stranger(sentence: str, headline: frozenset[str], language: str) -> bool:
    """Whether a sentence begins with somebody's full name, says not who that is, and the headline does not either."""
    found = _STRANGER.match(sentence) if language not in _CAPITAL_NOUNS else None
    return bool(
        found
        and headline.isdisjoint(stems(found["name"]))
        and set(stems(found["name"])) <= _in_names(sentence, language)
    )


def _in_names(sentence: str, language: str) -> set[str]:
    return {stem(word) for run in names(sentence, language) for word in run}

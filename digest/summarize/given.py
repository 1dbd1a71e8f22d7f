"""What a sentence takes as given: whom it names by surname, and what it calls "the ban", as if the reader had met them.

"Klingbeil made the comments before a meeting" stands behind a sentence with "Finance Minister Lars Klingbeil", or below
a headline with his name, not alone. The same holds for the short forms of parties, firms and places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digest.summarize.claims import names
from digest.summarize.stems import stem, stems

#: Where every noun has a capital, a surname can't be told from a noun.
_CAPITAL_NOUNS = frozenset({"de", "lb"})
#: "The proposed ban, ...", "The ban came ...": nothing behind the noun says which.
_EN_DEFINITE = re.compile(
    r"\W*The (?:[a-z][\w-]* ){0,2}?(?P<noun>[a-z-]+)(?:,| (?:also|appear\w*|are|came|comes?|could|did|does|follow\w*|"
    r"had|has|have|is|may|marks?|might|says?|said|was|were|will|would|[a-z]+ed)\b)"
)


def read_given(sentences: Iterable[str], language: str) -> Iterator[frozenset[str]]:
    """The stems of what each of an article's sentences takes as given because an earlier one introduced it."""
    introduced: set[str] = set()
    said: set[str] = set()
    for sentence in sentences:
        runs = () if language in _CAPITAL_NOUNS else tuple(names(sentence, language))
        full = frozenset(stem(run[-1]) for run in runs if len(run) > 1)
        alone = frozenset(stem(run[0]) for run in runs if len(run) == 1)
        definite = _EN_DEFINITE.match(sentence) if language in {"en", ""} else None
        noun = {stem(definite["noun"])} if definite else set()
        yield ((alone & introduced) - full) | (noun & said)
        introduced |= full
        said.update(stems(sentence))

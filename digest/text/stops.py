"""The stop behind a sentence that its outlet prints without one, as some do behind a teaser.

A summary's sentence is kept as the article has it, word for word; the stop is what people are shown. Pure.
"""

from __future__ import annotations

from digest.languages import tables
from digest.model import Sentence
from digest.text.language import primary_subtag


def with_stop(sentence: Sentence, language: str) -> str:
    """The sentence as people are shown it."""
    # What the editor wrote into the draft stays as it is.
    bare = sentence.text.rstrip("\"'”’»“)]")
    if sentence.article and bare[-1:].isalnum():
        return sentence.text + (tables.text(primary_subtag(language), "sentences", "stop") or ".")
    return sentence.text

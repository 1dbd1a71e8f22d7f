"""Copies of given articles as editors make them: syndicated, retitled, updated. Deterministic.

Each kind changes what its editors change and no more: an agency's client cuts from the end, sets another dateline and
its own typography; a site tests a second headline; a newsroom adds a paragraph, drops one and mends figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from digest.text.sentences import split_sentences

_OPENINGS = (
    "LONDON (Reuters) - ",
    "WASHINGTON (AP) — ",
    "(AFP) ",
    "By our correspondent\n\n",
    "Updated 14:32 GMT\n\n",
)
_CLOSINGS = (
    "\n\nThe Associated Press contributed to this report.",
    "\n\n© 2026 The Daily Example. All rights reserved.",
    "\n\nSubscribe to our newsletter for more stories like this one, every morning before eight.",
    "\n\nThis story was originally published by our partner and is reproduced here with permission.",
    "",
)
_ADDED = (
    "A spokesman declined to comment when reached by telephone on Thursday evening.",
    "The story has been updated with reactions that came in after it was first published.",
    "More details are expected to be announced in the course of the week, officials said.",
    "Analysts had expected as much, although few of them had thought that it would come so soon.",
    "It was not immediately clear what the consequences would be for those who are affected.",
)
_HEADLINES = ("What we know so far", "Live: {}", "{} | The Daily Example", "Five things to know: {}", "{} - report")


def syndicated(title: str, text: str, random: Random) -> tuple[str, str]:
    """Cut from the end to between half and all of it, with dateline, credit and other typography."""
    sentences = split_sentences(text, "en")
    kept = sentences[: max(4, round(len(sentences) * random.uniform(0.5, 1.0)))]
    body = " ".join(kept).replace("’", "'").replace("“", '"').replace("”", '"').replace(" - ", " — ")
    return title, random.choice(_OPENINGS) + body + random.choice(_CLOSINGS)


def retitled(title: str, text: str, random: Random) -> tuple[str, str]:
    """Another headline over the same text, or over its teaser of the first sentences."""
    sentences = split_sentences(text, "en")
    teaser = " ".join(sentences[: random.choice((3, 4, len(sentences), len(sentences)))])
    return random.choice(_HEADLINES).format(title.lower()), teaser


def updated(title: str, text: str, random: Random) -> tuple[str, str]:
    """One or two sentences more, one in eight dropped, one in ten worded anew, figures changed."""
    sentences = [_amended(s, random) for s in split_sentences(text, "en") if random.random() > 0.125]
    for _ in range(random.choice((1, 2))):
        sentences.insert(random.randint(0, len(sentences)), random.choice(_ADDED))
    return title, " ".join(sentences)


#: What each kind of copy is called → how it is made of a title and a text.
KINDS: dict[str, Callable[[str, str, Random], tuple[str, str]]] = {
    "syndicated": syndicated,
    "retitled": retitled,
    "updated": updated,
}


def _amended(sentence: str, random: Random) -> str:
    sentence = re.sub(r"\d+", lambda m: m[0] if random.random() < 0.7 else str(int(m[0]) % 10**9 + 1), sentence)
    return _reworded(sentence.split(), random) if random.random() < 0.1 else sentence


def _reworded(words: Sequence[str], random: Random) -> str:
    at = random.randrange(len(words)) if words else 0
    return " ".join([*words[:at], "reportedly", *words[at + 2 :]])

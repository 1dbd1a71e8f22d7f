"""What feeds put around an article's words: "The post ... appeared first on ...", "Read more", "Comments". Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from digest.languages.tables import either, merged

#: A paragraph longer than this is the article's own, whatever it begins with.
_LONGEST = 400

#: Names of networks, a bare link, a chapter of a podcast, marks alone: whole paragraphs in lower case.
_OF_NO_LANGUAGE = (
    r"bluesky|facebook|instagram|linkedin|mastodon|pinterest|reddit|telegram|threads|tiktok|(?:x/)?twitter|whatsapp|youtube",
    r"https?://\S+|[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s.{0,150}",
    r"\W{1,20}",
)
#: What may follow an invitation: a few words, no second sentence.
_WHAT_TO_READ = r"(?:[^.!?\n]|\.(?=\w)){0,120}[.!]?\s*[\])»→>]*"
#: allAfrica and other agencies begin with whose report it is: "[Capital FM] Nairobi -- ...".
_LABEL = re.compile(r"\[[^\[\]]{3,40}\]\s+(?=[^\W\d_a-z])")
_CUT = re.compile(r"\s*(?:[\[(]\s*(?:…|\.{3})\s*[\])]|\(more…?\))\s*\Z")


def without_boilerplate(text: str) -> str:
    """The text without paragraphs that are the feed's and not the article's, and without an invitation to read on.

    A text that was cut keeps its ellipsis, so that nobody takes its last words for a whole sentence.
    """
    kept = [paragraph for paragraph in text.split("\n\n") if not is_boilerplate(paragraph)]
    if kept:
        kept[0] = _LABEL.sub("", kept[0], count=1) if kept[0].startswith("[") else kept[0]
        kept[-1] = _CUT.sub("…", _without_tail(kept[-1]))
    return "\n\n".join(paragraph for paragraph in kept if paragraph)


def is_boilerplate(paragraph: str) -> bool:
    if len(paragraph) > _LONGEST:
        return False
    return _boilerplate().fullmatch(paragraph.lower()) is not None


def repeated_paragraphs(texts: Iterable[str]) -> frozenset[str]:
    """Paragraphs that stand in at least half of a feed's articles, three at the least: its footer, not their words."""
    counted: Counter[str] = Counter()
    number = 0
    for text in texts:
        if text:
            number += 1
            counted.update(set(text.split("\n\n")))
    return frozenset(paragraph for paragraph, times in counted.items() if times >= max(3, number / 2))


def _without_tail(paragraph: str) -> str:
    tail = _read_on_tail().search(paragraph[-_LONGEST:])
    if tail is None:
        return paragraph
    cut = "…" if re.search(r"…|\.{3}", tail[0][:6]) else ""
    return paragraph[: len(paragraph) - len(tail[0])].rstrip() + cut


@cache
def _boilerplate() -> re.Pattern[str]:
    """Whole paragraphs. Matched against lower case: three times as fast as ignoring case."""
    feeds = merged("feeds")
    posted = rf"{either(feeds['posts'])} .{{1,250}} {either(feeds['first_published'])} .{{1,150}}"
    read_on = rf"[\[(»→\s]*{either(feeds['invitations'])}{_WHAT_TO_READ}"
    return re.compile("|".join([posted, *feeds["paragraphs"], *_OF_NO_LANGUAGE, read_on]), re.DOTALL)


@cache
def _read_on_tail() -> re.Pattern[str]:
    read_on = either(merged("feeds")["invitations"])
    return re.compile(
        rf"(?:(?<=[.!?…»”\"'\])])|\s*\[?(?:…|\.{{3}})\]?)\s*[\[(»→]*\s*{read_on}{_WHAT_TO_READ}\Z", re.IGNORECASE
    )

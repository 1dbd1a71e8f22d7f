"""What feeds put around an article's words: "The post ... appeared first on ...", "Read more", "Comments". Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

#: A paragraph longer than this is the article's own, whatever it begins with.
_LONGEST = 400

#: Whole paragraphs in lower case, as WordPress, Substack, Reddit, Hacker News and newspapers' systems write them.
_KNOWN_PARAGRAPHS = (
    (
        r"(?:the (?:post|article)|der beitrag|l.article|la entrada|[eo]l? post|l.articolo|artykuł|het bericht) .{1,250}"
        r" (?:appeared first on|first appeared on|erschien zuerst auf|est apparu en premier sur|aparece primero en"
        r"|apareció primero en|se publicó primero en|apareceu primeiro em|proviene da|sembra essere il primo su"
        r"|pochodzi z serwisu|verscheen eerst op) .{1,150}"
    ),
    r"(?:this (?:article|story|post) )?(?:was )?(?:originally|first) (?:appeared|published|posted) (?:on|at|in) .{,99}",
    r"(?:article|comments?) url:\s.{1,300}|points:\s*\d+|#?\s*comments:?\s*\(?\d*\)?",
    r"(?:\d+\s+)?(?:comments?|replies|likes?|shares?|retweets?)",
    r"submitted by +/?u/\S+.{0,100}|\[?link\]? +\[?comments\]?",
    r"(?:leave|add|post|write) a (?:comment|reply).{0,40}|(?:join|read) the (?:discussion|comments).{0,80}",
    r"(?:share|like) this\b.{0,80}|share on .{0,80}|share|tweet|print|e-?mail|loading\.{3}|image|\W{1,20}",
    r"related(?: (?:posts?|articles?|stories|reading))?:?",
    r"thanks for reading.{0,300}",
    r"this post is public so feel free.{0,60}|get more from .{1,120}",
    r"(?:sign up|subscribe) (?:for|to|now|here|today)\b.{0,200}|subscribe(?: now)?|(?:log|sign) in to .{0,60}",
    r"(?:filed under|posted in|tags?|tagged|categories|category|topics)\s*:.{0,300}",
    r"[\[(]?(?:photo|image|picture|foto|bild)(?: credits?| by|graph by| courtesy|:).{0,150}|featured image.{0,150}",
    r"bluesky|facebook|instagram|linkedin|mastodon|pinterest|reddit|telegram|threads|tiktok|(?:x/)?twitter|whatsapp|youtube",
    r"advertisement|sponsored(?: content)?|anzeige|publicité|publicidad",
    r"(?:listen|watch) (?:to )?(?:this|the) (?:article|story|post|episode|video)\b.{0,60}",
    r"https?://\S+|[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s.{0,150}",  # a bare link, a chapter of a podcast
    r"view (?:in browser|original|post).{0,40}|follow (?:us|me|@?\w+) on .{1,120}",
)
#: Invitations to read on, at the end of a text or as paragraphs of their own.
_INVITATIONS = (
    r"continue reading|keep reading|read (?:more|on|(?:the )?(?:full|rest|whole|entire|complete)\b)|(?:view|see) more",
    r"more (?:here|…|\.\.\.)|\(more…?\)|full (?:story|article)|click here to (?:read|continue)",
    r"weiterlesen|mehr lesen|lire (?:la suite|plus)|en savoir plus",
    r"(?:leer|ver) más|seguir leyendo|sigue leyendo|continuar? (?:lendo|leyendo|a ler)|(?:leia|ler|saiba) mais",
    r"leggi (?:tutto|di più|ancora|l.articolo)|continua a leggere|lees (?:meer|verder)|czytaj (?:dalej|więcej)",
    r"читать (?:далее|дальше|полностью)|続きを読む|阅读(?:全文|更多)|閱讀更多",
)
_READ_ON = f"(?:{'|'.join(_INVITATIONS)})"
#: What may follow an invitation: a few words, no second sentence.
_WHAT_TO_READ = r"(?:[^.!?\n]|\.(?=\w)){0,120}[.!]?\s*[\])»→>]*"
# Matched against lower case: three times as fast as ignoring case.
_BOILERPLATE = re.compile("|".join([*_KNOWN_PARAGRAPHS, rf"[\[(»→\s]*{_READ_ON}{_WHAT_TO_READ}"]), re.DOTALL)
_READ_ON_TAIL = re.compile(
    rf"(?:(?<=[.!?…»”\"'\])])|\s*\[?(?:…|\.{{3}})\]?)\s*[\[(»→]*\s*{_READ_ON}{_WHAT_TO_READ}\Z", re.IGNORECASE
)
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
    lower = paragraph.lower()
    return _BOILERPLATE.fullmatch(lower) is not None or "is a reader-supported publication" in lower


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
    tail = _READ_ON_TAIL.search(paragraph[-_LONGEST:])
    if tail is None:
        return paragraph
    cut = "…" if re.search(r"…|\.{3}", tail[0][:6]) else ""
    return paragraph[: len(paragraph) - len(tail[0])].rstrip() + cut

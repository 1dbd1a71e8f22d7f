"""What sites put before and behind a headline: alarms, labels, emoji, promises of what is below. In thirteen languages.

A pattern is asked of a headline in any language: none of these words means anything else in another one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_LABEL = re.compile(
    r"\s*[\[(](?:audio|gallery|photos?|pics|pictures|podcast|videos?|watch|updated?|live|exclusive|vidéo|vídeo|wideo|"
    r"видео|फोटो|वीडियो)[\])]\s*",
    re.IGNORECASE,
)
#: With a colon, a bar, a dash or an exclamation mark behind.
_ALARMS = (
    r"breaking(?: news)?|exclusive|just in|must[ -](?:read|see|watch)|urgent|eilmeldung|eil|exklusiv|urgente|"
    r"exclusif|exclu|alerte info|flash info|dernière minute|en direct|última hora|exclusiva|en vivo|en directo|"
    r"ultim['’]ora|esclusiva|in diretta|exclusivo|ao vivo|exclusief|laatste nieuws|spoed|pilne|z ostatniej chwili|"
    r"tylko u nas|na żywo|срочно|эксклюзив|молния|прямой эфир|عاجل|حصري|ब्रेकिंग(?: न्यूज़)?|突发|快讯|独家|獨家|"
    r"速報|独自|号外"
)
#: With a colon or a bar behind; "Live – from the Met" goes on.
_KINDS = (
    r"watch(?: live| now)?|live(?: updates?|blog|ticker)?|listen|video|photos|in pictures|update[sd]?|vidéo|vídeo|"
    r"wideo|видео|بالفيديو|بث مباشر|वीडियो|लाइव|视频|直播|動画"
)
_ALARM = re.compile(
    rf"^\s*(?:[¡【\[(]?\s*(?:{_ALARMS})\s*[:：!|–—\-】\])\u2600-\u27bf\U0001f000-\U0001faff]+|(?:{_KINDS})\s*[:：|]"
    # "LIVE Storm hits": the capitals set it off, where the others are small.
    r"|(?-i:LIVE|WATCH|BREAKING|EN DIRECT|EN VIVO|EN DIRECTO|AO VIVO)\s+(?=(?-i:[A-Z][a-z])))[\s!|:：]*",
    re.IGNORECASE,
)
#: ". Here's what we know", " – and you won't believe what happened next".
_ENGLISH = (
    r"here(?:['’]s| is| are) (?:how|what|why|everything)(?: [\w'’-]+){0,5}"
    r"|what (?:to know|we know(?: so far)?|you need to know|you should know|it means|happened next)"
    r"|everything (?:we know|you need to know)(?: so far)?"
    r"|(?:and )?(?:you won['’]t believe|this is why|find out (?:how|why)|see (?:how|why|pics|photos|video))\b.{0,40}"
    r"|(?:(?:and )?(?:number|no\.?|#) ?\d+|what happened next|the (?:reason|result)) will (?:amaze|shock|surprise) you"
    r"|(?:watch|video|photos|pics|read (?:on|more)|details (?:here|inside)|check (?:it out|details|here))"
)
_OTHERS = (
    r"(?:das|was) (?:sie|du|man)(?: jetzt| dazu)? wissen (?:müssen|sollten|musst|muss)"
    r"|das (?:müssen|sollten) (?:sie|wir)(?: jetzt| dazu)? wissen|was (?:wir|bisher) (?:\w+ )?(?:wissen|bekannt ist)"
    r"(?: und was nicht)?|das ist (?:bisher |bislang )?bekannt|das wissen wir(?: bisher)?"
    r"|(?:voici )?(?:tout )?ce (?:que l['’]on|qu['’]on|que nous|qu['’]il faut) (?:en )?(?:sait|savons|savoir|retenir)"
    r"(?: (?:de|sur|à) .{1,30})?"
    r"|(?:esto es )?(?:todo )?lo que (?:(?:ya )?se sabe|sabemos|hay que saber|debes saber|necesitas saber)"
    r"(?: hasta (?:ahora|el momento))?"
    r"|(?:ecco )?(?:tutto )?(?:quello|ciò) che (?:sappiamo|si sa|c['’]è da sapere)(?: finora)?|(?:ecco )?cosa sappiamo"
    r"|(?:veja |saiba |entenda )?o que (?:já )?(?:se sabe|sabemos|é preciso saber)(?: até agora)?"
    r"|(?:dit|wat) (?:weten we|we weten|moet je weten|je moet weten)(?: en wat niet)?|alles wat je moet weten"
    r"|co (?:już |na razie )?wiemy|co (?:trzeba|warto|musisz) wiedzieć"
    r"|что (?:(?:уже )?известно|мы знаем)(?: (?:к этому часу|на данный момент|сейчас))?|(?:всё|все), что нужно знать"
    r"|(?:إليك |هذا )?(?:كل )?ما نعرفه(?: حتى الآن)?|(?:यहां )?(?:जानें|जानिए)(?: [^\s]+){1,6}|你需要知道的(?:一切|事)"
    r"|分かっていること"
)
_WHILE = r"live(?: updates?|blog|ticker)?|as it happened|en vivo|en direct|en directo|ao vivo|in diretta"
# What ends the part that is kept stays: a question mark, a quotation.
_JOINT = r"(?:(?:(?<=[?!])|(?<=[.!?]['’”\"]))\s+|\s?[.:;,：，]\s*|\s+[-–—|]\s*)"
_END = r"\s*[.!?…]*\s*$"
#: Each with how many words a headline must keep: "2026 Winter Olympics" alone is none.
_TAILS = (
    (re.compile(rf"{_JOINT}(?:{_ENGLISH}){_END}", re.IGNORECASE), 5),
    (re.compile(rf"{_JOINT}(?:{_OTHERS}){_END}", re.IGNORECASE), 3),
    (re.compile(rf"\s+[-–—|]\s*(?:{_WHILE}){_END}", re.IGNORECASE), 2),
)
_FEWEST_WORDS = 2
#: Of a headline in a script without spaces, which counts as one word.
_FEWEST_CHARACTERS = 5
_UNSPACED = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
#: Signs that rate or belong to a name or a number.
_SIGNS = frozenset("©®™°★☆⭐№")


def without_alarm(title: str) -> str:
    """The title without "BREAKING:", "[VIDEO]" and emoji at its ends."""
    headline = _first_whole(_bare(title), title)
    headline = _first_whole(_LABEL.sub(" ", headline).strip(), headline)
    # "🚨 BREAKING 🚨": one stands behind the other.
    return _first_whole(_bare(_ALARM.sub("", headline)), headline)


def without_promise(headline: str) -> str:
    """The headline without a tail that only says that there is more below."""
    for tail, fewest in _TAILS:
        kept = tail.sub("", headline)
        if kept != headline and (len(kept.split()) >= fewest or _is_unspaced(kept)):
            headline = kept
    return headline


def is_headline(text: str) -> bool:
    """Whether what a cleaning leaves is still a headline."""
    return len(text.split()) >= _FEWEST_WORDS or _is_unspaced(text)


def _is_unspaced(text: str) -> bool:
    return len(text) >= _FEWEST_CHARACTERS and bool(_UNSPACED.search(text))


def _first_whole(*texts: str) -> str:
    return next((text for text in texts if is_headline(text)), texts[-1])


def _bare(text: str) -> str:
    """The text without emoji at its ends."""
    kept = [at for at, is_sign in enumerate(_signs(text)) if not is_sign]
    return text[kept[0] : kept[-1] + 1] if kept else text


def _signs(text: str) -> Iterator[bool]:
    for character in text:
        kind = unicodedata.category(character)
        emoji = kind == "So" or "\U0001f3fb" <= character <= "\U0001f3ff" or character in "\ufe0f\u200d"
        yield character.isspace() or (emoji and character not in _SIGNS)

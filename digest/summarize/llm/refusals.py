"""What a model's sentence may never hold, even if an article does: links, markup, words to a reader or a machine.

An article is its own source, so a page that says "Visit evil.example" would carry that sentence. The same sentences are
taken out of an article before a model is shown it: they are no news, and what is not there can't steer.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from digest.summarize.facts.claims import without_quotations
from digest.summarize.facts.figures import plain
from digest.summarize.sentences.credits import is_credit_or_notice

_LINK = re.compile(
    r"h\w\wps?\s?:|//|\bwww\b|\bmailto:|[\w.+-]+\s?@\s?[\w-]|[\[({]\s?(?:\.|dot|at)\s?[\])}]"
    # "evil.example/x": a full stop with no space behind it, between letters that no abbreviation has.
    r"|\bdot (?:com|net|org|example)\b|[\w-]{2,}[.。．｡][^\W\d_]{2,}|\b\d{1,3}(?:\.\d{1,3}){3}\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?:\+\s?\d|\b0\d|\b1[ -]?\(?8\d\d)[\d ()/.-]{5,}\d|\b\d{3}-\d{3}-\d{4}\b")
_HANDLE = re.compile(r"(?<!\w)[@#][^\W\d]\w*")
_MARKUP = re.compile(
    r"<[/!?]?[a-z]|&(?:#\w+|[a-z]+\d*);|\]\s?\(|!\[|\*\*|__|``?|\{[{%#]|[%#}]\}|^\s*(?:#+|[-*•>]|\d+[.)])\s",
    re.IGNORECASE,
)
#: What chat models take for the beginning or end of a turn; some servers read it in an article, too.
CONTROL = re.compile(
    r"<\|[^|>]{0,40}\|>|\[/?(?:INST|SYS)\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>"
    r"|^\s*#{2,} ?(?:instruction|response|system)\b",
    re.IGNORECASE,
)

_IGNORE = (
    r"\b(?:ignor\w*|disregard\w*|forget|overrid\w*|vergiss|vergesst|vergessen sie|missacht\w*|oubli\w+|olvid\w+|"
    r"dimentica\w*|esque\w+|negeer|vergeet|zignoruj|zapomnij|игнорир\w+|забудь\w*)|忽略|无视|無視|忘记"
)
_INSTRUCTIONS = (
    r"\b(?:instruction|prompt|rule|anweisung|regel|consigne|instruccion|istruzion|instruc|instructie|polece|"
    r"инструкц|правил)|指令|指示|提示"
)
_MACHINE = re.compile(
    r"\b(?:system|user|hidden|secret|previous|prior|above|following|new|these|your|my|model) "
    r"(?:prompt|instruction|rule)s?\b|\bprompt injection\b|\b(?:the|this|a|any) prompts?\b"
    r"|\bas an? (?:ai|(?:large )?language model|assistant)\b"
    r"|\bi(?: am|['’]m) (?:an? )?(?:ai|assistant|language model)\b"
    r"|\bsummar(?:y|ies|i[sz]e[drs]?|i[sz]ing)\b|\bjson\b|\b(?:source|sentence) \d\b|\bhere (?:is|are) (?:a|the)\b"
    r"|\b(?:this|the (?:provided|given|above|following)) (?:article|text|source|passage|newsletter)s?\b"
    rf"|(?:{_IGNORE}).{{0,60}}(?:{_INSTRUCTIONS})",
    re.IGNORECASE,
)

#: Words to the reader, outside quotations.
_SECOND_PERSON = {
    "en": r"you|your|yours|yourself|yourselves|please|let us|let['’]s",
    "de": r"du|dich|dir|deine?[mnrs]?|euch|euer|bitte|(?-i:(?<=[\w,] )(?:Sie|Ihnen|Ihre?[mnrs]?))",
    "fr": r"vous|votre|vos|tu|toi|s['’]il vous pla[iî]t",
    "es": r"usted|ustedes|tú|tus|ti|por favor",
    "it": r"voi|vostr[aeio]|tuo|tua|tuoi|per favore",
    "pt": r"você|vocês|por favor",
    "nl": r"u|uw|je|jij|jouw|jullie|alstublieft",
    "pl": r"ty|twój|twoja|twoje|państwa|państwu|proszę",
    "ru": r"вы|вас|вам|вами|ваш\w*|ты|тебя|тебе|пожалуйста",
    "zh": r".*[你您请請].*",
    "ja": r".*(?:あなた|ください).*",
    "hi": r"आप|आपका|आपकी|आपके|कृपया",
    "ar": r"أنت|أنتم|لك|لكم|يرجى",
}
#: How a call begins.
_CALLS = {
    "en": r"(?:act|add|apply|ask|book|browse|buy|call|check(?: out)?|choose|claim|click|contact|copy|discover|"
    r"donate(?: to)?|don['’]t|do not|download|email|enjoy|enter|explore|fill|"
    r"find out|follow|forward|get|give|go to|grab|help|hurry|"
    r"install|invest|join|learn|listen to|log ?in|look|mail|make sure|never|note|open|order|pay|phone|pick|press|print|"
    r"protect|read|register|remember|reply|repeat|respond|save|scan|see|select|send|shop|sign|start|stay|stop|submit|"
    r"subscribe|support|switch|tap|tell|text|transfer|try|tune in|turn|type|unsubscribe|update|upgrade|use|verify|"
    r"visit|vote (?:for|now|against)|watch|write) (?!(?:is|was|were|are|has|had|have|will|would|said|says|of)\b)",
    "de": r"(?:klicken|besuchen|kaufen|rufen|laden|lesen|melden|abonnieren|senden|schreiben|folgen|spenden) sie|"
    r"(?:klick|besuch|kauf|ruf|lies|folg|schreib)e? (?:hier|auf|uns|jetzt|die|den|das)",
    "fr": r"(?:cliquez|visitez|achetez|appelez|téléchargez|lisez|inscrivez|abonnez|envoyez|écrivez|suivez|allez)",
    "es": r"(?:haga|haz|visite|visita|compre|compra|llame|llama|descargue|suscríbase|suscríbete|envíe|siga|vaya) ",
    "it": r"(?:clicca|cliccate|visita|visitate|compra|chiama|scarica|iscriviti|invia|segui|vai) ",
    "pt": r"(?:clique|visite|compre|ligue|baixe|inscreva|envie|siga|acesse) ",
    "nl": r"(?:klik|bezoek|koop|bel|download|lees|meld|stuur|volg|ga naar) ",
    "pl": r"(?:kliknij|odwiedź|kup|zadzwoń|pobierz|zapisz|wyślij|obserwuj|wejdź) ",
    "ru": r"(?:нажмите|посетите|купите|позвоните|скачайте|подпишитесь|отправьте|перейдите|читайте|смотрите) ",
    "zh": r"(?:点击|點擊|访问|訪問|购买|拨打|下载|关注|扫码|立即)",
    "ja": r"(?:クリック|今すぐ)",
}
#: Characters of a sentence. Longer ones are no news, and take time to search.
_LONGEST = 1_000
_FIRST_PERSON = re.compile(r"\b(?-i:I)\b|\b(?-i:I)['’]|\b(?:my|me|mine|we|our|ours)\b", re.IGNORECASE)
#: Emoji and characters that nobody has assigned.
_SYMBOLS = {"So", "Cn", "Co", "Cs"}
_STOPS = (".", "。", "।", "۔", "．", "։", "።", "။", "។")
#: Thai and Lao end sentences without a mark.
_ENDLESS = re.compile("[\u0e00-\u0eff]")
_CLOSING = "\"'”’»“)]）」』 "


def refused(sentence: str, language: str) -> str:
    """Why a sentence of an answer may not be printed, whatever the sources say; "" where it may."""
    outside = without_quotations(sentence)
    if why := steers(sentence, language):
        return why
    if any(unicodedata.category(character) in _SYMBOLS and character not in "°©®™" for character in sentence):
        return "a symbol"
    if "?" in outside or "!" in outside or "？" in outside or "！" in outside:
        return "a question or a call"
    if language in {"en", ""} and _FIRST_PERSON.search(outside):
        return "it speaks in the first person"
    return ""


def steers(sentence: str, language: str) -> str:
    """Whether a sentence leads somewhere or tells somebody what to do: what of it, "" where it doesn't."""
    if len(sentence) > _LONGEST:
        return "far too long for a sentence"
    shown = plain(sentence)
    for pattern, what in (
        (CONTROL, "control words of a chat"),
        (_LINK, "a link or an address"),
        (_PHONE, "a phone number"),
        (_HANDLE, "a handle"),
        (_MARKUP, "markup"),
        (_MACHINE, "words about a prompt"),
    ):
        if pattern.search(shown):
            return what
    outside = plain(without_quotations(sentence))
    if _speaks_to_reader(language or "en").search(outside):
        return "words to the reader"
    return "a call or a notice" if is_credit_or_notice(sentence) else ""


def is_finished(sentence: str) -> bool:
    """Whether a sentence comes to its end."""
    bare = sentence.rstrip(_CLOSING)
    if _ENDLESS.search(bare[-1:]):
        return True
    return bare.endswith(_STOPS) and not bare.endswith("...")


@cache
def _speaks_to_reader(language: str) -> re.Pattern[str]:
    person = _SECOND_PERSON.get(language, _SECOND_PERSON["en"])
    calls = _CALLS.get(language, _CALLS["en"])
    return re.compile(rf"(?<![^\W_])(?:{person})(?![^\W_])|(?:^|[:;,—–-] )\W*(?:{calls})", re.IGNORECASE)

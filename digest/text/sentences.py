"""Text → sentences, each a verbatim piece of it but for white space.

sentencex does the splitting (247 of pysbd's 273 golden rules in over 20 languages at 0.03 ms an article; pysbd itself
hangs on hostile text). What it gets wrong in news is mended here: its cuts are joined again after initials and
abbreviations it does not know, and inside quotations; and "said no. He" is cut where it takes "no." for "number".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import segment

from digest.text.listitems import split_items
from digest.text.quotes import open_quotes

#: Longer paragraphs are split piece by piece: sentencex takes quadratic time in the length of a paragraph of opening
#: quotation marks (0.5 s for 100 KB, 50 s for 1 MB).
_PIECE = 4_000

#: The end of a sentence that shows whether it goes on; looking at all of it each time would take quadratic time.
_TAIL = 24

#: How far a quotation is followed to its end.
_QUOTATION = 400

#: Spaces that may be folded; the no-break spaces of French typography stay as they are.
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|\u2029")

#: "3. The third point": the number of an item.
_NUMBER = re.compile(r"\d{1,3}[.)]\s*$")
_INITIAL = re.compile(r"(?:^|[\s(“\"'‘-])(?:[^\W\d_]\.-?){0,8}[^\W\d_]\.$")
#: Abbreviations that stand before a name or a number, and that sentencex does not always hold together with it.
_TITLE = re.compile(
    r"(?:^|[\s()“\"'‘/])(?:Reps?|Sens?|Govs?|Lt|Col|Gen|Sgt|Capt|Cmdr|Adm|Maj|Rev|Hon|Pres|Supt|Insp|Det|Amb|Atty|Profs?|"
    r"Drs?|Mr|Mrs|Ms|Messrs|Mx|Ste?|Mt|Ft|vs|cf|Hr|Fr|Sra?|Dra|Dª|Mme|Mlle|Bd|Avv|Ing|Dott|Sig|Jhr|Mgr|Abg|[Pp]dt[ea]|Exm[oa]s?|[Mm]evr|[Dd]hr|Av|ks|prof|dr|gen|inż|"
    r"[Śś]w|им|гг?|ул|проф|акад|डॉ|श्री|प्रो|रु)\.$"
    r"|['’][Oo]n\.$"
)
_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s()'’])(?:[Nn]os?|[Nn]r|[Aa]rt|blz|godz|pp|Abs|Op|approx|ca|núm|nº|str|стр|тыс)\.$"
)
_ZONE = re.compile(r"(?:ET|E[SD]T|PT|P[SD]T|CT|C[SD]T|MT|GMT|BST|UTC|CES?T|IST|[A-Z]\w+ time)\b")
_HALF_DAY = re.compile(r"\b[ap]\.m\.$")
#: A small letter goes on with a sentence; "iPhone" may begin one.
_GOES_ON = re.compile(r"[^\W\d_A-Z](?![A-Z])")
#: English abbreviations that also end sentences: they do before a word that begins one.
_EN_BEGINS = re.compile(
    r"\. (?=(?:A|After|All|An|And|As|At|But|By|For|From|He|Her|His|I|If|In|It|Its|Many|Mr|Mrs|Ms|No|Now|On|One|Police|"
    r"Rep|Sen|She|Since|So|Some|That|The|Their|There|These|They|This|To|Two|We|What|When|While|With|Yet|You)\b|[“\"])"
)
#: "... posted on X.", "... takes vitamin C."
_EN_LETTER = r"(?<=[a-z] )[B-HJ-Z]"
_EN_ENDS = re.compile(rf"(?:\bno|\b[ap]\.m|\bU\.[SKN]|\bD\.C|\bInc|\bCorp|\bLtd|\bJr|\betc|{_EN_LETTER})$")
#: "Im 19. Jahrhundert": a German ordinal behind what only stands before a noun.
_DE_ORDINAL = re.compile(
    r"\b(?:ab|am|beim|bis|das|dem|den|der|des|die|ein|eine[mnrs]?|ihre?[mnrs]?|im|jede[mnrs]?|seine?[mnrs]?|seit|und|vom|"
    r"zum|zur)\s\d{1,3}\.$",
    re.IGNORECASE,
)
#: Who says what stands in the quotation before: «…!» — сказал он. 「…。」と言った。 “……。”他说。 “…।” उसने कहा।
_DASH_SAYS = re.compile(r"[–—-]\s+[^\W\d_]")
_HI_SAYS = re.compile(r"(?:\S{1,20}\s){1,4}(?:कहा|बोला|बोली|बोले|पूछा|बताया)")
#: «...!» قال أحمد. But «...!» قال أحمد إن is the next sentence.
_AR_SAYS = re.compile(r"(?:قال|أضاف|أكد|صرح|سأل|أجاب|صرخ)ت?(?=[\s.])(?!.*[:\s](?:إن|أن|«))[^:]{0,60}$")
_ZH_SAYS = re.compile(r"[^。！？“”：:]{0,12}(?:说|說|表示|称|稱|道|问|問|回答|指出|强调|強調)")
_JA_SAYS = re.compile(r"と|って|など")
#: "The ‘90s": sentencex waits for the quotation to end.
_DECADE = re.compile(r"‘(?=\d0s\b)")
#: A mark with a space before it and none behind opens what comes next.
_STRANDED = re.compile(r"(?<=\s)[\"“„«‘']$")
_QUOTED = (*"\"'”’»“",)
_ENDS = (".", "…", *"\"'”’»“)]）」』")


def fold_space(text: str) -> str:
    """The text on one line, with single spaces."""
    return _SPACE.sub(" ", text).strip()


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a text, each on one line; an item of a list counts as one."""
    groups = (group for paragraph in _PARAGRAPH.split(text) for group in split_items(paragraph.split("\n")))
    return filter(None, (fold_space(" ".join(group)) for group in groups))


def split_sentences(text: str, language: str) -> list[str]:
    """The sentences of a text in order; no sentence spans two paragraphs.

    `language` is a BCP 47 primary tag; English rules are used where it is empty or unknown. Time is linear in the
    length of the text, whatever it holds.
    """
    return [sentence for paragraph in paragraphs(text) for sentence in paragraph_sentences(paragraph, language)]


def paragraph_sentences(paragraph: str, language: str) -> Iterator[str]:
    """The sentences of one of a text's `paragraphs`."""
    primary = language.partition("-")[0].lower() or "en"
    while len(paragraph) > _PIECE:
        *whole, rest = _mended(paragraph[:_PIECE], primary)
        yield from whole
        if not whole:
            yield rest
            rest = ""
        paragraph = (rest + paragraph[_PIECE:]).lstrip()
    if paragraph:
        yield from _mended(paragraph, primary)


def ends_in_title(text: str) -> bool:
    """Whether a text ends in an abbreviation such as "Dr." that asks for a name behind it."""
    return bool(_TITLE.search(text[-_TAIL:]))


def _mended(piece: str, language: str) -> list[str]:
    sentences: list[str] = []
    begin = 0
    for found in segment(language, _DECADE.sub("’", piece)):
        cut = piece[begin : begin + len(found)]
        begin += len(found)
        stranded = _STRANDED.search(sentences[-1], max(0, len(sentences[-1]) - 2)) if sentences else None
        if stranded:
            sentences[-1] = sentences[-1][: stranded.start()]
            sentences.append(stranded[0] + cut)
        elif sentences and (
            _is_cut_inside(sentences[-1], cut, language)
            or _quotes_on(sentences[-1], piece[begin - len(found) : begin - len(found) + _QUOTATION], language)
        ):
            sentences[-1] += cut
        else:
            sentences.append(cut)
    stripped = [sentence.strip() for sentence in sentences if sentence.strip()]
    return [part for sentence in stripped for part in _cut_missed(sentence)] if language == "en" else stripped


def _cut_missed(sentence: str) -> Iterator[str]:
    """The sentences in what sentencex holds together because an abbreviation stands between them."""
    begin = 0
    for stop in _EN_BEGINS.finditer(sentence):
        before = sentence[max(begin, stop.start() - _TAIL) : stop.start()]
        if _EN_ENDS.search(before) and open_quotes(sentence[begin : stop.start()], "en") == "":
            yield sentence[begin : stop.start() + 1]
            begin = stop.end()
    yield sentence[begin:]


def _is_said_after(after: str, language: str) -> bool:
    dashed = _DASH_SAYS.match(after)
    if language == "ar":
        return bool(_AR_SAYS.match(after.rstrip()[: 2 * _QUOTATION]))
    return bool(dashed and dashed[0][-1].islower()) or (language == "hi" and bool(_HI_SAYS.match(after)))


def _quotes_on(sentence: str, after: str, language: str) -> bool:
    """Whether a Polish quotation, of which sentencex knows no marks, goes on behind a cut."""
    if language != "pl":
        return False
    tail = sentence[-_QUOTATION:]
    return tail.rfind("„") > tail.rfind("”") and "”" in after.partition("„")[0]


def _is_cut_inside(sentence: str, after: str, language: str) -> bool:
    """Whether sentencex cut inside a sentence."""
    before = sentence[-_TAIL:].rstrip()
    if language in {"ja", "zh"}:
        says = _JA_SAYS if language == "ja" else _ZH_SAYS
        return (before.endswith(("”", "」", "』")) and bool(says.match(after))) or bool(_INITIAL.search(before))
    if before.endswith(_QUOTED) and _is_said_after(after, language):
        return True
    if after[:1].islower():
        # Some people write all sentences small.
        return before.endswith(_ENDS) and not sentence[:1].islower() and bool(_GOES_ON.match(after))
    return (
        bool(_NUMBER.match(sentence))
        or bool(_INITIAL.search(before))
        or ends_in_title(before)
        or bool(_BEFORE_NUMBER.search(before) and after[:1].isdigit())
        or bool(_HALF_DAY.search(before) and _ZONE.match(after))
        or (language == "de" and bool(_DE_ORDINAL.search(before)))
    )

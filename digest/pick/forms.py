"""What kind of article a headline or an address announces: a report of news, or a quiz, a gallery, a release note.

A form other than a report says little on what happened; it costs a story something unless another article of the
story is a report. The signs are fixed words of the trade in the languages of most feeds, compared without accents and
capitals, and parts of the address, where sites of any language say /video/ or /quiz/.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from digest.model import Article
from digest.text.words import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A kind of article that is no report."""

    #: With its article: "a quiz".
    name: str
    #: What it takes from the score: 0.25 is an age of a third of a half-life, 1 half of the publishers.
    cost: float
    #: Found anywhere in a folded headline.
    headline: re.Pattern[str]
    #: Parts of the address's path.
    path: frozenset[str] = frozenset()


_NO_REPORT = 0.3


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


#: From what costs most; the first that fits counts.
FORMS = (
    Form(
        name="an advertisement",
        cost=0.75,
        headline=_any(
            r"^(?:sponsored|advertorial|partner content|anzeige|publirreportaje|contenu sponsorise)\b",
            r"\b(?:promo|coupon|discount|gutschein)[ -]?codes?\b|\bcodes? promo\b|\bcoupons\b|\bgift guide\b",
            r"\b\d+ ?% (?:off|rabatt|de descuento|de reduction|di sconto|korting|de desconto)\b",
            r"\b(?:best|top|early|today.?s?|daily|weekly) (?:[\w-]+ ){0,3}deals\b",
            r"\bdeals? (?:of the|under \$)|\bdeal alert\b",
            r"\b(?:schnappchen|bons? plans?|chollos?|aanbiedingen|mejores ofertas|migliori offerte)\b",
        ),
        path=frozenset({"sponsored", "deals", "coupons", "shopping", "advertorial", "partner-content"}),
    ),
    Form(
        name="a quiz or puzzle",
        cost=0.75,
        headline=_any(
            r"\bquiz(?:zes)?\b|\b(?:crossword|sudoku|wordle|connections hints?)\b|\bkreuzwortratsel\b",
            r"\bmots (?:croises|fleches)\b",
            r"\bcrucigramas?\b|\bcruciverba\b|\bkruiswoord\w*|\bpalavras cruzadas\b|\bкроссворд\b|\bвикторина\b",
        ),
        path=frozenset({"quiz", "quizzes", "puzzles", "crosswords", "games-quizzes"}),
    ),
    Form(
        name="a horoscope",
        cost=0.75,
        headline=_any(r"\b(?:horoscopes?|horoskope?|horoscopos?|oroscopo|horoscoop|horoskop\w*|гороскоп)\b"),
        path=frozenset({"horoscope", "horoscopes", "horoskop", "horoscopo", "oroscopo"}),
    ),
    Form(
        name="a viewing guide or table",
        cost=0.5,
        headline=_any(
            r"\b(?:how|what|where) to (?:watch|stream)\b|\bwo lauft\b|\bou regarder\b",
            r"\b(?:donde|como) ver\b|\bdove vedere\b",
            r"\bmedal (?:table|count|tally|standings|tracker)\b|\bmedaillenspiegel\b|\bmedallero\b|\bmedagliere\b",
            r"\btableau des medailles\b|\bquadro de medalhas\b|\btv (?:schedule|guide|listings)\b|\btv-programm\b",
            r"\b(?:lottery|powerball|mega millions) (?:results|numbers|winning)|\blottozahlen\b",
        ),
    ),
    Form(
        name="a list of links or a briefing",
        cost=0.5,
        headline=_any(
            r"\b(?:weekly|daily|friday|sunday|monday|weekend|morning|evening|news) (?:[\w-]+ )?"
            r"(?:links|round-?up|reads|briefing|recap|digest)\b",
            r"^(?:links?|reading|bookmarks|weeknotes?)(?: (?:for|of|from|list)\b|: | \d|$)|\blinkdump\b",
            r"\blink round-?up\b",
            r"\b(?:week|month|year) in (?:review|links|pictures)\b|^(?:last|this) week (?:in|on)\b",
            r"^the week (?:in|on)\b|\b(?:things|stories) (?:you (?:need|have|should) )?to know (?:today|this|for)\b",
            r"\bwhat (?:we.re|i.m|i am|we are) reading\b|\bopen thread\b",
            r"^(?:morning|evening) (?:edition|headlines)\b",
            r"\bwochenruckblick\b|\brevue de presse\b|\brassegna stampa\b",
            r"\bresumen (?:semanal|de la semana)\b|\bpresseschau\b",
        ),
        path=frozenset({"linkblog", "weekly-links", "briefing", "up-first-newsletter"}),
    ),
    Form(
        name="a release note",
        cost=0.4,
        headline=_any(
            # Three numbers, the last of at most three digits: no date.
            r"(?<![\d.])v?\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.]*\d{4})(?:[-.]?(?:rc|beta|alpha)\w*)?(?![\d.])",
            r"\b(?:release notes?|changelog|patch notes)\b|\bv\d+\.\d+\b",
            r"\b\d+\.\d+ (?:is )?(?:released|rc\d*|beta)\b",
        ),
    ),
    Form(
        name="a part of a series",
        cost=0.3,
        headline=_any(
            r"(?:^|\s)#\d+\b",
            r"\b(?:episode|ep\.?|part|vol(?:ume)?\.?|issue|no\.|chapter|session|folge|teil|ausgabe) ?\d+\b",
            r"\b(?:episodio|parte|partie) ?\d+\b",
            r"\b(?:numero|puntata|aflevering|deel|capitulo|часть|выпуск|серия) ?\d+\b|^\d{4}\.\d{2}\b",
        ),
    ),
    Form(
        name="pictures or a video",
        cost=0.3,
        headline=_any(
            r"^(?:watch|video|photos?|pictures|gallery|fotos?|bilder|images)\b ?(?::|of |des |del |de |-|\|)",
            r"\bin (?:pictures|photos|pics|bildern|beeld)\b|\ben (?:images|photos|fotos|imagenes)\b",
            r"\bem (?:fotos|imagens)\b",
            r"\b(?:photos|pictures|bild(?:er)?|images) (?:of|des|del|de) (?:the |la )?"
            r"(?:day|week|tages|jour|woche|semaine)\b",
            r"\bbilderstrecke\b|\bfotostrecke\b|\bfotogaleria\b|\bfotogallery\b|\bфотогалерея\b",
        ),
        path=frozenset({"video", "videos", "shorts", "gallery", "galleries", "pictures", "photos", "fotos", "bilder"}),
    ),
    Form(
        name="a running blog",
        cost=0.2,
        headline=_any(
            r"\blive (?:updates?|blog|coverage)\b|\blive ?blog\b|^live:|\bupdates live\b|\blive ?ticker\b",
            r"\bnewsblog\b|\b(?:highlights|updates):|\bas it happened\b",
            r"\ben (?:direct|directo|vivo)\b|\bin diretta\b|\bao vivo\b|\bонлайн-трансляция\b",
        ),
        path=frozenset({"live", "liveblog", "live-updates"}),
    ),
    Form(
        name="an opinion",
        cost=0.2,
        headline=_any(
            # Dashes are spaces once folded.
            r"^(?:opinion|editorial|op-ed|commentary|kommentar|meinung|leitartikel|tribune)(?: ?[:|]| {2,})",
            r"^(?:opinione|editoriale|opiniao)(?: ?[:|]| {2,})",
            r"\bletters? to the editor\b|\bleserbriefe\b",
        ),
        path=frozenset({"opinion", "opinions", "opiniones", "commentisfree", "editorials", "meinung", "op-ed"}),
    ),
    Form(
        name="a list of tips",
        cost=0.3,
        headline=_any(
            r"^(?:the |my )?\d+ (?:[\w-]+ ){0,2}(?:things|ways|reasons|tips|books|films|movies|shows)\b",
            r"^(?:the |my )?\d+ (?:[\w-]+ ){0,2}(?:songs|recipes|places|tricks|ideas|facts|lessons|questions)\b",
            r"\bthings to do\b",
            r"^(?:the )?best (?:[\w-]+ ){1,4}(?:of|for|in) 20\d\d\b",
            r"^\d+ (?:tipps|grunde|dinge|consejos|razones|conseils|raisons|consigli|motivi|redenen)\b",
        ),
    ),
)


def form_of(article: Article) -> Form | None:
    """The form that an article's headline or address announces; None for what may be a report."""
    return _form(article.title, article.url or "")


# The lead, the coverage and the form of a story ask for the same articles; two in three answers are known.
@lru_cache(maxsize=2_000)
def _form(title: str, url: str) -> Form | None:
    headline, path = fold(title), frozenset(urlsplit(url).path.split("/"))
    return next((form for form in FORMS if form.headline.search(headline) or not form.path.isdisjoint(path)), None)


def is_report(article: Article) -> bool:
    """Whether an article tells news; a part of a series, a gallery, a list of links does not, an opinion does."""
    form = form_of(article)
    return form is None or form.cost < _NO_REPORT


def common_form(story: Sequence[Article]) -> Form | None:
    """The form of a story without a report: the one that costs least. None where one of its articles is a report."""
    least: Form | None = None
    for article in story:
        form = form_of(article)
        if form is None:
            return None
        least = form if least is None or form.cost < least.cost else least
    return least

"""What publishers put around a story in languages other than English: bylines, credits, calls, notices.

A pattern is asked of text in any language: none of these words means anything else in another one.
"""

from __future__ import annotations

import re

#: Words before a colon.
_LABELS = (
    # Bylines, credits, sources
    r"autor(?:in|ka|zy|es?|i)?|автор|текст|фото|видео|источник|fot\.?|foto|zdjęcia?|źródło|quelle|bild|fuente|fonte|"
    r"fonti|bron|source|crédits?(?: photo)?|photos?|كتب|كتبت|الصورة|تصوير|المصدر|फोटो|तस्वीर|इनपुट|स्रोत|लेखक|"
    # Calls
    r"mehr zum thema|mehr dazu|lesen sie (?:auch|mehr)|à lire (?:aussi|également)|lire (?:aussi|également)|"
    r"te puede interesar|le puede interesar|le[ea] también|leggi anche|vedi anche|leia (?:também|mais)|veja também|"
    r"lees (?:ook|verder)|zie ook|czytaj (?:też|także|również|więcej)|zobacz (?:też|także|również)|"
    r"читайте (?:также|ещё)|смотрите также|اقرأ (?:أيضا|أيضًا|أيضاً|المزيد)|شاهد (?:أيضا|أيضًا)|"
    r"यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें"
)
#: The same before a colon of either width, where a script has no spaces.
_UNSPACED_LABELS = (
    r"(?:本报|本報)?(?:记者|記者|通讯员|作者|编辑|編輯|责任编辑|責任編輯|责编|图|圖|图片来源|圖片來源|来源|來源|"
    r"摄影|攝影|延伸阅读|延伸閱讀|相关阅读|相關閱讀)|写真|撮影|出典|関連記事|文・写真|動画"
)
#: A byline is a name and nothing else; Por and Von begin sentences, too.
_BYLINE = (
    r"(?:von|par|por|di|door)(?-i: (?:(?:de|da|di|van|von|del|dos|la|le)\s)*[A-ZÀ-ÖØ-Þ][\w.'’-]+){2,4}"
    r"(?:, [\w ]{1,30})?\.?$"
)
_BEGINS = re.compile(
    rf"[\W]*(?:(?:{_LABELS})\s?[:/]|(?:{_UNSPACED_LABELS})\s?[:：／/・]|{_BYLINE}"
    r"|avec (?:l['’])?(?:afp|reuters|ap)\b|mit (?:material|informationen|agenturmaterial) von\b|fot\. "
    r"|(?:con información|com informações) d[aeo]s? (?-i:[A-Z]))",
    re.IGNORECASE,
)
_COOKIES = (
    r"(?:verwenden|nutzen|setzen|gebruiken?|gebruikt) (?:\w+ )?cookies|używamy plików|korzystamy z plików|"
    r"(?:utilisons|utilise|acceptez) (?:des|les) cookies|(?:utilizamos|usamos|aceptar) (?:las )?cookies|"
    r"(?:utilizziamo|usiamo|accetta) (?:i )?cookie|используем (?:файлы )?cookie|使用\s?cookie|cookieを使用"
)
#: Sentences that hold the text on the left and match the pattern on the right, if there is one: looking for the texts
#: first takes a tenth of the time.
_HOLDING = tuple(
    (literal, re.compile(pattern, re.IGNORECASE))
    for literal, pattern in (
        # Newsletters, subscriptions, accounts to follow
        ("newsletter", r"newsletters? (?:an|abonnieren|bestellen)\b|newslettera\b"),
        ("abonn", r"jetzt abonnieren|abonnieren sie|abonnez-vous"),
        ("inscri", r"inscrivez-vous"),
        ("suscr", r"suscr[ií]b(?:e|a)te|suscríbase"),
        ("iscriviti", ""),
        ("inscreva-se", ""),
        ("assine ", r"assine (?:a|nossa|já|o)\b"),
        ("schrijf je in", ""),
        ("meld je aan", ""),
        ("zapisz się", ""),
        ("подпи", r"подпи(?:шитесь|сывайтесь)"),
        ("اشترك", r"اشترك(?:وا)? (?:في|الآن)"),
        ("न्यूज़लेटर", ""),
        ("साइन अप कर", ""),
        ("सब्सक्राइब कर", ""),
        ("订阅我们", ""),
        ("訂閱我們", ""),
        ("ニュースレター", "ニュースレター[にを]"),
        ("folgen sie uns", ""),
        ("suivez-nous", ""),
        ("síguenos", ""),
        ("seguici su", ""),
        ("siga-nos", ""),
        ("volg ons", ""),
        ("śledź nas", ""),
        ("obserwuj nas", ""),
        ("следите за нами", ""),
        ("تابعونا", ""),
        ("हमें फॉलो", ""),
        ("关注我们的", ""),
        ("關注我們的", ""),
        # Cookies
        ("cookie", _COOKIES),
        ("ملفات تعريف الارتباط", ""),
        ("कुकीज़", ""),
        ("クッキーを使用", ""),
        # Rights
        ("alle rechte", r"alle rechten? (?:vorbehalten|voorbehouden)"),
        ("tous droits réservés", ""),
        ("derechos reservados", ""),
        ("diritti riservati", ""),
        ("riproduzione riservata", ""),
        ("direitos reservados", ""),
        ("prawa zastrzeżone", ""),
        ("права защищены", ""),
        ("الحقوق محفوظة", ""),
        ("सर्वाधिकार सुरक्षित", ""),
        ("版权所有", ""),
        ("版權所有", ""),
        ("不得转载", ""),
        ("無断転載", ""),
        # Corrections
        ("dieser ", r"dieser (?:artikel|text|beitrag) (?:wurde|ist|erschien)\b"),
        ("cet article a été", ""),
        ("este artículo ", r"este artículo (?:fue|ha sido)"),
        ("questo articolo è ", ""),
        ("este artigo foi", ""),
        ("dit artikel ", r"dit artikel (?:is|werd)\b"),
        ("artykuł został zaktualizowany", ""),
        ("記者・", r"^\W*記者・"),
    )
)
#: Most sentences are ASCII, and cannot hold the others.
_HOLDING_ASCII = tuple((literal, pattern) for literal, pattern in _HOLDING if literal.isascii())


def is_notice(sentence: str) -> bool:
    """Whether a sentence is a byline, credit, call or notice in one of these languages."""
    if _BEGINS.match(sentence):
        return True
    lowered = sentence.lower()
    holding = _HOLDING_ASCII if sentence.isascii() else _HOLDING
    return any(literal in lowered and pattern.search(sentence) for literal, pattern in holding)
